"""What must fit together in the catalogue: rules, editions, rows and columns that exist; limits that hold.

Ids are those of any edition that ships; on which of them a rule speaks is another question
(``Rule.silence``).
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from ..form import Form, editions, load_form
from ..form.model import TABLE_IDS
from ..typed import allowed, repeated
from .terms import bare_name

if TYPE_CHECKING:
    from .catalogue import Rule

#: (key, what is wrong)
Fault = tuple[str, str]

#: Parameters that hold ids of rows, columns or cells.
_NAMES_OF_LINES = frozenset(
    ("cell", "cells", "column", "columns", "row", "rows", "sizes", "skip", "steady", "whole")
)
#: Parameters whose texts are templates.
TEMPLATES = ("messages", "remedies", "phrases")


def faults(rules: Mapping[str, Rule]) -> Iterator[tuple[str, str, str]]:
    """(rule id, key, what is wrong), in the order of the catalogue."""
    forms = [load_form(edition) for edition in editions()]
    names = {name for form in forms for name in form.names}
    for rule in rules.values():
        checks = (
            _applies(rule, rules, names),
            _relation(rule, forms),
            _limits(rule),
            _lines(rule, forms),
            _texts(rule, forms),
            _counts(rule),
        )
        for check in checks:
            for key, what in check:
                yield rule.id, f".{key}", what
        for key, text in templates(rule):
            if why := unformatted(text):
                yield rule.id, f".{key}", why


def _applies(rule: Rule, rules: Mapping[str, Rule], names: set[str]) -> Iterator[Fault]:
    if rule.under and (rule.under not in rules or rule.under == rule.id):
        yield "under", f"unknown rule {rule.under!r}; {allowed(rule.under, rules)}"
    for key, edition in (("since", rule.since), ("until", rule.until)):
        if edition and edition not in editions():
            yield key, f"unknown edition {edition!r}; {allowed(edition, editions())}"
    if rule.until and rule.since > rule.until:
        yield "until", f"{rule.until} is before {rule.since}"
    for need in rule.needs:
        if need not in names:
            yield "needs", f"{need!r} is in no edition; {allowed(need, names)}"
    for need in repeated(rule.needs):
        yield "needs", f"{need!r} stands twice"
    if len({need.partition(".")[0] for need in rule.needs}) > 1:
        yield "needs", "names more than one table"
    if rule.relation and rule.needs:
        yield "needs", "a relation needs the lines that it names and no others"
    if rule.explainable and rule.level != "error":
        yield "explainable", "only an error needs it: any other finding may be explained"
    if rule.explainable and rule.relation and not rule.relation.get("carry_over"):
        yield "explainable", "what does not add up within one report is never lawful"


def _lines(rule: Rule, forms: list[Form]) -> Iterator[Fault]:
    """Rows, columns and cells among the parameters: ``total``, ``t3.new``, ``t3.new.total``; a column where
    one is meant, and of the rule's own table where it needs or relates lines of one."""
    own = TABLE_IDS[rule.relation["table"]] if rule.relation else "".join(rule.needs[:1]).partition(".")[0]
    for key, value in named_lines(rule.parameters):
        for inner, name in _by_key(key, value):
            known = _known(forms, own, columns=inner.rpartition(".")[2].startswith("column"))
            if name not in known:
                yield f"parameters.{key}", f"{name!r} is in no edition; {allowed(name, sorted(known))}"


def _by_key(key: str, value: Any) -> Iterator[tuple[str, str]]:
    """Every text in nested lists and tables with the key that it stands under."""
    if isinstance(value, str):
        yield key, value
    elif isinstance(value, Mapping):
        for inner, each in value.items():
            yield from _by_key(inner, each)
    else:
        for each in value:
            yield from _by_key(key, each)


def _known(forms: list[Form], table: str, *, columns: bool) -> set[str]:
    """Names of columns, or of rows and cells, in any form; of one table, or of all for ""."""
    cells = [c for form in forms for c in form.cells if table in ("", TABLE_IDS[c.table])]
    lines = {(TABLE_IDS[c.table], (c.column if columns else c.row).id) for c in cells}
    named = {name for of, line in lines for name in (line, f"{of}.{line}")}
    return named if columns else named | {c.id for c in cells}


