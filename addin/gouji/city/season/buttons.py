"""The buttons of 汇总台 put back into a workbook that openpyxl has saved, which drops them.

Buttons are shapes of a sheet's legacy drawing (ECMA-376 part 4, 19; VML); notes of the sheet stand in the
same drawing, of which a sheet has one.
"""

from __future__ import annotations

import re
from typing import Final

from ...marks import Mark
from ...workbook.returning.drawing import draw, drawing_of
from ...workbook.returning.overlay import sheet_parts
from ...workbook.returning.package import Package

#: A drawing of notes numbers its shapes from 1: buttons go behind, in the same thousand.
_SHAPE = re.compile(r"_x0000_s10(\d\d)")
_SPACES: Final = (
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"'
)


def with_buttons(package: bytes, fresh: bytes, sheet: Mark) -> bytes:
    """``package`` with the buttons that ``sheet`` of ``fresh`` has; both are plain .xlsx."""
    book = Package(package)
    part, buttons = _sheet_part(book, sheet), _drawing(Package(fresh), sheet)
    if there := drawing_of(book, part):
        inside = book.part(there).decode("utf-8")
        buttons = inside.replace("</xml>", f"{_shapes(buttons)}</xml>").encode()
    draw(book, part, buttons)
    return book.finish()


def _drawing(book: Package, sheet: Mark) -> bytes:
    part = drawing_of(book, _sheet_part(book, sheet))
    assert part, "a 汇总台 that is written with buttons has them"
    return book.part(part)


def _sheet_part(book: Package, sheet: Mark) -> str:
    return next(part for name, part in sheet_parts(book).items() if sheet.names(name))


def _shapes(drawing: bytes) -> str:
    """What stands in a drawing, each element with its own namespaces: another drawing may call them
    otherwise."""
    text = drawing.decode("utf-8")
    inside = text[text.index("<v:shapetype") : text.rindex("</xml>")]
    spaced = re.sub(r"<v:(shapetype|shape) ", lambda at: f"<v:{at[1]} {_SPACES} ", inside)
    return _SHAPE.sub(lambda at: f"_x0000_s19{at[1]}", spaced)
