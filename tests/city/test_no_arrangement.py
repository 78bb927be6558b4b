"""No arrangement of files counts a unit twice without an error: results of every level, in every kind of
file, under other names, beside the units, their copies and what else the program makes."""

from __future__ import annotations

import random
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import gouji
from gouji.city.approving.telling import is_open
from gouji.city.consolidate import Consolidation, Submission, consolidate
from gouji.city.desk import Desk, Merger, OfficeWord, Preferred, Settings
from gouji.city.intake.alike import Seen, alike
from gouji.city.intake.composed import sums_of_others
from gouji.city.intake.folder import find_files, read_submissions
from gouji.city.intake.known import Known
from gouji.city.intake.reading import submission_of
from gouji.city.intake.roster import Roster, RosterUnit
from gouji.city.sheets.workbook import city_workbook, detail_workbook
from gouji.city.sum.last_year import LastYear
from gouji.form import load_form
from gouji.report import Report
from gouji.rules import Context, Finding, catalogue
from gouji.workbook.kind import bits, part_of
from gouji.workbook.shown.slip import slip_workbook
from support.filled import write_workbook
from support.movements import real_tables
from support.odd_folder import YEAR, laid, old_table, sent

#: Each unit has one decimal place of this cell: a 2 there is a unit counted twice.
CELL = "t2.penalties.decisions"
NAMES = ("甲局", "乙局", "丙局", "丁局", "某市")
FORM = load_form("2021")


def rich(name: str, place: int, report: Report | None = None) -> Report:
    """A report with numbers enough to be told from any other."""
    number = 10**place
    more = {"t2.licences.decisions": 7919 * (place + 3), "t2.fees.amount": 10_000 * (place * 97 + 331)}
    more |= {"t2.documents.made": place + 2, "t2.documents.in_force": 50 + place, CELL: number}
    return (report or sent(name, 40 + 13 * place)).with_values(more)


UNITS = [rich(name, place) for place, name in enumerate(NAMES)]
#: 丁局 on the form of 2019, so that only a part of it counts.
OLD = rich("丁局", 3, old_table("丁局", 2))


def roster(names: list[str]) -> Roster:
    return Roster(tuple(RosterUnit(name, "", "部门", None, i) for i, name in enumerate(names, 2)))


def summed(reports: list[Report], name: str) -> Consolidation:
    given = [Submission(f"{i}.json", r) for i, r in enumerate(reports)]
    return consolidate(given, roster(list(dict.fromkeys(r.unit for r in reports))), name=name, year=YEAR)


def kinds(stem: str, report: Report) -> dict[str, bytes]:
    """A result in every kind of file, also in those that do not say that it is one."""
    bare = replace(report, meta={})
    return {
        f"{stem}.json": gouji.write(report, to="json"),
        f"{stem}（旧）.json": gouji.write(bare, to="json"),
        f"{stem}.xlsx": write_workbook(report),
        f"{stem}.html": gouji.write(report, to="html"),
        f"{stem}.docx": gouji.write(report, to="docx"),
    }


@cache
def material() -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for place, report in enumerate(UNITS):
        found |= {f"{report.unit}.xlsx": write_workbook(report)}
        found |= {f"新{report.unit}.xlsx": write_workbook(replace(report, unit=f"新{report.unit}"))}
        found |= {f"{report.unit}副本.json": gouji.write(report, to="json")}
        if place == 3:
            found["丁局旧表.json"] = gouji.write(OLD, to="json")
    for subset in ((0, 1), (0, 1, 2, 3), (3, 4)):
        for name in ("某市", "甲区", "甲局"):
            made = summed([UNITS[i] for i in subset], name)
            found |= kinds(f"{name}{''.join(map(str, subset))}", made.report)
    some = summed([UNITS[0], UNITS[1]], "甲区")
    found["明细.xlsx"], found["甲区汇总.xlsx"] = detail_workbook(some), city_workbook(some)
    found["部分.xlsx"] = city_workbook(summed([OLD, UNITS[2]], "乙区"))
    found["甲区_退回单.xlsx"] = slip_workbook(some.report, None, [])
    for place, report in enumerate(UNITS[:2]):
        corrected = replace(report, unit=f"改{report.unit}").with_values({"t2.documents.made": place + 3})
        found[f"改{report.unit}.xlsx"] = write_workbook(corrected)
    found["嵌套.xlsx"] = city_workbook(summed([some.report, UNITS[2]], "某省"))
    return found


