"""汇总台 -> :class:`~gouji.city.desk.Desk`: heads and items found by their labels, dates as people write
them."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from dataclasses import fields
from pathlib import Path
from typing import TypeVar

from ...form import edition_for_year, editions, load_form
from ...marks import Mark
from ...report import PREFACE
from ...rules.period import day
from ...text import plain
from ...wording import wording_of
from ...workbook.reading.cells import Position, address
from ...workbook.reading.cover_fields import year_of
from ..desk import Desk, Merger, OfficeWord, Preferred, Settings
from ..intake.names import plain_code, plain_name
from ..intake.roster import Roster, RosterUnit
from ..intake.roster_lines import bare_heading, no_unit
from ..sum.adjust import Adjustment
from .cells import Line, Page, Sheets, refuse
from .sheets import Kind, choices, list_sheet, marks

_T = TypeVar("_T")

#: Sections of the report that the office writes itself, and 落款, by what :attr:`Desk.texts` calls them.
CLOSING = str(marks("texts")["closing"])
#: Items of 设置 that have to be filled.
_NEEDED = ("name", "year")


def read_desk(path: Path) -> Desk:
    """What a 汇总台 says. Raises :class:`~gouji.city.season.cells.DeskError` and nothing else."""
    sheets = Sheets(path)
    settings = _settings(sheets.page("settings"))
    return Desk(
        settings=settings,
        roster=_roster(sheets, path.name),
        texts=_texts(sheets.page("texts"), settings),
        adjustments=tuple(_adjustments(sheets)),
        mergers=tuple(_mergers(sheets)),
        words=tuple(_words(sheets)),
        preferred=tuple(_preferred(sheets)),
        source=path.name,
    )


def read_settings(path: Path) -> Settings:
    """What 设置 says, whatever the other sheets are like. Raises :class:`~.cells.DeskError`."""
    return _settings(Sheets(path).page("settings"))


def section_labels(edition: str, year: int) -> dict[str, str]:
    """Section -> its label in 文字: 引言, the text sections of the form as printed, 落款."""
    form = load_form(edition or edition_for_year(year))
    titles = {section.number: section.title for section in form.sections if not section.table}
    return {PREFACE: str(marks("texts")["preface"]), **titles, CLOSING: CLOSING}


# ---------------------------------------------------------------- 设置


def _settings(page: Page) -> Settings:
    given = _Items(page)
    year = given.read("year", year_of, "year") or 0
    edition = given.text("edition").removesuffix("版").removesuffix("年")
    if edition and edition not in editions():
        given.refuse("edition", "edition", choices="、".join(editions()))
    return Settings(
        name=given.text("name"),
        year=year,
        edition=edition,
        include_invalid=given.yes("include_invalid"),
        deadline=given.day("deadline"),
        extended=given.day("extended"),
        published=given.day("published"),
        today=given.day("today"),
        **{key: given.text(key) for key in ("code", "office", "contact", "site", "prior", "rules")},
    )


class _Items:
    """设置: a label, and beside it what is typed."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.items = marks("settings.items")
        head = page.find(marks("settings")["item"])
        value = page.find(marks("settings")["value"])
        self.labels, self.values = (head[1] if head else 1), (value[1] if value else 2)
        self.places: dict[str, int] = {}
        for (row, column), text in page.texts.items():
            key = next((k for k, mark in self.items.items() if mark.names(text)), None)
            if column != self.labels or key is None:
                continue
            if key in self.places:
                other = address((self.places[key], column))
                page.refuse("repeated_item", (row, column), item=text, other=other)
            self.places[key] = row
        for key in _NEEDED:
            if key not in self.places:
                refuse("no_item", sheet=page.name, item=self.items[key])
            if not self.text(key):
                self.refuse("needed", key, item=self.items[key])

    def at(self, key: str) -> Position:
        return self.places[key], self.values

    def text(self, key: str) -> str:
        return self.page.texts.get(self.at(key), "") if key in self.places else ""

    def refuse(self, message: str, key: str, **names: object) -> None:
        self.page.refuse(message, self.at(key), value=self.text(key), **names)

    def read(self, key: str, parse: Callable[[str], _T | None], message: str) -> _T | None:
        text = self.text(key)
        found = parse(text) if text else None
        if text and not found:
            self.refuse(message, key)
        return found

    def day(self, key: str) -> datetime.date | None:
        return self.read(key, day, "date")

    def yes(self, key: str) -> bool:
        text = self.text(key)
        if text and not _is_choice(text, "yes_no"):
            self.refuse("choice", key, head=self.items[key], choices="、".join(choices("yes_no")))
        return marks("yes_no")["yes"].names(text)


# ---------------------------------------------------------------- 名单


def _roster(sheets: Sheets, file: str) -> Roster:
    sheet = list_sheet("roster")
    units: list[RosterUnit] = []
    names: dict[str, str] = {}
    codes: dict[str, str] = {}
    skipped: list[str] = []
    heading = ""
    for line in sheets.lines(sheet):
        aside, text = _aside(line)
        if aside:
            words = wording_of("gouji.city.intake", "roster")
            said = words["heading_kept" if aside == "heading" else aside]
            skipped.append(said.format(line=line.row, text=text))
            heading = bare_heading(text) if aside == "heading" else heading
            continue
        if not line["name"]:
            line.refuse("blank_name", "name")
        _distinct(line, "name", plain_name(line["name"]), names, "repeated_name")
        _distinct(line, "code", plain_code(line["code"]), codes, "repeated_code")
        units.append(_unit(line, heading))
    if not units:
        refuse("empty_roster", sheet=sheet.name)
    return Roster(tuple(units), file, tuple(skipped))


