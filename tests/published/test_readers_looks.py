"""Numbers that look otherwise than what they stand beside, in pages and Word files: never joined to it."""

from __future__ import annotations

import pytest

from gouji.errors import Refused
from gouji.published.source.stylesheet import sheet_of
from support.opened import opened, part, r, tbl, tc, word_file

#: (what the page's <style> says, the content of a cell, the cell as it is read)
CELLS = [
    # ---- marks of notes
    ("raised by class", "span.MsoNote{vertical-align:super}", "7<span class=MsoNote>1</span>", "7^1^"),
    ("by class alone", ".up { Vertical-Align : super !important }", "7<i class='x up'>1</i>", "7^1^"),
    ("raised by id", "a, #n{vertical-align:super}", "7<i id=n>1</i>", "7^1^"),
    ("a list of selectors", "b,i{vertical-align:super}", "7<i>1</i>", "7^1^"),
    ("a link to a note of Word", "", "7<a href='#_ftn1' name='_ftnref1'>[1]</a>", "7^[1]^"),
    ("a link to an end note", "", "7<a href='a.htm#_edn2'>2</a>", "7^2^"),
    ("a link to a note", "", "7<a href='#footnote-1'>1</a>", "7^1^"),
    ("any other link", "", "7<a href='#x'>1</a>", "7~~1~~"),
    ("lifted by Word", "", "7<span style='mso-text-raise:5.0pt'>1</span>", "7~~1~~"),
    ("placed above", "", "7<span style='position:relative;top:-5px'>1</span>", "7~~1~~"),
    ("at the top of the line", "", "7<span style='vertical-align:text-top'>1</span>", "7~~1~~"),
    ("lowered", "", "7<sub>1</sub>", "7~~1~~"),
    ("small", "", "7<small>1</small>", "7~~1~~"),
    ("small first", "", "<small>1</small>7", "1~~7~~"),
    ("a smaller size", "", "<b style='font-size:12pt'>7<i style='font-size:9px'>1</i></b>", "7~~1~~"),
    ("a smaller size of a class", "td{font-size:14px} .s{font:60%/1 x}", "7<i class=s>1</i>", "7~~1~~"),
    ("a smaller <font>", "", "7<font size=1>1</font>", "7~~1~~"),
    ("hardly smaller", "", "<b style='font-size:12pt'>7</b><b style='font-size:11pt'>1</b>", "71"),
    ("small words", "", "7<small>件</small>", "7件"),
    ("small as a whole", "", "<small>71</small>", "71"),
    ("before a space", "", "7 <small>1</small>", "7~~ 1~~"),
    ("raised as a whole is a number", "", "<sup>7</sup>", "~~7~~"),
    ("a link to a note as a whole", "", "<a href='#_ftn7'>7</a>", "~~7~~"),
    ("a mark before a number", "", "<sup>1</sup>7", "^1^~~7~~"),
    ("a mark within a number", "", "7<sup>1</sup>8", "7^1^~~8~~"),
    ("a cell is no text above its line", "td{vertical-align:super}", "7", "7"),
    # ---- struck out
    ("struck by style", "", "<span style='text-decoration: line-through'>9</span>7", "~~9~~7"),
    ("struck by its line", "", "<span style='text-decoration-line:line-through'>9</span>7", "~~9~~7"),
    ("struck by class", ".gone{text-decoration:red line-through}", "<b class=gone>9</b>7", "~~9~~7"),
    ("underlined", ".u{text-decoration:underline}", "<b class=u>9</b>7", "97"),
    # ---- hidden
    ("hidden by class", ".h{display:none}", "<b class=h>9</b>7", "~~9~~7"),
    ("hidden words", ".h{display:none}", "<b class=h>件</b>7", "7"),
    ("not to be seen", "i{visibility:hidden}", "<i>9</i>7", "~~9~~7"),
    ("seen again", "", "<i style='visibility:hidden'>9<b style='visibility:visible'>7</b></i>", "~~9~~7"),
    ("of a size in what has none", "td{font-size:0}", "<b style='font-size:12px'>97</b> ", "97"),
    ("shrunk", "", "7<b style='transform:scale(.5)'>1</b>", "7~~1~~"),
    ("behind a point", "", "7.<small>1</small>", "7.~~1~~"),
    ("no size", "", "<b style='font-size:0px'>9</b>7", "~~9~~7"),
    ("no ink", "", "<b style='opacity:0.0'>9</b>7", "~~9~~7"),
    ("hidden by itself", "", "<b style='display:none'>9</b>7", "7"),
    ("white", "", "<b style='color:#fff'>9</b>7", "~~9~~7"),
    ("white by <font>", "", "<font color=White>9</font>", "~~9~~"),
    ("white by class", ".w{color:rgb(255, 255, 255)}", "<b class=w>9</b>7", "~~9~~7"),
    ("white on blue", ".w{color:#fff;background:#00f}", "<b class=w>9</b>", "9"),
    ("white words", "", "<font color=white>件</font>7", "件7"),
    # ---- what may hold
    ("only on paper", "@media print{.h{display:none}}", "<b class=h>9</b>7", "9~~7~~"),
    ("only within others", "td p b.h{display:none}", "<b class=h>9</b>7", "9~~7~~"),
    ("only of two classes", ".h.k{display:none}", "<b class='h k'>9</b>7", "9~~7~~"),
    ("two classes disagree", ".h{display:none}.k{display:inline}", "<b class='h k'>9</b>7", "9~~7~~"),
    ("below the pointer", "b:hover{display:none}", "<b>9</b>7", "97"),
    ("in a comment", "/* b{display:none} */ i{color:red}", "<b>9</b>7", "97"),
    ("after a comment of a page", "<!-- .h{display:none} -->", "<b class=h>9</b>7", "~~9~~7"),
    ("after a rule without a block", "@import 'x'; .h{display:none}", "<b class=h>9</b>7", "~~9~~7"),
    # ---- beside the text, in fields
    ("ruby", "", "<ruby>字<rp>(</rp><rt>zi</rt><rp>)</rp></ruby>", "字"),
    ("a number above a number", "", "<ruby>7<rt>8</ruby>9", "7~~8~~9"),
    ("a list to choose from", "", "<select><option>5<option selected>7</select>", "~~5~~~~7~~"),
    ("a gauge", "", "<meter value=9>9</meter>7", "9~~7~~"),
    ("in quotes", "", "7<q>1</q>", "7~~1~~"),
    ("a field", "", "<input value=7>", "~~7~~"),
    ("a large field", "", "<textarea>7</textarea>", "~~7~~"),
]  # fmt: skip


