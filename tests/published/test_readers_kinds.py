"""What a file is, by its content; and each refusal with its sentence."""

from __future__ import annotations

import base64
import io
import quopri
import re
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

import support.packages as packages
from gouji.errors import Refused
from gouji.form import load_form
from gouji.opc import archive, ole, relations, source, xmlstream
from gouji.published.reading import CellRead, CellUnread, TablesRead
from gouji.published.refusal import WORDS
from gouji.published.source import recognise, sniff
from gouji.published.source.recognise import refuse_what_is_none
from gouji.published.source.sniff import MAX_FILE, open_source
from gouji.text import plain
from support.odd_paths import refuses_odd_paths
from support.opened import in_short, opened, p, tbl, tc, word_file

PUBLISHED = Path(sniff.__file__).parents[1]

# ---------------------------------------------------------------- characters

TEXT = "某局 2023 年政府信息公开工作年度报告"
PAGE = f"<html><head><meta charset='{{}}'></head><body><p>{TEXT}</p></body></html>"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gbk", "gb18030"]
)
def test_texts_of_every_encoding(encoding: str) -> None:
    assert opened(TEXT.encode(encoding), "a.txt") == f"{TEXT}¶"


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("utf-8", "utf-8"),
        ("gb2312", "gbk"),
        ("GBK", "gbk"),
        ("gb2312", "utf-8"),  # saved anew, its declaration left
        ("utf-8", "gbk"),
        ("iso-8859-1", "gbk"),
        ("nonsense", "gbk"),
    ],
)
def test_what_a_page_declares_does_not_make_mojibake(declared: str, encoding: str) -> None:
    assert opened(PAGE.format(declared).encode(encoding), "a.html") == f"{TEXT}¶"


def test_big5_is_read_where_it_is_declared() -> None:
    page = "<meta charset=big5><p>某局政府信息公開工作年度報告"
    assert opened(page.encode("big5"), "a.html") == "某局政府信息公開工作年度報告¶"


def test_a_few_broken_characters_show_as_such() -> None:
    """A site cuts a summary in the middle of a character."""
    assert opened(TEXT.encode()[:-1], "a.txt") == f"{TEXT[:-1]}\ufffd¶"
    broken = f"{TEXT}\n摘要".encode("gbk")[:-1] + b"\n" + "乙5".encode("gbk")
    assert opened(broken, "a.txt") == f"{TEXT}¶摘\ufffd¶乙5¶"


def test_what_is_no_report_is_not_read_as_mojibake() -> None:
    """Bytes of any other encoding are Chinese of some kind in GB 18030."""
    for encoding in ("utf-16-le", "euc-kr", "shift-jis"):
        with pytest.raises(Refused) as caught:
            open_source("\u65e5\u672c".encode(encoding) * 50, "a.txt")
        assert caught.value.key == "charset"


def test_control_characters_do_not_join_digits() -> None:
    assert opened("公开1\x002", "a.txt") == "公开1\ufffd2¶"


# ---------------------------------------------------------------- pages in one file


def mht(*parts: tuple[str, str, bytes], start: str = "") -> bytes:
    """(headers, encoding, content) of each part."""
    packed = {"base64": base64.encodebytes, "quoted-printable": quopri.encodestring, "8bit": bytes}
    body = b"".join(
        f"--B\r\n{headers}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n".encode()
        + packed[encoding](content)
        + b"\r\n"
        for headers, encoding, content in parts
    )
    kind = f'Content-Type: multipart/related;\r\n\tboundary="B"{start}'
    head = f"From: <Saved>\r\nMIME-Version: 1.0\r\n{kind}\r\n\r\n"
    return head.encode() + b"preamble\r\n" + body + b"--B--\r\n"


@pytest.mark.parametrize("encoding", ["base64", "quoted-printable", "8bit"])
def test_a_page_saved_as_one_file(encoding: str) -> None:
    page = "<p>某局公开<table><tr><td>甲<td>1</table>".encode("gbk")
    picture = ("Content-Type: image/png", "base64", b"\x89PNG")
    saved = mht(picture, ("Content-Type: text/html; charset=gb2312", encoding, page))
    source = open_source(saved, "年报.mht")
    assert (source.kind, in_short(source.stream)) == ("html", "某局公开¶{甲|1|/}")


