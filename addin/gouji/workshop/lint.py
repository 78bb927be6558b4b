"""Checks of the rules themselves: rules that contradict, repeat or hide one another, or never speak.

Linear rules (the form's equations, the catalogue's relations) are examined exactly, as a system over
cells ≥ 0 in rational numbers; signed cells are the difference of two. Equations that follow from
other equations of the same rule are no fault: typed totals are there to be redundant.

The complaints are for whoever edits the catalogue or adds an edition, in English; a city's settings are
refused in Chinese where they are read (``rules/settings.py``). ``python -m gouji.workshop.lint`` prints them,
and for each edition the rules that are silent on it, with the reason.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from typing import Literal

from ..form import Form, editions, load_form
from ..records import dataclass
from ..rules.catalogue import Catalogue, Rule, catalogue
from ..rules.equations import rule_of
from ..rules.faults import named_lines
from ..rules.finding import LEVELS, Level
from ..rules.relations import Term, instances
from ..rules.speaking import speaks_on, why_silent
from ..typed import leaves
from .rational import Constraint, feasible
from .usage import Usage, usage

Fault = Literal[
    "contradictory", "redundant", "unreachable", "never fires", "shadowed", "template", "label", "line"
]


@dataclass(frozen=True, slots=True)
class Complaint:
    rule: str
    fault: Fault
    why: str


def lint(rules: Catalogue, used: Usage | None = None) -> list[Complaint]:
    """Every complaint; empty for a sound catalogue. ``used``: what the package's checks hand in."""
    used = used or usage()
    found = [c for rule in rules.rules.values() for c in _alone(rule, rules, used)]
    found += _shadowed(rules)
    for form in map(load_form, editions()):
        # What no rule speaks for is in no system.
        found += unspoken(form) or _linear(rules, form)
    return list(dict.fromkeys(found))


# ---------------------------------------------------------------- one rule by itself


def _alone(rule: Rule, rules: Catalogue, used: Usage) -> Iterator[Complaint]:
    speaking = [load_form(edition) for edition in speaks_on(rule)]
    if not speaking:
        why = "; ".join(f"{e}: {why_silent(rule.switched(off=False), load_form(e))}" for e in editions())
        yield Complaint(rule.id, "unreachable", why)
    if rule.under and rule.under not in rules.rules:
        yield Complaint(rule.id, "unreachable", f"under an unknown rule {rule.under}")
    if not rule.relation and rule.id not in used.names:
        yield Complaint(rule.id, "unreachable", "no check looks it up")
    for name, (low, high) in rule.bounds.items():
        if not low <= rule.parameters.get(name, low - 1) <= high:
            yield Complaint(rule.id, "never fires", f"{name} outside {low}..{high}")
    yield from _templates(rule, used, speaking)
    for form in speaking:
        yield from _labels(rule, form)
        yield from _absent(rule, form)


def _texts(rule: Rule) -> list[str]:
    others = (rule.parameters.get(name, {}).values() for name in ("messages", "remedies"))
    return [rule.message, rule.remedy, *(text for texts in others for text in texts)]


def _templates(rule: Rule, used: Usage, speaking: list[Form]) -> Iterator[Complaint]:
    """Names in a template that the check does not hand in."""
    known = {"left", "right", "difference", "left_gap", *rule.parameters}
    handed = used.names.get(rule.id, frozenset())
    if rule.relation:
        on = rule.switched(off=False)
        known |= {"line", "note", "times"} | {
            t.name for form in speaking for r in instances(form, on) for t in r.terms
        }
    elif handed is None:
        return  # handed in by a mapping that only the run knows
    for text in _texts(rule):
        for name in re.findall(r"{(\w+)", text):
            if name not in known | (handed or frozenset()):
                yield Complaint(rule.id, "template", f"{{{name}}} is not handed in")


def printed(form: Form) -> frozenset[str]:
    """Every label that the form prints: rows, columns, groups, blocks, sections."""
    labels = {s.title for s in form.sections}
    for table in form.tables.values():
        for block in table.blocks:
            labels |= {block.title, block.corner, block.columns_title}
            for line in (*block.rows, *block.columns):
                labels |= {line.label, line.key, *(g.label for g in line.under)}
    return frozenset(labels - {""})


def _labels(rule: Rule, form: Form) -> Iterator[Complaint]:
    """「…」 names a label; （一） … （七） begins one. It must be there wherever the rule speaks."""
    labels = printed(form)
    for text in _texts(rule):
        for label in re.findall(r"「([^」{}]+)」", text):
            if label not in labels:
                yield Complaint(rule.id, "label", f"「{label}」 is not printed on edition {form.edition}")
        for begin in re.findall(r"（[一二三四五六七八九十]）", text):
            if not any(label.startswith(begin) for label in labels):
                yield Complaint(rule.id, "label", f"{begin} is not printed on edition {form.edition}")


def _absent(rule: Rule, form: Form) -> Iterator[Complaint]:
    """Rows and columns that the parameters name and the form lacks: the rule would be silent without a word.

    Of a list any one will do: it names what differs between editions, as the counts do that a text may state.
    """
    names = form.names | {name.partition(".")[2] for name in form.names}
    for key, value in named_lines(rule.parameters):
        if "." in key:
            continue
        whole = list(leaves(value))
        absent = [name for name in whole if name not in names]
        if absent and (not isinstance(value, list) or len(absent) == len(whole)):
            what = f"{key} names {', '.join(absent)}, which edition {form.edition} lacks: say so in needs"
            yield Complaint(rule.id, "line", what)


# ---------------------------------------------------------------- editions


