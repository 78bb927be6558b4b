"""Remarks at cells: beside the comments that people wrote, which stay as they are (ECMA-376 part 1, 18.7;
part 4, 19.4: their boxes are VML)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape, unescape

from ...opc.xmlstream import SHEETS
from ..layout import address
from .drawing import draw, drawing_of
from .outline import Edit, Element, edited, into
from .package import Package
from .refusal import NotMarkable

_PARTS = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
#: Each stops where the next one begins, so that many beginnings without an end cost no more.
_SHAPE = re.compile(rb"<v:shape\b(?:(?!<v:shape\b).)*?</v:shape>", re.DOTALL)
_SHAPE_TYPE = re.compile(rb"<v:shapetype\b(?:(?!<v:shape).)*?</v:shapetype>", re.DOTALL)
_NOTE = b"_x0000_t202"
_TEXT = re.compile(rb"(<(?:\w+:)?t(?:\s[^>]*)?>)([^<]*)(</(?:\w+:)?t>)")


def write_comments(
    package: Package,
    sheet: str,
    remarks: Mapping[str, str],
    over: tuple[bytes, bytes],
    frame: tuple[str, str],
) -> None:
    """Put remarks at the cells of one sheet in place of those of an earlier time.

    ``remarks``: address -> text. ``over``: the parts of comments and of their boxes that we wrote for them.
    ``frame``: how each remark begins and ends, so that it is found again.
    """
    related = package.related(sheet)
    kinds = {relation.kind: relation.target for relation in related.values()}
    part, drawing = kinds.get("comments"), drawing_of(package, sheet)
    boxes = package.part(drawing) if drawing and package.has(drawing) else b""
    taken: set[str] = set()
    if part and package.has(part):
        boxes, taken = _renew(package, part, remarks, frame, boxes)
    fresh = {at: text for at, text in remarks.items() if at not in taken}
    if fresh:
        if part is None or not package.has(part):
            part = package.fresh("", "comments", ".xml")
            package.put(part, _EMPTY)
            package.declare(part, _PARTS)
            package.relate(sheet, "comments", part)
        _append(package, part, fresh, over[0])
        boxes = _with_boxes(boxes or _bare(over[1]), over[1], fresh)
    if not boxes:
        return
    draw(package, sheet, boxes)


_EMPTY = (
    f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<comments xmlns="{SHEETS}">'
    "<authors></authors><commentList></commentList></comments>"
).encode()


def _renew(
    package: Package, part: str, remarks: Mapping[str, str], frame: tuple[str, str], boxes: bytes
) -> tuple[bytes, set[str]]:
    """Take our old remarks away, and put the new ones behind the words of people at the same cells. Gives
    back the boxes, without those of comments that held nothing else, and the cells that are done."""
    content, root = package.outline(part, 4)
    begin, end = frame
    old = re.compile(rf"\n?{re.escape(begin)}[^{begin[0]}{end[-1]}]*{re.escape(end)}")
    edits: list[Edit] = []
    done: set[str] = set()
    listed = root.child("commentList")
    for comment in listed.children if listed else ():
        body, where = content[comment.start : comment.end], comment.attributes.get("ref", "")
        left = _cut(body, old)
        ours = left != body
        if ours and not any(_plain(text).strip() for _, text, _ in _TEXT.findall(left)):
            edits.append(Edit(comment.start, comment.end, b""))
            boxes = _without(boxes, where)
        elif where in remarks:
            edits.append(Edit(comment.start, comment.end, _with(left, comment, remarks[where])))
            done.add(where)
        elif ours:
            edits.append(Edit(comment.start, comment.end, left))
    package.edit(part, edits)
    return boxes, done


def _cut(body: bytes, old: re.Pattern[str]) -> bytes:
    """A comment without what matches; a program may have cut its text into runs anywhere."""
    pieces = list(_TEXT.finditer(body))
    texts = [_plain(piece[2]) for piece in pieces]
    gone = {at for found in old.finditer("".join(texts)) for at in range(*found.span())}
    edits, at = [], 0
    for piece, text in zip(pieces, texts, strict=True):
        if left := {*range(at, at + len(text))} & gone:
            kept = "".join(char for n, char in enumerate(text, at) if n not in left)
            edits.append(Edit(*piece.span(2), _as_text(kept)))
        at += len(text)
    return edited(body, edits)


def _plain(text: bytes) -> str:
    return unescape(text.decode("utf-8", "replace"))


def _as_text(text: str) -> bytes:
    return escape(text, quote=False).encode()


def _with(body: bytes, comment: Element, remark: str) -> bytes:
    """A comment of somebody with one more run of text at its end."""
    text = comment.child("text")
    prefix = re.match(rb"<((?:[^\s:/>]+:)?)", body)
    name = prefix[1] if prefix else b""
    run = b'<%sr><%st xml:space="preserve">%s</%st></%sr>' % (name, name, _as_text("\n" + remark), name, name)
    if text is None or text.empty:
        return re.sub(rb"<%stext\s*/>" % name, b"<%stext>%s</%stext>" % (name, run, name), body)
    end = body.rindex(b"</%stext>" % name)
    inside = body.index(b">", body.index(b"<%stext" % name)) + 1
    if not re.search(rb"<%sr[\s>]" % name, body[inside:end]):
        # A plain text becomes the first run: text and runs do not stand beside each other (18.4.8).
        return body[:inside] + b"<%sr>" % name + body[inside:end] + b"</%sr>" % name + run + body[end:]
    return body[:end] + run + body[end:]


def _append(package: Package, part: str, fresh: Mapping[str, str], over: bytes) -> None:
    content, root = package.outline(part, 3)
    authors, listed = root.child("authors"), root.child("commentList")
    assert authors is not None and listed is not None
    number = len(authors.children)
    author = re.search(rb"<author>.*?</author>", over, re.DOTALL)
    assert author is not None
    texts = [
        comment.replace(b'authorId="0"', b'authorId="%d"' % number)
        for comment in re.findall(rb"<comment .*?</comment>", over, re.DOTALL)
        if _ref(comment) in fresh
    ]
    edits = [
        into(content, authors, author[0]),
        into(content, listed, b"".join(texts)),
    ]
    package.edit(part, edits)


def _ref(comment: bytes) -> str:
    found = re.search(rb'\bref="([A-Z0-9]+)"', comment)
    return found[1].decode() if found else ""


# ---------------------------------------------------------------- boxes


def _where(shape: bytes) -> str:
    row, column = (re.search(rb"<x:%s>(\d{1,7})</x:%s>" % (n, n), shape) for n in (b"Row", b"Column"))
    return address(int(row[1]) + 1, int(column[1]) + 1) if row and column and b'"Note"' in shape else ""


def _without(boxes: bytes, where: str) -> bytes:
    return _SHAPE.sub(lambda shape: b"" if _where(shape[0]) == where else shape[0], boxes)


def _bare(over: bytes) -> bytes:
    return _SHAPE.sub(b"", over)


def _with_boxes(boxes: bytes, over: bytes, fresh: Mapping[str, str]) -> bytes:
    """The drawing with a box for each remark; boxes are numbered on from those that are there."""
    numbers = [int(n) for n in re.findall(rb"_x0000_s(\d{1,9})(?!\d)", boxes)]
    number = max([1024, *numbers])
    known = any(_NOTE in kind for kind in _SHAPE_TYPE.findall(boxes))
    shapes = [] if known else _SHAPE_TYPE.findall(over)
    for shape in _SHAPE.findall(over):
        if _where(shape) in fresh:
            number += 1
            shapes.append(re.sub(rb"_x0000_s\d+", b"_x0000_s%d" % number, shape, count=1))
    end = boxes.rfind(b"</xml>")
    if end < 0:
        raise NotMarkable("odd")
    return boxes[:end] + _declared(b"".join(shapes), over) + boxes[end:]


def _declared(shapes: bytes, over: bytes) -> bytes:
    """The shapes within a group of namespaces is no VML: each names its own."""
    spaces = b" ".join(re.findall(rb'xmlns:[vox]="[^"]+"', over))
    return re.sub(rb"<(v:shape(?:type)?) ", rb"<\1 " + spaces + b" ", shapes)
