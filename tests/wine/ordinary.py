"""A Windows Python as a user has it, with gouji put into it as pip does: from the wheel."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from functools import cache
from pathlib import Path

from prefix import ROOT, USER, WINE, unix_path

#: "Just for me" in a folder of its own, an environment of a project, packages of the user.
BASE = r"C:\Python 甲"
VENV = rf"{USER}\项目 (一)\.venv"
USER_SITE = rf"{USER}\AppData\Roaming\Python\Python311\site-packages"


@cache
def wheel() -> Path:
    folder = WINE / "built"
    shutil.rmtree(folder, ignore_errors=True)
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "-w", str(folder), str(ROOT)]
    subprocess.run(command, check=True)
    (path,) = folder.glob("gouji-*.whl")
    return path


def base_python() -> str:
    """python.exe of an installed Python: the files of the embeddable one, without what isolates it."""
    folder = unix_path(BASE)
    if not folder.exists():
        with zipfile.ZipFile(WINE / "python" / "data.zip") as archive:
            for entry in archive.infolist():
                name = Path(entry.filename).name
                if not entry.is_dir() and not name.endswith("._pth"):
                    folder.mkdir(parents=True, exist_ok=True)
                    (folder / name).write_bytes(archive.read(entry))
    _unpack(folder / "Lib" / "site-packages", sorted((WINE / "wheels").glob("*.whl")))
    return rf"{BASE}\python.exe"


def into_base() -> str:
    _unpack(unix_path(BASE) / "Lib" / "site-packages", [wheel()])
    return rf"{BASE}\python.exe"


def into_user_site() -> str:
    _remove(unix_path(BASE) / "Lib" / "site-packages")
    _unpack(unix_path(USER_SITE), [wheel()])
    return rf"{BASE}\python.exe"


def into_venv() -> str:
    """An environment: pyvenv.cfg, and the programs in Scripts, which the embeddable Python has no launchers
    for and are copies here."""
    folder = unix_path(VENV)
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "Scripts").mkdir(parents=True)
    for path in unix_path(BASE).glob("*.*"):
        if path.is_file():
            shutil.copy(path, folder / "Scripts")
    (folder / "pyvenv.cfg").write_text(f"home = {BASE}\ninclude-system-site-packages = false\n", "utf-8")
    _unpack(folder / "Lib" / "site-packages", [*sorted((WINE / "wheels").glob("*.whl")), wheel()])
    return rf"{VENV}\Scripts\python.exe"


def _unpack(site: Path, wheels: list[Path]) -> None:
    for path in wheels:
        with zipfile.ZipFile(path) as archive:
            archive.extractall(site)


def _remove(site: Path) -> None:
    for path in site.glob("gouji*"):
        shutil.rmtree(path)