ON_ROSTER = [*NAMES, "新甲局", "新丙局", "改甲局", "改乙局", "甲区", "乙区", "某省"]


def overlaps(city: Consolidation) -> list[Finding]:
    return [f for f in city.findings if f.rule in ("unit-overlap", "unit-alike")]


@cache
def read(file: str) -> Submission:
    return submission_of(file, material()[file], Known(Context()))


#: Results that say nothing of being one are known only where all that they are the sum of is there.
SILENT = {"甲区01（旧）.json": 2, "某市0123（旧）.json": 4, "甲区0123.html": 4}


@cache
def telling() -> list[str]:
    return sorted(f for f in material() if "（旧）" not in f and not f.endswith(".html"))


@settings(max_examples=120, deadline=None)
@given(st.data())
def test_no_unit_counts_twice_without_an_error(data: st.DataObject) -> None:
    names = data.draw(st.lists(st.sampled_from(ON_ROSTER), min_size=4, unique=True))
    files = data.draw(st.lists(st.sampled_from(telling()), min_size=1, max_size=6))
    for silent in data.draw(st.lists(st.sampled_from(sorted(SILENT)), max_size=1)):
        whole = NAMES[: SILENT[silent]]
        names = [*names, *(n for n in (*whole, "甲区") if n not in names)]
        files = [f for f in files if read(f).unit not in whole] + [silent, *(f"{n}.xlsx" for n in whole)]
    said = [
        Preferred(n, f) for n in names[:2] for f in data.draw(st.lists(st.sampled_from(files), max_size=1))
    ]
    units = roster(names)
    given = [replace(read(file), file=f"{i}/{file}") for i, file in enumerate(files)]
    desk = Desk(Settings("某市", YEAR), units, preferred=tuple(said))
    city = consolidate(given, units, name="某市", year=YEAR, desk=desk)
    once = set(str(city.report.number(CELL))) <= {"0", "1"}
    # Missing units are errors too, and would hide what is asked here.
    assert once or any(f.level == "error" for f in overlaps(city)), (names, files)


# ---------------------------------------------------------------- the single ways


def of_files(folder: Path, files: dict[str, bytes], names: list[str]) -> Consolidation:
    units = roster(names)
    given = read_submissions(find_files(laid(folder, files)), Context(), units)
    return consolidate(given, units, name="某市", year=YEAR)


@pytest.mark.parametrize("file", ["甲区01（旧）.json", "甲区01.html"])
def test_a_result_that_says_nothing_is_known_by_its_numbers(tmp_path: Path, file: str) -> None:
    files = {name: material()[name] for name in ("甲局.xlsx", "乙局.xlsx", "丙局.xlsx", file)}
    city = of_files(tmp_path, files, ["甲局", "乙局", "丙局", "甲区"])
    (found,) = overlaps(city)
    assert "各格恰为 甲局、乙局 2 个单位之和" in found.message
    assert city.report.number(CELL) == 111


def test_a_published_text_of_the_city_is_never_its_own_office(tmp_path: Path) -> None:
    files = {name: material()[name] for name in ("甲局.xlsx", "乙局.xlsx", "丙局.xlsx", "某市01.html")}
    city = of_files(tmp_path, files, ["甲局", "乙局", "丙局", "某市"])
    assert [row.status for row in city.units] == ["taken", "taken", "taken", "missing"]
    assert "只是本级汇总的结果" in city.units[3].remarks[0]


def test_a_renamed_unit_is_known_by_its_numbers(tmp_path: Path) -> None:
    files = {name: material()[name] for name in ("甲区汇总.xlsx", "新甲局.xlsx")}
    city = of_files(tmp_path, files, ["甲区", "新甲局"])
    assert [row.status for row in city.units] == ["taken", "overlap"]


