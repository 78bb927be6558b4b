"""Puts the bundle onto a clerk's machine, and takes it off: the current user's folders and registry only.

Run by ``install.cmd`` and ``uninstall.cmd`` with the bundle's own Python. What is written is removed again;
the folder of the clerk's workbooks never is.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..errors import GoujiError
from ..wording import wording_of
from . import windows
from .bundle import EXCEL, PYTHON, TEMPLATES
from .interface import CHECKSUMS, SETTING
from .server import is_running, stop

#: Office versions whose settings are written where the version has been used; the last one always.
OFFICE = ("14.0", "15.0", "16.0")
_RUN = r"Software\Microsoft\Windows\CurrentVersion\Run"
#: Where VBA's GetSetting looks.
_SETTING = rf"Software\VB and VBA Program Settings\{SETTING[0]}\{SETTING[1]}"
_NAME = "gouji-server"
#: No setting of the machine changes how Python runs: ``PYTHONUTF8`` is read even by an embedded one.
_ARGUMENTS = "-I -X utf8=0 -m gouji.excel.server"
_PATIENCE = 15.0  # seconds for a server to end or to start
_NAMED = 3  # files named one by one in a message


def said(key: str, **names: object) -> str:
    return str(wording_of("gouji.excel", "install")[key]).format_map(names)


@dataclass(frozen=True, slots=True)
class Targets:
    """Where things go on this machine."""

    home: Path
    templates: Path
    addin: Path
    shortcut: Path

    @property
    def pythonw(self) -> Path:
        return self.home / PYTHON / "pythonw.exe"

    @property
    def server_command(self) -> str:
        return f'"{self.pythonw}" {_ARGUMENTS}'


def targets() -> Targets:
    """The current user's folders; 文档 may have been moved, so the registry is asked."""
    roaming = Path(os.environ["APPDATA"])
    programs = roaming / "Microsoft" / "Windows" / "Start Menu" / "Programs"
    return Targets(
        home=Path(os.environ["LOCALAPPDATA"]) / SETTING[0],
        templates=windows.documents() / said("folder"),
        addin=roaming / "Microsoft" / "Excel" / "XLSTART" / "gouji.xlam",
        shortcut=programs / f"{said('title')}.lnk",
    )


def main(arguments: Sequence[str]) -> int:
    """``install`` or ``uninstall``; prints Chinese lines. Exit code 0, or 1 where it failed."""
    if sys.platform != "win32":
        return 1
    work: Callable[[], list[str]] = uninstall if arguments[:1] == ["uninstall"] else install
    try:
        lines = work()
    except InstallError as error:
        print(error)
        return 1
    except PermissionError as error:
        print(said("in_use", name=error.filename))
        return 1
    print("\n".join(lines))
    return 0


class InstallError(GoujiError):
    """Installation stops; the message is one Chinese line."""


def install(source: Path | None = None) -> list[str]:
    """Copy the bundle that this Python belongs to, register it for the user, start the server."""
    source = source or Path(sys.executable).parent.parent
    verify(source)
    to = targets()
    _end_server()
    if source.resolve() != to.home.resolve():
        shutil.rmtree(to.home, ignore_errors=True)
        copy_tree(source, to.home)
    copy_tree(source / TEMPLATES, to.templates)
    lines = [said("installed", home=to.home), said("templates", folder=to.templates)]
    addin = source / EXCEL / to.addin.name
    if addin.is_file():
        copy_file(addin, to.addin)
        lines.append(said("addin", path=to.addin))
    else:
        lines.append(said("no_addin"))
    _register(to)
    windows.write_shortcut(to.shortcut, to.pythonw, _ARGUMENTS)
    return [*lines, said("started") if _start_server(to) else said("not_started", home=to.home)]


def uninstall() -> list[str]:
    """Take back what :func:`install` did. A running copy leaves its own Python to the script."""
    to = targets()
    _end_server()
    _unregister()
    for path in (to.addin, to.shortcut):
        path.unlink(missing_ok=True)
    shutil.rmtree(to.home, ignore_errors=True)
    return [said("removed", folder=to.templates)]


def verify(folder: Path) -> None:
    """Compare every file with SHA256SUMS. Raises :class:`InstallError` naming what is missing or changed."""
    try:
        lines = (folder / CHECKSUMS).read_text("utf-8").splitlines()
    except OSError:
        lines = [f"-  {CHECKSUMS}"]
    bad = [
        name for digest, name in (line.split("  ", 1) for line in lines) if _sha256(folder / name) != digest
    ]
    if bad:
        more = said("and_more", count=len(bad)) if len(bad) > _NAMED else ""
        raise InstallError(said("incomplete", names="、".join(bad[:_NAMED]) + more))


def _sha256(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def copy_file(source: Path, target: Path) -> None:
    """Bytes only: the mark that a file came by mail is a stream beside them and stays behind."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(source.read_bytes())


def copy_tree(source: Path, target: Path) -> None:
    target.mkdir(parents=True, exist_ok=True)
    for path in source.rglob("*"):
        if path.is_file() and "__pycache__" not in path.parts:
            copy_file(path, target / path.relative_to(source))


# ---------------------------------------------------------------- registry


def trusted_locations() -> list[str]:
    """Keys below HKCU, one an Office version in use, that make the templates' folder a Trusted Location."""
    bases = {version: rf"Software\Microsoft\Office\{version}\Excel" for version in OFFICE}
    used = (base for version, base in bases.items() if version == OFFICE[-1] or windows.has_key(base))
    return [rf"{base}\Security\Trusted Locations\gouji" for base in used]


def _register(to: Targets) -> None:
    for key in trusted_locations():
        trusted: dict[str, str | int] = {
            "Path": f"{to.templates}\\",
            "Description": said("trusted"),
            "AllowSubfolders": 1,
        }
        windows.set_values(key, trusted)
    windows.set_values(_RUN, {_NAME: to.server_command})
    windows.set_values(_SETTING, {SETTING[2]: str(to.home)})


def _unregister() -> None:
    for key in (*trusted_locations(), _SETTING, _SETTING.rpartition("\\")[0]):
        windows.delete_key(key)
    windows.delete_value(_RUN, _NAME)


# ---------------------------------------------------------------- server


def _end_server() -> None:
    if stop():
        _wait(lambda: not is_running())


def _start_server(to: Targets) -> bool:
    nothing = subprocess.DEVNULL
    subprocess.Popen(
        [str(to.pythonw), *_ARGUMENTS.split()], cwd=to.home, stdin=nothing, stdout=nothing, stderr=nothing
    )
    return _wait(is_running)


def _wait(until: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + _PATIENCE
    while not until():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.1)
    return True


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
