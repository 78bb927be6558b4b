"""Files made to exhaust, through the whole program: each costs little, and no other file anything.

Every bound is in what counting costs, by a process of the same kind and in the same run, or MB above the peak
of a good file: clocks and machines differ.
"""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

import gouji
import support.packages as p
from gouji.city.intake.folder import POOL_FROM
from support.at_once import at_once, brothers
from support.bounded import TRIES
from support.hostile_files import LONG, QUICK, Case
from support.hostile_parts import MB, good

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="memory is measured as on Linux"),
]

#: Above what a good file takes: MB, and times what ``COUNTS`` costs, a fifth of a second. The dearest are
#: keys of JSON, 0.6 s, and cells of formulas, 0.5 s: so a machine half as fast again keeps to 1 s.
MEMORY, CPU = 120, 4.5
#: A workbook that is read, one that is refused, and two of JSON.
FOUR = ("text between rows", "inflated 600 times", "lists of JSON", "JSON nested deep")
COUNTS = "sum(len(str(number)) for number in range(2_500_000))"
#: Starts a process and says what it and all that it started took; its own peak would else be inherited.
MEASURED = """
import json, os, subprocess, sys
process = subprocess.Popen(sys.argv[1:], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
said = process.stdout.read().decode()
_, status, used = os.wait4(process.pid, 0)
print(json.dumps([os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime, used.ru_maxrss, said]))
"""


class Run(NamedTuple):
    """``cpu`` in seconds, ``memory`` in MB."""

    code: int
    cpu: float
    memory: float
    said: str


def run(*arguments: object) -> Run:
    return measured("-m", "gouji", *arguments)


def measured(*arguments: object) -> Run:
    """Python with these arguments."""
    environment = {**os.environ, "PYTHONPATH": str(Path(gouji.__file__).parents[1])}
    command = [sys.executable, "-c", MEASURED, sys.executable, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment, timeout=250)
    code, cpu, kilobytes, said = json.loads(done.stdout)
    return Run(code, cpu, kilobytes * 1024 / MB, said)


def counted() -> float:
    """Seconds of the processor that ``COUNTS`` takes just now."""
    return measured("-c", COUNTS).cpu


@cache
def counting() -> float:
    """The least of three: less than what is allowed by it is allowed by any."""
    return min(counted() for _ in range(3))


def validated(path: Path) -> Run:
    return run("validate", path)


def consolidated(folder: Path, *files: tuple[str, bytes]) -> Run:
    """A folder with the good file of 乙局 and these files."""
    sent = folder / "in"
    sent.mkdir(parents=True)
    (sent / "乙局.xlsx").write_bytes(good("乙局"))
    for name, data in files:
        (sent / name).write_bytes(data)
    roster = folder / "r.csv"
    roster.write_text("单位名称,代码,类别\n甲局,,\n乙局,,\n", encoding="utf-8-sig")
    named = ("--roster", roster, "--name", "某市", "--year", "2019", "-o", folder / "out")
    return run("consolidate", sent, *named)


def bounded(act: Callable[[], Run], base: Run, times: int = 1) -> Run:
    """One of at most three runs that costs no more above ``base`` than may be, or so many ``times`` that.
    What another program takes of the processor's caches it takes of counting too."""
    for counts in (counting, *[counted] * (TRIES - 1)):
        one = act()
        allowed = CPU * times * counts()
        if one.cpu - base.cpu < allowed:
            break
    assert one.cpu - base.cpu < allowed, (one.cpu, base.cpu, allowed)
    assert one.memory - base.memory < MEMORY, (one.memory, base.memory)
    return one


@pytest.fixture(scope="module")
def of_good(tmp_path_factory: pytest.TempPathFactory) -> tuple[Run, Run]:
    """What a good file costs: (validate, consolidate)."""
    folder = tmp_path_factory.mktemp("good")
    path = folder / "甲局.xlsx"
    path.write_bytes(good())
    single = min((validated(path) for _ in range(2)), key=lambda one: one.cpu)
    city = consolidated(folder / "city", ("甲局.xlsx", good()))
    assert (single.code, city.code) == (0, 0), single.said + city.said
    return single, city


def one_line_for_a_clerk(said: str, name: str) -> None:
    """Nothing of the program's inside, and of a file that was refused one line that says what to do."""
    assert "Traceback" not in said and "程序处理该文件时出错" not in said, said[-2000:]
    assert len(said) < 20_000, len(said)
    if refused := re.search(r"\[错误\] *(.+)", said):
        assert "请" in said, refused[1]


def check_validate(case: Case, folder: Path, of_good: tuple[Run, Run]) -> None:
    suffix, make = case
    path = folder / f"甲局{suffix}"
    path.write_bytes(make())
    one = bounded(lambda: validated(path), of_good[0])
    assert one.code in (0, 1, 2)
    one_line_for_a_clerk(one.said, path.name)


@pytest.mark.parametrize("name", brothers(QUICK, lambda name: QUICK[name][0], first=3))
def test_validate(name: str, tmp_path: Path, of_good: tuple[Run, Run]) -> None:
    check_validate(QUICK[name], tmp_path, of_good)


