"""Workbooks as clerks send them: the sample with what people and other programs put into a file."""

from __future__ import annotations

import io
import re
from functools import cache
from pathlib import Path

import openpyxl
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import PatternFill
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.formula import ArrayFormula

from gouji.workshop.sample import sample
from support.office import Office
from support.packages import pack, unpack

#: The clerk's own sheet, and comments of the clerk: at the wrong cell of the sample, and elsewhere.
BOX = "文本框：请领导审阅"
OWN, AT_WRONG, ELSEWHERE = "台账", "此数含去年结转三件", "已与信访局核对"


@cache
def by_openpyxl(content: bytes | None = None) -> bytes:
    """An own sheet with formulas, a choice and a colour, a hidden sheet, a name, two comments."""
    book = openpyxl.load_workbook(io.BytesIO(content or sample()))
    own = book.create_sheet(OWN, 3)
    for row in range(1, 6):
        own.cell(row, 1, row)
        own.cell(row, 2, f"=A{row}*2")
    own["C1"] = ArrayFormula("C1:C3", "=A1:A3*B1:B3")
    own["D1"], own["D2"], own["D3"] = "是", 0.1, "=1/0"
    choice = DataValidation(type="list", formula1='"是,否"')
    choice.add("D1")
    own.add_data_validation(choice)
    fill = PatternFill(bgColor="FFFF00", fill_type="solid")
    own.conditional_formatting.add("A1:A5", CellIsRule(operator="greaterThan", formula=["3"], fill=fill))
    own.protection.enable()
    book.create_sheet("备份").sheet_state = "hidden"
    book.defined_names["台账合计"] = DefinedName("台账合计", attr_text=f"{OWN}!$A$1:$A$5")
    book["三"]["D11"].comment = Comment(AT_WRONG, "填报人")
    book["三"]["E12"].comment = Comment(ELSEWHERE, "填报人")
    out = io.BytesIO()
    book.save(out)
    return _with_shared_formulas(out.getvalue())


def _with_shared_formulas(content: bytes) -> bytes:
    """Column B of the own sheet as Excel stores a column that was filled down, with the values it showed."""
    parts = unpack(content)
    (part,) = (n for n, c in parts.items() if b"<f>A1*2</f>" in c)
    sheet = parts[part]
    for row in range(1, 6):
        cell = re.search(rb'<c r="B%d"[^>]*>.*?</c>' % row, sheet)
        assert cell
        head = b't="shared" ref="B1:B5" si="0">A1*2</f>' if row == 1 else b't="shared" si="0"/>'
        sheet = sheet.replace(cell[0], b'<c r="B%d"><f %s<v>%d</v></c>' % (row, head, row * 2))
    parts[part] = sheet
    return pack(parts)


def by_office(office: Office, folder: Path, content: bytes | None = None) -> bytes:
    """Opened, recalculated, given a text box on 三 and saved by LibreOffice."""
    path = folder / "打开.xlsx"
    path.write_bytes(content or sample())
    with office.open(path) as book:
        book.recalculate()
        size = "uno.createUnoStruct('com.sun.star.awt.Size', 5000, 2000)"
        page = "doc.Sheets.getByName('三').DrawPage"
        steps = f"(page.add(shape), shape.setSize({size}), shape.setString('{BOX}'))"
        new = "doc.createInstance('com.sun.star.drawing.TextShape')"
        book.ask(f"(lambda shape, page: {steps} and None)({new}, {page})")
        return book.save(folder / "另存.xlsx").read_bytes()
