"""A city to try the program on: 太仓市's published report of 2019, its tables shared out among departments.

The total is published; THE SPLIT IS INVENTED and says nothing about any real department. It is the
same on every run. Every unit's report satisfies every equation, and the sum is the published report
in all 198 cells. ``demo_taicang_2019.txt`` is that report as text out of a PDF, its tables as they were
published and its sentences ours; ``demo_departments.toml`` holds the weights.
"""

from __future__ import annotations

import datetime
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from random import Random
from typing import Any

from ..form import FEN_PER_WAN, SLASH, Form, Section
from ..published.importer import read_published
from ..report import Report
from ..wording import wording_of
from .desk import Desk, Settings
from .intake.roster import Roster, RosterUnit

_SEED = 2019
#: Amounts are shared out in steps of 100 元.
_STEP = FEN_PER_WAN // 100


#: The text's name in the package and wherever it is spoken of.
PUBLISHED_FILE = "demo_taicang_2019.txt"


def published_text() -> bytes:
    """太仓市's annual report of 2019, as text."""
    return resources.files(__package__).joinpath(PUBLISHED_FILE).read_bytes()


def published() -> Report:
    """The same, read: 198 cells, 注1 to 注3, four texts."""
    return read_published(published_text(), PUBLISHED_FILE).report


def demo_roster() -> Roster:
    """The units of the demonstration with invented codes ``001`` …"""
    plan = _plan()
    return Roster(
        tuple(
            RosterUnit(
                name,
                f"{i:03d}",
                plan["kinds"][entry["kind"]],
                None,
                i + 1,
                contact=plan["season"]["contact_person"],
                phone=plan["season"]["phone"].format(number=i),
            )
            for i, (name, entry) in enumerate(plan["units"].items(), 1)
        )
    )


def demo_desk(total: Report) -> Desk:
    """汇总台 of the season, filled in: names, dates and texts.

    ``total``: the published report, whose sections 五 and 六 the office uses again; section 一 leaves the
    figures to the program."""
    told = _plan()["season"]
    day = datetime.date.fromisoformat
    settings = Settings(
        total.unit,
        total.year,
        edition=total.form.edition,
        office=told["office"],
        contact=told["contact"],
        site=told["site"],
        deadline=day(told["deadline"]),
        published=day(told["published"]),
    )
    sections = [section.number for section in _text_sections(total.form)]
    texts = {key: text for key, text in (total.texts or {}).items() if key in sections}
    return Desk(settings, demo_roster(), texts={**texts, sections[0]: told["general"].strip()})


def first_run() -> datetime.datetime:
    """When the season is consolidated for the first time."""
    return datetime.datetime.fromisoformat(_plan()["season"]["first_run"])


def with_slip(report: Report) -> Report:
    """What the unit sent at first: for one of them with a number that does not add up."""
    slip = _plan()["season"]["slip"]
    if report.unit != slip["unit"]:
        return report
    return report.with_values({slip["cell"]: report.number(slip["cell"]) + slip["more"]})


def corrected() -> Report:
    """What that unit sent in the end."""
    unit = _plan()["season"]["slip"]["unit"]
    return next(report for report in demo_reports() if report.unit == unit)


def demo_reports() -> list[Report]:
    """One report a unit of :func:`demo_roster`, in its order; their sum is :func:`published`."""
    total = published()
    plan = _plan()
    random = Random(_SEED)
    reports = [_empty(total, unit) for unit in demo_roster().units]
    _share_table_two(total, plan, reports, random)
    _share_applications(total, plan, reports, random)
    _share_cases(plan, reports)
    for unit, report in zip(demo_roster().units, reports, strict=True):
        _add_totals(report)
        for row in plan["slash"].get(unit.kind, ()):
            _write_slash(report, row)
        _write_notes(report, plan["notes"])
        report.texts = _texts(report, plan, random)
    return reports


@cache
def _plan() -> dict[str, Any]:
    text = resources.files(__package__).joinpath("demo_departments.toml").read_text("utf-8")
    return tomllib.loads(text)


def _empty(total: Report, unit: RosterUnit) -> Report:
    return Report(
        form=total.form,
        unit=unit.name,
        year=total.year,
        code=unit.code,
        values={cell.id: 0 for cell in total.form.cells},
    )


def _weights(plan: Mapping[str, Any], key: str) -> list[int]:
    return [entry.get(key, 0) for entry in plan["units"].values()]


