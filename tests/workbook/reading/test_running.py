"""What a received workbook can run: our own macros pass however they were saved, everything else is said."""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import pytest
from pyopenvba import ExcelFile

from gouji.examine import examine
from gouji.form import load_form
from gouji.opc.vba import read_project
from gouji.report import Report
from gouji.rules import catalogue
from gouji.wording import data_beside
from gouji.workbook.reading.guard import Archive
from gouji.workbook.reading.macros import code_of, digest_of, handed_out, judge_macros
from gouji.workbook.reading.running import MAX_RELATIONS, what_runs
from gouji.workshop.handed_out import LIST, dumped, of_this_build, renew, with_these
from gouji.workshop.vba.cfb import write_compound
from gouji.workshop.vba.compression import compress
from support import DATA
from support.bounded import within
from support.filled import write_workbook
from support.office import Office
from support.packages import MAIN, OFFICE, Parts, pack, relations, unpack

TEMPLATES = sorted((DATA / "archive").glob("*/*模板*.xlsm"))
TEMPLATE = next((DATA / "archive" / "0.5.0").glob("*2021*.xlsm")).read_bytes()
MICROSOFT = "http://schemas.microsoft.com/office"
MACROS = "xl/vbaProject.bin"
EVIL = 'Sub Auto_Open()\r\n    Shell "calc.exe"\r\nEnd Sub\r\n'


def running(package: bytes) -> list[tuple[str, tuple[str, ...], int]]:
    return [tuple(one) for one in what_runs(Archive(package))]  # type: ignore[misc]


def said(package: bytes) -> list[str]:
    judged = examine(package)
    assert judged.reading is not None
    return [f.message for f in judged.findings if f.rule == "file-macros"]


def project(
    modules: dict[str, str],
    references: tuple[bytes, ...] = (),
    told: Mapping[str, str] = {},
    **others: object,
) -> bytes:
    """A ``vbaProject.bin`` with these sources, as simple as Excel still reads it. ``told``: other names that
    the list has for modules."""

    def record(identifier: int, content: bytes) -> bytes:
        return struct.pack("<HI", identifier, len(content)) + content

    listed = b"".join(references)
    for name in (told.get(name, name) for name in modules):
        for identifier, wide in ((0x19, 0x47), (0x1A, 0x32)):
            listed += record(identifier, name.encode("gb18030")) + record(wide, name.encode("utf-16-le"))
        listed += record(0x31, bytes(4))
    streams = {name: compress(source.encode("gb18030")) for name, source in modules.items()}
    streams["dir"] = compress(listed + record(0x10, b""))
    return write_compound({"VBA": streams, **others})  # type: ignore[dict-item]


def sources() -> dict[str, str]:
    return read_project(unpack(TEMPLATE)[MACROS]).modules


def with_part(package: bytes, kind: str, target: str, content: bytes, part: str = "xl/workbook.xml") -> bytes:
    """The package with one part more, to which ``part`` is related."""
    parts: Parts = unpack(package)
    folder, _, name = part.rpartition("/")
    path = f"{folder}/_rels/{name}.rels"
    relation = f'<Relationship Id="rIdX" Type="{kind}" Target="{target}"/></Relationships>'.encode()
    old = parts.get(path, relations())
    parts[path] = old.replace(b"</Relationships>", relation)
    parts[f"{folder}/{target}"] = content
    return pack(parts)


def with_macros(package: bytes, macros: bytes) -> bytes:
    parts = unpack(package)
    assert MACROS in parts
    return pack({**parts, MACROS: macros})


# ---------------------------------------------------------------- ours


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_template_ever_handed_out_is_ours(path: Path) -> None:
    assert MACROS in unpack(path.read_bytes())
    assert running(path.read_bytes()) == []


def test_what_is_built_today_is_in_the_list() -> None:
    """After a change of macros or ribbon: make templates."""
    assert [name for name, digests in of_this_build().items() if not digests <= handed_out()] == []


