"""What the installer left on this machine, and how the Python at hand sees the world."""

from __future__ import annotations

import json
import locale
import sys
from pathlib import Path
from typing import Any

from gouji.excel import entries, server, windows
from gouji.excel.places import places
from gouji.excel.program import of_bundle


def main() -> None:
    to = places()
    kept: dict[str, dict[str, Any] | None] = {
        key: windows.values(key) for key in (entries._CLASS + r"\CLSID", *entries._LEFTOVERS)
    }
    found = {
        "places": {n: str(getattr(to, n)) for n in ("home", "templates", "addin", "menu", "own")},
        "entries": {e.name: entries.state_of(e) for e in entries.entries(to, of_bundle(to.home))},
        "run": (windows.values(entries._RUN) or {}).get(entries._NAME),
        "trusted": {v: windows.values(entries.trusted(to, v).path) for v in entries._OFFICE},
        "keys": kept,
        "menu": {path.name: windows.read_shortcut(path)[0].name for path in to.menu.glob("*.lnk")},
        "running": server.is_running(),
        "preflight": server.preflight(),
        "encoding": locale.getpreferredencoding(False),
        "utf8_mode": sys.flags.utf8_mode,
        "isolated": sys.flags.isolated,
        "path": sys.path,
        "executable": sys.executable,
    }
    Path(sys.argv[2]).write_text(json.dumps(found), "utf-8")


main()
