"""Mutations of any XML part: attributes, elements, whitespace, entities, encodings, namespaces.
Each takes the XML of a part and gives it back changed."""

from __future__ import annotations

import re
from random import Random

from . import spots

MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_MAIN = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
STRICT_OFFICE = b"http://purl.oclc.org/ooxml/officeDocument/relationships"

_VALUES = (
    b"",
    b"0",
    b"1",
    b"-1",
    b"99999999999",
    b"A1",
    b"D7",
    b"true",
    b"n",
    b"s",
    b"x",
    b" 1 ",
    b"1e3",
    b"&#49;",
)
_DECLARATION = re.compile(rb"^(?:\xef\xbb\xbf)?<\?xml[^>]*\?>\s*")
_NAME = re.compile(rb"(</?)([A-Za-z][\w.-]*)(?=[\s>/])")


def _attributes(old: bytes) -> list[re.Match[bytes]]:
    return list(spots.ATTRIBUTE.finditer(old))


def attribute_dropped(xml: bytes, chance: Random) -> bytes:
    """A tag loses one of its attributes."""

    def change(old: bytes) -> bytes:
        found = _attributes(old)
        return old.replace(chance.choice(found)[0], b"", 1) if found else old

    return spots.replaced(xml, spots.tag(xml, chance), change)


def attribute_doubled(xml: bytes, chance: Random) -> bytes:
    """A tag has an attribute twice."""

    def change(old: bytes) -> bytes:
        found = _attributes(old)
        if not found:
            return old
        one = chance.choice(found)
        return old.replace(one[0], one[0] + b' %s="%s"' % (one[1], chance.choice(_VALUES)), 1)

    return spots.replaced(xml, spots.tag(xml, chance), change)


def attribute_changed(xml: bytes, chance: Random) -> bytes:
    """An attribute says something else."""
    new = chance.choice(_VALUES)

    def change(old: bytes) -> bytes:
        found = _attributes(old)
        if not found:
            return old
        one = chance.choice(found)
        return old.replace(one[0], b' %s="%s"' % (one[1], new), 1)

    return spots.replaced(xml, spots.tag(xml, chance), change)


def attribute_respelt(xml: bytes, chance: Random) -> bytes:
    """The same attributes in other quotes, in another order, with spaces and references."""

    def change(old: bytes) -> bytes:
        found = _attributes(old)
        if not found:
            return old
        how = chance.randrange(4)
        first, last = found[0], found[-1]
        if how == 0:
            return old.replace(first[0], b" %s='%s'" % (first[1], first[2]), 1)
        if how == 1:
            return old.replace(first[0], b'\n\t%s = "%s"' % (first[1], first[2]), 1)
        if how == 2 and first[2]:
            return old.replace(first[0], b' %s="&#%d;%s"' % (first[1], first[2][0], first[2][1:]), 1)
        middle = old[first.end() : last.start()]
        turned = last[0] + middle + first[0] if len(found) > 1 else first[0]
        return old[: first.start()] + turned + old[last.end() :]

    return spots.replaced(xml, spots.tag(xml, chance), change)


def attribute_foreign(xml: bytes, chance: Random) -> bytes:
    """An attribute of a foreign namespace, or one without a namespace that looks like ours."""
    new = chance.choice(
        [b' y:r="A9" xmlns:y="urn:y"', b' mc:Ignorable="x"', b' xml:space="preserve"', b' x="1"']
    )
    at = spots.tag(xml, chance)
    return spots.replaced(xml, at, lambda old: re.sub(rb"(/?>)$", lambda m: new + m[1], old))


def element_dropped(xml: bytes, chance: Random) -> bytes:
    """An element is not there, with all that was in it."""
    return spots.replaced(xml, spots.element(xml, chance), lambda _: b"")


def element_doubled(xml: bytes, chance: Random) -> bytes:
    """An element is there twice."""
    return spots.replaced(xml, spots.element(xml, chance), lambda old: old * 2 if len(old) < 20_000 else old)


def element_wrapped(xml: bytes, chance: Random) -> bytes:
    """An element stands inside another that nobody knows, of our namespace, of none, or as an alternative."""
    before, after = chance.choice(
        [
            (b"<x>", b"</x>"),
            (b'<y:x xmlns:y="urn:y">', b"</y:x>"),
            (b'<x xmlns="">', b"</x>"),
            (
                b'<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
                b'<mc:Choice Requires="x14">',
                b"</mc:Choice></mc:AlternateContent>",
            ),
        ]
    )
    return spots.replaced(xml, spots.element(xml, chance), lambda old: before + old + after)


def element_moved(xml: bytes, chance: Random) -> bytes:
    """An element stands behind another."""
    if (at := spots.element(xml, chance)) is None or at[1] - at[0] > 20_000:
        return xml
    taken, rest = xml[slice(*at)], spots.replaced(xml, at, lambda _: b"")
    other = spots.tag(rest, chance)
    return spots.replaced(rest, other, lambda old: old + taken)


