"""The report as a Word document to publish: title, six sections, the three official tables.

Everything is made from the form's data and ``wording.toml``; a text that is not there yet becomes a
highlighted place to fill in, and advertising that was injected into one (rule ``text-injected``) is
highlighted with a remark. The same report gives the same bytes.

Layout: 国办公开办函〔2019〕60号 and 〔2021〕30号 (order, tables), GB/T 9704—2012 (page and type).
"""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from ..files import atomic_write
from ..form import TABLE_KEYS, Section
from ..report import PREFACE, Report
from ..rules import Catalogue, catalogue
from ..rules.injected import RULE, stretches
from ..wording import wording_of
from .ooxml import element, fixed_package, legal, page_field, run
from .origin import identifier
from .tables import word_table

_PACKAGE = "gouji.document"
_POINTS_PER_MM = 72 / 25.4
#: Parts of python-docx's empty document that a report does not use (a picture, Word 2010's copy of styles …).
_UNUSED = ("thumbnail", "extended-properties", "stylesWithEffects", "customXml", "numbering")


def write_docx(
    report: Report,
    target: Path | BinaryIO,
    *,
    title: str | None = None,
    hints: Sequence[str] = (),
    rules: Catalogue | None = None,
    force: bool = False,
) -> None:
    """Write the published report.

    ``title``: instead of 「单位 + 年度 + 政府信息公开工作年度报告」. ``hints``: what must be settled before
    it is published (units left out …), printed highlighted below the title. ``rules``: whose words mark
    injected advertising, by default the shipped ones. A path is written in one step; raises
    :class:`gouji.files.WouldOverwrite` where it is there already, unless ``force``, and OSError.
    """
    data = document_bytes(report, title=title, hints=hints, rules=rules)
    if isinstance(target, Path):
        with atomic_write(target, force=force) as draft:
            draft.write_bytes(data)
    else:
        target.write(data)


def document_bytes(
    report: Report, *, title: str | None = None, hints: Sequence[str] = (), rules: Catalogue | None = None
) -> bytes:
    """The .docx file of :func:`write_docx` as bytes."""
    words = wording_of(_PACKAGE, "words")
    title = title or words["title"].format(unit=report.unit, year=report.year, title=report.form.title)
    writer = _Writer(report, rules or catalogue())
    writer.paragraph("title", run(title))
    injected = writer.injected()
    unread = sum(map(report.is_blank, report.unread))
    said = [words[key].format(count=n) for key, n in (("injected", injected), ("unread", unread)) if n]
    for hint in (*said, *hints):
        writer.paragraph("body", _marked(words["hint"].format(hint=hint)))
    writer.text((report.texts or {}).get(PREFACE, ""))
    for section in report.form.sections:
        writer.section(section)
    return writer.finish(title)


def _marked(text: str) -> Any:
    """A run that nobody can overlook before publishing."""
    return run(text, element("w:highlight", {"val": "yellow"}))


class _Writer:
    def __init__(self, report: Report, rules: Catalogue) -> None:
        self.report = report
        self.rule = rules[RULE]
        self.words = wording_of(_PACKAGE, "words")
        self.page = wording_of(_PACKAGE, "page")
        self.document: Any = docx.Document()
        self.body = self.document.element.body
        _strip(self.document)
        _set_page(self.document, self.page)
        _set_styles(self.document)
        _set_fonts(self.document)
        _set_compatibility(self.document)
        _number_pages(self.document, self.words["page"])

    def paragraph(self, style: str, *runs: Any, keep: bool = False) -> None:
        name = wording_of(_PACKAGE, f"styles.{style}")["name"]
        properties = [element("w:pStyle", {"val": name}), *([element("w:keepNext")] if keep else [])]
        made = element("w:p", None, element("w:pPr", None, *properties), *runs)
        self.body.insert_element_before(made, "w:sectPr")

    def text(self, text: str) -> None:
        """One paragraph a line; empty lines are left out."""
        for line in text.splitlines():
            if line.strip():
                self.paragraph("body", *self.runs(line.strip()))

    def runs(self, text: str) -> Iterator[Any]:
        """The text in runs: what was injected stands highlighted, with a remark behind it."""
        done = 0
        for found in () if self.rule.off else stretches(text, self.rule):
            if text[done : found.start]:
                yield run(text[done : found.start])
            yield _marked(text[found.start : found.end])
            yield _marked(self.words["remark"])
            done = found.end
        if text[done:]:
            yield run(text[done:])

    def injected(self) -> int:
        """How many stretches the texts and notes hold that look injected."""
        texts = [*(self.report.texts or {}).values(), *self.report.notes.values()]
        return 0 if self.rule.off else sum(len(stretches(text, self.rule)) for text in texts)

    def section(self, section: Section) -> None:
        self.paragraph("section", run(section.title), keep=True)
        if section.table:
            table = self.report.form.tables[section.table]
            width = (self.page["width"] - self.page["left"] - self.page["right"]) * _POINTS_PER_MM
            self.body.insert_element_before(word_table(self.report, table, width), "w:sectPr")
            # A paragraph must part two tables; where there are notes, they do.
            notes = list(self._notes(section))
            for note in notes:
                self.paragraph("note", *note)
            if not notes:
                self.paragraph("note")
            return
        text = (self.report.texts or {}).get(section.number, "")
        if text.strip():
            self.text(text)
        else:
            prompt = section.prompt.strip("（）") or self.words["prompt"]
            self.paragraph("body", _marked(self.words["placeholder"].format(prompt=prompt)))

    def _notes(self, section: Section) -> Iterator[list[Any]]:
        """The notes whose marks stand in the section's table; the last table also takes those of no cell."""
        report = self.report
        marks = [
            report.marks[c.id] for c in report.form.cells if c.table == section.table and c.id in report.marks
        ]
        if section.table == TABLE_KEYS[-1]:
            marks += [mark for mark in report.notes if mark not in report.marks.values()]
        for mark in dict.fromkeys(marks):
            text = report.notes.get(mark, "")
            said = self.words["note"].format(mark=mark, text=text)
            yield [*self.runs(said), *([] if text else [_marked(self.words["note_missing"])])]

    def finish(self, title: str) -> bytes:
        properties = self.document.core_properties
        # 255 characters is what a property can hold.
        properties.title = legal(title)[:255]
        properties.author = properties.last_modified_by = legal(self.report.unit)[:255]
        properties.comments = ""
        properties.identifier = identifier(legal(self.report.unit), self.report.year)
        properties.language = "zh-CN"
        made = datetime.datetime(max(self.report.year, 1980) + 1, 1, 1)
        properties.created = properties.modified = made
        out = io.BytesIO()
        self.document.save(out)
        return fixed_package(out.getvalue())


