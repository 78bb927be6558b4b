"""The one way to the terminal."""

from __future__ import annotations

from pathlib import Path

import pytest

from gouji.cli.telling import painted, tell, tell_json, tell_text
from support.hostile_strings import HOSTILE, unseen


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_field_is_one_line_and_all_of_it_seen(capsys: pytest.CaptureFixture[str], text: str) -> None:
    tell("{unit}：{count:>4}", unit=text, count=7)
    said = capsys.readouterr().out
    assert unseen(said) == set()
    assert said.endswith("：   7\n") and said.count("\n") == 1
    assert len(said) >= len(text)


def test_a_line_without_fields_stands_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    tell("{unit} 100%\n通过\x1b[2J", err=True)
    assert capsys.readouterr().err == "{unit} 100%↵通过<U+001B>[2J\n"


def test_a_text_keeps_its_lines(capsys: pytest.CaptureFixture[str]) -> None:
    tell_text("一\n二\u202e\n")
    assert capsys.readouterr().out == "一\n二<U+202E>\n"


def test_json_says_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    tell_json('{\n"a": "\u202e\U000e0041三\ud800"\n}\n')
    assert capsys.readouterr().out == '{\n"a": "\\u202e\\udb40\\udc41三\\ud800"\n}\n'


def test_only_our_own_words_are_coloured(capsys: pytest.CaptureFixture[str]) -> None:
    tell("{state} {unit}", state=painted("错误", "red"), unit="\x1b[31m错误")
    said = capsys.readouterr().out
    assert said.endswith(" <U+001B>[31m错误\n")


def test_a_path_of_another_system_is_read(capsys: pytest.CaptureFixture[str]) -> None:
    """GBK names out of an old archive, and a line end in a name."""
    name = "甲局".encode("gbk").decode("utf-8", "surrogateescape")
    tell("{path}", path=Path("报送") / f"{name}\n.xlsx")
    assert capsys.readouterr().out == "报送/甲局↵.xlsx\n"
