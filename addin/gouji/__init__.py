"""gouji (勾稽): the statutory 政府信息公开工作年度报告 as data, workbook, checks and consolidation.

The names below are the front door, documented with examples in ``README.md`` beside this file. Each is
imported when it is first used, so that ``import gouji`` itself costs nothing.
"""

from __future__ import annotations

TYPE_CHECKING = False  # typing.TYPE_CHECKING without the import, which takes as long as all the rest
if TYPE_CHECKING:
    from .api import consolidate, import_report, read, seal, validate, write
    from .errors import GoujiError
    from .report import Report
    from .rules import Catalogue, Finding

__version__ = "0.8.1"

__all__ = [
    "Catalogue",
    "Finding",
    "GoujiError",
    "Report",
    "__version__",
    "consolidate",
    "import_report",
    "read",
    "seal",
    "validate",
    "write",
]

#: Name -> the module that has it.
_HOME = {
    **dict.fromkeys(("consolidate", "import_report", "read", "seal", "validate", "write"), "api"),
    **dict.fromkeys(("Catalogue", "Finding"), "rules"),
    "GoujiError": "errors",
    "Report": "report",
}


if not TYPE_CHECKING:  # a checker would take any name for one of ours

    def __getattr__(name: str) -> object:
        if name not in _HOME:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        import importlib

        found = getattr(importlib.import_module(f".{_HOME[name]}", __name__), name)
        globals()[name] = found
        return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