@pytest.mark.parametrize("names", at_once([FOUR, tuple(QUICK)], [FOUR]), ids=len)
def test_many_in_one_city(names: tuple[str, ...], tmp_path: Path, of_good: tuple[Run, Run]) -> None:
    """One after the other: the peak is that of one, and the good file counts."""
    files = [
        (f"{number}{suffix}", make()) for number, (suffix, make) in enumerate(QUICK[name] for name in names)
    ]
    again = iter(range(TRIES))
    city = bounded(lambda: consolidated(tmp_path / str(next(again)), *files), of_good[1], len(files))
    assert city.code == 1
    one_line_for_a_clerk(city.said, "")
    assert "汇总 1 个单位" in city.said
    made = tmp_path / "0" / "out"
    assert list(made.glob("*汇总.xlsx")) and list(made.glob("*.docx"))


@pytest.mark.long
@pytest.mark.parametrize("name", LONG)
def test_validate_more(name: str, tmp_path: Path, of_good: tuple[Run, Run]) -> None:
    check_validate(LONG[name], tmp_path, of_good)


@pytest.mark.long
@pytest.mark.parametrize("name", [*QUICK, *LONG])
def test_consolidate(name: str, tmp_path: Path, of_good: tuple[Run, Run]) -> None:
    """The file costs no more inside a run than alone, and nothing of the others is lost."""
    suffix, make = {**QUICK, **LONG}[name]
    data, again = make(), iter(range(TRIES))
    city = bounded(lambda: consolidated(tmp_path / str(next(again)), (f"甲局{suffix}", data)), of_good[1])
    assert city.code in (0, 1)
    one_line_for_a_clerk(city.said, f"甲局{suffix}")
    assert re.search("汇总 [12] 个单位", city.said), city.said


def test_what_is_too_much_to_be_said_is_counted(tmp_path: Path) -> None:
    """9,800 numbers beside a table: twenty are said, of the others how many and where."""
    path = tmp_path / "甲局.xlsx"
    path.write_bytes(QUICK["numbers beside a table"][1]())
    said = validated(path).said
    assert "另有 9,780 处同样的问题，在 三!AA1010:AB5899，没有逐一列出。" in said
    assert said.count("content-unplaced:三!A") == 21


def resident(process: str) -> int:
    """MB of a process, 0 where it has ended."""
    try:
        status = Path(f"/proc/{process}/status").read_text()
    except OSError:
        return 0
    found = re.search(r"VmRSS:\s+(\d+) kB", status)
    return int(found[1]) >> 10 if found else 0


def children(process: int) -> list[str]:
    try:
        return Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except OSError:
        return []


@pytest.mark.long
def test_a_worker_that_takes_too_much_costs_its_file(tmp_path: Path, of_good: tuple[Run, Run]) -> None:
    """The system kills it, as this test does; the file is named, all others are consolidated."""
    sent = tmp_path / "in"
    sent.mkdir()
    for number in range(POOL_FROM):
        (sent / f"{number}.json").write_text("{}")
    (sent / "乙局.xlsx").write_bytes(good("乙局"))
    (sent / "大.json").write_bytes(LONG["surrogates"][1]())
    roster = tmp_path / "r.csv"
    roster.write_text("单位名称,代码,类别\n甲局,,\n乙局,,\n", encoding="utf-8-sig")
    command = [sys.executable, "-m", "gouji", "consolidate", sent, "--roster", roster, "--name", "某市"]
    command += ["--year", "2019", "-o", tmp_path / "out"]
    environment = {**os.environ, "PYTHONPATH": str(Path(gouji.__file__).parents[1])}
    limit = of_good[1].memory + 40
    killed = 0
    with (tmp_path / "said").open("w") as out:
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT, env=environment)
        while process.poll() is None:
            for child in children(process.pid):
                if resident(child) > limit:
                    os.kill(int(child), signal.SIGKILL)
                    killed += 1
            time.sleep(0.005)
    said = (tmp_path / "said").read_text()
    assert killed >= 2, "once among others, once alone"
    assert process.returncode == 1 and "Traceback" not in said, said[-2000:]
    assert "汇总 1 个单位（应报 2 个）" in said and "大.json" in said
    problems = (tmp_path / "out" / "某市_2019_汇总.xlsx").read_bytes()
    texts = p.unpack(problems)["xl/sharedStrings.xml"].decode()
    assert "读取该文件的程序被系统终止" in texts


LIMITED = """
import os, resource, sys
resource.setrlimit(resource.RLIMIT_AS, 2 * (int(sys.argv[1]) << 20,))
os.execv(sys.executable, [sys.executable, "-m", "gouji", "validate", sys.argv[2]])
"""


@pytest.mark.long
def test_too_little_memory_is_said_of_the_file(tmp_path: Path) -> None:
    """With just as much as a good file needs, the other is refused with a sentence."""
    paths = [tmp_path / "good.xlsx", tmp_path / "large.xlsx"]
    for path, data in zip(paths, (good(), LONG["texts as long as may be"][1]()), strict=True):
        path.write_bytes(data)
    environment = {**os.environ, "PYTHONPATH": str(Path(gouji.__file__).parents[1])}

    def limited(path: Path, limit: int) -> tuple[int, str]:
        command = [sys.executable, "-c", LIMITED, str(limit), str(path)]
        done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=60)
        return done.returncode, done.stdout + done.stderr

    enough = next(size for size in range(60, 600, 15) if limited(paths[0], size)[0] == 0)
    code, said = limited(paths[1], enough)
    assert code == 2 and "内存不足" in said and "Traceback" not in said, said
