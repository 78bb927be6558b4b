"""Shares in words: who makes a difference, and which units have to do something."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ...form import KINDS
from ...rules import Finding, Share
from ...wording import wording_of

#: A sentence names so many; the data has them all.
NAMED = 6


def _words(section: str) -> dict[str, str]:
    return wording_of("gouji.city.parting", section)


def why_label(share: Share) -> str:
    """Why it has a share, in words."""
    w = _words("why")
    return w["line"].format(line=share.line) if share.line else w[share.why]


def amount(number: int, money: bool = False) -> str:
    """With its sign: +3, −2; 万元 for money."""
    w, size = _words("shares"), abs(number)
    shown = KINDS["money"].show(size) if money else str(size)
    return w["zero"] if not number else w["plus" if number > 0 else "minus"].format(size=shown)


def named(shares: Sequence[Share], money: bool = False) -> str:
    """自然资源局 −2、公安局 +1: the largest first, at most six, and how many more there are."""
    w = _words("shares")
    said = w["between"].join(_each(share, money) for share in shares[:NAMED])
    rest = shares[NAMED:]
    return said + (
        w["more"].format(count=len(rest), amount=amount(sum(s.amount for s in rest), money)) if rest else ""
    )


def _each(share: Share, money: bool) -> str:
    w = _words("shares")
    key = "adjusted" if share.line else "each" if share.unit else "other"
    fields = {"unit": share.unit, "line": share.line, "why": why_label(share)}
    said = w[key].format(amount=amount(share.amount, money), **fields)
    one_year = share.unit and not share.line and share.why not in ("own", "changed")
    return w["beside_each"].format(unit=said, why=why_label(share)) if one_year else said


def beside(shares: Sequence[Share]) -> str:
    """Units that are not compared, each with why, at most six; "" where there is none."""
    w = _words("shares")
    if not shares:
        return ""
    said = w["between"].join(w["beside_each"].format(unit=s.unit, why=why_label(s)) for s in shares[:NAMED])
    more = w["beside_more"].format(count=len(shares)) if len(shares) > NAMED else ""
    return w["beside"].format(named=said + more)


def remedy(finding: Finding, shares: Iterable[Share]) -> str:
    """Who has to mend it: units to return, lines of 调整表 to look at."""
    w, shares = _words("remedies"), list(shares)
    units = [s.unit for s in shares if s.unit and not s.line]
    lines = sorted({s.line for s in shares if s.line})
    key = "ask" if finding.level == "hint" else "units"
    said = w[key].format(units=unit_list(units)) if units else ""
    if lines:
        said += w["adjusted"].format(lines="、".join(map(str, lines)))
    for why in ("rest", "rest_known"):
        said += w[why] if any(s.why == why for s in shares) else ""
    return said + (w["lawful"] if said and finding.level == "warning" else "") or finding.remedy


def rest_reasons(reasons: Sequence[str]) -> str:
    """Why last year's sum was adjusted, as its file says; "" where it does not."""
    w = _words("shares")
    return w["rest_reasons"].format(reasons=w["reasons_between"].join(reasons)) if reasons else ""


def unit_list(units: Sequence[str]) -> str:
    """At most six names, and how many there are."""
    names = "、".join(units[:NAMED])
    if len(units) <= NAMED:
        return names
    return _words("remedies")["more_units"].format(units=names, count=len(units))