def test_a_renamed_unit_with_other_numbers_is_known_by_the_merger_that_the_office_declared() -> None:
    inside = summed(UNITS[:2], "甲区").report
    corrected = replace(UNITS[0], unit="新甲局").with_values({CELL: 2})
    units = roster(["甲区", "新甲局"])
    given = [Submission("a", inside), Submission("b", corrected)]
    desk = Desk(Settings("某市", YEAR), units, mergers=(Merger("甲局", "新甲局", "更名"),))
    city = consolidate(given, units, name="某市", year=YEAR, desk=desk)
    assert [row.status for row in city.units] == ["taken", "overlap"]


def with_rows(report: Report, name: str = "", **more: int) -> Report:
    """A rich report whose lines are many: what is corrected is one of them."""
    rows = {f"t2.{row}.{column}": number for (row, column), number in ROWS.items()}
    return replace(report, unit=name or report.unit).with_values({**rows, **more})


ROWS = {("documents", "made"): 12, ("documents", "in_force"): 640, ("licences", "decisions"): 52_417}
ROWS |= {("fees", "amount"): 7_310_000}
CORRECTED = with_rows(UNITS[0], "新局", **{CELL: 2})


def asked(city: Consolidation) -> list[Finding]:
    return [f for f in city.findings if f.rule == "unit-alike"]


def test_a_unit_that_was_renamed_and_corrected_is_asked_about() -> None:
    """Neither its name nor its numbers are in the result that holds it; most of its lines are."""
    inside = summed([with_rows(UNITS[0]), UNITS[1]], "甲区").report
    units = roster(["甲区", "新局"])
    given = [Submission("a", inside), Submission("b", CORRECTED)]

    def city(*words: OfficeWord, mergers: tuple[Merger, ...] = ()) -> Consolidation:
        desk = Desk(Settings("某市", YEAR), units, words=words, mergers=mergers)
        return consolidate(given, units, name="某市", year=YEAR, desk=desk)

    (found,) = asked(city())
    assert found.level == "error" and is_open(city())
    assert "甲区 的汇总结果（a）中的“甲局”相同" in found.message and "现单位 新局" in found.remedy
    assert found.id in found.remedy
    two = OfficeWord("新局", found.id, "两个单位，联合发文所以相同", "已核实", "王五")
    for word in (two, replace(two, unit="某市"), replace(two, unit="甲区")):
        assert not is_open(city(word)), word
    assert is_open(city(replace(two, state="已说明")))
    one = city(mergers=(Merger("甲局", "新局", "更名"),))
    assert [row.status for row in one.units] == ["taken", "overlap"] and not asked(one)


def test_the_same_in_two_results_and_of_two_files() -> None:
    first = summed([with_rows(UNITS[0]), UNITS[1]], "甲区").report
    second = summed([CORRECTED, UNITS[2]], "乙区").report
    (found,) = asked(summed([first, second], "某省"))
    assert "甲区 的汇总结果（0.json）中的“甲局”" in found.message and "中的“新局”" in found.message
    (found,) = asked(summed([with_rows(UNITS[0]), CORRECTED, UNITS[2]], "某市"))
    assert "甲局 的 0.json 有" in found.message and "新局 的 1.json 相同" in found.message


def test_a_merger_within_a_result_is_no_merger_of_last_year() -> None:
    inside = summed([with_rows(UNITS[0]), UNITS[1]], "甲区").report
    last = LastYear("上年.xlsx", inside, (replace(inside, year=YEAR - 1, meta={}),), left_out=())
    units = roster(["甲区", "新局"])
    desk = Desk(Settings("某市", YEAR), units, mergers=(Merger("甲局", "新局", "更名"),))
    given = [Submission("a", inside), Submission("b", CORRECTED)]
    city = consolidate(given, units, name="某市", year=YEAR, desk=desk, last_year=last)
    assert "merger-unfit" not in [f.rule for f in city.findings]


def test_what_releases_before_wrote_has_no_lines_and_is_not_asked_about() -> None:
    part = part_of("甲局", "", UNITS[0])
    assert part.weights() and sum(part.weights().values()) == part.weight
    assert replace(part, lines="").weights() == {}


def test_no_two_units_of_the_corpus_are_alike() -> None:
    """Of one year each against each, and each against itself in other years."""
    reports = real_tables()
    assert len(reports) == 40
    for edition in ("2019", "2021"):
        seen = [
            Seen(at, name, name, part_of(name, "", report))
            for at, (name, report) in enumerate(reports.items())
            if report.form.edition == edition
        ]
        assert list(alike(seen, catalogue())) == []


