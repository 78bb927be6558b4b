"""The companion script: ``python addin/consolidate.py FOLDER …`` from a fresh checkout, nothing installed.

The same as ``gouji consolidate``: its options, its words, its exit codes. It needs Python 3.11 and the
packages that the project names.
"""

from __future__ import annotations

import sys
from pathlib import Path

#: Module -> the package that pip knows.
NEEDED = {
    "click": "click",
    "rich": "rich",
    "xlsxwriter": "XlsxWriter",
    "msgspec": "msgspec",
    "openpyxl": "openpyxl",
}


def run() -> None:
    """Find the package beside this file and hand it the arguments. Exit code 2 where a package is missing."""
    if hasattr(sys.stderr, "reconfigure"):
        encoding = sys.stderr.encoding if sys.stderr.isatty() else "utf-8"
        sys.stderr.reconfigure(encoding=encoding, errors="replace")
    here = Path(__file__).resolve().parent
    if sys.version_info < (3, 11):  # noqa: UP036 - nobody has installed this: pip has not asked
        sys.exit(
            _refused(f"需要 Python 3.11 以上 / Python 3.11 or later is needed: {sys.version.split()[0]}")
        )
    sys.path.insert(0, str(here))
    from importlib.util import find_spec

    if missing := [package for module, package in NEEDED.items() if find_spec(module) is None]:
        install = f'"{sys.executable}" -m pip install "{here.parent}"'
        names = "、".join(missing)
        sys.exit(_refused(f"缺少 Python 包 / packages missing: {names}。请先运行 / first run: {install}"))
    from gouji.cli import main

    main(["consolidate", *sys.argv[1:]])


def _refused(why: str) -> int:
    print(why, file=sys.stderr)
    return 2


if __name__ == "__main__":
    run()
