"""Every kind of edit between runs, in any order: explanations and texts typed into results (two at once),
own columns, words that are verified, 以…为准, numbers that change and change back."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from gouji.city.season.reading import read_desk
from gouji.city.season.running import Outcome
from gouji.form import load_form
from gouji.report import Report
from gouji.workbook.keyed import number_of
from gouji.workbook.layout import layout_of
from gouji.workbook.reading.reader import read_workbook
from support import season
from support.filled import write_workbook

pytestmark = [pytest.mark.slow, pytest.mark.long]

FORM = load_form("2021")
FINDING = "stock-floor:t2.documents"
TOP = {"一": "A13", "五": "A4", "六": "A4"}


def sent(made: int, in_force: int, unit: str = "甲局") -> bytes:
    values = dict.fromkeys((cell.id for cell in FORM.cells), 0)
    values |= {"t2.documents.made": made, "t2.documents.in_force": in_force}
    return write_workbook(Report(FORM, unit, 2024, values=values))


class Office:
    """What an office does between runs, and what must then be in the next result."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder, self.rng, self.runs = folder, random.Random(seed), list[Outcome]()
        self.texts: dict[str, str] = {}
        self.leaders: dict[str, str] = {}
        self.typed: dict[Path, bytes] = {}
        self.explained = self.word = ""
        self.explained_for: tuple[int, int] | None = None
        self.verified_for = 0
        self.made, self.counted = 4, 3
        self.put("甲局.xlsx", sent(self.made, 1))
        self.put("乙镇.xlsx", sent(3, 3, "乙镇"))
        self.put("乙镇_改.xlsx", sent(5, 5, "乙镇"))
        self.prefer("乙镇.xlsx")

    @property
    def desk(self) -> Path:
        return self.folder / "汇总台.xlsx"

    def put(self, name: str, content: bytes) -> None:
        (self.folder / "报送" / name).write_bytes(content)

    def prefer(self, file: str) -> None:
        season.typed(self.desk, "以…为准", {"A5": "乙镇", "B5": file})

    def into(self, run: Outcome, sheet: str, cell: str, text: str) -> None:
        season.typed(season.workbook(run), sheet, {cell: text})
        self.typed[season.workbook(run)] = season.workbook(run).read_bytes()

    # ------------------------------------------------------------ the edits

    def two_texts_at_once(self) -> None:
        """Into two results; of one section in both that of the later run holds."""
        said = f"第{len(self.runs)}次之后"
        for run in self.runs[-2:]:
            self.into(run, "五", TOP["五"], f"{said}写进第{run.city.run.number}次的五")
        self.into(self.runs[0], "六", TOP["六"], f"{said}写进第一次的六")
        self.texts["五"] = f"{said}写进第{self.runs[-1].city.run.number}次的五"
        self.texts["六"] = f"{said}写进第一次的六"

    def explanation(self) -> None:
        number, check = number_of(FORM, FINDING), layout_of(FORM).check
        assert number
        self.explained = f"第{len(self.runs)}次之后写的说明，存量按清理结果"
        cell = openpyxl.utils.get_column_letter(check.columns["explanation"])
        self.into(self.runs[-1], "校验", f"{cell}{check.live_top + number - 1}", self.explained)
        self.explained_for = None

    def own_column(self) -> None:
        row = self.rng.randrange(3)
        unit, name = season.UNITS[row], f"第{len(self.runs)}次之后的分管领导"
        season.typed(self.desk, "名单", {"H4": "分管领导", f"H{5 + row}": name})
        self.leaders[unit] = name

    def verified(self) -> None:
        self.word = f"第{len(self.runs)}次之后核实，存量按清理结果"
        cells = {"A5": "甲局", "B5": FINDING, "D5": self.word, "E5": "已核实", "F5": "王五"}
        season.typed(self.desk, "说明与核实", cells)
        self.verified_for = 0

    def numbers(self) -> None:
        """Another number, or one that there was before."""
        self.made = self.rng.choice([4, 6])
        self.put("甲局.xlsx", sent(self.made, 1))

    def another_file(self) -> None:
        self.counted = self.rng.choice([3, 5])
        self.prefer("乙镇.xlsx" if self.counted == 3 else "乙镇_改.xlsx")

    # ------------------------------------------------------------ a run, and what must hold

    def run(self) -> None:
        outcome = season.run(self.folder)
        self.runs.append(outcome)
        report = read_workbook(season.workbook(outcome)).report
        assert (report.texts or {}) == self.texts
        assert report.number("t2.documents.made") == self.made + self.counted + 1
        assert all(path.read_bytes() == content for path, content in self.typed.items())
        units = read_desk(self.desk).roster.units
        assert {u.name: dict(u.own)["分管领导"] for u in units if dict(u.own)} == self.leaders
        self.explanation_holds(report, outcome)
        self.word_holds(outcome)

    def explanation_holds(self, report: Report, outcome: Outcome) -> None:
        if not self.explained:
            return
        # An explanation is for the difference that was there when it was first seen.
        now = report.number("t2.documents.made"), report.number("t2.documents.in_force")
        self.explained_for = self.explained_for or now
        given = report.explanations[FINDING]
        assert given.text == self.explained
        assert (given.state == "已说明") is (self.explained_for == now), (given, now)
        (found,) = (s for s in outcome.city.settled if s.city and s.finding.id == FINDING)
        assert found.settled is (self.explained_for == now)

    def word_holds(self, outcome: Outcome) -> None:
        if not self.word:
            return
        self.verified_for = self.verified_for or self.made
        (found,) = (s for s in outcome.city.settled if s.of == "甲局" and s.finding.id == FINDING)
        assert self.word in found.text
        assert (found.key == "verified") is (self.verified_for == self.made)


@pytest.mark.parametrize("seed", [1, 2])
def test_no_edit_of_any_kind_is_lost(tmp_path: Path, seed: int) -> None:
    office = Office(season.season(tmp_path / "某市2024"), seed)
    edits: list[Callable[[], None]] = [
        office.two_texts_at_once,
        office.explanation,
        office.own_column,
        office.verified,
        office.numbers,
        office.another_file,
    ]
    office.run()
    order = [*edits, *office.rng.choices(edits, k=4), office.numbers, office.numbers]
    office.rng.shuffle(order)
    for edit in order:
        edit()
        office.run()
    assert len(office.runs) == 13 and len(office.texts) == 2
