"""In Firefox ESR as in Chromium: a sealed workbook from a blank form, an office's files, the findings."""

from __future__ import annotations

import json
import shutil
import unicodedata
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import gouji
from gouji.report import Report
from gouji.wording import wording_of
from support import DATA
from support.at_the_desk import as_validated
from support.browsers import visit_by_firefox
from support.command import Run, runner
from support.hostile_files import QUICK
from support.office import Office
from support.on_page import cell

from .test_office_page import same
from .test_sheet_from_blank import PUBLISHED, TEXTS, numbers, sealed_as

ARCHIVE = DATA / "archive" / "0.7.0"
ORIGINALS = DATA / "originals"
#: Of the first release and a late one, both editions, sealed, with errors, a 退回单, a city's result, macros,
#: imported; JSON, of tables of two editions too; published as a web page, in Word, as text; what once broke a
#: reader.
FILES = [
    *sorted(DATA.glob("archive/0.1.0/*.xls[xm]")),
    *sorted(ARCHIVE.glob("*.xls[xm]")),
    *sorted(DATA.glob("mixed/*.json")),
    DATA / "real_tables.json",
    *(PUBLISHED / f"{name}.json" for name in ("hangzhou-2025", "hongze-2023", "pt-htp-2022")),
    *(path for path in sorted(ORIGINALS.iterdir()) if path.suffix in (".html", ".docx", ".md", ".txt")),
    DATA / "hostile" / "whole_numbers_as_doubles.xlsx",
]
EXPLAINS = "上年填报口径不同，已与业务科室逐项核实。"
#: Once everything typed is checked: what Python says of the file shown.
SHOWN = {"run": "sendTyped(); call('shown', current).then((all) => all[0])"}
#: Once every file is read: what Python says of each.
ALL_READ = """(async () => {
    const waits = () => [...desk.values()].some((held) => held.shown.state === 'waiting');
    while (desk.size < COUNT || waits()) await new Promise((done) => setTimeout(done, 100));
    return [...desk.values()].map((held) => held.shown);
})()"""

pytestmark = [pytest.mark.long, pytest.mark.timeout(1500)]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    return runner(capsys)


def pasted(rows: list[list[str]], at: str, *, as_table: bool) -> list[dict[str, Any]]:
    """Copied by the keyboard from a field or from a table, and pasted at a cell: Firefox heeds no
    ``clipboardData`` that a script gives."""
    script = """(() => {
        const rows = ROWS, box = document.createElement(TAG);
        box.id = 'source';
        box.tabIndex = 0;
        document.body.append(box);
        if (box.select) box.value = rows.map((row) => row.join('\\t')).join('\\n');
        else for (const row of rows) {
            const line = box.insertRow();
            for (const text of row) line.insertCell().textContent = text;
        }
        box.focus();
        if (box.select) box.select();
        else getSelection().selectAllChildren(box);
    })()"""
    tag = "'table'" if as_table else "'textarea'"
    return [
        {"run": script.replace("ROWS", json.dumps(rows)).replace("TAG", tag)},
        {"press": ["Control+c"]},
        {"run": "$('source').remove()"},
        {"click": cell(at)},
        {"press": ["Control+v"]},
    ]


def filled(report: Report) -> list[dict[str, Any]]:
    """Table two by the keyboard, three pasted as text and four as a table, texts typed."""
    second = [c for c in report.form.cells if c.table == "table2"]
    keys = [key for one in second for key in (*one.kind.show(report.value(one.id)), "Tab")]
    first = next(c.id for c in report.form.cells if c.table == "table4")
    return [
        {"click": cell(second[0].id)},
        {"press": keys},
        *pasted(numbers(report, "table3"), "t3.new.natural", as_table=False),
        *pasted([[one for row in numbers(report, "table4") for one in row]], first, as_table=True),
        *({"type": text, "into": cell(f"text-{section}")} for section, text in TEXTS.items()),
        {"type": "037", "into": cell("cover-code")},
    ]


def explained(findings: list[str]) -> list[dict[str, Any]]:
    """The explanation of each, by the keyboard, one after the other."""
    steps: list[dict[str, Any]] = []
    for one in findings:
        card = f'.finding[data-id="{one}"]'
        steps += [
            {"wait": f"{card} textarea"},
            {"type": EXPLAINS, "into": f"{card} textarea"},
            {"press": ["Tab"]},
            {"wait": f"{card} .explaining.settled"},
        ]
    return steps


