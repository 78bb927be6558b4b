"""Whether last year's file is this city's, and still as it was made: told in one sentence each before what
follows from it."""

from __future__ import annotations

from collections.abc import Iterator

from ...marks import marks_of
from ...rules import Catalogue, Finding
from ...wording import wording_of
from ...workbook.layout import layout_of
from ..intake.names import plain_name
from ..intake.roster import Roster
from ..sum.last_year import LastYear
from .saying import NAMED


def is_of_another(last: LastYear, name: str, roster: Roster) -> bool:
    """Whether the file is a result under another name of which no unit is on the roster: nothing of it can be
    compared."""
    if not last.units or not _differs(last, name):
        return False
    return not any(roster.find(report.unit, report.code) for report in last.everybody)


def why_refused(last: LastYear, name: str) -> str:
    """One Chinese line: what the file is, and what to give instead."""
    said: str = wording_of("gouji.city.parting", "prior")["other_city"]
    return said.format(file=last.file, found=last.city.unit, count=len(last.units), name=name)


def check_city(last: LastYear, name: str, rules: Catalogue) -> Iterator[Finding]:
    """A file under another name may be that of the city before it was renamed; or of another one."""
    rule = rules["prior-other-city"]
    if _differs(last, name) and not rule.off:
        yield rule.finding("prior", file=last.file, found=last.city.unit, name=name)


def check_altered(last: LastYear, rules: Catalogue) -> Iterator[Finding]:
    """A file whose tables are not the sum of its own units any more: its numbers are nobody's."""
    rule = rules["prior-altered"]
    if rule.off or not last.altered:
        return
    phrases, layout = rule.parameters["phrases"], layout_of(last.city.form)
    places = phrases["between"].join("!".join(layout.locate(cell)) for cell in last.altered[:NAMED])
    more = phrases["more"] if len(last.altered) > NAMED else ""
    sheet = marks_of("gouji.city", "sheets")["detail"]
    yield rule.finding("prior", file=last.file, count=len(last.altered), sheet=sheet, places=places + more)


def check_files(last: LastYear, rules: Catalogue) -> Iterator[Finding]:
    """The files of a folder that could not be used, and why."""
    rule, over = rules["prior-unused"], last.passed_over
    if rule.off or not over:
        return
    phrases = rule.parameters["phrases"]
    said = [phrases["file"].format(file=file, why=why.rstrip("。")) for file, why in over[:NAMED]]
    more = phrases["more"] if len(over) > NAMED else ""
    yield rule.finding("prior", count=len(over), files="、".join(said) + more)


def _differs(last: LastYear, name: str) -> bool:
    return bool(last.city.unit) and plain_name(last.city.unit) != plain_name(name)
