"""版本对照: several reports of one unit side by side, only where they differ."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from ...wording import wording_of
from ...workbook.limits import fitted
from ...workbook.writer import COLOURS, Styles
from ...workbook.writer.heights import row_height
from ...workbook.writer.styles import list_page
from ..consolidate import Consolidation
from ..intake.reasons import label_of
from ..intake.sorting import UnitRow

_UNIT_WIDTH, _PLACE_WIDTH, _FILE_WIDTH = 22, 44, 30


def write_versions(city: Consolidation, styles: Styles, sheet: Worksheet) -> None:
    """A block a unit of which several contents came: its files side by side, then the cells that differ."""
    w = wording_of("gouji.city.intake", "versions")
    sheet.set_vba_name("shtVersions")
    rows = [row for row in city.units if row.versions]
    most = max((len(row.versions.files) for row in rows if row.versions), default=0)
    for i, width in enumerate((_UNIT_WIDTH, _PLACE_WIDTH, *(_FILE_WIDTH for _ in range(most)))):
        sheet.set_column(i, i, width)
    title = w["title"].format(unit=city.report.unit, year=city.report.year)
    sheet.write_string(0, 0, title, styles.get("caption"))
    sheet.write_string(1, 0, w["explained"], styles.get("quiet", font_size=10))
    at = 3
    for row in rows:
        at = _block(styles, sheet, at, row) + 1
    list_page(sheet, 1)


def _block(styles: Styles, sheet: Worksheet, top: int, row: UnitRow) -> int:
    """Heads, how each file stands, and one line a difference. Returns the line below."""
    w, versions = wording_of("gouji.city.intake", "versions"), row.versions
    assert versions
    heads = [w["unit"], w["place"], *versions.files]
    for i, head in enumerate(heads):
        sheet.write_string(top, i, fitted(head), styles.get("head", text_wrap=True))
    at = top + 1
    labels = {filed.submission.file: label_of(filed) for filed in row.files}
    lines = [(w["state"], [labels[file] for file in versions.files])]
    if versions.times:
        shown = [w["newest"].format(file=t) if f == versions.newest else t for f, t in _timed(row)]
        lines.append((w["time_seal" if versions.by == "seal" else "time"], shown))
    for place, texts in lines:
        _line(styles, sheet, at, row.unit.name, place, texts, quiet=True)
        at += 1
    for one in versions.differences:
        _line(styles, sheet, at, row.unit.name, one.place, list(one.values), quiet=False)
        at += 1
    return at


def _timed(row: UnitRow) -> list[tuple[str, str]]:
    assert row.versions
    return list(zip(row.versions.files, row.versions.times, strict=True))


def _line(
    styles: Styles, sheet: Worksheet, at: int, unit: str, place: str, texts: list[str], *, quiet: bool
) -> None:
    body = styles.get("boxed", font_color=COLOURS["quiet"]) if quiet else styles.get("boxed")
    for i, text in enumerate((unit, place, *texts)):
        sheet.write_string(at, i, fitted(text), body)
    widths = (_UNIT_WIDTH, _PLACE_WIDTH, *(_FILE_WIDTH for _ in texts))
    sheet.set_row(at, row_height(zip((unit, place, *texts), widths, strict=True)))
