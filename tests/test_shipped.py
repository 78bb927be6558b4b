"""What a shipped TOML file holds is kept beside it, and never taken for what another content holds."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from gouji.shipped import shipped


@pytest.fixture
def file(tmp_path: Path, byte_code: None) -> Path:
    del byte_code
    path = tmp_path / "wording.toml"
    path.write_text('level = "错误"\n[least]\nshare = [1, 2.5, true]\n', "utf-8")
    return path


SAID = {"level": "错误", "least": {"share": [1, 2.5, True]}}


def kept(file: Path) -> list[Path]:
    return [*file.parent.glob("__pycache__/*")]


def test_it_is_parsed_once(file: Path) -> None:
    assert shipped(str(file)) == SAID
    (one,) = kept(file)
    before = one.stat().st_mtime_ns
    assert shipped(str(file)) == SAID
    assert one.stat().st_mtime_ns == before


def test_a_module_of_that_name_keeps_its_byte_code(file: Path) -> None:
    shipped(str(file))
    assert "wording.cpython" not in kept(file)[0].name


def test_another_content_of_the_same_size_and_time_is_parsed(file: Path) -> None:
    shipped(str(file))
    status, text = file.stat(), file.read_text("utf-8")
    file.write_text(text.replace("2.5", "3.5"), "utf-8")
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert file.stat().st_size == status.st_size
    assert shipped(str(file))["least"]["share"] == [1, 3.5, True]


@pytest.mark.parametrize("left", [0, 4, 8, 9, 20])
def test_what_was_cut_off_is_parsed_again(file: Path, left: int) -> None:
    shipped(str(file))
    (one,) = kept(file)
    one.write_bytes(one.read_bytes()[:left])
    assert shipped(str(file)) == SAID


def test_nothing_is_kept_where_python_keeps_nothing(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert shipped(str(file)) == SAID
    assert kept(file) == []


def test_where_nothing_can_be_written_it_is_parsed(file: Path) -> None:
    (file.parent / "__pycache__").write_text("no folder")
    assert shipped(str(file)) == SAID
