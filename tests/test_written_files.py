"""Every file that gouji writes for Excel and Word, before the second opinions: openxml-audit, olevba, and the
transitional schemas of ISO 29500-4 where somebody has them.

A new kind of file joins by ``support/written.py``. ``OOXML_SCHEMAS=folder`` names a folder with ``sml.xsd``,
``wml.xsd`` and all that they import, the xml namespace too (no package of a registry carries them).
"""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from lxml import etree
from oletools.olevba import VBA_Parser

from support import written
from support.second_opinion import audited

#: What olevba calls suspicious, and why it is meant.
MEANT = {
    ("AutoExec", "Workbook_Open"),  # protects the sheets for macros, which Excel forgets
    ("AutoExec", "Worksheet_Change"),  # what was typed makes the answer of the program stale
    ("Suspicious", "GetObject"),  # attaches to the running program by its class id; starts nothing
    ("Suspicious", "Hex Strings"),  # that class id and those of Excel's own objects
    ("Suspicious", "Base64 Strings"),  # words of four or eight letters, such as "undo" and "validate"
}
_SCHEMAS = {
    "spreadsheetml/2006/main": "sml.xsd",
    "wordprocessingml/2006/main": "wml.xsd",
    "drawingml/2006/main": "dml-main.xsd",
    "drawingml/2006/chart": "dml-chart.xsd",
    "drawingml/2006/spreadsheetDrawing": "dml-spreadsheetDrawing.xsd",
    "officeDocument/2006/extended-properties": "shared-documentPropertiesExtended.xsd",
    "officeDocument/2006/custom-properties": "shared-documentPropertiesCustom.xsd",
    "package/2006/content-types": "opc-contentTypes.xsd",
    "package/2006/relationships": "opc-relationships.xsd",
}
_ROOT = "http://schemas.openxmlformats.org/"


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shipped")
    written.shipped_files(folder)
    return folder


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory, demonstration: Path) -> Path:
    folder = tmp_path_factory.mktemp("everything")
    written.everything(folder, demonstration)
    return folder


def complaints(folder: Path) -> dict[str, list[str]]:
    found = {path.relative_to(folder).as_posix(): audited(path) for path in written.packages(folder)}
    assert found
    return {name: said for name, said in found.items() if said}


def test_every_module_that_writes_packages_is_listed() -> None:
    """A new one: add it to ``WRITERS`` with a file in which its work is seen."""
    assert written.finishing_modules() == {*written.WRITERS, *written.NOT_OFFICE}


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["*2021*.xlsx", "*2021*.xlsm", "*.xlam"])
def test_each_kind_that_is_handed_out_is_sound(shipped: Path, kind: str) -> None:
    (path,) = shipped.rglob(kind)
    assert audited(path) == []


@pytest.mark.long
def test_what_is_handed_out_is_sound(shipped: Path) -> None:
    assert complaints(shipped) == {}


@pytest.mark.long
def test_everything_is_sound(everything: Path) -> None:
    assert [module for module, sign in written.WRITERS.items() if not any(everything.glob(sign))] == []
    assert complaints(everything) == {}


def macros(folder: Path) -> Iterator[tuple[str, set[tuple[str, str]]]]:
    for path in written.packages(folder):
        if path.suffix in (".xlsm", ".xlam"):
            with closing(VBA_Parser(str(path))) as parser:
                assert parser.detect_vba_macros(), path.name
                yield path.name, {(kind, keyword) for kind, keyword, _ in parser.analyze_macros()}


@pytest.mark.slow
def test_olevba_finds_nothing_that_is_not_meant(shipped: Path) -> None:
    """And everything that is meant is still there: a reason without its keyword goes."""
    found = dict(macros(shipped))
    assert {name: words - MEANT for name, words in found.items() if words - MEANT} == {}
    assert set().union(*found.values()) == MEANT


@pytest.mark.long
def test_olevba_on_everything(everything: Path) -> None:
    """汇总台 and the copy of a form with macros too."""
    found = dict(macros(everything))
    assert {"汇总台.xlsm", "退回单（有宏）.xlsm"} <= set(found)
    assert {name: words - MEANT for name, words in found.items() if words - MEANT} == {}


@pytest.mark.long
def test_each_part_validates_against_the_transitional_schemas(everything: Path) -> None:
    folder = os.environ.get("OOXML_SCHEMAS")
    if not folder:
        pytest.skip("OOXML_SCHEMAS names no folder with the transitional schemas of ISO 29500-4")
    schemas = {root: etree.XMLSchema(etree.parse(Path(folder) / name)) for root, name in _SCHEMAS.items()}
    wrong, seen = [], set()
    for path in written.packages(everything):
        for part, root in parts(path):
            kind = (etree.QName(root).namespace or "").removeprefix(_ROOT)
            if kind in schemas and not schemas[kind].validate(root):
                wrong.append(f"{path.name} {part}: {schemas[kind].error_log.last_error}")
            seen.add(kind)
    assert wrong == []
    assert {*_SCHEMAS} - {"officeDocument/2006/custom-properties"} <= seen


def parts(path: Path) -> Iterator[tuple[str, etree._Element]]:
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                yield name, etree.fromstring(archive.read(name))
