"""How the runs of a Word file look: by its styles, that of the paragraph and its own, and by what they say.

Source: ECMA-376 part 1, 17.3.2 (runs) and 17.7 (styles).
"""

from __future__ import annotations

from dataclasses import field

from ...opc.xmlstream import Attributes
from ...records import dataclass
from .numbering import Numbering
from .pen import Setting

#: What is looked at in a run and in a style; switches as "1" and "".
SWITCHES = frozenset({"vanish", "strike", "dstrike"})
VALUES = frozenset({"vertAlign", "position", "color", "sz"})
GROUNDS = frozenset({"shd", "highlight"})
#: Letters are of 10 points where nothing says more (17.3.2.38), in half points.
_USUAL_SIZE = "20"
_LIGHT = 0xE0

Said = dict[str, str]


def is_on(attributes: Attributes) -> bool:
    """Whether a switch is on: one without a value is (17.17.4)."""
    return attributes.get("val", "true").lower() not in ("0", "false", "off", "none")


def say(into: Said, name: str, attributes: Attributes) -> None:
    """Keep one property of a run or a style, if it is one of these."""
    if name in SWITCHES:
        into[name] = "1" if is_on(attributes) else ""
    elif name in VALUES:
        into[name] = attributes.get("val", "")
    elif name in GROUNDS:
        into["ground"] = ground_of(attributes) or into.get("ground", "")


def ground_of(attributes: Attributes) -> str:
    """The colour behind a text, or "" where it is white or none."""
    colour = attributes.get("fill") or attributes.get("val", "")
    return "" if colour in ("auto", "none", "clear", "nil", "white") or _is_light(colour) else colour


@dataclass(slots=True)
class Run:
    """``style``: its own, or ""; ``said``: by itself."""

    style: str = ""
    said: Said = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Shown:
    """``veiled``: hidden, but only by its style. ``setting``: see Pen.text."""

    hidden: bool
    veiled: bool
    raised: bool
    struck: bool
    faint: bool
    setting: Setting


def shown(run: Run, paragraph: str, styles: Numbering) -> Shown:
    """How a run looks in a paragraph of a style."""
    said: Said = {}
    hidden = struck = False
    for layer in (styles.said_by(""), styles.said_by(paragraph), styles.said_by(run.style)):
        said.update(layer)
        hidden, struck = hidden or bool(layer.get("vanish")), struck or _is_struck(layer)
    said.update(run.said)
    place = said.get("vertAlign", "baseline")
    lift = said.get("position", "0")
    odd = tuple(what for what in (place, lift) if what not in ("baseline", "superscript", "0", ""))
    size = said.get("sz", "")
    return Shown(
        hidden=run.said.get("vanish") == "1",
        veiled=hidden and "vanish" not in run.said,
        raised=place == "superscript",
        struck=_is_struck(run.said) or (struck and not SWITCHES & run.said.keys()),
        faint=_is_light(said.get("color", "")) and not said.get("ground"),
        setting=(float(size if size.isdecimal() and len(size) < 5 else _USUAL_SIZE), odd),
    )


def _is_struck(said: Said) -> bool:
    return bool(said.get("strike") or said.get("dstrike"))


def _is_light(colour: str) -> bool:
    """Whether a colour of six hexadecimal digits is white, or nearly."""
    parts = [colour[at : at + 2] for at in (0, 2, 4)]
    if len(colour) != 6 or not all(char in "0123456789abcdefABCDEF" for char in colour):
        return False
    return all(int(part, 16) >= _LIGHT for part in parts)
