"""应报单位名单: who must report. Read from .xlsx or .csv, columns found by their heads.

A code is text: ``007`` keeps its zeros, a number typed into a spreadsheet cell is read as its digits.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, NoReturn

from ..wording import wording_of
from .names import plain_code, plain_name

_LIMIT_MB = 8
#: A title and a remark may stand above the heads; further down they are not looked for.
_HEADS_WITHIN = 10
#: Beyond 15 digits a spreadsheet has already rounded a number; such a code was lost before we read it.
_EXACT_DIGITS = 10**15
_ENCODINGS = ("utf-8-sig", "gb18030")

#: A line of the file: its number as a person counts, and its non-empty texts by column position.
_Line = tuple[int, dict[int, str]]


class RosterError(ValueError):
    """The roster can not be used; the message is one Chinese line: what, where, what to do."""


@dataclass(frozen=True, slots=True)
class RosterUnit:
    """One unit that must report. ``code`` and ``kind`` may be "". ``rule_making``: whether it may issue
    规章, None where the roster does not say. ``line``: its line in the file, from 1."""

    name: str
    code: str = ""
    kind: str = ""
    rule_making: bool | None = None
    line: int = 0


@dataclass(frozen=True)
class Roster:
    """The units in the order of the file. Names are distinct, and so are the codes that are given."""

    units: tuple[RosterUnit, ...]
    source: str = ""

    @cached_property
    def by_name(self) -> dict[str, RosterUnit]:
        """:func:`plain_name` -> unit."""
        return {plain_name(unit.name): unit for unit in self.units}

    @cached_property
    def by_code(self) -> dict[str, RosterUnit]:
        """:func:`plain_code` -> unit, those that have one."""
        return {plain_code(unit.code): unit for unit in self.units if unit.code}

    def kinds(self) -> tuple[str, ...]:
        """The 类别 that occur, in the order of their first unit."""
        return tuple(dict.fromkeys(unit.kind for unit in self.units))


def read_roster(path: Path) -> Roster:
    """Read a roster from .xlsx/.xlsm or .csv. Raises :class:`RosterError` and nothing else.

    CSV: UTF-8 with or without BOM, else GB18030; separated by commas, tabs or semicolons. Workbook:
    the first visible sheet that has the column 单位名称.
    """
    source = _Source(path.name)
    if path.suffix.lower() in (".xlsx", ".xlsm"):
        tables: Iterator[list[_Line]] = _workbook_tables(path, source)
    elif path.suffix.lower() == ".csv":
        tables = _csv_tables(path, source)
    else:
        source.refuse("format")
    for lines in tables:
        for at, (_, heads) in enumerate(lines[:_HEADS_WITHIN]):
            if any(_column_of(text) == "name" for text in heads.values()):
                return _roster(source, heads, lines[at + 1 :])
    return source.refuse("no_header", column=_columns()["name"][0], columns=_column_names())


def to_csv(roster: Roster) -> bytes:
    """The roster as a CSV file that Excel and WPS open rightly (UTF-8 with BOM, CRLF)."""
    used = [
        key
        for key in _columns()
        if key != "rule_making" or any(u.rule_making is not None for u in roster.units)
    ]
    yes_no = wording_of(__package__, "roster.yes_no")
    said = {True: yes_no["yes"][0], False: yes_no["no"][0], None: ""}
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(_columns()[key][0] for key in used)
    for unit in roster.units:
        shown = {
            "name": unit.name,
            "code": unit.code,
            "kind": unit.kind,
            "rule_making": said[unit.rule_making],
        }
        writer.writerow(shown[key] for key in used)
    return out.getvalue().encode("utf-8-sig")


class _Source:
    """Speaks for one file: raises its refusals."""

    def __init__(self, file: str) -> None:
        self.file = file

    def refuse(self, key: str, **fields: object) -> NoReturn:
        message = wording_of("gouji.city", "roster.messages")[key]
        raise RosterError(message.format(file=self.file, **fields))


def _columns() -> dict[str, list[str]]:
    columns: dict[str, list[str]] = wording_of(__package__, "roster.columns")
    return columns


def _column_names() -> str:
    return "、".join(names[0] for names in _columns().values())


def _column_of(head: str) -> str | None:
    wanted = plain_name(head)
    return next((key for key, names in _columns().items() if wanted in names), None)


# ---------------------------------------------------------------- files -> lines


def _csv_tables(path: Path, source: _Source) -> Iterator[list[_Line]]:
    text = _decode(_bytes(path, source), source)
    for delimiter in (",", "\t", ";"):
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        lines = []
        try:
            for row in reader:
                texts = {i: plain for i, field in enumerate(row) if (plain := field.strip())}
                lines.append((reader.line_num, texts))
        except csv.Error as error:
            source.refuse("csv", line=reader.line_num, reason=error)
        yield [line for line in lines if line[1]]


def _bytes(path: Path, source: _Source) -> bytes:
    try:
        size = path.stat().st_size
        if size > _LIMIT_MB << 20:
            source.refuse("too_large", size=f"{size / (1 << 20):.0f}", limit=_LIMIT_MB)
        return path.read_bytes()
    except FileNotFoundError:
        source.refuse("missing")
    except OSError:
        source.refuse("unreadable")


def _decode(data: bytes, source: _Source) -> str:
    for encoding in _ENCODINGS:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    return source.refuse("encoding")


def _workbook_tables(path: Path, source: _Source) -> Iterator[list[_Line]]:
    # Imported here: a roster may as well be a CSV file, and start-up is paid by every command.
    from ..workbook.guard import Refused
    from ..workbook.sheets import open_book

    try:
        book = open_book(path)
        for sheet in book.sheet_names:
            if book.states[sheet] != "visible":
                continue
            rows: dict[int, dict[int, Any]] = {}
            for (row, column), cell in sorted(book.cells(sheet).items()):
                rows.setdefault(row, {})[column] = cell
            yield _lines_of_sheet(rows, source)
    except Refused as refused:
        source.refuse("refused", reason=refused.message)


def _lines_of_sheet(rows: dict[int, dict[int, Any]], source: _Source) -> list[_Line]:
    from ..workbook.cells import address

    lines = []
    for row, cells in rows.items():
        texts = {}
        for column, cell in cells.items():
            text = _cell_text(cell.value)
            if text is None:
                source.refuse("not_text", address=address((row, column)), value=cell.raw)
            if text:
                texts[column] = text
        if texts:
            lines.append((row, texts))
    return lines


def _cell_text(value: str | float | int | bool | None) -> str | None:
    """The text of a cell; None where it holds neither text nor an exact whole number."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool) or value != int(value) or abs(value) >= _EXACT_DIGITS:
        return None
    return str(int(value))


