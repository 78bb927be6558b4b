"""The report as a Word document to publish: title, six sections, the three official tables, 落款.

What it says is in ``contents.py``, how it looks in ``wording.toml`` and ``form/look.toml``. The same report
gives the same bytes.

Layout: 国办公开办函〔2019〕60号 and 〔2021〕30号 (order, tables), GB/T 9704—2012 (page and type).
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

from ..files import atomic_write
from ..form.look import every, fonts
from ..report import Report
from ..rules import Catalogue, catalogue
from ..wording import wording_of
from .contents import PACKAGE, Contents, Frame, Paragraph, Run, contents
from .ooxml import Element, element, legal, package, page_field, run, text_element, twips
from .origin import identifier
from .tables import word_table

_POINTS_PER_MM = 72 / 25.4
#: The part that is the document's only footer, by its place among the parts below.
_FOOTER = "rId1"
#: What a property of a Word file can hold.
_LONGEST = 255


def write_docx(
    report: Report,
    target: Path | BinaryIO,
    *,
    frame: Frame | None = None,
    rules: Catalogue | None = None,
    force: bool = False,
) -> None:
    """Write the published report.

    ``frame``: title, hints and 落款 where they are not the usual ones. ``rules``: whose words mark injected
    advertising, by default the shipped ones. A path is written in one step; raises
    :class:`gouji.files.WouldOverwrite` where it is there already, unless ``force``, and OSError.
    """
    data = document_bytes(report, frame=frame, rules=rules)
    if isinstance(target, Path):
        with atomic_write(target, force=force) as draft:
            draft.write_bytes(data)
    else:
        target.write(data)


def document_bytes(report: Report, *, frame: Frame | None = None, rules: Catalogue | None = None) -> bytes:
    """The .docx file of :func:`write_docx` as bytes."""
    return document_of(report, contents(report, rules or catalogue(), frame))


def document_of(report: Report, said: Contents) -> bytes:
    """The same of contents that were made before."""
    made = datetime.datetime(max(report.year, 1980) + 1, 1, 1)
    core = properties(said.title, report.unit, made, identifier(legal(report.unit), report.year))
    return packaged(_body(report, said), core)


def packaged(body: Iterable[Element], core: Element) -> bytes:
    """A .docx on the page and in the type of every document. ``body``: its paragraphs and tables; ``core``:
    :func:`properties`."""
    whole = element("w:body", None, *body, _section(wording_of(PACKAGE, "page")))
    return package(
        {
            "footer": _footer(),
            "styles": _styles(),
            "settings": _settings(),
            "fontTable": _fonts(),
            "document": element("w:document", None, whole),
            "core": core,
        }
    )


def _body(report: Report, said: Contents) -> Iterator[Element]:
    for part, following in zip(said.parts, (*said.parts[1:], None), strict=True):
        if isinstance(part, Paragraph):
            yield paragraph(part)
            continue
        yield word_table(report, part)
        # A paragraph must part two tables; where there are notes, they do.
        if not (isinstance(following, Paragraph) and following.style == "note"):
            yield paragraph(Paragraph("note", ()))


def paragraph(part: Paragraph) -> Element:
    """A paragraph in the style that it names."""
    name = wording_of(PACKAGE, f"styles.{part.style}")["name"]
    properties = [element("w:pStyle", {"val": name}), *([element("w:keepNext")] if part.keep else [])]
    if part.right is not None:
        properties.append(
            _indented({"right": part.right}, wording_of(PACKAGE, f"styles.{part.style}")["size"])
        )
    return element("w:p", None, element("w:pPr", None, *properties), *map(_run, part.runs))


def _run(part: Run) -> Element:
    font = [_families(fonts()[part.font][0])] if part.font else []
    return run(part.text, *font, *([element("w:highlight", {"val": "yellow"})] if part.marked else []))


# ---------------------------------------------------------------- page and type


def _section(page: dict[str, Any]) -> Element:
    mm = {key: twips(length * _POINTS_PER_MM) for key, length in page.items()}
    edges = {side: mm[side] for side in ("top", "right", "bottom", "left")}
    margins = {**edges, "header": mm["footer"], "footer": mm["footer"], "gutter": 0}
    return element(
        "w:sectPr",
        None,
        element("w:footerReference", {"type": "default", "r:id": _FOOTER}),
        element("w:pgSz", {"w": mm["width"], "h": mm["height"]}),
        element("w:pgMar", margins),
    )


def _footer() -> Element:
    around = every().number
    style = element("w:pStyle", {"val": wording_of(PACKAGE, "styles.page")["name"]})
    number = (run(around[0]), page_field(), run(around[1]))
    return element("w:ftr", None, element("w:p", None, element("w:pPr", None, style), *number))


def _styles() -> Element:
    # As Word does by itself (17.3.1.21). LibreOffice takes the word the other way round, and does not let a
    # mark hang out of the type area, where it would be lost in its PDF.
    hanging = element("w:overflowPunct", {"val": 1})
    language = element("w:lang", {"val": "en-US", "eastAsia": "zh-CN"})
    families = _families(fonts()["body"][0])
    return element(
        "w:styles",
        None,
        element(
            "w:docDefaults",
            None,
            element("w:rPrDefault", None, element("w:rPr", None, families, language)),
            element("w:pPrDefault", None, element("w:pPr", None, hanging)),
        ),
        _style("Normal", "Normal", default=True),
        *(_look(look) for look in wording_of(PACKAGE, "styles").values()),
    )


def _families(east: str) -> Element:
    latin = fonts()["latin"][0]
    return element("w:rFonts", {"ascii": latin, "hAnsi": latin, "eastAsia": east})


def _style(identity: str, name: str, *properties: Element, default: bool = False) -> Element:
    attributes: dict[str, object] = {"type": "paragraph", "styleId": identity}
    if default:
        attributes["default"] = 1
    based = [] if default else [element("w:basedOn", {"val": "Normal"})]
    named = element("w:name", {"val": name})
    return element("w:style", attributes, named, *based, element("w:qFormat"), *properties)


def _look(look: dict[str, Any]) -> Element:
    size = {"val": round(look.get("size", every().size) * 2)}
    font = fonts()[look["font"]][0]
    letters = element("w:rPr", None, _families(font), element("w:sz", size), element("w:szCs", size))
    return _style(look["name"], look["name"], element("w:pPr", None, *_lines(look)), letters)


def _lines(look: dict[str, Any]) -> Iterable[Element]:
    """Paragraph properties in the order of the schema (17.3.1)."""
    above, below = look.get("around", (0, 0))
    line = (
        {"line": twips(look["line"]), "lineRule": "exact"}
        if "line" in look
        else {"line": 240, "lineRule": "auto"}
    )
    yield element("w:spacing", {"before": twips(above), "after": twips(below), **line})
    if "indent" in look or "right" in look:
        yield _indented({"firstLine": look.get("indent", 0), "right": look.get("right", 0)}, look["size"])
    if "align" in look:
        yield element("w:jc", {"val": look["align"]})
    if "outline" in look:
        yield element("w:outlineLvl", {"val": look["outline"] - 1})


def _indented(sides: dict[str, float], size: float) -> Element:
    """In characters, so that it follows the type size; the twips are for programs that know no characters."""
    lengths = {f"{side}Chars": round(count * 100) for side, count in sides.items() if count}
    lengths |= {side: twips(count * size) for side, count in sides.items() if count}
    return element("w:ind", lengths)


def _fonts() -> Element:
    """The fallbacks of each font (17.8.3.1), where Word looks for them."""
    return element("w:fonts", None, *(_font(*names) for names in fonts().values()))


def _font(name: str, *others: str) -> Element:
    fallbacks = [element("w:altName", {"val": ",".join(others)}), element("w:charset", {"val": "86"})]
    return element("w:font", {"name": name}, *(fallbacks if others else ()))


def _settings() -> Element:
    """Without the mode Word opens the file as one of an old version (17.15.1.21, [MS-DOCX] 2.9.1)."""
    mode = {
        "name": "compatibilityMode",
        "uri": "http://schemas.microsoft.com/office/word",
        "val": "15",
    }
    return element(
        "w:settings",
        None,
        element("w:characterSpacingControl", {"val": "compressPunctuation"}),
        element("w:compat", None, element("w:useFELayout"), element("w:compatSetting", mode)),
        element("w:themeFontLang", {"val": "en-US", "eastAsia": "zh-CN"}),
    )


def properties(title: str, unit: str, made: datetime.datetime, identity: str) -> Element:
    """What a Word file says of itself. ``unit``: who made it; ``identity``: :func:`.origin.identifier`."""
    unit, when = legal(unit)[:_LONGEST], made.isoformat() + "Z"
    w3c = {"xsi:type": "dcterms:W3CDTF"}
    return element(
        "cp:coreProperties",
        None,
        text_element("dc:title", legal(title)[:_LONGEST]),
        text_element("dc:creator", unit),
        text_element("cp:lastModifiedBy", unit),
        text_element("dcterms:created", when, w3c),
        text_element("dcterms:modified", when, w3c),
        text_element("dc:identifier", identity),
        text_element("dc:language", "zh-CN"),
    )
