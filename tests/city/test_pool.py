"""The per-file work on any executor; a worker that dies costs the one file that killed it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

import gouji
from gouji.city.intake.folder import POOL_FROM, Reader, find_files, read_submissions
from gouji.city.intake.known import Known as KnownBeside
from gouji.city.intake.pool import read_in
from gouji.city.intake.roster import Roster, RosterUnit
from gouji.city.intake.sorting import Submission
from gouji.form import load_form
from gouji.report import Report, dumps, to_json
from gouji.rules import Context

FORM = load_form("2021")
DEADLY = "致命"


def work(path: Path) -> Submission:
    """Reads nothing; some names kill the process, as the system does that is out of memory."""
    if DEADLY in path.name:
        os.kill(os.getpid(), signal.SIGKILL)
    return Submission(path.name, Report(FORM, path.stem, 2024))


def lost(path: Path) -> Submission:
    return Submission(path.name, None)


def names(count: int, *deadly: int) -> list[Path]:
    return [Path(f"{i}{DEADLY if i in deadly else ''}.json") for i in range(count)]


def fates(found: list[Submission]) -> tuple[list[str], list[str]]:
    """What was read, and what was lost."""
    read = sorted(one.file for one in found if one.report)
    return read, sorted(one.file for one in found if one.report is None)


@pytest.mark.parametrize("deadly", [(), (0,), (7, 8, 39), (5, 20)])
def test_only_what_kills_its_process_is_lost(deadly: tuple[int, ...]) -> None:
    files = names(40, *deadly)
    read, gone = fates(list(read_in(None, files, work, lost)))
    assert gone == sorted(files[i].name for i in deadly)
    assert len(read) == 40 - len(deadly)


def test_a_broken_pool_of_the_callers_is_left_and_the_rest_read_on_our_own() -> None:
    files = names(100, 3)
    with ProcessPoolExecutor(1) as pool:
        read, gone = fates(list(read_in(pool, files, work, lost)))
    assert gone == [files[3].name] and len(read) == 99


class Refusing(ThreadPoolExecutor):
    """An engine that loses tasks without being broken, as a cluster does."""

    def __init__(self) -> None:
        super().__init__(2)
        self.calls = 0

    def submit(self, fn: Callable[..., Any], /, *args: Any, **named: Any) -> Future[Any]:
        self.calls += 1
        if self.calls % 2:
            return super().submit(fn, *args, **named)
        failed: Future[Any] = Future()
        failed.set_exception(ConnectionError("worker went away"))
        return failed


def test_a_task_that_an_engine_lost_is_done_again() -> None:
    read, gone = fates(list(read_in(Refusing(), names(50), work, lost)))
    assert gone == [] and len(read) == 50


def test_a_pool_that_was_shut_down_is_done_without() -> None:
    pool = ThreadPoolExecutor(1)
    pool.shutdown()
    assert fates(list(read_in(pool, names(3), work, lost)))[1] == []


# ---------------------------------------------------------------- real files


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("报送")
    for i in range(POOL_FROM + 5):
        report = Report(FORM, f"单位{i}", 2024, values={cell.id: 0 for cell in FORM.cells})
        report.set("t2.coercion.decisions", i)
        (made / f"{i}.json").write_text(dumps(to_json(report)), "utf-8")
    (made / "坏.xlsx").write_bytes(b"PK\x03\x04")
    return made


ROSTER = Roster(tuple(RosterUnit(f"单位{i}") for i in range(POOL_FROM + 5)))


@pytest.mark.parametrize("make", [ThreadPoolExecutor, ProcessPoolExecutor, None])
def test_any_executor_gives_what_one_process_gives(
    folder: Path, make: Callable[[int], Executor] | None
) -> None:
    found = find_files(folder)
    alone = [Reader(KnownBeside(Context(), ROSTER), folder)(path) for path in found.books]
    steps: list[Path] = []

    def bar(books: Any) -> Any:
        for path in books:
            steps.append(path)
            yield path

    if make is None:
        assert read_submissions(found, Context(), ROSTER, bar) == alone
    else:
        with make(2) as executor:
            assert read_submissions(found, Context(), ROSTER, bar, executor=executor) == alone
    assert steps == list(found.books)


def test_the_front_door_takes_an_executor(folder: Path) -> None:
    with ThreadPoolExecutor(2) as executor:
        city = gouji.consolidate(folder, roster=ROSTER, name="某市", year=2024, executor=executor)
        files = [folder / "1.json", folder / "2.json"]
        some = gouji.consolidate(files, roster=ROSTER, name="某市", year=2024, executor=executor)
    plain = gouji.consolidate(folder, roster=ROSTER, name="某市", year=2024)
    assert city.report == plain.report and city.findings == plain.findings
    assert len(some.intake.units) == len(ROSTER.units) and sum(1 for _ in some.intake.files) == 2


def test_a_file_that_no_process_survives_is_named_and_the_rest_is_summed(tmp_path: Path) -> None:
    work = Reader(KnownBeside(Context(), None), tmp_path)
    (tmp_path / "某局.xlsx").write_bytes(b"x")
    said = work.lost(tmp_path / "某局.xlsx")
    assert (said.file, said.report, said.state) == ("某局.xlsx", None, "unreadable")
    assert said.sha256 and "终止" in said.findings[0].message


#: Reads files that take for ever, and says who reads them, each line in one piece: two readers write at once.
READS = """
import os, time
from pathlib import Path
from gouji.city.intake.pool import read_in

def work(path):
    os.write(1, b"%d\\n" % os.getpid())
    time.sleep(60)

list(read_in(None, [Path(str(i)) for i in range(64)], work, work))
"""


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="where processes are files")
def test_workers_end_with_a_run_that_is_killed(tmp_path: Path) -> None:
    program = tmp_path / "reads.py"
    program.write_text(READS)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    process = subprocess.Popen([sys.executable, program], stdout=subprocess.PIPE, env=environment)
    assert process.stdout
    said = process.stdout.readline().decode().strip()
    worker = Path("/proc", said)
    assert said and worker.exists(), said
    process.kill()
    process.wait()
    for _ in range(300):
        try:
            state = (worker / "stat").read_text().split()[2]
        except OSError:
            return
        if state == "Z":
            return
        time.sleep(0.1)
    pytest.fail("a worker outlives its run")


def test_a_file_that_changes_while_it_is_read_has_no_digest(tmp_path: Path) -> None:
    """Its content is of no state that could be named later; the store then reads it again."""
    path = tmp_path / "甲.json"
    report = Report(FORM, "甲", 2024)
    path.write_text(dumps(to_json(report)), "utf-8")

    class Writing(KnownBeside):
        def about(self, report: Report) -> Context:
            path.write_text(dumps(to_json(Report(FORM, "乙", 2024))), "utf-8")
            return super().about(report)

    found = Reader(Writing(Context()), tmp_path)(path)
    assert found.unit == "甲" and found.sha256 == ""
