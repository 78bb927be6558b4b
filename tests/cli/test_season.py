"""``gouji season`` and ``gouji consolidate`` as an office types them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import docx
import openpyxl
import pytest

from gouji.city.season.folder import locks_of
from gouji.city.season.reading import read_desk
from gouji.workbook.reading.reader import read_workbook
from support import season
from support.command import Run, refused

pytestmark = pytest.mark.slow


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    rows = "".join(f"{name},{i:03d},部门\n" for i, name in enumerate(season.UNITS, 1))
    Path("名单.csv").write_text(f"单位名称,代码,类别\n{rows}", "utf-8")
    return tmp_path


def send(folder: Path) -> None:
    for number, unit in enumerate(season.UNITS[:2], 1):
        (folder / f"{unit}.xlsx").write_bytes(season.counted(unit, number))


def listed(folder: Path) -> set[str]:
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}


class TestLayingOut:
    def test_from_a_roster_to_results(self, here: Path, run: Run) -> None:
        ran = run("season", "某市", "--year", 2024, "--roster", "名单.csv")
        assert ran.code == 0 and "gouji consolidate 某市2024" in ran.out
        place = here / "某市2024"
        assert listed(place) == {"汇总台.xlsx", *(f"模板/{u}_2024年度报告.xlsx" for u in season.UNITS)}
        assert (place / "报送").is_dir() and (place / "结果").is_dir()
        desk = read_desk(place / "汇总台.xlsx")
        assert (desk.settings.name, desk.settings.year) == ("某市", 2024)
        assert [unit.code for unit in desk.roster.units] == ["001", "002", "003"]
        send(place / "报送")
        ran = run("consolidate", place)
        assert ran.code == 1 and "汇总 2 个单位（应报 3 个）" in ran.out and "第 1 次汇总的结果" in ran.out
        ran = run("consolidate", place)
        assert "第 2 次汇总的结果" in ran.out

    def test_nothing_there_is_ever_overwritten(self, here: Path, run: Run) -> None:
        run("season", "某市", "--year", 2024, "--roster", "名单.csv")
        place = here / "某市2024"
        season.typed(place / "汇总台.xlsx", "名单", {"H4": "备注", "H5": "本级"})
        for path in (place / "模板").iterdir():
            path.write_bytes(b"what a person made of it")
        (place / "模板" / "乙镇_2024年度报告.xlsx").unlink()
        before = {p: p.read_bytes() for p in place.rglob("*.xlsx")}
        with Path("名单.csv").open("a", encoding="utf-8") as file:
            file.write("丙局,009,部门\n")
        ran = run("season", "某市", "--year", 2024, "--roster", "名单.csv")
        assert ran.code == 0 and "多 1 个单位：丙局" in ran.out and "新生成 2 个" in ran.out
        assert {p: p.read_bytes() for p in before} == before
        assert (place / "模板" / "丙局_2024年度报告.xlsx").is_file()
        ran = run("season", place, "--roster", "名单.csv", "--renew")
        assert ran.code == 0 and (place / "汇总台_2.xlsx").is_file() and "新增 1 个单位" in ran.out
        assert {p: p.read_bytes() for p in before} == before
        send(place / "报送")
        assert "应报 4 个" in run("consolidate", place).out

    def test_last_year_fills_the_templates_and_the_settings(self, here: Path, run: Run) -> None:
        last = here / "上年"
        last.mkdir()
        (last / "甲局.xlsx").write_bytes(_of_year("甲局", 5, 2023))
        given = ("--roster", "名单.csv", "--name", "某市", "--year", 2023, "-o", "上年结果")
        assert run("consolidate", last, *given).code == 1
        prior = here / "上年结果" / "某市_2023_汇总.xlsx"
        ran = run("season", "某市", "--year", 2024, "--roster", "名单.csv", "--prior", prior, "-o", "季")
        assert ran.code == 0
        assert read_desk(here / "季" / "汇总台.xlsx").settings.prior == "../上年结果/某市_2023_汇总.xlsx"
        known = read_workbook(here / "季" / "模板" / "甲局_2024年度报告.xlsx").prior
        assert known and known.number("t2.documents.in_force") == 5
        assert not read_workbook(here / "季" / "模板" / "乙镇_2024年度报告.xlsx").prior
        send(here / "季" / "报送")
        assert run("consolidate", "季").code == 1
        refused(run("season", "乙市", "--year", 2023, "--roster", "名单.csv", "--prior", prior), "2023")
        assert not (here / "乙市2023").exists()

    @pytest.mark.parametrize("prior", ["上季", "上季/结果/第001次 2025-01-20/某市_2024_汇总.xlsx"])
    def test_who_makes_the_report_is_carried_from_last_season(self, prior: str, here: Path, run: Run) -> None:
        said = {"office": "某市办公室", "contact": "0571-8800", "site": "www.example.cn"}
        season.run(season.season(here / "上季", season.desk(**said)))
        given = ("--year", 2025, "--roster", "名单.csv", "--prior", prior)
        for name, carried in (("某市", said), ("别市", dict.fromkeys(said, ""))):
            assert run("season", name, *given).code == 0
            settings = read_desk(here / f"{name}2025" / "汇总台.xlsx").settings
            assert {key: getattr(settings, key) for key in said} == carried
        (here / "上季" / "汇总台.xlsx").write_bytes(b"broken")
        ran = run("season", "某市", *given, "-o", "又一季")
        assert ran.code == 0 and "编制单位、联系方式、公开网址没有从上年的汇总台带过来" in ran.err

    def test_a_template_knows_what_became_of_units(self, here: Path, run: Run) -> None:
        """As the city's check takes it: under its former name, with those that were taken over."""
        last = here / "上年"
        last.mkdir()
        for unit, number in (("甲局", 5), ("丙局", 2), ("丁镇", 3)):
            (last / f"{unit}.xlsx").write_bytes(_of_year(unit, number, 2023))
        ran = run("season", "某市", "--year", 2024, "--roster", "名单.csv", "--prior", last, "-o", "季")
        assert "没有填上年数，上年文件里对不上：某市政府办、乙镇。" in ran.out + ran.err
        lines = {"A5": "丙局", "B5": "甲局", "C5": "并入", "A6": "丁镇", "B6": "乙镇", "C6": "更名"}
        season.typed(here / "季" / "汇总台.xlsx", "撤并", lines)
        for path in (here / "季" / "模板").iterdir():
            path.unlink()
        ran = run("season", "季")
        assert "对不上：某市政府办。" in ran.out + ran.err
        for unit, number in (("甲局", 5 + 2), ("乙镇", 3)):
            known = read_workbook(here / "季" / "模板" / f"{unit}_2024年度报告.xlsx").prior
            assert known and known.number("t2.documents.in_force") == number

    def test_what_is_missing_or_contradicts_is_said(self, here: Path, run: Run) -> None:
        refused(run("season", "某市"), "--year")
        refused(run("season", "某市", "--year", 2024), "--roster")
        refused(run("season", "某市", "--renew"), "没有汇总台")
        run("season", "某市", "--year", 2024, "--roster", "名单.csv")
        refused(run("season", "某市", "--year", 2023, "-o", "某市2024"), "另取一个文件夹")
        refused(run("season", "某市2024", "--edition", "2021"), "汇总台")
        refused(run("consolidate", "某市2024", "--year", 2024), "汇总台")
        (here / "文件").write_text("x")
        refused(run("season", "某市", "--year", 2024, "--roster", "名单.csv", "-o", "文件"), "文件")

    def test_rules_that_ship_go_by_their_name(self, here: Path, run: Run) -> None:
        given = ("--year", 2024, "--roster", "名单.csv", "--rules", "overview-2025")
        assert run("season", "某市", *given).code == 0
        assert read_desk(here / "某市2024" / "汇总台.xlsx").settings.rules == "overview-2025"
        send(here / "某市2024" / "报送")
        assert "第 1 次汇总的结果" in run("consolidate", "某市2024").out
        assert run("season", "某市2024").code == 0

    def test_a_desk_with_a_slip_stops_the_run(self, here: Path, run: Run) -> None:
        run("season", "某市", "--year", 2024, "--roster", "名单.csv")
        season.typed(here / "某市2024" / "汇总台.xlsx", "设置", {"B12": "一月底"})
        refused(run("consolidate", "某市2024"), "“设置”表 B12 的“一月底”不是日期")
        assert list((here / "某市2024" / "结果").iterdir()) == []


