"""Mutations of a package's parts: dropped, doubled, renamed, emptied, exchanged, and what the workbook and
its strings say of all sheets. Each changes the list of parts in place."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from random import Random
from typing import NamedTuple

from . import spots


class Part(NamedTuple):
    """A part of a package; a package may hold a name twice."""

    name: str
    data: bytes


class Parts(list[Part]):
    """The parts of a package in order; ``others``: parts of other workbooks, to be swapped in."""

    others: Sequence[Part] = ()


WORKBOOK, STRINGS = "xl/workbook.xml", "xl/sharedStrings.xml"
_SHEET = re.compile(rb'<sheet [^<>]*?name="([^"]*)"[^<>]*/>')


def is_sheet(part: Part) -> bool:
    """Whether a part is a worksheet, as all writers name them."""
    return part.name.lower().startswith("xl/worksheets/sheet") and part.name.endswith(".xml")


def change(parts: Parts, name: str, how: Callable[[bytes], bytes]) -> None:
    """A named part changed, where it is there."""
    for at, part in enumerate(parts):
        if part.name == name:
            parts[at] = Part(name, how(part.data))


def _pick(parts: Parts, chance: Random) -> int:
    """Mostly a part that the reader needs."""
    needed = [at for at, part in enumerate(parts) if part.name.endswith((".xml", ".rels"))]
    return chance.choice(needed) if needed else 0


def part_dropped(parts: Parts, chance: Random) -> None:
    """A part is not there."""
    if parts:
        del parts[_pick(parts, chance)]


def part_doubled(parts: Parts, chance: Random) -> None:
    """A part is there twice, in the same or another case, with its own or another's content."""
    if not parts:
        return
    part, other = parts[_pick(parts, chance)], parts[_pick(parts, chance)]
    name = chance.choice([part.name, part.name.upper(), "/" + part.name, part.name.replace("/", "\\")])
    parts.append(Part(name, chance.choice([part.data, other.data])))


def part_renamed(parts: Parts, chance: Random) -> None:
    """A part has another name, or its name in another spelling."""
    if not parts:
        return
    at = _pick(parts, chance)
    name = parts[at].name
    new = chance.choice(
        [
            name.upper(),
            "/" + name,
            name.replace("/", "\\"),
            "./" + name,
            "x/../" + name,
            name + "x",
            "",
            "a" * 300,
        ]
    )
    parts[at] = Part(new, parts[at].data)