@pytest.mark.parametrize("changed", [1, 2, 3])
def test_units_of_the_corpus_are_known_with_some_cells_corrected(changed: int) -> None:
    """All whose numbers are many: below 60 bits a few cells may be half of what tells."""
    many = {n: r for n, r in real_tables().items() if bits(r.form, r.vector()) >= 60}
    assert len(many) == 5
    for name, report in many.items():
        cells = [c.id for c in report.form.cells if report.number(c.id) and not c.is_total]
        wrong = report.with_values({cell: report.number(cell) + 1 for cell in cells[:changed]})
        seen = [Seen(at, name, name, part_of(name, "", r)) for at, r in enumerate((report, wrong))]
        assert len(list(alike(seen, catalogue()))) == 1, name


@pytest.mark.parametrize("numbers", [3, 6])
def test_small_forms_are_never_asked_about(numbers: int) -> None:
    few = sent("甲局", numbers)
    other = replace(few, unit="乙局").with_values({"t2.documents.made": 1})
    assert asked(summed([few, other], "某市")) == []


def test_a_renamed_unit_in_two_results() -> None:
    one, other = summed(UNITS[:2], "甲区"), summed([replace(UNITS[0], unit="新甲局"), UNITS[2]], "乙区")
    city = summed([one.report, other.report], "某省")
    assert [row.status for row in city.units] == ["overlap", "overlap"]


def test_units_with_few_numbers_may_have_the_same() -> None:
    few = sent("甲局", 1)
    one, other = summed([few], "甲区"), summed([replace(few, unit="乙局")], "乙区")
    assert [row.status for row in summed([one.report, other.report], "某省").units] == ["taken", "taken"]
    assert [r.status for r in summed([one.report, replace(few, unit="丙局")], "某省").units] == ["taken"] * 2


def test_the_name_of_the_place_before_the_name(tmp_path: Path) -> None:
    city = summed([UNITS[0], replace(UNITS[0], unit="某市甲局")], "某市")
    assert [row.status for row in city.units] == ["taken", "overlap"]
    assert "只差地名" in overlaps(city)[0].message
    other = summed([UNITS[0], rich("某市甲局", 2)], "某市")
    assert [row.status for row in other.units] == ["taken", "taken"]


def test_one_file_with_many_numbers_under_two_names_is_an_error() -> None:
    city = summed([UNITS[0], replace(UNITS[0], unit="丙局")], "某市")
    (found,) = overlaps(city)
    assert found.level == "error" and "全部数字相同" in found.message


def test_a_part_of_an_older_release_has_no_weight_and_the_same_numbers() -> None:
    part = part_of("甲局", "", UNITS[0])
    older = replace(part, digest=part.numbers)
    assert (older.numbers, older.weight) == (part.numbers, 0)
    assert part.weight == bits(FORM, UNITS[0].vector()) > 24


# ---------------------------------------------------------------- sums of others


def drawn(count: int, seed: int) -> list[list[int]]:
    chance = random.Random(seed)
    return [[chance.choice((0, 0, 0, chance.randint(1, 400))) for _ in FORM.cells] for _ in range(count)]


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10**6), st.integers(2, 25), st.integers(0, 25))
def test_a_sum_among_others_is_found_and_nothing_else(seed: int, inside: int, beside: int) -> None:
    vectors = drawn(inside + beside, seed)
    assert list(sums_of_others(FORM, vectors)) == []
    whole = [sum(column) for column in zip(*vectors[:inside], strict=True)]
    assert list(sums_of_others(FORM, [*vectors, whole])) == [(len(vectors), tuple(range(inside)))]


@pytest.mark.parametrize("seed", range(3))
def test_small_numbers_that_happen_to_add_up_prove_nothing(seed: int) -> None:
    chance = random.Random(seed)
    vectors = []
    for _ in range(60):
        vector = [0] * len(FORM.cells)
        for at in chance.sample(range(len(vector)), 3):
            vector[at] = 1
        vectors.append(vector)
    whole = [sum(column) for column in zip(*vectors[:3], strict=True)]
    assert list(sums_of_others(FORM, [*vectors, whole])) == []
