"""Filled forms for the fuzzer: all that a clerk types, without the formulas and looks that no reading uses.

A whole book has some 8,000 cells, half of them formulas; a slim one has some 700 and reads as the same, which
``tests/fuzz/test_slim.py`` proves. The reader, the oracles and the mutations are then ten times as fast.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

import gouji
from gouji.form import TABLE_KEYS, load_form
from gouji.report import Explanation, Report
from gouji.workbook.layout import address, layout_of
from gouji.workbook.wording import marks
from support import archive
from support.packages import Parts, pack, unpack

_CELL = re.compile(rb'<c r="([A-Z]+[0-9]+)"[^<>]*?(?:/>|>.*?</c>)', re.DOTALL)
_LOOKS = re.compile(rb"<(conditionalFormatting|dataValidations|hyperlinks|cols)[ >].*?</\1>", re.DOTALL)
_SHEET = re.compile(r'<sheet name="([^"]*)" sheetId="([0-9]+)"')
_INDEX = re.compile(rb'(<c [^<>]*?t="s"[^<>]*?><v>)([0-9]+)(</v>)')
_ITEM = re.compile(rb"<si>.*?</si>", re.DOTALL)


def filled(edition: str) -> Report:
    """A consistent report with texts, notes on three cells, a "/", money and explanations."""
    name, folder = {"2021": ("pt-jtj-2022", "published"), "2019": ("seed-0", "seeds")}[edition]
    report = archive.made(name, "甲市 交通局", folder)
    cells = [cell.id for cell in report.form.cells if cell.id.startswith("t2.")]
    report.marks |= {cells[1]: "注2", cells[2]: "注2"}
    report.notes["注2"] = "口径按省里统一要求\n调整，含已移交事项"
    report.values |= {cell.id: 123_456_789 for cell in report.form.cells if cell.kind.money}
    report.explanations = {
        "stock:t2.documents": Explanation("上年统计时漏计失效文件四件。", "", ("4",)),
    }
    return report


def mixed() -> Report:
    """The form of one edition with a table of the other."""
    report = filled("2021")
    form = load_form("2021", {TABLE_KEYS[0]: "2019"})
    return replace(
        report, form=form, values={c: v for c, v in report.values.items() if c in form.by_id}, marks={}
    )


def book(report: Report) -> bytes:
    """The report as a workbook, with last year's figures."""
    prior = replace(report, year=report.year - 1, marks={}, notes={}, explanations={})
    return gouji.write(report, prior=prior)


def slim(data: bytes, report: Report) -> bytes:
    """Without the cells that hold a formula or nothing, rules of format and validation, unused strings."""
    parts = unpack(data)
    layout = layout_of(report.form)
    typed = {
        table.name: {address(*at).encode() for at in table.cells.values()} for table in layout.tables.values()
    }
    bare = {layout.check.name: False, marks("sheets")["pasting"]: True, marks("sheets")["help"]: True}
    for name, number in _SHEET.findall(parts["xl/workbook.xml"].decode()):
        part = f"xl/worksheets/sheet{number}.xml"
        parts[part] = _LOOKS.sub(b"", _thinned(parts[part], typed.get(name, set()), bare.get(name, False)))
    return pack(_fewer_strings(parts))


def _thinned(xml: bytes, typed: set[bytes], bare: bool) -> bytes:
    def kept(match: re.Match[bytes]) -> bytes:
        holds = b"<v>" in match[0] and b"<f" not in match[0]
        return match[0] if not bare and (holds or match[1] in typed) else b""

    return re.sub(rb"<row [^<>]*?(?:/>|></row>)", b"", _CELL.sub(kept, xml))


def _fewer_strings(parts: Parts) -> Parts:
    """Only the shared strings that a cell still points to, in the order of their use."""
    items = _ITEM.findall(parts["xl/sharedStrings.xml"])
    numbers: dict[int, int] = {}

    def renumbered(match: re.Match[bytes]) -> bytes:
        return match[1] + b"%d" % numbers.setdefault(int(match[2]), len(numbers)) + match[3]

    for part in parts:
        if part.startswith("xl/worksheets/"):
            parts[part] = _INDEX.sub(renumbered, parts[part])
    xml = parts["xl/sharedStrings.xml"]
    head = xml[: xml.index(b"<si>")]
    parts["xl/sharedStrings.xml"] = head + b"".join(items[number] for number in numbers) + b"</sst>"
    return parts


@cache
def forms() -> dict[str, Report]:
    """What the fuzzer mutates, by name."""
    return {"2021": filled("2021"), "2019": filled("2019"), "mixed": mixed()}


@cache
def books() -> dict[str, bytes]:
    """The forms as whole workbooks."""
    return {name: book(report) for name, report in forms().items()}


@cache
def slim_books() -> dict[str, bytes]:
    """The forms as slim workbooks."""
    return {name: slim(data, forms()[name]) for name, data in books().items()}
