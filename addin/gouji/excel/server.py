"""``gouji-server``: our own process that Excel attaches to by class id.

It is started at log-on (HKCU Run) or from ``start.cmd``, never by Excel: no child process of Excel for a
virus scanner to stop, no 120-second freeze while a Python that cannot start is waited for, no command
line to overflow. One server a session: a second one ends at once.
"""

from __future__ import annotations

import argparse
import importlib
import logging
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from ..wording import wording_of
from . import windows
from .host import is_store_office
from .interface import CLSID, COMMAND_MODULE, MUTEX, STOP_EVENT, UDF_MODULE, XLWINGS


def said(key: str, **names: object) -> str:
    return str(wording_of("gouji.excel", "server")[key]).format_map(names)


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until told to stop. Exit code 0; 1 where something is missing, said in Chinese."""
    parser = argparse.ArgumentParser("gouji-server", description=said("description"))
    parser.add_argument("--stop", action="store_true", help=said("stop_help"))
    parser.add_argument("--check", action="store_true", help=said("check_help"))
    chosen = parser.parse_args(arguments)
    if sys.platform != "win32":
        return _tell([said("windows_only")])
    if chosen.stop:
        print(said("stopped" if stop() else "not_running"))
        return 0
    missing = preflight()
    if chosen.check:
        missing += [] if is_running() else [said("no_server")]
        missing += office_remarks()
        if not missing:
            print(said("ready"))
            return 0
    if missing:
        return _tell(missing)
    return _serve()


def _tell(missing: Sequence[str]) -> int:
    """Say what is missing: on the console where there is one, else (pythonw) in a message box."""
    text = "\n".join(missing)
    if sys.stderr is not None:
        print(text, file=sys.stderr)
    else:
        windows.message_box(said("title"), text)
    return 1


def preflight() -> list[str]:
    """What this installation lacks to serve Excel, one Chinese sentence each; [] where nothing."""
    return list(_missing())


def _missing() -> Iterator[str]:
    for module, key in (("pythoncom", "no_pywin32"), ("xlwings", "no_xlwings")):
        try:
            found = importlib.import_module(module)
        except ImportError:
            yield said(key)
            continue
        if module == "xlwings" and found.__version__ != XLWINGS:
            yield said("xlwings_version", found=found.__version__, wanted=XLWINGS)


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


def load_modules() -> None:
    """Register our modules with xlwings before the first call.

    Loaded on a call, xlwings would first look through the caller's workbook for sheets named ``*.py``,
    which a received workbook may well have.
    """
    from xlwings.udfs import get_udf_module

    for module in (UDF_MODULE, COMMAND_MODULE):
        get_udf_module(module, None)  # type: ignore[no-untyped-call]


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
    from xlwings import com_server

    marker = windows.only_one(MUTEX)
    if marker is None:
        print(said("running"))
        return 0
    _log_to(Path(os.environ.get("LOCALAPPDATA") or Path.home()) / "gouji")
    load_modules()
    windows.quit_on(STOP_EVENT)
    com_server.serve(CLSID)  # type: ignore[no-untyped-call]
    marker.Close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
