"""How an element of a page looks: whether it is shown, raised, struck out, or unlike what it joins.

Sources: CSS 2.2 (9.2.4, 10.8.1, 11.2, 16.3.1), CSS Fonts 3 (3.5), and Word's own properties (mso-).
"""

from __future__ import annotations

import re
from dataclasses import replace

from ...records import dataclass
from .elements import ANNOTATIONS, BLOCKS, CELLS, FAINT, NEVER_SHOWN, SHIFTS, SIZES, STRUCK, TABLE_PARTS
from .stylesheet import Declared, Sheet, declared

_LENGTH = re.compile(r"(-?\d{0,6}\.?\d{0,6})(px|pt|pc|mm|cm|in|q|em|rem|ex|%)?")
_PIXELS = {
    "px": 1.0,
    "pt": 4 / 3,
    "pc": 16.0,
    "mm": 3.7795,
    "cm": 37.795,
    "in": 96.0,
    "q": 0.945,
    "rem": 16.0,
}
_OF_PARENT = {"em": 1.0, "ex": 0.5, "%": 0.01}
_NOTE = re.compile(
    r"[^#]{0,2000}#_{0,2}(?:ftn|edn|fn|en\d|foot|end-?note|note|cite|ref|sdfootnote|sdendnote)", re.I
)
_HEX = re.compile(r"#(?:[ef]{3}|(?:[ef][0-9a-f]){3})(?:[0-9a-f]{1,2})?\Z")
_RGB = re.compile(r"rgba?\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})(?:[\s,/]+([\d.]{1,6}))?\s*\)\Z")
_LIGHT = 0xE0
_UNSET = frozenset({"", "none", "transparent", "inherit", "initial", "unset", "revert"})
_INLINE_ONLY = BLOCKS | CELLS | TABLE_PARTS | {"table"}
_TELLING = ("style", "class", "id", "hidden", "open", "color", "bgcolor", "size", "href", "background")
_NO_SHIFT = frozenset({"none", "0", "auto", "visible", "normal", "1", "inherit", "initial"})
_MAX_CACHED = 4096


@dataclass(frozen=True, slots=True)
class Look:
    """``veiled``: not shown, but only as the page's styles have it. ``unseen``, ``blank``: not to be seen
    in its place, till something in it is, or for good. ``faint``: hardly to be seen.
    ``backed``: before a ground of another colour. ``odd``: what else sets it off from the text around it.
    ``size``: of its letters, in px."""

    hidden: bool = False
    veiled: bool = False
    unseen: bool = False
    blank: bool = False
    raised: bool = False
    struck: bool = False
    faint: bool = False
    backed: bool = False
    odd: tuple[str, ...] = ()
    size: float = 16.0


PLAIN = Look()