def test_from_a_blank_form_to_a_sealed_workbook(page_file: Path, tmp_path: Path) -> None:
    """Last year's report raises a warning; explained, the report is sealed."""
    report = gouji.read(PUBLISHED / "pt-jtj-2024.json")
    last = gouji.read(PUBLISHED / "pt-jtj-2022.json")
    last.year = 2023
    (tmp_path / "2023.xlsx").write_bytes(gouji.write(last))
    known = gouji.validate(gouji.write(report), prior=last).findings
    warned = [one.id for one in known if one.level == "warning"]
    assert warned
    steps = [
        {"click": "#empty [data-do=blank]"},
        {"type": report.unit, "into": "#new-unit"},
        {"run": "$('new-year').value = ''"},
        {"type": str(report.year), "into": "#new-year"},
        {"click": "#new .main"},
        {"wait": "#paper table"},
        {"gone": "#new[open]"},
        *filled(report),
        {"run": "/<td/.test(lastPaste.html)"},
        {"upload": [str(tmp_path / "2023.xlsx")], "into": "#pick-prior"},
        {"wait": "#prior-remove"},
        *explained(warned),
        SHOWN,
        {"download": "#save-sealed"},
        {"wait": "#save-sealed:enabled"},
        {"run": "desk.get(current).unsaved"},
    ]
    seen = visit_by_firefox(page_file, steps, tmp_path)
    assert seen["said"] == []
    shown, path, _, unsaved = seen["results"][-4:]
    assert shown["sealable"] == "", shown["findings"]
    assert True in seen["results"]  # the table came as one
    assert not unsaved
    assert report.unit in unicodedata.normalize("NFC", Path(path).name) and path.endswith(".xlsx")
    again = sealed_as(report, Path(path).read_bytes())
    assert sorted(one["explanation"]["text"] for one in shown["findings"] if one["explanation"]) == [
        EXPLAINS
    ] * len(warned)
    assert len(again.explanations) == len(warned)


def test_an_office_s_38_workbooks(demo: Path, page_file: Path, tmp_path: Path, run: Run) -> None:
    """Put into the file field, summed, taken away: the files of the command line."""
    sent = tmp_path / "报送"
    shutil.copytree(demo / "报送", sent)
    roster = Path(shutil.copy(demo.parent / "名单.xlsx", sent))
    files = sorted(sent.glob("*.xlsx"))
    assert len(files) == 39
    steps: list[dict[str, Any]] = [
        {"click": "[data-place=office]"},
        {"upload": [str(file) for file in files], "into": "#office-pick"},
        {"wait": "#office-run:enabled"},
        {"type": "太仓市", "into": "#office-name"},
        {"run": "$('office-year').value"},
        {"click": "#office-run"},
        {"wait": "#office-result:not([hidden])"},
        {"download": "[data-office=all]"},
    ]
    seen = visit_by_firefox(page_file, steps, tmp_path, seconds=600)
    assert seen["said"] == []
    year, *_, path = seen["results"][4:]
    assert year == "2019"
    run("consolidate", sent, "--roster", roster, "--name", "太仓市", "--year", "2019")
    same(Path(path).read_bytes(), sent.parent / "汇总结果", "汇总结果")


@pytest.fixture
def every_shape(tmp_path: Path, office: Office) -> list[Path]:
    """One file of each kind, by names of their own; some saved by other programs, some made to do harm."""
    folder = tmp_path / "各种"
    folder.mkdir()
    files = [Path(shutil.copy(file, folder / f"{at} {file.name}")) for at, file in enumerate(FILES)]
    for file in [file for file in FILES if "填好" in file.name]:
        with office.open(file) as book:
            files.append(book.save(folder / f"LibreOffice {file.parent.name} {file.name}"))
        openpyxl.load_workbook(file).save(folder / f"openpyxl {file.parent.name} {file.name}")
        files.append(folder / f"openpyxl {file.parent.name} {file.name}")
    for name, (ending, made) in QUICK.items():
        (folder / f"{name}{ending}").write_bytes(made())
        files.append(folder / f"{name}{ending}")
    return files


