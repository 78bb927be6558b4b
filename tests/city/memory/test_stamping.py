"""Seals of integrity: one part of each output, the same for the same run, and proof of what was altered."""

from __future__ import annotations

import datetime
import io
import json
import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest

from gouji.city.consolidate import Consolidation, Submission, consolidate
from gouji.city.intake.roster import Roster, RosterUnit
from gouji.city.memory.manifest import manifest_bytes, read_manifest
from gouji.city.memory.stamp import Input, Stamp, stamp
from gouji.city.memory.stamping import stamp_in, stamped
from gouji.city.run import Run
from gouji.document.page import page_bytes
from gouji.document.word import document_bytes
from gouji.form import load_form
from gouji.report import Report, canonical, dumps, from_json, to_json
from gouji.workbook.reading.reader import read_workbook
from gouji.workbook.writer import write_workbook

FORM = load_form("2021")
UNIT = Report(
    FORM, "甲局", 2024, values={cell.id: 0 for cell in FORM.cells}, texts={"一": "甲 <b> & </script>"}
)
TIME = datetime.datetime(2025, 1, 20, 10, 0, tzinfo=datetime.UTC)


def city(run: Run | None = None) -> Consolidation:
    sent = [Submission("甲/一.xlsx", UNIT, sha256="a" * 64), Submission("坏.xlsx", None, sha256="b" * 64)]
    names = Roster((RosterUnit("甲局"), RosterUnit("乙局")))
    return consolidate(sent, names, name="某市", year=2024, run=run, include_invalid=True)


STAMP = stamp(city(Run(3, TIME)), {"../汇总台.xlsx": "c" * 64})
OUTPUTS = {
    "xlsx": write_workbook(UNIT),
    "docx": document_bytes(UNIT),
    "html": page_bytes(UNIT),
    "json": dumps(to_json(UNIT)).encode(),
}


def test_a_stamp_says_tool_rules_run_and_inputs() -> None:
    import gouji

    assert (STAMP.tool, STAMP.city, STAMP.year, STAMP.run) == (gouji.__version__, "某市", 2024, 3)
    assert STAMP.time == "2025-01-20T10:00:00+00:00" and len(STAMP.rules) == 16
    assert STAMP.inputs == (
        Input("../汇总台.xlsx", "c" * 64),
        Input("坏.xlsx", "b" * 64, "", "unreadable"),
        Input("甲/一.xlsx", "a" * 64, "甲局", "taken"),
    )
    assert [one.file for one in STAMP.of("甲局").inputs] == ["甲/一.xlsx"]
    assert {one.file for one in STAMP.published().inputs} == {"", "../"}
    assert Stamp.from_data(json.loads(json.dumps(STAMP.to_data()))) == STAMP


@pytest.mark.parametrize("kind", OUTPUTS)
def test_each_kind_holds_a_stamp_and_knows_what_was_altered(kind: str) -> None:
    whole = stamped(OUTPUTS[kind], STAMP, kind)
    found = stamp_in(whole, kind)
    assert found and found.stamp == STAMP and not found.altered
    assert stamp_in(OUTPUTS[kind], kind) is None
    assert stamp_in(altered(whole, kind), kind) == (STAMP, True)


@pytest.mark.parametrize("kind", OUTPUTS)
def test_the_same_gives_the_same_and_another_run_changes_one_part(kind: str) -> None:
    whole = stamped(OUTPUTS[kind], STAMP, kind)
    assert stamped(OUTPUTS[kind], STAMP, kind) == whole
    assert stamped(whole, STAMP, kind) == whole
    other = stamped(OUTPUTS[kind], stamp(city(Run(4, TIME))), kind)
    if kind in ("xlsx", "docx"):
        one, two = parts(whole), parts(other)
        assert [name for name in one if one[name] != two[name]] == ["customXml/gouji-stamp.xml"]
    else:
        assert whole != other and len(whole.splitlines()) >= len(other.splitlines())


def parts(package: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def altered(whole: bytes, kind: str) -> bytes:
    """One character of what people read."""
    if kind == "xlsx":
        book = openpyxl.load_workbook(io.BytesIO(whole))
        book["一"]["A1"] = "改"
        out = io.BytesIO()
        book.save(out)
        # openpyxl drops custom XML; Excel, WPS and LibreOffice do not.
        return with_part(out.getvalue(), parts(whole)["customXml/gouji-stamp.xml"])
    if kind == "docx":
        document = docx.Document(io.BytesIO(whole))
        document.paragraphs[0].add_run("改")
        out = io.BytesIO()
        document.save(out)
        return out.getvalue()
    return whole.replace("甲局".encode(), "乙局".encode(), 1)


def with_part(package: bytes, part: bytes) -> bytes:
    out = io.BytesIO(package)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("customXml/item1.xml", part)
    return out.getvalue()


def test_stamped_files_are_read_as_before(tmp_path: Path) -> None:
    book = stamped(OUTPUTS["xlsx"], STAMP, "xlsx")
    assert canonical(read_workbook(book).report) == canonical(UNIT)
    assert docx.Document(io.BytesIO(stamped(OUTPUTS["docx"], STAMP, "docx"))).paragraphs
    told = from_json(json.loads(stamped(OUTPUTS["json"], STAMP, "json")))
    assert canonical(told) == canonical(UNIT)


def test_a_stamp_is_put_into_nothing_that_has_no_place_for_it() -> None:
    for kind in ("csv", "pdf", "parquet"):
        assert stamped(b"abc", STAMP, kind) == b"abc"
        assert stamp_in(b"abc", kind) is None


@pytest.mark.parametrize("text", [b"", b"[]", b"{}", b'{"meta": {"stamp": 3}}', b"[" * 100_000])
def test_what_is_no_stamp_is_none(text: bytes) -> None:
    assert stamp_in(text, "json") is None
    block = b'<script type="application/json" id="gouji-stamp">' + text + b"</script>\n"
    assert stamp_in(block, "html") is None
    with pytest.raises(ValueError):
        read_manifest(text)


def test_a_list_of_outputs_knows_whether_it_was_altered() -> None:
    content = manifest_bytes(STAMP, {"汇总.xlsx": b"1", "退回单/甲.docx": b"2"})
    found = read_manifest(content)
    assert found.stamp == STAMP and list(found.outputs) == ["汇总.xlsx", "退回单/甲.docx"]
    assert not found.altered
    assert read_manifest(content.replace("甲/一".encode(), "甲/二".encode())).altered
