"""CSV files: a roster as an office keeps it, the long table as it is handed out."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterable
from pathlib import Path

from gouji.city.intake.roster import Roster
from gouji.city.intake.roster_table import table
from gouji.city.memory.long_table import write_csv
from gouji.city.rows import Row


def roster_csv(roster: Roster) -> bytes:
    """As Excel and WPS save it (UTF-8 with BOM, CRLF)."""
    heads, rows = table(roster)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(head for head, _ in heads)
    writer.writerows(rows)
    return out.getvalue().encode("utf-8-sig")


def long_csv(rows: Iterable[Row]) -> bytes:
    """What :func:`write_csv` writes."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "long.csv")
        write_csv(rows, path)
        return path.read_bytes()
