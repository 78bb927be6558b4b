"""A run of a season is there whole or not at all, whatever ends it or stands in its way."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from gouji.city.season.folder import SeasonError
from gouji.city.season.record import RECORD, read_record
from gouji.digests import sha256_of
from support import season

pytestmark = pytest.mark.slow


#: A program of its own finds what this one finds.
CHILD = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
RUN = """
import sys
from pathlib import Path
from support import season
print("begun", flush=True)
season.run(Path(sys.argv[1]))
"""


#: For each number on standard input a run that is ended, in the midst of whatever it does, after so many
#: seconds of the processor; prints the exit code, below 0 where it was ended. A clock would measure the
#: machine.
ENDED = """
import os, signal, sys
from pathlib import Path
from support import season
for line in sys.stdin:
    child = os.fork()
    if not child:
        signal.setitimer(signal.ITIMER_PROF, float(line))
        season.run(Path(sys.argv[1]))
        os._exit(0)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_a_run_that_is_ended_at_any_moment_leaves_whole_sets(folder: Path) -> None:
    rng = random.Random(9)
    started_at = time.process_time()
    season.run(folder)
    takes = time.process_time() - started_at
    command = [sys.executable, "-c", ENDED, str(folder)]
    ended = 0
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=CHILD) as process:
        assert process.stdin and process.stdout
        for _ in range(12):
            process.stdin.write(f"{rng.uniform(0.001, 1.3 * takes)}\n".encode())
            process.stdin.flush()
            code = int(process.stdout.readline())
            assert code in (0, -signal.SIGPROF)
            ended += code != 0
            for path in (folder / "结果").iterdir():
                if path.is_dir() and not path.name.startswith("."):
                    record = read_record(path)
                    assert record
                    assert {f: sha256_of(path / f) for f in record.outputs} == record.outputs
        process.stdin.close()
    assert ended
    assert season.run(folder).folder


@pytest.mark.skipif(sys.platform == "win32", reason="rights and limits of POSIX")
def test_a_full_disk_is_found_before_anything_is_read(folder: Path) -> None:
    """Files of this process may have 1 MB: the probe does not fit, and 汇总台, broken, is not met."""
    (folder / "汇总台.xlsx").write_bytes(b"broken")
    limit = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20))\n"
    process = subprocess.run(
        [sys.executable, "-c", limit + RUN, str(folder)],
        capture_output=True,
        encoding="utf-8",
        check=False,
        env=CHILD,
    )
    assert "第001次" in process.stderr and "/." not in process.stderr.splitlines()[-1]
    assert not list((folder / "结果").iterdir())
    import resource

    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] != 1 << 20


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_folder_is_found_before_anything_is_read(folder: Path) -> None:
    (folder / "汇总台.xlsx").write_bytes(b"broken")
    (folder / "结果").chmod(0o555)
    with pytest.raises(PermissionError) as refused:
        season.run(folder)
    assert str(refused.value.filename).endswith("第001次 2025-01-20")


def test_results_that_are_a_file(folder: Path) -> None:
    (folder / "结果").rmdir()
    (folder / "结果").write_text("x")
    with pytest.raises(OSError):
        season.run(folder)


def test_a_run_that_fails_leaves_nothing(folder: Path) -> None:
    season.typed(folder / "汇总台.xlsx", "设置", {"B16": "没有的文件.xlsx"})
    with pytest.raises(SeasonError, match=r"“上年文件”写的是 没有的文件.xlsx，找不到"):
        season.run(folder)
    assert list((folder / "结果").iterdir()) == []


def test_drafts_of_killed_runs_are_swept_away_later(folder: Path) -> None:
    old, new = folder / "结果" / ".第009次.0a1b2c3d", folder / "结果" / ".第009次.0a1b2c3e"
    for path in (old, new):
        path.mkdir()
    os.utime(old, (1, 1))
    season.run(folder)
    assert not old.exists() and new.exists()


def test_numbers_go_on_where_a_run_has_lost_its_record(folder: Path) -> None:
    first = season.run(folder)
    (first.folder / RECORD).unlink()  # type: ignore[operator]
    (folder / "结果" / "第007次 手工").mkdir()
    assert season.run(folder).city.run.number == 8
