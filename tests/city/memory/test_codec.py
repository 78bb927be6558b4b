"""What is stored of a submission comes back as the very same, or is not stored at all."""

from __future__ import annotations

import zlib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gouji.city.intake.known import Known
from gouji.city.intake.reading import submission_of
from gouji.city.intake.sorting import Submission
from gouji.city.memory.codec import Damaged, decoded, encoded
from gouji.form import load_form
from gouji.report import Report
from gouji.rules import Context
from support import DATA
from support.random_reports import reports

#: One of each kind of file that can be sent, small ones: forms, results of every release, pages, texts, JSON.
FILES = sorted(
    path
    for folder in ("archive", "originals", "seeds", "published")
    for path in (DATA / folder).rglob("*")
    if path.is_file() and path.stat().st_size < 200_000
)


def same(one: Submission, other: Submission) -> None:
    """Equal, also in what a report does not compare by, and in the order of its parts. When a file was
    written is not part of what was read of it."""
    assert replace(one, modified=other.modified) == other
    if one.report and other.report:
        assert one.report.as_text == other.report.as_text
        assert one.report.form is other.report.form
        assert repr(one.report.values) == repr(other.report.values)
        assert list(one.report.notes) == list(other.report.notes)


@pytest.mark.slow
@pytest.mark.parametrize("path", FILES[::4], ids=lambda path: path.name)
def test_every_file_of_the_tests(path: Path) -> None:
    sent = submission_of(path.name, path, Known(Context()))
    data = encoded(sent)
    assert data is not None
    same(decoded(data), sent)


@settings(max_examples=40, deadline=None)
@given(reports())
def test_any_report(report: Report) -> None:
    sent = Submission("甲/乙.xlsx", report, (), "intact", imported=True, sha256="0" * 64)
    data = encoded(sent)
    assert data is not None
    same(decoded(data), sent)


def test_numbers_read_from_texts_come_back_too() -> None:
    report = Report(load_form("2021"), "甲局", 2024, values={"t3.new.natural": 12})
    report.as_text["t3.new.natural"] = "12件"
    data = encoded(Submission("甲.xlsx", report))
    assert data and decoded(data).report
    same(decoded(data), Submission("甲.xlsx", report))


def test_numbers_of_any_size_come_back() -> None:
    for value in (2**63, -(10**30)):
        sent = Submission(
            "甲.xlsx", Report(load_form("2021"), "甲局", 2024, values={"t3.new.natural": value})
        )
        data = encoded(sent)
        assert data is not None
        same(decoded(data), sent)


def test_what_would_not_come_back_is_not_stored() -> None:
    """What is equal to a number and is none, and half of a character."""
    report = Report(load_form("2021"), "甲局", 2024, values={"t3.new.natural": True})
    assert encoded(Submission("甲.xlsx", report)) is None
    broken = replace(report, values={}, texts={"一": "\ud800"})
    assert encoded(Submission("甲.xlsx", broken)) is None


@given(st.binary(max_size=60))
def test_other_bytes_are_damage(data: bytes) -> None:
    for each in (data, zlib.compress(data), zlib.compress(b'{"of": {}, "form": null, "report": null}')):
        with pytest.raises(Damaged):
            decoded(each)
