"""What a command costs before and beside its work: python tests/benchmarks/bench_start.py [ROUNDS]

One workbook and what is commonly done with it, each command as a process of its own, all in turn, so that a
busy machine slows all alike. Printed: the median CPU of the process and its children, how many times that of
``python -c pass``, and of the CPU within the process what imports, the catalogue, and reading the file take.
"""

from __future__ import annotations

import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import gouji
from benchmarks.many_books import unit, write_books

ROUNDS = 9
#: Measures what a command spends where; times that lie within one another are counted once.
_PARTS = """
import json, sys, time
clock, spent, inside = time.process_time, {"imports": 0.0, "catalogue": 0.0, "reading": 0.0}, []
def within(name, act):
    def measured(*values, **named):
        began, below = clock(), []
        inside.append(below)
        try:
            return act(*values, **named)
        finally:
            took = clock() - began
            inside.pop()
            spent[name] += took - sum(below)
            if inside:
                inside[-1].append(took)
    return measured
import importlib._bootstrap as bootstrap
bootstrap._load_unlocked = within("imports", bootstrap._load_unlocked)
before = clock()
from gouji.cli import main
spent["rest"] = 0.0
main = within("rest", main)
if len(sys.argv) > 1 and not sys.argv[1].startswith("-"):
    import gouji.rules as rules, gouji.examine as examine
    home = sys.modules["gouji.rules.catalogue"]
    rules.catalogue = home.catalogue = within("catalogue", home.catalogue)
    examine.read_report = within("reading", examine.read_report)
sys.argv[0] = "gouji"
try:
    main()
finally:
    print(json.dumps(spent | {"modules": len(sys.modules)}), file=sys.stderr)
"""


def prepared(folder: Path) -> dict[str, list[str]]:
    """Name -> arguments of each command, on one book of an invented unit."""
    (folder / "in").mkdir()
    write_books(folder / "in", 1)
    (folder / "in" / f"{unit(0)}.xlsx").rename(folder / "in" / "one.xlsx")
    gouji.write(gouji.read(folder / "in" / "one.xlsx"), folder / "one.json")
    (folder / "roster.csv").write_text(f"单位名称\n{unit(0)}\n", "utf-8")
    out = ["--force", "-o"]
    city = ["consolidate", "in", "--roster", "roster.csv", "--name", "某市"]
    return {
        "gouji --version": ["--version"],
        "gouji validate one.xlsx": ["validate", "in/one.xlsx"],
        "gouji validate one.json": ["validate", "one.json"],
        "gouji export one.xlsx": ["export", "in/one.xlsx", *out, "export.json"],
        "gouji consolidate, one book": [*city, *out, "out"],
    }


def cpu(command: list[str], folder: Path) -> tuple[float, str]:
    """Seconds of CPU of a process and its children, and the last line that it says on stderr."""
    environment = os.environ | {
        "PYTHONPATH": str(Path(gouji.__file__).parents[1]),
        "PYTHONPYCACHEPREFIX": str(folder / "compiled"),
    }
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # a start that compiles everything is nobody's
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    ran = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if ran.returncode not in (0, 1):
        raise SystemExit(f"{command}: {ran.stdout}{ran.stderr}")
    told = ran.stderr.splitlines()
    return sum(after[:2]) - sum(before[:2]), told[-1] if told else ""


def main() -> None:
    rounds = int(sys.argv[1]) if sys.argv[1:] else ROUNDS
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        plain = [sys.executable, "-c", "from gouji.cli import main; main()"]
        commands = {"python -c pass": [sys.executable, "-c", "pass"]}
        commands |= {name: [*plain, *arguments] for name, arguments in prepared(folder).items()}
        taken: dict[str, list[float]] = {name: [] for name in commands}
        for number in range(rounds + 1):
            for name, command in commands.items():
                spent, _ = cpu(command, folder)
                if number:  # the first writes the byte code
                    taken[name].append(spent)
        bare = statistics.median(taken["python -c pass"])
        parts = ("imports", "catalogue", "reading", "rest", "modules")
        print(f"{'':30}{'CPU ms':>9}{'x python':>10}" + "".join(f"{part:>11}" for part in parts))
        for name, command in commands.items():
            median = statistics.median(taken[name])
            print(f"{name:30}{median * 1000:9.0f}{median / bare:10.1f}", end="")
            if command[2] != "pass":
                _, told = cpu([sys.executable, "-c", _PARTS, *command[3:]], folder)
                spent = json.loads(told)
                print(
                    "".join(f"{spent[p] * 1000:11.0f}" for p in parts[:4]) + f"{spent['modules']:11}", end=""
                )
            print()


if __name__ == "__main__":
    main()
