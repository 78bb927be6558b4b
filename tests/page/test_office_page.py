"""The office's place of the page in a real browser: a folder is dropped, summed, looked at, taken away."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from gouji import api
from gouji.cli.season import run_folder
from gouji.form import load_form
from gouji.report import Report
from support.command import Run, runner
from support.office_page import TIME, tree
from support.on_page import PATIENCE, becomes, drop, violations

FORM = load_form("2021")
#: Milliseconds for a run of 38 units on a machine with much else to do.
LONG = 300_000


@pytest.fixture
def page(sheet: Any) -> Iterator[Any]:
    """The shared page, from which the folder is taken away again."""
    yield sheet
    sheet.once("dialog", lambda dialog: dialog.accept())
    sheet.evaluate("officeAnew().then(() => { $('office-name').value = ''; show('sheet'); })")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    return runner(capsys)


def book(unit: str, **changed: int) -> bytes:
    values = {c.id: 0 for c in FORM.cells} | {c.replace("__", "."): number for c, number in changed.items()}
    texts = {
        "一": "全年按要求公开各类信息。" * 30,
        "五": "解读材料偏少，将改进。" * 30,
        "六": "未收取信息处理费。" * 2,
    }
    return api.write(Report(FORM, unit=unit, year=2024, values=values, texts=texts))


@pytest.fixture
def returns(tmp_path: Path) -> Path:
    """Five units on the roster: one in order, one with an error, one with two versions, one broken, and one
    that sent nothing."""
    sent = tmp_path / "收到" / "报送"
    sent.mkdir(parents=True)
    (sent / "甲局.xlsx").write_bytes(book("甲局"))
    (sent / "乙局.xlsx").write_bytes(book("乙局", t3__new__natural=3))
    (sent / "丙局.xlsx").write_bytes(book("丙局"))
    (sent / "丙局改.xlsx").write_bytes(book("丙局", t2__documents__in_force=2))
    (sent / "丁局.xlsx").write_bytes(b"PK\x03\x04 broken")
    roster = "单位名称,联系人,电话\n甲局,,\n乙局,王五,0512-1\n丙局,,\n丁局,,\n戊局,,\n"
    (sent.parent / "名单.csv").write_text(roster, "utf-8-sig")
    return sent


def inflated(content: bytes) -> dict[str, dict[str, bytes] | bytes]:
    """Every file of a zip; of those that are zips themselves every part, for zlib may pack otherwise."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: _parts(archive.read(name)) for name in archive.namelist()}


def _parts(content: bytes) -> dict[str, bytes] | bytes:
    if not content.startswith(b"PK"):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def taken(page: Any, selector: str) -> bytes:
    with page.expect_download(timeout=PATIENCE) as caught:
        page.click(selector)
    return Path(caught.value.path()).read_bytes()


def summed(page: Any, *paths: Path, name: str = "", wait: int = PATIENCE) -> None:
    """Drop, wait until all is read, run."""
    page.click("[data-place=office]")
    drop(page, *paths)
    page.wait_for_selector("#office-run:enabled", timeout=wait)
    if name:
        page.fill("#office-name", name)
    page.click("#office-run")
    page.wait_for_selector("#office-result", state="visible", timeout=wait)


def same(found: bytes, folder: Path, under: str) -> None:
    wanted = {f"{under}/{path}": _parts(content) for path, content in tree(folder).items()}
    got = inflated(found)
    assert sorted(got) == sorted(wanted)
    assert [
        path for path in wanted if wanted[path] != got[path] and not path.endswith(("json", "记录"))
    ] == []


def test_a_folder_becomes_the_city_s_results(page: Any, returns: Path, tmp_path: Path, run: Run) -> None:
    summed(page, returns, returns.parent / "名单.csv", name="某市")
    assert page.input_value("#office-year") == "2024"
    states = {key: page.text_content(f"#state-{key} b") for key in ("missing", "wrong", "complete")}
    assert states == {"missing": "2", "wrong": "2", "complete": "1"}
    run("consolidate", returns, "--name", "某市", "--year", "2024")
    same(taken(page, "[data-office=all]"), returns.parent / "汇总结果", "汇总结果")
    slips = inflated(taken(page, "[data-office=slips]"))
    assert sorted(path.split("/")[1].split("_")[0] for path in slips) == ["丁局", "丙局", "乙局"]