def _unit(line: Line, heading: str) -> RosterUnit:
    return RosterUnit(
        name=line["name"],
        code=line["code"],
        kind=line["kind"] or heading,
        rule_making=_yes_no(line, "rule_making"),
        line=line.row,
        contact=line["contact"],
        phone=line["phone"],
        deadline=_date(line["deadline"]),
        own=line.own,
    )


def _aside(line: Line) -> tuple[str, str]:
    """What a line is that is no unit, as in a roster that an office keeps; a text that does not say so itself
    is asked about."""
    name = plain_name(line["name"])
    given = (name, *(line[key] for key in line.places if key != "name"), *(text for _, text in line.own))
    texts = [plain_name(text) for text in given if text]
    return no_unit(texts, name or texts[0]) if texts else ("", "")


def _distinct(line: Line, column: str, key: str, seen: dict[str, str], message: str) -> None:
    place = address(line.at(column))
    if key and seen.setdefault(key, place) != place:
        line.refuse(message, column, value=line[column], other=seen[key])


def _yes_no(line: Line, column: str) -> bool | None:
    text = _chosen(line, column, "yes_no")
    return marks("yes_no")["yes"].names(text) if text else None


# ---------------------------------------------------------------- 文字


def _texts(page: Page, settings: Settings) -> dict[str, str]:
    """Section -> its paragraphs, a line each. What stands below a label belongs to it until the next."""
    labels = section_labels(settings.edition, settings.year)
    heads = {key: page.find(marks("texts")[key]) for key in ("section", "text")}
    place = heads["section"]
    left = place[1] if place else 1
    right = heads["text"][1] if heads["text"] else left + 1
    top = place[0] if place else 0
    found: dict[str, list[str]] = {}
    starts: dict[str, int] = {}
    section = ""
    for row, texts in page.rows():
        if row <= top:
            continue
        if label := texts.get(left):
            section = _section(page, (row, left), label, labels)
            if starts.setdefault(section, row) != row:
                other = address((starts[section], left))
                page.refuse("repeated_section", (row, left), value=label, other=other)
        if text := texts.get(right):
            if not section:
                page.refuse("before_sections", (row, right))
            found.setdefault(section, []).extend(line.strip() for line in text.splitlines())
    return {key: "\n".join(line for line in lines if line) for key, lines in found.items()}


def _section(page: Page, at: Position, label: str, labels: dict[str, str]) -> str:
    """The section that a label names: as printed, by its number, or by the words behind it."""
    wanted = plain(label)
    for key, title in labels.items():
        if wanted in (plain(key), plain(title), plain(title.partition("、")[2])):
            return key
    return page.refuse("unknown_section", at, value=label, choices="、".join(labels))


# ---------------------------------------------------------------- the other lists


def _adjustments(sheets: Sheets) -> Iterator[Adjustment]:
    known = {field.name for field in fields(Adjustment)}
    for line in sheets.lines(list_sheet("adjustments")):
        if line.texts:
            given = {"unit": "", **line.texts}
            yield Adjustment(line.row, **{key: text for key, text in given.items() if key in known})


def _mergers(sheets: Sheets) -> Iterator[Merger]:
    for line in sheets.lines(list_sheet("mergers")):
        if not line.texts:
            continue
        if not (line["old"] or line["new"]):
            line.refuse("incomplete", "old", head=_head("mergers", "old"))
        way = _chosen(line, "way", "way")
        yield Merger(line["old"], line["new"], way, _date(line["date"]), line.row)


def _words(sheets: Sheets) -> Iterator[OfficeWord]:
    for line in sheets.lines(list_sheet("words")):
        if not line.texts:
            continue
        for key in ("unit", "finding"):
            if not line[key]:
                line.refuse("incomplete", key, head=_head("words", key))
        state = _chosen(line, "state", "state")
        when = _date(line["when"])
        finding = "" if marks("words")["whole"].names(line["finding"]) else line["finding"]
        yield OfficeWord(line["unit"], finding, line["text"], state, line["who"], when, (), line.row)


def _preferred(sheets: Sheets) -> Iterator[Preferred]:
    for line in sheets.lines(list_sheet("preferred")):
        if not line.texts:
            continue
        for key in ("unit", "file"):
            if not line[key]:
                line.refuse("incomplete", key, head=_head("preferred", key))
        yield Preferred(line["unit"], line["file"], line["reason"], line.row)


def _head(sheet: str, key: str) -> Mark:
    return next(column.head for column in list_sheet(sheet).columns if column.key == key)


def _is_choice(text: str, kind: Kind) -> bool:
    known = marks("yes_no") if kind == "yes_no" else None
    return any(mark.names(text) for mark in known.values()) if known else text in choices(kind)


def _chosen(line: Line, column: str, kind: Kind) -> str:
    text = line[column]
    if text and not _is_choice(text, kind):
        head = _head(line.sheet.key, column)
        line.refuse("choice", column, value=text, head=head, choices="、".join(choices(kind)))
    return text


def _date(text: str) -> str:
    """A day as ``2025-01-31``; whatever else was written as it is (2025 年 1 月底)."""
    that = day(text)
    return that.isoformat() if that else text
