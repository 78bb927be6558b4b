"""What the page does when its worker falls: nothing asked or typed is lost.

Functions of the test's own are put into the worker's desk: one notes what it is told, others die.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from inspect import isfunction
from pathlib import Path
from typing import Any

import pytest

import gouji
from gouji.api import write
from gouji.city.intake.folder import POOL_FROM
from gouji.form import load_form
from gouji.page import desk, office
from gouji.page.outputs import KINDS
from gouji.report import Report
from gouji.rules import catalogue
from gouji.wording import wording_of
from support.browsers import READY
from support.on_page import begin, cell, drop, open_page, settled

FORM = load_form("2021")
TEXTS = {"一": "全年按要求公开。" * 30, "五": "解读材料偏少，将改进。" * 10, "六": "未收取信息处理费。"}

WORDS = wording_of("gouji.page", "engine")
#: Python of the worker: notes; dies by the end of memory, by the end of the engine, or not the second time.
NOTES = """
import json, os
from gouji.city.intake import folder
from gouji.page import desk
notes = []
def noted(word): notes.append(word); return json.dumps(notes)
def memory(word): bytearray((1 << 31) - 100)
def abort(word): os.abort()
def refused(word):
    from gouji.errors import GoujiError
    raise GoujiError("不行：" + word)
