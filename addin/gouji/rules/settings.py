"""A city's changes to the catalogue: a TOML file with ``[rule-id]`` and, in it, ``off = true``,
``level = "…"`` or parameters.

A table among the parameters may be given in part: what it does not name stays. Every name, type, limit, id,
level, pattern and template is checked, so that nothing fails later on; what is refused is said in Chinese,
with the file, the rule and what would be allowed.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from ..form import editions, load_form
from ..typed import leaves
from ..wording import wording_of
from .catalogue import CatalogueError, Rule
from .faults import TEMPLATES, named_lines, names_in, patterns_in, templates
from .finding import LEVELS

#: Settings that ship: what a notice asks for, by name.
_PRESETS = Path(__file__).with_name("presets")
#: What every template may say; see ``Rule.finding``.
ALWAYS = frozenset(("left", "right", "difference", "left_gap"))


def presets() -> dict[str, Path]:
    """Name -> file of the settings that ship, each for a notice that asks for them."""
    return {path.stem: path for path in sorted(_PRESETS.glob("*.toml"))}


class _Unfit(ValueError):
    """Why a value is no use to the rule, in Chinese."""

    def __init__(self, why: str, **names: object) -> None:
        super().__init__(wording_of("gouji.rules", "settings")[why].format(**names))


def with_settings(rules: Mapping[str, Rule], path: Path) -> dict[str, Rule]:
    """The rules with the changes of one file.

    Raises CatalogueError for an unknown rule, level or parameter, for a value that is no use to its rule, and
    for a file that is not TOML; raises OSError where it can not be read.
    """
    words = wording_of("gouji.rules", "settings")
    try:
        settings = tomllib.loads(path.read_text("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise CatalogueError(words["no_toml"].format(file=path.name, error=error)) from error
    changed = dict(rules)
    for rule_id, changes in settings.items():
        try:
            if rule_id not in rules or not isinstance(changes, dict):
                raise _Unfit("rule", rule=rule_id, near=_near(rule_id, rules))
            changed[rule_id] = _changed(rules[rule_id], dict(changes))
        except _Unfit as why:
            place = words["place"].format(rule=rule_id) if rule_id in rules else ""
            raise CatalogueError(f"{path.name}：{place}{why}") from None
    return changed


def _near(name: str, names: Iterable[str], before: str = "") -> str:
    """A question after the name that may have been meant, with what stands before it, or ""."""
    found = get_close_matches(name, sorted(names), 1)
    return str(wording_of("gouji.rules", "settings")["near"].format(name=before + found[0])) if found else ""


def _changed(rule: Rule, changes: dict[str, Any]) -> Rule:
    off = changes.pop("off", rule.off)
    level = changes.pop("level", rule.level)
    if not isinstance(off, bool) or level not in LEVELS:
        raise _Unfit("level", levels="、".join(LEVELS))
    parameters = dict(rule.parameters)
    for name, value in changes.items():
        if name not in parameters:
            raise _Unfit("parameter", name=name, near=_near(name, ["off", "level", *parameters]))
        _check(name, value, parameters[name])
        _check_for(rule, name, value)
        parameters[name] = _merged(value, parameters[name])
    return replace(rule, off=off, level=level, parameters=parameters)


def _merged(value: Any, given: Any) -> Any:
    """A table with what it leaves out as it was; anything else as it is."""
    if not isinstance(value, dict):
        return value
    return given | {key: _merged(each, given[key]) for key, each in value.items()}


def _check(name: str, value: Any, given: Any) -> None:
    """That a value is made as the shipped one is. Raises _Unfit."""
    if type(value) is not type(given):
        raise _Unfit("type", name=name)
    if isinstance(value, dict):
        for key, each in value.items():
            if key not in given:
                raise _Unfit("parameter", name=f"{name}.{key}", near=_near(key, given, f"{name}."))
            _check(f"{name}.{key}", each, given[key])
    elif isinstance(value, list):
        for each in value:
            like = [one for one in given if _shape(one) == _shape(each)]
            if not like:
                raise _Unfit("item", name=name)
            if isinstance(each, dict):
                for key, part in each.items():
                    _check(f"{name}.{key}", part, like[0][key])


def _shape(value: Any) -> object:
    return frozenset(value) if isinstance(value, dict) else type(value)


def _check_for(rule: Rule, name: str, value: Any) -> None:
    """That the rule can work with a value. Raises _Unfit."""
    if name.endswith("_level") and value not in LEVELS:
        raise _Unfit("graded", name=name, levels="、".join(LEVELS))
    if name in rule.bounds:
        low, high = rule.bounds[name]
        if not low <= value <= high:
            raise _Unfit("bounds", name=name, low=low, high=high)
    known = {part for e in editions() for full in load_form(e).names for part in (full, full[3:])}
    for key, lines in named_lines({name: value}):
        for line in leaves(lines):
            if line not in known:
                raise _Unfit("line", name=key, line=line, near=_near(line, known))
    for pattern in patterns_in(name, value):
        try:
            re.compile(pattern)
        except re.error as error:
            raise _Unfit("pattern", name=name, error=error) from None
    if name in TEMPLATES:
        fields = {*ALWAYS, *rule.parameters, *(n for _, text in templates(rule) for n in names_in(text))}
        for text in leaves(value):
            _check_template(name, text, fields)


def _check_template(name: str, text: str, known: Iterable[str]) -> None:
    try:
        unknown = names_in(text) - set(known)
    except ValueError as error:
        raise _Unfit("template", name=name, error=error) from None
    if unknown:
        raise _Unfit("placeholder", name=name, unknown=min(unknown), near=_near(min(unknown), known))
