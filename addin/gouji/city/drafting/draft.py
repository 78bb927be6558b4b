"""The whole draft: the city's report with its texts and notes, and what stands around it.

Nothing that the office wrote is touched: each of its texts stands in place of the draft.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ...document.contents import Contents, Frame, Paragraph, contents, gap
from ...marks import marks_of
from ...records import dataclass
from ...report import PREFACE, Report
from ...wording import wording_of
from ..consolidate import Consolidation
from .comparing import compared_of
from .coverage import coverage_of
from .matters import matters
from .notes import merged_notes, with_carry_over
from .overview import Overview
from .preface import preface, signature
from .sections import asks, sections_of, without_figures
from .settling import beside_tables, hints
from .typed import beside_texts

_PACKAGE = "gouji.city.drafting"


@dataclass(frozen=True, slots=True)
class Draft:
    """``report``: with texts and notes; ``frame``: hints at the top and at their places, 落款. ``typed``: the
    sections in which the office's own text differs from what is known."""

    report: Report
    frame: Frame
    typed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unfinished:
    """What the office still has to write: ``gaps``, how many places are to be filled in; ``typed``: sections
    in which its own text has other numbers than the tables or the units."""

    gaps: int
    typed: tuple[str, ...]


def drafted(city: Consolidation) -> Report:
    """The city's report with every text that can be drafted: 引言, 一, 五, 六, the notes.

    What the office wrote (``desk.texts``, else the texts that were given) wins over every draft. What nobody
    said is a gap, which documents highlight and count. What is not of every unit says of how many it is; last
    year is spoken of where the city's own report of it is known and is of the same units.
    """
    return draft_of(city).report


def unfinished(city: Consolidation) -> Unfinished:
    """What stands open in the report's own words, as its documents count it."""
    parts = _contents_of(city).parts
    return Unfinished(sum(part.gaps for part in parts if isinstance(part, Paragraph)), draft_of(city).typed)


def printed(city: Consolidation) -> Report:
    """The city's report for its workbook: as it is, but where a text asks for what the tables say (【统计】)
    that stands there."""
    own = city.report.texts or {}
    asking = {section for section, text in own.items() if asks(text)}
    if not asking:
        return city.report
    told = drafted(city).texts or {}
    return replace(
        city.report, texts={key: told[key] if key in asking else text for key, text in own.items()}
    )


def report_word(city: Consolidation) -> bytes:
    """The drafted report, .docx."""
    from ...document.word import document_of

    return document_of(draft_of(city).report, _contents_of(city))


def report_html(city: Consolidation) -> bytes:
    """The drafted report as one page that needs nothing from elsewhere."""
    from ...document.page import page_of

    return page_of(draft_of(city).report, _contents_of(city))


def report_pdf(city: Consolidation) -> bytes:
    """The drafted report, .pdf. Raises :class:`gouji.document.pdf.NoOfficeSuite`."""
    from ...document.pdf import pdf_bytes

    draft = draft_of(city)
    return pdf_bytes(draft.report, frame=draft.frame, rules=city.rules)


def draft_of(city: Consolidation) -> Draft:
    """Report and frame, made together and once: every sentence is checked as it is drafted."""
    return city.once("draft", lambda: _draft_of(city))


def _contents_of(city: Consolidation) -> Contents:
    """What the draft's documents say, made once for all of them."""
    draft = draft_of(city)
    return city.once("contents", lambda: contents(draft.report, city.rules, draft.frame))


def _draft_of(city: Consolidation) -> Draft:
    own = _own_texts(city)
    closing = str(marks_of("gouji.city.season", "texts")["closing"])
    typed = beside_texts(city, {section: text for section, text in own.items() if section != closing})
    sections, coverage = sections_of(city.form), coverage_of(city)
    compared = compared_of(city, coverage)
    overview = Overview(city.report, compared.prior, own.pop(sections.overview, ""), coverage)
    made = {
        sections.overview: overview.text,
        sections.problems: gap(wording_of(_PACKAGE, "problems")["gap"]),
        sections.matters: matters(city, own.pop(sections.matters, "")),
    }
    own = {section: without_figures(text) for section, text in own.items()}
    texts = {PREFACE: preface(city, rounded=overview.rounded, grown=overview.grown), **made, **own}
    signed = signature(city, texts.pop(closing, ""))
    notes = {**city.report.notes, **merged_notes(city)}
    told = hints(city, compared.why if overview.told else (), list(typed))
    return Draft(
        with_carry_over(replace(city.report, texts=texts, notes=notes), city),
        Frame(hints=told, beside=_both(beside_tables(city), typed), signed=signed),
        tuple(typed),
    )


def _both(
    one: Mapping[str, Sequence[str]], other: Mapping[str, Sequence[str]]
) -> Mapping[str, Sequence[str]]:
    return {key: (*one.get(key, ()), *other.get(key, ())) for key in {**one, **other}}


def _own_texts(city: Consolidation) -> dict[str, str]:
    """What the office wrote, by section; what its desk says wins."""
    said = {**(city.report.texts or {}), **city.desk.texts}
    return {section: text for section, text in said.items() if text.strip()}
