"""What the installer left in this user's registry, and how the installed Python sees the world."""

from __future__ import annotations

import json
import locale
import sys
import winreg
from pathlib import Path
from typing import Any

from gouji.excel import install, server


def values(path: str) -> dict[str, Any] | None:
    try:
        with winreg.OpenKey(winreg.HKEY_CURRENT_USER, path) as key:
            count = winreg.QueryInfoKey(key)[1]
            return {n: v for n, v, _ in (winreg.EnumValue(key, i) for i in range(count))}
    except OSError:
        return None


def main() -> None:
    to = install.targets()
    found = {
        "settings": values(install._SETTING),
        "run": values(install._RUN),
        "trusted": {key: values(key) for key in install.trusted_locations()},
        "running": server.is_running(),
        "preflight": server.preflight(),
        "targets": {n: str(getattr(to, n)) for n in ("home", "templates", "addin", "shortcut")},
        "encoding": locale.getpreferredencoding(False),
        "utf8_mode": sys.flags.utf8_mode,
        "isolated": sys.flags.isolated,
        "path": sys.path,
        "executable": sys.executable,
    }
    Path(sys.argv[2]).write_text(json.dumps(found), "utf-8")


main()
