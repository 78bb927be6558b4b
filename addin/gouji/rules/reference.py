"""The rule reference in Chinese, generated from the catalogue: one section a rule.

``python -m gouji.rules.reference`` prints it; REFERENCE.zh-CN.md beside this file is that output.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from ..form import Form, editions, load_form
from ..wording import wording_of
from .catalogue import Catalogue, Rule, catalogue
from .relations import Relation, Term, instances
from .speaking import speaks_on

#: Parameters that are said elsewhere in the rule's section.
_NOT_SHOWN = frozenset(("messages", "remedies", "phrases", "counts"))


def markdown(rules: Catalogue | None = None) -> str:
    """The whole reference, by subject; ends with a newline."""
    words = wording_of("gouji.rules", "reference")
    ordered = _by_subject(rules or catalogue())
    lines = [f"# {words['title']}", "", words["intro"], ""]
    lines += [_row(words["overview"]), _row(["---"] * len(words["overview"]))]
    lines += [_overview(rule, words) for rule in ordered]
    for rule in ordered:
        lines += ["", *_section(rule, words)]
    return "\n".join(lines) + "\n"


def overview(rules: Catalogue) -> list[tuple[str, str, str]]:
    """(id, level, title) of every rule, by subject."""
    words = wording_of("gouji.rules", "reference")
    return [(r.id, words["off"] if r.off else words["level"][r.level], r.title) for r in _by_subject(rules)]


def _by_subject(rules: Catalogue) -> list[Rule]:
    """Subjects in the order of their wording, rules in that of their entries."""
    order = list(wording_of("gouji.rules", "reference.subjects"))
    return sorted(rules.rules.values(), key=lambda rule: order.index(rule.subject))


def section(rules: Catalogue, rule_id: str) -> str:
    """What there is to say of one rule. Raises KeyError."""
    return "\n".join(_section(rules[rule_id], wording_of("gouji.rules", "reference")))


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _editions(rule: Rule, words: dict[str, Any]) -> str:
    """Where the rule speaks; worded so that a new edition changes nothing for the rules that it keeps."""
    speaking = speaks_on(rule)
    if speaking == editions():
        return str(words["all_editions"])
    if speaking == editions()[-len(speaking) :]:
        return str(words["since"].format(edition=speaking[0]))
    return "、".join(words["edition"].format(edition=e) for e in speaking)


def _overview(rule: Rule, words: dict[str, Any]) -> str:
    level = words["off"] if rule.off else words["level"][rule.level]
    live = words["live"][str(rule.live).lower()]
    return _row(
        [words["subjects"][rule.subject], f"`{rule.id}`", level, _editions(rule, words), live, rule.title]
    )


def _section(rule: Rule, words: dict[str, Any]) -> Iterator[str]:
    yield f"## {rule.title}"
    yield ""
    yield f"- {words['id']}：`{rule.id}`（{words['subjects'][rule.subject]}）"
    level = words["off"] if rule.off else words["level"][rule.level]
    yield f"- {words['applies']}：{level}；{_editions(rule, words)}"
    yield f"- {words['statute']}：{rule.statute}"
    if rule.relation:
        yield f"- {words['relation']}：{_formula(rule, words)}"
    yield f"- {words['message']}：{rule.message}"
    for other in rule.parameters.get("messages", {}).values():
        yield f"- {words['other_message']}：{other}"
    yield f"- {words['remedy']}：{rule.remedy}"
    for other in rule.parameters.get("remedies", {}).values():
        yield f"- {words['other_remedy']}：{other}"
    if rule.explainable:
        yield f"- {words['explainable']}"
    if rule.under:
        yield f"- {words['under'].format(under=rule.under)}"
    yield from _counts(rule, words)
    shown = {k: v for k, v in rule.parameters.items() if k not in _NOT_SHOWN}
    if shown:
        yield f"- {words['parameters']}："
        yield ""
        yield "```toml"
        for name, value in shown.items():
            yield f"{name} = {json.dumps(value, ensure_ascii=False)}"
        yield "```"


def _counts(rule: Rule, words: dict[str, Any]) -> Iterator[str]:
    """The counts that the rule reads in texts, by examples: their patterns are for nobody to read."""
    counts = rule.parameters.get("counts", ())
    names = {count["id"]: count["name"] for count in reversed(counts) if "name" in count}
    if counts:
        yield f"- {words['counts']}："
        yield ""
        yield _row([words["count"], words["examples"]])
        yield _row(["---"] * 2)
    for id, name in reversed(names.items()):
        said = [text for count in counts if count["id"] == id for text, _ in count["examples"]]
        yield _row([name, "<br>".join(said)])
    if counts:
        yield ""


def _formula(rule: Rule, words: dict[str, Any]) -> str:
    """The rule's arithmetic in printed labels, from its first instance."""
    form = load_form(speaks_on(rule)[0])
    relation: Relation = next(instances(form, rule.switched(off=False)))
    each = rule.relation["each"] if rule.relation else ""
    left, right = (_side(side, form, each, words) for side in (relation.left, relation.right))
    return f"{left} {words['operator'][relation.operator]} {right}（{words['each'][each]}）"


def _side(terms: tuple[Term, ...], form: Form, each: str, words: dict[str, Any]) -> str:
    cells = form.by_id
    text = ""
    for term in terms:
        cell = cells[term.cell]
        label = {
            "row": cell.column.label,
            "column": cell.row.key,
            "form": f"{cell.row.key} {cell.column.label}",
        }[each]
        sign = "−" if term.factor < 0 else "+" if text else ""
        times = f"{abs(term.factor)} × " if abs(term.factor) > 1 else ""
        text += f" {sign} " if sign else ""
        text += f"{times}{words['prior'] if term.prior else ''}「{label}」"
    return text.strip() or str(words["nothing"])


if __name__ == "__main__":
    print(markdown(), end="")
