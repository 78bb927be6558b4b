"""One file that came -> what was submitted with it: read and checked, or why it is nobody's submission."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Literal

from ...digests import sha256_of
from ...document.origin import letter_kind
from ...examine import Examined, examine
from ...marks import marks_of
from ...opc.source import read_most
from ...published import is_published
from ...rules import Finding, in_order
from ...workbook.reading.guard import MAX_FILE, TOO_MUCH
from ...workbook.seal import SealState
from .filed import Aside, Submission
from .kinds import complete_parts, is_our_list, is_our_page, list_of, own_file, word_of
from .known import Known
from .remarks import remark
from .sent_back import Slip, slip_in

#: Bytes of a file that are held while it is read; a form has a tenth of them.
HELD = 4 << 20


def submission_of(file: str, source: Path | bytes, known: Known, *, once: bool = False) -> Submission:
    """One file, read and checked. ``file``: what it is called wherever it is spoken of. ``once``: no other
    file will be."""
    before = _content(source)
    digest = sha256_of(before) if before is not None else identity(source)[0]
    read = _read(file, source, known, once, before)
    if before is not None and _content(source) == before:
        after, modified = digest, _modified(source)
    else:
        after, modified = identity(source)
    # A file that somebody writes at this moment: what was read is of no state of it that can be named.
    return replace(read, sha256=after if after == digest else "", modified=modified)


def _content(source: Path | bytes) -> bytes | None:
    """The bytes of a file, so that whether it is what it was is seen without a second digest; None where they
    are too many to be held, or can not be read."""
    if isinstance(source, bytes):
        return source
    try:
        size = source.stat().st_size
        if size > HELD:
            return None
        with source.open("rb") as file:
            content = read_most(file, size, HELD)
    except OSError:
        return None
    return content if len(content) <= HELD else None


def _modified(source: Path | bytes) -> float:
    """When a file was written; 0 where it is none."""
    try:
        return 0 if isinstance(source, bytes) else source.stat().st_mtime
    except OSError:
        return 0


def identity(source: Path | bytes) -> tuple[str, float]:
    """sha256 of the content, "" where it is too large to be read, and when it was written; ("", 0) where it
    can not be read."""
    if isinstance(source, bytes):
        return sha256_of(source), 0
    try:
        status = source.stat()
        if status.st_size > MAX_FILE:  # nobody reads it
            return "", status.st_mtime
        return sha256_of(source), status.st_mtime
    except OSError:
        return "", 0


def _read(file: str, source: Path | bytes, known: Known, once: bool, content: bytes | None) -> Submission:
    """``content``: the bytes of the source, where they are held."""
    if ours := _of_ours(file, source):
        return ours
    examined = examine(source, known.context, known.about, file, once=once)
    reading = examined.reading
    if reading is None:
        return _no_report(file, source, examined)
    if isinstance(source, Path):
        complete_parts(source, reading.report)
    # A report as JSON has no hidden sheet: it can not carry a seal, nor be a 退回单.
    seal: SealState | Literal[""] = reading.seal_state if reading.data else ""
    slip = slip_in(source if content is None else content, reading.over) if reading.data else Slip()
    return Submission(
        file,
        reading.report,
        _unsealed(examined.findings, known) if seal == "none" else examined.findings,
        seal,
        imported=reading.imported,
        sealed_at=reading.data.get("seal.time", "") if seal == "intact" else "",
        over=slip.over,
        untouched=slip.untouched,
        slip=reading.slip,
    )


def _of_ours(file: str, source: Path | bytes) -> Submission | None:
    """What the program made and no report is read from: a Word file, a page, a list of results."""
    if ours := _our_word(source):
        return Submission(file, None, aside=ours, imported=True)
    if is_our_page(source):
        return Submission(file, None, aside="our_page", imported=True)
    if is_our_list(source):
        about = remark("our_file", kind=marks_of("gouji.city.memory", "files")["manifest"])
        return Submission(file, None, aside="our_file", about=about)
    return None


def _our_word(source: Path | bytes) -> Aside:
    """A Word file that the program made says nothing that the report or the run does not, and less: not whom
    a result holds. It never counts. "" for another."""
    if isinstance(source, Path) and source.suffix.lower() != ".docx":
        return ""
    said = word_of(source)
    return ("our_letter" if letter_kind(said) else "our_word") if said else ""


def _no_report(file: str, source: Path | bytes, examined: Examined) -> Submission:
    """What could not be read as a report: a list, another file of ours, or why it was refused."""
    asked = examined.refused not in TOO_MUCH
    kind, text = list_of(source)[0] if asked else None, isinstance(source, Path) and is_published(source)
    aside: Aside = "no_report" if examined.is_no_report else ""
    about = ""
    if asked and kind is None and not aside and (about := own_file(source)):
        aside = "our_file"
    return Submission(file, None, examined.findings, list_kind=kind, aside=aside, imported=text, about=about)


def _unsealed(findings: tuple[Finding, ...], known: Known) -> tuple[Finding, ...]:
    """The findings, and that a workbook carries no seal."""
    rule = known.context.catalogue["seal-missing"]
    return findings if rule.off else tuple(in_order([*findings, rule.finding("file")]))
