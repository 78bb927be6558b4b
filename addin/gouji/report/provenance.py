"""Where a published report came from, as JSON: ``imported``, ``read``, ``unread``, ``confirmed``.

Cells are named by their places, as in ``unplaced``. A JSON file holds these members beside the tables; a
workbook holds the same in its very hidden sheet. Both are read strictly: unlike what a clerk typed, these
were written by a program.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ..errors import GoujiError
from ..form import SLASH, Cell, NotANumber, Value
from ..wording import wording_of
from .model import HOWS, Imported, Origin, Report, Unread

#: The members, in the order in which they are written.
PROVENANCE = ("imported", "read", "unread", "confirmed")


class ReportError(GoujiError, ValueError):
    """The JSON is not a report of a known edition; the message says where and what to do."""


def refusal(key: str, /, **values: object) -> ReportError:
    """The error of a key of ``wording.toml``, section ``refused``."""
    return ReportError(wording_of("gouji.report", "refused")[key].format(**values))


def provenance(report: Report) -> dict[str, Any]:
    """The members that there is something to say in, cells in the order of the form."""
    cells = report.form.cells
    said: dict[str, Any] = {
        "imported": _imported(report.imported) if report.imported else None,
        "read": {c.place: _origin(report.read[c.id]) for c in cells if c.id in report.read},
        "unread": {
            c.place: _unread(report.unread[c.id])
            for c in cells
            if c.id in report.unread and report.is_blank(c.id)
        },
        "confirmed": {
            c.place: content_json(c, report.confirmed[c.id]) for c in cells if c.id in report.confirmed
        },
    }
    return {key: said[key] for key in PROVENANCE if said[key]}


def content_json(cell: Cell, value: Value) -> int | str | None:
    """A content as JSON holds it: a whole number, "/", None, or a decimal string of 万元."""
    return cell.kind.show(value) if cell.kind.money and isinstance(value, int) else value


def content_of(cell: Cell, content: Any) -> Value:
    """The content of a cell by what JSON holds. Raises NotANumber: nothing is guessed."""
    if content is None or content == SLASH:
        return content  # type: ignore[no-any-return]
    if isinstance(content, int) and not isinstance(content, bool):
        return cell.kind.from_double(content)
    if cell.kind.money and isinstance(content, str):
        reading = cell.kind.parse(content)
        if isinstance(reading.value, int) and not reading.mark:
            return reading.value
    raise NotANumber(str(content))


def read_provenance(report: Report, data: Mapping[str, Any]) -> None:
    """Give a report that has its cells what ``data`` says of where they came from.

    A cell that holds something by now is no longer unread. Raises :class:`ReportError` for a member that is
    not made as :func:`provenance` makes it, and for a place that is no cell of the form.
    """
    report.imported = _read_imported(data.get("imported"))
    report.read = {c.id: _read_origin(e) for c, e in _cells(report, data, "read")}
    report.unread = {c.id: _read_unread(e) for c, e in _cells(report, data, "unread")}
    report.confirmed = {c.id: _read_confirmed(c, e) for c, e in _cells(report, data, "confirmed")}
    typed = {u.place for u in report.unplaced}
    for cell_id in list(report.unread):
        if not report.is_blank(cell_id) or report.form.by_id[cell_id].place in typed:
            del report.unread[cell_id]


def _cells(report: Report, data: Mapping[str, Any], key: str) -> Iterator[tuple[Cell, Any]]:
    entries = data.get(key, {})
    if not isinstance(entries, dict):
        raise refusal("places", key=key)
    for place, entry in entries.items():
        cell = report.form.spelt(place)
        if cell is None:
            raise refusal("no_cell", key=key, place=place)
        yield cell, entry


# ---------------------------------------------------------------- one entry


def _imported(imported: Imported) -> dict[str, str]:
    said = {"file": imported.file, "kind": imported.kind, "sha256": imported.sha256}
    return {key: text for key, text in said.items() if text or key != "sha256"}


def _read_imported(entry: Any) -> Imported | None:
    if entry is None:
        return None
    if not _is(entry, {"file": str, "kind": str}, {"sha256": str}):
        raise refusal("imported")
    return Imported(entry["file"], entry["kind"], entry.get("sha256", ""))


def _origin(origin: Origin) -> dict[str, str]:
    said = {"how": origin.how, "where": origin.where, "text": origin.text}
    return {**said, "assumed": origin.assumed} if origin.assumed else said


def _read_origin(entry: Any) -> Origin:
    fits = _is(entry, {"how": str, "where": str, "text": str}, {"assumed": str})
    if not fits or entry["how"] not in HOWS:
        raise refusal("read", ways="、".join(HOWS))
    return Origin(entry["how"], entry["where"], entry["text"], entry.get("assumed", ""))


def _unread(unread: Unread) -> dict[str, Any]:
    return {"where": unread.where, "text": unread.text, "readings": list(unread.readings)}


def _read_unread(entry: Any) -> Unread:
    fits = _is(entry, {"where": str, "text": str}, {"readings": list})
    readings = entry.get("readings", []) if fits else []
    if not fits or not all(isinstance(one, str) for one in readings):
        raise refusal("unread")
    return Unread(entry["where"], entry["text"], tuple(readings))


def _read_confirmed(cell: Cell, entry: Any) -> Value:
    try:
        return content_of(cell, entry)
    except NotANumber as error:
        raise refusal("confirmed", place=cell.place) from error


def _is(entry: Any, needed: Mapping[str, type], more: Mapping[str, type] | None = None) -> bool:
    """An object with these members, of these types, and no others than ``more``."""
    known = {**needed, **(more or {})}
    return (
        isinstance(entry, dict)
        and needed.keys() <= entry.keys() <= known.keys()
        and all(isinstance(value, known[key]) for key, value in entry.items())
    )
