"""A file on the desk as bytes, each equal to what the command line writes for the same report."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path, PurePosixPath
from typing import Literal, get_args

from .. import api
from ..errors import GoujiError
from ..files import distinct, file_part
from ..report import Report
from ..rules import catalogue
from ..text import one_line
from ..wording import wording_of
from ..workbook.reading.zones import zones_of
from ..workbook.shown.slip import slip_ending, slip_of, slip_workbook
from ..workbook.writer import write_workbook
from .held import Desk, Held

#: What is made of a file: 退回单, the workbook, a sealed one, Word, HTML, JSON.
Kind = Literal["slip", "workbook", "sealed", "word", "web", "as_json"]
KINDS: tuple[Kind, ...] = get_args(Kind)
_ENDINGS = {"workbook": ".xlsx", "word": ".docx", "web": ".html", "as_json": ".json"}
#: No time stands in what is made of several files.
_NO_TIME = (1980, 1, 1, 0, 0, 0)


def slip(held: Held) -> bytes:
    """退回单, as ``gouji validate --report``: of a workbook as it came a marked copy of it; of one that
    was changed since, or that began as a blank form, of the workbook that is written for it. Raises
    CannotWrite."""
    judged, came = held.told, held.came
    context = held.context()
    if held.sent and not (came.data and held.is_changed):
        ending = _slip_ending(held)
        return slip_of(
            judged, held.findings, context.catalogue, sent=held.sent, prior=context.prior, ending=ending
        )
    prior = context.prior or judged.prior
    return slip_workbook(judged.report, prior, held.findings, context.catalogue, sent=workbook(held))


def _slip_ending(held: Held) -> str:
    return slip_ending("" if held.is_changed or held.sealed else held.name)


def workbook(held: Held) -> bytes:
    """The form, filled; what was pasted beside it stays. Raises CannotWrite."""
    report = held.now.report
    return write_workbook(
        report, prior=_last_year(held), rules=catalogue(), pasted=zones_of(held.sent) if held.sent else {}
    )


def _last_year(held: Held) -> Report | None:
    """What 上年数 of a workbook says: what was given, else what the file says itself."""
    return held.context().last_year(held.now.report) or held.came.prior


def sealed(held: Held) -> bytes:
    """A sealed copy, as ``gouji seal``. Raises NotSealable."""
    return api.sealed_copy(held.examined, catalogue(), held.sent).content


def written(held: Held, kind: str) -> bytes:
    """Word, HTML or JSON, as ``gouji export``."""
    return api.write(held.now.report, to=kind)


def made(held: Held, kind: Kind) -> bytes:
    """One of the outputs. Raises GoujiError where it can not be made."""
    if kind in ("word", "web", "as_json"):
        return written(held, _ENDINGS[kind].removeprefix("."))
    return {"slip": slip, "workbook": workbook, "sealed": sealed}[kind](held)


def names(held: Held) -> dict[str, str]:
    """What each is called as a file."""
    named = wording_of("gouji", "named")
    report, stem = held.now.report, file_part(PurePosixPath(held.name).stem)
    if report.unit and report.year:
        official = named["report"].format(unit=file_part(report.unit), year=report.year)
        stem_of_report = PurePosixPath(official).stem
    else:
        stem_of_report = stem
    found = {kind: f"{stem_of_report}{ending}" for kind, ending in _ENDINGS.items()}
    found["slip"] = named["slip"].format(file=stem, ending=_slip_ending(held))
    found["sealed"] = named["sealed"].format(file=stem_of_report)
    return {kind: found[kind] for kind in KINDS}


def _folders(path: str) -> list[str]:
    """The folders of a path, each by a name that no system takes for another place."""
    return [name for part in PurePosixPath(path).parts[:-1] if (name := file_part(part))]


def slips(desk: Desk) -> bytes:
    """A 退回单 for every file that has something to mend, in one zip; of those that could not be written
    a list with the reasons, so that one never stops the others."""
    out, words = io.BytesIO(), wording_of("gouji.page", "outputs")
    asked = [held for held in desk.files.values() if held.steps and held.state in ("error", "warning")]
    targets = distinct(Path(*_folders(held.path), names(held)["slip"]) for held in asked)
    refused: list[str] = []
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for held, target in zip(asked, targets, strict=True):
            try:
                archive.writestr(zipfile.ZipInfo(target.as_posix(), _NO_TIME), slip(held))
            except GoujiError as error:
                refused.append(words["no_slip"].format(file=held.path, reason=one_line(error.message)))
        if refused:
            archive.writestr(zipfile.ZipInfo(words["no_slips"], _NO_TIME), "\n".join(refused))
    return out.getvalue()
