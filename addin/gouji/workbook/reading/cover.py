"""封面 as it is read: whose report it is, for which year, and the declaration."""

from __future__ import annotations

from collections.abc import Mapping

from ...report import Report, Unplaced
from ...rules import Catalogue, Finding
from ..earlier import PriorBlock
from ..layout import Layout, address
from ..printed import Printed
from ..wording import marks
from .cells import Position, RawCell
from .cover_fields import cover_text, year_of
from .headings import CoverPlaces, cover_places
from .strays import cover_strays, kept_as_unread
from .typed import Typed, format_finding, seen_as, spelt

Cells = Mapping[Position, RawCell]


class CoverReader:
    """Reads 封面 of one workbook into its report; ``findings``: what a person should know of it.

    ``places``: where its fields stand.
    """

    def __init__(
        self, layout: Layout, cells: Cells, printed: Printed, rules: Catalogue, from_1904: bool
    ) -> None:
        self.name, self.cells, self.layout = layout.cover.name, cells, layout
        self.printed, self.rules, self.from_1904 = printed, rules, from_1904
        self.places: CoverPlaces = cover_places(layout, cells, printed, rules)
        self.findings: list[Finding] = [*self.places.findings]

    def read(self, report: Report, block: PriorBlock | None) -> None:
        """``block``: 上年数, which earlier templates have here too."""
        fields = self.places.fields
        text = {
            name: self._text(name, at)
            for name, at in fields.items()
            if not kept_as_unread(report, self.name, at, self.cells, said=name == "year")
        }
        text = dict.fromkeys(fields, "") | text
        report.unit = text["unit"]
        report.code = text["code"] or None
        if text["period_from"] or text["period_to"]:
            report.period = (text["period_from"], text["period_to"])
        answers = marks("cover")
        report.blank_is_zero = answers["yes"].names(text["blank_is_zero"])
        if text["blank_is_zero"] and not any(a.names(text["blank_is_zero"]) for a in answers.values()):
            self._keep(report, fields["blank_is_zero"], text["blank_is_zero"])
        self._year(report)
        report.unplaced += cover_strays(self.name, self.places, self.printed, self.cells, block)

    def _text(self, name: str, at: Position) -> str:
        return cover_text(name, self.cells[at], self.from_1904) if at in self.cells else ""

    def _year(self, report: Report) -> None:
        """The year, also where the format of its cell shows it as a date; a date is no year, and kept."""
        at = self.places.fields["year"]
        raw = self.cells.get(at)
        if raw is None:
            return
        report.year = year_of(raw.raw)
        seen = seen_as(raw, from_1904=self.from_1904)
        if report.year:
            rule, place = self.rules["cell-format"], f"{self.name}!{address(*at)}"
            where = rule.parameters["phrases"]["year"].format(place=place)
            found = format_finding(Typed(shown=seen), raw, rule, place, where=where)
            self.findings += [found] if found else []
        elif raw.raw.strip():
            self._keep(report, at, spelt(raw, seen))

    def _keep(self, report: Report, at: Position, text: str) -> None:
        report.unplaced.append(Unplaced(f"{self.name}!{address(*at)}", text))
