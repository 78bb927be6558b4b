"""What two other readers see in a workbook, and where they are known to differ from ours.

Every content is spelt as one line, ``kind:value``: number, text, bool, error, absent; a reader that gives
up (:class:`Failed`) says nothing of the file. The known differences stand one by one in
``tests/data/hostile/differences.toml``; a line that is not there is a fault of one of the readers, ours until
shown otherwise.
"""

from __future__ import annotations

import datetime
import io
import re
import tomllib
import warnings
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache
from typing import NamedTuple, TypeVar

import openpyxl
import python_calamine
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, to_excel
from openpyxl.worksheet._read_only import ReadOnlyWorksheet
from openpyxl.worksheet._reader import WorkSheetParser

from gouji.workbook.reading.cells import Position, RawCell, parse_number
from support import DATA

#: calamine fills the rectangle of a sheet; one of more cells than this would take the memory of the machine.
DENSE = 2_000_000
ABSENT = "absent:"
T = TypeVar("T")

Contents = Mapping[Position, str]


class Difference(NamedTuple):
    """Where one reader is known to see something else: patterns of what ours and theirs spell, and of what
    must stand in a part of the file (``{cell}``: the address) for it to be so."""

    name: str
    oracle: str
    ours: str
    theirs: str
    where: str
    why: str

    def explains(self, oracle: str, mine: str, theirs: str, cell: str, parts: Sequence[str]) -> bool:
        """Whether it is this one. ``parts``: what the file holds, part by part."""
        return (
            self.oracle in (oracle, "both")
            and re.fullmatch(self.ours, mine, re.DOTALL) is not None
            and re.fullmatch(self.theirs, theirs, re.DOTALL) is not None
            and any(re.search(self.where.replace("{cell}", cell), part, re.DOTALL) for part in parts)
        )


class Failed(Exception):
    """A reader that can not read what ours can."""


@cache
def differences() -> tuple[Difference, ...]:
    """The known ones."""
    table = tomllib.loads((DATA / "hostile" / "differences.toml").read_text("utf-8"))
    return tuple(Difference(**one) for one in table["difference"])


def known(oracle: str, mine: str, theirs: str, cell: str, parts: Sequence[str]) -> Difference | None:
    """The known difference that explains these two, or None."""
    return next((one for one in differences() if one.explains(oracle, mine, theirs, cell, parts)), None)


def parts_as_text(data: bytes) -> list[str]:
    """The contents of all parts, as far as they can be read."""
    found = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            with suppress(Exception):  # one that only our reader takes, or leaves alone
                content = archive.read(name)
                wide = content[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in content[:4]
                found.append(content.decode("utf-16" if wide else "utf-8", "replace"))
    return found


def ours(cells: Mapping[Position, RawCell]) -> Contents:
    """What our reader sees: formulas without a result and empty texts are nothing to anybody."""
    found = ((at, _spelt(raw.value, raw.kind == "error")) for at, raw in cells.items())
    return {at: text for at, text in found if text != ABSENT}


def _spelt(value: object, is_error: bool = False) -> str:
    if value is None or value == "":
        return ABSENT
    if is_error:
        return f"error:{value}"
    if isinstance(value, bool):
        return f"bool:{value}"
    if isinstance(value, int | float):
        return f"number:{float(value)!r}" if abs(value) < 2**53 else f"number:{float(value):.15g}"
    return f"text:{value}"


def _days(value: object, from_1904: bool) -> object:
    """A date, a time or a span of time as the number that is stored."""
    if isinstance(value, datetime.timedelta):
        return value / datetime.timedelta(days=1)
    if isinstance(value, datetime.datetime | datetime.date | datetime.time):
        return to_excel(value, MAC_EPOCH if from_1904 else WINDOWS_EPOCH)
    return value


class Openpyxl:
    """openpyxl, row by row: whole, it never ends on a merge over the sheet, and loses what a merge hides."""

    name = "openpyxl"

    def __init__(self, data: bytes) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            self._book = _guarded(
                lambda: openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            )

    def cells(self, sheet: str, area: int) -> Contents:
        """A sheet. Raises Failed."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _guarded(lambda: dict(self._read(sheet)))

    def _read(self, name: str) -> Iterator[tuple[Position, str]]:
        sheet = self._book[name]
        if not isinstance(sheet, ReadOnlyWorksheet):
            raise Failed("no worksheet")
        # Without formats of dates: a day stays the number that is stored.
        with sheet._get_source() as source:
            for _, row in WorkSheetParser(source, sheet._shared_strings, data_only=True).parse():
                for cell in row:
                    spelt = _spelt(cell["value"], cell["data_type"] == "e")
                    if spelt != ABSENT:
                        yield (cell["row"], cell["column"]), spelt


class Calamine:
    """python-calamine, without a sheet that would abort the process."""

    name = "calamine"

    def __init__(self, data: bytes) -> None:
        self._book = _guarded(lambda: python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)))
        self._from_1904 = b"date1904" in _guarded(lambda: _workbook_part(data))  # zipfile reads less

    def cells(self, sheet: str, area: int) -> Contents:
        """A sheet of which our cells lie in a rectangle of so many. Raises Failed."""
        if area > DENSE:
            raise Failed("too dense to be asked")
        rows = _guarded(lambda: self._book.get_sheet_by_name(sheet).to_python(skip_empty_area=False))
        return {
            (row, column): spelt
            for row, line in enumerate(rows, 1)
            for column, value in enumerate(line, 1)
            if (spelt := _spelt(_days(value, self._from_1904))) != ABSENT
        }


def _workbook_part(data: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read("xl/workbook.xml") if "xl/workbook.xml" in archive.namelist() else b""


def _guarded(read: Callable[[], T]) -> T:
    try:
        return read()
    except (Failed, KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # a panic of calamine is no Exception
        raise Failed(f"{type(error).__name__}: {error}"[:200]) from error


def same(mine: str, theirs: str) -> bool:
    """Equal, numbers to the 15 digits that spreadsheets keep; dates come back through a clock."""
    if mine == theirs:
        return True
    if not (mine.startswith("number:") and theirs.startswith("number:")):
        return False
    first, second = (parse_number(text.partition(":")[2]) for text in (mine, theirs))
    if first is None or second is None:
        return False
    return abs(first - second) <= 1e-15 * abs(first)
