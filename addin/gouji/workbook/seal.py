"""The seal: this file had no error, every warning was explained, and nothing was changed since.

A check against accidents, not a signature: anybody who can run the program can make one. It holds the
form's fingerprint, a digest of everything typed, the active rules and the time. Macros only clear it.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from ..report import Report, canonical
from ..rules import Catalogue

SealState = Literal["none", "intact", "broken"]


@dataclass(frozen=True, slots=True)
class Seal:
    """``time``: when it was given, ISO 8601 with the zone."""

    fingerprint: str
    digest: str
    rules: str
    time: str

    def rows(self) -> list[tuple[str, str]]:
        """As the very hidden sheet holds it: key, value."""
        return [(f"seal.{name}", getattr(self, name)) for name in FIELDS]


FIELDS = ("fingerprint", "digest", "rules", "time")
#: The rows of a workbook without a seal.
NO_SEAL = tuple((f"seal.{name}", "") for name in FIELDS)


def make_seal(report: Report, prior: Report | None, rules: Catalogue) -> Seal:
    """A seal for what the report holds now. Whether it may be given is the caller's to decide."""
    now = datetime.datetime.now(datetime.UTC).astimezone().isoformat(timespec="seconds")
    return Seal(report.form.fingerprint, digest(report, prior), rules_digest(rules), now)


def digest(report: Report, prior: Report | None) -> str:
    """sha256 over the canonical form of everything typed, 上年数 included."""
    typed = canonical(report) + (canonical(prior) if prior else "")
    return hashlib.sha256(typed.encode()).hexdigest()


def rules_digest(rules: Catalogue) -> str:
    """sha256 over the active rules: ids, levels and parameters."""
    active = [(r.id, r.level, sorted(r.parameters.items())) for r in rules.rules.values() if not r.off]
    text = json.dumps(active, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def seal_state(report: Report, prior: Report | None, data: Mapping[str, str]) -> SealState:
    """Whether the seal in a workbook's hidden data still fits what the workbook holds."""
    if not data.get("seal.digest"):
        return "none"
    fits = data.get("seal.fingerprint") == report.form.fingerprint and data["seal.digest"] == digest(
        report, prior
    )
    return "intact" if fits else "broken"