@pytest.mark.long
def test_what_is_shown_is_found_by_filters(page: Any, returns: Path) -> None:
    """By state, by level, by text; a link opens the file at its finding, and the way back is there."""
    summed(page, returns, returns.parent / "名单.csv", name="某市")
    page.click("#state-wrong")
    assert page.locator("table.units tbody tr").count() == 2
    page.click("#office-panel [aria-pressed=false]")
    page.fill("#office-search", "甲局")
    assert page.locator("table.units tbody tr").count() == 1
    page.fill("#office-search", "")
    page.click("#tab-versions")
    assert page.locator(".versions thead .link:not(.away)").all_inner_texts() == ["丙局.xlsx", "丙局改.xlsx"]
    assert page.locator(".versions tbody tr").count() == 1
    page.click("#tab-reminders")
    assert page.locator("table.reminders tbody tr").count() == 4
    page.click("#tab-problems")
    page.click("#level-error")
    page.select_option("#pick-unit", "乙局")
    rows = page.locator("table.problems tbody tr")
    assert rows.count() >= 1
    rows.first.locator(".link").click()
    page.wait_for_selector("#paper table", timeout=PATIENCE)
    assert page.text_content("#unit") == "乙局"
    page.evaluate("call('typed', current, JSON.stringify({'t2.documents.made': '7'})).then(merge)")
    page.click("[data-place=office]")
    assert page.locator("#office-result").is_visible()
    page.click("#office-edited button")
    page.wait_for_selector("#office-edited", state="hidden", timeout=PATIENCE)
    page.wait_for_selector("#office-run:enabled", timeout=PATIENCE)
    page.click("#office-to-list")
    assert "乙局_2024" in page.text_content("#office-files li:has-text('乙局') small")


def test_a_line_that_is_pressed_as_others_are_read_has_its_click(page: Any, returns: Path) -> None:
    page.click("[data-place=office]")
    drop(page, returns, returns.parent / "名单.csv")
    page.wait_for_selector("#office-run:enabled", timeout=PATIENCE)
    before = page.evaluate("sent.size")
    page.hover("#office-files .away")
    page.mouse.down()
    page.evaluate("drawOffice()")
    page.mouse.up()
    becomes(page, "sent.size", before - 1)
    becomes(page, "document.querySelectorAll('#office-files li').length", 4)


def test_what_is_missing_is_said_and_then_there(page: Any, returns: Path) -> None:
    page.click("[data-place=office]")
    drop(page, returns)
    page.wait_for_selector("#office-missing.wrong:not(:empty)", timeout=PATIENCE)
    assert "名单" in page.text_content("#office-missing")
    assert page.locator("#office-run").is_disabled()
    drop(page, returns.parent / "名单.csv")
    page.wait_for_selector("#office-run:enabled", timeout=PATIENCE)
    page.click("#office-run")
    page.wait_for_selector("#toast:not(:empty)", timeout=PATIENCE)
    assert "名称" in page.text_content("#toast")
    page.wait_for_selector("#office-name[aria-invalid=true]:focus", timeout=PATIENCE)


def test_a_zip_and_an_empty_folder_are_said(page: Any, tmp_path: Path) -> None:
    page.click("[data-place=office]")
    (tmp_path / "空").mkdir()
    drop(page, tmp_path / "空")
    page.wait_for_selector("#toast:has-text('没有文件')", timeout=PATIENCE)
    assert page.locator("#office-empty").is_visible()
    (tmp_path / "各单位.zip").write_bytes(b"PK")
    drop(page, tmp_path / "各单位.zip")
    page.wait_for_selector("#toast:has-text('请先解压')", timeout=PATIENCE)


def test_nothing_is_summed_before_all_drops_are_taken_in(page: Any, returns: Path) -> None:
    """A roster dropped while the folder is still on its way ends first."""
    page.click("[data-place=office]")
    page.evaluate(
        """() => { window.enabled = []; const run = $('office-run');
            const look = () => run.disabled || enabled.push(sent.size);
            new MutationObserver(look).observe(run, {attributes: true}); }"""
    )
    page.set_input_files("#office-pick", sorted(returns.glob("*.xlsx")))
    page.set_input_files("#office-pick", returns.parent / "名单.csv")
    page.wait_for_selector("#office-files li:has-text('甲局')", timeout=PATIENCE)
    page.wait_for_selector("#office-run:enabled", timeout=PATIENCE)
    assert set(page.evaluate("enabled")) == {6}


