"""A small macro workbook: events, a button, a ribbon callback, a class, a cell function, a failing macro."""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path

import xlsxwriter

from gouji.workshop.macros import MacroKind, add_macros
from support import TESTS

SOURCES = TESTS / "workshop" / "vba" / "sample"
CODE_NAMES = ("ThisWorkbook", "shtRoster", "shtLog", "shtTexts")
PROBE = Path(__file__).with_name("TestProbe.bas")
ROSTER, LOG, TEXTS = "名册", "日志", "文字"


def sample_sources() -> list[Path]:
    """All modules, in an order that the result must not depend on."""
    return sorted(SOURCES.glob("*.bas"), reverse=True) + sorted(SOURCES.glob("*.cls"))


def sample_ribbon() -> bytes:
    """The ribbon with one button."""
    return (SOURCES / "ribbon.xml").read_bytes()


def sample_xlsx(*, macro: str = "SampleChecks.CheckRoster", codes: tuple[str, ...] = CODE_NAMES) -> bytes:
    """Roster with codes of four characters, a log, texts; `macro` is behind the button on the roster."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    book.set_properties({"created": datetime(2026, 1, 1)})
    book.set_vba_name(codes[0])
    sheets = [book.add_worksheet(name) for name in (ROSTER, LOG, TEXTS)]
    for sheet, code in zip(sheets, codes[1:], strict=True):
        sheet.set_vba_name(code)
    roster, log, texts = sheets
    roster.write_column("A1", ["编号", "0001", "12345", "0003"])
    for row in (2, 3, 4):
        roster.write_formula(f"B{row}", f"=CodeState(A{row})")
    roster.insert_button("D2", {"macro": macro, "caption": "校验按钮", "width": 90, "height": 30})
    log.write_column("A1", ["打开", "改动", "不合格", "总长"])
    texts.write_row("A1", ["OPENED", "已打开"])
    texts.write_row("A2", ["BAD_LENGTH", "长度错误"])
    texts.very_hidden()
    book.close()
    return out.getvalue()


def sample_workbook(kind: MacroKind = "xlsm") -> bytes:
    """The sample with its macros and its ribbon."""
    return add_macros(sample_xlsx(), sample_sources(), kind=kind, ribbon=sample_ribbon())
