"""The rule catalogue: data in ``entries/*.toml``, one file a subject, loaded once.

An entry is ``[rule-id]`` with ``number`` (in the domain's list of rules), ``level``, ``editions``
(both where not given), ``statute``, ``title``, ``message``, ``remedy``, ``parameters`` and ``live``
(whether plain formulas can decide it). Functions that decide a rule look up their wording here and
hold none. Three more, where a rule has them: ``relation``, arithmetic between cells (read by
``relations.py``); ``under``, the rule whose finding swallows this one's at the same place;
``bounds``, for a parameter the least and the greatest value with which the rule can still fire.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from ..errors import GoujiError
from ..form import editions
from ..wording import wording_of
from .finding import LEVELS, Finding, Level

_FIELDS = frozenset(
    (
        "number",
        "level",
        "editions",
        "statute",
        "title",
        "message",
        "remedy",
        "live",
        "parameters",
        "relation",
        "under",
        "bounds",
    )
)


class CatalogueError(GoujiError, ValueError):
    """A catalogue or a city's settings file is not what the rules need; says which entry and why."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One entry. ``message`` and ``remedy`` are templates over the names that the check hands in."""

    id: str
    number: int
    level: Level
    editions: tuple[str, ...]
    statute: str
    title: str
    message: str
    remedy: str
    live: bool = False
    parameters: Mapping[str, Any] = field(default_factory=dict)
    relation: Mapping[str, Any] | None = None
    under: str = ""
    bounds: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    off: bool = False

    def no_graver_than(self, parameter: str) -> Level:
        """The level of a graded rule's milder case: the parameter's level, or the rule's if milder."""
        return min(self.level, self.parameters[parameter], key=LEVELS.index)

    def finding(
        self,
        place: str,
        cells: tuple[str, ...] = (),
        *,
        left: int | None = None,
        right: int | None = None,
        money: bool = False,
        level: Level | None = None,
        message: str | None = None,
        remedy: str | None = None,
        **names: object,
    ) -> Finding:
        """A finding of this rule. ``names`` fill the templates beside left, right, difference and the
        gaps: ``left_gap`` is what left has more or less than right (多 3, 少 3), ``right_gap`` the reverse.

        ``level``: for rules that grade (a carry-over against a sealed or a typed year). ``message``,
        ``remedy``: keys in ``parameters["messages"]`` and ``["remedies"]`` of other words for the same rule.
        """
        bare = Finding(self.id, place, level or self.level, "", "", cells, left, right, money)
        shown = {
            "left": bare.number(left),
            "right": bare.number(right),
            "difference": bare.number(bare.difference),
            "left_gap": _gap(bare),
            "right_gap": _gap(bare.but(left=right, right=left)),
            **{name: _shown(value) for name, value in {**self.parameters, **names}.items()},
        }
        template = self.parameters["messages"][message] if message else self.message
        mend = self.parameters["remedies"][remedy] if remedy else self.remedy
        return bare.but(message=template.format_map(shown), remedy=mend.format_map(shown))


def _gap(finding: Finding) -> str:
    """多 3 or 少 3: left as against right; "" where a side is missing or both are equal."""
    if not finding.difference:
        return ""
    words = wording_of("gouji.rules", "gap")
    size = finding.number(abs(finding.difference))
    return str(words["more" if finding.difference > 0 else "less"].format(size=size))


def _shown(value: object) -> object:
    """Lists of words are printed as words."""
    return "、".join(map(str, value)) if isinstance(value, list | tuple) else value


@dataclass(frozen=True)
class Catalogue:
    """All rules by id, with a city's changes applied.

    ``made``: what has been derived from the rules, by form, so that it is derived once.
    """

    rules: Mapping[str, Rule]
    made: dict[str, Any] = field(default_factory=dict, init=False, compare=False, repr=False)

    def __getitem__(self, rule_id: str) -> Rule:
        return self.rules[rule_id]

    def active(self, rule_id: str, edition: str | None = None) -> bool:
        rule = self.rules[rule_id]
        return not rule.off and (edition is None or edition in rule.editions)

    def with_settings(self, path: Path) -> Catalogue:
        """Apply a city's TOML file: ``[rule-id]`` with ``off = true``, ``level = "…"`` or parameters.

        Raises :class:`CatalogueError` for an unknown rule, level or parameter, and for a file that
        is not TOML; raises OSError where it can not be read.
        """
        try:
            settings = tomllib.loads(path.read_text("utf-8-sig"))
        except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise CatalogueError(f"{path.name} 不是有效的 TOML 文件：{error}") from error
        rules = dict(self.rules)
        for rule_id, changes in settings.items():
            if rule_id not in rules or not isinstance(changes, dict):
                raise CatalogueError(f"{path.name}：没有编号为“{rule_id}”的规则")
            rules[rule_id] = _changed(rules[rule_id], dict(changes), path.name)
        return Catalogue(rules)


def _changed(rule: Rule, changes: dict[str, Any], source: str) -> Rule:
    off = changes.pop("off", rule.off)
    level = changes.pop("level", rule.level)
    if not isinstance(off, bool) or level not in LEVELS:
        raise CatalogueError(f"{source}：[{rule.id}] 的 off 应为 true/false，level 应为 {'、'.join(LEVELS)}")
    for name, value in changes.items():
        if name not in rule.parameters or type(value) is not type(rule.parameters[name]):
            raise CatalogueError(f"{source}：[{rule.id}] 没有参数“{name}”，或其类型不对")
        if why := _unfit(rule, name, value):
            raise CatalogueError(f"{source}：[{rule.id}] 的参数“{name}”{why}")
    return replace(rule, off=off, level=level, parameters={**rule.parameters, **changes})


def _unfit(rule: Rule, name: str, value: Any) -> str:
    """Why a value of the right type is no use to the rule, or ""."""
    if name.endswith("_level") and value not in LEVELS:
        return f"应为 {'、'.join(LEVELS)}"
    if name in rule.bounds and not rule.bounds[name][0] <= value <= rule.bounds[name][1]:
        low, high = rule.bounds[name]
        return f"应在 {low} 至 {high} 之间，否则该规则不起作用"
    if isinstance(value, list):
        shapes = {_shape(each) for each in rule.parameters[name]}
        if not {_shape(each) for each in value} <= shapes:
            return "的各项与原有各项格式不一致"
    try:
        for pattern in patterns_in(name, value):
            re.compile(pattern)
    except re.error as error:
        return f"不是有效的正则表达式（{error}）"
    return ""


def _shape(value: Any) -> object:
    return frozenset(value) if isinstance(value, dict) else type(value)


def patterns_in(name: str, value: Any) -> list[str]:
    """The regular expressions that a parameter holds: those under a name that begins with ``pattern``."""
    if isinstance(value, dict):
        return [p for key, each in value.items() for p in patterns_in(key, each)]
    if isinstance(value, list):
        return [p for each in value for p in patterns_in(name, each)]
    return [value] if name.startswith("pattern") and isinstance(value, str) else []


@cache
def catalogue() -> Catalogue:
    """The catalogue that ships with the package."""
    rules: dict[str, Rule] = {}
    for file in sorted(resources.files(__package__).joinpath("entries").iterdir(), key=lambda f: f.name):
        for rule_id, entry in tomllib.loads(file.read_text("utf-8")).items():
            if rule_id in rules or not _FIELDS.issuperset(entry):
                raise CatalogueError(f"{file.name}: [{rule_id}]")
            entry["editions"] = tuple(entry.get("editions", editions()))
            rules[rule_id] = Rule(id=rule_id, **entry)
    return Catalogue(rules)
