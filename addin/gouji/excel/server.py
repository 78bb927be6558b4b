"""``gouji-server``: our own process that Excel attaches to by class id.

It is started at log-on (HKCU Run) or from ``start.cmd``, never by Excel: no child process of Excel for a
virus scanner to stop, no 120-second freeze while a Python that cannot start is waited for, no command
line to overflow. One server a session: a second one ends at once.
"""

from __future__ import annotations

import argparse
import logging
import os
import sys
from collections.abc import Iterator, Sequence
from importlib import import_module, metadata, util
from pathlib import Path

from ..wording import wording_of
from . import windows
from .console import say
from .host import is_store_office
from .interface import MUTEX, STOP_EVENT, XLWINGS
from .ways import ways


def said(key: str, **names: object) -> str:
    return str(wording_of("gouji.excel", "server")[key]).format_map(ways() | names)


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until told to stop. Exit code 0; 1 where something is missing, said in Chinese."""
    parser = argparse.ArgumentParser("gouji-server", description=said("description"))
    parser.add_argument("--stop", action="store_true", help=said("stop_help"))
    parser.add_argument("--check", action="store_true", help=said("check_help"))
    chosen = parser.parse_args(arguments)
    if sys.platform != "win32":
        return _tell([said("windows_only")])
    if chosen.stop:
        say(said("stopped" if stop() else "not_running"))
        return 0
    missing = preflight()
    if chosen.check:
        missing += [] if is_running() else [said("no_server")]
        missing += office_remarks()
        if not missing:
            say(said("ready"))
            return 0
    if missing:
        return _tell(missing)
    return _serve()


def _tell(missing: Sequence[str]) -> int:
    """Say what is missing: on the console where there is one, else (pythonw) in a message box."""
    text = "\n".join(missing)
    if sys.stderr is not None:
        say(text, err=True)
    else:
        windows.message_box(said("title"), text)
    return 1


def preflight() -> list[str]:
    """What this installation lacks to serve Excel, one Chinese sentence each; [] where nothing."""
    return list(_missing())


def _missing() -> Iterator[str]:
    try:
        import_module("pythoncom")
    except ImportError:
        yield said("no_pywin32")
    # Asked of its metadata: a server that does not come to serve never loads xlwings.
    found = _version("xlwings")
    if not found:
        yield said("no_xlwings")
    elif found != XLWINGS:
        yield said("xlwings_version", found=found, wanted=XLWINGS)


def _version(package: str) -> str:
    """The installed release; "" where there is none, or only its entry is left of it."""
    try:
        return metadata.version(package) if util.find_spec(package) else ""
    except metadata.PackageNotFoundError:
        return ""


def office_remarks() -> list[str]:
    """What the registry says of the Excel that COM would start; [] where it is Excel's own.

    We never start Excel ourselves; a wrong registration only explains why others fail.
    """
    command = windows.excel_command()
    if not command:
        return [said("no_excel")]
    if is_store_office(command):
        return [said("store")]
    return [] if "excel.exe" in command.lower() else [said("wps_took_over", path=command)]


def is_running() -> bool:
    """Whether a server of this session is there, without attaching to it."""
    return windows.event_exists(STOP_EVENT)


def stop() -> bool:
    """Ask the running server to end; False where there is none."""
    return windows.signal(STOP_EVENT)


def _log_to(folder: Path) -> None:
    """A log beside the installation: pythonw has no console, and xlwings prints where no logger is set."""
    folder.mkdir(parents=True, exist_ok=True)
    logging.basicConfig(
        filename=folder / "server.log",
        filemode="w",
        encoding="utf-8",
        level=logging.INFO,
        format="%(asctime)s %(name)s %(levelname)s %(message)s",
    )


def _serve() -> int:
    marker = windows.only_one(MUTEX)
    if marker is None:
        say(said("running"))
        return 0
    from .served import offered

    _log_to(Path(os.environ.get("LOCALAPPDATA") or Path.home()) / "gouji")
    try:
        with offered():
            windows.serve_until(STOP_EVENT)
    except Exception:  # pythonw shows none
        logging.getLogger(__name__).exception("server")
        raise
    marker.Close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
