"""Several versions of one unit: in what they differ, which is newer and how that is known, and which of them
the office chose (以…为准). What is newer never wins by itself."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Literal

from ...form import Cell
from ...records import dataclass
from ...report import Report
from ...wording import wording_of
from ...workbook.layout import layout_of
from .filed import Submission
from .names import plain_name
from .remarks import remark

if TYPE_CHECKING:
    from ..desk import Preferred

#: Differences that a remark names.
_NAMED = 3
#: Fields of a report beside its cells, sections and notes, by their key in the wording.
_BESIDE = ("period", "blank_is_zero", "explanations", "unplaced", "confirmed")


@dataclass(frozen=True, slots=True)
class Difference:
    """``place``: printed label and address; ``values``: what each version holds, in the order of the
    files."""

    place: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Versions:
    """``files``: the versions, one file a content, by name. ``newest``: the file that is newer than all
    others and ``by`` how that is known: its seal, or when the file was written; "" where that is not known.
    ``differences``: where they are not all the same, in the order of the form. ``later``: the file that
    counts because it is the 退回单 laid over the others, "" where that is not proved."""

    files: tuple[str, ...]
    differences: tuple[Difference, ...]
    newest: str = ""
    by: Literal["", "seal", "file"] = ""
    times: tuple[str, ...] = ()
    later: str = ""

    def remarks(self, *, files: bool = False) -> tuple[str, ...]:
        """In how many places they differ and the first of them; which is newer. ``files``: the files are not
        named before, in whose order the values stand."""
        said = [self._differing(files=files)] if self.differences else []
        if self.newest:
            said.append(remark(f"newest_{self.by}", file=self.newest, time=max(self.times)))
        return tuple(said)

    def _differing(self, *, files: bool) -> str:
        between = _words()["and"]
        named = [
            remark(
                "version_cell" if len(set(one.values)) > 1 else "version_own",
                place=one.place,
                values=between.join(one.values),
            )
            for one in self.differences[:_NAMED]
        ]
        more = _words()["more"] if len(self.differences) > _NAMED else ""
        said = remark("differing", count=len(self.differences), named=_words()["between"].join(named) + more)
        return remark("between_files", files=between.join(self.files), said=said) if files else said


def _words() -> dict[str, Any]:
    return wording_of("gouji.city.intake", "versions")


def versions_of(same: Sequence[Sequence[Submission]]) -> Versions:
    """``same``: the files of a unit, those of one content together."""
    firsts = sorted((min(group, key=lambda s: s.file) for group in same), key=lambda s: s.file)
    reports = [s.report for s in firsts if s.report]
    files = tuple(s.file for s in firsts)
    newest, by, times = _newest(firsts)
    return Versions(files, tuple(_differences(reports)), newest, by, times)


def _newest(versions: Sequence[Submission]) -> tuple[str, Literal["", "seal", "file"], tuple[str, ...]]:
    """By the time of the seal where each has one that holds, else by when the files were written."""
    if all(s.seal == "intact" and s.sealed_at for s in versions):
        moments = [datetime.datetime.fromisoformat(s.sealed_at).timestamp() for s in versions]
        by: Literal["seal", "file"] = "seal"
    elif all(s.modified for s in versions):
        moments, by = [s.modified for s in versions], "file"
    else:
        return "", "", ()
    latest = max(moments)
    if moments.count(latest) > 1:
        return "", "", ()
    times = tuple(f"{datetime.datetime.fromtimestamp(moment):%Y-%m-%d %H:%M}" for moment in moments)
    return versions[moments.index(latest)].file, by, times


# ---------------------------------------------------------------- in what they differ


def _differences(reports: Sequence[Report]) -> Iterator[Difference]:
    """Cells, marks of notes, sections, notes, then what stands beside them."""
    yield from _cells(reports)
    w = _words()
    for section in dict.fromkeys(key for r in reports for key in r.texts or {}):
        texts = [(r.texts or {}).get(section, "") for r in reports]
        yield from _one(w["section"].format(section=section), texts)
    for mark in dict.fromkeys(key for r in reports for key in r.notes):
        yield from _one(mark, [r.notes.get(mark, "") for r in reports])
    for name in _BESIDE:
        if len({repr(getattr(r, name)) for r in reports}) > 1:
            yield Difference(w[name], tuple(w["own"] for _ in reports))


def _cells(reports: Sequence[Report]) -> Iterator[Difference]:
    """Every cell of any of the forms; one that a form does not have is said so."""
    cells: dict[str, Cell] = {cell.id: cell for r in reports for cell in r.form.cells}
    for id_, cell in cells.items():
        yield from _one(_place(reports, cell), [_shown(report, id_) for report in reports])


def _shown(report: Report, id_: str) -> str:
    w, cell = _words(), report.form.by_id.get(id_)
    if cell is None:
        return str(w["no_cell"])
    value = report.value(id_)
    return str(w["blank"] if value is None else cell.kind.show(value)) + report.marks.get(id_, "")


def _place(reports: Sequence[Report], cell: Cell) -> str:
    report = next(r for r in reports if cell.id in r.form.by_id)
    sheet, address = layout_of(report.form).locate(cell.id)
    names = {"row": cell.row.short, "column": cell.column.short, "address": f"{sheet}!{address}"}
    return str(_words()["cell"].format(**names))


def _one(place: str, values: Sequence[str]) -> Iterator[Difference]:
    if len(set(values)) > 1:
        yield Difference(place, _excerpts([" ".join(value.split()) for value in values]))


def _excerpts(texts: Sequence[str]) -> tuple[str, ...]:
    """The beginning of each, or what stands where they part, if their beginnings show less of it."""
    parted = {_parted(one, other) for one, other in pairwise(sorted(set(texts)))}
    starts = (0, *(start for at in sorted(parted) if (start := at - _words()["before"]) > 0))
    return max((tuple(_cut(text, start) for text in texts) for start in starts), key=lambda e: len(set(e)))


def _parted(one: str, other: str) -> int:
    """The first place at which two texts differ; the end of the shorter where it begins the other."""
    same = zip(one, other, strict=False)
    return next((i for i, (a, b) in enumerate(same) if a != b), min(len(one), len(other)))


def _cut(text: str, start: int) -> str:
    length: int = _words()["shown"]
    begun = remark("cut") if start else ""
    more = remark("cut") if len(text) > start + length else ""
    return begun + text[start : start + length] + more


# ---------------------------------------------------------------- 以…为准


def chosen(preferred: Preferred, submissions: Sequence[Submission]) -> list[Submission]:
    """The files that a line of 以…为准 names, by path or by name alone; more than one is no choice."""
    wanted = plain_name(preferred.file.replace("\\", "/"))
    exact = [s for s in submissions if plain_name(s.file) == wanted]
    return exact or [s for s in submissions if plain_name(PurePath(s.file).name) == wanted]
