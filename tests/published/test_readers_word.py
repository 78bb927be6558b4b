"""Word files: paragraphs and tables as they are printed."""

from __future__ import annotations

import pytest

from gouji.published.source.numbering import spelled
from gouji.published.source.sniff import open_source
from support.opened import NAMESPACES, in_short, opened, p, part, r, tbl, tc, word_file

COVERED = "<w:vMerge/>"
RESTART = '<w:vMerge w:val="restart"/>'
RAISED = '<w:vertAlign w:val="superscript"/>'
SHOWN = '<w:vanish w:val="0"/>'
OWN_MARK = ' w:customMarkFollows="1"'
UP = '<w:rStyle w:val="up"/>'
BOX = f"<w:txbxContent>{p('框')}</w:txbxContent>"

CASES = [
    # ---- text
    ("paragraphs and runs", p("甲") + f"<w:p>{r('乙')}{r('1')}</w:p><w:p/>", "甲¶乙1¶"),
    (
        "signs",
        "<w:p><w:r><w:t>1</w:t><w:noBreakHyphen/><w:t>2</w:t><w:tab/><w:t>3</w:t></w:r></w:p>",
        "1-2\t3¶",
    ),
    ("breaks", '<w:p><w:r><w:t>1</w:t><w:br/><w:t>2</w:t><w:br w:type="page"/></w:r></w:p>', "1¶2¶§"),
    ("a page break before", p("甲") + p("乙", "<w:pageBreakBefore/>"), "甲¶§乙¶"),
    ("a page break in a cell", tbl(tc('<w:p><w:r><w:t>1</w:t><w:br w:type="page"/></w:r></w:p>')), "{1|/}"),
    ("symbols", '<w:p><w:r><w:sym w:font="x" w:char="2460"/></w:r></w:p>', "①¶"),
    ("raised", f"<w:p>{r('0')}{r('注1', RAISED)}{r('5')}</w:p>", "0^注1^5¶"),
    ("hidden", f"<w:p>{r('甲', '<w:vanish/>')}{r('乙', SHOWN)}</w:p>", "乙¶"),
    ("struck out stays visible as such", f"<w:p>{r('1')}{r('2', '<w:strike/>')}{r('3')}</w:p>", "1~~2~~3¶"),
    (
        "changes",
        f"<w:p><w:ins>{r('新')}</w:ins><w:del><w:r><w:delText>旧</w:delText></w:r></w:del>"
        f"<w:moveTo>{r('来')}</w:moveTo><w:moveFrom>{r('去')}</w:moveFrom></w:p>",
        "新来¶",
    ),
    (
        "formatting before a change",
        "<w:p><w:r><w:rPr><w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange></w:rPr><w:t>甲</w:t></w:r></w:p>",
        "甲¶",
    ),
    (
        "fields",
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DATE</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{r("2023")}'
        f'<w:fldSimple w:instr="X">{r("年")}</w:fldSimple></w:p>',
        "2023年¶",
    ),
    (
        "links",
        f"<w:p><w:hyperlink>{r('甲')}</w:hyperlink><w:smartTag>{r('乙')}</w:smartTag></w:p>",
        "甲乙¶",
    ),
    (
        "content controls",
        f"<w:sdt><w:sdtPr/><w:sdtContent>{p('甲')}</w:sdtContent></w:sdt><w:p><w:sdt><w:sdtPr>"
        f"<w:showingPlcHdr/></w:sdtPr><w:sdtContent>{r('单击输入')}</w:sdtContent></w:sdt>{r('乙')}</w:p>",
        "甲¶乙¶",
    ),
    (
        "text boxes once, after their paragraph",
        f"<w:p>{r('前')}<w:r><mc:AlternateContent><mc:Choice><wps:txbx>{BOX}</wps:txbx></mc:Choice>"
        f"<mc:Fallback><v:textbox>{BOX}</v:textbox></mc:Fallback></mc:AlternateContent></w:r>{r('后')}</w:p>",
        "前后¶框¶",
    ),
    ("an old text box", f"<w:p><w:r><w:pict><v:textbox>{BOX}</v:textbox></w:pict></w:r></w:p>", "框¶"),
    # ---- tables
    ("cells and rows", tbl(tc("甲") + tc("1"), tc("乙") + tc("")), "{甲|1|/乙||/}"),
    ("lines within a cell", tbl(tc(p("商业") + p("企业")) + tc("1")), "{商业¶企业|1|/}"),
    ("covered squares", tbl(tc("甲", RESTART) + tc("1"), tc("", COVERED) + tc("2")), "{甲|1|/2|/}"),
    ("covered text is not printed", tbl(tc("甲", RESTART), tc("乙", COVERED)), "{甲|//}"),
    ("a merge that goes on from nothing", tbl(tc("甲", COVERED) + tc("1")), "{甲|1|/}"),
    (
        "merges by column",
        tbl(
            tc("宽", '<w:gridSpan w:val="2"/>') + tc("甲", RESTART),
            tc("1") + tc("2", COVERED) + tc("", COVERED),
            tc("3") + tc("4") + tc("乙", RESTART),
        ),
        "{宽|甲|/1|2|/3|4|乙|/}",
    ),
    ("merged across", tbl(tc("甲", '<w:hMerge w:val="restart"/>') + tc("", "<w:hMerge/>")), "{甲|/}"),
    (
        "a deleted row",
        f"<w:tbl><w:tr><w:trPr><w:del/></w:trPr>{tc('1')}</w:tr><w:tr><w:trPr><w:ins/></w:trPr>{tc('2')}</w:tr></w:tbl>",
        "{2|/}",
    ),
    (
        "rows and cells in content controls",
        f"<w:tbl><w:sdt><w:sdtContent><w:tr><w:sdt><w:sdtContent>{tc('1')}</w:sdtContent></w:sdt></w:tr>"
        "</w:sdtContent></w:sdt></w:tbl>",
        "{1|/}",
    ),
    (
        "a layout table is none",
        tbl(tc(p("左")) + tc(tbl(tc("甲") + tc("1"), tc("乙") + tc("2")) + p("末"))),
        "左¶{甲|1|/乙|2|/}末¶",
    ),
    (
        "a small table in a cell is its text",
        tbl(tc("甲") + tc(tbl(tc("1")) + "<w:p/>"), tc("乙") + tc("2")),
        "{甲|1|/乙|2|/}",
    ),
]


