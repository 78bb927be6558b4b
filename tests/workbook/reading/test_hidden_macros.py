"""What somebody would do to run macros that are not said: each way is, and none takes long."""

from __future__ import annotations

import struct

import pytest

from gouji.form import load_form
from gouji.opc.vba import MAX_SOURCE
from gouji.report import Report
from gouji.workbook.reading.guard import Archive
from gouji.workbook.reading.macros import digest_of, is_ours, judge_macros
from gouji.workbook.reading.running import what_runs
from gouji.workshop.vba.cfb import write_compound
from gouji.workshop.vba.compression import compress
from support import DATA
from support.bounded import within
from support.filled import write_workbook
from support.packages import MAIN, OFFICE, Parts, pack, unpack

TEMPLATE = next((DATA / "archive" / "0.5.0").glob("*2021*.xlsm")).read_bytes()
PROJECT = unpack(TEMPLATE)["xl/vbaProject.bin"]
MICROSOFT = "http://schemas.microsoft.com/office/2006/relationships"
CODE = 'Option Explicit\r\n\' Says it.\r\nSub Say()\r\n    Tell "a B"\r\nEnd Sub'


def kinds(parts: Parts) -> list[str]:
    return [one.kind for one in what_runs(Archive(pack(parts)))]


def plain() -> Parts:
    return unpack(write_workbook(Report(load_form("2021"))))


def related(parts: Parts, kind: str, target: str) -> Parts:
    path = "xl/_rels/workbook.xml.rels"
    relation = f'<Relationship Id="rIdX" Type="{kind}" Target="{target}"/></Relationships>'.encode()
    return {**parts, path: parts[path].replace(b"</Relationships>", relation)}


# ---------------------------------------------------------------- sources


@pytest.mark.parametrize("end", ["\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\x85"])
def test_a_line_ends_where_vba_ends_it(end: str) -> None:
    """Behind a comment Python's other line ends hide a line: VBA reads on in the comment."""
    assert digest_of(CODE.replace("it.\r\n", f"it.{end}")) != digest_of(CODE)


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        ('"a B"', '"A b"', False),
        ('"a B"', '"aB"', False),
        ('Tell "a B"', 'TELL  \t"a B"', True),
        ("' Says it.", "'  says  IT.", True),
        ("    Tell", "\xa0   Tell", False),
        ("Say()", "\xdfay()", False),
        ("Explicit", "Explicit\r\nOption Compare Text", False),
        ("Explicit", "Explicit\r\nOption Base 1", False),
        ("Explicit", "Explicit\r\nOption VBASupport 1", True),
        ("Explicit", "Explicit _\r\n", False),
        ("\r\n", "\n", True),
        ("\r\n", "\r", True),
    ],
)
def test_only_what_the_editor_changes_is_left_out(old: str, new: str, same: bool) -> None:
    assert (digest_of(CODE.replace(old, new)) == digest_of(CODE)) == same


def test_an_attribute_with_quotes_in_its_text_is_one() -> None:
    assert is_ours('Attribute Say.VB_Description = "says ""a"" or ""b"""\r\n')
    assert not is_ours('Attribute Say.VB_Description = "a" & Shell("b")\r\n')


