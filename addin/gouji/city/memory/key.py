"""What the result of reading and judging a file depends on beside the file itself, as digests.

``base``: the program (a digest of its own files, for a version number says nothing while it is worked on),
all rules with their wording, and what is known of every unit alike. ``about``: what is known of one unit,
namely what the roster says of it and its whole report of last year. Whatever of these changes, the file is
read again; a unit whose own last year is as it was is not.
"""

from __future__ import annotations

import hashlib
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from ... import __version__
from ...remembered import OfOwners
from ...report import Report
from ...rules import Catalogue, Context

if TYPE_CHECKING:
    from ..intake.known import Known

#: Parts of the package that read and judge nothing.
_BESIDE = frozenset({"cli", "excel", "workshop", "macros", "workbook_templates", "pictures", "page"})
_SOURCES = frozenset({".py", ".toml"})


class Key:
    """Made once a run; what it has computed of a unit it keeps."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self._reports = OfOwners()
        self.base = _digest(program_digest(), _catalogue(known.context.catalogue), self._said(known.context))

    def about(self, unit: str, code: str | None) -> str:
        """What is known of the unit that a report names so."""
        return self._said(self._known.about_unit(unit, code))

    def _said(self, context: Context) -> str:
        """All of a context but its rules."""
        names = (f.name for f in fields(context) if f.name not in ("catalogue", "prior"))
        said = [(name, repr(getattr(context, name))) for name in names]
        return _digest(repr(said), self._report(context.prior) if context.prior else "")

    def _report(self, report: Report) -> str:
        return self._reports.once("digest", report, lambda: report_digest(report))


def report_digest(report: Report) -> str:
    """Of everything that a report holds, in its order: equal digests, equal reports."""
    held = [(f.name, _ordered(getattr(report, f.name))) for f in fields(report) if f.name != "form"]
    return _digest(report.form.fingerprint, report.form.edition, repr(report.form.layout), repr(held))


def _ordered(value: object) -> object:
    """A set in one order: Python writes it in another in each process."""
    return sorted(value) if isinstance(value, frozenset) else value


def _catalogue(rules: Catalogue) -> str:
    return _digest(repr(sorted(rules.rules.items())))


@cache
def program_digest() -> str:
    """Of the version and of all files of the program that have a part in reading and judging."""
    root = Path(__file__).parents[2]
    digest = hashlib.sha256(__version__.encode())
    for path in sorted(root.rglob("*")):
        part = path.relative_to(root)
        if path.suffix in _SOURCES and part.parts[0] not in _BESIDE:
            digest.update(f"\n{part.as_posix()}\n".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _digest(*texts: str) -> str:
    return hashlib.sha256("\0".join(texts).encode(errors="surrogatepass")).hexdigest()
