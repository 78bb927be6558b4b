"""What a run wrote, kept beside it: so that a later run knows what a person changed since.

A hidden file in the folder of the results, JSON without an ending, so that nobody takes it for a report.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, field, fields
from pathlib import Path
from typing import Any

from ...marks import marks_of
from ...records import dataclass
from ...text import seen_json
from .folder import season_of

RECORD = str(marks_of("gouji.city.season", "files")["record"])
_KIND = "gouji run"


@dataclass(frozen=True, slots=True)
class Kept:
    """What a person wrote into a result. ``text``: "" where it was taken out; ``run``: into which run's;
    ``cells``: those that a note is on."""

    text: str
    run: int
    state: str = ""
    numbers: tuple[str, ...] = ()
    cells: tuple[str, ...] = ()


@dataclass(frozen=True)
class Carried:
    """``texts``: by section; ``words``: 审核说明 by the finding's id; ``notes``: by the text that the run had
    written; ``added``: notes that a person added, by run and mark (``3/注2``); ``listed``: what was written
    into 问题, by line (``season/listed.py``)."""

    texts: Mapping[str, Kept] = field(default_factory=dict)
    words: Mapping[str, Kept] = field(default_factory=dict)
    notes: Mapping[str, Kept] = field(default_factory=dict)
    added: Mapping[str, Kept] = field(default_factory=dict)
    listed: Mapping[str, Kept] = field(default_factory=dict)


@dataclass(frozen=True)
class Readback:
    """What a results workbook says that a person may have written: ``texts``, ``words`` (id -> (text, state,
    numbers)), ``notes`` (mark -> text); ``marks`` (cell -> mark) are not stored."""

    texts: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, tuple[str, str, tuple[str, ...]]] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    marks: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Record:
    """``outputs``: path below the folder, with "/" -> sha256; ``workbook``: which of them is the city's, and
    ``said``: what it says as it was written, ``listed``: its 问题 (``season/listed.py``), None where an
    earlier release did not say. ``carried``: what was taken over from results; ``seen``: digests of edited
    files (path below 结果) that have been taken over or named."""

    number: int
    version: str
    time: str = ""
    outputs: Mapping[str, str] = field(default_factory=dict)
    workbook: str = ""
    said: Readback = field(default_factory=Readback)
    listed: Mapping[str, Sequence[str]] | None = None
    carried: Carried = field(default_factory=Carried)
    seen: Mapping[str, str] = field(default_factory=dict)


def dumps(record: Record) -> bytes:
    """The record as it is stored."""
    stored = {"kind": _KIND, **asdict(record)}
    del stored["said"]["marks"]
    return seen_json(json.dumps(stored, ensure_ascii=False, indent=1, sort_keys=True)).encode()


def read_record(folder: Path) -> Record | None:
    """The record of a folder of results; None where there is none, or it is no longer one."""
    try:
        stored = json.loads((folder / RECORD).read_bytes())
        return _record(stored) if stored.pop("kind") == _KIND else None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def last_workbook(folder: Path) -> Path | None:
    """The city's workbook of the newest run of the season in ``folder``; None where that is no season, or no
    run of it has one any more."""
    season = season_of(folder)
    if not season.desks or not season.results.is_dir():
        return None
    records = ((path, read_record(path)) for path in season.results.iterdir() if path.name[:1] != ".")
    found = [(one.number, path / one.workbook) for path, one in records if one and one.workbook]
    return max((each for each in found if each[1].is_file()), default=(0, None))[1]


def _record(stored: dict[str, Any]) -> Record:
    carried = {
        part: {key: _kept(one) for key, one in found.items()} for part, found in stored["carried"].items()
    }
    said = stored["said"]
    words = {key: (text, state, tuple(numbers)) for key, (text, state, numbers) in said["words"].items()}
    read = {"carried": Carried(**carried), "said": Readback(said["texts"], words, said["notes"])}
    known = {one.name for one in fields(Record)}
    # A later release may have written more.
    return Record(**{key: value for key, value in {**stored, **read}.items() if key in known})


def _kept(one: dict[str, Any]) -> Kept:
    return Kept(**{**one, "numbers": tuple(one["numbers"]), "cells": tuple(one.get("cells", ()))})
