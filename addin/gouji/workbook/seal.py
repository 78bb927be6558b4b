"""The seal: this file had no error, every warning was explained, and nothing was changed since.

A check against accidents, not a signature: anybody who can run the program can make one. It holds the
form's fingerprint, a digest of everything typed, the active rules and the time. Macros only clear it.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Callable, Mapping
from typing import Any, Literal

from ..form import Cell
from ..records import dataclass
from ..report import PROVENANCE, Report, Unplaced, dumps, to_json
from ..rules import Catalogue
from ..rules.remarks import is_remark
from .wording import wording

SealState = Literal["none", "intact", "broken"]


@dataclass(frozen=True, slots=True)
class Seal:
    """``time``: when it was given, ISO 8601 with the zone."""

    fingerprint: str
    digest: str
    rules: str
    time: str

    @property
    def shown_time(self) -> str:
        """The time as people here write it, on this machine's clock: 2026年11月28日 21:34."""
        when = datetime.datetime.fromisoformat(self.time).astimezone()
        words: str = wording("seal")["time"]
        return words.format(when=when)

    def rows(self) -> list[tuple[str, str]]:
        """As the very hidden sheet holds it: key, value."""
        return [(f"seal.{name}", getattr(self, name)) for name in FIELDS]


FIELDS = ("fingerprint", "digest", "rules", "time")
#: The rows of a workbook without a seal.
NO_SEAL = tuple((f"seal.{name}", "") for name in FIELDS)


def make_seal(report: Report, prior: Report | None, rules: Catalogue) -> Seal:
    """A seal for what the report holds now. Whether it may be given is the caller's to decide."""
    now = datetime.datetime.now(datetime.UTC).astimezone().isoformat(timespec="seconds")
    return Seal(report.form.fingerprint, digest(report, prior), rules.digest, now)


#: How a digest begins whose cells are named by their ids. Release 0.1.0 named them by their labels and
#: wrote no beginning.
_BY_ID = "ids:"


def digest(report: Report, prior: Report | None) -> str:
    """sha256 over everything typed, 上年数 included; no label is in it, so that a label may change."""
    return _BY_ID + _digest(report, prior, _by_id)


def _digest_by_label(report: Report, prior: Report | None) -> str:
    """As release 0.1.0 made it: over the canonical JSON in that release's labels, the oldest there are."""
    return _digest(report, prior, _by_oldest_label)


#: Beside ``meta``, where a report came from: while something is unread there is an error, and no seal.
_NOT_TYPED = (*PROVENANCE, "meta")


def _by_id(cell: Cell) -> tuple[str, str]:
    return cell.row.id, cell.column.id


def _by_oldest_label(cell: Cell) -> tuple[str, str]:
    return cell.row.spellings[0], cell.column.spellings[0]


def _digest(report: Report, prior: Report | None, name: Callable[[Cell], tuple[str, str]]) -> str:
    texts = [dumps(_typed(each, name)) for each in (report, prior) if each]
    return hashlib.sha256("".join(texts).encode()).hexdigest()


def _typed(report: Report, name: Callable[[Cell], tuple[str, str]]) -> dict[str, Any]:
    """The canonical JSON with other names for rows and columns, without what nobody typed."""
    form = report.form
    data = {key: content for key, content in to_json(report).items() if key not in _NOT_TYPED}
    for key, table in form.tables.items():
        rows: dict[str, dict[str, Any]] = {}
        for cell in table.cells:
            row, column = name(cell)
            rows.setdefault(row, {})[column] = data[key][cell.row_key][cell.column_key]
        data[key] = rows
    # What was written over a sheet is not typed into it: releases before 0.7.0 did not read it.
    data["unplaced"] = [u for u in data.get("unplaced", ()) if not is_remark(Unplaced(**u))]
    if not data["unplaced"]:
        del data["unplaced"]
    for kept in data.get("unplaced", ()):
        if typed := form.spelt(kept["place"]):
            kept["place"] = "/".join((typed.table, *name(typed)))
    return data


def has_other_rules(data: Mapping[str, str], rules: Catalogue) -> bool:
    """Whether a seal was given under rules that are not these."""
    return data.get("seal.rules", "") != rules.digest


def seal_state(report: Report, prior: Report | None, data: Mapping[str, str]) -> SealState:
    """Whether the seal in a workbook's hidden data still fits what the workbook holds."""
    if not data.get("seal.digest"):
        return "none"
    given = data["seal.digest"]
    found = digest(report, prior) if given.startswith(_BY_ID) else _digest_by_label(report, prior)
    fits = report.form.made(data.get("seal.fingerprint", "")) and given == found
    return "intact" if fits else "broken"
