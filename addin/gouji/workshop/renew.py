"""Files of the package that are made from its data: ``python -m gouji.workshop.renew`` (make reference).

They are kept so that people and other programs can read them without running anything; a test compares each
with what would be made today.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from ..rules.reference import markdown
from .schema import dumped, findings_schema, report_schema

PACKAGE: Final = Path(__file__).parents[1]
#: Path below the package -> what makes it.
GENERATED: Final[Mapping[str, Callable[[], str]]] = {
    "rules/REFERENCE.zh-CN.md": markdown,
    "report.schema.json": lambda: dumped(report_schema()),
    "findings.schema.json": lambda: dumped(findings_schema()),
}


def renew(folder: Path = PACKAGE) -> list[Path]:
    """Write every file below ``folder`` and return their paths."""
    for name, make in GENERATED.items():
        (folder / name).write_text(make(), "utf-8", newline="\n")
    return [folder / name for name in GENERATED]


if __name__ == "__main__":
    for path in renew():
        print(path, file=sys.stdout)