def _texts(rule: Rule, forms: list[Form]) -> Iterator[Fault]:
    """Sections that a report has, and patterns that can be searched for."""
    numbers = {section.number for form in forms for section in form.sections}
    if (section := rule.parameters.get("section")) is not None and section not in numbers:
        yield "parameters.section", f"{section!r} is no section; {allowed(section, numbers)}"
    for each in rule.parameters.get("sections", ()):
        if each not in numbers:
            yield "parameters.sections", f"{each!r} is no section; {allowed(each, numbers)}"
    for name, value in rule.parameters.items():
        for pattern in patterns_in(name, value):
            try:
                re.compile(pattern)
            except re.error as error:
                yield f"parameters.{name}", f"is no regular expression: {error}"


#: One of these names stands in a pattern where it has the number.
_NUMBERS = ("{n}", "{m}", "{d}", "{w}")


def _counts(rule: Rule) -> Iterator[Fault]:
    """Counts that texts state: a topic that is there, a name and cells, and one number in each pattern."""
    known: set[str] = set()
    for count in rule.parameters.get("counts", ()):
        key = f"parameters.counts.{count['id']}"
        if count["topic"] not in (topics := rule.parameters["topics"]):
            yield key, f"unknown topic {count['topic']!r}; {allowed(count['topic'], topics)}"
        placed = count.get("cells") or count.get("beside")
        if count["id"] not in known and not (count.get("name") and placed):
            yield key, "has neither name nor cells"
        known.add(count["id"])
        for pattern in (*count.get("patterns", ()), *count.get("patterns_shared", ())):
            if sum(pattern.count(name) for name in _NUMBERS) != 1:
                yield key, f"{pattern!r} must have one of {', '.join(_NUMBERS)}"


def patterns_in(name: str, value: Any) -> Iterator[str]:
    """The regular expressions that a parameter holds: those under a name that begins with ``pattern``."""
    if isinstance(value, dict):
        for key, each in value.items():
            yield from patterns_in(key, each)
    elif isinstance(value, list):
        for each in value:
            yield from patterns_in(name, each)
    elif name.startswith("pattern") and isinstance(value, str):
        yield value


def named_lines(parameters: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """(key, value) of every parameter, at any depth, that holds ids of rows, columns or cells."""
    for key, value in parameters.items():
        if key in _NAMES_OF_LINES:
            yield key, value
        elif key not in TEMPLATES:
            for each in value if isinstance(value, list) else [value]:
                if isinstance(each, dict):
                    yield from ((f"{key}.{inner}", found) for inner, found in named_lines(each))


def _limits(rule: Rule) -> Iterator[Fault]:
    for name, (low, high) in rule.bounds.items():
        value = rule.parameters.get(name)
        if name not in rule.parameters:
            yield f"bounds.{name}", f"is no parameter; {allowed(name, rule.parameters)}"
        elif not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            yield f"parameters.{name}", f"{value!r} is no whole number from {low} to {high}"


def templates(rule: Rule) -> Iterator[tuple[str, str]]:
    """(key, text) of everything in which names in braces are filled."""
    yield "message", rule.message
    yield "remedy", rule.remedy
    for name in TEMPLATES:
        for key, text in rule.parameters.get(name, {}).items():
            yield f"parameters.{name}.{key}", text


def unformatted(text: str) -> str:
    """Why a text is no template, or ""."""
    try:
        names_in(text)
    except ValueError as error:
        return f"is no template: {error}"
    return ""


def names_in(text: str) -> set[str]:
    """The names in braces. Raises ValueError for a brace that is not closed, or stands around nothing."""
    names = {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
    if wrong := [name for name in names if not name.isidentifier()]:
        raise ValueError(f"{{{wrong[0]}}}")
    return names


def _relation(rule: Rule, forms: list[Form]) -> Iterator[Fault]:
    data = rule.relation
    if data is None:
        return
    table = TABLE_IDS[data["table"]]
    lines = {
        line.id for form in forms for c in form.tables[data["table"]].cells for line in (c.row, c.column)
    }
    cells = {cell for form in forms for cell in form.by_id}
    names = cells if data["each"] == "form" else lines
    sides = [side for side in ("left", "right") if side in data]
    if data.get("carry_over") and sides:
        yield "relation", "carry_over takes both sides from the form"
    if not data.get("carry_over") and len(sides) < 2:
        yield "relation", "must have left and right, or carry_over"
    for side in sides:
        for term in data[side]:
            try:
                name = bare_name(term)
            except ValueError:
                yield f"relation.{side}", f"{term!r} has no whole factor other than 0"
                continue
            if name not in names:
                yield f"relation.{side}", f"{name!r} is in no edition of {table}; {allowed(name, names)}"
        for term in repeated(data[side]):
            yield f"relation.{side}", f"{term!r} stands twice"
    for name in data.get("only", ()):
        if name not in lines:
            yield "relation.only", f"{name!r} is in no edition of {table}; {allowed(name, lines)}"