def as_the_editor_writes(source: str) -> str:
    """Names in the case of another module, other blanks, an attribute and an option more."""
    lines = source.replace("HostBook", "hostBOOK").replace("    ", "\t").splitlines()
    extra = ['Attribute Validate.VB_ProcData.VB_Invoke_Func = "v\\n14"', "Option Explicit", ""]
    return "\n".join([lines[0], *extra, *(f"{line}  " for line in lines[1:])])


def test_what_excel_changes_by_itself_is_still_ours() -> None:
    """Order, case, blanks, line ends, attributes; a sheet that was added; compiled code before the source."""
    changed = {name: as_the_editor_writes(text) for name, text in reversed(sources().items())}
    changed["Sheet1"] = 'Attribute VB_Name = "Sheet1"\r\nAttribute VB_Base = "0{0-0}"\r\nOption Explicit\r\n'
    changed["shtSection31"] = changed["shtSection3"].replace('"shtSection3"', '"shtSection31"')
    assert judge_macros(project(changed)) == (True, ())


def test_saved_by_libreoffice_it_is_still_ours(office: Office, tmp_path: Path) -> None:
    """It writes the project anew: other libraries, another order."""
    path, out = tmp_path / "sent.xlsm", tmp_path / "again.xlsm"
    path.write_bytes(TEMPLATE)
    with office.open(path) as book:
        book.save(out, "Calc MS Excel 2007 VBA XML")
    assert unpack(out.read_bytes())[MACROS] != unpack(TEMPLATE)[MACROS]
    assert running(out.read_bytes()) == []


def by_pyopenvba(tmp_path: Path, change: Callable[[ExcelFile], None]) -> bytes:
    path = tmp_path / "saved.xlsm"
    path.write_bytes(TEMPLATE)
    with ExcelFile(path) as book:
        change(book)
        book.save()
    return path.read_bytes()


def test_saved_by_pyopenvba(tmp_path: Path) -> None:
    """One line that it changed is seen, and which module."""

    def upper(book: ExcelFile) -> None:
        book.set_module("GjHost", book.get_module("GjHost").upper().replace("    ", "  "))

    def worse(book: ExcelFile) -> None:
        source = book.get_module("GjHost")
        book.set_module("GjHost", source.replace("End Function", '    Shell "calc"\r\nEnd Function'))

    assert running(by_pyopenvba(tmp_path, upper)) == []
    assert running(by_pyopenvba(tmp_path, worse)) == [("macros", ("GjHost",), 1)]


def test_a_template_without_macros_has_nothing() -> None:
    assert running(write_workbook(Report(load_form("2021")))) == []


# ---------------------------------------------------------------- not ours


def test_a_replaced_module_is_a_warning_that_names_it() -> None:
    changed = with_macros(TEMPLATE, project({**sources(), "Module1": EVIL, "GjFill": EVIL}))
    judged = [f for f in examine(changed).findings if f.rule == "file-macros"]
    assert [f.level for f in judged] == ["warning"]
    assert "GjFill、Module1" in judged[0].message and "没有运行" in judged[0].message
    assert "不要启用宏" in judged[0].remedy


@pytest.mark.parametrize(
    "line",
    [
        'Attribute VB_Name = "x": Shell "calc"',
        'Attribute VB_Name = Shell("calc")',
        'Option Explicit: Shell "calc"',
        "Rem Attribute VBA_ModuleType=x: Shell",
        "Sub 打开(): End Sub",
    ],
)
def test_nothing_hides_among_attributes_and_options(line: str) -> None:
    assert judge_macros(project({"Module1": f"{line}\r\n"})) == (True, ("Module1",))


def test_a_module_that_a_chinese_excel_recorded_is_named() -> None:
    """It calls it 模块1. Our writer of compound files takes ASCII alone: the name is put in afterwards."""
    macros = project({**sources(), "Mo1": EVIL}, told={"Mo1": "模块1"})
    stored = "Mo1\0".encode("utf-16-le")
    assert macros.count(stored) == 1
    assert judge_macros(macros.replace(stored, "模块1\0".encode("utf-16-le"))) == (True, ("模块1",))
    assert not judge_macros(macros).readable  # a list that names another stream


def test_a_name_that_is_shown_is_one_line() -> None:
    far = b"*\\Ca\x1b[2J\n" + b"x" * 99
    found = judge_macros(project(sources(), (reference(0x0E, far),)))
    assert found.strange == ("*\\Ca<U+001B>[2J↵" + "x" * 51,)


