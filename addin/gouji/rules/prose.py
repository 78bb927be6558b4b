"""Counts stated in prose against the cells that hold them.

What is said, as a careful reader would say it: every statement of one count is shown, not the first.
A statement is right when it equals one of the ways to count the same thing (收到 with or without what
was carried in). Where one statement is right, smaller ones are its parts; so are the numbers after
其中. Sentences about another year state nothing about this one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from ..form import Form
from ..report import Report
from .catalogue import Catalogue, Rule, catalogue
from .context import Context
from .deciders import decides
from .equations import residual
from .finding import Finding
from .numbers import Numbers
from .plain import excerpt, quote, sections, sentences, without_brackets

_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
_YEAR = re.compile(r"(20\d\d)年")


@dataclass(frozen=True, slots=True)
class Statement:
    """One number in prose. ``after``: the rest of the sentence (for growth claims)."""

    count: str
    number: int
    excerpt: str
    after: str


#: A longer run of digits is no count of anything.
_MOST_DIGITS = 15


def stated_numbers(report: Report, rules: Catalogue | None = None) -> dict[str, tuple[tuple[int, str], ...]]:
    """Cell id -> what the prose says it is: (number, excerpt), in reading order.

    Only counts that are one cell; empty where the report carries no texts.
    """
    parameters = (rules or catalogue())["prose-number"].parameters
    found: dict[str, tuple[tuple[int, str], ...]] = {}
    for count, said in statements(report, parameters).items():
        cells = ways(report.form, parameters, count)[:1]
        if cells and len(cells[0]) == 1:
            found[cells[0][0]] = tuple((s.number, s.excerpt) for s in said)
    return found


@decides("prose-number")
def _prose_number(rule: Rule, report: Report, context: Context) -> Iterator[Finding]:
    """One finding a count, with every statement of it."""
    this = Numbers(report, sums=True)
    for count, said in statements(report, rule.parameters).items():
        means = ways(report.form, rule.parameters, count)
        sums = [n for cells in means if (n := this.sum(cells)) is not None]
        if not means or this.sum(means[0]) is None:
            continue
        right = [s.number for s in said if s.number in sums]
        wrong = [s for s in said if s.number not in sums and s.number > max(right, default=-1)]
        if not wrong:
            continue
        sound = confirmed(report, means[0])
        finding = rule.finding(
            count,
            means[0],
            left=sums[0],
            right=wrong[0].number,
            message="sound" if sound else None,
            name=_entry(rule.parameters, count)["name"],
            excerpts=[f"“{quote(report, s.excerpt).text}”" for s in said],
        )
        at = quote(report, wrong[0].excerpt)
        yield finding.but(section=at.section, paragraph=at.paragraph) if sound else finding


def confirmed(report: Report, cells: Iterable[str]) -> bool:
    """Whether two equations or more hold at each of the cells and none fails there: the number stands."""
    residuals = ([residual(report, e) for e in report.form.equations_of[c]] for c in cells)
    return all(len(found) > 1 and not any(r != 0 for r in found) for found in residuals)


def statements(report: Report, parameters: Mapping[str, Any]) -> dict[str, list[Statement]]:
    """Count id -> its statements, in the order of the texts."""
    found: dict[str, list[Statement]] = {}
    if report.texts is None:
        return found
    whole = [
        _whole(sentence, report.year, parameters)
        for text in sections(report).values()
        for sentence in sentences(text)
    ]
    for entry in parameters["counts"]:
        said = [s for sentence in whole if sentence for s in _said(sentence, entry, parameters)]
        if said:
            found[entry["id"]] = said
    return found


def ways(form: Form, parameters: Mapping[str, Any], count: str) -> list[tuple[str, ...]]:
    """The sums of cells that the count may mean, the likeliest first; those this form has."""
    return [tuple(c) for c in _entry(parameters, count)["cells"] if set(c) <= form.by_id.keys()]


def _entry(parameters: Mapping[str, Any], count: str) -> Mapping[str, Any]:
    return next(e for e in parameters["counts"] if e["id"] == count)


def _whole(sentence: str, year: int, parameters: Mapping[str, Any]) -> str:
    """The part of a sentence that states wholes of this year; "" where it is about another year."""
    years = {int(y) for y in _YEAR.findall(sentence)}
    if years and year not in years:
        return ""
    bare = without_brackets(sentence)
    return re.split(parameters["pattern_parts"], bare, maxsplit=1)[0]


@lru_cache(maxsize=256)
def _compiled(pattern: str, number: str, filler: str) -> re.Pattern[str]:
    return re.compile(pattern.replace("{f}", filler).replace("{n}", number))


def _said(sentence: str, entry: Mapping[str, Any], parameters: Mapping[str, Any]) -> Iterator[Statement]:
    if not re.search(entry["pattern_requires"], sentence):
        return
    refused = f"{parameters['pattern_partial']}|{entry['pattern_refuses']}"
    taken: set[int] = set()
    for pattern in entry["patterns"]:
        compiled = _compiled(pattern, parameters["number"], parameters["filler"])
        for found in compiled.finditer(sentence):
            number = _number(found["n"])
            if found.start("n") in taken or number is None or re.search(refused, _clause(sentence, found)):
                continue
            taken.add(found.start("n"))
            yield Statement(entry["id"], number, excerpt(sentence, *found.span()), sentence[found.end() :])
    for pattern in entry["patterns_none"]:
        compiled = _compiled(pattern, parameters["number"], parameters["filler"])
        none = compiled.search(sentence)
        if not taken and none and not re.search(entry["pattern_refuses"], _clause(sentence, none)):
            yield Statement(entry["id"], 0, excerpt(sentence, *none.span()), "")
            return


def _clause(sentence: str, found: re.Match[str]) -> str:
    """The sentence from the last comma or colon before the match to the match's end."""
    start = max(sentence.rfind(mark, 0, found.start()) for mark in ",、:")
    return sentence[start + 1 : found.end()]


def _number(text: str) -> int | None:
    """Arabic digits, or Chinese numerals below 10 000; None for what is neither (一百二)."""
    if text[0].isdigit():
        digits = text.replace(",", "")
        return int(digits) if len(digits) <= _MOST_DIGITS else None
    total, digit = 0, 0
    for i, char in enumerate(text):
        if char in _TENS:
            total += (digit or (1 if i == 0 else 0)) * _TENS[char]
            digit = 0
        elif digit:
            return None
        else:
            digit = _DIGITS[char]
    if digit and len(text) > 1 and text[-2] in ("百", "千"):
        return None
    return total + digit
