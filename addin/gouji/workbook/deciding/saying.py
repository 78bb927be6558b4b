"""What is to be done about an open row, as a sentence that the sheet makes itself: ``[check.todo]``."""

from __future__ import annotations

from collections.abc import Mapping

from ...form import KINDS, Form
from ...records import dataclass
from ...rules import Catalogue
from ...rules.gap import gap, words
from ...rules.ledger import AtMost, CellCount, Check, Row
from ...rules.relations import Relation
from ..figures import Live
from ..spliced import quoted, spliced
from ..wording import wording


@dataclass(frozen=True, slots=True)
class Piece:
    """Part of a sentence: a formula for a text, and the text that it must be."""

    formula: str
    text: str


def number(cell: str, value: int | None, *, money: bool) -> Piece:
    """A number as it is printed. ``value``: in 分 where ``money``, of which ``cell`` shows 万元."""
    return Piece(printed_number(cell, money=money), _shown(value or 0, money))


def printed_number(cell: str, *, money: bool) -> str:
    """A formula for the text of a number: no program's own way to write a small one."""
    whole = f'TEXT({cell},"0")'
    return f'IF({cell}=INT({cell}),{whole},TEXT({cell},"0.0#####"))' if money else whole


def difference(cell: str, value: int | None, *, money: bool) -> Piece:
    """多 3, 少 3 or 平: left − right, said of the left side (``rules/gap.py``)."""
    more, less, even = words()
    size = number(f"ABS({cell})", 0, money=money).formula
    said = [_filled(template, {"size": Piece(size, "")}).formula for template in (more, less)]
    formula = f"IF({cell}>0,{said[0]},IF({cell}<0,{said[1]},{quoted(even)}))"
    return Piece(formula, gap(value or 0, lambda n: _shown(n, money)))


def _shown(value: int, money: bool) -> str:
    return KINDS["money" if money else "count"].show(value)


def _filled(template: str, names: Mapping[str, Piece]) -> Piece:
    """A template with its names replaced by formulas."""
    formula = spliced(template, **{name: piece.formula for name, piece in names.items()})
    return Piece(formula, template.format(**{name: piece.text for name, piece in names.items()}))


class Saying:
    """Makes the sentences of one workbook."""

    def __init__(self, form: Form, rules: Catalogue) -> None:
        self.form = form
        self.rules = rules
        self.templates = wording("check.todo")

    def todo(self, row: Row, at: tuple[str, str, str], fails: str) -> Live:
        """The sentence, "" unless the check fails. ``at``: where the row shows both sides and their
        difference; ``fails``: what the difference is then (``<>0``)."""
        left, right, gap_at = at
        said = _filled(self._template(row.check), self._names(row, left, right, gap_at))
        formula = f'=IF({gap_at}="","",IF({gap_at}{fails},{said.formula},""))'
        amount = row.difference
        open_ = amount is not None and {"<>0": amount != 0, ">0": amount > 0, "<0": amount < 0}[fails]
        return Live(formula, said.text if open_ else "")

    def _template(self, check: Check) -> str:
        """By rule and place, by rule, or by the kind of check."""
        kind = "other"
        if isinstance(check, Relation) and check.operator == "zero-together":
            kind = "together"
        names = (f"{check.rule}:{check.place}", check.rule, kind)
        return str(next(self.templates[name] for name in names if name in self.templates))

    def _names(self, row: Row, left: str, right: str, gap_at: str) -> dict[str, Piece]:
        check = row.check
        return {
            "left": number(left, row.left, money=row.money_left),
            "right": number(right, row.right, money=row.money_right),
            "gap": difference(gap_at, row.difference, money=row.money),
            **{name: Piece(quoted(text), text) for name, text in self._fixed(check).items()},
        }

    def _fixed(self, check: Check) -> dict[str, str]:
        """What does not depend on the numbers."""
        names = {"title": self.rules[check.rule].title, "edition": self.form.edition}
        if isinstance(check, Relation):
            return names | {"line": check.line}
        if isinstance(check, CellCount):
            return names | {"section": self.form.tables[check.table].section.number}
        if isinstance(check, AtMost):
            cell = self.form.by_id[check.place]
            return names | {"line": cell.row.key, "column": cell.column.label}
        return names | {"section": check.place}