def element_renamed(xml: bytes, chance: Random) -> bytes:
    """A tag has another name, or another case; its end follows or not."""
    new = chance.choice([b"c", b"v", b"x", b"row", b"t", b"f"])
    both = chance.random() < 0.7
    at = spots.element(xml, chance)

    def change(old: bytes) -> bytes:
        named = _NAME.search(old)
        if not named:
            return old
        name = chance.choice([new, named[2].upper(), named[2] + b"x"])
        changed = re.sub(rb"^<[\w:.-]+", b"<" + name, old)
        return re.sub(rb"</[\w:.-]+>$", b"</" + name + b">", changed) if both else changed

    return spots.replaced(xml, at, change)


def tag_broken(xml: bytes, chance: Random) -> bytes:
    """A tag is cut, doubled or loses its end: no XML any more."""
    new = chance.choice([lambda old: old[:-1], lambda old: old * 2, lambda _: b"", lambda old: old[1:]])
    return spots.replaced(xml, spots.tag(xml, chance), new)


def spaced(xml: bytes, chance: Random) -> bytes:
    """Spaces, line ends, comments or instructions between all tags, or loose text between two."""
    how = chance.randrange(4)
    if how == 0:
        return xml.replace(b"><", b">\r\n  <")
    if how == 1:
        return spots.replaced(xml, spots.tag(xml, chance), lambda old: b"<!-- <v>9</v> -->" + old)
    if how == 2:
        return spots.replaced(xml, spots.tag(xml, chance), lambda old: b"<?x <v>9</v> ?>" + old)
    return spots.replaced(xml, spots.tag(xml, chance), lambda old: old + b" 9 ")


def empty_respelt(xml: bytes, _: Random) -> bytes:
    """Empty elements with a start and an end."""
    return re.sub(rb"<([\w:]+)([^<>]*?)/>", rb"<\1\2></\1>", xml)


def doctype(xml: bytes, chance: Random) -> bytes:
    """A document type, with or without an entity."""
    new = chance.choice(
        [b"<!DOCTYPE x>", b'<!DOCTYPE x [<!ENTITY a "7">]>', b'<!DOCTYPE x SYSTEM "file:///etc/hosts">']
    )
    head = _DECLARATION.match(xml)
    at = head.end() if head else 0
    return xml[:at] + new + xml[at:]


def encoded(xml: bytes, chance: Random) -> bytes:
    """Another encoding, with or without its mark, declared or declared falsely."""
    try:
        text = _DECLARATION.sub(b"", xml).decode()
    except UnicodeDecodeError:
        return xml
    stored, declared, mark = chance.choice(
        [
            ("utf-16-le", "UTF-16", b"\xff\xfe"),
            ("utf-16-be", "UTF-16", b"\xfe\xff"),
            ("utf-16-le", "UTF-16", b""),
            ("utf-16-le", "UTF-8", b"\xff\xfe"),
            ("utf-8", "UTF-16", b""),
            ("utf-8", "utf-8", b"\xef\xbb\xbf"),
            ("utf-8", "", b""),
            ("utf-8", "US-ASCII", b""),
            ("utf-8", "ISO-8859-1", b""),
            ("gb18030", "GBK", b""),
            ("gb18030", "UTF-8", b""),
            ("utf-32-le", "UTF-32", b"\xff\xfe\0\0"),
            ("utf-7", "UTF-7", b""),
        ]
    )
    head = (
        f'<?xml version="1.0" encoding="{declared}"?>'
        if declared
        else chance.choice(["", '<?xml version="1.1"?>'])
    )
    return mark + (head + text).encode(stored, "replace")


def strict(xml: bytes, chance: Random) -> bytes:
    """The namespaces of ISO 29500 strict, of one kind or both."""
    changed = xml.replace(MAIN, STRICT_MAIN)
    return changed if chance.random() < 0.3 else changed.replace(OFFICE, STRICT_OFFICE)


def prefixed(xml: bytes, chance: Random) -> bytes:
    """All elements of the default namespace with a prefix; sometimes one with a wrong one."""
    wrong = chance.random() < 0.2

    def change(match: re.Match[bytes]) -> bytes:
        prefix = b"y:" if wrong and chance.random() < 0.01 else b"x:"
        return match[1] + prefix + match[2]

    head = _DECLARATION.match(xml)
    at = head.end() if head else 0
    body = _NAME.sub(change, xml[at:]).replace(b" xmlns=", b" xmlns:x=", 1)
    return xml[:at] + (body.replace(b" xmlns:x=", b' xmlns:y="urn:y" xmlns:x=', 1) if wrong else body)


def namespace_other(xml: bytes, chance: Random) -> bytes:
    """The default namespace is none, a foreign one, or another one inside an element."""
    how = chance.randrange(3)
    if how == 0:
        return re.sub(rb' xmlns="[^"]*"', b"", xml, count=1)
    if how == 1:
        return re.sub(rb' xmlns="[^"]*"', b' xmlns="urn:y"', xml, count=1)
    at = spots.tag(xml, chance)
    return spots.replaced(xml, at, lambda old: re.sub(rb"(/?>)$", rb' xmlns="urn:y"\1', old))


ALL = (
    attribute_dropped,
    attribute_doubled,
    attribute_changed,
    attribute_respelt,
    attribute_foreign,
    element_dropped,
    element_doubled,
    element_wrapped,
    element_moved,
    element_renamed,
    tag_broken,
    spaced,
    empty_respelt,
    doctype,
    encoded,
    strict,
    prefixed,
    namespace_other,
)