@pytest.mark.parametrize(("css", "cell", "expected"), [c[1:] for c in CELLS], ids=[c[0] for c in CELLS])
def test_a_cell_of_a_page(css: str, cell: str, expected: str) -> None:
    page = f"<html><style>{css}</style><p>公开<table><tr><td>{cell}</td></tr></table></html>"
    assert opened(page, "a.html") == f"公开¶{{{expected}|/}}"


def test_styles_hide_what_is_no_cell() -> None:
    page = "<html><style>.h{display:none}</style><p>公开<p class=h>甲7</p><table class=h><tr><td>7</table>乙"
    assert opened(page, "a.html") == "公开¶乙¶"


def test_a_cell_that_is_not_seen_keeps_its_place() -> None:
    page = "<html>公开<table><tr><td style='visibility:hidden'>件<td style='opacity:0'>5<td>7</table>"
    assert opened(page, "a.html") == "公开¶{|~~5~~|7|/}"


def test_a_field_outside_a_table_is_text() -> None:
    assert opened("<html>公开<textarea>7</textarea><input value=8>", "a.html") == "公开78¶"


def test_what_a_script_shows_is_read() -> None:
    page = (
        "<html><style>.tab{display:none}.tab.on{display:block}</style><p class=tab>公开<p class='tab on'>乙"
    )
    assert opened(page, "a.html") == "公开¶乙¶"


def test_styles_count_wherever_they_stand_and_in_no_comment() -> None:
    page = (
        "<html>公开<!-- <style>b{display:none}</style> --><td><b>9</b>7<i>8</i><STYLE>i{display:none}</STYLE>"
    )
    assert opened(page, "a.html") == "公开¶{97~~8~~|/}"


@pytest.mark.parametrize(
    "css", ["/*" * 500_000, "{" * 500_000, "}" * 500_000, "a{color:red" * 15_000, "@x{" * 300_000]
)
def test_broken_styles_say_nothing(css: str) -> None:
    assert opened(f"<html>公开<td>97<style>{css}</style>", "a.html") == "公开¶{97|/}"


