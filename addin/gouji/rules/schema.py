"""What a catalogue entry may say: its keys and the type of each. What must fit together is in ``faults.py``.

How to read an entry: see ``catalogue.py``. The entries that ship are checked by the tests; to load them needs
neither this module nor msgspec.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from msgspec import Meta, Struct, field

from ..form import TableKey
from ..typed import parse_toml, typed
from .finding import Level

Words = Annotated[str, Meta(pattern=r"\S")]
Edition = Annotated[str, Meta(pattern=r"^[0-9]{4}$")]
#: ``t3.new``, a row or column; ``t3.new.total``, a cell.
Need = Annotated[str, Meta(pattern=r"^t[234](\.[a-z][a-z0-9_]*){1,2}$")]
#: See ``relations.py``.
TermText = Annotated[str, Meta(pattern=r"^-?([1-9][0-9]*\*)?(prior\.)?[a-z][a-z0-9_.]*$")]


class Strict(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A table of the file; any other key is refused."""


class RelationData(Strict, frozen=True):
    table: TableKey
    each: Literal["row", "column", "form"]
    holds: Literal["=", "<=", ">=", "zero-together"] = field(name="is")
    left: tuple[TermText, ...] | None = None
    right: tuple[TermText, ...] | None = None
    only: Annotated[tuple[str, ...], Meta(min_length=1)] | None = None
    carry_over: bool = False
    sums: bool = False


class RowsData(Strict, frozen=True):
    """Rows of table 三 by what they are to the rule, and the column in which it reads them."""

    column: str
    part: str | None = None
    whole: tuple[str, ...] | None = None
    received: str | None = None
    processed: str | None = None


class CountData(Strict, frozen=True, kw_only=True):
    """A count that a text may state (``statements.py``): how it is said, the cells that it may be the sum of.

    Several entries may have one id; the first has name and cells, and the ``family`` of counts that are said
    together where several differ. ``topic``: what its sentence must be about. ``pattern_label``: its printed
    words, for the shapes that all such counts share (``patterns_label``). ``patterns_shared``: one number
    for several counts (均为 0 件). ``entire``: never a part of another number. ``weak``: not read where the
    count is stated by itself. ``pattern_refuses``: not with this in its clause; ``pattern_absent``: nor with
    this in its sentence. ``beside``: no cell of the form holds it. ``examples``: text and number; ``silent``:
    texts that do not state it.
    """

    id: str
    topic: Words
    name: Words = ""
    family: str = ""
    patterns: tuple[str, ...] = ()
    patterns_shared: tuple[str, ...] = ()
    patterns_none: tuple[str, ...] = ()
    pattern_label: str = ""
    pattern_refuses: str = ""
    pattern_absent: str = ""
    entire: bool = False
    weak: bool = False
    cells: tuple[tuple[str, ...], ...] = ()
    beside: bool = False
    examples: Annotated[tuple[tuple[Words, int], ...], Meta(min_length=1)]
    silent: Annotated[tuple[Words, ...], Meta(min_length=1)]


class TopicData(Strict, frozen=True):
    """What a sentence is about, by its words or by the section in which it stands."""

    pattern_requires: str
    sections: tuple[str, ...]


class ScopesData(Strict, frozen=True):
    """Words that turn a sentence to another year, or to parts (``scopes.py``)."""

    pattern_parts: str
    pattern_span: str
    pattern_compared: str
    pattern_open: str
    pattern_year: str
    pattern_last: str
    pattern_this: str


class PartData(Strict, frozen=True):
    """What a text must speak of: how it is called, and how it is found."""

    name: Words
    pattern: str


class ReasonData(Strict, frozen=True):
    weight: int
    text: str


class PatternData(Strict, frozen=True):
    weight: int
    more: Words
    less: Words


class ShapeData(Strict, frozen=True):
    """What an injected text looks like; ``excused``: not where the same sentence fights it."""

    pattern: str
    excused: bool


