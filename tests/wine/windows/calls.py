"""Another process than the server: call what is asked for, each in both ways of attaching."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from attach import WAYS


def plain(found: Any) -> Any:
    return [plain(each) for each in found] if isinstance(found, (list, tuple)) else found


def grid(argument: Any) -> Any:
    """A list of rows as VBA's Value2 passes it."""
    return tuple(map(tuple, argument)) if isinstance(argument, list) else argument


def main() -> None:
    calls = json.loads(Path(sys.argv[1]).read_text("utf-8"))["calls"]
    found: dict[str, Any] = {}
    for name, attach in WAYS.items():
        started = time.perf_counter()
        try:
            server = attach()
        except Exception as error:  # what VBA would see
            found[name] = {"error": str(error), "seconds": time.perf_counter() - started}
            continue
        seconds = time.perf_counter() - started
        results = [plain(server.CallUDF(module, f, tuple(map(grid, a)))) for module, f, a in calls]
        found[name] = {"seconds": seconds, "results": results}
    Path(sys.argv[2]).write_text(json.dumps(found), "utf-8")


main()
