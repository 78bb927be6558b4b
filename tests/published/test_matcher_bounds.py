"""The matcher ends soon whatever a stream holds; readers refuse more than this."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from gouji.form import load_form
from gouji.published.stream import Atom, Stream
from gouji.published.tables import read_tables
from support.bounded import within
from support.published.small import on_one_line, stream, three

MANY = 120_000
CELL, ROW, LINE = Atom(mark="cell"), Atom(mark="row"), Atom(mark="line")
LABELS = [Atom(row.label) for row in load_form("2021").tables["table3"].rows()]
ENDLESS: dict[str, Sequence[Atom]] = {
    "cells": [CELL] * MANY,
    "a row": [*[Atom("0"), CELL] * (MANY // 2), ROW],
    "lines": [Atom("0"), LINE] * (MANY // 2),
    "characters": [Atom("公")] * MANY,
    "tables": [Atom(mark="open")] * MANY,
    "page marks": [Atom("- 5 -"), LINE] * (MANY // 2),
    "dashes": [Atom("- " * MANY)],
    "digits": [Atom("1" * MANY)],
    "brackets": [Atom("规章(" * (MANY // 4))],
    "superscripts": [Atom("1", raised=True)] * MANY,
    "tags": [Atom("<sup>" * (MANY // 5))],
    "labels": [atom for _ in range(400) for label in LABELS for atom in (label, LINE)],
    "numbers behind labels": [a for label in LABELS for a in [label, *[Atom("12"), LINE] * (MANY // 60)]],
    "empty cells behind labels": [a for one in LABELS for a in [one, CELL, *[CELL] * (MANY // 25), ROW]],
    "glued rows": [atom for label in LABELS for atom in (label, Atom("1" * 30))],
    "glued rows with many ways": [a for one in LABELS for a in (one, Atom("10200030005000"))],
}


@pytest.mark.parametrize("name", ENDLESS)
def test_an_endless_stream_ends_soon(name: str) -> None:
    given = Stream(tuple(ENDLESS[name]))
    within(50, lambda: read_tables(given))


def test_a_report_within_endless_text_is_read() -> None:
    around = tuple([Atom("全年主动公开信息"), LINE] * 1000)
    tables = read_tables(Stream((*around, *stream(three(on_one_line)).atoms, *around)))
    assert len(tables.read) == 175