class Parameters(Strict, frozen=True):
    """Every name that a parameter may have, whichever rule has it."""

    # Texts of the rule beside message and remedy.
    messages: dict[str, Words] | None = None
    remedies: dict[str, Words] | None = None
    phrases: dict[str, str] | None = None
    choices: tuple[Words, ...] | None = None
    fields: dict[str, Words] | None = None
    words: dict[str, Words] | tuple[Words, ...] | None = None
    block: Words | None = None

    # Levels of a graded rule's milder cases.
    imported_level: Level | None = None
    moved_level: Level | None = None
    accounted_level: Level | None = None
    normalised_level: Level | None = None
    table_level: Level | None = None
    unknown_level: Level | None = None
    differs_level: Level | None = None
    empty_level: Level | None = None
    prior_level: Level | None = None
    text_level: Level | None = None
    unread_level: Level | None = None
    unsealed_level: Level | None = None
    volatile_level: Level | None = None

    # Limits.
    department_limit: int | None = None
    government_limit: int | None = None
    township_limit: int | None = None
    purchase_limit: int | None = None
    after: int | None = None
    apart_from: int | None = None
    around: int | None = None
    before: int | None = None
    deviations: int | None = None
    difference_from: int | None = None
    digit_from: int | None = None
    digit_percent: tuple[int, int] | None = None
    factor: int | None = None
    filled_from: int | None = None
    from_: int | None = field(default=None, name="from")
    gram: int | None = None
    many: int | None = None
    numbers_from: int | None = None
    peers_from: int | None = None
    percent: int | None = None
    rounding_fen_per_unit: int | None = None
    shortest: int | None = None
    stale_from: int | None = None
    tolerance_permille: int | None = None
    zero_from: int | None = None

    # Rows, columns and cells.
    cell: str | None = None
    row: str | None = None
    rows: RowsData | tuple[str, ...] | None = None
    column: str | None = None
    columns: tuple[str, ...] | None = None
    whole: str | None = None
    sizes: tuple[str, ...] | None = None
    steady: tuple[str, ...] | None = None
    skip: tuple[str, ...] | None = None
    section: str | None = None
    sections: tuple[str, str] | None = None
    asked: tuple[PartData, ...] | None = None
    most: int | None = None

    # Regular expressions over texts.
    counts: tuple[CountData, ...] | None = None
    topics: dict[str, TopicData] | None = None
    scopes: ScopesData | None = None
    count: str | None = None
    money_units: dict[str, int] | None = None
    up: tuple[Words, ...] | None = None
    pattern: str | None = None
    pattern_deed: str | None = None
    pattern_dated: str | None = None
    pattern_department: str | None = None
    pattern_government: str | None = None
    pattern_again: str | None = None
    pattern_claim: str | None = None
    pattern_elsewhere: str | None = None
    pattern_heading: str | None = None
    pattern_lead: str | None = None
    pattern_all: str | None = None
    pattern_body: str | None = None
    pattern_office: str | None = None
    pattern_own: str | None = None
    pattern_partial: str | None = None
    pattern_township: str | None = None
    pattern_subject: str | None = None
    pattern_telling: str | None = None
    patterns_label: tuple[str, ...] | None = None
    patterns_named: dict[str, str] | None = None
    pattern_matters: str | None = None
    pattern_problems: str | None = None
    pattern_plan: str | None = None
    pattern_year: str | None = None
    patterns_outright: tuple[str, ...] | None = None
    patterns_preface: tuple[str, ...] | None = None

    # Advertising injected into a text: lists of expressions, and the shapes that are made of them.
    shapes: tuple[ShapeData, ...] | None = None
    traditional: tuple[Words, ...] | None = None
    pattern_excuse: str | None = None
    patterns_call: tuple[str, ...] | None = None
    patterns_contact: tuple[str, ...] | None = None
    patterns_link: tuple[str, ...] | None = None
    patterns_near_link: tuple[str, ...] | None = None
    patterns_near_number: tuple[str, ...] | None = None
    patterns_near_odd: tuple[str, ...] | None = None
    patterns_number_link: tuple[str, ...] | None = None
    patterns_odd_link: tuple[str, ...] | None = None
    patterns_offer: tuple[str, ...] | None = None
    patterns_sign: tuple[str, ...] | None = None
    patterns_trade: tuple[str, ...] | None = None
    patterns_vice: tuple[str, ...] | None = None

    # Weights of causes (``locate/rank.py``).
    reasons: dict[str, ReasonData] | None = None
    favour: dict[str, int] | None = None
    against: dict[str, int] | None = None
    patterns: dict[str, int | PatternData] | None = None
    tied: int | None = None


class RuleData(Strict, frozen=True):
    level: Level
    statute: Words
    title: Words
    message: Words
    remedy: Words
    live: bool | Literal["part"] = False
    off: bool = False
    since: Edition = ""
    until: Edition = ""
    needs: tuple[Need, ...] = ()
    under: str = ""
    quiet_beside_error: bool = False
    explainable: bool = False
    about: Literal["", "cell-state", "prose"] = ""
    relation: RelationData | None = None
    parameters: Parameters = Parameters()
    bounds: dict[str, tuple[int, int]] = {}


def read_entries(text: str, file: str, error: type[ValueError]) -> dict[str, dict[str, Any]]:
    """Rule id -> its entry, of which every key is known and of its type.

    Raises ``error``: file, entry and key, what is wrong, what is allowed.
    """
    entries = parse_toml(text, file, error)
    for rule_id, entry in entries.items():
        typed(entry, RuleData, file, error, f"[{rule_id}]")
    return entries
