"""A copy of the package in a folder of its own, so that its data files can be changed and the copy be run."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import gouji

from . import ROOT

_CALL = "import sys; from gouji.cli import main; main(sys.argv[1:])"


class Copy:
    """``folder``: where the copy's commands run."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.package = folder / "lib" / "gouji"
        package = Path(gouji.__file__).parent
        # With what is compiled, which holds as long as the source does, but for what other processes write at
        # this moment and what they keep of their own work.
        shutil.copytree(package, self.package, ignore=shutil.ignore_patterns("*.pyc.*", "*.marshal*"))
        shutil.copytree(ROOT / "macros", self.package / "macros")

    def edition(self, edition: str) -> Path:
        return self.package / "form" / f"edition_{edition}.toml"

    def change(self, file: Path, changes: dict[str, str], to: Path | None = None) -> None:
        """Replace texts of which each stands once in a file; into the file ``to``, or itself."""
        text = file.read_text("utf-8")
        for old, new in changes.items():
            assert text.count(old) == 1, (old, text.count(old))
            text = text.replace(old, new)
        (to or file).write_text(text, "utf-8")

    def run(self, *arguments: str, code: int = 0) -> str:
        """Standard output of a command of the copy, which must end with ``code``."""
        return self.python("-c", _CALL, *arguments, code=code)

    def python(self, *arguments: str, code: int = 0) -> str:
        ran = subprocess.run(
            [sys.executable, *arguments],
            cwd=self.folder,
            env=os.environ | {"PYTHONPATH": str(self.package.parent)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert ran.returncode == code, ran.stdout + ran.stderr
        return ran.stdout

    def answer(self, program: str) -> Any:
        """What a program prints as JSON; ``json`` is imported for it."""
        return json.loads(self.python("-c", f"import json\n{program}"))
