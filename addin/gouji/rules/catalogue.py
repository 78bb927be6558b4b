"""The rule catalogue: data in ``entries/*.toml``, one file a subject, checked by the tests, loaded once.

An entry is ``[rule-id]`` with ``level``, ``statute``, ``title``, ``message``, ``remedy``, ``parameters``
and ``live`` (whether plain formulas can decide it: true, false, or "part": the rest only Python knows).
Functions that decide a rule look up their wording here and hold none. More, where a rule has it:

``since``, ``until``: the first and the last edition for which it holds.
``needs``: rows, columns (``t3.unpaid``) and cells (``t3.unpaid.total``) without which it says nothing.
``relation``: arithmetic between cells (read by ``relations.py``); it needs the lines that it names.
``under``: the rule whose finding swallows this one's at the same place.
``quiet_beside_error``: not said of a cell that an error names (``hush.py``).
``explainable``: an error that the city office may settle with a word of its own where it is lawful
(``city/approving``); any other error can only be corrected.
``about``: ``cell-state`` (what one cell holds) or ``prose`` (a number in a text); such a finding goes under
the cause that explains it (``locate``).
``off``: speaks only where a city switches it on.
``bounds``: for a parameter the least and the greatest value with which the rule can still fire.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Literal

from ..errors import GoujiError
from ..form import Form, TableKey
from ..form.model import TABLE_IDS
from ..records import dataclass
from ..shipped import shipped
from .finding import LEVELS, Finding, Level
from .gap import gap

#: Whether plain formulas decide a rule.
Live = bool | Literal["part"]


class CatalogueError(GoujiError, ValueError):
    """A catalogue or a city's settings file is not what the rules need; says which entry and why."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One entry. ``message`` and ``remedy`` are templates over the names that the check hands in.

    ``subject``: the entries' file in which it stands, without the ending.
    """

    id: str
    subject: str
    level: Level
    statute: str
    title: str
    message: str
    remedy: str
    live: Live = False
    since: str = ""
    until: str = ""
    needs: tuple[str, ...] = ()
    under: str = ""
    quiet_beside_error: bool = False
    explainable: bool = False
    about: Literal["", "cell-state", "prose"] = ""
    relation: Mapping[str, Any] | None = None
    parameters: Mapping[str, Any] = field(default_factory=dict)
    bounds: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    off: bool = False

    @property
    def table(self) -> TableKey | None:
        """The table that the rule is about, whose edition then counts; None: the report as a whole."""
        if self.relation:
            table: TableKey = self.relation["table"]
            return table
        ids = {need.partition(".")[0] for need in self.needs}
        return next((key for key, table_id in TABLE_IDS.items() if table_id in ids), None)

    def switched(self, *, off: bool) -> Rule:
        """The rule switched on or off."""
        return replace(self, off=off)

    def silence(self, form: Form) -> str:
        """Why the rule has nothing to say on this form, in English for the linter; "" where it may speak."""
        edition = form.tables[self.table].edition if self.table else form.edition
        if self.off:
            return "switched off"
        if edition < self.since:
            return f"since {self.since}"
        if self.until and edition > self.until:
            return f"until {self.until}"
        missing = [need for need in self.needs if need not in form.names]
        return f"needs {', '.join(missing)}" if missing else ""

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
        """A finding of this rule. ``names`` fill the templates beside left, right, difference and
        ``left_gap``: what left has more or less than right (多 3, 少 3).

        ``level``: for rules that grade (a carry-over against a sealed or a typed year). ``message``,
        ``remedy``: keys in ``parameters["messages"]`` and ``["remedies"]`` of other words for the same rule.
        """
        level = level or self.level
        bare = Finding(self.id, place, level, "", "", cells, left, right, money)
        shown = {
            "left": bare.number(left),
            "right": bare.number(right),
            "difference": bare.number(bare.difference),
            "left_gap": gap(bare.difference, bare.number) if bare.difference else "",
            **{name: _shown(value) for name, value in {**self.parameters, **names}.items()},
        }
        template = self.parameters["messages"][message] if message else self.message
        mend = self.parameters["remedies"][remedy] if remedy else self.remedy
        said, mending = template.format_map(shown), mend.format_map(shown)
        return Finding(self.id, place, level, said, mending, cells, left, right, money)


def _shown(value: object) -> object:
    """Lists of words are printed as words."""
    return "、".join(map(str, value)) if isinstance(value, list | tuple) else value


@dataclass(frozen=True)
class Catalogue:
    """All rules by id, with a city's changes applied.

    ``made``: what has been derived from the rules, by form, so that it is derived once; ``readers``: what
    reads numbers in texts, by year.
    """

    rules: Mapping[str, Rule]
    made: dict[Form, Any] = field(default_factory=dict, init=False, compare=False, repr=False)
    readers: dict[int, Any] = field(default_factory=dict, init=False, compare=False, repr=False)

    def __getitem__(self, rule_id: str) -> Rule:
        return self.rules[rule_id]

    def __reduce__(self) -> tuple[type[Catalogue], tuple[Mapping[str, Rule]]]:
        """Another process derives what it needs itself: what was derived is large and holds locks."""
        return Catalogue, (self.rules,)

    @cached_property
    def digest(self) -> str:
        """sha256 over the active rules: ids, levels and parameters."""
        import hashlib
        import json

        active = [(r.id, r.level, sorted(r.parameters.items())) for r in self.rules.values() if not r.off]
        text = json.dumps(active, ensure_ascii=False, sort_keys=True, default=str)
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    def active(self, rule_id: str, form: Form | None = None) -> bool:
        """Whether the rule is switched on and, where a form is given, may speak on it."""
        rule = self.rules[rule_id]
        return not (rule.silence(form) if form else rule.off)

    def with_settings(self, path: Path) -> Catalogue:
        """With a city's TOML file applied, or, where there is none of that name, one that ships
        (``overview-2025``); see ``settings.py``. Raises CatalogueError and OSError."""
        from .settings import presets, with_settings

        shipped = None if path.exists() else presets().get(str(path))
        return Catalogue(with_settings(self.rules, shipped or path))


@cache
def catalogue() -> Catalogue:
    """The catalogue that ships with the package, as its tests have checked it (:func:`rules_of`)."""
    entries = Path(__file__).with_name("entries")
    files = (path for path in sorted(entries.iterdir()) if path.suffix == ".toml")
    return Catalogue(_rules({file.name: shipped(str(file)) for file in files}))


def rules_of(files: Mapping[str, str]) -> dict[str, Rule]:
    """The rules of entries' files, name -> text, by id, in the order of the names.

    Raises CatalogueError, a line for each fault: file, entry and key, what is wrong, what is allowed.
    """
    # Here, not above: the catalogue that ships needs neither them nor msgspec at each start.
    from .faults import faults
    from .schema import read_entries

    entries = {file: read_entries(text, file, CatalogueError) for file, text in sorted(files.items())}
    rules = _rules(entries)
    sources = {rule_id: file for file, found in entries.items() for rule_id in found}
    if found := [f"{sources[rule]}: [{rule}]{key}: {what}" for rule, key, what in faults(rules)]:
        raise CatalogueError("\n".join(found))
    return rules


def _rules(files: Mapping[str, Mapping[str, Any]]) -> dict[str, Rule]:
    """Raises CatalogueError where one rule stands twice."""
    rules: dict[str, Rule] = {}
    for file, entries in files.items():
        for rule_id, entry in entries.items():
            subject = file.removesuffix(".toml")
            if rule_id in rules:
                raise CatalogueError(f"{file}: [{rule_id}] stands in {rules[rule_id].subject}.toml already")
            needs = tuple(entry.get("needs", ()))
            bounds = {name: (low, high) for name, (low, high) in entry.get("bounds", {}).items()}
            rules[rule_id] = Rule(id=rule_id, subject=subject, **{**entry, "needs": needs, "bounds": bounds})
    return rules
