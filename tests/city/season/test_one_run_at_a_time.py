"""Two runs of one season at once: the second is refused before it reads anything."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from gouji.city.season.folder import SeasonError
from gouji.city.season.locking import only_run
from support import season
from support.bounded import within

#: A run that waits, once it has begun to read, until it is told to go on.
WAITS = """
import sys
from pathlib import Path
from support import season

def waiting(books):
    print("reading", flush=True)
    sys.stdin.readline()
    return iter(books)

season.run(Path(sys.argv[1]), progress=waiting)
print("done", flush=True)
"""
#: A lock held by a process that has a worker of its own.
HOLDS = """
import os, sys, time
from pathlib import Path
from gouji.city.season.locking import only_run

with only_run(Path(sys.argv[1])):
    if os.name == "posix" and os.fork() == 0:
        time.sleep(60)
        os._exit(0)
    print("held", flush=True)
    sys.stdin.readline()
"""


def started(program: str, folder: Path) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    return subprocess.Popen(
        [sys.executable, "-c", program, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment,
        start_new_session=True,
    )


@pytest.fixture
def other(folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A process that runs the season and is in the midst of it."""
    process = started(WAITS, folder)
    assert process.stdout and process.stdout.readline().strip() == b"reading"
    yield process
    if process.poll() is None:
        process.kill()
        process.wait()


def test_the_second_run_is_refused_before_anything_is_read(
    folder: Path, other: subprocess.Popen[bytes]
) -> None:
    desk = (folder / "汇总台.xlsx").read_bytes()
    (folder / "汇总台.xlsx").write_bytes(b"nobody reads this")

    def refused() -> None:
        with pytest.raises(SeasonError, match=r"某市2024 正在汇总（20.+ 开始），这一次没有运行"):
            season.run(folder)

    within(50, refused)
    (folder / "汇总台.xlsx").write_bytes(desk)
    output, _ = other.communicate(b"\n")
    assert output.strip() == b"done"
    assert [path.name for path in (folder / "结果").iterdir() if path.is_dir()] == ["第001次 2025-01-20"]
    assert season.run(folder).city.run.number == 2
    assert not list(folder.glob(".*")), "the lock goes with the run"


def test_a_check_runs_beside_a_run(folder: Path, other: subprocess.Popen[bytes]) -> None:
    assert season.run(folder, dry=True).folder is None


def test_a_killed_run_is_in_nobodys_way(folder: Path, other: subprocess.Popen[bytes]) -> None:
    other.kill()
    other.wait()
    assert list(folder.glob(".*")), "killed, it could not take its file away"
    assert season.run(folder).folder
    assert not list(folder.glob(".*"))


@pytest.mark.skipif(sys.platform == "win32", reason="fork")
def test_what_a_killed_run_started_does_not_hold_its_lock(tmp_path: Path) -> None:
    process = started(HOLDS, tmp_path)
    try:
        assert process.stdout and process.stdout.readline().strip() == b"held"
        with pytest.raises(SeasonError, match="正在汇总"), only_run(tmp_path):
            pass
        process.kill()
        process.wait()
        with only_run(tmp_path):
            pass
    finally:
        os.killpg(process.pid, signal.SIGKILL)


def test_one_process_is_kept_from_itself(tmp_path: Path) -> None:
    refused: list[str] = []

    def again() -> None:
        try:
            with only_run(tmp_path / "."):
                pass
        except SeasonError as error:
            refused.append(str(error))

    with only_run(tmp_path):
        thread = threading.Thread(target=again)
        thread.start()
        thread.join()
        again()
    assert len(refused) == 2
    again()
    assert len(refused) == 2


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_without_room_for_a_lock(tmp_path: Path) -> None:
    tmp_path.chmod(0o555)
    with only_run(tmp_path):
        pass


def test_a_fault_in_the_run_frees_the_season(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), only_run(tmp_path):
        raise ZeroDivisionError
    with only_run(tmp_path):
        pass
    assert not list(tmp_path.iterdir())
