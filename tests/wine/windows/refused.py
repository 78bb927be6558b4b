"""Tries what xlwings' own server would do for any macro: each must fail, and none leave a trace."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

import pywintypes
from attach import WAYS
from xlwings.com_server import XLPython

#: Arguments by which a method of that name would work; () for all others.
WOULD_WORK: dict[str, tuple[Any, ...]] = {
    "Exec": ("open(r'{trace}', 'w').close()",),
    "Eval": ("open(r'{trace}', 'w').close()",),
    "Module": ("os",),
    "Str": ("x",),
}


def outcome(work: Any) -> str:
    try:
        work()
    except (AttributeError, pywintypes.com_error) as error:
        told = error.excepinfo if isinstance(error, pywintypes.com_error) else None
        return f"failed: {told[2] if told else error}"
    return "worked"


def tried(server: Any, calls: list[list[str]], trace: str) -> dict[str, Any]:
    def method(name: str) -> Any:
        return getattr(server, name)(*(a.format(trace=trace) for a in WOULD_WORK.get(name, ())))

    theirs = [name for name in XLPython._public_methods_ if name != "CallUDF"]
    return {
        "methods": {name: outcome(lambda name=name: method(name)) for name in theirs},
        "calls": [outcome(lambda call=call: server.CallUDF(*call, (trace,))) for call in calls],
        "put": outcome(lambda: setattr(server, "CallUDF", 1)),
    }


def main() -> None:
    given = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    trace = Path(sys.argv[2]).with_name("trace")
    trace.unlink(missing_ok=True)
    found: dict[str, Any] = {way: tried(attach(), given["calls"], str(trace)) for way, attach in WAYS.items()}
    found["trace"] = trace.exists()
    Path(sys.argv[2]).write_text(json.dumps(found), "utf-8")


main()
