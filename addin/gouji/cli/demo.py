"""``demo``: a season of 太仓市 2019 in two runs, from the published text to the published figures."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..files import atomic_write, refuse_existing
from ..wording import wording_of
from . import Failure, options, words
from .forms import save
from .progress import steps
from .season import run_folder
from .telling import tell

if TYPE_CHECKING:
    from ..city.consolidate import Consolidation
    from ..city.season.folder import Season
    from ..report import Report


def demo(folder: Path | None, force: bool) -> None:
    """Import what was published, lay out a season, play it in two runs, compare."""
    from .. import api
    from ..city.demo import demo_roster, published_text
    from ..city.season.folder import Season
    from ..city.sheets.workbook import roster_workbook

    w = words("demo")
    folder = folder or Path(w["folder"])
    text = folder / w["published"]
    total = api.import_report(published_text(), name=text.name).report
    season = Season(folder / w["season"].format(name=total.unit, year=total.year), ())
    refuse_existing(text, force=force)
    desk = _desk(season, total, force=force)
    tell(w["note"])
    save(text, published_text(), force=force)
    save(text.with_suffix(".xlsx"), api.write(total), force=force)
    tell(w["imported"], file=text, cells=len(total.read), unread=len(total.unread))
    save(folder / w["roster"], roster_workbook(demo_roster()), force=force)
    _lay_out(season, desk, force=force)
    result = _play(season)
    different = [c.id for c in total.form.cells if total.value(c.id) != result.report.value(c.id)]
    key = "differ" if different else "equal"
    tell(w[key], count=len(different), cells=len(total.form.cells), file=text)
    raise click.exceptions.Exit(1 if different or result.state == "error" else 0)


def _desk(season: Season, total: Report, *, force: bool) -> bytes:
    """汇总台 as an office has filled it. Raises :class:`Failure` where a person has changed the one that is
    there, also where it is another office's."""
    from ..city.demo import demo_desk
    from ..city.season.book import desk_workbook

    content, path = desk_workbook(demo_desk(total), folder=season.folder.name), season.next_desk()
    refuse_existing(path, force=force)
    if path.exists() and path.read_bytes() != content:
        raise Failure(words("demo")["edited"].format(file=path))
    return content


def _lay_out(season: Season, desk: bytes, *, force: bool) -> None:
    """汇总台, and what every unit sent; one of them with a slip."""
    from ..city.demo import demo_reports, with_slip

    w = words("demo")
    save(season.next_desk(), desk, force=force)
    season.results.mkdir(parents=True, exist_ok=True)
    for report in steps(demo_reports(), w["building"]):
        _send(season, with_slip(report), force=force)
    tell(w["sent"], folder=season.sent)


def _play(season: Season) -> Consolidation:
    """The first run; the unit corrects its return; the second run."""
    from ..city.demo import corrected

    w = words("demo")
    tell(w["first"], season=season.folder)
    run_folder(season.folder, told=False, now=_at(0))
    report = corrected()
    path = _send(season, report, force=True)
    tell(w["corrected"], unit=report.unit, file=path)
    tell(w["second"], season=season.folder)
    return run_folder(season.folder, told=False, now=_at(1))


def _at(hour: int) -> datetime.datetime:
    """Both runs are of one afternoon: the same files come out of every demonstration."""
    from ..city.demo import first_run

    return first_run() + datetime.timedelta(hours=hour)


def _send(season: Season, report: Report, *, force: bool) -> Path:
    """What a unit sends: its sealed workbook, or one that no seal is given to."""
    from ..audit import audit
    from ..rules import catalogue
    from ..workbook.seal import make_seal
    from ..workbook.writer import write_workbook

    name = wording_of("gouji", "named")["report"].format(unit=report.unit, year=report.year)
    wrong = any(finding.level == "error" for finding in audit(report))
    seal = None if wrong else make_seal(report, None, catalogue())
    path: Path = season.sent / name
    with atomic_write(path, force=force) as draft:
        draft.write_bytes(write_workbook(report, seal=seal))
    return path


demo_command = options.command(
    "demo",
    demo,
    click.Argument(["folder"], type=options.NEW, required=False, metavar="[DIR]"),
    options.force(),
)
