"""What one process worked out is taken up by the next, and never what another content of its module made."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from gouji import kept
from gouji.kept import Kept


@pytest.fixture
def module(tmp_path: Path, byte_code: None) -> Path:
    del byte_code
    path = tmp_path / "module.py"
    path.write_text("A = 1\n", "utf-8")
    return path


class Making:
    """Counts what is made anew."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, key: str) -> tuple[str, int, frozenset[str] | None]:
        self.asked.append(key)
        return key * 2, len(key), frozenset(key) or None


def one_process(module: Path, *keys: str) -> list[str]:
    """What a process that asks for these keys makes itself."""
    make = Making()
    mine: Kept[str, tuple[str, int, frozenset[str] | None]] = Kept(str(module))
    for key in (*keys, *keys):
        assert mine.get(key, make) == Making()(key)
    mine.leave()
    return make.asked


def test_what_one_made_the_next_has(module: Path) -> None:
    assert one_process(module, "公开", "") == ["公开", ""]
    assert one_process(module, "公开", "", "办结") == ["办结"]
    assert one_process(module, "公开", "", "办结") == []


def test_what_two_left_at_once_is_of_both(module: Path) -> None:
    one: Kept[str, int] = Kept(str(module))
    other: Kept[str, int] = Kept(str(module))
    one.get("一", len)
    other.get("第二", len)
    one.leave()
    other.leave()
    assert one_process(module, "第三") == ["第三"]
    again: Kept[str, int] = Kept(str(module))
    assert [again.get(key, lambda _: 0) for key in ("一", "第二")] == [1, 2]


@pytest.mark.parametrize("content", ["A = 2\n", ""])
def test_another_content_of_the_module_makes_all_anew(module: Path, content: str) -> None:
    one_process(module, "公开")
    module.write_text(content, "utf-8")
    assert one_process(module, "公开") == ["公开"]


@pytest.mark.parametrize("left", [0, 8, 16, 17, 30])
def test_what_was_cut_off_is_made_again(module: Path, left: int) -> None:
    one_process(module, "公开")
    (file,) = module.parent.glob("__pycache__/*")
    file.write_bytes(file.read_bytes()[:left])
    assert one_process(module, "公开") == ["公开"]
    assert one_process(module, "公开") == []


def test_nothing_is_kept_where_python_keeps_nothing(module: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    one_process(module, "公开")
    assert not (module.parent / "__pycache__").exists()


def test_a_module_without_its_content_keeps_nothing(module: Path) -> None:
    module.unlink()
    assert one_process(module, "公开") == ["公开"]
    assert not (module.parent / "__pycache__").exists()


def test_where_nothing_can_be_written_nothing_is_said(module: Path) -> None:
    (module.parent / "__pycache__").write_text("no folder")
    assert one_process(module, "公开") == ["公开"]


def test_it_does_not_grow_for_ever(module: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "_MOST", 3)
    one_process(module, "一", "二")
    one_process(module, "三", "四")
    assert one_process(module, "一", "三", "四") == ["一"]