def reference(record: int, text: bytes) -> bytes:
    content = struct.pack("<I", len(text)) + text + bytes(6)
    return struct.pack("<HI", record, len(content)) + content


@pytest.mark.parametrize(
    ("text", "ours"),
    [
        (rb"*\G{00020430-0000-0000-C000-000000000046}#2.0#0#C:\Windows\System32\stdole2.tlb#OLE", True),
        (rb"*\G{0D452EE1-E08F-101A-852E-02608C4D0BB4}#2.0#0#C:\Users\a\Temp\MSForms.exd#Forms", True),
        (rb"*\G{00000000-0000-0000-0000-000000000000}#0.0#0##", True),
        (rb"*\G{00020430-0000-0000-C000-000000000046}#2.0#0#\\host\share\a.tlb#OLE", False),
        (rb"*\G{00020430-0000-0000-C000-000000000046}#2.0#0#script:http://host/a.sct#OLE", False),
        (rb"*\CC:\other.xlam", False),
        (rb"*\C\\host\other.xlam", False),
    ],
)
def test_references_to_other_projects_and_far_libraries(text: bytes, ours: bool) -> None:
    """A reference to another project opens that file, macros and all."""
    found = judge_macros(project(sources(), (reference(0x0E if rb"\C" in text else 0x0D, text),)))
    assert found.readable and (found.strange == ()) == ours


def test_a_form_is_not_ours() -> None:
    assert judge_macros(project(sources(), UserForm1={"f": b"x"})) == (True, ("UserForm1",))


@pytest.mark.parametrize("macros", [b"", b"nothing", unpack(TEMPLATE)[MACROS][:9000], bytes(9_000_000)])
def test_macros_that_cannot_be_read_are_not_ours(macros: bytes) -> None:
    package = with_macros(TEMPLATE, macros)
    assert running(package) == [("unreadable", (), 1)]
    assert "读不出" in said(package)[0]


def test_a_second_project_is_not_ours_either() -> None:
    kind = f"{MICROSOFT}/2006/relationships/vbaProject"
    package = with_part(TEMPLATE, kind, "other.bin", unpack(TEMPLATE)[MACROS])
    assert running(package) == [("unreadable", (), 1)]


