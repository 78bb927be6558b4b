"""Whether a source holds a report of this form at all, and what it is instead; words in recognise.toml."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from ...form import editions, load_form
from ...text import plain
from ...wording import data_beside
from ..reading import TablesRead
from ..refusal import refuse
from ..stream import Source
from .besides import Besides

#: A label this short stands in any text ("3.其他", "（七）总计").
_SHORTEST_LABEL = 7
_NUMBER = re.compile(r"\d+")
_BEFORE_LABEL = re.compile(r"\d[.、](?=[\u4e00-\u9fff])")
_NUMBERED = re.compile(r"(?:[一二三四]、|\([一二三四五六七]\)|\d\.)")


def _words() -> dict[str, Any]:
    return data_beside("gouji.published.source", "recognise.toml")


@cache
def _labels() -> frozenset[str]:
    """The row labels of table 三 in every edition, without their numbers, as they are compared."""
    found = set()
    for edition in editions():
        for row in load_form(edition).tables["table3"].rows():
            found.add(_NUMBERED.sub("", plain(row.label), count=1))
    return frozenset(label for label in found if len(label) >= _SHORTEST_LABEL)


def labels_in(text: str) -> int:
    """How many of the row labels of table 三 stand in a text that has been made plain."""
    return sum(label in text for label in _labels())


def has_tables(text: str) -> bool:
    """Whether the labels of table 三 stand in a text that has been made plain."""
    return labels_in(text) >= int(_words()["least_labels"])


def refuse_by_text(source: Source, besides: Besides) -> None:
    """Refuse what its text shows to be no report, or more than one; ``besides``: what else it has.

    A source that may be one passes, also one whose characters are not understood here.
    """
    text = plain(source.stream.text)
    if has_tables(text):
        if _is_two(text):
            refuse("two_reports")
        return
    words = _words()
    if sum(label in text for label in words["old_form"]["labels"]) >= words["old_form"]["least"]:
        refuse("old_form")
    _refuse_list(source, len(text))
    _refuse_old(plain(source.title) + text)
    _refuse_shell(source.kind, besides, len(text))


def _refuse_list(source: Source, length: int) -> None:
    words = _words()
    lines = {plain(line) for line in source.stream.text.splitlines()}
    short = [line for line in lines if len(line) <= words["list"]["longest_line"]]
    if sum(bool(re.search(words["list"]["line"], line)) for line in short) >= words["list"]["least"]:
        refuse("list_page")
    attached = any(re.search(words["attachment"]["line"], line, re.IGNORECASE) for line in short)
    if attached and length <= words["attachment"]["longest"]:
        refuse("attachment_page")


def _refuse_old(text: str) -> None:
    """Refuse a report of before the present form whose tables are other ones, or none."""
    words = _words()["old_title"]
    title = re.search(words["line"], text[: words["within"]])
    if title and int(title[1]) <= words["last"]:
        refuse("old_form")


def _is_notice(text: str) -> bool:
    words = _words()["notice"]
    return all(word in text for word in words["words"])


def _refuse_shell(kind: str, besides: Besides, length: int) -> None:
    shell = _words()["shell"]
    if besides.frames and length <= shell["longest_framed"]:
        refuse("frame_page")
    if length <= shell["longest"]:
        if besides.scripts:
            refuse("script_page")
        if besides.pictures and kind == "docx":
            refuse("picture_document")
        if besides.pictures:
            refuse("picture_page")


def _ends() -> tuple[str, str]:
    """The first and the last row label of table 三, as they are compared."""
    rows = tuple(load_form(editions()[-1]).tables["table3"].rows())
    return plain(rows[0].label), plain(rows[-1].label)


def _tables(text: str) -> list[str]:
    """What stands from each first row of table 三 to the last row after it."""
    first, last = (_NUMBERED.sub("", label, count=1) for label in _ends())
    found = []
    at = 0
    while (start := text.find(first, at)) >= 0 and (end := text.find(last, start)) >= 0:
        found.append(text[start:end])
        at = end
    return found


def _is_two(text: str) -> bool:
    """Whether table 三 stands there twice, heads, first and last row, with other numbers. A page that holds
    the same report twice, for a wide and a narrow screen, is one."""
    columns = load_form(editions()[-1]).tables["table3"].grid.columns
    if any(text.count(label) < 2 for label in (*_ends(), plain(columns[1].label), plain(columns[4].label))):
        return False
    return len(set(_tables(text))) > 1


def _has_numbers(text: str) -> bool:
    """Whether more numbers stand in table 三 than pages and labels have."""
    least = int(_words()["least_numbers"])
    return any(len(_NUMBER.findall(_BEFORE_LABEL.sub("", table))) >= least for table in _tables(text))


def refuse_what_is_none(source: Source, tables: TablesRead) -> None:
    """Refuse a source in whose tables nothing was found: the notice itself, the blank form, no report, or one
    of which no cell is certain.

    Anything read other than a blank, or anything there that could not be read, makes it a report.
    """
    if any(cell.text.strip() for cell in tables.unread.values()):
        return
    if any(cell.value is not None for cell in tables.read.values()):
        return
    text = plain(source.stream.text)
    if not has_tables(text):
        refuse("notice" if _is_notice(text[: _words()["notice"]["within"]]) else "no_report")
    if _has_numbers(text):
        refuse("two_reports" if len(_tables(text)) > 1 else "no_cell")
    if _is_notice(text):
        refuse("notice")
    refuse("blank_form")
