"""Begins programs with exactly the command lines that are given, as Explorer does for what is dropped."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path


def main() -> None:
    given = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    found = []
    for line in given["lines"]:
        # Wine's cmd has no CMDCMDLINE; Windows' own gives exactly this.
        env = {**os.environ, "CMDCMDLINE": line}
        nothing = subprocess.DEVNULL
        ran = subprocess.run(
            line, cwd=given["cwd"], env=env, stdin=nothing, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        found.append([ran.returncode, ran.stdout.decode("utf-8", "replace")])
    Path(sys.argv[2]).write_text(json.dumps(found), "utf-8")


main()
