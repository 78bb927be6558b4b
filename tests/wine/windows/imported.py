"""xlwings' own Import Functions, as its add-in asks for it, on the five-line module beside a workbook."""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path
from typing import Any

from xlwings.udfs import get_udf_module, import_udfs


class Components:
    """The VBA project of a workbook, as far as the import uses it."""

    def __init__(self) -> None:
        self.imported = ""

    def __call__(self, name: str) -> str:
        return name

    def Remove(self, component: str) -> None:
        assert component == "xlwings_udfs"

    def Import(self, path: str) -> None:
        self.imported = Path(path).read_bytes().decode("gbk")


class Application:
    Version = "16.0"

    def __init__(self) -> None:
        self.described: dict[str, str] = {}

    def MacroOptions(self, macro: str, **options: Any) -> None:
        self.described[macro] = str(options["Description"])


class Project:
    def __init__(self) -> None:
        self.VBComponents = Components()


class Book:
    Name = "自己的.xlsm"

    def __init__(self) -> None:
        self.VBProject, self.Application = Project(), Application()


def main() -> None:
    given = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    folder = Path(given["folder"])
    sys.path.insert(0, str(folder))
    name = Path(given["module"]).stem
    get_udf_module(name, None)  # a real workbook would first be searched for sheets that hold code
    book = Book()
    import_udfs(name, book)
    found = {
        "vba": book.VBProject.VBComponents.imported,
        "described": book.Application.described,
        "total": importlib.import_module(name).GJ_TOTAL([[1.0, 2.0]]),
    }
    Path(sys.argv[2]).write_text(json.dumps(found), "utf-8")


main()
