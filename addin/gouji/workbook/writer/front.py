"""封面 around its fields: the verdict, the title as it prints, the parts of the report and their state."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from ...form import Section
from ..figures import Live, filled, is_blank
from ..layout import Area, address
from ..wording import marks, wording
from .context import Writing, write_live

#: Heights in points.
_VERDICT, _LINE, _HINT, _PART = 40, 58, 28, 24


def write_title(writing: Writing, sheet: Worksheet) -> None:
    """The verdict of 校验, then unit and year above the name of the report: only these two lines print."""
    w, cover = wording("cover"), writing.layout.cover
    top = Area(cover.name, 1, 1, 1, cover.columns)
    style = writing.style("section", font_size=20, align="center")
    verdict = Live(f"={writing.layout.check.verdict}", writing.verdict.value)
    _merged(writing, sheet, top, verdict, style)
    sheet.set_row(0, _VERDICT)
    ready = wording("check.verdict")["ready"]
    for test, look in ((f'=LEFT($A$1,{len(ready)})="{ready}"', "passed"), ('=$A$1<>""', "row")):
        rule = {"type": "formula", "criteria": test, "format": writing.styles.conditional[look]}
        sheet.conditional_format(*writing.zero(top), {**rule, "stop_if_true": True})
    report = writing.report
    unit, year = (address(*cover.fields[name], absolute=True) for name in ("unit", "year"))
    title = writing.layout.form.title
    lines = (
        Live(
            f'=IF({is_blank(unit)},"{w["no_unit"]}",{unit})',
            report.unit if report.unit.strip() else w["no_unit"],
        ),
        Live(
            f'=IF({is_blank(year)},"",{year}&"{w["title_year"]}")&"{title}"',
            (f"{report.year}{w['title_year']}" if report.year else "") + title,
        ),
    )
    for row, line in enumerate(lines, cover.title.top):
        area = Area(cover.name, row, cover.title.left, row, cover.title.right)
        _merged(writing, sheet, area, line, writing.style("title"))
        sheet.set_row(row - 1, _LINE)
    row = cover.title.bottom + 1
    hint = writing.style("quiet", text_wrap=True)
    said = w["hint_result" if writing.locked else "hint"]
    sheet.merge_range(*writing.zero(Area(cover.name, row, 1, row, cover.columns - 1)), said, hint)
    check = writing.layout.check.name
    link = writing.style("link", align="right")
    sheet.write_url(row - 1, cover.columns - 1, f"internal:'{check}'!A1", link, wording("table")["to_check"])
    sheet.set_row(row - 1, _HINT)


def write_beside(writing: Writing, sheet: Worksheet) -> None:
    """What is said beside the fields, never printed."""
    cover, said = writing.layout.cover, wording("cover.beside")
    style = writing.style("quiet", text_wrap=True, indent=1)
    for name in ("unit", "blank_is_zero"):
        row, column = cover.fields[name]
        sheet.merge_range(
            *writing.zero(Area(cover.name, row, column + 1, row, cover.columns)), said[name], style
        )
    start, end, year = (cover.fields[name] for name in ("period_from", "period_to", "year"))
    area = Area(cover.name, start[0], start[1] + 1, end[0], cover.columns)
    _merged(writing, sheet, area, _whole_year(writing, start, end, year), style)


def _whole_year(writing: Writing, *at: tuple[int, int]) -> Live:
    """As long as no period is given: it is the whole year."""
    start, end, year = (address(*place, absolute=True) for place in at)
    report = writing.report
    whole, colon, days = wording("cover.beside")["period"]
    named = f'IF({is_blank(year)},"","{colon}"&{year}&"{days}")'
    formula = f'=IF({is_blank(start)},IF({is_blank(end)},"{whole}"&{named},""),"")'
    if report.period and any(part.strip() for part in report.period):
        return Live(formula, "")
    return Live(formula, whole + (f"{colon}{report.year}{days}" if report.year else ""))


def write_parts(writing: Writing, sheet: Worksheet) -> None:
    """A line a section: a link to where one types, and its state; below, the seal where there is one."""
    w, cover = wording("cover"), writing.layout.cover
    row = cover.parts
    for (left, right), head in zip(_columns(writing), w["parts_heads"], strict=True):
        writing.merge(sheet, Area(cover.name, row, left, row, right), head, "head")
    sheet.set_row(row - 1, _PART)
    for section in writing.layout.form.sections:
        row += 1
        sheet.set_row(row - 1, _PART)
        _part(writing, sheet, row, section)
    if writing.seal:
        area = Area(cover.name, row + 1, 1, row + 1, cover.columns)
        _merged(writing, sheet, area, _sealed(writing), writing.style("quiet", indent=1))


def _columns(writing: Writing) -> tuple[tuple[int, int], tuple[int, int]]:
    return (1, 2), (3, writing.layout.cover.columns)


def _part(writing: Writing, sheet: Worksheet, row: int, section: Section) -> None:
    w, layout = wording("cover"), writing.layout
    (left, right), (first, last) = _columns(writing)
    link = writing.style("link", border=1, indent=1)
    sheet.merge_range(*writing.zero(Area(layout.cover.name, row, left, row, right)), "", link)
    if section.table:
        place = layout.tables[section.table]
        start = address(*place.cells[place.table.cells[0].id])
        banner = next(one.live for one in writing.naming.shown(place) if one.role == "banner")
        state = Live(f"={Area(place.name, 1, 1, 1, 1).full()}", banner.value)
        good = str(wording("naming")["passed"])
        # Right as far as it was checked.
        as_good = str(wording("naming")["no_prior"]).partition("{n}")[0]
    else:
        own = layout.texts[section.number]
        start = address(own.top, own.left)
        written = any((writing.report.texts or {}).get(section.number, "").split("\n"))
        good, empty = w["part_written"], w["part_empty"]
        as_good = good
        state = Live(f'=IF({filled(own)}=0,"{empty}","{good}")', good if written else empty)
    sheet.write_url(row - 1, left - 1, f"internal:'{section.number}'!{start}", link, section.title)
    area = Area(layout.cover.name, row, first, row, last)
    _merged(writing, sheet, area, state, writing.style("boxed", indent=1))
    here = address(row, first, absolute=True)
    passes = f'=OR({here}="{good}",LEFT({here},{len(as_good)})="{as_good}")'
    for test, look in ((passes, "good"), (f'={here}<>""', "bad")):
        rule = {"type": "formula", "criteria": test, "format": writing.styles.conditional[look]}
        sheet.conditional_format(*writing.zero(area), {**rule, "stop_if_true": True})


def _sealed(writing: Writing) -> Live:
    """When the seal was given, as long as the hidden sheet holds one: macros clear it there."""
    assert writing.seal
    text = wording("cover")["sealed"].format(time=writing.seal.shown_time)
    data = f"'{marks('sheets')['data']}'!$A:$B"
    return Live(f'=IF(IFERROR(VLOOKUP("seal.digest",{data},2,FALSE),"")="","","{text}")', text)


def _merged(writing: Writing, sheet: Worksheet, area: Area, live: Live, style: object) -> None:
    sheet.merge_range(*writing.zero(area), "", style)
    write_live(sheet, area.top - 1, area.left - 1, live, style)
