"""What a cell of the form may hold: count, signed count, money.

A cell's content is one of three states that are never turned into one another silently:
a whole number (``int``), blank (``None``), or ``"/"`` (:data:`SLASH`). Money is an ``int`` of 分
(1 万元 = 1 000 000 分), because published fees carry up to 6 decimals of 万元, which is exactly one 分.
"""

from __future__ import annotations

import math
import re
import unicodedata
from decimal import Decimal
from typing import Literal

from ..errors import GoujiError
from ..precompiled import compiled
from ..records import dataclass
from ..wording import wording_of

SLASH: Literal["/"] = "/"
#: What a person may type for "/": the full-width one, the mark that a Chinese keyboard gives, 无.
SLASHES = ("/", "／", "、", "\\", "无")
Value = int | Literal["/"] | None

FEN_PER_WAN = 1_000_000
#: Spreadsheets keep 15 significant digits; a longer number, in 分 where it is money, is not what was typed.
LIMIT = 10**15 - 1

# A space may part thousands; elsewhere it parts two numbers that stand in one cell ("7 0").
_NUMBER = compiled(r"[+-]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,3}(?: [0-9]{3})+|[0-9]+)(?:\.[0-9]{1,12})?\Z")
_UNITS = compiled(r"(?:万元|亿元|元|件|条|项|笔|个|次|宗)\Z")
_MARK = compiled(r"注\s*\d*\Z")
#: No number that a cell holds is longer, with its parting marks, spaces, unit and mark.
_LONGEST = 100
_FACTOR = {"万元": FEN_PER_WAN, "亿元": FEN_PER_WAN * 10_000, "元": 100}


def reckons(text: str) -> bool:
    """Whether a sheet's formulas take a text for what :meth:`Kind.parse` reads: "/" and its likes, digits
    and nothing else, spaces around them. Other numbers in writing ("12件", "1,200") are read, not added."""
    plain = text.strip(" \u3000\u00a0")
    return not plain or plain in SLASHES or bool(re.fullmatch("[0-9]{1,15}", plain))


#: A sum of doubles differs from the decimal it shows by rounding errors: 0.1 + 0.2 is stored as
#: 0.30000000000000004. So small a part of an amount is noise, unless it could be typed: half of a seventh
#: decimal, which is more than NOISE of every amount above 50 万元.
NOISE, TYPED_DECIMAL = 1e-9, 5e-8


def _is_noise(stored: float, shown: float) -> bool:
    return abs(stored - shown) <= min(NOISE * abs(stored), TYPED_DECIMAL)


class NotANumber(GoujiError, ValueError):
    """The text or number can not be read as a content of this kind of cell without guessing."""

    def __init__(self, text: str) -> None:
        super().__init__(wording_of("gouji", "form")["not_a_number"].format(text=text))


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text in a number cell was read as.

    ``value`` as in :data:`Value`; ``mark`` a footnote mark such as ``注1`` that stood in the cell;
    ``normalised`` is true when the text was not already the canonical writing of the value.
    """

    value: Value
    mark: str | None = None
    normalised: bool = False


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of cell. ``signed`` allows a minus sign; ``money`` counts in 分 and prints in 万元."""

    name: Literal["count", "signed", "money"]
    signed: bool = False
    money: bool = False

    def legal(self, value: Value) -> bool:
        """True for blank, "/" and every number that the statutory form admits in such a cell."""
        return not isinstance(value, int) or self.signed or value >= 0

    def from_double(self, number: float) -> int:
        """The exact value of a number as a spreadsheet stores it.

        Counts must be whole. Money must be the double that stands for a decimal of at most
        6 places of 万元, but for the noise of a sum (:data:`NOISE`). Raises :class:`NotANumber` otherwise.
        """
        if isinstance(number, float) and not math.isfinite(number):
            raise NotANumber(str(number))
        factor = FEN_PER_WAN if self.money else 1
        if abs(number) > LIMIT / factor:
            raise NotANumber(repr(number))
        value = round(number * factor)
        if value / factor != number and not (self.money and _is_noise(number, value / factor)):
            raise NotANumber(repr(number))
        return value

    def is_exact(self, number: float) -> bool:
        """Whether a readable number is stored as the very double of its value, without noise."""
        return self.from_double(number) / (FEN_PER_WAN if self.money else 1) == number

    def parse(self, text: str) -> Reading:
        """Read a text typed (or published) where a number belongs.

        Full-width digits, spaces, thousands separators, 件, 万元, 元, a leading + and a footnote
        mark are taken off and reported; anything else raises :class:`NotANumber`: 2000万 is not 0
        and "12（含去年3）" is not 12 (rule ``cell-normalised``).
        """
        if any(unicodedata.category(c) == "No" for c in text):
            raise NotANumber(text)  # ² and ① would become digits of the number
        plain = unicodedata.normalize("NFKC", text).replace("\u2212", "-").strip()
        if len(plain) > _LONGEST:
            raise NotANumber(text)
        mark = None
        if found := _MARK.search(plain):
            plain, mark = plain[: found.start()].strip(), "".join(found[0].split())
        if not plain:
            return Reading(None, mark, normalised=bool(text))
        if plain in SLASHES:
            return Reading(SLASH, mark, normalised=text != SLASH)
        value = self._number(plain)
        return Reading(value, mark, normalised=text != self.show(value))

    def _number(self, plain: str) -> int:
        factor = FEN_PER_WAN if self.money else 1
        if found := _UNITS.search(plain):
            plain, unit = plain[: found.start()].rstrip(), found[0]
            if self.money != (unit in _FACTOR):
                raise NotANumber(plain + unit)
            factor = _FACTOR.get(unit, factor)
        if not _NUMBER.match(plain):
            raise NotANumber(plain)
        number = Decimal(re.sub("[, ]", "", plain)) * factor
        if number != number.to_integral_value() or abs(number) > LIMIT:
            raise NotANumber(plain)
        return int(number)

    def show(self, value: Value) -> str:
        """Canonical writing: digits for counts, 万元 without trailing zeros for money, "" for blank."""
        if value is None:
            return ""
        if not self.money or not isinstance(value, int):
            return str(value)
        whole, rest = divmod(abs(value), FEN_PER_WAN)
        sign = "-" if value < 0 else ""
        return f"{sign}{whole}" + (f".{rest:06d}".rstrip("0") if rest else "")


KINDS = {
    "count": Kind("count"),
    "signed": Kind("signed", signed=True),
    "money": Kind("money", money=True),
}
