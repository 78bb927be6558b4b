"""A report as JSON, and JSON as a report; ``report.schema.json`` says the same to other programs.

Official labels as keys, cells as whole number, ``null`` (blank), ``"/"`` or ``{"value": …, "note": "注1"}``,
money as a decimal string in 万元. Two reports are the same when their canonical forms are: what they say, and
not where it came from.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..form import TABLE_KEYS, Cell, Form, NotANumber, edition_for_year, editions, load_form
from ..precompiled import compiled
from .model import (
    FIRST_YEAR,
    LAST_YEAR,
    PREFACE,
    Declaration,
    Explanation,
    Report,
    Unplaced,
    declaration,
    plain_mark,
    text_lines,
)
from .provenance import (
    PROVENANCE,
    ReportError,
    content_json,
    content_of,
    provenance,
    read_provenance,
    refusal,
)

#: Every name that a report has at the top; anything else is kept as ``unplaced``.
_KEYS = {
    *("unit", "code", "year", "edition", "layout", "period", "blank_is_zero"),
    *TABLE_KEYS,
    *("texts", "notes", "explanations", "unplaced", "meta"),
    *PROVENANCE,
}
#: Bytes of a file, and marks that part its values: with more of either it is no report. Measured: in memory a
#: byte may become twenty; the result of 10 000 units has 4 MB and 50 000 marks.
MAX_BYTES, MAX_VALUES = 6 << 20, 200_000
#: Levels of a JSON file that is read.
_DEEPEST = 100
#: What opens and closes a level, and strings, to the end where one is not closed.
_NESTING = compiled(r'"[^"\\]*(?:\\.[^"\\]*)*(?:"|\\?\Z)|[][{}]', re.S)
#: What does not make two reports different: where they came from.
_ASIDE = ("imported", "read", "meta")


def _cell_to_json(report: Report, cell: Cell) -> Any:
    value = content_json(cell, report.values.get(cell.id))
    mark = report.marks.get(cell.id)
    return {"value": value, "note": mark} if mark else value


def to_json(report: Report) -> dict[str, Any]:
    """Every cell present, in the order of the form (form/README.md, “A report as JSON”)."""
    form = report.form
    out: dict[str, Any] = {
        "unit": report.unit,
        "code": report.code,
        "year": report.year,
        "edition": form.edition,
    }
    if form.layout:
        out["layout"] = dict(form.layout)
    if report.period:
        out["period"] = list(report.period)
    if report.blank_is_zero:
        tables = [key for key in TABLE_KEYS if report.declares(key)]
        out["blank_is_zero"] = declaration(tables) is True or tables
    for key in TABLE_KEYS:
        rows: dict[str, dict[str, Any]] = {}
        for cell in form.tables[key].cells:
            rows.setdefault(cell.row_key, {})[cell.column_key] = _cell_to_json(report, cell)
        out[key] = rows
    if report.texts is not None:
        order = [PREFACE, *(s.number for s in form.sections if not s.table)]
        out["texts"] = {k: report.texts[k] for k in order if k in report.texts}
    out["notes"] = _ordered_notes(report)
    if report.explanations:
        out["explanations"] = {
            key: {"text": e.text, "state": e.state, "numbers": list(e.numbers)}
            for key, e in sorted(report.explanations.items())
        }
    if report.unplaced:
        ranks = {cell.place: i for i, cell in enumerate(form.cells)}
        unplaced = sorted(report.unplaced, key=lambda u: ranks.get(u.place, len(ranks)))
        out["unplaced"] = [{"place": u.place, "text": u.text} for u in unplaced]
    out |= provenance(report)
    out["meta"] = dict(report.meta)
    return out


def _ordered_notes(report: Report) -> dict[str, str]:
    """Notes in the order of the cells that bear their marks, then those that no cell bears."""
    order = {m: i for i, m in enumerate(dict.fromkeys(report.marks.get(c.id) for c in report.form.cells))}
    return dict(sorted(report.notes.items(), key=lambda item: order.get(item[0], len(order))))


def canonical(report: Report) -> str:
    """Text to compare reports by: canonical JSON without ``meta``, ``imported`` and ``read``.

    The same report is the same from a web page and from a workbook. What could not be read, and what a person
    confirmed, is part of what it says.
    """
    return dumps({key: content for key, content in to_json(report).items() if key not in _ASIDE})


def dumps(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def from_json(data: Any) -> Report:
    """Read a report from its JSON object.

    A cell that holds no legal content goes to ``unplaced`` with its place; an unknown row or column
    as well. Raises :class:`ReportError` when unit, year, edition or a table is not what a report has.
    """
    if not isinstance(data, dict):
        raise refusal("no_object")
    year = data.get("year")
    if not isinstance(year, int) or isinstance(year, bool) or (year and not FIRST_YEAR <= year <= LAST_YEAR):
        raise refusal("year", first=FIRST_YEAR, last=LAST_YEAR)
    report = Report(
        form=_form_of(data, year),
        unit=_text(data, "unit"),
        year=year,
        code=_text(data, "code") or None,
        period=_period(data),
        notes=_notes(data),
        texts=_texts(data),
        blank_is_zero=_declaration(data.get("blank_is_zero", False)),
        meta=data["meta"] if isinstance(data.get("meta"), dict) else {},
    )
    _read_explanations(report, data.get("explanations") or {})
    for key in TABLE_KEYS:
        _read_table(report, key, data.get(key, {}))
    known = {PREFACE, *(s.number for s in report.form.sections if not s.table)}
    for name in [n for n in report.texts or {} if n not in known]:
        assert report.texts is not None
        report.unplaced.append(Unplaced(f"texts/{name}", report.texts.pop(name)))
    _read_unplaced(report, data.get("unplaced") or [])
    read_provenance(report, data)
    for name in [n for n in data if n not in _KEYS]:
        report.unplaced.append(Unplaced(name, _as_text(data[name])))
    return report


def load(source: Path | bytes) -> Report:
    """A JSON file or its bytes. Raises :class:`ReportError` (also for text that is not JSON) and OSError."""
    return from_json(parsed_json(source))


def json_bytes(source: Path | bytes) -> bytes:
    """The bytes of a JSON file that are safe to be parsed: neither too many, nor too many values. Raises
    :class:`ReportError` and OSError."""
    if isinstance(source, bytes):
        raw = source
    else:
        with source.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    if len(raw) > MAX_BYTES:
        raise refusal("too_large", megabytes=MAX_BYTES >> 20)
    if sum(map(raw.count, (b",", b"[", b"{"))) > MAX_VALUES:
        raise refusal("too_much")
    return raw


def parsed_json(source: Path | bytes) -> Any:
    """What a JSON file holds, within the bounds of :func:`json_bytes`, whose errors it raises too."""
    raw = json_bytes(source)
    try:
        text = raw.decode("utf-8-sig")
        _check_depth(text)
        data = json.loads(text, parse_constant=_no_constant, object_pairs_hook=_no_repetition)
        # Half of a surrogate pair, written as an escape, is no character of any file. Looked for in pieces: a
        # copy of the whole may take four bytes a character.
        if "\\ud" in text or "\\uD" in text:
            for piece in json.JSONEncoder(ensure_ascii=False).iterencode(data):
                piece.encode()
    except json.JSONDecodeError as error:
        raise refusal("not_read", line=error.lineno, column=error.colno) from error
    except UnicodeError as error:
        raise refusal("encoding") from error
    except ReportError:
        raise
    except ValueError as error:
        raise refusal("long_number") from error
    return data


def _check_depth(text: str) -> None:
    """A report has few levels. Not left to Python's own limit: where its stack is another's, as in a browser,
    that ends the process."""
    depth = 0
    for found in _NESTING.finditer(text):
        mark = found[0]
        depth += (mark in "{[") - (mark in "}]")
        if depth > _DEEPEST:
            raise refusal("too_deep")


def _no_constant(name: str) -> None:
    raise refusal("no_number", name=name)


def _no_repetition(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise refusal("twice", key=key)
        found[key] = value
    return found


def _form_of(data: Mapping[str, Any], year: int) -> Form:
    edition = data.get("edition") or edition_for_year(year)
    layout = data.get("layout") or {}
    try:
        return load_form(edition, layout)
    except (KeyError, TypeError, ValueError) as error:
        raise refusal("layout", editions="、".join(editions())) from error


def _text(data: Mapping[str, Any], key: str) -> str:
    value = data.get(key)
    if value is not None and not isinstance(value, str):
        raise refusal("text", key=key)
    return (value or "").strip()


def _strings(data: Mapping[str, Any], key: str) -> dict[str, str]:
    found = data.get(key) or {}
    if not isinstance(found, dict) or not all(isinstance(v, str) for v in found.values()):
        raise refusal("texts", key=key)
    return dict(found)


def _texts(data: Mapping[str, Any]) -> dict[str, str] | None:
    """An empty section is a section that is not there."""
    if data.get("texts") is None:
        return None
    lines = {key: text_lines(text) for key, text in _strings(data, "texts").items()}
    return {key: text for key, text in lines.items() if text}


def _notes(data: Mapping[str, Any]) -> dict[str, str]:
    """Notes by their plain marks; a note without a text is no note. Two writings of one mark are joined."""
    notes: dict[str, str] = {}
    for mark, text in _strings(data, "notes").items():
        if text := text_lines(text):
            known = notes.get(plain_mark(mark))
            notes[plain_mark(mark)] = f"{known}\n{text}" if known else text
    return notes


def _period(data: Mapping[str, Any]) -> tuple[str, str] | None:
    period = data.get("period")
    if period is None:
        return None
    if not (isinstance(period, list) and len(period) == 2 and all(isinstance(p, str) for p in period)):
        raise refusal("period")
    start, end = (p.strip() for p in period)
    return (start, end) if start or end else None


def _declaration(said: Any) -> Declaration:
    if isinstance(said, bool):
        return said
    if not isinstance(said, list) or not all(isinstance(key, str) and key in TABLE_KEYS for key in said):
        raise refusal("declaration", tables="、".join(TABLE_KEYS))
    return declaration(said)


def _read_explanations(report: Report, found: Any) -> None:
    """An explanation without a key, or with the key of an earlier one, is kept as unplaced."""
    try:
        for key, e in found.items():
            numbers = tuple(map(str, e.get("numbers") or ()))
            one = Explanation(text_lines(e["text"]).strip(), e["state"].strip(), numbers)
            if key.strip() and key.strip() not in report.explanations:
                report.explanations[key.strip()] = one
            else:
                parts = (key.strip(), one.text, one.state, *numbers)
                report.unplaced.append(Unplaced(f"explanations/{key}", " ".join(p for p in parts if p)))
    except (AttributeError, KeyError, TypeError) as error:
        raise refusal("explanations") from error


def _read_table(report: Report, key: str, rows: Any) -> None:
    if not isinstance(rows, dict) or not all(isinstance(r, dict) for r in rows.values()):
        raise refusal("rows", key=key)
    read = set()
    for row_key, row in rows.items():
        for column_key, content in row.items():
            place = f"{key}/{row_key}/{column_key}"
            cell = report.form.spelt(place)
            # Two spellings of one cell: the second is kept, for nobody knows which number is meant.
            if cell is None or cell.id in read:
                if content is not None:
                    report.unplaced.append(Unplaced(place, _as_text(content)))
                continue
            read.add(cell.id)
            if isinstance(content, dict) and content.keys() == {"value", "note"}:
                mark = content["note"]
                if isinstance(mark, str) and plain_mark(mark):
                    report.marks[cell.id] = plain_mark(mark)
                    content = content["value"]
            elif isinstance(content, dict) and content.keys() == {"value"}:
                content = content["value"]
            _read_cell(report, cell, content)


def _read_cell(report: Report, cell: Cell, content: Any) -> None:
    try:
        value = content_of(cell, content)
    except NotANumber:
        report.unplaced.append(Unplaced(cell.place, _as_text(content)))
        return
    if value is not None:
        report.values[cell.id] = value


def _as_text(content: Any) -> str:
    return content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)


def _read_unplaced(report: Report, entries: Any) -> None:
    try:
        report.unplaced += [
            Unplaced(report.form.place(e["place"].strip()), e["text"]) for e in entries if e["text"].strip()
        ]
    except (AttributeError, KeyError, TypeError) as error:
        raise refusal("unplaced") from error
