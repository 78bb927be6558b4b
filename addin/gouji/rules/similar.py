"""Texts nearly equal to last year's or to another unit's. A preface is the same every year and everywhere:
it is compared with none.

Two texts are compared by the sets of their runs of ``gram`` characters, digits and punctuation left
out: |A ∩ B| / |A ∪ B|. Measured on texts of 1 000 to 6 000 characters: 1–20 ms a pair, where
difflib's ratio takes 25–660 ms; three characters in a hundred rewritten give 84 %, another unit's
text on the same subject 0–8 %. Among many units a sketch (the 64 smallest checksums of a text's
runs) keeps the exact comparison for the few pairs that may be alike: those that share one of the rarest
of their checksums. Nothing but sketches is held, so that 10,000 texts take 10 MB and not gigabytes.
"""

from __future__ import annotations

import zlib
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby

from ..records import dataclass
from ..report import PREFACE, Report
from .catalogue import Catalogue, Rule
from .context import Context
from .deciders import compares, decides
from .finding import Finding
from .plain import plain, sections

_SKETCH = 64
#: A sketch of 64 is off by less than this many percent in all but one of a thousand pairs.
_SKETCH_ERROR = 20
#: Of more texts than this that have a run in common, the nearest in length are compared, and of more that may
#: be alike the likeliest: where thousands copy one text, each is told one that it is like.
_NEAR, _LIKELIEST = 200, 40
#: Texts whose runs are held at once.
_HELD = 256
#: Bits of a text's place beside a checksum.
_PLACE = 24


def grams(text: str, size: int) -> frozenset[str]:
    """The runs of ``size`` letters of a text, digits and punctuation left out."""
    letters = "".join(filter(str.isalpha, text))
    return frozenset([letters[i : i + size] for i in range(len(letters) - size + 1)])


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
    """``runs``: how many it has; ``sketch``: ascending."""

    index: int
    runs: int
    sketch: array[int]


@compares("text-shared")
def shared_texts(reports: Sequence[Report], catalogue: Catalogue) -> list[tuple[int, Finding]]:
    """Sections that two units have nearly in common: (index into ``reports``, finding), both told.

    Each is told the unit it is most like, not every one of a whole group. Whose text that is, and how like it
    is, moves with what others send: neither is in the place or the numbers of the finding, so that a word on
    it holds as long as the section is shared.
    """
    rule = catalogue["text-shared"]
    if rule.off:
        return []
    best: dict[tuple[int, str], tuple[int, int]] = {}
    for section in dict.fromkeys(n for r in reports for n in (r.texts or {}) if n != PREFACE):
        texts = _texts(reports, section, rule)

        @lru_cache(_HELD)
        def runs_of(index: int, section: str = section) -> frozenset[str]:
            return grams(_text(reports[index], section), rule.parameters["gram"])

        for one, other, percent in sorted(_alike(texts, rule.parameters["percent"], runs_of)):
            for here, there in ((one, other), (other, one)):
                key = texts[here].index, section
                if percent > best.get(key, (0, 0))[0]:
                    best[key] = percent, texts[there].index
    return [
        (
            index,
            rule.finding(section, section=section, unit=reports[other].unit, like=percent).but(
                section=section
            ),
        )
        for (index, section), (percent, other) in sorted(best.items())
    ]


def _text(report: Report, section: str) -> str:
    """One section of it alone: here one section after another is read of all reports."""
    return plain((report.texts or {}).get(section, ""))


def _texts(reports: Sequence[Report], section: str, rule: Rule) -> list[_Text]:
    """The texts of one section that are long enough, by number of runs."""
    found = []
    for index, report in enumerate(reports):
        text = _text(report, section)
        if len(text) >= rule.parameters["shortest"]:
            runs = grams(text, rule.parameters["gram"])
            sums = sorted({*map(zlib.crc32, map(str.encode, runs))})
            found.append(_Text(index, len(runs), array("L", sums[:_SKETCH])))
    return sorted(found, key=lambda text: text.runs)


def _alike(
    texts: Sequence[_Text], percent: int, runs_of: Callable[[int], frozenset[str]]
) -> Iterator[tuple[int, int, int]]:
    """(place, later place, likeness) of texts that are at least so much alike. ``texts``: by number of runs;
    ``runs_of``: index of a report -> the runs of its text."""
    places = _shared(texts)
    for at, text in enumerate(texts):
        sketch, maybe = frozenset(text.sketch), []
        for before in sorted(_before(at, text, places, percent)):
            other = texts[before]
            common = len(sketch.intersection(other.sketch))
            size = min(_SKETCH, len(text.sketch), len(other.sketch))
            near = 100 * other.runs >= percent * text.runs
            if near and 100 * common >= (percent - _SKETCH_ERROR) * size:
                maybe.append((-common, before))
        for _, before in sorted(maybe)[:_LIKELIEST]:
            exact = likeness(runs_of(texts[before].index), runs_of(text.index))
            if exact >= percent:
                yield before, at, exact


def _shared(texts: Sequence[_Text]) -> dict[int, array[int]]:
    """Checksum -> the places of the texts that have it, of all that several texts have."""
    every = array("Q", sorted(one << _PLACE | at for at, text in enumerate(texts) for one in text.sketch))
    found: dict[int, array[int]] = {}
    for checksum, keys in groupby(every, lambda key: key >> _PLACE):
        places = array("L", (key & ((1 << _PLACE) - 1) for key in keys))
        if len(places) > 1:
            found[checksum] = places
    return found


def _before(at: int, text: _Text, places: dict[int, array[int]], percent: int) -> set[int]:
    """The places before ``at`` of texts that may be like this one.

    Two that share k of n checksums share one of the n - k + 1 rarest of either; k follows from the least that
    a text which is like this one can have.
    """
    size = len(text.sketch)
    least = max(1, -(-(percent - _SKETCH_ERROR) * percent * size // 10_000))
    rarest = sorted(text.sketch, key=lambda one: len(places.get(one, ())))[: size - least + 1]
    found: set[int] = set()
    for those in (places[one] for one in rarest if one in places):
        end = bisect_left(those, at)
        found.update(those[max(0, end - _NEAR) : end])
    return found
