"""What of the installation is in place: a line for each thing, in words."""

from __future__ import annotations

from collections.abc import Iterator

from ..digests import sha256_if_there
from . import entries
from .interface import VERSION
from .places import ADDIN, EXCEL, Places, changed, listed, said, some_of
from .program import Program, of_bundle, of_environment
from .server import is_running, office_remarks, preflight
from .ways import own_bundle


def status(to: Places) -> tuple[list[str], bool]:
    """The lines, and whether all is in place. What is to be said of Excel itself is no part of it.

    Raises InstallError where this Python could not serve.
    """
    program = of_bundle(to.home) if own_bundle() else of_environment()
    found = list(_states(to, program))
    lines = [said("program", version=VERSION, path=program.pythonw)]
    lines += [said("line", name=said(name), state=state) for name, state, _ in found]
    missing = preflight()
    return [*lines, *missing, *office_remarks()], all(ready for *_, ready in found) and not missing


def _states(to: Places, program: Program) -> Iterator[tuple[str, str, bool]]:
    """(key of the name, state in words, whether that is as it should be)"""
    yield "of_files", *_files(to)
    yield "of_addin", *_addin(to)
    for entry in entries.entries(to, program):
        state = entries.state_of(entry)
        yield entry.name, said(state, found=_shown(entry.found())), state == "ready"
    running = is_running()
    yield "of_server", said("running" if running else "not_running"), running


def _files(to: Places) -> tuple[str, bool]:
    bad = changed(to.home)
    if not to.home.is_dir() or len(bad) == len(listed(to.home)):
        return said("absent"), False
    if bad:
        return said("changed", names=some_of(bad)), False
    return said("ready", found=""), True


def _addin(to: Places) -> tuple[str, bool]:
    digest = sha256_if_there(to.addin)
    if not digest:
        return said("absent"), False
    wanted = listed(to.home).get(f"{EXCEL}/{ADDIN}")
    if wanted and not own_bundle():
        from .handout import addin_digest

        wanted = addin_digest()
    return (said("ready", found=""), True) if digest == wanted else (said("old"), False)


def _shown(found: object) -> str:
    if isinstance(found, dict):
        return "，".join(map(str, found.values()))
    return " ".join(map(str, found)) if isinstance(found, tuple) else str(found)
