"""退回单 that come back, and what is wrong with a version that is not used."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from gouji.audit import audit
from gouji.city.asking.sources import from_folder
from gouji.city.consolidate import Consolidation
from gouji.city.desk import Desk, Preferred
from gouji.city.intake.folder import find_files
from gouji.city.intake.sent_back import slip_in
from gouji.city.memory.codec import decoded, encoded
from gouji.city.results import Making, Means
from gouji.form import load_form
from gouji.report import Report
from gouji.rules import catalogue
from gouji.workbook.layout import layout_of
from gouji.workbook.reading.reader import read_workbook
from gouji.workbook.shown.slip import slip_of
from support.asked import SETTINGS, city_of, right, roster, wrong
from support.at_once import at_once
from support.filled import write_workbook
from support.odd_folder import edited
from support.office import Office
from support.packages import pack, unpack
from support.years import errors_of

UNITS = roster({"甲局": "政府部门", "乙局": "政府部门"})
FIRST, SLIP = "乙局.xlsx", "退回单/乙局_2024_退回单.xlsx"


def said_by_office(*lines: Preferred) -> Desk:
    return Desk(SETTINGS, UNITS, preferred=lines)


def mended() -> Report:
    """乙局's report with its errors corrected."""
    return right("乙局", new=12)


def returned_by_a_run(folder: Path) -> bytes:
    """The 退回单 that a run makes of the errors of 乙局."""
    city = city_of(
        folder,
        {"甲局.xlsx": write_workbook(right("甲局")), FIRST: write_workbook(wrong("乙局"))},
        said_by_office(),
    )
    made = Making(city, Means(from_folder(find_files(folder))))
    return next(output.content for output in made if output.path.endswith("乙局_2024_退回单.xlsx"))


def corrected(slip: bytes) -> bytes:
    """The slip as a spreadsheet keeps it once the three cells are right: the stamp stays in it."""
    parts, right_ones = unpack(slip), unpack(write_workbook(mended()))
    stamp = {name: data for name, data in parts.items() if name.startswith("customXml/")}
    rels = "xl/_rels/workbook.xml.rels"
    line = (
        b'<Relationship Id="rIdStamp"' + parts[rels].split(b'<Relationship Id="rIdStamp"')[1].split(b"/>")[0]
    )
    right_ones[rels] = right_ones[rels].replace(b"</Relationships>", line + b"/></Relationships>")
    return pack({**right_ones, **stamp})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "报送"


@pytest.fixture
def slip(folder: Path) -> bytes:
    return returned_by_a_run(folder)


def again(folder: Path, sent: dict[str, bytes], *lines: Preferred) -> Consolidation:
    return city_of(folder, sent, said_by_office(*lines))


def rules_of(city: Consolidation) -> dict[str, str]:
    return {finding.rule: finding.message for finding in city.findings}


def open_of(city: Consolidation) -> set[str]:
    """The rules of what somebody has to act on."""
    return {one.finding.rule for one in city.settled if one.open}


def test_a_corrected_slip_replaces_the_file_that_it_was_laid_over(folder: Path, slip: bytes) -> None:
    city = again(folder, {SLIP: corrected(slip)})
    row = city.units[1]
    assert row.taken and row.taken.submission.file == SLIP
    assert city.report.number("t3.new.total") == 12, "once, and the right one"
    assert [f.status for f in row.files if f.submission.file == FIRST] == ["superseded"]
    assert "在 乙局.xlsx 上改的" in rules_of(city)["unit-superseded"]
    assert "unit-duplicate" not in rules_of(city)
    assert errors_of(city) == 0 and not city.approval.of_file[FIRST][0].open


def typed(slip: bytes, cells: dict[str, dict[str, object]]) -> bytes:
    """Typed into and saved by a program that keeps no part of ours: openpyxl, as LibreOffice."""
    book = openpyxl.load_workbook(io.BytesIO(slip))
    for sheet, values in cells.items():
        for at, value in values.items():
            book[sheet][at] = value
    out = io.BytesIO()
    book.save(out)
    assert not any(name.startswith("customXml/") for name in unpack(out.getvalue()))
    return out.getvalue()