# ---------------------------------------------------------------- lines -> units


def _roster(source: _Source, heads: dict[int, str], lines: list[_Line]) -> Roster:
    places = _places(source, heads)
    units: list[RosterUnit] = []
    for line, texts in lines:
        outside = next((text for column, text in texts.items() if column not in places), None)
        if outside is not None:
            source.refuse("outside", line=line, value=outside)
        fields = {key: texts.get(column, "") for column, key in places.items()}
        if not fields["name"]:
            source.refuse("blank_name", line=line)
        rule_making = _yes_no(source, line, fields.get("rule_making", ""))
        units.append(
            RosterUnit(fields["name"], fields.get("code", ""), fields.get("kind", ""), rule_making, line)
        )
    if not units:
        source.refuse("empty")
    _refuse_repeated(source, units)
    return Roster(tuple(units), source.file)


def _places(source: _Source, heads: dict[int, str]) -> dict[int, str]:
    places: dict[int, str] = {}
    for column, head in heads.items():
        key = _column_of(head)
        if key is None:
            source.refuse("unknown_column", column=head, columns=_column_names())
        if key in places.values():
            source.refuse("repeated_column", column=_columns()[key][0])
        places[column] = key
    return places


def _yes_no(source: _Source, line: int, text: str) -> bool | None:
    words = wording_of(__package__, "roster.yes_no")
    if not text:
        return None
    if text not in words["yes"] + words["no"]:
        source.refuse("yes_no", line=line, column=_columns()["rule_making"][0], value=text)
    return text in words["yes"]


def _refuse_repeated(source: _Source, units: list[RosterUnit]) -> None:
    names: dict[str, RosterUnit] = {}
    codes: dict[str, RosterUnit] = {}
    for unit in units:
        first = names.setdefault(plain_name(unit.name), unit)
        if first is not unit:
            source.refuse("repeated_name", line=unit.line, name=unit.name, other=first.line)
        if not unit.code:
            continue
        first = codes.setdefault(plain_code(unit.code), unit)
        if first is not unit:
            source.refuse("repeated_code", line=unit.line, code=unit.code, other=first.line, name=first.name)
