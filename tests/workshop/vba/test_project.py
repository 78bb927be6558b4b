"""`vbaProject.bin` re-read by a strict checker of our own, by olevba and by pyOpenVBA."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from oletools.olevba import VBA_Parser
from pyopenvba import ExcelFile, check_file

from gouji.workshop.vba.cfb import write_compound
from gouji.workshop.vba.compression import compress
from gouji.workshop.vba.project import CodeNames, build_project
from gouji.workshop.vba.source import Module, SourceError, read_module
from support.vba_checker import Defect, decompress, read_compound, read_project
from support.vba_sample import CODE_NAMES, sample_sources, sample_workbook

pytestmark = pytest.mark.slow

CODES = CodeNames(CODE_NAMES[0], CODE_NAMES[1:])


@pytest.fixture(scope="module")
def modules() -> list[Module]:
    return [read_module(path) for path in sample_sources()]


def module(name: str, kind: str = "standard") -> Module:
    return Module(name, kind, ("Option Explicit",), f"{name}.file")  # type: ignore[arg-type]


def test_everything_is_read_back(modules: list[Module]) -> None:
    project = read_project(build_project(modules, CODES))
    assert [(m.name, m.kind) for m in project.modules] == [
        ("ThisWorkbook", "document"),
        ("shtRoster", "document"),
        ("shtLog", "document"),
        ("shtTexts", "document"),
        ("SampleChecks", "standard"),
        ("SampleRibbon", "standard"),
        ("SampleTally", "class"),
    ]
    stored = {m.name: m.text for m in project.modules}
    for source in modules:
        body = "".join(f"{line}\r\n" for line in source.lines)
        assert stored[source.name].endswith("\r\n" + body)
    assert stored["shtLog"].count("\r\n") == 8  # a sheet without a source has attributes only
    assert "Copyright (c) 2026" in stored["SampleChecks"]
    assert "00020819" in stored["ThisWorkbook"] and "00020820" in stored["shtLog"]
    assert len(project.references) == 2


def test_same_sources_same_bytes(modules: list[Module]) -> None:
    first = build_project(modules, CODES)
    assert build_project(reversed(modules), CODES) == first
    assert build_project(modules, CODES, name="Other") != first
    assert (
        read_project(build_project(modules, CODES, name="Other")).identifier != read_project(first).identifier
    )


def test_olevba_reads_all_sources(modules: list[Module]) -> None:
    package = sample_workbook()
    found = {
        name.rpartition(".")[0]: code
        for _, _, name, code in VBA_Parser("x.xlsm", data=package).extract_macros()
    }
    assert set(found) == {m.name for m in modules} | set(CODE_NAMES)
    for source in modules:
        # olevba appends a line end to some modules; all lines must be ours.
        assert found[source.name].replace("\r\n", "\n").rstrip("\n").endswith("\n".join(source.lines))


def test_pyopenvba_finds_nothing_wrong(tmp_path: Path, modules: list[Module]) -> None:
    path = tmp_path / "sample.xlsm"
    path.write_bytes(sample_workbook())
    assert not check_file(path).issues
    with ExcelFile(path) as book:
        assert book.vba_project().validate() == []
        assert set(book.module_names()) == {m.name for m in modules} | set(CODE_NAMES)


@pytest.mark.parametrize(
    ("extra", "message"),
    [
        (
            [module("shtlog", "document")],
            r"shtlog\.file: the workbook's code name is shtLog, .* says shtlog",
        ),
        (
            [module("shtGone", "document")],
            r"shtGone\.file: no sheet has the code name shtGone; .* shtRoster,",
        ),
        ([module("shtLog", "class")], r"shtLog\.file: code name shtLog needs a \.cls without VERSION"),
        ([module("shtLog")], r"shtLog\.file: code name shtLog needs"),
        ([module("One"), module("ONE")], r"ONE\.file: ONE is already the name of One\.file"),
        ([module("VBAProject")], r"VBAProject\.file: the project itself is called VBAProject"),
    ],
)
def test_names_that_clash(extra: list[Module], message: str) -> None:
    with pytest.raises(SourceError, match=message):
        build_project(extra, CODES)


@pytest.mark.parametrize(
    "codes", [("ThisWorkbook", "工作表"), ("VBAProject", "a"), ("a", "A"), ("Book", "End")]
)
def test_code_names_that_vba_does_not_take(codes: tuple[str, str]) -> None:
    with pytest.raises(SourceError):
        build_project([], CodeNames(codes[0], codes[1:]))


@given(
    st.lists(st.from_regex(r"m[A-Za-z0-9_]{1,20}", fullmatch=True), unique_by=str.lower, max_size=12),
    st.data(),
)
def test_any_project_is_well_formed(names: list[str], data: st.DataObject) -> None:
    printable = st.characters(min_codepoint=32, max_codepoint=126)
    lines = st.lists(st.text(printable, max_size=60), max_size=200)
    kinds = st.sampled_from(["standard", "class"])
    modules = [Module(n, data.draw(kinds), tuple(data.draw(lines)), n) for n in names]  # type: ignore[arg-type]
    project = read_project(build_project(modules, CODES, name="Sample"))
    stored = {m.name: m.text for m in project.modules}
    for source in modules:
        assert stored[source.name].endswith("".join(f"{line}\r\n" for line in source.lines))


def wide_pair(name: str) -> bytes:
    """A name as PROJECTwm holds it."""
    return name.encode("ascii") + b"\0" + name.encode("utf-16-le") + b"\0\0"


def other_identifier(project: bytes) -> bytes:
    """The PROJECT stream with another ID, whose bytes are the key of the encrypted fields."""
    return b'ID="{0' + project[6:] if project[5:6] != b"0" else b'ID="{1' + project[6:]


BREAKAGES: dict[str, Callable[[dict[str, bytes]], dict[str, bytes]]] = {
    "after the terminator": lambda s: {"VBA/dir": compress(decompress(s["VBA/dir"]) + bytes(4))},
    "_VBA_PROJECT of a writer": lambda s: {"VBA/_VBA_PROJECT": bytes.fromhex("CC61B500000000")},
    "PROJECTwm and dir differ": lambda s: {"PROJECTwm": s["PROJECTwm"].replace(wide_pair("shtLog"), b"")},
    "PROJECTwm: names differ": lambda s: {"PROJECTwm": s["PROJECTwm"].replace(b"shtLog\0s", b"shtLog\0t")},
    "line ends": lambda s: {"VBA/shtLog": compress(decompress(s["VBA/shtLog"]).replace(b"\r\n", b"\n"))},
    "first line": lambda s: {"VBA/shtLog": s["VBA/shtTexts"]},
    "streams": lambda s: {"VBA/__SRP_0": b"cache"},
    "grammar of PROJECT": lambda s: {"PROJECT": s["PROJECT"].replace(b"HelpContextID", b"HelpContextId")},
    "PROJECT and dir differ": lambda s: {"PROJECT": s["PROJECT"].replace(b"Class=SampleTally\r\n", b"")},
    "kind": lambda s: {"PROJECT": s["PROJECT"].replace(b"Class=", b"Module=")},
    "project key": lambda s: {"PROJECT": other_identifier(s["PROJECT"])},
}


@pytest.mark.parametrize("message", BREAKAGES)
def test_the_checker_sees_what_others_get_wrong(modules: list[Module], message: str) -> None:
    streams = read_compound(build_project(modules, CODES))
    streams |= BREAKAGES[message](streams)
    inner = {name.removeprefix("VBA/"): data for name, data in streams.items() if name.startswith("VBA/")}
    outer = {name: data for name, data in streams.items() if "/" not in name}
    with pytest.raises(Defect, match=message):
        read_project(write_compound({"VBA": inner, **outer}))


def test_the_layout_is_pinned(modules: list[Module]) -> None:
    """The built workbooks in the repository change with it, so a change must be meant."""
    digest = hashlib.sha256(build_project([], CodeNames("ThisWorkbook", ("Sheet1",)))).hexdigest()
    assert digest == "8588f1ef93fbbda5f026fcfffc2f781226139a1b2fd91739868d4fc5dcdb8e2c"