def test_a_page_saved_as_a_message_of_one_part() -> None:
    head = (
        b"MIME-Version: 1.0\nContent-Type: text/html; charset=gb2312\nContent-Transfer-Encoding: base64\n\n"
    )
    assert opened(head + base64.encodebytes("<p>某局公开".encode("gbk"))) == "某局公开¶"


def test_the_page_is_the_one_that_the_file_starts_with() -> None:
    other = ("Content-Type: text/html\r\nContent-ID: <b>", "8bit", b"<p>b")
    first = ("Content-Type: text/html\r\nContent-ID: <a>", "8bit", b"<p>a")
    assert opened(mht(other, first, start='; start="<a>"')) == "a¶"
    assert opened(mht(other, first)) == "b¶"


def test_of_a_page_and_its_frames_the_one_with_the_tables_is_read() -> None:
    shell = ("Content-Type: text/html", "8bit", "<p>公开<iframe src='cid:x'></iframe>".encode())
    frame = ("Content-Type: text/html\r\nContent-ID: <x>", "8bit", page_of(labels()).encode())
    assert opened(mht(shell, frame)).count("一、本年新收") == 1


# ---------------------------------------------------------------- refusals


def labels() -> list[str]:
    return [row.label for row in load_form("2021").tables["table3"].rows()]


def page_of(rows: list[str], number: int | str = 1) -> str:
    heads = "".join(f"<th>{c.label}" for c in load_form("2021").tables["table3"].grid.columns)
    body = "".join(f"<tr><td>{label}<td>{number}" for label in rows)
    return f"<p>公开<table><tr>{heads}</table><table>{body}</table>"