class Looks:
    """The looks of the elements of one page; ``sheet``: what its <style> blocks say."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._found: dict[tuple[object, ...], Look] = {}
        self._declared: dict[str, Declared] = {}

    def of(self, name: str, attributes: dict[str, str], around: Look) -> Look:
        """The look of an element within one of the look ``around``."""
        if not attributes and name not in _SPECIAL and name not in self._sheet:
            return around
        key = (name, around, *[attributes.get(a) for a in _TELLING]) if attributes else (name, around)
        if (look := self._found.get(key)) is None:
            look = self._made(name, attributes, around)
            if len(self._found) < _MAX_CACHED:
                self._found[key] = look
        return look

    def _made(self, name: str, attributes: dict[str, str], around: Look) -> Look:
        style = attributes.get("style", "")
        own = declared(style) if style else {}
        if name in NEVER_SHOWN or "hidden" in attributes or _is_gone(own):
            return replace(around, hidden=True, veiled=name == "select" and not around.hidden)
        if name == "dialog" and "open" not in attributes:
            return replace(around, hidden=True)
        sure, maybe = self._of_sheet(name, attributes)
        given = {**sure, **own}
        size = _size(given, name, attributes, around.size)
        veiled = name in ANNOTATIONS or _is_gone(given)
        backed = around.backed or _is_ground(given, attributes)
        colour = given.get("color", "") or attributes.get("color", "").strip().lower()
        inline = name not in _INLINE_ONLY
        note = name == "a" and bool(_NOTE.match(attributes.get("href", "")))
        return Look(
            hidden=around.hidden or veiled,
            veiled=around.veiled or (veiled and not around.hidden),
            unseen=_is_unseen(given, around.unseen),
            blank=around.blank or _is_nothing(given.get("opacity", "")),
            raised=around.raised
            or name == "sup"
            or note
            or (inline and given.get("vertical-align") == "super"),
            struck=around.struck or name in STRUCK or _is_struck(given),
            faint=around.faint if not colour or colour == "inherit" else _is_faint(colour),
            backed=backed,
            odd=around.odd + _odd(name, attributes, given, maybe)
            if inline and len(around.odd) < 8
            else around.odd,
            size=size,
        )

    def _of_sheet(self, name: str, attributes: dict[str, str]) -> tuple[Declared, Declared]:
        """What its rules say, the more telling last, and what may hold: also where two classes disagree."""
        sheet = self._sheet
        sure: Declared = {}
        maybe: Declared = {}
        if not sheet:
            return sure, maybe
        classes = attributes.get("class", "").split()
        of_class = [[f".{c}" for c in classes], [f"{name}.{c}" for c in classes]] if classes else []
        for keys in ([name], *of_class, [f"#{attributes.get('id', '')}"]):
            level: Declared = {}
            for rule in (sheet[key] for key in keys if key in sheet):
                maybe.update(rule.maybe)
                maybe.update({p: level[p] for p, v in rule.sure.items() if level.get(p, v) != v})
                level.update(rule.sure)
            sure.update(level)
        if "display" in maybe and maybe["display"] != "none" and sure.get("display") == "none":
            maybe["display"] = sure.pop("display")  # a script may show it
        return sure, maybe


_SPECIAL = NEVER_SHOWN | ANNOTATIONS | STRUCK | FAINT | {"sup", "dialog"}


def _is_gone(given: Declared) -> bool:
    return given.get("display") == "none" or given.get("mso-hide") == "all"


def _is_unseen(given: Declared, around: bool) -> bool:
    """Whether nothing of its text is seen, though it takes its place."""
    seen = given.get("visibility", "inherit")
    return around if seen in ("inherit", "initial", "unset") else seen in ("hidden", "collapse")


def _is_nothing(opacity: str) -> bool:
    return bool(re.match(r"0*\.?0*%?\Z", opacity)) and "0" in opacity


def _is_struck(given: Declared) -> bool:
    return "line-through" in given.get("text-decoration", "") + given.get("text-decoration-line", "")


def _is_faint(colour: str) -> bool:
    if colour in ("white", "transparent", "snow", "ivory", "whitesmoke", "ghostwhite") or _HEX.match(colour):
        return True
    if not (found := _RGB.match(colour)):
        return False
    return all(int(part) >= _LIGHT for part in found.group(1, 2, 3)) or (found[4] or "1").strip("0.") == ""


def _is_ground(given: Declared, attributes: dict[str, str]) -> bool:
    """Whether something other than white stands behind it."""
    for ground in (given.get("background-color"), given.get("background"), attributes.get("bgcolor")):
        if ground and (ground := ground.strip().lower()) not in _UNSET and not _is_faint(ground.split()[0]):
            return True
    return bool(attributes.get("background"))


def _odd(name: str, attributes: dict[str, str], given: Declared, maybe: Declared) -> tuple[str, ...]:
    """What sets an inline element off: a link, a place above or below, what styles may do to it."""
    found = []
    if name in FAINT:
        found.append(name)
    if name == "a" and "href" in attributes:
        found.append("link")
    if (lift := given.get("vertical-align", "baseline")) not in (
        "baseline",
        "middle",
        "inherit",
        "initial",
        "0",
    ):
        found.append(lift)
    if lift := given.get("mso-text-raise", "").strip("0.ptxem "):
        found.append(lift)
    if given.get("position", "static") not in ("static", "inherit", "initial"):
        found.append("placed")
    found += [f"{key}:{given[key]}" for key in SHIFTS if given.get(key, "none") not in _NO_SHIFT]
    if (
        _is_gone(maybe)
        or _is_unseen(maybe, False)
        or _is_struck(maybe)
        or _is_nothing(maybe.get("opacity", ""))
        or _moves(maybe)
    ):
        found.append("maybe")
    return tuple(found)


def _moves(maybe: Declared) -> bool:
    size = maybe.get("font-size", "")
    return (
        maybe.get("vertical-align", "baseline") not in ("baseline", "middle", "inherit", "initial")
        or size[:1] == "0"
        or _is_faint(maybe.get("color", ""))
    )


def _size(given: Declared, name: str, attributes: dict[str, str], around: float) -> float:
    """In px; 0 where there is nothing to see."""
    said = given.get("font-size", "")
    if not said and (font := given.get("font")):
        said = next((part.partition("/")[0] for part in font.split() if part[0].isdigit()), "")
    if not said and name == "font" and (size := attributes.get("size", "").strip()):
        return _of_font(size, around)
    if not said:
        return around * float(SIZES["relative"].get(name, 1.0))
    if said in SIZES["absolute"]:
        return float(SIZES["absolute"][said])
    if said in SIZES["relative"]:
        return around * float(SIZES["relative"][said])
    if not (found := _LENGTH.fullmatch(said)) or not found[1].strip("-."):
        return around
    number = float(found[1])
    if found[2] in _OF_PARENT:
        return max(0.0, number * _OF_PARENT[found[2]] * around)
    return max(0.0, number * _PIXELS.get(found[2] or "px", 1.0))


def _of_font(size: str, around: float) -> float:
    if size[0] in "+-" and size[1:].isdecimal() and len(size) == 2:
        larger = float(SIZES["relative"]["larger"])
        return around * float(pow(larger, int(size)))
    known = size.isascii() and size.isdigit() and len(size) <= 3 and int(size)
    return float(SIZES["steps"][min(int(size), 7) - 1]) if known else around
