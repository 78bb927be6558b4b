"""What the page's own <style> blocks say of the few properties that decide what is shown and how.

Only selectors of one step are certain (CSS 2.2, 5): tag, .class, tag.class, #id, lists of them. What a longer
selector or a condition (@media) says may hold or not: it is kept as doubtful.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ..refusal import refuse
from .elements import PROPERTIES, SHIFTS

#: Sites have some hundreds of such rules.
MAX_RULES = 20_000
MAX_CSS = 4_000_000

#: The first letter is asked before the rest: five times as fast on a page of nothing but "<".
_SKIPPED = re.compile(r"<(?=[!sStTxX])(?:!--|(script|style|textarea|title|xmp)(?=[\s>/]))", re.IGNORECASE)
_COMMENT_END = re.compile(r"--!?>")
_BRACE = re.compile(r"[{}]")
_STEP = re.compile(r"([a-z][\w-]*+|\*?)((?:[.#][\w-]++)*+)\Z", re.IGNORECASE)
_NAME = re.compile(r"[.#][\w-]++")
_ATTRIBUTES = re.compile(r"\[[^\[\]]*+\]")
_COMBINED = re.compile(r"[\s>+~]")
_PROPERTIES = PROPERTIES | SHIFTS
#: Cheap to see: most rules of a site hold nothing of it.
_ANY = re.compile("|".join(sorted(_PROPERTIES)), re.IGNORECASE)

Declared = dict[str, str]


class Rule(NamedTuple):
    """What is certain, and what may hold."""

    sure: Declared
    maybe: Declared


class Sheet(dict[str, Rule]):
    """By "tag", ".class", "tag.class" and "#id"."""


def declared(style: str) -> Declared:
    """The declarations of these properties in small letters; the last of a property counts."""
    found: Declared = {}
    if _ANY.search(style):
        for one in style.split(";"):
            name, _, value = one.partition(":")
            if (name := name.strip().lower()) in _PROPERTIES:
                found[name] = value.partition("!")[0].strip().lower()
    return found


def sheet_of(page: str) -> Sheet:
    """All <style> blocks of a page together. Linear in its length; raises Refused where there is too much."""
    sheet = Sheet()
    length = count = 0
    for css in _blocks(page):
        if (length := length + len(css)) > MAX_CSS:
            refuse("too_complex")
        for selectors, declarations, certain in _rules(_without_comments(css)):
            for selector in selectors.split(","):
                if (count := count + 1) > MAX_RULES:
                    refuse("too_complex")
                _add(sheet, selector.strip(), declarations, certain)
    return sheet


def _blocks(page: str) -> Iterator[str]:
    at = 0
    while found := _SKIPPED.search(page, at):
        if not (name := (found[1] or "").lower()):
            closing = _COMMENT_END.search(page, found.end() - 2)  # "<!-->" is a whole one
            at = closing.end() if closing else len(page)
            continue
        if (begin := page.find(">", found.end())) < 0:
            return
        closing = re.compile(f"</{name}(?=[\\s/>])", re.IGNORECASE).search(page, begin)
        at = closing.start() if closing else len(page)
        if name == "style":
            yield page[begin + 1 : at]


def _without_comments(css: str) -> str:
    pieces = css.replace("<!--", " ").replace("-->", " ").split("/*")
    return pieces[0] + " ".join(piece.partition("*/")[2] for piece in pieces[1:])


def _rules(css: str) -> Iterator[tuple[str, Declared, bool]]:
    """(selectors, declarations, whether without a condition) of each rule that says something here."""
    at, depth, head = 0, 0, ""
    for brace in _BRACE.finditer(css):
        text = css[at : brace.start()]
        at = brace.end()
        if brace[0] == "{":
            depth += bool(head)
            head = text.rpartition(";")[2].strip()
        elif head:
            if not head.startswith("@") and (found := declared(text)):
                yield head, found, depth == 0
            head = ""
        else:
            depth = max(0, depth - 1)


def _add(sheet: Sheet, selector: str, declarations: Declared, certain: bool) -> None:
    if ":" in selector or len(selector) > 500:  # a state, or what stands before and after
        return
    last = _COMBINED.split(selector)[-1]
    bare = _ATTRIBUTES.sub("", last)
    if not (step := _STEP.match(bare)):
        return
    tag, names = step[1].lower().strip("*"), _NAME.findall(step[2])
    certain = certain and last == selector and bare == last and len(names) <= 1
    for name in names or [""]:
        key = name if name.startswith("#") else tag + name
        rule = sheet.setdefault(key, Rule({}, {}))
        (rule.sure if certain else rule.maybe).update(declarations)