DDE = f'<externalLink xmlns="{MAIN}"><ddeLink ddeService="cmd" ddeTopic="/c calc"/></externalLink>'
BOOK = f'<externalLink xmlns="{MAIN}"><externalBook/>{"x" * 200_000}</externalLink>'
STRICT = DDE.replace(MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main").encode("utf-16")


@pytest.mark.parametrize(
    ("kind", "content", "expected"),
    [
        (f"{OFFICE}/control", b"<x/>", "objects"),
        (f"{OFFICE}/oleObject", b"x", "objects"),
        (f"{OFFICE}/package", b"x", "objects"),
        (f"{MICROSOFT}/2006/relationships/xlMacrosheet", b"<x/>", "sheets"),
        (f"{MICROSOFT}/2006/relationships/attachedToolbars", b"x", "toolbars"),
        (f"{MICROSOFT}/2007/relationships/ui/extensibility", b"<customUI/>", "ribbon"),
        (f"{MICROSOFT}/2006/relationships/ui/extensibility", b"<customUI/>", "ribbon"),
        (f"{MICROSOFT}/2011/relationships/webextensiontaskpanes", b"<x/>", "web"),
        (f"{OFFICE}/externalLink", DDE.encode(), "links"),
        (f"{OFFICE}/externalLink", STRICT, "links"),
        (f"{OFFICE}/externalLink", BOOK.encode(), ""),
        (f"{OFFICE}/externalLink", b"<externalLink/>", ""),
        (f"{OFFICE}/externalLink", b"<!DOCTYPE a><a/>", "unreadable"),
        (f"{OFFICE}/externalLink", b"<!--" + b" " * 70_000 + b"-->" + DDE.encode(), "unreadable"),
        (f"{OFFICE}/theme", b"<x/>", ""),
    ],
)
def test_what_else_runs_is_said(kind: str, content: bytes, expected: str) -> None:
    plain = write_workbook(Report(load_form("2021")))
    package = with_part(plain, kind, "part.bin", content, "xl/worksheets/sheet2.xml")
    assert [one for one, _, _ in running(package)] == [expected][: bool(expected)]
    assert len(said(package)) == bool(expected)


def test_a_relation_that_leads_nowhere_brings_nothing() -> None:
    parts = unpack(TEMPLATE)
    del parts[MACROS], parts["customUI/customUI14.xml"]
    assert running(pack(parts)) == []


def test_parts_of_one_kind_are_said_once_with_their_number() -> None:
    package = write_workbook(Report(load_form("2021")))
    for number in range(3):
        part = f"xl/worksheets/sheet{number + 1}.xml"
        package = with_part(package, f"{OFFICE}/oleObject", f"part{number}.bin", b"x", part)
    assert running(package) == [("objects", (), 3)]
    assert ["3 个" in line for line in said(package)] == [True]


def test_relations_that_cannot_be_read_are_said_and_the_numbers_read() -> None:
    parts = unpack(write_workbook(Report(load_form("2021"))))
    parts["xl/worksheets/_rels/sheet2.xml.rels"] = b"<broken"
    assert running(pack(parts)) == [("unreadable", (), 1)]
    assert len(said(pack(parts))) == 1


def test_what_is_looked_at_is_bounded() -> None:
    """Thousands of links, and relationships without end: said, and soon."""
    plain = unpack(write_workbook(Report(load_form("2021"))))
    links = [(f"x{n}", f"{OFFICE}/externalLink", f"part{n}.bin") for n in range(3000)]
    crowd = pack(
        {**plain, "xl/_rels/x.xml.rels": relations(*links)}
        | {f"xl/part{n}.bin": b"<a/>" for n in range(3000)}
    )
    padded = {f"xl/_rels/p{n}.xml.rels": relations() + b" " * 3_900_000 for n in range(20)}
    assert sum(map(len, padded.values())) > MAX_RELATIONS
    for package in (crowd, pack({**plain, **padded})):
        assert [one for one, _, _ in within(50, partial(running, package))] == ["unreadable"]


def test_every_kind_has_its_sentence() -> None:
    kinds = set(data_beside("gouji.workbook.reading", "running.toml")["relations"].values())
    assert kinds | {"unreadable"} == set(catalogue()["file-macros"].parameters["messages"])


# ---------------------------------------------------------------- the list


def test_code_is_what_is_left_without_what_excel_changes() -> None:
    source = 'Attribute VB_Name = "A"\r\n\r\nOption Explicit\r\nPublic  Sub X( )  \'  Say\r\n\r\nEnd Sub'
    assert code_of(source) == "publicsubx()'say\nendsub"
    assert digest_of(source) == digest_of(source.replace("X", "x").replace("\r\n", "\n"))
    assert digest_of(source) != digest_of(source.replace("End Sub", "Beep\r\nEnd Sub"))


def test_the_list_only_grows() -> None:
    known = {"0.1.0": {"A": ["1"], "B": ["2"]}}
    grown = with_these(known, "0.2.0", {"A": {"1", "3"}, "C": {"2"}})
    assert grown == {"0.1.0": {"A": ["1"], "B": ["2"]}, "0.2.0": {"A": ["3"]}}
    assert with_these(grown, "0.2.0", {"A": {"4"}})["0.2.0"] == {"A": ["3", "4"]}
    assert known == {"0.1.0": {"A": ["1"], "B": ["2"]}}
    assert with_these(grown, "0.3.0", {"A": {"4"}, "Z": {"3"}}) == {**grown, "0.3.0": {"A": ["4"]}}


def test_the_list_is_written_as_it_is_kept(tmp_path: Path) -> None:
    """``make templates`` leaves a list that has everything as it is, byte for byte."""
    path = tmp_path / "list.toml"
    renew(path)
    assert path.read_bytes() == LIST.read_bytes()
    assert dumped({"1": {"A": ["x", "y"]}}).endswith('["1"]\nA = ["x", "y"]\n')
