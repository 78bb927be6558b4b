"""Puts gouji onto a Windows user's machine, and takes it off: that user's folders and registry only.

One road from two sources: ``install.cmd`` of the bundle, with the bundle's own Python, and ``gouji addin
install``, with the Python into which pip put gouji. What is written is removed again; what a person wrote
never is.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from ..errors import GoujiError
from ..records import dataclass
from . import entries, windows
from .console import say
from .interface import INSTALL_MUTEX
from .places import (
    ADDIN,
    EXCEL,
    InstallError,
    Places,
    changed,
    copy_file,
    copy_tree,
    empty_home,
    keep_own,
    lock_templates,
    places,
    said,
    some_of,
)
from .program import Program, of_bundle, of_environment
from .server import is_running, preflight, stop
from .ways import own_bundle

_PATIENCE = 30.0  # seconds for a server to end or to start


@dataclass(frozen=True, slots=True)
class Done:
    """What was done or found, a Chinese line each. ``code``: 0; 1 where something is not as it should
    be; 2 elsewhere than on Windows."""

    lines: list[str]
    code: int = 0


def main(arguments: Sequence[str]) -> int:
    """``install``, ``uninstall`` or ``status``, as :func:`perform` does it; prints the lines."""
    done = perform(*arguments)
    say("\n".join(done.lines))
    return done.code


def perform(action: str) -> Done:
    """Do what is asked of :data:`ACTIONS`. Whatever stops it is said in one line, with what to do."""
    if sys.platform != "win32":
        return Done([said("windows_only")], 2)
    try:
        return _ACTIONS[action]()
    except GoujiError as error:
        return Done([error.message], 1)
    except OSError as error:
        if isinstance(error, PermissionError) and error.filename:
            return Done([said("in_use", name=error.filename)], 1)
        return Done([said("stopped", reason=error.strerror or error)], 1)


def install() -> Done:
    """Copy what belongs onto the machine, register it for the user, start the server."""
    bundle, to = own_bundle(), places()
    if bundle:
        verify(bundle)
        with _alone():
            return _install(bundle, to, of_bundle(to.home))
    program = of_environment()
    if missing := preflight():
        return Done(missing, 1)
    with _alone(), tempfile.TemporaryDirectory() as folder:
        from .handout import write_handout

        write_handout(Path(folder))
        return _install(Path(folder), to, program)


def _install(source: Path, to: Places, program: Program) -> Done:
    _refuse_open(to)
    _end_server()
    lines = [said("kept", path=path) for path in keep_own(to)]
    if source.resolve() != to.home.resolve():
        empty_home(to)
        copy_tree(source, to.home)
    lock_templates(to)
    lines += [said("installed", home=to.home), said("templates", entry=said("trusted"), folder=to.own)]
    lines.append(_copy_addin(to))
    lines += [said("untrusted", folder=folder) for folder in entries.trusted_before(to)]
    entries.remove_leftovers()
    for entry in entries.entries(to, program):
        entry.write()
    started = _start_server(program)
    lines.append(said("started" if started else "not_started", home=to.home))
    return Done(lines, 0 if started else 1)


def _copy_addin(to: Places) -> str:
    addin = to.home / EXCEL / ADDIN
    if not addin.is_file():
        return said("no_addin")
    copy_file(addin, to.addin)
    return said("addin", path=to.addin)


def uninstall() -> Done:
    """Take back what :func:`install` did. A running copy leaves its own Python to the script."""
    to = places()
    with _alone():
        return _uninstall(to)


def _uninstall(to: Places) -> Done:
    _refuse_open(to)
    _end_server()
    lines = [said("kept", path=path) for path in keep_own(to)]
    entries.remove_all(to, of_bundle(to.home))
    to.addin.unlink(missing_ok=True)
    empty_home(to)
    return Done([*lines, said("removed", folder=to.own)])


def status() -> Done:
    """What is installed and what runs; code 1 where something must be mended first."""
    from .status import status

    lines, ready = status(places())
    return Done(lines if ready else [*lines, said("mend")], 0 if ready else 1)


_ACTIONS: dict[str, Callable[[], Done]] = {"install": install, "uninstall": uninstall, "status": status}
#: What can be asked.
ACTIONS = tuple(_ACTIONS)


def verify(folder: Path) -> None:
    """Compare every file with SHA256SUMS. Raises :class:`InstallError` naming what is missing or changed."""
    if bad := changed(folder):
        raise InstallError(said("incomplete", names=some_of(bad)))


@contextmanager
def _alone() -> Iterator[None]:
    """Raises InstallError while another installs or uninstalls."""
    marker = windows.only_one(INSTALL_MUTEX)
    if marker is None:
        raise InstallError(said("under_way"))
    try:
        yield
    finally:
        marker.Close()


def _refuse_open(to: Places) -> None:
    """Raises PermissionError while Excel has the add-in or a template open: before anything was changed."""
    for path in (to.addin, *to.templates.glob("*")):
        if path.is_file():
            path.rename(path)


# ---------------------------------------------------------------- server


def _end_server() -> None:
    if stop():
        _wait(lambda: not is_running())


def _start_server(program: Program) -> bool:
    nothing = subprocess.DEVNULL
    subprocess.Popen(
        [str(program.pythonw), *program.arguments],
        cwd=program.pythonw.parent,
        stdin=nothing,
        stdout=nothing,
        stderr=nothing,
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
