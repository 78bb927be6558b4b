"""What is taken away from the page: the same bytes as the command line writes; no seal where none may be."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from support import DATA
from support.command import Run, runner
from support.on_page import begin, cell, clear, drop, drop_one, settled, taken

ARCHIVE = DATA / "archive" / "0.7.0"
WRONG = ARCHIVE / "有错误并有上年数.xlsx"
GOOD = ARCHIVE / "填好并加盖校验标记（2019年版）.xlsx"
READ = ARCHIVE / "由公布文本导入（有一格没有读出）.xlsx"
MORE = [pytest.param(path, marks=pytest.mark.long) for path in (GOOD, READ)]
#: Of every release, whatever is a workbook of one unit or is refused.
WORKBOOKS = sorted([*DATA.rglob("*.xlsx"), *DATA.rglob("*.xlsm")])


@pytest.fixture
def page(sheet: Any) -> Any:
    return sheet


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    return runner(capsys)


#: A button -> what the command line is asked for the same.
SAME: dict[str, Callable[[Run, Path, Path], object]] = {
    "#save-slip": lambda run, given, out: run("validate", given, "--report", out),
    "#save-word": lambda run, given, out: run("export", given, "-o", out),
    "#save-web": lambda run, given, out: run("export", given, "-o", out),
    "#save-as_json": lambda run, given, out: run("export", given, "-o", out),
}


def same(page: Any, run: Run, given: Path, button: str, folder: Path) -> None:
    name, content = taken(page, button)
    out = folder / name
    SAME[button](run, given, out)
    assert content == out.read_bytes(), (given.name, button)


@pytest.mark.parametrize("given", [WRONG, *MORE], ids=["wrong", "good", "read"])
def test_each_is_equal_to_the_command_line(page: Any, run: Run, given: Path, tmp_path: Path) -> None:
    drop_one(page, given)
    for button in SAME:
        same(page, run, given, button, tmp_path)


@pytest.mark.long
def test_each_of_every_workbook(page: Any, run: Run, tmp_path: Path) -> None:
    """Of every release, both editions, with and without macros; what is refused gives nothing."""
    seen = 0
    for at, given in enumerate(WORKBOOKS):
        drop_one(page, given)
        if settled(page)["readable"]:
            folder = tmp_path / str(at)
            folder.mkdir()
            for button in SAME:
                same(page, run, given, button, folder)
            seen += 1
        clear(page)
    assert seen > 40


def test_a_seal_is_refused_with_the_reason_and_the_way(page: Any) -> None:
    drop_one(page, WRONG)
    page.click("#save-sealed")
    page.wait_for_selector("#unsealed[open]")
    assert page.inner_text("#unsealed-why") == settled(page)["sealable"]
    page.click("#unsealed .main")
    page.wait_for_selector("#unsealed", state="hidden")
    assert page.evaluate("document.activeElement.id") == "t3.new.natural"


def test_leaving_is_asked_only_while_something_is_unsaved(page: Any) -> None:
    def asks() -> bool:
        event = "const e = new Event('beforeunload', {cancelable: true}); dispatchEvent(e);"
        return bool(page.evaluate(f"() => {{ {event} return e.defaultPrevented; }}"))

    drop_one(page, GOOD)
    assert not asks()
    page.click(cell("t3.new.natural"))
    page.keyboard.type("7")
    assert asks()  # not even sent yet
    page.wait_for_selector("#do-undo:enabled")
    assert asks()
    taken(page, "#save-word")
    assert asks()  # which does not keep explanations
    taken(page, "#save-workbook")
    assert not asks()


def test_all_slips_in_one_file(page: Any, run: Run, tmp_path: Path) -> None:
    drop(page, WRONG, GOOD, READ)
    page.wait_for_selector("#files li:nth-child(3) .dot:not(.waiting)")
    page.wait_for_selector("#progress", state="hidden")
    name, content = taken(page, "#list [data-do=slips]")
    assert name.endswith(".zip")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        slips = {one: archive.read(one) for one in archive.namelist()}
    assert len(slips) == 2  # the good one has none
    for given in (WRONG, READ):
        out = tmp_path / f"{given.stem}.xlsx"
        run("validate", given, "--report", out)
        assert out.read_bytes() in slips.values()


def test_a_blank_form_is_saved_and_read_again(page: Any, run: Run, tmp_path: Path) -> None:
    begin(page, "示例市数据局", 2024)
    name, content = taken(page, "#save-workbook")
    (tmp_path / name).write_bytes(content)
    assert "示例市数据局" in name and "2024" in name
    drop(page, tmp_path / name)
    page.wait_for_selector("#files li:nth-child(2) .dot.blank")
