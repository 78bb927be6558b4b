"""What a command is told beside its files, and what it tells back: figures looked up, settings by
name, a seal's time, a name that would command the terminal."""

from __future__ import annotations

import json
import re
from pathlib import Path

from support import DATA
from support.archive import made, sealed
from support.command import Run, refused

SEED = DATA / "seeds" / "seed-4.json"


def test_what_a_notice_asks_for_is_switched_on_by_its_name(run: Run, tmp_path: Path) -> None:
    assert "overview-2025" in run("rules").out
    assert "已停用" in run("rules", "overview-parts").out
    switched = run("rules", "overview-parts", "--rules", "overview-2025")
    assert switched.code == 0 and "已停用" not in switched.out
    refused(run("rules", "--rules", "overview-1949"), "overview-1949")


def test_a_figure_that_was_looked_up_is_believed(run: Run, tmp_path: Path) -> None:
    report = DATA / "published" / "pt-gaj-2021.json"
    assert "先查一个数：三!D33" in run("validate", report).out
    answered = run("validate", report, "--confirm", "三!D33=0")
    assert answered.code == 1 and "查实为 0" in answered.out
    assert "查实为" not in run("validate", report, "--confirm", "三!D33").out
    refused(run("validate", report, "--confirm", "三!A1"), "三!D9=143")
    refused(run("validate", report, report.with_name("pt-htp-2021.json"), "--confirm", "三!D9"), "一份文件")


def test_a_name_does_not_command_the_terminal(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "甲.json"
    path.write_text(json.dumps({"unit": "甲\x1b[2J局", "year": 2024}), "utf-8")
    assert "\x1b[2J" not in run("validate", path).out


def test_the_time_of_a_seal_is_told_as_people_write_it(run: Run, tmp_path: Path) -> None:
    book = tmp_path / "表.xlsx"
    book.write_bytes(sealed(made("pt-gaj-2022", "甲市公安局")))
    told = run("seal", book, "-o", tmp_path / "已盖章.xlsx")
    assert told.code == 0 and re.search(r"（\d{4}年\d{1,2}月\d{1,2}日 \d{2}:\d{2}）", told.out)
    assert run("fill", SEED, "-o", book, "--force").code == 0
    refused_ = run("seal", book, "-o", tmp_path / "无文字.xlsx")
    assert refused_.code == 1 and "一、五、六" in refused_.out and not (tmp_path / "无文字.xlsx").exists()