def zipped(**files: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as target:
        for name, content in files.items():
            target.writestr(name, content)
    return packed.getvalue()


def old_office(*names: str) -> bytes:
    """An OLE file whose directory has these entries (MS-CFB 2.6)."""
    entries = b""
    for name in names:
        stored = name.encode("utf-16-le") + b"\0\0"
        entries += stored.ljust(64, b"\0") + struct.pack("<H", len(stored)).ljust(64, b"\0")
    return ole.MAGIC.ljust(512, b"\0") + entries


def page(body: str) -> bytes:
    return f"<html><meta charset=utf-8><body>{body}".encode()


def document(content: str) -> bytes:
    return word_file("", raw=content)


def many_large(forger: packages.Forger) -> None:
    for number in range(3):
        forger.add(str(number), b"", size=archive.MAX_PART)


def unsound(change: Callable[[packages.Forger], object]) -> bytes:
    forger = packages.Forger()
    change(forger)
    return forger.finish()


PART = "word/document.xml"
BODY = word_file(p("甲"))
REPORTS = "".join(f"<li><a href=#>某局{year}年政府信息公开工作年度报告</a>" for year in range(2019, 2025))
TWO = page_of(labels()) + page_of(labels(), 2)
CASES: list[tuple[str, Callable[[], bytes]]] = [
    ("too_large", lambda: bytes(MAX_FILE + 1)),
    ("empty", lambda: b""),
    ("pdf", lambda: b"%PDF-1.7\n\xe2\xe3"),
    ("picture", lambda: b"\xff\xd8\xff\xe0"),
    ("picture", lambda: b"\x89PNG\r\n\x1a\n"),
    ("picture", lambda: b"RIFF\0\0\0\0WEBPVP8 "),
    ("old_word", lambda: old_office("Root Entry", "WordDocument")),
    ("encrypted", lambda: old_office("Root Entry", "EncryptedPackage")),
    ("old_office", lambda: old_office("Root Entry", "Workbook")),
    ("rtf", lambda: b"{\\rtf1\\ansi"),
    ("odt", lambda: zipped(mimetype="application/vnd.oasis.opendocument.text")),
    ("other_office", lambda: zipped(mimetype="application/vnd.oasis.opendocument.presentation")),
    ("ofd", lambda: zipped(**{"OFD.xml": "<ofd:OFD/>"})),
    ("word_xml", lambda: b"<?xml version='1.0'?><?mso-application progid='Word.Document'?><w:wordDocument/>"),
    (
        "flat_ods",
        lambda: (
            b"<?xml version='1.0'?><office:document "
            b"office:mimetype='application/vnd.oasis.opendocument.spreadsheet'/>"
        ),
    ),
    ("workbook", packages.workbook),
    ("archive", lambda: zipped(**{"年报.docx": "x"})),
    ("archive", lambda: b"Rar!\x1a\x07\x01\0"),
    ("unknown", lambda: b"\x01\x02\x03\x04" * 100),
    ("unknown", lambda: bytes(range(256)) * 4),
    ("charset", lambda: b"\xff\xfa\x80" * 100),
    ("mojibake", lambda: ("某局政府信息公开工作年度报告" * 3).encode().decode("gb18030", "ignore").encode()),
    ("no_page", lambda: mht(("Content-Type: image/png", "base64", b"x"))),
    ("too_much_text", lambda: ("公开" * 600_000).encode()),
    ("too_complex", lambda: page("<b>" * 300_000)),
    ("script_page", lambda: page("<div id=app></div><script src=app.js></script>")),
    ("frame_page", lambda: page("<p>首页 政务公开<iframe src='body.html'></iframe>")),
    ("frame_page", lambda: b"<html><frameset><frame src='a.html'><frame src='b.html'></frameset></html>"),
    ("picture_page", lambda: page("<p>某局年报<img src=1.jpg><img src=2.jpg>")),
    (
        "picture_document",
        lambda: word_file("<w:p><w:r><a:blip xmlns:a='x'/></w:r></w:p>"),
    ),
    ("attachment_page", lambda: page("<p>某局2023年信息公开年报<p>附件：<a>某局年报.PDF</a>")),
    ("list_page", lambda: page(f"<ul>{REPORTS}</ul>")),
    (
        "old_form",
        lambda: page("<td>统计指标<td>统计数<tr><td>（一）收到申请数<td>3<tr><td>申请办结数<td>3"),
    ),
    ("old_form", lambda: page("<h1>某局2018年政府信息公开工作年度报告</h1><p>一、概述<p>收到申请 3 件。")),
    ("old_form", lambda: "某局 2015 年度政府信息公开年度报告\n主动公开 3 条。".encode()),
    ("two_reports", lambda: page(TWO)),
    ("truncated", lambda: BODY[:-40]),
    ("bytes_behind", lambda: BODY + b"\r\n-- checked --\r\n"),
    ("directory", lambda: BODY.replace(b"PK\x01\x02", b"PK\x01\x03", 1)),
    ("dtd", lambda: document("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>")),
    ("encoding", lambda: document("<?xml version='1.0' encoding='gbk'?><a/>")),
    ("xml", lambda: document("<w:document>")),
    ("zip64", lambda: unsound(lambda f: f.add(PART, b"", size=0xFFFFFFFF))),
    ("too_many_parts", lambda: zipped(**{str(n): "" for n in range(archive.MAX_PARTS + 1)})),
    ("duplicate_part", lambda: unsound(lambda f: (f.add(PART, b"a"), f.add(PART, b"b")))),
    (
        "total_too_large",
        lambda: unsound(many_large),
    ),
    ("part_too_large", lambda: document(f"<a>{' ' * (25 << 20)}</a>")),
]


@pytest.mark.parametrize(("key", "make"), CASES, ids=[f"{at} {case[0]}" for at, case in enumerate(CASES)])
def test_refused(key: str, make: Callable[[], bytes]) -> None:
    with pytest.raises(Refused) as caught:
        open_source(make(), "年报")
    assert caught.value.key == key
    message = caught.value.message
    assert re.search("[\u4e00-\u9fff]", message) and message.endswith("。")
    assert message.isprintable() and "{" not in message and len(message) < 200


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("a.PNG", "picture"),
        ("a.jpeg", "picture"),
        ("a.tif", "picture"),
        ("a.ceb", "ceb"),
        ("a.rar", "archive"),
    ],
)
def test_refused_by_name(name: str, key: str) -> None:
    with pytest.raises(Refused) as caught:
        open_source("公开".encode(), name)
    assert caught.value.key == key


