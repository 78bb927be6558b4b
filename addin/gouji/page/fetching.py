"""What the page is made of, fetched into a folder by npm and pip: ``python -m gouji.page.fetching FOLDER``.

For ``make page`` and the tests; the command ``gouji page`` is given the files and needs no network.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from ..workshop.packages import download_wheels, read_wheels
from .sources import PageError, contents, pyodide_files


def fetch(folder: Path) -> Path:
    """Pyodide's npm package and the pinned wheels in ``folder``; the path of the former.

    What is there already is not fetched again. Raises :class:`PageError`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    wheels = contents()["wheels"]
    if any(not (folder / name).is_file() for name in wheels):
        download_wheels(wheels, folder, PageError)
    list(read_wheels(wheels, folder, PageError))
    version = contents()["pyodide"]["version"]
    package = folder / f"pyodide-{version}.tgz"
    if not package.is_file():
        _npm_pack(f"pyodide@{version}", folder)
    pyodide_files(package)
    return package


def _npm_pack(name: str, folder: Path) -> None:
    npm = shutil.which("npm")
    if npm is None:
        raise PageError("no_npm")
    command = [npm, "pack", name, "--silent", "--pack-destination", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
    if done.returncode:
        raise PageError("npm_failed", reason=(done.stderr.strip().splitlines() or ["npm"])[-1])


if __name__ == "__main__":
    fetch(Path(sys.argv[1]))