@pytest.mark.long
def test_of_two_files_of_one_name_one_is_taken_away(page: Any, returns: Path, tmp_path: Path) -> None:
    """Both are in the list, by it one goes, and the filters of what is gone with it."""
    page.click("[data-place=office]")
    for unit in ("甲局", "丙局"):
        (folder := tmp_path / unit).mkdir()
        (folder / "年报.xlsx").write_bytes(book(unit))
        drop(page, folder / "年报.xlsx")
        page.wait_for_selector(f"#office-files li:has-text('{unit}')", timeout=PATIENCE)
    assert "年报（2）.xlsx" in page.text_content("#toast")
    listed = page.locator("#office-files li button:not(.away)")
    assert [line.split() for line in listed.all_inner_texts()] == [
        ["甲局", "2024", "年", "年报.xlsx"],
        ["丙局", "2024", "年", "年报（2）.xlsx"],
    ]
    summed(page, returns.parent / "名单.csv", returns / "乙局.xlsx", name="某市")
    page.click("#tab-problems")
    page.select_option("#pick-unit", "乙局")
    page.click("#office-to-list")
    page.click("#office-files li:has-text('乙局') .away")
    page.wait_for_selector("#office-files li:has-text('乙局')", state="detached", timeout=PATIENCE)
    page.wait_for_selector("#office-run:enabled", timeout=PATIENCE)
    page.click("#office-run")
    page.wait_for_selector("#office-result", state="visible", timeout=PATIENCE)
    page.once("dialog", lambda dialog: dialog.accept())
    page.evaluate("Object.assign(officeFilters, {text: 'x', unit: '乙局'})")
    page.click("[data-office=anew]")
    page.wait_for_selector("#office-empty", state="visible")
    assert page.evaluate("Object.values(officeFilters).every((one) => !one)")


@pytest.mark.long
def test_a_corrected_file_is_dropped_again(page: Any, returns: Path) -> None:
    """It takes the place of the earlier one, which can be had back though on disk it is no more; files with
    something to mend stand first in the list and in the result."""
    summed(page, returns, returns.parent / "名单.csv", name="某市")
    rows = page.locator("table.units tbody tr td:nth-child(3)").all_inner_texts()
    assert [row.partition("（")[0] for row in rows] == ["未报", "未报", "已报有误", "已报有误", "已报齐"]
    page.click("#office-to-list")
    kinds = page.locator("#office-files .dot").evaluate_all("(all) => all.map((one) => one.className)")
    assert kinds == ["dot unreadable", "dot error", "dot clean", "dot clean", "dot clean"]
    (returns / "乙局.xlsx").write_bytes(book("乙局"))
    drop(page, returns)
    page.wait_for_selector("#toast button", timeout=PATIENCE)
    assert "“乙局.xlsx”换成了后拖入的这份。" in page.text_content("#toast")
    page.wait_for_selector("#office-files li:has-text('乙局') .dot.clean", timeout=PATIENCE)
    assert page.locator("#office-files li").count() == 5
    assert violations(page) == []
    page.click("#toast button")
    page.wait_for_selector("#office-files li:has-text('乙局') .dot.error", timeout=PATIENCE)
    page.click("#office-files li:has-text('乙局') button >> nth=0")
    page.wait_for_selector("#paper table", timeout=PATIENCE)
    assert page.input_value("[id='t3.new.natural']") == "3"


@pytest.mark.long
def test_every_state_is_for_every_eye(page: Any, returns: Path) -> None:
    """Without a fault that axe knows."""
    page.click("[data-place=office]")
    assert violations(page) == []
    summed(page, returns, returns.parent / "名单.csv", name="某市")
    for part in ("units", "problems", "versions", "reminders", "outputs"):
        page.click(f"#tab-{part}")
        assert violations(page) == [], part


@pytest.mark.long
def test_the_season_of_the_demonstration(
    page: Any,
    demo: Path,
    tmp_path: Path,
) -> None:
    """38 units and the results of two runs dropped; the third, as the command line makes it."""
    season = tmp_path / "command" / demo.name
    shutil.copytree(demo, season)
    page.evaluate(f"localTime = () => '{TIME.isoformat()}'")
    summed(page, demo, wait=LONG)
    made = inflated(taken(page, "[data-office=all]"))
    run_folder(season, told=False, now=TIME)
    (folder,) = {path.split("/")[1] for path in made if path.startswith("结果/第")}
    wanted = {f"结果/{folder}/{path}": _parts(c) for path, c in tree(season / "结果" / folder).items()}
    assert [path for path in wanted if made.get(path) != wanted[path] and "记录" not in path] == []
    assert page.evaluate("timing.memory") < 150e6


@pytest.mark.long
def test_every_run_of_a_season_is_in_the_zip_after_a_fall_too(page: Any, demo: Path) -> None:
    """A new worker makes each of them again, under its own number and time."""
    summed(page, demo, wait=LONG)
    page.evaluate("officeRun()")
    folders = set()
    for fall in (False, True):
        if fall:
            page.evaluate("() => { fell(); }")
        names = inflated(taken(page, "[data-office=all]"))
        folders.add(tuple(sorted({name.split("/")[1] for name in names if name.count("/") > 1})))
    assert [len(one) for one in folders] == [2]