def test_a_report_of_2019_or_a_text_that_names_an_older_one_passes() -> None:
    assert open_source("某局2019年政府信息公开工作年度报告".encode())
    assert open_source(page("<h1>某局2020年政府信息公开工作年度报告</h1><p>比2018年政府信息公开年度报告多。"))


def test_paths(tmp_path: Path) -> None:
    refuses_odd_paths(open_source, tmp_path, ".html", MAX_FILE)


def test_what_may_be_a_report_passes() -> None:
    """A report beside links to others, to its files, in a page with scripts and frames; one that a page holds
    twice; one in characters that are not understood here."""
    assert open_source(page("<p>首页<iframe width=0 src=a></iframe><iframe style='display:none'></iframe>"))
    chrome = f"<script>x</script><iframe src=a></iframe><img src=b>{REPORTS}<p>附件.pdf"
    assert open_source(page(page_of(labels()) + chrome))
    assert open_source(page(page_of(labels()) * 2))
    assert open_source(page(f"<script>x</script>{'政府信息公開工作年度報告' * 60}"))
    assert open_source(b"<p>1<p>2", "a.html")


# ---------------------------------------------------------------- nothing in the tables


NOTHING = TablesRead({}, {}, {})


def blank(value: int | None = None) -> TablesRead:
    return TablesRead({"table3": "2021"}, {"t3.new.natural": CellRead(value, "printed", "表三", "")}, {})


def unread() -> TablesRead:
    return TablesRead({"table3": "2021"}, {}, {"t3.new.natural": CellUnread("表三", "12")})


@pytest.mark.parametrize(
    ("key", "text", "tables"),
    [
        ("no_report", "<p>某局公开的一篇新闻。", NOTHING),
        ("blank_form", page_of(labels(), ""), NOTHING),
        ("blank_form", page_of(labels(), ""), blank()),
        ("no_cell", page_of(labels(), 5), NOTHING),
        ("two_reports", page_of(labels(), 5) * 2, NOTHING),
        ("notice", "<p>关于印发报告格式的通知<p>国办公开办函〔2021〕30号<p>请照此编写。", NOTHING),
        ("no_report", f"<p>{'某局工作' * 200}印发国办公开办函", NOTHING),
        ("notice", "<p>印发（国办公开办函〔2021〕30 号）" + page_of(labels(), ""), blank()),
    ],
)
def test_what_holds_no_report(key: str, text: str, tables: TablesRead) -> None:
    source = open_source(page(text))
    with pytest.raises(Refused) as caught:
        refuse_what_is_none(source, tables)
    assert caught.value.key == key


@pytest.mark.parametrize("tables", [blank(0), unread()])
def test_a_zero_or_something_unread_makes_a_report(tables: TablesRead) -> None:
    refuse_what_is_none(open_source(page(page_of(labels(), ""))), tables)


def test_the_blank_form_of_ours_is_one() -> None:
    form = word_file(tbl(*(tc(label) + tc("") for label in labels())))
    with pytest.raises(Refused, match="空白"):
        refuse_what_is_none(open_source(form), NOTHING)


# ---------------------------------------------------------------- all of them


def test_every_refusal_is_raised_somewhere() -> None:
    modules = [archive, ole, relations, source, xmlstream]
    files = [*PUBLISHED.rglob("*.py"), *(Path(str(module.__file__)) for module in modules)]
    code = "".join(file.read_text("utf-8") for file in files)
    raised = set(re.findall(r'refuse\(\s*"(\w+)"', code)) | set(
        re.findall(r'refuse\(.* else "(\w+)"\)', code)
    )
    assert raised == set(WORDS.table("message"))
    assert set(re.findall(r'place\(\s*"(\w+)"', code)) == set(WORDS.table("place"))


def test_few_labels_are_enough_and_short_ones_do_not_count() -> None:
    least = recognise._words()["least_labels"]
    long = [label for label in labels() if len(label) > 9]
    assert recognise.has_tables(plain("".join(long[:least])))
    assert not recognise.has_tables(plain("".join(long[: least - 1])) + "3.其他（七）总计重复申请")
