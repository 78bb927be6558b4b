"""The script that is usually written: rows by the common library, the exact label in the row, the values
after it, the edition by the year. What the importer is measured against."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator, Mapping

import docx
import pandas

from gouji.form import Cell, Form, Table, Value, edition_for_year, load_form
from gouji.published.reading import CellRead, TablesRead

warnings.filterwarnings("ignore", category=FutureWarning)


def read_naively(data: bytes, name: str, year: int) -> TablesRead:
    """Cells of the edition of ``year`` as such a script finds them."""
    form = load_form(edition_for_year(year))
    read: dict[str, CellRead] = {}
    for row in _rows(data, name):
        texts = ["".join(text.split()) for text in row]
        for table in form.tables.values():
            for cell, value in _values(table, texts):
                read[cell.id] = CellRead(value, "printed", "", "")
    return TablesRead(_editions(form), read, {})


def _editions(form: Form) -> Mapping:
    return {key: table.edition for key, table in form.tables.items()}


def _rows(data: bytes, name: str) -> Iterator[list[str]]:
    if name.endswith(".html"):
        try:
            frames = pandas.read_html(io.StringIO(_decoded(data)))
        except ValueError:  # no table
            return
        for frame in frames:
            for row in frame.astype(object).values.tolist():
                yield ["" if pandas.isna(x) else re.sub(r"\.0$", "", str(x)) for x in row]
    elif name.endswith(".docx"):
        for table in docx.Document(io.BytesIO(data)).tables:
            yield from ([cell.text for cell in row.cells] for row in table.rows)
    else:
        yield from (_split(line.strip()) for line in _decoded(data).splitlines())


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030", "replace")


def _split(line: str) -> list[str]:
    if line.count("|") > 1:
        return line.strip("|").split("|")
    return line.split("\t") if "\t" in line else line.split()


def _values(table: Table, texts: list[str]) -> Iterator[tuple[Cell, Value]]:
    for block in table.blocks:
        width = len(block.columns)
        if block.across:
            if len(texts) == len(block.cells) and all(text.isdigit() for text in texts):
                yield from zip(block.cells, map(int, texts), strict=True)
            continue
        for row in block.rows:
            label = "".join(row.label.split())
            if label not in texts:
                continue
            after = texts[len(texts) - texts[::-1].index(label) :]
            for column, text in zip(block.columns, after, strict=False):
                cell = block.cell(row.id, column.id)
                if re.fullmatch(r"-?\d+(\.\d+)?", text):
                    yield cell, cell.kind.parse(text).value if cell.kind.money else int(float(text))
                elif not text and len(after) >= width:
                    yield cell, None