def _of_year(unit: str, number: int, year: int) -> bytes:
    from dataclasses import replace

    from support.filled import write_workbook

    (Path(unit + ".tmp")).write_bytes(season.counted(unit, number))
    report = read_workbook(Path(unit + ".tmp")).report
    Path(unit + ".tmp").unlink()
    return write_workbook(replace(report, year=year))


def test_a_reader_that_goes_away_stops_nothing(here: Path, run: Run) -> None:
    """``| head``: the results are written before anything is printed."""
    run("season", "某市", "--year", 2024, "--roster", "名单.csv")
    send(here / "某市2024" / "报送")
    for command in (
        ["consolidate", "某市2024"],
        ["consolidate", "某市2024/报送", "--name", "某市", "-o", "出", "--roster", "名单.csv"],
    ):
        read, write = os.pipe()
        os.close(read)
        process = subprocess.run(
            [sys.executable, "-m", "gouji", *command],
            stdout=write,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            check=False,
        )
        os.close(write)
        assert process.returncode == 1 and "Traceback" not in process.stderr
    assert len(list((here / "某市2024" / "结果").glob("第001次*/*年度报告.docx"))) == 1
    assert len(list((here / "出").glob("*年度报告.docx"))) == 1


class TestWithoutASeason:
    """The older form of the command: a folder, a roster, an output folder."""

    @pytest.fixture
    def sent(self, here: Path) -> Path:
        (here / "报送").mkdir()
        send(here / "报送")
        return here

    def consolidate(self, run: Run, *more: object) -> tuple[int, str, str]:
        given = ("--roster", "名单.csv", "--name", "某市", "--year", 2024, "-o", "出")
        ran = run("consolidate", "报送", *given, *more)
        return ran.code, ran.out, ran.err

    def test_what_nobody_touched_is_replaced(self, sent: Path, run: Run) -> None:
        self.consolidate(run)
        first = listed(sent / "出")
        (sent / "报送" / "甲局.xlsx").write_bytes(season.counted("甲局", 7))
        code, out, _ = self.consolidate(run, "--force")
        assert code == 1 and listed(sent / "出") == first and "原样保留" not in out
        assert read_workbook(sent / "出" / "某市_2024_汇总.xlsx").report.number("t2.documents.made") == 8

    def test_what_was_written_is_kept_and_carried(self, sent: Path, run: Run) -> None:
        self.consolidate(run)
        word, book = sent / "出" / "某市_2024_年度报告.docx", sent / "出" / "某市_2024_汇总.xlsx"
        document = docx.Document(str(word))
        document.add_paragraph("手工加的一段")
        document.save(str(word))
        season.typed(book, "五", {"A4": "写在结果里的五。"})
        before = {word: word.read_bytes(), book: book.read_bytes()}
        for number in (1, 2):
            _, out, _ = self.consolidate(run, "--force")
            for path, content in before.items():
                assert path.with_stem(f"{path.stem}（原有第1份）").read_bytes() == content
            assert ("原有第1份" in out) is (number == 1)
            assert read_workbook(book).report.texts == {"五": "写在结果里的五。"}

    def test_a_result_of_unknown_make_is_kept(self, sent: Path, run: Run) -> None:
        self.consolidate(run)
        (sent / "出" / ".汇总记录").unlink()
        before = {p.name: p.read_bytes() for p in (sent / "出").iterdir()}
        _, out, _ = self.consolidate(run, "--force")
        assert "不知道有没有改过" in out
        for name, content in before.items():
            path = sent / "出" / name
            assert path.with_stem(f"{path.stem}（原有第1份）").read_bytes() == content

    def test_what_was_read_is_never_written_to(self, sent: Path, run: Run) -> None:
        """F2: the city's workbook as its own source of texts, with --force, with and without a year."""
        self.consolidate(run)
        book = sent / "出" / "某市_2024_汇总.xlsx"
        before = book.read_bytes()
        code, _, err = self.consolidate(run, "--force", "--city", book)
        assert code == 2 and "不能写回读入的文件" in err and book.read_bytes() == before
        ran = run(
            "consolidate",
            "报送",
            "--roster",
            "名单.csv",
            "--name",
            "某市",
            "-o",
            "出",
            "--force",
            "--city",
            book,
        )
        assert ran.code == 2 and "不能写回读入的文件" in ran.err and book.read_bytes() == before

    def test_an_open_target_is_said_before_anything_is_read(self, sent: Path, run: Run) -> None:
        self.consolidate(run)
        lock = sent / "出" / "~$_2024_年度报告.docx"
        lock.write_bytes(b"")
        assert list(locks_of(sent / "出" / "某市_2024_年度报告.docx")) == [lock]
        (sent / "报送" / "甲局.xlsx").unlink()
        before = {p: p.read_bytes() for p in (sent / "出").iterdir()}
        code, out, err = self.consolidate(run, "--force")
        assert code == 2 and "年度报告.docx" in err and "请关闭" in err and not out
        assert {p: p.read_bytes() for p in (sent / "出").iterdir()} == before

    def test_a_list_that_is_no_longer_needed_goes_unless_it_was_edited(self, sent: Path, run: Run) -> None:
        self.consolidate(run)
        reminder = sent / "出" / "某市_2024_催报名单.xlsx"
        assert reminder.is_file()
        openpyxl.load_workbook(reminder).save(reminder)
        edited = reminder.read_bytes()
        (sent / "报送" / "乙镇.xlsx").write_bytes(season.counted("乙镇", 1))
        code, _, _ = self.consolidate(run, "--force")
        assert code == 0 and not reminder.exists()
        assert reminder.with_stem(f"{reminder.stem}（原有第1份）").read_bytes() == edited

    def test_a_run_that_fails_while_writing_leaves_the_old_set(
        self, sent: Path, run: Run, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The Word report has no room: nothing of the set is replaced, no draft stays, the target is said."""
        self.consolidate(run)
        before = {p: p.read_bytes() for p in (sent / "出").iterdir()}
        write = Path.write_bytes

        def full(path: Path, content: bytes) -> int:
            if path.suffix == ".docx":
                raise OSError(28, "No space left on device")
            return write(path, content)

        monkeypatch.setattr(Path, "write_bytes", full)
        code, _, err = self.consolidate(run, "--force")
        assert code == 2 and "某市_2024_年度报告.docx" in err and "磁盘已满" in err
        assert {p: p.read_bytes() for p in (sent / "出").iterdir()} == before
