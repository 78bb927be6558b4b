"""Runs a module as a process of its own and writes down each process that it starts or ends, to the very end.

``audited.py OUT MODULE ARGUMENTS...``; ``--stop-after SECONDS`` before MODULE tells a server to end.
"""

from __future__ import annotations

import atexit
import json
import runpy
import sys
import threading
import time
from pathlib import Path
from typing import Any

_WATCHED = (
    "subprocess.",
    "os.system",
    "os.spawn",
    "os.exec",
    "os.startfile",
    "os.kill",
    "_winapi.CreateProcess",
)
_STARTS: list[str] = []


def note(event: str, given: tuple[Any, ...]) -> None:
    if event.startswith(_WATCHED) or event == "_winapi.TerminateProcess":
        _STARTS.append(f"{event} {given}")


def tell(out: Path) -> None:
    out.write_text(json.dumps({"started": _STARTS, "xlwings": "xlwings" in sys.modules}), "utf-8")


def stop_after(seconds: float) -> None:
    from gouji.excel import server

    while not server.is_running():
        time.sleep(0.05)
    time.sleep(seconds)
    server.stop()


def main() -> None:
    out, module, *arguments = sys.argv[1:]
    # Registered first, so run last: after what the module and what it loads do at the end.
    atexit.register(tell, Path(out))
    sys.addaudithook(note)
    if module == "--stop-after":
        seconds, module, *arguments = arguments
        threading.Thread(target=stop_after, args=(float(seconds),), daemon=True).start()
    sys.argv = [module, *arguments]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


main()
