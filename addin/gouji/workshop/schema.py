"""JSON Schemas of what the commands write, made from the edition files: ``report.schema.json`` of a report,
``findings.schema.json`` of ``gouji validate --json``.

A schema holds the canonical form: it takes whatever the program writes, and what it takes the reader reads
whole, nothing left unplaced. A missing cell is blank. Written for JSON Schema 2020-12.
"""

from __future__ import annotations

import json
from typing import Any, get_args

from ..form import KINDS, SLASH, TABLE_KEYS, Form, Kind, TableKey, editions, load_form
from ..form.kinds import LIMIT
from ..report import FIRST_YEAR, HOWS, LAST_YEAR, PREFACE, PROVENANCE
from ..rules import LEVELS
from ..rules.finding import State
from ..workbook.returned import Outcome

Schema = dict[str, Any]
_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_TEXT: Schema = {"type": "string"}
_TEXT_OR_NULL: Schema = {"type": ["string", "null"]}
#: Money as it is written: 万元, without needless zeros, at most six decimals.
_DECIMAL = r"^-?(0|[1-9][0-9]*)(\.[0-9]{0,5}[1-9])?$"


def dumped(schema: Schema) -> str:
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


def _object(properties: Schema, *, required: tuple[str, ...] | None = None) -> Schema:
    """An object with these members and no others; all are required where nothing else is said."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties if required is None else required),
        "additionalProperties": False,
    }


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


# ---------------------------------------------------------------- a report


def report_schema() -> Schema:
    """A report as JSON, in any edition and with tables of any."""
    definitions: Schema = {name: _cell(kind) for name, kind in KINDS.items()}
    for edition in editions():
        for key in TABLE_KEYS:
            definitions |= _table(load_form(edition), key)
    members: Schema = {
        "unit": _TEXT,
        "code": _TEXT_OR_NULL,
        "year": {
            "type": "integer",
            "anyOf": [{"const": 0}, {"minimum": FIRST_YEAR, "maximum": LAST_YEAR}],
        },
        "edition": {"enum": list(editions())},
        "layout": _object({key: {"enum": list(editions())} for key in TABLE_KEYS}, required=()),
        "period": {**_list(_TEXT), "minItems": 2, "maxItems": 2},
        "blank_is_zero": {"anyOf": [{"type": "boolean"}, _list({"enum": list(TABLE_KEYS)})]},
        **{key: {"type": "object"} for key in TABLE_KEYS},
        "texts": _object(dict.fromkeys(_texts(), _TEXT), required=()),
        "notes": {"type": "object", "additionalProperties": _TEXT},
        "explanations": {"type": "object", "additionalProperties": _explanation()},
        "unplaced": _list(_object({"place": _TEXT, "text": _TEXT})),
        **_provenance(),
        "meta": {"type": "object"},
    }
    return {
        "$schema": _DIALECT,
        "title": load_form(editions()[-1]).title,
        "description": "One unit, one year. Rows and columns are the official labels of the edition.",
        **_object(members, required=("year", "edition")),
        "allOf": [_choice(key, edition) for key in TABLE_KEYS for edition in editions()],
        "$defs": definitions,
    }


def _explanation() -> Schema:
    return _object({"text": _TEXT, "state": _TEXT, "numbers": _list(_TEXT)}, required=("text", "state"))


def _provenance() -> Schema:
    """Where a published report came from. Which places are cells is said in :func:`_choice`."""
    forms = [load_form(edition) for edition in editions()]
    money = {c.place: _content(c.kind) for form in forms for c in form.cells if c.kind.money}
    read: Schema = {"how": {"enum": list(HOWS)}, "where": _TEXT, "text": _TEXT, "assumed": _TEXT}
    unread = _object({"where": _TEXT, "text": _TEXT, "readings": _list(_TEXT)}, required=("where", "text"))
    said: Schema = {
        "imported": _object({"file": _TEXT, "kind": _TEXT, "sha256": _TEXT}, required=("file", "kind")),
        "read": _by_place(_object(read, required=("how", "where", "text"))),
        "unread": _by_place(unread),
        "confirmed": {**_by_place(_content(KINDS["count"])), "properties": money},
    }
    return {key: said[key] for key in PROVENANCE}


def _by_place(entry: Schema) -> Schema:
    names = {"pattern": f"^({'|'.join(TABLE_KEYS)})/"}
    return {"type": "object", "propertyNames": names, "additionalProperties": entry}


def _texts() -> list[str]:
    """Every section that is a text, in any edition."""
    sections = (s.number for edition in editions() for s in load_form(edition).sections if not s.table)
    return list(dict.fromkeys([PREFACE, *sections]))


def _cell(kind: Kind) -> Schema:
    """A content of a cell, or one with the mark of a note."""
    content = _content(kind)
    marked = _object({"value": content, "note": {"type": "string", "pattern": r"\S"}})
    return {"anyOf": [*content["anyOf"], marked]}


def _content(kind: Kind) -> Schema:
    """A number, blank or "/". A negative count is written as it is read, and the rules say that it is
    wrong."""
    number: Schema = {"type": "integer", "minimum": -LIMIT, "maximum": LIMIT}
    return {"anyOf": [{"type": "null"}, {"const": SLASH}, _decimal() if kind.money else number]}


def _decimal() -> Schema:
    return {"type": "string", "pattern": _DECIMAL}


def _table(form: Form, key: TableKey) -> Schema:
    """Definitions of one table: its rows, each different set of columns once, and the places of its cells."""
    rows: dict[str, dict[str, str]] = {}
    for cell in form.tables[key].cells:
        rows.setdefault(cell.row_key, {})[cell.column_key] = cell.kind.name
    name = f"{form.edition}.{key}"
    kinds = list({tuple(columns.items()): None for columns in rows.values()})
    names = {columns: f"{name}.row{number}" for number, columns in enumerate(kinds, 1)}
    definitions: Schema = {
        names[columns]: _object({column: _reference(kind) for column, kind in columns}, required=())
        for columns in kinds
    }
    table = {row: _reference(names[tuple(columns.items())]) for row, columns in rows.items()}
    places = {"enum": [cell.place for cell in form.tables[key].cells]}
    return {name: _object(table, required=()), **definitions, f"{name}.places": places}


def _reference(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _choice(key: TableKey, edition: str) -> Schema:
    """The table is of ``edition`` where ``layout`` says so, or else ``edition`` of the report."""
    named: Schema = {"required": ["layout"], "properties": {"layout": {"required": [key]}}}
    this: Schema = {"const": edition}
    by_layout = {
        "required": ["layout"],
        "properties": {"layout": {"required": [key], "properties": {key: this}}},
    }
    by_report = {"properties": {"edition": this}, "not": named}
    other = {"not": {"pattern": f"^{key}/"}}
    places = {"propertyNames": {"anyOf": [other, _reference(f"{edition}.{key}.places")]}}
    members = dict.fromkeys((name for name in PROVENANCE if name != "imported"), places)
    return {
        "if": {"anyOf": [by_layout, by_report]},
        "then": {"properties": {key: _reference(f"{edition}.{key}"), **members}},
    }


# ---------------------------------------------------------------- findings


def findings_schema() -> Schema:
    """What ``gouji validate --json`` prints: a list, one object a file."""
    outcome = {"enum": list(get_args(Outcome))}
    file = {
        "file": _TEXT,
        "unit": _TEXT_OR_NULL,
        "year": {"type": ["integer", "null"]},
        "edition": {"enum": [*editions(), None]},
        "state": {"enum": list(get_args(State))},
        "findings": _list(_reference("finding")),
        "returned": _list(_object({"id": _TEXT, "place": _TEXT, "outcome": outcome})),
    }
    return {
        "$schema": _DIALECT,
        "title": "gouji validate --json",
        **_list(_object(file)),
        "$defs": {
            "number": {"anyOf": [{"type": ["integer", "null"]}, _decimal()]},
            "content": {"anyOf": [{"type": ["integer", "null"]}, {"const": SLASH}, _decimal()]},
            "cell": _object(_cell_members()),
            "suspect": _object(_suspect_members()),
            "finding": _object(_finding_members()),
        },
    }


def _cell_members() -> Schema:
    return {
        **dict.fromkeys(("id", "row", "column", "sheet", "address"), _TEXT),
        "table": {"enum": list(TABLE_KEYS)},
        "value": _reference("content"),
    }


def _suspect_members() -> Schema:
    return {
        **_cell_members(),
        "suggested": _reference("content"),
        "reason": _TEXT,
        "certain": {"type": "boolean"},
        "group": {"type": "integer", "minimum": 1},
    }


def _finding_members() -> Schema:
    groups = _list({"type": "integer", "minimum": 1})
    answer = _object({"value": _reference("content"), "groups": groups})
    explained = _object(dict.fromkeys(("text", "state", "why"), _TEXT))
    return {
        **dict.fromkeys(("rule", "id", "message", "remedy", "place"), _TEXT),
        "level": {"enum": list(LEVELS)},
        **{side: _reference("number") for side in ("left", "right", "difference")},
        "cells": _list(_reference("cell")),
        "suspects": _list(_reference("suspect")),
        "decided": {"type": "boolean"},
        "alternatives": _list(_object({"groups": groups, "reason": _TEXT})),
        "question": {
            "anyOf": [{"type": "null"}, _object({"cell": _reference("cell"), "answers": _list(answer)})]
        },
        "folded": _list(_object({"id": _TEXT, "message": _TEXT})),
        "explanation": {"anyOf": [{"type": "null"}, explained]},
    }
