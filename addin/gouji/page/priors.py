"""Last year's file of a unit, as it is given for one of this year."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from ..city.sum.last_year import LastYear, read_last_year
from .held import file_name


def given(path: str, data: bytes) -> LastYear:
    """Any file that ``gouji validate --prior`` takes: a report of any kind, a city's workbook with 明细.
    Raises Refused."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / file_name(path)
        file.write_bytes(data)
        return read_last_year(file)