def corrections() -> dict[str, dict[str, object]]:
    """The cells that are wrong in 乙局's file, as they should be."""
    found: dict[str, dict[str, object]] = {}
    report = mended()
    for cell in ("t3.new.total", "t4.review.total", "t2.documents.made"):
        sheet, at = layout_of(report.form).locate(cell)
        found.setdefault(sheet, {})[at] = report.number(cell)
    return found


def test_a_program_that_drops_the_stamp_leaves_the_proof(folder: Path, slip: bytes) -> None:
    city = again(folder, {SLIP: typed(slip, corrections())})
    row = city.units[1]
    assert row.taken and row.taken.submission.file == SLIP and errors_of(city) == 0
    assert [f.status for f in row.files if f.submission.file == FIRST] == ["superseded"]
    assert "在 乙局.xlsx 上改的" in rules_of(city)["unit-superseded"]


def test_the_proof_without_a_stamp_is_no_weaker(folder: Path, slip: bytes) -> None:
    """Another first file, one more file, a hidden cell that was changed: the office says which."""
    other, kept = wrong("乙局"), typed(slip, corrections())
    other.set("t2.licences.decisions", 9)
    assert again(folder, {FIRST: write_workbook(other), SLIP: kept}).units[1].status == "duplicate"
    first = write_workbook(wrong("乙局"))
    more = {FIRST: first, SLIP: kept, "乙局（新）.xlsx": write_workbook(right("乙局", new=3))}
    assert again(folder, more).units[1].status == "duplicate"
    (folder / "乙局（新）.xlsx").unlink()
    assert again(folder, {FIRST: first, SLIP: kept}).units[1].status == "taken", "it is the cell that proves"
    unproved = typed(kept, {"退回单": {"G1": None}})
    assert read_workbook(unproved).over == ()
    assert again(folder, {SLIP: unproved}).units[1].status == "duplicate"


@pytest.mark.parametrize("said", at_once(['{"over": ["00"]}', '{"over": 1}', "[]", "x"], ["[]"]))
def test_a_cell_that_says_something_else_proves_nothing(folder: Path, slip: bytes, said: str) -> None:
    changed = typed(slip, corrections() | {"退回单": {"G1": said}})
    assert read_workbook(changed).over == ()
    assert again(folder, {SLIP: changed}).units[1].status == "duplicate"


@pytest.mark.office
def test_a_slip_corrected_in_libreoffice_replaces_its_first_file(
    folder: Path, slip: bytes, office: Office, tmp_path: Path
) -> None:
    source, target = tmp_path / "退回单.xlsx", tmp_path / "另存.xlsx"
    source.write_bytes(typed(slip, corrections()))
    with office.open(source) as book:
        book.recalculate()
        book.save(target)
    city = again(folder, {SLIP: target.read_bytes()})
    assert slip_in(target.read_bytes()) == ((), False), "LibreOffice keeps no stamp"
    assert city.units[1].taken and city.units[1].taken.submission.file == SLIP and errors_of(city) == 0


def test_an_answer_on_the_slip_is_something_that_a_person_wrote(folder: Path, slip: bytes) -> None:
    book = openpyxl.load_workbook(io.BytesIO(slip))
    top = next(row[0].row for row in book["退回单"].iter_rows() if row[0].value == "1")
    city = again(folder, {SLIP: typed(slip, {"退回单": {f"E{top}": "此数含上年结转"}})})
    row = city.units[1]
    statuses = {f.submission.file: f.status for f in row.files}
    assert statuses == {FIRST: "superseded", SLIP: "errors"} and row.status == "errors"
    assert not any("没有改动" in remark for remark in row.remarks)
    of_it = [one.finding for one in city.approval.of_file[SLIP]]
    assert any("此数含上年结转" in f.message for f in of_it if f.rule == "remark-beside")