@pytest.mark.parametrize("line", ["\r", "a\r", "attribute a = 1\r", 'x"', "'", 'attribute a = "', "o"])
@pytest.mark.parametrize("modules", [1, 8])
def test_the_largest_source_takes_no_second(line: str, modules: int) -> None:
    packed = compress((line * (MAX_SOURCE // modules // len(line) - 1)).encode())
    names = [f"A{number}" for number in range(modules)]
    project = write_compound({"VBA": dict.fromkeys(names, packed) | {"dir": compress(listed(*names))}})
    assert within(40, lambda: judge_macros(project)).readable


# ---------------------------------------------------------------- the container


def listed(*names: str) -> bytes:
    def record(identifier: int, content: bytes) -> bytes:
        return struct.pack("<HI", identifier, len(content)) + content

    modules = (record(0x1A, name.encode()) + record(0x31, bytes(4)) for name in names)
    return b"".join(modules) + record(0x10, b"")


def test_a_module_that_the_list_does_not_name_is_said() -> None:
    """The list has each name in two encodings, and Excel may read the other one."""
    streams = {"A": compress(b""), "Other": compress(b"Sub Auto_Open()"), "dir": compress(listed("A"))}
    assert judge_macros(write_compound({"VBA": streams})) == (True, ("VBA/Other",))
    caches = {"A": compress(b""), "_VBA_PROJECT": b"x", "__SRP_1f": b"x", "dir": compress(listed("A"))}
    assert judge_macros(write_compound({"VBA": caches, "PROJECT": b"x", "PROJECTwm": b"x"})) == (True, ())


@pytest.mark.parametrize("body", [b"\0", b"\0x"], ids=["nothing", "one byte"])
@pytest.mark.parametrize("modules", [1, 6])
def test_a_project_of_tiny_chunks_takes_no_second(body: bytes, modules: int) -> None:
    chunk = struct.pack("<H", 0xB000 | len(body) - 1) + body
    packed = b"\1" + chunk * ((MAX_SOURCE - 1) // len(chunk))
    names = [f"A{number}" for number in range(modules)]
    project = write_compound({"VBA": dict.fromkeys(names, packed) | {"dir": compress(listed(*names))}})
    within(40, lambda: judge_macros(project))


def test_no_number_of_the_container_stops_the_reader() -> None:
    """Header and root of the directory, each number at its bounds."""
    directory = struct.unpack_from("<I", PROJECT, 48)[0] * 512 + 512
    for at in (*range(24, 84, 4), *range(directory + 64, directory + 128, 4)):
        for number in (0, 0x7FFFFFFF, 0xFFFFFFFE):
            changed = bytearray(PROJECT)
            struct.pack_into("<I", changed, at, number)
            assert judge_macros(bytes(changed)).readable in (True, False)


# ---------------------------------------------------------------- relationships

COMPATIBLE = "http://schemas.openxmlformats.org/markup-compatibility/2006"
CHOICE = f'<mc:AlternateContent xmlns:mc="{COMPATIBLE}"><mc:Choice Requires="x"><ddeLink/></mc:Choice>'


@pytest.mark.parametrize(
    ("inside", "found"),
    [
        (f"{CHOICE}</mc:AlternateContent>", ["links"]),
        ('<z:a xmlns:z="urn:z"><ddeLink/></z:a>', ["links"]),
        ("<externalBook/>", []),
    ],
)
def test_a_link_is_to_a_workbook_only_where_it_says_so(inside: str, found: list[str]) -> None:
    """Excel looks into alternatives and elements that another namespace wraps (ECMA-376 part 3)."""
    content = f'<externalLink xmlns="{MAIN}">{inside}</externalLink>'.encode()
    assert kinds(related({**plain(), "xl/link.xml": content}, f"{OFFICE}/externalLink", "link.xml")) == found


@pytest.mark.parametrize("default", [True, False])
def test_a_sheet_of_macros_is_one_under_any_relation(default: bool) -> None:
    told = "application/vnd.ms-excel.macrosheet+xml"
    entry = f'<Override PartName="/xl/m/a.xyz" ContentType="{told}"/>'
    if default:
        entry = f'<Default Extension="XYZ" ContentType="{told}"/>'
    parts = {**plain(), "xl/m/a.xyz": b"<x/>"}
    types = "[Content_Types].xml"
    parts[types] = parts[types].replace(b"</Types>", f"{entry}</Types>".encode())
    assert kinds(related(parts, f"{OFFICE}/worksheet", "m/a.xyz")) == ["sheets"]
    assert kinds(related(parts, f"{MICROSOFT}/xlMacrosheet", "m/a.xyz")) == ["sheets"]


TARGETS = [
    "x.bin",
    "/xl/x.bin",
    "../xl/X.BIN",
    "..\\xl\\x.bin",
    "%78.bin",
    "./x.bin",
    " x.bin ",
    "../../xl//x.bin",
]


@pytest.mark.parametrize("target", TARGETS)
def test_a_project_is_found_by_every_spelling_of_its_target(target: str) -> None:
    parts = {**plain(), "xl/x.bin": b"none"}
    assert kinds(related(parts, f" {MICROSOFT}/vbaProject\n", target)) == ["unreadable"]
