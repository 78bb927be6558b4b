"""What a consolidation hands to the city office."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import openpyxl

from gouji.city.consolidate import Submission, consolidate
from gouji.city.drafting import report_word
from gouji.city.intake.roster import Roster, RosterUnit
from gouji.city.sheets.workbook import city_workbook
from gouji.form import load_form
from gouji.report import Report
from gouji.rules import Catalogue, catalogue
from gouji.workbook.layout import column_letter, layout_of


def test_the_citys_files_show_the_rules_that_it_was_judged_by(tmp_path: Path) -> None:
    """A rule that is switched off has no row in the city's 校验 and marks nothing in its Word report."""
    off = tmp_path / "off.toml"
    off.write_text('[stock-floor]\noff = true\n\n["text-injected"]\noff = true\n', "utf-8")
    form = load_form("2021")
    unit = Report(form, unit="甲局", year=2024, values={c.id: 0 for c in form.cells})
    own = {"一": "本年工作如常。澳门威尼斯人娱乐城官网注册送彩金，下载彩票投注平台。"}
    units = Roster((RosterUnit("甲局"),))

    def made(rules: Catalogue) -> tuple[set[str], bytes]:
        result = consolidate(
            [Submission("a.xlsx", unit)], units, name="某市", year=2024, texts=own, rules=rules
        )
        check = openpyxl.load_workbook(io.BytesIO(city_workbook(result)))["校验"]
        column = column_letter(layout_of(form).check.columns["id"])
        ids = {str(cell.value).partition(":")[0] for cell in check[column]}
        with zipfile.ZipFile(io.BytesIO(report_word(result))) as archive:
            return ids, archive.read("word/document.xml")

    ids, document = made(catalogue())
    assert "stock-floor" in ids and b"w:highlight" in document
    ids, quiet = made(catalogue().with_settings(off))
    assert "stock-floor" not in ids and quiet.count(b"w:highlight") < document.count(b"w:highlight")