def test_the_first_file_changed_since_is_asked_for(folder: Path, slip: bytes) -> None:
    other = wrong("乙局")
    other.set("t2.licences.decisions", 9)
    city = again(folder, {FIRST: write_workbook(other), SLIP: corrected(slip)})
    assert city.units[1].status == "duplicate" and city.report.number("t3.new.total") == 0


def test_one_more_file_is_asked_for(folder: Path, slip: bytes) -> None:
    city = again(folder, {SLIP: corrected(slip), "乙局（新）.xlsx": write_workbook(right("乙局", new=3))})
    assert city.units[1].status == "duplicate"


def test_the_word_of_the_office_is_above_the_slip(folder: Path, slip: bytes) -> None:
    city = again(folder, {SLIP: corrected(slip)}, Preferred("乙局", FIRST, "", 2))
    assert [f.status for f in city.units[1].files if f.submission.file == SLIP] == ["superseded"]
    assert city.units[1].status == "errors"
    told = [remark for remark in city.units[1].remarks if "没有采用；要用它" in remark]
    assert len(told) == 1 and told[0].startswith(SLIP)
    chosen = again(folder, {SLIP: corrected(slip)}, Preferred("乙局", SLIP, "", 2))
    assert chosen.units[1].status == "taken"
    assert not any("要用它" in remark for remark in chosen.units[1].remarks)


def test_a_slip_that_nobody_touched_is_no_version(folder: Path, slip: bytes) -> None:
    """Also where the unit has mended the first file meanwhile."""
    for first, status in ((wrong("乙局"), "errors"), (mended(), "taken")):
        city = again(folder, {FIRST: write_workbook(first), SLIP: slip})
        row = city.units[1]
        assert row.status == status and "unit-repeated" not in rules_of(city)
        assert [f.status for f in row.files if f.submission.file == SLIP] == ["own_output"]
        assert sum("没有改动的退回单" in remark for remark in row.remarks) == 1


def test_a_slip_without_a_stamp_is_no_version_either(folder: Path) -> None:
    """validate --report makes one of a file without a run."""
    sent = write_workbook(wrong("乙局"))
    made = slip_of(read_workbook(sent), audit(wrong("乙局")), catalogue(), sent=sent)
    names = {"甲局.xlsx": write_workbook(right("甲局")), FIRST: sent, "退回单/乙局_退回单.xlsx": made}
    city = again(folder, names)
    statuses = {f.submission.file: f.status for f in city.units[1].files}
    assert statuses == {FIRST: "errors", "退回单/乙局_退回单.xlsx": "own_output"}
    assert "unit-repeated" not in rules_of(city) and errors_of(city) == 3


def test_a_copy_says_no_error_again(folder: Path) -> None:
    sent = write_workbook(wrong("乙局"))
    city = again(folder, {"甲局.xlsx": write_workbook(right("甲局")), FIRST: sent, "乙局 (1).xlsx": sent})
    assert "unit-repeated" in rules_of(city) and errors_of(city) == 3


def test_a_slip_alone_is_what_the_unit_sent(folder: Path, slip: bytes) -> None:
    (folder / FIRST).unlink()
    city = again(folder, {SLIP: slip})
    assert city.units[1].status == "errors"


def test_what_is_wrong_with_a_version_set_aside_is_nobodys_to_mend(folder: Path, slip: bytes) -> None:
    """A form typed anew is no proof: the office says which."""
    plain = write_workbook(mended())
    assert again(folder, {SLIP: plain}).units[1].status == "duplicate"
    city = again(folder, {SLIP: plain}, Preferred("乙局", SLIP, "已按退回单改正", 2))
    assert errors_of(city) == 0 and city.units[1].status == "taken"
    of_first = city.approval.of_file[FIRST]
    assert of_first and not any(one.open for one in of_first)
    assert all("没有采用的一份" in one.finding.message for one in of_first)


def on_the_old_form() -> bytes:
    """乙局's report in the form of the edition before, whose lines can not be converted."""
    return write_workbook(replace(mended(), form=load_form("2019"), values={"t3.new.natural": 1}))