@pytest.mark.parametrize(("body", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_a_word_file_is_read_as_it_is_printed(body: str, expected: str) -> None:
    assert opened(word_file(body)) == expected


def test_strict_word_files() -> None:
    strict = (
        '<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"><w:body>'
        f"{tbl(tc('甲') + tc('1'))}</w:body></w:document>"
    )
    assert opened(word_file("", raw=strict)) == "{甲|1|/}"


def test_utf16_parts() -> None:
    document = f'<?xml version="1.0" encoding="UTF-16"?><w:document {NAMESPACES}>{p("甲")}</w:document>'
    packed = word_file("", raw=document.encode("utf-16"))
    assert opened(packed) == "甲¶"


@pytest.mark.parametrize("kind", ["document", "template"])
def test_by_content(kind: str) -> None:
    """A Word file renamed .wps or .doc is read, a template too."""
    source = open_source(word_file(p("甲"), kind=kind), "年报.wps")
    assert (source.kind, source.name, in_short(source.stream)) == ("docx", "年报.wps", "甲¶")


def test_properties() -> None:
    core = (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">'
        "<dc:title> 某局年报 </dc:title><dc:creator>某人</dc:creator><dc:subject/>"
        "<dcterms:created>2024-01-05T00:00:00Z</dcterms:created></cp:coreProperties>"
    )
    source = open_source(word_file(p("甲"), {"core": core}))
    assert source.title == "某局年报"
    assert source.said == {"title": "某局年报", "creator": "某人", "created": "2024-01-05T00:00:00Z"}


# ---------------------------------------------------------------- numbers before paragraphs


def level(at: int, kind: str, text: str, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


NUMBERING = part(
    "numbering",
    '<w:abstractNum w:abstractNumId="7">'
    + level(0, "chineseCounting", "%1、")
    + level(1, "chineseCountingThousand", "（%2）")
    + level(2, "decimal", "%1.%3", "<w:isLgl/>")
    + "</w:abstractNum>"
    '<w:abstractNum w:abstractNumId="8">'
    + level(0, "bullet", "●")
    + "</w:abstractNum>"
    + '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/>'
    "</w:lvlOverride></w:num>",
)
STYLES = part(
    "styles",
    '<w:style w:styleId="a"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="b"><w:basedOn w:val="a"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="loop"><w:basedOn w:val="loop"/></w:style>'
    '<w:style w:type="character" w:styleId="up"><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>',
)


def numbered(num: int, at: int = 0) -> str:
    return f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{num}"/></w:numPr>'


def test_automatic_numbers_are_written_out() -> None:
    body = (
        p("总体情况", numbered(1))
        + p("主动公开", numbered(1, 1))
        + p("依申请公开", numbered(1, 1))
        + p("细目", numbered(1, 2))
        + p("收到和处理", '<w:pStyle w:val="b"/>')
        + p("点", numbered(2))
        + p("主动公开", numbered(1, 1))
        + p("无号", '<w:pStyle w:val="a"/><w:numPr><w:numId w:val="0"/></w:numPr>')
        + p("从五起", numbered(3))
        + p("随意", '<w:pStyle w:val="loop"/>')
        + p("没有这个表", numbered(99))
    )
    assert opened(word_file(body, {"numbering": NUMBERING, "styles": STYLES})) == (
        "一、总体情况¶（一）主动公开¶（二）依申请公开¶1.1细目¶二、收到和处理¶点¶（一）主动公开¶无号¶五、从五起¶随意¶"
        "没有这个表¶"
    )


def test_a_number_before_a_paragraph_is_not_part_of_a_number_in_it() -> None:
    digits = part(
        "numbering",
        f'<w:abstractNum w:abstractNumId="7">{level(0, "decimal", "%1.")}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>',
    )
    body = tbl(tc(p("5", numbered(1))) + tc(p("属于", numbered(1))))
    assert opened(word_file(body, {"numbering": digits})) == "{1.¶5|2.属于|/}"


@pytest.mark.parametrize(
    ("number", "kind", "expected"),
    [
        (1, "chineseCounting", "一"),
        (10, "chineseCounting", "十"),
        (11, "japaneseCounting", "十一"),
        (20, "chineseCountingThousand", "二十"),
        (99, "chineseCounting", "九十九"),
        (100, "chineseCounting", "100"),
        (3, "decimalEnclosedCircle", "③"),
        (21, "decimalEnclosedCircle", "21"),
        (10, "ideographDigital", "一〇"),
        (2, "ideographTraditional", "乙"),
        (7, "decimalZero", "07"),
        (7, "decimal", "7"),
        (7, "neverHeardOf", "7"),
        (0, "chineseCounting", "0"),
    ],
)
def test_formats_of_numbers(number: int, kind: str, expected: str) -> None:
    assert spelled(number, kind) == expected


# ---------------------------------------------------------------- notes


def note(identifier: int, text: str) -> str:
    return f'<w:footnote w:id="{identifier}"><w:p><w:r><w:footnoteRef/></w:r>{r(text)}</w:p></w:footnote>'


def cited(identifier: int, more: str = "") -> str:
    return f'<w:r><w:footnoteReference w:id="{identifier}"{more}/></w:r>'


def test_footnotes_come_below_what_they_belong_to() -> None:
    notes = part("footnotes", note(2, "当年未统计") + note(5, "含上年"))
    body = (
        f"<w:p>{r('甲')}{cited(5)}</w:p>"
        + tbl(tc(f"<w:p>{r('0')}{cited(2)}</w:p>") + tc("1"))
        + p("乙")
        + f"<w:p>{r('丙')}{cited(9)}</w:p>"
    )
    assert opened(word_file(body, {"footnotes": notes})) == (
        "甲^1^¶^1^含上年¶{0^2^|1|/}^2^当年未统计¶乙¶丙^3^¶^3^¶"
    )


def test_a_note_with_a_mark_of_its_own() -> None:
    notes = part("footnotes", '<w:footnote w:id="1"><w:p><w:r><w:t>注1 未统计</w:t></w:r></w:p></w:footnote>')
    body = f"<w:p>{r('0')}{cited(1, OWN_MARK)}{r('注1', UP)}</w:p>"
    parts = {"footnotes": notes, "styles": STYLES}
    assert opened(word_file(body, parts)) == "0^注1^¶注1 未统计¶"