# ---------------------------------------------------------------- page and type


def _strip(document: Any) -> None:
    """Leave of python-docx's empty document what the report uses."""
    for owner in (document.part.package, document.part):
        for key, relation in list(owner.rels.items()):
            if relation.reltype.rsplit("/", 1)[-1] in _UNUSED:
                del owner.rels[key]
    for style in list(document.styles.element.findall(qn("w:style"))):
        if style.get(qn("w:default")) is None:
            document.styles.element.remove(style)


def _set_page(document: Any, page: dict[str, Any]) -> None:
    (section,) = document.sections
    section.page_width, section.page_height = Mm(page["width"]), Mm(page["height"])
    section.top_margin, section.bottom_margin = Mm(page["top"]), Mm(page["bottom"])
    section.left_margin, section.right_margin = Mm(page["left"]), Mm(page["right"])
    section.footer_distance = Mm(page["footer"])


def _set_styles(document: Any) -> None:
    fonts = wording_of(_PACKAGE, "fonts")
    for look in wording_of(_PACKAGE, "styles").values():
        style = document.styles.add_style(look["name"], WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles["Normal"]
        style.font.size = Pt(look["size"])
        style.quick_style = True
        properties = style.element.get_or_add_rPr()
        families = {
            "ascii": fonts["latin"][0],
            "hAnsi": fonts["latin"][0],
            "eastAsia": fonts[look["font"]][0],
        }
        properties.insert(0, element("w:rFonts", families))
        properties.append(element("w:lang", {"val": "en-US", "eastAsia": "zh-CN"}))
        _set_paragraph(style, look)


def _set_paragraph(style: Any, look: dict[str, Any]) -> None:
    above, below = look.get("around", (0, 0))
    paragraph = style.paragraph_format
    paragraph.space_before, paragraph.space_after = Pt(above), Pt(below)
    paragraph.line_spacing = Pt(look["line"]) if "line" in look else 1.0
    properties = style.element.get_or_add_pPr()
    if "indent" in look:
        # In characters, so that it follows the type size; the twips are for programs that know no characters.
        first = {"firstLineChars": look["indent"] * 100, "firstLine": look["indent"] * look["size"] * 20}
        properties.append(element("w:ind", first))
    if "align" in look:
        properties.append(element("w:jc", {"val": look["align"]}))
    if look.get("outline"):
        properties.append(element("w:outlineLvl", {"val": 0}))


def _set_fonts(document: Any) -> None:
    """Name the fallbacks of each font in the font table (17.8.3.1), where Word looks for them."""
    part = next(p for p in document.part.package.iter_parts() if p.partname == "/word/fontTable.xml")
    table = element("w:fonts")
    for names in wording_of(_PACKAGE, "fonts").values():
        made = element("w:font", {"name": names[0]})
        if names[1:]:
            made.append(element("w:altName", {"val": ",".join(names[1:])}))
            made.append(element("w:charset", {"val": "86"}))
        table.append(made)
    part._blob = serialize_part_xml(table)


def _set_compatibility(document: Any) -> None:
    """Without this Word opens the file as one of an old version (17.15.1.21, [MS-DOCX] 2.9.1)."""
    settings = document.settings.element
    for language in settings.findall(qn("w:themeFontLang")):
        language.set(qn("w:eastAsia"), "zh-CN")
    compatibility = settings.find(qn("w:compat"))
    if compatibility is None:
        compatibility = element("w:compat")
        settings.append(compatibility)
    setting = {
        "name": "compatibilityMode",
        "uri": "http://schemas.microsoft.com/office/word",
        "val": "15",
    }
    for old in compatibility.findall(qn("w:compatSetting")):
        compatibility.remove(old)
    compatibility.append(element("w:compatSetting", setting))


def _number_pages(document: Any, around: list[str]) -> None:
    (paragraph,) = document.sections[0].footer.paragraphs
    paragraph.style = document.styles[wording_of(_PACKAGE, "styles.page")["name"]]
    paragraph._p.extend([run(around[0]), page_field(), run(around[1])])