def test_the_findings_are_those_of_the_command_line(
    page_file: Path, tmp_path: Path, run: Run, every_shape: list[Path]
) -> None:
    files = every_shape
    steps: list[dict[str, Any]] = [
        {"upload": [str(file) for file in files], "into": "#pick"},
        {"run": ALL_READ.replace("COUNT", str(len(files)))},
    ]
    seen = visit_by_firefox(page_file, steps, tmp_path, seconds=1200)
    assert seen["said"] == []
    shown = {one["path"]: one for one in seen["results"][1]}
    assert sorted(shown) == sorted(file.name for file in files)
    for file in files:
        one = shown[file.name]
        beside = one.get("prior") or {"source": ""}  # 上年 of one unit may lie on the desk too
        prior = ("--prior", file.with_name(beside["path"])) if beside["source"] == "desk" else ()
        (said,) = json.loads(run("validate", file, "--json", *prior).out)
        as_validated(one, said)
    assert len({kind for one in shown.values() for kind in one["counts"] if one["counts"][kind]}) > 3


def test_two_windows_resume_one_draft(page_file: Path, tmp_path: Path) -> None:
    """The second says so at once, and keeps a draft of its own beside the first one's."""
    fields = [cell("t3.new.natural"), cell("t3.new.business")]
    stored = """(async () => {
        for (;;) {
            const drafts = storedDrafts().map(({ text }) => JSON.parse(text).now.table3);
            const found = drafts.map((table) => Object.values(Object.values(table)[0]).slice(0, 2)).sort();
            if (JSON.stringify(found) === WANTED) return found;
            await new Promise((done) => setTimeout(done, 100));
        }
    })()"""
    first, both = [[12, None]], [[12, None], [12, 7]]
    steps: list[dict[str, Any]] = [
        {"click": "#empty [data-do=blank]"},
        {"type": "示例市数据局", "into": "#new-unit"},
        {"click": "#new .main"},
        {"wait": "#paper table"},
        {"gone": "#new[open]"},
        {"type": "12", "into": fields[0]},
        {"click": "#drafting"},
        {"run": stored.replace("WANTED", json.dumps(json.dumps(first, separators=(",", ":"))))},
        {"window": 1},
        {"click": "#draft-resume"},
        {"wait": "#paper table"},
        {"wait": "#toast button"},
        {"run": "$('toast').textContent"},
        {"type": "7", "into": fields[1]},
        {"run": stored.replace("WANTED", json.dumps(json.dumps(both, separators=(",", ":"))))},
        {"window": 0},
        {"run": "current && sheet().cells['t3.new.business'].v"},
    ]
    seen = visit_by_firefox(page_file, steps, tmp_path)
    assert seen["said"] == []
    said, *_, kept = seen["results"][-5:]
    assert wording_of("gouji.page", "drafts")["apart"][-10:] in said and kept == ""


def test_a_dropped_folder_is_walked_by_its_entries(page_file: Path, tmp_path: Path) -> None:
    """No driver drops a folder into Firefox. Files that a script drops have real entries all the same, each
    in a real directory, which stands here for the folder."""
    dropped = """(async () => {
        const data = new DataTransfer();
        for (const [name, text] of GIVEN) data.items.add(new File([text], name));
        const asked = DataTransferItem.prototype.webkitGetAsEntry, kinds = [];
        DataTransferItem.prototype.webkitGetAsEntry = function () {
            const { root } = asked.call(this).filesystem;
            kinds.push(String(root));
            return root;
        };
        document.dispatchEvent(new DragEvent('drop', {dataTransfer: data, bubbles: true, cancelable: true}));
        DataTransferItem.prototype.webkitGetAsEntry = asked;
        return kinds;
    })()"""
    text = (DATA / "published" / "pt-gaj-2022.json").read_text("utf-8")
    given = [["甲.json", text], ["乙.json", "{"], ["~$甲.xlsx", ""]]
    steps: list[dict[str, Any]] = [
        {"run": dropped.replace("GIVEN", json.dumps(given))},
        {"run": ALL_READ.replace("COUNT", "2")},
    ]
    seen = visit_by_firefox(page_file, steps, tmp_path)
    assert seen["said"] == []
    kinds, shown = seen["results"]
    assert kinds == ["[object FileSystemDirectoryEntry]"] * 3
    assert sorted((one["path"], one["readable"]) for one in shown) == [("乙.json", False), ("甲.json", True)]
