"""What Excel would garble, refuse or misread never gets into the binary; every refusal says where."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gouji.workshop.vba.source import Module, SourceError, read_module

CLASS = """VERSION 1.0 CLASS
BEGIN
  MultiUse = -1  'True
END
Attribute VB_Name = "Tally"
Attribute VB_GlobalNameSpace = False
Attribute VB_Creatable = False
Attribute VB_PredeclaredId = True
Attribute VB_Exposed = False
"""


def read(folder: Path, code: str, name: str = "Module1") -> Module:
    """The standard module with these lines."""
    path = folder / f"{name}.bas"
    path.write_text(f'Attribute VB_Name = "{name}"\n{code}', "utf-8")
    return read_module(path)


def test_kinds(tmp_path: Path) -> None:
    (tmp_path / "Tally.cls").write_text(CLASS + "Option Explicit\n", "utf-8")
    tally = read_module(tmp_path / "Tally.cls")
    assert (tally.kind, tally.predeclared, tally.exposed) == ("class", True, False)
    assert tally.lines == ("Option Explicit",)
    (tmp_path / "shtOne.cls").write_bytes(b'\xef\xbb\xbfAttribute VB_Name = "shtOne"\r\nOption Explicit\r\n')
    assert read_module(tmp_path / "shtOne.cls").kind == "document"
    assert read(tmp_path, "Option Explicit").kind == "standard"


def test_comments_go_and_lines_stay(tmp_path: Path) -> None:
    cases = {
        "' 说明": "",
        "x = 1  ' 数": "x = 1",
        "y = \"it's 'ok'\" ' keep": "y = \"it's 'ok'\" ' keep",
        "10 Rem 备注": "10",
        "If a Then Rem 备注": "If a Then",
        "z = 2: Rem 备注": "z = 2:",
        "' plain  ": "' plain",
        "remark = 1": "remark = 1",
    }
    assert read(tmp_path, "\n".join(cases)).lines == tuple(cases.values())


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('x = "中文"', "'中' .U.4E2D. in code"),
        ('Private Const NAME As String = "年"', "in code"),
        ('Sub S(Optional ByVal x As String = "是")', "in code"),
        ('Attribute S.VB_Description = "说明"', "in code"),
        ("数 = 1", "in code"),
        ("x = [表1!A1]", "in code"),
        ("x = ['表'!A1]", "in code"),
        ('x = "say ""hi"" 中"', "in code"),
        ("x = 1\u00a0+ 2", "U.00A0"),
        ('x = "open', "no closing quotation mark"),
        ("' Copyright © 2026 某人", "licence line"),
        ("x = 1 ' continued _", "swallows the next line"),
        ("x = 1\x0c", "control character U.000C"),
        ("x = 1 '" + "a" * 1017, "1024 characters"),
    ],
)
def test_refusals_name_file_and_line(tmp_path: Path, line: str, message: str) -> None:
    with pytest.raises(SourceError, match=rf"^Module1\.bas:3: .*{message}"):
        read(tmp_path, f"Option Explicit\n{line}\n")


def test_longest_line_and_most_continuations_pass(tmp_path: Path) -> None:
    read(tmp_path, "x = 1 '" + "a" * 1016)
    read(tmp_path, "x = 1 + _\n" * 24 + "1\n")
    with pytest.raises(SourceError, match=r"Module1\.bas:26: more than 24"):
        read(tmp_path, "x = 1 + _\n" * 25 + "1\n")


def test_a_licence_stays(tmp_path: Path) -> None:
    header = (
        "' Copyright (c) 2014, Somebody. All rights reserved.",
        "' Redistribution and use in source and binary",
    )
    assert read(tmp_path, "\n".join(header)).lines == header


@pytest.mark.parametrize("name", ["名", "1st", "a" * 32, "Sub", "Excel", "with-dash", "_x"])
def test_names_that_vba_does_not_take(tmp_path: Path, name: str) -> None:
    with pytest.raises(SourceError, match=re.escape(repr(name))):
        read(tmp_path, "", name)


def test_file_and_module_have_one_name(tmp_path: Path) -> None:
    path = tmp_path / "module1.bas"
    path.write_text('Attribute VB_Name = "Module1"\n', "utf-8")
    with pytest.raises(SourceError, match="'Module1', the file says 'module1'"):
        read_module(path)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("VB_Creatable = False", "VB_Creatable = True"),
        ("VB_Exposed = False", 'VB_Ext_KEY = "a"'),
        ("VB_Exposed = False", "VB_PredeclaredId = False"),
        ("VB_PredeclaredId = True", "VB_PredeclaredId = 1"),
    ],
)
def test_attributes_that_would_be_lost(tmp_path: Path, old: str, new: str) -> None:
    path = tmp_path / "Tally.cls"
    path.write_text(CLASS.replace(old, new), "utf-8")
    with pytest.raises(SourceError, match=r"Tally\.cls:[789]: not supported in a class module"):
        read_module(path)


def test_files_that_are_no_sources(tmp_path: Path) -> None:
    for name, content, message in (
        ("a.txt", b"", "only .bas and .cls"),
        ("b.bas", 'Attribute VB_Name = "b"\n\' 中文'.encode("gbk"), "not UTF-8"),
        ("c.cls", b"VERSION 1.0 CLASS\nBEGIN\n", "END must follow"),
    ):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(SourceError, match=message):
            read_module(tmp_path / name)


def test_public_procedures(tmp_path: Path) -> None:
    code = "Sub A()\nPublic Function B() As Long\nPrivate Sub C()\nFriend Sub D()\n"
    code += "Public Static Sub E()\n' Sub F()\n"
    assert read(tmp_path, code).public_procedures() == {"a", "b", "e"}