def test_a_form_of_the_old_edition_is_settled_once_the_unit_sent_the_new_one(folder: Path) -> None:
    sent = {"甲局.xlsx": write_workbook(right("甲局")), "老表.xlsx": on_the_old_form()}
    alone = again(folder, sent)
    assert alone.units[1].status == "wrong_edition" and "unit-edition" in open_of(alone)
    city = again(folder, {**sent, FIRST: write_workbook(mended())})
    assert city.units[1].status == "taken" and open_of(city) == set()
    (said,) = (f for f in city.findings if f.rule == "unit-edition")
    assert (said.level, "不需处理" in said.remedy) == ("hint", True)
    of_old = city.approval.of_file["老表.xlsx"]
    assert of_old and all("没有采用的一份" in one.finding.message for one in of_old)


def test_a_form_of_the_old_edition_has_nothing_to_explain(folder: Path) -> None:
    """Values outside of its lines, zeros among them, are told: the unit fills in another form."""
    strays = edited(on_the_old_form(), 三__D60=0, 三__E60=18)
    city = again(folder, {"甲局.xlsx": write_workbook(right("甲局")), "老表.xlsx": strays})
    found = [one for one in city.approval.of_file["老表.xlsx"] if one.finding.rule == "content-unplaced"]
    assert len(found) == 2 and not any(one.open for one in found)
    assert all("重新填报" in one.finding.remedy for one in found)
    assert "unit-edition" in open_of(city), "and that is still asked for"


def test_a_missing_seal_is_said_of_what_counts(folder: Path) -> None:
    """A unit with several files is named once; of what was set aside, or came twice, nobody asks a seal."""
    first, new = write_workbook(wrong("乙局")), write_workbook(mended())
    sent = {"甲局.xlsx": write_workbook(right("甲局")), FIRST: first, "乙（新）.xlsx": new}

    def said(*lines: Preferred, **more: bytes) -> str:
        return rules_of(again(folder, {**sent, **more}, *lines))["seal-missing"]

    assert said().startswith("3 份文件") and said().endswith("：甲局、乙局（2 份）。")
    chosen = said(Preferred("乙局", "乙（新）.xlsx", "", 2), **{"乙（新）副本.xlsx": new})
    assert chosen.startswith("2 份文件") and chosen.endswith("：甲局、乙局。")


def test_the_office_chooses_the_new_form_that_has_errors_itself(folder: Path) -> None:
    sent = {
        "甲局.xlsx": write_workbook(right("甲局")),
        "老表.xlsx": on_the_old_form(),
        FIRST: write_workbook(wrong("乙局")),
    }
    assert "unit-edition" in open_of(again(folder, sent))
    city = again(folder, {}, Preferred("乙局", FIRST, "已改用新表", 2))
    assert city.units[1].status == "errors" and "unit-edition" not in rules_of(city)
    (old,) = (f for f in city.units[1].files if f.submission.file == "老表.xlsx")
    assert old.status == "superseded" and any("2019 版" in remark for remark in old.remarks)
    assert any("已改用新表" in remark for remark in old.remarks)
    assert "unit-preferred" not in rules_of(city) and "unit-superseded" in rules_of(city)


def test_an_empty_form_beside_the_filled_one_is_nobodys_to_mend(folder: Path) -> None:
    empty = write_workbook(replace(mended(), values={}, texts=None))
    sent = {"甲局.xlsx": right("甲局"), FIRST: mended()}
    contents = {name: write_workbook(report) for name, report in sent.items()}
    city = again(folder, {**contents, "乙局（空）.xlsx": empty})
    assert city.units[1].status == "taken" and errors_of(city) == 0


def test_what_a_slip_says_of_itself(slip: bytes, folder: Path) -> None:
    kept = slip_in(corrected(slip))
    assert slip_in(slip).untouched and not kept.untouched and kept.over == slip_in(slip).over != ()
    assert slip_in(write_workbook(mended())) == ((), False) == slip_in(b"no workbook")
    city = again(folder, {SLIP: corrected(slip)})
    stored = next(f.submission for f in city.units[1].files if f.submission.file == SLIP)
    content = encoded(replace(stored, findings=()))
    assert content and decoded(content).over == stored.over
