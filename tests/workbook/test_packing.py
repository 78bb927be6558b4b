"""Zip step: fixed order and times, macros and ribbon where Excel looks for them, nothing else changed."""

from __future__ import annotations

import io
import time
import zipfile
from pathlib import Path
from random import Random

import pytest
from openxml_audit import OpenXmlValidator

from gouji.workbook.packing import normalise, read_parts, write_parts
from gouji.workshop.macros import add_macros, code_names
from gouji.workshop.vba.source import SourceError
from support.macros_kept import macros_kept
from support.vba_checker import read_project
from support.vba_sample import CODE_NAMES, ROSTER, sample_ribbon, sample_sources, sample_workbook, sample_xlsx

pytestmark = pytest.mark.slow

TYPES = {
    "xlsm": "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    "xlam": "application/vnd.ms-excel.addin.macroEnabled.main+xml",
}


def parts(package: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def test_normalising_keeps_every_part_and_fixes_the_rest() -> None:
    package = sample_xlsx()
    result = normalise(package)
    assert parts(result) == parts(package)
    with zipfile.ZipFile(io.BytesIO(result)) as archive:
        entries = archive.infolist()
    assert [entry.filename for entry in entries[:2]] == ["[Content_Types].xml", "_rels/.rels"]
    assert [entry.filename for entry in entries[2:]] == sorted(entry.filename for entry in entries[2:])
    assert {(e.date_time, e.create_system, e.external_attr >> 16) for e in entries} == {
        ((1980, 1, 1, 0, 0, 0), 0, 0o600)
    }
    assert normalise(result) == result


def test_a_package_is_what_the_common_library_writes() -> None:
    made = {"[Content_Types].xml": b"<a/>", "_rels/.rels": b"", "customXml/文.xml": "文".encode() * 70_000}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in made.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 0
            archive.writestr(entry, content, compresslevel=6)
    assert write_parts(made) == out.getvalue()


def test_what_is_met_again_is_packed_again_as_it_was() -> None:
    """Also after more has been packed than is kept, of parts that do not get smaller."""
    made = {"a": Random(0).randbytes(100_000), "b": b""}
    first = write_parts(made)
    assert write_parts(made) == first
    for number in range(3):
        write_parts({"large": Random(number + 1).randbytes(5 << 20)})
    assert write_parts(made) == first
    assert parts(first) == made


def test_what_was_written_last_is_read_as_it_is_written() -> None:
    """Its parts are at hand, and who changes what was read changes nothing of them; nor of one too large."""
    for much in (1, 9 << 20):
        made = {"a.xml": b"a" * much, "[Content_Types].xml": b"<a/>"}
        package = write_parts(made)
        read_parts(package).pop("a.xml")
        made["b.xml"] = b""
        assert read_parts(package) == parts(package) == {"a.xml": b"a" * much, "[Content_Types].xml": b"<a/>"}


def test_two_builds_have_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    first = sample_workbook()
    later = time.localtime(time.time() + 100_000)
    monkeypatch.setattr(time, "localtime", lambda *_: later)
    assert sample_workbook() == first


@pytest.mark.parametrize("kind", ["xlsm", "xlam"])
def test_macros_and_ribbon_are_found_by_their_relations(kind: str) -> None:
    before, after = parts(sample_xlsx()), parts(sample_workbook(kind))  # type: ignore[arg-type]
    changed = {name for name in after if before.get(name) != after[name]}
    assert changed == {
        "[Content_Types].xml",
        "_rels/.rels",
        "customUI/customUI14.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/vbaProject.bin",
    }
    types = after["[Content_Types].xml"].decode()
    assert f'PartName="/xl/workbook.xml" ContentType="{TYPES[kind]}"' in types
    assert 'PartName="/xl/vbaProject.bin" ContentType="application/vnd.ms-office.vbaProject"' in types
    assert b'relationships/vbaProject" Target="vbaProject.bin"' in after["xl/_rels/workbook.xml.rels"]
    assert b'ui/extensibility" Target="customUI/customUI14.xml"' in after["_rels/.rels"]
    stored = read_project(after["xl/vbaProject.bin"])
    assert tuple(m.name for m in stored.modules if m.kind == "document") == CODE_NAMES


@pytest.mark.parametrize("kind", ["xlsm", "xlam"])
def test_an_independent_validator_finds_nothing(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"sample.{kind}"
    path.write_bytes(sample_workbook(kind))  # type: ignore[arg-type]
    assert [str(error) for error in OpenXmlValidator().validate(path).errors] == []


def test_openpyxl_reads_the_sheets(tmp_path: Path) -> None:
    with macros_kept(sample_workbook()) as book:
        assert book[ROSTER]["A3"].value == "12345"
        assert book.code_name == CODE_NAMES[0]


def test_form_buttons_are_marked_as_not_printing() -> None:
    drawing = next(content for name, content in parts(sample_workbook()).items() if name.endswith(".vml"))
    assert b"<x:PrintObject>False</x:PrintObject>" in drawing


def test_code_names_are_read_in_workbook_order() -> None:
    found = code_names(sample_xlsx())
    assert found.all() == CODE_NAMES


def test_code_names_and_sources_must_agree() -> None:
    renamed = sample_xlsx(codes=("ThisWorkbook", "shtNames", "shtLog", "shtTexts"))
    with pytest.raises(
        SourceError, match=r"shtRoster\.cls: no sheet has the code name shtRoster; .*shtNames"
    ):
        add_macros(renamed, sample_sources(), kind="xlsm")
    anonymous = parts(sample_xlsx())
    anonymous["xl/worksheets/sheet2.xml"] = anonymous["xl/worksheets/sheet2.xml"].replace(
        b' codeName="shtLog"', b""
    )
    with pytest.raises(SourceError, match="sheet 日志 has no code name"):
        code_names(zipped(anonymous))
    with pytest.raises(SourceError, match="the workbook has no code name"):
        code_names(zipped(removed(anonymous, "xl/workbook.xml", b' codeName="ThisWorkbook"')))


def test_buttons_and_ribbon_must_lead_somewhere() -> None:
    with pytest.raises(SourceError, match=r"vmlDrawing1\.vml: macro SampleChecks\.Gone is not found"):
        add_macros(sample_xlsx(macro="SampleChecks.Gone"), sample_sources(), kind="xlsm")
    ribbon = sample_ribbon().replace(b"OnCheckRoster", b"OnGone")
    with pytest.raises(SourceError, match="ribbon btnCheck onAction: macro OnGone is not found"):
        add_macros(sample_xlsx(), sample_sources(), kind="xlsm", ribbon=ribbon)


def test_only_plain_workbooks_are_taken() -> None:
    with pytest.raises(ValueError, match=r"already|no plain"):
        add_macros(sample_workbook(), sample_sources(), kind="xlsm")


def removed(content: dict[str, bytes], part: str, text: bytes) -> dict[str, bytes]:
    assert text in content[part]
    return content | {part: content[part].replace(text, b"")}


def zipped(content: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in content.items():
            archive.writestr(name, data)
    return out.getvalue()
