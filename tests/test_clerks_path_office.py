"""A clerk's whole path in LibreOffice: an empty template is typed, pasted, explained, sent and accepted.

What to copy and where to paste it, and which row wants an explanation, is read from the sheets themselves.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gouji import api
from gouji.form import load_form
from gouji.report import Report
from gouji.workbook.layout import Layout, address, column_letter, layout_of
from gouji.workbook.pasting.sheet import ZONE_TOP
from support import DATA
from support.at_once import NEWEST
from support.command import runner
from support.filled import write_workbook
from support.office import Book, Office

#: Published numbers: small and in one column, large and in all columns.
REPORTS = {"2021": DATA / "published" / "pt-jtj-2024.json", "2019": DATA / "seeds" / "seed-4.json"}
TEXTS = {
    "一": "本年主动公开各类政府信息，完善公开制度。",
    "五": "公开内容不够及时，将完善制度并加强培训。",
    "六": "本年度未收取信息处理费。",
}
PASTE = re.compile(r"选中 ([A-Z]+\d+:[A-Z]+\d+)，复制，点 ([A-Z]+\d+)")


class Clerk:
    """A workbook in LibreOffice and who fills it with the numbers of a report."""

    def __init__(self, book: Book, report: Report, folder: Path) -> None:
        self.book, self.report, self.folder = book, report, folder
        self.layout: Layout = layout_of(report.form)
        self.copies = 0

    @property
    def verdict(self) -> str:
        return str(self.book.value(self.layout.check.name, "A1"))

    def cover_and_texts(self) -> None:
        cover = self.layout.cover
        typed = {"unit": self.report.unit, "year": str(self.report.year)}
        self.book.type(cover.name, {address(*cover.fields[f]): t for f, t in typed.items()})
        for section in self.report.form.sections:
            if not section.table:
                area = self.layout.texts[section.number]
                self.book.type(area.sheet, {address(area.top, area.left): TEXTS[section.number]})

    def tables(self) -> None:
        """What is not 0 and no total; then the declaration under each table."""
        totals = {c.id for c in self.report.form.cells if c.is_total}
        totals |= {c.id for row in self.report.form.tables["table3"].grid.rows if row.is_total
                   for c in self.report.form.tables["table3"].cells if c.row.id == row.id}  # fmt: skip
        for place in self.layout.tables.values():
            numbers = {c: self.report.number(c) for c in place.cells if c not in totals}
            typed = {address(*place.cells[c]): str(n) for c, n in numbers.items() if n}
            self.book.type(place.name, {at: self.money(place.name, at, n) for at, n in typed.items()})
            self.book.type(place.name, {address(*place.declaration): "是"})

    def money(self, sheet: str, at: str, number: str) -> str:
        cell = next(c for c in self.report.form.cells if self.layout.locate(c.id) == (sheet, at))
        return str(int(number) / 1_000_000) if cell.kind.money else number

    def paste_totals(self) -> int:
        """By what 三 says, as long as it says so; the totals of 四 by what stands above them."""
        place = self.layout.tables["table3"]
        area = f"A1:{address(place.bottom, place.said)}"
        while self.copies < 4:
            said = " ".join(text for row in self.book.texts(place.name, area) for text in row)
            found = PASTE.search(said)
            if not found:
                break
            self.copies += 1
            copy = self.book.save(self.folder / f"复制{self.copies}.xlsx")
            self.book.paste(place.name, found[2], copy, (place.name, found[1]), values=True)
        four = self.layout.tables["table4"]
        for cell in self.report.form.tables["table4"].cells:
            if cell.is_total and self.report.number(cell.id):
                self.book.type(four.name, {address(*four.cells[cell.id]): str(self.report.number(cell.id))})
        return self.copies

    def last_year(self, prior: Path) -> None:
        top = ZONE_TOP
        for place in self.layout.tables.values():
            area = f"A{place.title_row}:{address(place.bottom, place.columns)}"
            self.book.paste("上年", f"A{top}", prior, (place.name, area), values=True)
            top += place.bottom + 2

    def explain(self) -> int:
        """Beside each row that 待办清单 names as to be explained."""
        check = self.layout.check
        column = column_letter(check.columns["explanation"])
        rows = self.book.texts(check.name, f"A{check.todo_top}:{column}{check.todo_top + 9}")
        named = re.findall(r"需说明：写在第 (\d+) 项右边", " ".join(t for row in rows for t in row))
        for number in named:
            self.book.type(
                check.name, {f"{column}{check.live_top + int(number) - 1}": "上年漏计，本年核实补计"}
            )
        return len(named)


def last_years(report: Report) -> Report:
    """A report that this year's continues, but for some files or one application too many."""
    form = report.form
    prior = Report(form, unit=report.unit, year=report.year - 1, values=dict(report.values), texts=TEXTS)
    for cell in form.tables["table3"].cells:
        if cell.row.id == "carried_out":
            prior.values[cell.id] = report.number(f"t3.carried_in.{cell.column.id}")
    for row in ("new", "granted", "processed"):
        for column in ("natural", "total"):
            prior.values[f"t3.{row}.{column}"] = report.number(f"t3.{row}.{column}") + 1
    for cell_id in ("t2.licences.decisions", "t4.review.upheld", "t4.review.total"):
        prior.values[cell_id] = report.number(cell_id) + 1
    for kind in ("rules", "documents") if form.edition == "2019" else ():
        grown = report.number(f"t2.{kind}.public") - report.number(f"t2.{kind}.newly_public")
        prior.values[f"t2.{kind}.public"] = grown
    changed = {"2021": ("t2.documents.in_force", 7), "2019": ("t3.carried_out.natural", 1)}[form.edition]
    prior.values[changed[0]] = prior.number(changed[0]) + changed[1]
    return prior


@pytest.mark.parametrize("edition", NEWEST)
def test_from_an_empty_template_to_an_accepted_report(
    edition: str, office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = api.read(REPORTS[edition])
    blank, prior = tmp_path / "空白.xlsx", tmp_path / "上年.xlsx"
    blank.write_bytes(write_workbook(Report(load_form(edition))))
    prior.write_bytes(write_workbook(last_years(report)))
    folder = tmp_path / "报送"
    folder.mkdir()
    (folder / "名单.csv").write_text(f"单位名称\n{report.unit}\n", encoding="utf-8")
    with office.open(blank) as book:
        clerk = Clerk(book, report, tmp_path)
        assert clerk.verdict.startswith("还不能报送")
        clerk.cover_and_texts()
        clerk.tables()
        assert "没有合计" in " ".join(map(str, book.values("三", "A1:C1")[0]))
        assert clerk.paste_totals() <= 2
        clerk.last_year(prior)
        assert clerk.verdict.startswith("还不能报送：说明") and clerk.explain() >= 1
        assert clerk.verdict == "可以报送"
        sent = book.save(folder / "报送.xlsx")
    run = runner(capsys)
    said = run("validate", sent)
    assert said.code == 0 and "错误 0 项，需说明 1 项（已说明 1 项，" in said.out, said.out
    read = api.read(sent)
    assert {c: read.number(c) for c in read.form.by_id} == {c: report.number(c) for c in read.form.by_id}
    sealed = tmp_path / "盖章.xlsx"
    assert run("seal", sent, "-o", sealed).code == 0
    gathered = run("consolidate", folder, "--name", "某市", "-o", tmp_path / "结果")
    assert gathered.code == 0 and "未计入 0 个" in gathered.out, gathered.out + gathered.err
