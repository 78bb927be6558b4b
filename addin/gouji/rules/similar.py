"""Texts nearly equal to last year's or to another unit's. A preface is the same every year and everywhere:
it is compared with none.

Two texts are compared by the sets of their runs of ``gram`` characters, digits and punctuation left
out: |A ∩ B| / |A ∪ B|. Measured on texts of 1 000 to 6 000 characters: 1–20 ms a pair, where
difflib's ratio takes 25–660 ms; three characters in a hundred rewritten give 84 %, another unit's
text on the same subject 0–8 %. Among many units a sketch (the 64 smallest checksums of a text's
runs) keeps the exact comparison for the few pairs that may be alike.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..report import PREFACE, Report
from .catalogue import Catalogue, Rule
from .context import Context
from .deciders import compares, decides
from .finding import Finding
from .plain import sections

_SKETCH = 64
#: A sketch of 64 is off by less than this many percent in all but one of a thousand pairs.
_SKETCH_ERROR = 20


def grams(text: str, size: int) -> frozenset[str]:
    """The runs of ``size`` letters of a text, digits and punctuation left out."""
    letters = "".join(c for c in text if c.isalpha())
    return frozenset(letters[i : i + size] for i in range(len(letters) - size + 1))


def likeness(one: frozenset[str], other: frozenset[str]) -> int:
    """Percent of the runs of both that both have, rounded down; 0 where one has none."""
    either = len(one | other)
    return 100 * len(one & other) // either if one and other else 0


@decides("text-repeated")
def _text_repeated(rule: Rule, report: Report, context: Context) -> Iterator[Finding]:
    """Each section against the same section of last year's report."""
    prior = context.last_year(report)
    if prior is None or report.texts is None or prior.texts is None:
        return
    given, before = rule.parameters, sections(prior)
    for number, text in sections(report).items():
        if number == PREFACE or min(len(text), len(before.get(number, ""))) < given["shortest"]:
            continue
        percent = likeness(grams(text, given["gram"]), grams(before[number], given["gram"]))
        if percent >= given["percent"]:
            yield rule.finding(number, left=percent, section=number).but(section=number)


@dataclass(frozen=True, slots=True)
class _Text:
    index: int
    section: str
    grams: frozenset[str]
    sketch: frozenset[int]


@compares("text-shared")
def shared_texts(reports: Sequence[Report], catalogue: Catalogue) -> list[tuple[int, Finding]]:
    """Sections that two units have nearly in common: (index into ``reports``, finding), both told.

    Each is told the unit it is most like, not every one of a whole group.
    """
    rule = catalogue["text-shared"]
    if rule.off:
        return []
    best: dict[tuple[int, str], tuple[int, int]] = {}
    for section in dict.fromkeys(n for r in reports for n in (r.texts or {}) if n != PREFACE):
        for one, other, percent in _alike(_texts(reports, section, rule), rule.parameters["percent"]):
            for here, there in ((one, other), (other, one)):
                if percent > best.get((here.index, section), (0, 0))[0]:
                    best[here.index, section] = percent, there.index
    return [
        (
            index,
            rule.finding(
                f"{section}.{reports[other].unit}", left=percent, section=section, unit=reports[other].unit
            ).but(section=section),
        )
        for (index, section), (percent, other) in sorted(best.items())
    ]


def _texts(reports: Sequence[Report], section: str, rule: Rule) -> list[_Text]:
    """The texts of one section that are long enough, by number of runs."""
    found = []
    for index, report in enumerate(reports):
        text = sections(report).get(section, "")
        if len(text) >= rule.parameters["shortest"]:
            runs = grams(text, rule.parameters["gram"])
            sums = sorted({zlib.crc32(run.encode()) for run in runs})
            found.append(_Text(index, section, runs, frozenset(sums[:_SKETCH])))
    return sorted(found, key=lambda t: len(t.grams))


def _alike(texts: Sequence[_Text], percent: int) -> Iterator[tuple[_Text, _Text, int]]:
    for i, one in enumerate(texts):
        for other in texts[i + 1 :]:
            if 100 * len(one.grams) < percent * len(other.grams):
                break  # sorted by size: all further ones are longer still
            size = min(_SKETCH, len(one.sketch), len(other.sketch))
            common = one.sketch & other.sketch
            if 100 * len(common) < (percent - _SKETCH_ERROR) * size:
                continue
            exact = likeness(one.grams, other.grams)
            if exact >= percent:
                yield one, other, exact
