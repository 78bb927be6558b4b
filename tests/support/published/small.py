"""Small published tables, written by hand in one way each: what one rule of the matcher is shown by."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from gouji.form import load_form
from gouji.published.reading import TablesRead
from gouji.published.source.sniff import open_source
from gouji.published.stream import Stream
from gouji.published.tables import read_tables
from gouji.published.tables.labels import Hits, find_labels
from gouji.published.tables.squeezed import Squeezed, squeeze

HEADS = [
    "申请人情况",
    "自然人",
    "法人或其他组织",
    "总计",
    "商业企业",
    "科研机构",
    "社会公益组织",
    "法律服务机构",
    "其他",
]
#: A consistent 三: rows that are not named here are 0.
NUMBERS: Mapping[str, Sequence[int]] = {
    "new": (12, 3, 0, 0, 0, 0, 15),
    "carried_in": (1, 0, 0, 0, 0, 0, 1),
    "granted": (10, 1, 0, 0, 0, 0, 11),
    "secret": (1, 2, 0, 0, 0, 0, 3),
    "processed": (11, 3, 0, 0, 0, 0, 14),
    "carried_out": (2, 0, 0, 0, 0, 0, 2),
}

Line = Callable[[Sequence[str], Sequence[str]], str]


def stream(text: str, name: str = "x.txt") -> Stream:
    return open_source(text.encode(), name).stream


def squeezed(text: str, name: str = "x.txt") -> tuple[Squeezed, Hits]:
    found = squeeze(stream(text, name))
    return found, find_labels(found)


def read(text: str, name: str = "x.txt") -> TablesRead:
    return read_tables(stream(text, name))


def values(tables: TablesRead, row: str, table: str = "t3") -> list[object]:
    """The values of a row in the order of the form; "?" for what is unread, "-" for what is absent."""
    form = load_form(tables.editions[f"table{table[1]}"])  # type: ignore[index]
    cells = [cell.id for cell in form.cells if cell.id.startswith(f"{table}.{row}.")]
    return [tables.read[c].value if c in tables.read else "?" if c in tables.unread else "-" for c in cells]


def rows_of_three(
    numbers: Mapping[str, Sequence[object]], edition: str = "2021"
) -> list[tuple[list[str], list[str]]]:
    """(labels, values) of every row of 三: the heads that begin there and its own; "" for what is blank."""
    found, before = [], ()
    for row in load_form(edition).tables["table3"].rows():
        heads = [group.label for group in row.under if group not in before]
        before = row.under
        figures = (NUMBERS | dict(numbers)).get(row.id, (0,) * 7)
        found.append(([*heads, row.label], ["" if n is None else str(n) for n in figures]))
    return found


def three(
    line: Line,
    numbers: Mapping[str, Sequence[object]] = {},
    edition: str = "2021",
    heads: Sequence[str] = HEADS,
) -> str:
    """A text with table 三, each of its rows written by ``line`` from its labels and values."""
    corner = load_form(edition).tables["table3"].grid.corner
    rows = [line(*row) for row in rows_of_three(numbers, edition)]
    return "\n".join(
        [
            "三、收到和处理政府信息公开申请情况",
            corner,
            *heads,
            *rows,
            "四、政府信息公开行政复议、行政诉讼情况",
        ]
    )


def on_one_line(labels: Sequence[str], numbers: Sequence[str]) -> str:
    return " ".join([*labels, *filter(None, numbers)])


def one_a_line(labels: Sequence[str], numbers: Sequence[str]) -> str:
    return "\n".join([*labels, *filter(None, numbers)])


def values_below(labels: Sequence[str], numbers: Sequence[str]) -> str:
    return "\n".join([*labels, " ".join(filter(None, numbers))])


def values_above(labels: Sequence[str], numbers: Sequence[str]) -> str:
    return "\n".join([" ".join(filter(None, numbers)), *labels])


def piped(labels: Sequence[str], numbers: Sequence[str]) -> str:
    return "| " + " | ".join([*labels, *numbers]) + " |"


def glued(labels: Sequence[str], numbers: Sequence[str]) -> str:
    return "".join([*labels, *numbers])