def part_emptied(parts: Parts, chance: Random) -> None:
    """A part holds nothing, half of itself, or no XML."""
    if not parts:
        return
    at = _pick(parts, chance)
    data = parts[at].data
    new = chance.choice(
        [b"", data[: len(data) // 2], data[:-1], b"\0" * 9, data + b"\n", data + b"<x/>", data * 2]
    )
    parts[at] = Part(parts[at].name, new)


def parts_swapped(parts: Parts, chance: Random) -> None:
    """Two parts exchange their contents; often two sheets."""
    sheets = [at for at, part in enumerate(parts) if is_sheet(part)]
    pool = sheets if len(sheets) > 1 and chance.random() < 0.6 else range(len(parts))
    if len(pool) > 1:
        one, two = chance.sample(list(pool), 2)
        first, second = parts[one], parts[two]
        parts[one], parts[two] = Part(first.name, second.data), Part(second.name, first.data)


def taken_from_another(parts: Parts, chance: Random) -> None:
    """A part comes from another workbook: the one of the same name, or any."""
    if not parts or not parts.others:
        return
    at = _pick(parts, chance)
    same = [other for other in parts.others if other.name == parts[at].name]
    taken = chance.choice(same if same and chance.random() < 0.8 else list(parts.others))
    parts[at] = Part(parts[at].name, taken.data)


def parts_shuffled(parts: Parts, chance: Random) -> None:
    """The parts in another order."""
    chance.shuffle(parts)


def sheets_reordered(parts: Parts, chance: Random) -> None:
    """The workbook lists its sheets in another order."""

    def how(xml: bytes) -> bytes:
        found = [one[0] for one in _SHEET.finditer(xml)]
        turned = iter(chance.sample(found, len(found)))
        return _SHEET.sub(lambda _: next(turned), xml)

    change(parts, WORKBOOK, how)


def sheet_listed(parts: Parts, chance: Random) -> None:
    """A sheet of the workbook has another name or state, is listed twice, or not at all."""
    states = chance.choice([b"hidden", b"veryHidden", b"visible", b"gone"])
    number = chance.randrange(7)

    def how(xml: bytes) -> bytes:
        found = list(_SHEET.finditer(xml))
        if not found:
            return xml
        one, two = chance.choice(found), chance.choice(found)
        if number == 0:
            return xml.replace(one[0], b"", 1)
        if number == 1:
            return xml.replace(one[0], one[0] * 2, 1)
        if number == 2:
            bare = re.sub(rb' state="[^"]*"', b"", one[0])
            return xml.replace(one[0], bare.replace(b"<sheet ", b'<sheet state="%s" ' % states, 1), 1)
        new = chance.choice(
            [two[1], one[1] + b" ", b" " + one[1], b"", b"_x4E09_", one[1] + b" (2)", b"x" * 40]
        )
        named = one[0].replace(b'name="' + one[1], b'name="' + new, 1)
        if number in (3, 4):
            return xml.replace(one[0], named, 1)
        swapped = two[0].replace(b'name="' + two[1], b'name="' + one[1], 1)
        one_new = one[0].replace(b'name="' + one[1], b'name="' + two[1], 1)
        return _SHEET.sub(lambda m: one_new if m[0] == one[0] else swapped if m[0] == two[0] else m[0], xml)

    change(parts, WORKBOOK, how)


def days_from_1904(parts: Parts, chance: Random) -> None:
    """The workbook counts its days from 1904, or says so oddly."""
    new = b' date1904="%s"' % chance.choice([b"1", b"true", b"0", b"x"])

    def how(xml: bytes) -> bytes:
        if b"<workbookPr" in xml:
            return xml.replace(b"<workbookPr", b"<workbookPr" + new, 1)
        return re.sub(rb"(<workbook [^>]*>)", rb"\1<workbookPr" + new + b"/>", xml, count=1)

    change(parts, WORKBOOK, how)


def relation_changed(parts: Parts, chance: Random) -> None:
    """A relationship points elsewhere, absolutely, oddly or outside, or is of another kind."""
    names = [part.name for part in parts if part.name.endswith(".rels")]
    if not names:
        return
    number = chance.randrange(4)

    def how(xml: bytes) -> bytes:
        found = list(re.finditer(rb'Target="([^"]*)"', xml))
        if not found:
            return xml
        one, two = chance.choice(found), chance.choice(found)
        if number == 0:
            return xml.replace(one[0], two[0], 1)
        if number == 1:
            return xml.replace(one[0], one[0] + b' TargetMode="External"', 1)
        if number == 2:
            kind = re.search(rb'Type="[^"]*"', xml)
            assert kind
            return re.sub(rb'Type="[^"]*"', kind[0], xml)
        new = chance.choice(
            [b"/xl/" + one[1], b"./" + one[1], b"../xl/" + one[1], b"x", one[1].upper(), b"http://x/y"]
        )
        return xml.replace(one[0], b'Target="' + new + b'"', 1)

    change(parts, chance.choice(names), how)


def strings_changed(parts: Parts, chance: Random) -> None:
    """A shared string is dropped, doubled, in runs, with phonetic text, or stands outside; or two swap."""
    number = chance.randrange(8)

    def how(xml: bytes) -> bytes:
        at, other = spots.item(xml, chance), spots.item(xml, chance)
        if at is None or other is None:
            return xml
        old = xml[slice(*at)]
        text = re.sub(rb"<[^>]*>", b"", old)
        half = len(text.decode("utf-8", "replace")[: len(text) // 6].encode())
        new = [
            b"",
            old * 2,
            b"<si><r><t>" + text[:half] + b"</t></r><r><rPr><b/></rPr><t>" + text[half:] + b"</t></r></si>",
            b"<si><t>" + text + b'</t><rPh sb="0" eb="1"><t>ph</t></rPh><phoneticPr fontId="1"/></si>',
            b"<x>" + old + b"</x>",
            xml[slice(*other)],
            b"<si/>",
            b"<si><t><![CDATA[" + text.replace(b"&", b"") + b"]]></t></si>",
        ][number]
        return spots.replaced(xml, at, lambda _: new)

    change(parts, STRINGS, how)


def styles_changed(parts: Parts, chance: Random) -> None:
    """Number formats of cells become dates, percents, scaled, hidden, or the list of formats is lost."""
    number = chance.choice([14, 9, 10, 22, 46, 1, 49, 57, 164, 999])

    def how(xml: bytes) -> bytes:
        if chance.random() < 0.1:
            return re.sub(rb"<cellXfs.*?</cellXfs>", b"", xml, count=1, flags=re.DOTALL)
        start = xml.find(b"<cellXfs")
        found = list(re.finditer(rb'numFmtId="[0-9]+"', xml[max(start, 0) :]))
        if not found:
            return xml
        one = chance.choice(found)
        head = xml[: max(start, 0)]
        rest = spots.replaced(xml[max(start, 0) :], one.span(), lambda _: b'numFmtId="%d"' % number)
        return head + rest

    change(parts, "xl/styles.xml", how)


ALL = (
    part_dropped,
    part_doubled,
    part_renamed,
    part_emptied,
    parts_swapped,
    taken_from_another,
    parts_shuffled,
    sheets_reordered,
    sheet_listed,
    days_from_1904,
    relation_changed,
    strings_changed,
    styles_changed,
)
