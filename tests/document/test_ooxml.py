"""The XML that is put together as text is what a library writes that was given its elements."""

from __future__ import annotations

import io
import zipfile
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings

from gouji.document.contents import Paragraph, Run
from gouji.document.letter import Letter, Listed, letter_bytes
from gouji.document.ooxml import NAMESPACES, Element, element, legal, package, run, text_element
from gouji.document.word import document_bytes
from gouji.report import Report
from support.random_reports import ODD, reports


def written_by_library(part: bytes) -> bytes:
    for prefix, space in NAMESPACES.items():
        ElementTree.register_namespace(prefix, space)
    head, _, root = part.partition(b"\n")
    return head + b"\n" + ElementTree.tostring(ElementTree.fromstring(root), encoding="unicode").encode()


def of_documents(docx: bytes) -> dict[str, bytes]:
    """Parts in the namespaces of a document; a library gives those of the package other prefixes."""
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        every = {name: archive.read(name) for name in archive.namelist()}
    for part in every.values():
        ElementTree.fromstring(part)
    own = (name for name in every if not name.endswith(".rels") and name[0] != "[")
    # A parser reads any line end as one of its own kind.
    return {name: every[name].replace(b"\r\n", b"\n").replace(b"\r", b"\n") for name in own}


@given(reports())
@settings(max_examples=15, deadline=None)
def test_every_part_of_a_report(report: Report) -> None:
    for name, part in of_documents(document_bytes(report)).items():
        assert written_by_library(part) == part, name


@given(ODD, ODD)
@settings(max_examples=25, deadline=None)
def test_every_part_of_a_letter(one: str, other: str) -> None:
    listed = Listed((one, other), (20.0, 30.5), ("left", "center"), ((other, one), ("", one)))
    letter = Letter((Paragraph("title", (Run(one),)), listed), other, 2024, "notice")
    for name, part in of_documents(letter_bytes(letter)).items():
        assert written_by_library(part) == part, name


@given(ODD)
@settings(max_examples=100, deadline=None)
def test_texts_and_attributes_come_back_as_they_were(text: str) -> None:
    made = element("w:p", {"val": legal(text), "xml:space": "preserve"}, run(text), text_element("w:t", text))
    whole = package({"document": made, "core": element("cp:coreProperties"), "styles": element("w:styles")})
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        root = ElementTree.fromstring(archive.read("word/document.xml"))
    space = f"{{{NAMESPACES['w']}}}"
    assert root.get(f"{space}val") == legal(text)
    # A parser reads any line end in a text as one of its own kind.
    assert (root.findall(f"{space}t")[0].text or "") == legal(text).replace("\r\n", "\n").replace("\r", "\n")


@pytest.mark.parametrize("text", ["年度", "a&b<c>", 'a"b', "a\r\nb\tc", "", "²", "]]>"])
def test_an_attribute_is_written_as_a_library_writes_it(text: str) -> None:
    theirs = ElementTree.Element("t", {"v": text})
    assert element("t", {"x:v": text}) == Element(
        ElementTree.tostring(theirs, encoding="unicode").replace(" v=", " x:v=")
    )
