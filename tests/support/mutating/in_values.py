"""Mutations of what a cell or a string holds: numbers and texts spelt otherwise, types exchanged, markup
inside values. Each takes the XML of a sheet (or of the shared strings) and gives it back changed."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from random import Random

from . import spots

SPELLINGS = tomllib.loads(Path(__file__).with_name("spellings.toml").read_text("utf-8"))
_LENGTH = 400

TYPES = (b"n", b"s", b"str", b"inlineStr", b"b", b"e", b"d", b"", b"N", b"zz")
_TYPE = re.compile(rb' t="[^"]*"')


def number_spelt(xml: bytes, chance: Random) -> bytes:
    """A value becomes a number in another spelling, or no number."""
    new = chance.choice([*SPELLINGS["numbers"], *(one * _LENGTH for one in SPELLINGS["repeated"])]).encode()
    return spots.replaced(xml, spots.value(xml, chance), lambda _: new)


def number_changed(xml: bytes, chance: Random) -> bytes:
    """A value becomes another plain number."""
    new = str(chance.choice([0, 1, 2, 12, 999, 10**9, 10**15, chance.randrange(10**6)])).encode()
    return spots.replaced(xml, spots.value(xml, chance), lambda _: new)


def digit_changed(xml: bytes, chance: Random) -> bytes:
    """One character of a value becomes another, is doubled or is lost."""

    def change(old: bytes) -> bytes:
        if not old:
            return b"0"
        at = chance.randrange(len(old))
        new = chance.choice([b"%d" % chance.randrange(10), b"", old[at : at + 1] * 2, b".", b"-", b" ", b"e"])
        return old[:at] + new + old[at + 1 :]

    return spots.replaced(xml, spots.value(xml, chance), change)


def type_exchanged(xml: bytes, chance: Random) -> bytes:
    """A cell says another type than it has."""
    new = chance.choice(TYPES)

    def change(old: bytes) -> bytes:
        bare = _TYPE.sub(b"", old, count=1) if old.find(b" t=") < old.find(b">") else old
        return bare if not new else bare.replace(b"<c ", b'<c t="%s" ' % new, 1)

    return spots.replaced(xml, spots.cell(xml, chance), change)


def string_index(xml: bytes, chance: Random) -> bytes:
    """A cell points to another shared string, or to none."""
    new = chance.choice(
        [b"0", b"1", b"%d" % chance.randrange(400), b"-1", b"99999", b"1.0", b" 3 ", b"1e1", b"+2", b"x", b""]
    )

    def change(old: bytes) -> bytes:
        index = b"<v>%s</v>" % new
        if b"<v>" not in old:
            return old
        bare = _TYPE.sub(b"", old, count=1).replace(b"<c ", b'<c t="s" ', 1)
        return re.sub(rb"<v>[^<]*</v>", index, bare, count=1)

    return spots.replaced(xml, spots.cell(xml, chance), change)


def inline_text(xml: bytes, chance: Random) -> bytes:
    """A cell holds its text itself: plain, in runs, with phonetic text, beside a value, twice."""
    number = b"%d" % chance.randrange(100)
    body = chance.choice(
        [
            b"<is><t>%s</t></is>" % number,
            b'<is><t xml:space="preserve"> %s </t></is>' % number,
            b"<is><r><t>%s</t></r><r><rPr><b/></rPr><t>5</t></r></is>" % number,
            b'<is><t>%s</t><rPh sb="0" eb="1"><t>9</t></rPh><phoneticPr fontId="1"/></is>' % number,
            b"<v>%s</v><is><t>7</t></is>" % number,
            b"<is><t>7</t></is><v>%s</v>" % number,
            b"<is><t>%s</t></is><is><t>8</t></is>" % number,
            b"<is/>",
            b"<is></is>",
            b"<is><t/></is>",
            b"<is>%s</is>" % number,
            b"<is><r>%s</r></is>" % number,
            b"<is><x><t>%s</t></x></is>" % number,
            b"<is><t>_x0031_%s</t></is>" % number,
            b"<is><t>%s_x005F_x0031_</t></is>" % number,
        ]
    )
    kind = chance.choice([b"inlineStr", b"inlineStr", b"inlineStr", b"str", b"n", b"s"])

    def change(old: bytes) -> bytes:
        head = _TYPE.sub(b"", old[: old.find(b">") + 1].replace(b"/>", b">"), count=1)
        return head.replace(b"<c ", b'<c t="%s" ' % kind, 1) + body + b"</c>"

    return spots.replaced(xml, spots.cell(xml, chance), change)


def value_again(xml: bytes, chance: Random) -> bytes:
    """A second value, a foreign element or loose text beside the value of a cell."""
    more = chance.choice(
        [b"<v>9</v>", b"<v/>", b"9", b"<x>9</x>", b"<x><v>9</v></x>", b"<extLst/>", b"<is><t>9</t></is>"]
    )
    first = chance.random() < 0.5

    def change(old: bytes) -> bytes:
        if b"<v>" not in old:
            return old
        return old.replace(b"<v>", more + b"<v>", 1) if first else old.replace(b"</v>", b"</v>" + more, 1)

    return spots.replaced(xml, spots.cell(xml, chance), change)


def formula(xml: bytes, chance: Random) -> bytes:
    """A cell gets a formula: plain, shared, array, data table, over others, or loses its value to it."""
    head = chance.choice(
        [
            b"<f>1+1</f>",
            b"<f/>",
            b'<f t="shared" ref="D7:D9" si="0">A1</f>',
            b'<f t="shared" si="0"/>',
            b'<f t="shared" si="77"/>',
            b'<f t="array" ref="C5:J20">1</f>',
            b'<f t="array" ref="A1">1</f>',
            b'<f t="array" ref="A1:ZZZ9">1</f>',
            b'<f t="dataTable" ref="D7:D9" dt2D="1" r1="A1" r2="A2"/>',
            b'<f ca="1" aca="true">NOW()</f>',
            b"<f>[1]x!A1</f>",
        ]
    )
    alone = chance.random() < 0.2

    def change(old: bytes) -> bytes:
        bare = re.sub(rb"<f[ >/].*?(?:</f>|/>)", b"", old, count=1, flags=re.DOTALL)
        if b"<v>" not in bare:
            return bare.replace(b"/>", b">" + head + b"</c>", 1) if bare.endswith(b"/>") else bare
        return re.sub(rb"<v>.*?</v>", head if alone else head + b"<v>5</v>", bare, count=1, flags=re.DOTALL)

    return spots.replaced(xml, spots.cell(xml, chance, filled=False), change)


def markup_inside(xml: bytes, chance: Random) -> bytes:
    """A comment, a processing instruction, CDATA, a reference or an entity inside a value."""
    new = chance.choice(
        [
            lambda old: b"<![CDATA[%s]]>" % old,
            lambda old: old[:1] + b"<!-- 7 -->" + old[1:],
            lambda old: old[:1] + b"<?x 7?>" + old[1:],
            lambda old: b"".join(b"&#%d;" % byte for byte in old) if old.isascii() else old,
            lambda old: b"".join(b"&#x%x;" % byte for byte in old) if old.isascii() else old,
            lambda old: old + b"&amp;",
            lambda old: old + b"&none;",
            lambda old: old + b"&#0;",
            lambda old: old + b"&#xD800;",
            lambda old: old + b"&#160;",
            lambda old: b"<![CDATA[" + old[:1] + b"]]><![CDATA[" + old[1:] + b"]]>",
            lambda old: old[:1] + b"<![CDATA[]]>" + old[1:],
            lambda old: b"<b>%s</b>" % old,
            lambda old: old[:1] + b"<b/>" + old[1:],
            lambda old: b"<!--" + old + b"-->",
            lambda old: b"\r\n" + old + b"\r\n",
        ]
    )
    return spots.replaced(xml, spots.value(xml, chance), new)


def escaped(xml: bytes, chance: Random) -> bytes:
    """A text gets the escapes of SpreadsheetML (_xHHHH_), whole, halves of pairs, false ones."""
    new = chance.choice(
        [b"_x0031_", b"_x000D_", b"_xD83D_", b"_xD83D__xDE00_", b"_x005F_", b"_x005F_x0031_", b"_x00_", b"_x"]
    )
    return spots.replaced(xml, spots.value(xml, chance), lambda old: old + new if new[2:3] else new + old)


def emptied(xml: bytes, chance: Random) -> bytes:
    """A cell loses its value, or holds an empty one."""
    new = chance.choice([b"", b"<v></v>", b"<v/>", b"<v> </v>"])
    at = spots.cell(xml, chance)
    return spots.replaced(xml, at, lambda old: re.sub(rb"<v>.*?</v>", new, old, count=1, flags=re.DOTALL))


def style_changed(xml: bytes, chance: Random) -> bytes:
    """A cell takes the style of another, or one that is not there."""
    new = chance.choice(
        [b"%d" % chance.randrange(80), b"%d" % chance.randrange(80), b"9999", b"-1", b"x", b""]
    )

    def change(old: bytes) -> bytes:
        end = old.find(b">")
        head = re.sub(rb' s="[^"]*"', b"", old[:end])
        return head.replace(b"<c", b'<c s="%s"' % new, 1) + old[end:]

    return spots.replaced(xml, spots.cell(xml, chance), change)


ALL = (
    number_spelt,
    number_changed,
    digit_changed,
    type_exchanged,
    string_index,
    inline_text,
    value_again,
    formula,
    markup_inside,
    escaped,
    emptied,
    style_changed,
)
