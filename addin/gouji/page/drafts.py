"""A file that is being filled as a text that a browser may keep, and back.

What can not be read as a number stays as it was typed. The bytes of the file that came are not in it.
"""

from __future__ import annotations

from typing import Any

from ..city.intake.names import plain_name
from ..city.sum.last_year import LastYear
from ..errors import GoujiError
from ..report import Report, dumps, from_json, parsed_json, to_json
from ..wording import wording_of
from ..workbook.reading.kept import check_kept
from .filling import fields
from .held import Desk, Held, Standing

#: The members of a draft: what the file is called, how it stands, how it came, 上年数 that it holds
#: itself, last year's report that was given for it, of which file and whether it was sealed, what was typed
#: anew.
_PATH, _NOW, _FIRST, _LAST = "path", "now", "first", "last"
_GIVEN, _OF, _SEALED, _TOUCHED = "given", "of", "sealed", "touched"


class NoDraft(GoujiError, ValueError):
    """The text is no draft of this page."""

    def __init__(self) -> None:
        super().__init__(wording_of("gouji.page", "draft")["no_draft"])


def draft(held: Held) -> str:
    """One file with all that was typed."""
    said: dict[str, Any] = {_PATH: held.path, _NOW: to_json(held.now.report)}
    if held.is_changed:
        said[_FIRST] = to_json(held.first.report)
    if held.came.prior:
        said[_LAST] = to_json(held.came.prior)
    beside = held.context()
    if held.now.given and beside.prior:
        said |= {_GIVEN: to_json(beside.prior), _OF: held.now.given.file, _SEALED: beside.prior_sealed}
    return dumps({**said, _TOUCHED: sorted(held.now.touched)})


def resumed(desk: Desk, number: int, text: str) -> list[Held]:
    """The file of a draft on the desk. Raises :class:`NoDraft`, ReportError and Refused, as for any JSON
    that a stranger sent."""
    data = parsed_json(text.encode("utf-8", "replace"))
    if not isinstance(data, dict) or not isinstance(data.get(_PATH), str) or _NOW not in data:
        raise NoDraft
    reports = {key: _report(data[key]) for key in (_NOW, _FIRST, _LAST, _GIVEN) if key in data}
    now, given = reports[_NOW], _given(data, reports[_GIVEN]) if _GIVEN in reports else None
    steps = [Standing(reports.get(_FIRST, now), given)]
    if steps[0].report != now:
        steps.append(Standing(now, given, _touched(data.get(_TOUCHED), now)))
    return desk.resume(number, data[_PATH], steps, reports.get(_LAST))


def _given(data: dict[str, Any], prior: Report) -> LastYear:
    of, sealed = data.get(_OF), data.get(_SEALED) is True
    units = frozenset({plain_name(prior.unit)} if sealed else ())
    return LastYear(of if isinstance(of, str) else "", prior, sealed=units)


def _touched(names: Any, report: Report) -> frozenset[str]:
    known = {*report.form.by_id, *fields()}
    listed = names if isinstance(names, list) else []
    return frozenset(one for one in listed if isinstance(one, str) and one in known)


def _report(data: Any) -> Report:
    report = from_json(data)
    check_kept(report)
    return report
