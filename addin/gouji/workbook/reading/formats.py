"""Number formats: from a format code to what a cell shows, as far as it is not the number that is stored.

Codes follow ECMA-376 part 1, 18.8.30 and 18.8.31: up to four sections (positive, negative, zero, text), each
of digit placeholders, dates, literals and conditions. ``!`` escapes as ``\\`` does: East Asian editions write
it so. Rendering is as good as a message needs; months and weekdays are named as Chinese editions show them.
"""

from __future__ import annotations

import operator
import re
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache
from typing import Literal, NamedTuple

from ...precompiled import compiled
from ...records import dataclass
from .dates import moment_of, render

Kind = Literal["date", "time", "percent", "scaled", "hidden", "text"]

#: Excel takes no longer code; a longer one says nothing.
LONGEST = 255


class Shown(NamedTuple):
    """What a cell shows where that is not the number stored. ``scaled``: another number; ``hidden``: none."""

    kind: Kind
    text: str


class Token(NamedTuple):
    """``kind``: literal, digit (0, # or ?), point, comma, percent, exponent, slash, date, general, text."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Section:
    """One section: tokens, its condition (operator, bound) if any, and whether it names a colour."""

    tokens: tuple[Token, ...]
    condition: tuple[str, Decimal] | None = None
    coloured: bool = False

    def has(self, *kinds: str) -> bool:
        return any(token.kind in kinds for token in self.tokens)


# In order: quoted, escaped, room of a character, fill by a character, brackets, words, runs of letters.
_TOKEN = compiled(
    r'"(?P<quoted>[^"]*)"?'
    r"|[\\!](?P<escaped>.?)"
    r"|(?P<room>_.?)"
    r"|(?P<fill>\*.?)"
    r"|\[(?P<bracket>[^\]]*)\]?"
    r"|(?P<general>general|g/通用格式)"
    r"|(?P<exponent>e[+-])"
    r"|(?P<date>am/pm|a/p|上午/下午|y+|m+|d+|h+|s+|e+|g+|b+|aaa+)"
    r"|(?P<digit>[0#?])|(?P<point>\.)|(?P<comma>,)|(?P<percent>%)|(?P<slash>/)|(?P<text>@)|(?P<end>;)"
    r"|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = compiled(r"(<=|>=|<>|<|>|=)\s*(-?[0-9]+(?:\.[0-9]+)?)")
_ELAPSED = compiled(r"h+|m+|s+", re.IGNORECASE)
_COLOUR = compiled(
    r"black|blue|cyan|green|magenta|red|white|yellow|colou?r ?[0-9]+|颜色 ?[0-9]+|[黑蓝青绿红白黄]色?|洋红",
    re.I,
)


@lru_cache(maxsize=128)
def sections(code: str) -> tuple[Section, ...]:
    """The sections of a code; at least one."""
    found: list[Section] = []
    tokens: list[Token] = []
    condition: tuple[str, Decimal] | None = None
    coloured = False
    for match in _TOKEN.finditer(code):
        kind, text = match.lastgroup or "", match[match.lastgroup or 0] or ""
        if kind == "end":
            found.append(Section(tuple(tokens), condition, coloured))
            tokens, condition, coloured = [], None, False
        elif kind == "bracket":
            if given := _CONDITION.fullmatch(text):
                condition = given[1], Decimal(given[2])
            elif _COLOUR.fullmatch(text):
                coloured = True
            else:
                tokens += _bracket(text)
        else:
            tokens.append(_token(kind, text))
    return (*found, Section(tuple(tokens), condition, coloured))


def _bracket(text: str) -> list[Token]:
    """[h] elapsed time, [$¥-804] a currency with a locale; anything else shows nothing."""
    if _ELAPSED.fullmatch(text):
        return [Token("date", f"[{text.lower()}]")]
    if text.startswith("$") and (sign := text[1:].partition("-")[0]):
        return [Token("literal", sign)]
    return []


def _token(kind: str, text: str) -> Token:
    if kind == "room":
        return Token("literal", " ")
    if kind == "fill":
        return Token("literal", "")
    if kind in ("quoted", "escaped", "other"):
        return Token("literal", text)
    return Token(kind, text.lower() if kind == "date" else text)


#: Codes by which a cell can show nothing but its number, or that number rounded.
_PLAIN = compiled(r"|general(;-general)?|g/通用格式|(#,##)?0(\.[0#]+)?(_ )?", re.IGNORECASE)


def is_plain(code: str) -> bool:
    """Whether nothing need be looked at; Excel takes no longer code, and what is longer says nothing."""
    return _PLAIN.fullmatch(code) is not None or len(code) > LONGEST


def shown(code: str, value: float | str, *, money: bool = False, from_1904: bool = False) -> Shown | None:
    """What a cell with this code shows for a number or a text; None where that is the content itself.

    Rounding is no difference. ``money``: the number is one of 万元, so 万 and 万元 behind it say nothing new.
    """
    if is_plain(code):
        return None
    if isinstance(value, str):
        return _shown_text(code, value)
    section, number = _section_for(code, _decimal(value))
    if section is None:
        return Shown("text", general(number))
    if section.has("date"):
        return Shown(_moment_kind(section), _date_text(section, value, from_1904))
    pieces = _pieces(section, abs(number))
    text = _text(pieces, number)
    if section.has("percent"):
        return Shown("percent", text) if value else None
    if _is_rough(section):
        return None
    if not any(char.isdigit() for char in text):
        return None if not value and text in _NOUGHT else Shown("hidden", text)
    return None if _says(pieces, text, _decimal(value), section, money) else Shown("scaled", text)


def text_of(code: str, value: float, *, from_1904: bool = False) -> str:
    """What a cell with this code shows for a number, rounded as it is there."""
    if not code or len(code) > LONGEST:
        return general(_decimal(value))
    section, number = _section_for(code, _decimal(value))
    if section is None or _is_rough(section):
        return general(number)
    return (
        _date_text(section, value, from_1904)
        if section.has("date")
        else _text(_pieces(section, abs(number)), number)
    )


def _is_rough(section: Section) -> bool:
    """1.2E+04 or 1/3: rounded in a way of their own, and not spelt out here."""
    return section.has("exponent", "slash") and section.has("digit") and not section.has("date")


def _text(pieces: list[tuple[str, bool]], number: Decimal) -> str:
    return ("-" if number < 0 else "") + "".join(piece for piece, _ in pieces).strip()


#: How accounting formats show 0.
_NOUGHT = frozenset({"-", "－", "—", "–", "——", "零", "〇"})


def _decimal(value: float) -> Decimal:
    """The number as people see it: the shortest decimal of the double."""
    return Decimal(repr(value)) if isinstance(value, float) else Decimal(value)


def _shown_text(code: str, text: str) -> Shown | None:
    """A text is hidden by a fourth section that is empty."""
    parts = sections(code)
    return Shown("hidden", "") if len(parts) > 3 and not parts[3].tokens and text.strip() else None


_OPERATORS = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "<>": operator.ne,
}


def _section_for(code: str, number: Decimal) -> tuple[Section | None, Decimal]:
    """The section that shows a number, and the number without its sign where the section stands for it.

    None where the only section is one of text.
    """
    parts = list(sections(code))
    if parts[-1].has("text"):
        parts.pop()
    return _chosen(parts[:3], number) if parts else (None, number)


def _chosen(parts: list[Section], number: Decimal) -> tuple[Section, Decimal]:
    """Sections apply by their conditions; without, by the sign. What none admits is shown by General."""
    positive = (">" if len(parts) > 2 else ">=", Decimal(0))
    defaults = {1: (None,), 2: (positive, None)}.get(len(parts), (positive, ("<", Decimal(0)), None))
    for at, (part, default) in enumerate(zip(parts, defaults, strict=False)):
        condition = part.condition or default
        if condition is None or _OPERATORS[condition[0]](number, condition[1]):
            stands_for_sign = at == 1 and not part.condition and not parts[0].condition
            return part, abs(number) if stands_for_sign else number
    return Section((Token("general", ""),)), number


def _moment_kind(section: Section) -> Kind:
    """A date where it shows a year, a month or a day; else a time."""
    minutes = _minutes(section)
    dates = [(at, t.text) for at, t in enumerate(section.tokens) if t.kind == "date"]
    day = any(
        text[0] in "ydegb" or text.startswith("aaa") or (text[0] == "m" and at not in minutes)
        for at, text in dates
    )
    return "date" if day else "time"


def _date_text(section: Section, value: float, from_1904: bool) -> str:
    moment = moment_of(value, from_1904)
    if moment is None:
        return "#" * 8
    minutes = _minutes(section)
    half_days = any(t.kind == "date" and "/" in t.text for t in section.tokens)
    fraction = iter(f"{moment.seconds % 1:.3f}"[2:])
    text = ""
    for at, token in enumerate(section.tokens):
        if token.kind == "date":
            text += render(token.text, moment, minutes=at in minutes, half_days=half_days)
        elif token.kind == "digit":
            text += next(fraction, "0")
        elif token.kind in ("literal", "slash", "point", "comma"):
            text += token.text
    return text.strip()


def _minutes(section: Section) -> frozenset[int]:
    """Where m stands for minutes: behind hours or before seconds."""
    dates = [(at, t.text.strip("[")) for at, t in enumerate(section.tokens) if t.kind == "date"]
    found = set()
    for place, (at, text) in enumerate(dates):
        before = dates[place - 1][1] if place else ""
        after = dates[place + 1][1] if place + 1 < len(dates) else ""
        if text[0] == "m" and (before.startswith("h") or after.startswith("s")):
            found.add(at)
    return frozenset(found)


# ---------------------------------------------------------------- numbers


def general(number: Decimal) -> str:
    """A number as the format General shows it, at most 15 digits."""
    rounded = +number if len(number.as_tuple().digits) <= 15 else Decimal(f"{number:.15g}")
    text = f"{rounded:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _pieces(section: Section, number: Decimal) -> list[tuple[str, bool]]:
    """The texts that the tokens show, each with whether it is a literal."""
    if section.has("general"):
        plain = general(number)
        return [
            (plain if t.kind == "general" else t.text, t.kind != "general")
            for t in section.tokens
            if t.kind in ("general", "literal")
        ]
    tokens = section.tokens
    point = next((at for at, t in enumerate(tokens) if t.kind == "point"), len(tokens))
    last_digit = max((at for at, t in enumerate(tokens[:point]) if t.kind == "digit"), default=-1)
    last = max((at for at, t in enumerate(tokens) if t.kind == "digit"), default=-1)
    commas = [at for at, t in enumerate(tokens) if t.kind == "comma"]
    scales = sum(at > last or last_digit < at < point for at in commas)
    grouped = any(at < last_digit for at in commas)
    number = number * 100 ** sum(t.kind == "percent" for t in tokens) / 1000**scales
    decimals = [at for at, t in enumerate(tokens) if t.kind == "digit" and at > point]
    rounded = number.quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP, _WIDE)
    whole, _, rest = f"{rounded:f}".partition(".")
    filled = _whole(tokens, point, "" if whole == "0" else whole, grouped) | _decimals(tokens, decimals, rest)
    itself = ("literal", "point", "percent", "slash")
    return [
        (filled.get(at, t.text if t.kind in itself else ""), t.kind == "literal")
        for at, t in enumerate(tokens)
    ]


#: Digits enough for any double times what a code of LONGEST characters can ask for.
_WIDE = Context(prec=2000)
_ABSENT = {"0": "0", "#": "", "?": " "}


def _whole(tokens: tuple[Token, ...], point: int, digits: str, grouped: bool) -> dict[int, str]:
    """Digits before the point by the place of their placeholder; the first takes all that are left."""
    places = [at for at, t in enumerate(tokens[:point]) if t.kind == "digit"]
    filled: dict[int, str] = {}
    for back, at in enumerate(reversed(places)):
        first = at == places[0]
        digit = digits[: len(digits) - back] if first else digits[len(digits) - back - 1 : len(digits) - back]
        if back >= len(digits):
            digit = _ABSENT[tokens[at].text]
        if grouped and digit.strip():
            behind = range(back + len(digit) - 1, back - 1, -1)
            digit = "".join(d + "," * (n > 0 and n % 3 == 0) for d, n in zip(digit, behind, strict=True))
        filled[at] = digit
    return filled


def _decimals(tokens: tuple[Token, ...], places: list[int], digits: str) -> dict[int, str]:
    significant = len(digits.rstrip("0"))
    return {at: digits[n] if n < significant else _ABSENT[tokens[at].text] for n, at in enumerate(places)}


_MARK = compiled(r"注\s*\d*")
_TIMES = frozenset("万亿千百十‰%")
_NUMBER = compiled(r"(-?)\(?(-?)([0-9]+(?:\.[0-9]*)?|\.[0-9]+)-?\)?")


def _says(pieces: list[tuple[str, bool]], text: str, stored: Decimal, section: Section, money: bool) -> bool:
    """Whether what is shown says the stored number, rounded at most.

    A footnote mark, a unit or a currency beside the number changes nothing; 万 or ‰ does. Brackets or a
    colour alone may stand for the sign of a negative number.
    """
    kept = ""
    for piece, literal in pieces:
        beside = _beside(piece, money) if literal else piece
        if beside is None:
            return False
        kept += beside
    number = _NUMBER.fullmatch(kept.replace(",", ""))
    if number is None:
        return False
    size, places = Decimal(number[3]), len(number[3].partition(".")[2])
    minus = text.startswith("-") or "-" in number[0] or "(" in number[0]
    if size and ((minus and stored > 0) or (stored < 0 and not (minus or section.coloured))):
        return False
    return abs(size - abs(stored)) <= Decimal(1).scaleb(-places) / 2


def _beside(literal: str, money: bool) -> str | None:
    """What of a literal belongs to the number: digits, point, sign. None where it makes another number of it.

    Behind a space stands another word.
    """
    word = _MARK.sub("", literal)
    if money:
        word = word.replace("万元", "").replace("万", "")
    if _TIMES & set(word.strip()[:1] if word[:1].isspace() else word) or (money and "元" in word):
        return None
    return "" if word[:1].isspace() else "".join(char for char in word if char in "0123456789.-()")