def broken(word): raise KeyError(word)
for one in (noted, memory, abort, refused, broken): setattr(desk, one.__name__, one)
reading = folder.submission_of
def read(file, *given, **more): return os.abort() if "丁局" in file else reading(file, *given, **more)
folder.submission_of = read
"""
#: JavaScript of the worker: each start brings the notes along.
STARTED = f"""
const NOTES = {json.dumps(NOTES)};
{{ const first = start; start = async (parts) => {{
    const version = await first(parts); python.runPython(NOTES); return version; }}; }}"""


@pytest.fixture
def page(context: Any, page_file: Path) -> Iterator[Any]:
    """For what ends the worker."""
    opened = started(context, page_file)
    yield opened
    assert opened.said == []


@pytest.fixture(scope="module")
def lasting(chromium: Any, page_file: Path) -> Iterator[Any]:
    """For what leaves the worker as it was."""
    context = chromium.new_context(offline=True)
    opened = started(context, page_file)
    yield opened
    assert opened.said == []
    context.close()


def started(context: Any, page_file: Path) -> Any:
    added = f"document.getElementById('worker.js').textContent += {json.dumps(STARTED)}"
    context.add_init_script(f"addEventListener('DOMContentLoaded', () => {{ {added} }})")
    return open_page(context, page_file)


def asked(page: Any, *calls: tuple[str, str]) -> list[Any]:
    """What each call gives, all asked at once; of one that fails its line."""
    asks = ", ".join(f"call({name!r}, {word!r}).catch((error) => error.message)" for name, word in calls)
    found: list[Any] = page.evaluate(f"Promise.all([{asks}])")
    return found


def test_an_error_is_a_line_for_people(lasting: Any) -> None:
    refused, broken, noted = asked(lasting, ("refused", "甲"), ("broken", "乙"), ("noted", "丙"))
    assert refused == "不行：甲"
    assert broken == WORDS["internal"].format(error="KeyError: '乙'")
    assert noted == ["丙"]
    assert lasting.evaluate("timing.starts") == 1


@pytest.mark.long
@pytest.mark.parametrize("death", ["memory", "abort"])
def test_after_a_fall_all_is_there_again(page: Any, death: str) -> None:
    """What was done before, and what was asked while it fell; the call that killed it twice is left out."""
    asked(page, ("noted", "甲"), ("noted", "乙"))
    killer, after = asked(page, (death, "丁"), ("noted", "丙"))
    assert killer == WORDS["left_out"].format(what=f"{death} 丁")
    assert after == ["甲", "乙", "丙"]
    assert page.inner_text("#toast").startswith(killer)
    assert page.evaluate("timing.starts") == 3
    page.wait_for_selector("#engine.ready")
    page.said.clear()  # Pyodide tells its makers of an abort
    assert WORDS["again_ready"].split("{")[0].strip() in page.inner_text("#engine")


@pytest.mark.long
def test_a_step_that_hangs_can_be_stopped(page: Any) -> None:
    """A worker that no longer answers, as one that the system ended."""
    asked(page, ("noted", "甲"))
    page.evaluate("() => { worker.terminate(); window.hung = call('noted', '乙').catch((e) => e.message); }")
    page.evaluate("() => { $('engine-stop').hidden = false; }")
    page.click("#engine-stop")
    assert page.evaluate("window.hung") == WORDS["left_out"].format(what="noted 乙")
    assert asked(page, ("noted", "丙")) == [["甲", "丙"]]
    assert page.is_hidden("#engine-stop")


def test_what_is_kept_and_what_is_not_read(lasting: Any) -> None:
    """A file taken away is not replayed; one that is too large, or for which memory is short, is not read."""
    kept = lasting.evaluate(
        """() => { const did = (call, number) => ({call, args: [number]});
            journal = [did('check', 1), did('check', 2), did('typed', 1)];
            keep({call: 'remove', args: [1]}); return journal.map((one) => one.args[0]); }"""
    )
    assert kept == [2]
    read = (
        "bytesOfFile(new File([new Uint8Array({size})], '某.xlsx')).then((b) => b.length, (e) => e.message)"
    )
    assert lasting.evaluate(read.format(size=20_000_000)) == 20_000_000
    assert lasting.evaluate(read.format(size=20_000_001)) == WORDS["too_large"].format(
        name="某.xlsx", size=21, limit=20
    )
    lasting.evaluate("() => { timing.memory = 900000001; }")
    assert lasting.evaluate(read.format(size=1)) == WORDS["too_many"].format(name="某.xlsx")


def test_a_start_that_fails_is_said(context: Any, page_file: Path) -> None:
    """With its reason, and so to every call that waits: none hangs."""
    opened = context.new_page()
    opened.add_init_script(
        "addEventListener('DOMContentLoaded', () => { $('lock.json').textContent = 'AAAA'; })"
    )
    opened.goto(page_file.as_uri())
    opened.wait_for_selector("#engine.failed", timeout=READY)
    assert WORDS["failed"].split("{")[0] in opened.inner_text("#engine")


@pytest.mark.long
def test_nothing_typed_is_lost(page: Any) -> None:
    """The desk itself: what was read, what was typed, and what was typed as the worker fell."""
    begin(page, "某局", 2024)
    page.fill(cell("t3.new.natural"), "7")
    settled(page)
    page.fill(cell("t3.new.total"), "9")
    page.evaluate("() => { sendTyped(); fell(); }")
    cells = settled(page)["cells"]
    assert [cells[one]["v"] for one in ("t3.new.natural", "t3.new.total")] == ["7", "9"]
    assert page.input_value(cell("t3.new.natural")) == "7"
    assert page.evaluate("timing.starts") == 2
    page.evaluate("call('undo', current)")
    page.evaluate("() => { fell(); }")
    cells = settled(page)["cells"]
    assert [cells[one]["v"] for one in ("t3.new.natural", "t3.new.total")] == ["7", ""]


@pytest.mark.long
def test_after_many_steps_a_file_is_told_by_how_it_stands(page: Any) -> None:
    """The journal does not grow with the day, nor does the time to a new worker; a step back stays one, also
    where it leads before the steps that are still there."""
    begin(page, "某局", 2024)
    page.evaluate(
        """async () => { for (let number = 1; number <= MOST_STEPS + 2; number++) {
            merge(await call('typed', current, JSON.stringify({'t3.new.natural': String(number)}))); } }"""
    )
    many: int = page.evaluate("MOST_STEPS")
    assert page.evaluate("journal.map((one) => one.call)") == ["blank", "stood", "typed"]
    back = 5
    page.evaluate(f"async () => {{ for (let i = 0; i < {back}; i++) merge(await call('undo', current)); }}")
    page.evaluate("() => { fell(); }")
    one = settled(page)
    assert (one["cells"]["t3.new.natural"]["v"], one["undo"]) == (str(many + 2 - back), 1)
    page.evaluate("call('undo', current).then(merge)")
    page.evaluate("() => { fell(); }")
    assert (settled(page)["cells"]["t3.new.natural"]["v"], page.evaluate("timing.starts")) == ("", 3)


@pytest.mark.long
def test_a_step_that_can_not_be_done_again_is_said_and_no_longer_shown(page: Any) -> None:
    begin(page, "某局", 2024)
    for one, text in (("t3.new.natural", "7"), ("t3.new.total", "9")):
        page.fill(cell(one), text)
        settled(page)
    page.evaluate("() => { journal.find((one) => one.call === 'typed').args[1] = '7'; fell(); }")
    page.wait_for_selector("#toast:not(:empty)", timeout=READY)
    settled(page)
    assert WORDS["calls"]["typed"] in page.inner_text("#toast")
    assert [page.input_value(cell(one)) for one in ("t3.new.natural", "t3.new.total")] == ["", "9"]


@pytest.mark.long
def test_a_file_that_no_engine_survives_is_named_in_the_result(page: Any, tmp_path: Path) -> None:
    """The others are summed, also where there are so many that other processes would read them elsewhere: the
    new worker has read none of them yet. Its unit is known to have sent it."""
    units = [f"单位{number}" for number in range(POOL_FROM)]
    (tmp_path / "季" / "报送").mkdir(parents=True)
    for unit in units:
        report = Report(FORM, unit=unit, year=2024, values={cell.id: 0 for cell in FORM.cells}, texts=TEXTS)
        (tmp_path / "季" / "报送" / f"{unit}.json").write_bytes(write(report, to="json"))
    (tmp_path / "季" / "报送" / "丁局.json").write_text("{}")
    (tmp_path / "季" / "名单.csv").write_text("\n".join(["单位名称", *units, "丁局"]), "utf-8-sig")
    page.click("[data-place=office]")
    drop(page, tmp_path / "季")
    page.wait_for_selector("#office-run:enabled", timeout=READY)
    assert page.evaluate("timing.starts") == 3
    page.said.clear()  # Pyodide tells its makers of an abort
    assert WORDS["calls"]["office_read"] in page.inner_text("#toast")
    page.fill("#office-name", "某市")
    page.click("#office-run")
    page.wait_for_selector("#office-result", state="visible", timeout=READY)
    page.fill("#office-search", "丁局")
    assert page.locator("table.units tbody tr").count() == 1
    assert catalogue()["unreadable"].parameters["messages"]["killed"].rstrip("。") in page.inner_text(
        "table.units"
    )


@pytest.mark.long
def test_what_takes_long_is_said(page: Any) -> None:
    """The verdict is older than what was typed until the worker has answered."""
    page.evaluate("() => { worker.terminate(); call('noted', '乙').catch(() => 0); }")
    page.wait_for_selector("#engine.busy")
    assert page.inner_text("#engine") == WORDS["busy"]
    page.evaluate("fell()")
    page.wait_for_selector("#engine.ready:not(.busy)", timeout=READY)


def test_every_call_has_a_name_for_people() -> None:
    """By which a step that had to be left out is told."""
    own = [name for name, one in vars(desk).items() if isfunction(one) and one.__module__ == desk.__name__]
    office_s = [name for name in vars(office) if name.startswith("office_")]
    called = {name for name in (*own, *office_s) if not name.startswith("_")}
    assert set(WORDS["calls"]) == called


def test_every_call_that_changes_something_is_kept() -> None:
    """A call is kept unless it is listed; what is listed gives a file or tells something."""
    script = (Path(gouji.__file__).parent / "page" / "web" / "engine.js").read_text("utf-8")
    (listed,) = re.findall(r"ONLY_ASK = new Set\(\[(.*?)\]\)", script, re.DOTALL)
    asking = set(re.findall(r"'(\w+)'", listed))
    told = {"version", "states", "shown", "names", "form", "draft", "standing"}
    office = {"office_given", "office_output", "office_read", "office_zip"}
    assert asking == told | office | {"slips", *KINDS} - {"sealed"}
    assert [name for name in asking if not callable(getattr(desk, name))] == []