def _shared(total: int, weights: Sequence[int]) -> list[int]:
    """``total`` in whole parts in proportion to ``weights``, the largest remainders rounded up."""
    whole = sum(weights)
    parts = [total * weight // whole for weight in weights]
    by_remainder = sorted(range(len(parts)), key=lambda i: (-(total * weights[i] % whole), i))
    for i in by_remainder[: total - sum(parts)]:
        parts[i] += 1
    return parts


def _share_table_two(
    total: Report, plan: Mapping[str, Any], reports: Sequence[Report], random: Random
) -> None:
    for cell, key in plan["shares"].items():
        for report, part in zip(reports, _shared(total.number(cell), _weights(plan, key)), strict=True):
            report.set(cell, part)
    for report, entry in zip(reports, plan["units"].values(), strict=True):
        for row, change in entry.get("change", {}).items():
            report.set(f"t2.{row}.change", change)
    for amount, number in plan["amounts"].items():
        prices = [report.number(number) * random.randrange(50, 150) for report in reports]
        for report, part in zip(reports, _shared(total.number(amount) // _STEP, prices), strict=True):
            report.set(amount, part * _STEP)


def _share_applications(
    total: Report, plan: Mapping[str, Any], reports: Sequence[Report], random: Random
) -> None:
    """Give every single application to a unit: its applicant, whether it was carried in, how it ended.

    Whole applications keep every equation true in every unit, whatever the weights are.
    """
    table = total.form.tables["table3"]
    assert table.balance
    weights = _weights(plan, "applications")
    by_id = {row.id: row for row in table.grid.rows}
    # The balance says where applications come from and where they end; its total row stands for its parts.
    starting = table.balance.left
    ending = [part for row in table.balance.right for part in by_id[row].total_of or (row,)]
    for column in (c for c in table.grid.columns if not c.is_total):
        starts = _repeated(total, [f"{table.id}.{row}.{column.id}" for row in starting])
        ends = _repeated(total, [f"{table.id}.{row}.{column.id}" for row in ending])
        random.shuffle(ends)
        for start, end in zip(starts, ends, strict=True):
            report = random.choices(reports, weights)[0]
            report.set(start, report.number(start) + 1)
            report.set(end, report.number(end) + 1)


def _repeated(total: Report, cells: Sequence[str]) -> list[str]:
    return [cell for cell in cells for _ in range(total.number(cell))]


def _share_cases(plan: Mapping[str, Any], reports: Sequence[Report]) -> None:
    by_name = {report.unit: report for report in reports}
    for cell, units in plan["cases"].items():
        for unit in units:
            by_name[unit].set(cell, by_name[unit].number(cell) + 1)


def _add_totals(report: Report) -> None:
    """Columns before rows: the total of the total row is a row sum too."""
    for kind in ("column", "row"):
        for equation in report.form.equations:
            if equation.kind == kind:
                report.set(equation.right[0], sum(map(report.number, equation.left)))


def _write_slash(report: Report, row: str) -> None:
    for cell in report.form.cells:
        if cell.id.startswith(f"{row}.") and not report.number(cell.id):
            report.set(cell.id, SLASH)


def _write_notes(report: Report, notes: Sequence[Mapping[str, str]]) -> None:
    own = [note for note in notes if note["unit"] == report.unit]
    for number, note in enumerate(own, 1):
        mark = wording_of("gouji.city", "notes")["mark"].format(number=number)
        report.marks[note["cell"]] = mark
        report.notes[mark] = note["text"]


def _texts(report: Report, plan: Mapping[str, Any], random: Random) -> dict[str, str]:
    """Sections 一, 五 and 六: our own sentences, true of the unit's own numbers."""
    words = plan["texts"]
    numbers = {
        "new": report.number("t3.new.total"),
        "carried_in": report.number("t3.carried_in.total"),
        "done": report.number("t3.processed.total"),
    }
    carried = words["carried"].format(**numbers) if numbers["carried_in"] else ""
    asked = words["asked"] if numbers["new"] or numbers["carried_in"] else words["not_asked"]
    fields = {
        "unit": report.unit,
        "duty": plan["units"][report.unit]["duty"],
        "numbers": asked.format(**numbers, carried=carried),
    }
    chosen = (words[key][random.randrange(len(words[key]))] for key in ("general", "problems", "other"))
    sections = (s.number for s in _text_sections(report.form))
    return {section: text.format(**fields) for section, text in zip(sections, chosen, strict=True)}


def _text_sections(form: Form) -> list[Section]:
    return [section for section in form.sections if not section.table]