def test_too_many_styles_are_refused() -> None:
    with pytest.raises(Refused):
        sheet_of(f"<style>{'a{color:red}' * 30_000}</style>")


STYLES = part(
    "styles",
    '<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="21"/></w:rPr></w:rPrDefault></w:docDefaults>'
    '<w:style w:styleId="cut"><w:rPr><w:strike/></w:rPr></w:style>'
    '<w:style w:styleId="cut2"><w:basedOn w:val="cut"/></w:style>'
    '<w:style w:styleId="gone"><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:styleId="up"><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
    '<w:style w:styleId="up2"><w:basedOn w:val="up"/></w:style>'
    '<w:style w:styleId="grid"><w:tblStylePr><w:rPr><w:strike/></w:rPr></w:tblStylePr></w:style>',
)


def styled(name: str, text: str = "9") -> str:
    return r(text, f'<w:rStyle w:val="{name}"/>')


def of_paragraph(style: str, *runs: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{"".join(runs)}</w:p>'


def small(size: int) -> str:
    return f'<w:sz w:val="{size}"/>'


WHITE = '<w:color w:val="FFFFFF"/>'
BLUE = '<w:shd w:val="clear" w:color="auto" w:fill="0000FF"/>'
NOTE = '<w:r><w:footnoteReference w:id="2" w:customMarkFollows="{}"/>{}</w:r>'

#: (the content of a cell, the cell as it is read)
WORD = [
    ("struck by style", styled("cut") + r("7"), "~~9~~7"),
    ("struck by a style of a style", styled("cut2") + r("7"), "~~9~~7"),
    ("struck by the paragraph", of_paragraph("cut", r("9")), "~~9~~"),
    ("not struck in spite of it", of_paragraph("cut", r("9", '<w:strike w:val="0"/>')), "9"),
    ("struck by style alone and not by another", of_paragraph("grid", r("9")), "9"),
    ("hidden by style", styled("gone") + r("7"), "~~9~~7"),
    ("hidden words", styled("gone", "件") + r("7"), "7"),
    ("shown in spite of it", r("9", '<w:rStyle w:val="gone"/><w:vanish w:val="0"/>') + r("7"), "97"),
    ("raised by a style of a style", r("7") + styled("up2"), "7^9^"),
    ("raised as a whole", styled("up"), "~~9~~"),
    ("lowered", r("7") + r("1", '<w:vertAlign w:val="subscript"/>'), "7~~1~~"),
    ("lifted", r("7") + r("1", '<w:position w:val="10"/>'), "7~~1~~"),
    ("lifted as a whole", r("71", '<w:position w:val="2"/>'), "71"),
    ("smaller", r("7") + r("1", small(12)), "7~~1~~"),
    ("hardly smaller", r("7", small(24)) + r("1"), "71"),
    ("white", r("9", WHITE) + r("7"), "~~9~~7"),
    ("white on blue", r("9", WHITE + BLUE), "9"),
    ("a mark of its own", r("7") + NOTE.format(1, "<w:t>1</w:t>"), "7^1^"),
    ("a mark of its own in the next run", r("7") + NOTE.format("true", "") + r("1"), "7^1^"),
    ("no mark of its own", r("7") + NOTE.format(0, ""), "7^1^"),
]  # fmt: skip


@pytest.mark.parametrize(("cell", "expected"), [case[1:] for case in WORD], ids=[case[0] for case in WORD])
def test_a_cell_of_a_word_file(cell: str, expected: str) -> None:
    cell = cell if cell.startswith("<w:p>") else f"<w:p>{cell}</w:p>"
    read = opened(word_file(tbl(tc(cell)), {"styles": STYLES}))
    assert read.partition("|")[0] == f"{{{expected}"


def test_white_words_in_a_cell_with_a_ground_are_numbers() -> None:
    assert opened(word_file(tbl(tc(f"<w:p>{r('9', WHITE)}</w:p>", BLUE)))) == "{9|/}"


def test_styles_hide_words_outside_tables() -> None:
    body = f"<w:p>{styled('gone', '甲7')}{r('乙')}</w:p>"
    assert opened(word_file(body, {"styles": STYLES})) == "乙¶"
