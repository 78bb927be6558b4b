"""A file that somebody writes while it is read: what was read is of no state of it that can be named."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from gouji.city.intake.known import Known
from gouji.city.intake.reading import HELD, submission_of
from gouji.form import load_form
from gouji.records import dataclass
from gouji.report import Report
from gouji.rules import Context
from gouji.workbook.writer import write_workbook

FIRST, SECOND = (
    write_workbook(Report(load_form("2021"), unit, 2024, values={"t3.new.natural": 1}))
    for unit in ("甲局", "乙局")
)


@dataclass(frozen=True)
class Meanwhile(Known):
    """Does something when the report was read and is not judged yet."""

    act: Callable[[], object] = bool

    def about(self, report: Report) -> Context:
        self.act()
        return super().about(report)


def large(content: bytes) -> bytes:
    """The same workbook with more in its ZIP's comment than is held while a file is read: it is refused, and
    has a digest all the same."""
    return content + bytes(HELD)


@pytest.mark.parametrize("size", [lambda content: content, large])
def test_a_file_that_stays(size: Callable[[bytes], bytes], tmp_path: Path) -> None:
    path = tmp_path / "甲局.xlsx"
    path.write_bytes(size(FIRST))
    os.utime(path, (1_000_000, 1_000_000))
    sent = submission_of(path.name, path, Known(Context()))
    assert (sent.sha256, sent.modified) == (hashlib.sha256(path.read_bytes()).hexdigest(), 1_000_000)


def test_a_file_that_is_written(tmp_path: Path) -> None:
    """Also where size and time are what they were."""
    path = tmp_path / "甲局.xlsx"

    def write(content: bytes) -> None:
        path.write_bytes(content)
        os.utime(path, (1_000_000, 1_000_000))

    write(FIRST)
    sent = submission_of(path.name, path, Meanwhile(Context(), act=lambda: write(SECOND)))
    assert sent.sha256 == "" and sent.report and sent.report.unit == "甲局"
    write(FIRST)
    sent = submission_of(path.name, path, Meanwhile(Context(), act=lambda: write(FIRST)))
    assert sent.sha256 == hashlib.sha256(FIRST).hexdigest()


def test_a_file_that_goes(tmp_path: Path) -> None:
    path = tmp_path / "甲局.xlsx"
    path.write_bytes(FIRST)
    sent = submission_of(path.name, path, Meanwhile(Context(), act=path.unlink))
    assert (sent.sha256, sent.modified) == ("", 0)


def test_bytes_are_what_they_are() -> None:
    sent = submission_of("甲局.xlsx", FIRST, Known(Context()))
    assert (sent.sha256, sent.modified) == (hashlib.sha256(FIRST).hexdigest(), 0)
