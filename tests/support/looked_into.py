"""What a file that we wrote holds of a stranger's texts, and whether it holds them safely: one looker for
each kind of file. Each fails with the place that is wrong."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from xml.etree import ElementTree

from gouji.document.ooxml import NAMESPACES, legal
from gouji.text import like_formula
from gouji.workbook.reading.cells import unescape
from support.hostile_strings import unseen

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
#: What no formula, link or field of ours says.
_FOREIGN = re.compile(r"cmd\|'|DDE|example\.invalid|INCLUDETEXT|SUM\(1\+1\)", re.IGNORECASE)


def parts(content: bytes) -> dict[str, ElementTree.Element]:
    """Every XML part, which is well-formed."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = [name for name in archive.namelist() if name.endswith((".xml", ".rels", ".vml"))]
        return {name: ElementTree.fromstring(archive.read(name)) for name in names}


def book(content: bytes) -> set[str]:
    """The texts of a workbook's cells. None is a formula of a stranger's, and each that begins like one says
    that it is a text."""
    found = parts(content)
    strings = [_joined(item) for item in _children(found.get("xl/sharedStrings.xml"))]
    quoted = [xf.get("quotePrefix") == "1" for xf in found["xl/styles.xml"].find(f"{_MAIN}cellXfs") or ()]
    texts = set()
    for name, sheet in found.items():
        if not name.startswith("xl/worksheets/sheet"):
            continue
        for cell in sheet.iter(f"{_MAIN}c"):
            formula = cell.findtext(f"{_MAIN}f") or ""
            bare = re.sub('"[^"]*"', "", formula)
            assert not _FOREIGN.search(bare), (name, cell.get("r"), formula)
            text = _text(cell, strings)
            if text is not None and not formula:
                texts.add(text)
                assert not like_formula(text) or quoted[int(cell.get("s", 0))], (name, cell.get("r"), text)
    _no_links(found)
    return texts


def _children(root: ElementTree.Element | None) -> list[ElementTree.Element]:
    return [] if root is None else list(root)


def _joined(item: ElementTree.Element) -> str:
    return unescape("".join(t.text or "" for t in item.iter(f"{_MAIN}t")))


def _text(cell: ElementTree.Element, strings: list[str]) -> str | None:
    if cell.get("t") == "s":
        return strings[int(cell.findtext(f"{_MAIN}v") or 0)]
    return _joined(cell) if cell.get("t") == "inlineStr" else None


def _no_links(found: dict[str, ElementTree.Element]) -> None:
    for name, part in found.items():
        if name.endswith(".rels"):
            targets = [one.get("Target", "") for one in part if one.get("TargetMode") == "External"]
            assert not any(map(_FOREIGN.search, targets)), (name, targets)


def document(content: bytes) -> set[str]:
    """The paragraphs of a Word file, whose only field is the number of the page."""
    found = parts(content)
    word = {key: f"{{{NAMESPACES['w']}}}{key}" for key in ("p", "t", "br", "instrText", "fldSimple")}
    texts = set()
    for name, part in found.items():
        assert not list(part.iter(word["instrText"])), name
        assert {field.attrib.popitem()[1] for field in part.iter(word["fldSimple"])} <= {"PAGE"}, name
        for paragraph in part.iter(word["p"]):
            pieces = (
                t.text or "" if t.tag == word["t"] else "\n"
                for t in paragraph.iter()
                if t.tag in (word["t"], word["br"])
            )
            texts.add("".join(pieces))
    _no_links(found)
    return texts


class _Page(HTMLParser):
    """Texts, and the elements and attributes that a page has."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.seen: set[str] = set()
        self.scripts: list[str] = []
        self._data, self._script = False, False

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        said = dict(attributes)
        self._script = tag == "script"
        self._data = self._script and said.get("type") == "application/json"
        self.seen |= {tag}
        self.seen |= {name for name in said if name.startswith("on")}
        target = said.get("href") or said.get("src") or ""
        assert not re.match(r"\w{2,}:", target) and not _FOREIGN.search(target), target

    def handle_endtag(self, tag: str) -> None:
        self._data = self._script = False

    def handle_data(self, data: str) -> None:
        if self._script and not self._data:
            self.scripts.append(data)
        elif not self._data:
            self.texts.append(data)


def page(content: bytes, *, published: bool = False) -> set[str]:
    """The texts of a web page, on which nothing acts but the one script of ours. A published report keeps
    what its text holds; on other pages every character is seen."""
    text = content.decode()
    read = _Page()
    read.feed(text)
    read.close()
    assert not read.seen & {"img", "iframe", "object", "embed", "form"}, read.seen
    assert len(read.scripts) <= 1 and not any("alert" in script for script in read.scripts)
    assert not [name for name in read.seen if name.startswith("on")]
    assert published or not unseen(text), unseen(text)
    assert legal(text) == text
    return set(read.texts)


def data(content: bytes) -> set[str]:
    """Every text of a JSON file, in which each character is seen."""
    text = content.decode()
    assert not unseen(text), unseen(text)
    return set(_strings(json.loads(text)))


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from (key, *_strings(inner))
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)


def table(content: bytes) -> set[str]:
    """The texts of a CSV file without their guards; a number is none."""
    texts = set()
    for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")):
        for field in row:
            if not re.fullmatch(r"-?[0-9.]+", field):
                assert not like_formula(field), field
                texts.add(field.removeprefix("'"))
    return texts


def lines(content: bytes) -> set[str]:
    """The lines of a text file, in which each character is seen."""
    text = content.decode("utf-8-sig").replace("\r\n", "\n")
    assert not unseen(text), unseen(text)
    return set(text.split("\n"))