def silent(rules: Catalogue, form: Form) -> dict[str, str]:
    """The rules that say nothing on a form, each with the reason."""
    found = ((rule.id, why_silent(rule, form)) for rule in rules.rules.values())
    return {rule_id: why for rule_id, why in found if why}


def unspoken(form: Form) -> list[Complaint]:
    """Equations for which no rule speaks."""
    found = []
    for equation in form.equations:
        try:
            rule_of(equation)
        except KeyError:
            what = f"edition {form.edition}: no rule speaks for {equation.kind} sums of {equation.table}"
            found.append(Complaint(equation.id, "unreachable", what))
    return found


# ---------------------------------------------------------------- thresholds


def _shadowed(rules: Catalogue) -> Iterator[Complaint]:
    """Of two threshold rules with one scope, the one that fires only where the graver one fires too."""

    def scope(rule: Rule) -> dict[str, object]:
        skip = {*rule.bounds, "messages", "remedies", "words"}
        return {k: v for k, v in rule.parameters.items() if k not in skip}

    for one in rules.rules.values():
        for other in rules.rules.values():
            same = one is not other and one.bounds and one.bounds.keys() == other.bounds.keys()
            # Without a declared scope two rules measure different things with like thresholds.
            if not same or not scope(one) or scope(one) != scope(other):
                continue
            stricter = [one.parameters[n] >= other.parameters[n] for n in one.bounds]
            covered = set(speaks_on(one)) <= set(speaks_on(other)) and not other.off
            if all(stricter) and covered and LEVELS.index(one.level) <= LEVELS.index(other.level):
                yield Complaint(one.id, "shadowed", f"fires only where {other.id} does")


# ---------------------------------------------------------------- linear rules


@dataclass(frozen=True, slots=True)
class _Instance:
    rule: str
    terms: Mapping[str, int]
    operator: Literal["=", "<=", ">="]
    level: Level
    prior: bool

    def covers(self, other: _Instance) -> bool:
        """Whether this one can make the other superfluous: as grave, and decided as often."""
        return LEVELS.index(self.level) >= LEVELS.index(other.level) and (other.prior or not self.prior)


def _linear(rules: Catalogue, form: Form) -> Iterator[Complaint]:
    system = list(_system(rules, form))
    if not feasible(_positive(system)):
        for rule_id in dict.fromkeys(i.rule for i in system):
            if feasible(_positive([i for i in system if i.rule != rule_id])):
                yield Complaint(
                    rule_id, "contradictory", f"edition {form.edition}: some cells could only be 0"
                )
    for rule_id in dict.fromkeys(i.rule for i in system):
        mine = [i for i in system if i.rule == rule_id]
        others = [i for i in system if i.rule != rule_id and i.covers(mine[0])]
        if rules[rule_id].under not in rules.rules and all(_implied(i, others) for i in mine):
            yield Complaint(rule_id, "redundant", f"edition {form.edition}: follows from the other rules")


def _system(rules: Catalogue, form: Form) -> Iterator[_Instance]:
    """Every instance as terms (operator) 0. "Both or neither 0" is not linear and stays out."""
    signed = {c.id for c in form.cells if c.kind.signed}
    for equation in form.equations:
        rule = rules[rule_of(equation)]
        if not rule.off:
            terms = dict.fromkeys(equation.left, 1) | dict.fromkeys(equation.right, -1)
            yield _Instance(rule.id, terms, "=", rule.level, False)
    for rule in rules.rules.values():
        for relation in instances(form, rule) if rule.relation else ():
            if relation.operator != "zero-together":
                terms = _terms(relation.left, 1, signed) | _terms(relation.right, -1, signed)
                prior = bool(relation.prior_cells)
                yield _Instance(rule.id, terms, relation.operator, rule.level, prior)


def _terms(terms: tuple[Term, ...], side: int, signed: set[str]) -> dict[str, int]:
    found = {}
    for term in terms:
        name = f"prior {term.cell}" if term.prior else term.cell
        found[name] = side * term.factor
        if term.cell in signed:
            found[f"minus {name}"] = -side * term.factor
    return found


def _positive(system: list[_Instance]) -> list[Constraint]:
    """The system with every cell at least 1: x = 1 + y, y ≥ 0. The sides are 0, so any scale will do."""
    return [Constraint(i.terms, i.operator, -sum(i.terms.values())) for i in system]


def _implied(instance: _Instance, others: list[_Instance]) -> bool:
    """Whether no point that satisfies the others breaks this one (to either side, for an equation)."""
    constraints = [Constraint(i.terms, i.operator) for i in _connected(instance, others)]
    wrong = {"=": (1, -1), "<=": (1,), ">=": (-1,)}[instance.operator]
    return not any(feasible([*constraints, Constraint(instance.terms, "=", side)]) for side in wrong)


def _connected(instance: _Instance, others: list[_Instance]) -> list[_Instance]:
    """The others that share cells with it, directly or through one another."""
    cells, found, rest = set(instance.terms), list[_Instance](), others
    while near := [i for i in rest if cells & i.terms.keys()]:
        found += near
        rest = [i for i in rest if i not in near]
        cells |= {name for i in near for name in i.terms}
    return found


def main() -> int:
    """Print every complaint, then the silent rules of each edition. Returns 1 where there is a complaint."""
    rules = catalogue()
    complaints = lint(rules)
    for each in complaints:
        print(f"{each.rule}: {each.fault}: {each.why}")
    for form in map(load_form, editions()):
        hushed = silent(rules, form)
        print(f"{form.edition}: {len(rules.rules) - len(hushed)} rules speak, {len(hushed)} are silent")
        for rule_id, why in hushed.items():
            print(f"  {rule_id}: {why}")
    return bool(complaints)


if __name__ == "__main__":
    sys.exit(main())
