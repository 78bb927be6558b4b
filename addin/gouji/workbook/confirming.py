"""Figures that a person looked up: ``三!D9`` is right as it stands, ``三!D9=143`` is what it should be.

Given on the command line, or typed into 审核说明 of 校验: the cell's address as the number of the line, and
beside it the figure, or that the cell is right.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from ..errors import GoujiError
from ..form import Cell, Form, NotANumber, Value
from ..report import Report
from ..text import plain
from .layout import address, layout_of
from .wording import marks, wording


class NotConfirmed(GoujiError, ValueError):
    """What was given names no cell of the form, or is nothing that the cell can hold."""


def cell_at(form: Form, place: str) -> Cell | None:
    """The typed cell at ``三!D9``, in any width and case; None where there is none."""
    return _places(form).get(plain(place).upper().replace("$", "").replace("'", ""))


@cache
def _places(form: Form) -> dict[str, Cell]:
    return {
        f"{table.name}!{address(*at)}".upper(): form.by_id[cell]
        for table in layout_of(form).tables.values()
        for cell, at in table.cells.items()
    }


def confirmed(report: Report, given: Iterable[str]) -> dict[str, Value]:
    """Cell id -> what was looked up. Raises :class:`NotConfirmed` with a Chinese line."""
    words, found = wording("confirming"), {}
    for one in given:
        place, equals, text = plain(one).partition("=")
        cell = cell_at(report.form, place)
        if cell is None:
            raise NotConfirmed(words["no_cell"].format(place=place))
        try:
            found[cell.id] = cell.kind.parse(text).value if equals else report.value(cell.id)
        except NotANumber as error:
            raise NotConfirmed(words["no_number"].format(place=place, text=text)) from error
        if found[cell.id] is None:
            raise NotConfirmed(words["blank"].format(place=place))
    return found


def typed_answers(report: Report) -> dict[str, Value]:
    """What was looked up, as typed into 审核说明: a figure, or that the cell is right as it stands.

    Under the cell's address; or beside a live row with the address before it, ``三!D9=143``, ``三!D9 无误``.
    """
    found: dict[str, Value] = {}
    for key, explanation in report.explanations.items():
        place, text = _answer(report.form, key, explanation.text)
        if (cell := cell_at(report.form, place)) is not None:
            right = marks("confirming")["right"].names(text)
            try:
                value = report.value(cell.id) if right else cell.kind.parse(text).value
            except NotANumber:
                continue
            if value is not None:
                found[cell.id] = value
    return found


def _answer(form: Form, key: str, text: str) -> tuple[str, str]:
    """The cell's place and what is said of it."""
    text = text.strip("。 ")
    if cell_at(form, key) is not None:
        return key, text
    place, equals, number = plain(text).partition("=")
    if equals:
        return place, number
    said = (right for right in marks("confirming")["right"].spellings if place.endswith(right))
    right = max(said, key=len, default="")
    return (place.removesuffix(right), right) if right else ("", "")
