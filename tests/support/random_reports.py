"""Random reports for properties: every state of a cell, marks, notes, texts with odd characters."""

from __future__ import annotations

from random import Random

from hypothesis import strategies as st

from gouji.form import TABLE_KEYS, Form, editions, load_form
from gouji.report import (
    HOWS,
    Declaration,
    Explanation,
    Imported,
    Origin,
    Report,
    Unplaced,
    Unread,
    declaration,
    from_json,
    to_json,
)
from gouji.rules.equations import rule_of

#: Characters that have broken spreadsheets and XML before; no lone surrogates, which are no characters.
ODD = st.text(
    st.characters(blacklist_categories=("Cs",))
    | st.sampled_from("=+-@'\"<>&{}\t\r\n \u3000\u00a0\ufeff\u2028"),
    max_size=30,
) | st.sampled_from(
    [
        "=1+1",
        "{=1+1}",
        "_x0041_",
        "http://a/b",
        "internal:一!A1",
        "a\r\nb",
        "\n\n末",
        "'0",
        "1e5",
        "TRUE",
        "\x00\x1f",
        "\ufffe",
    ]
)
_ALL = [
    load_form(edition, dict.fromkeys(keys, other))
    for edition in editions()
    for other in editions()
    for keys in ((), ("table2",), ("table3",))
]


def random_values(form: Form, chance: Random, *, complete: bool = False) -> dict[str, int | str]:
    """Cell contents of all three states; numbers are small, large or 0, and legal for their cells."""
    values: dict[str, int | str] = {}
    for cell in form.cells:
        size = chance.choice([1, 5, 1000, 10**12])
        number = chance.randrange(-size if cell.kind.signed else 0, size)
        pick = chance.random()
        if pick < 0.6 or complete:
            values[cell.id] = number
        elif pick < 0.75:
            values[cell.id] = "/"
    return values


def balanced(form: Form, chance: Random) -> dict[str, int]:
    """Every cell filled, every equation true."""
    values = {c.id: chance.randrange(30) if not c.is_total else 0 for c in form.cells}
    table = form.tables["table3"]
    for column in table.grid.columns:
        if column.is_total or table.balance is None:
            continue
        left = sum(values[f"t3.{row}.{column.id}"] for row in table.balance.left)
        parts = [c for e in form.equations if e.id == f"t3.column.{column.id}" for c in e.left]
        for cell in parts:
            values[cell] = chance.randrange(left + 1) if chance.random() < 0.3 else 0
            left -= values[cell]
        values[f"t3.carried_out.{column.id}"] = left
    for kind in ("column", "row"):
        for equation in form.equations:
            if equation.kind == kind:
                values[equation.right[0]] = sum(values[c] for c in equation.left)
    return values


def equation_rows(form: Form) -> list[str]:
    """Ids of the rows of 校验 for the equations of a form, in order."""
    return [f"{rule_of(equation)}:{equation.id}" for equation in form.equations]


def declarations() -> st.SearchStrategy[Declaration]:
    """The declaration 空白单元格均为 0: for all tables, for some, for none."""
    return st.sets(st.sampled_from(TABLE_KEYS)).map(declaration)


@st.composite
def reports(draw: st.DrawFn) -> Report:
    """A canonical report: what reading its own JSON gives."""
    form = draw(st.sampled_from(_ALL))
    chance = Random(draw(st.integers(0, 10**9)))
    report = Report(form, values=random_values(form, chance))  # type: ignore[arg-type]
    report.unit = draw(ODD)
    report.year = draw(st.sampled_from([0, 2019, 2024]))
    report.code = draw(st.none() | ODD)
    report.period = draw(st.none() | st.tuples(ODD, ODD))
    report.blank_is_zero = draw(declarations())
    marks = draw(st.lists(st.sampled_from(["注1", "注2", "*", 'a"b', "①", "注 ３"]), max_size=4, unique=True))
    for mark in marks:
        for cell in chance.sample(form.cells, chance.randrange(3)):
            report.marks[cell.id] = mark
        report.notes[mark] = draw(ODD)
    report.texts = draw(
        st.none() | st.dictionaries(st.sampled_from(["引言", "一", "五", "六"]), ODD, max_size=4)
    )
    report.explanations = {
        key: Explanation(
            draw(ODD), draw(st.sampled_from(["", "已说明", "退回"])), ("1", "2.5")[: chance.randrange(3)]
        )
        for key in draw(
            st.lists(
                st.sampled_from(
                    ["balance:t3.balance.total", "stock:t2.documents", "items-carried:t2.fees", "x"]
                ),
                max_size=3,
                unique=True,
            )
        )
    }
    texts = draw(st.lists(ODD, max_size=3))
    places = [
        form.cells[chance.randrange(len(form.cells))].place,
        "table3/没有的行/自然人",
        "三!B70",
        "texts/七",
    ]
    for text in texts:
        place = chance.choice(places)
        # In a typed cell only what can not be read as a number stays unread.
        report.unplaced.append(Unplaced(place, f"约{text}" if place == places[0] else text))
    if draw(st.booleans()):
        add_provenance(report, chance, draw(ODD))
    return from_json(to_json(report))


def add_provenance(report: Report, chance: Random, text: str) -> None:
    """As if it had been read from a published text: most cells read, some left unread, some confirmed.

    ``text``: what stands in the source wherever something is quoted from it.
    """
    report.imported = Imported(f"{text}.html", "html", chance.choice(["", "0" * 64]))
    for cell in report.form.cells:
        pick = chance.random()
        if pick < 0.1:
            report.values.pop(cell.id, None)
            report.unread[cell.id] = Unread("第 3 个表第 5 行", text, ("1", text)[: chance.randrange(3)])
        elif pick < 0.8:
            report.read[cell.id] = Origin(
                chance.choice(HOWS), f"第 {chance.randrange(99)} 行", text, chance.choice(["", "万元"])
            )
        if pick > 0.9:
            report.confirmed[cell.id] = report.value(cell.id)
