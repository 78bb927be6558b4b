"""What the page is answered: one shape for each kind of JSON that ``desk.py`` gives.

A name with ``NotRequired`` is left out where there is nothing to say. Every text is shown as it stands.
"""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

from ..rules import Level, State

#: What a cell looks like. wrong: known what it should hold (``should``); maybe: an error may stand here;
#: warn: to be explained; unread: something stands here that is no content of such a cell; blank: not
#: filled, also where it is known what it should hold.
Paint = Literal["wrong", "maybe", "warn", "unread", "blank"]


class CellShown(TypedDict):
    """One typed cell. ``v``: its content as it is shown, or what stood there where that can not be read.

    ``should``: what it should hold, "" for nothing. ``f``: the id of the finding that speaks of it.
    ``says``: what a person is told at the cell. ``mark``: of its note. ``was``: what the file said, where
    that differs. ``source``: where a published text has it and what stands there. ``printed``: what is
    printed, as in the Word and web report, where that is not ``v``: 0 for a blank that is declared so.
    """

    v: str
    s: NotRequired[Paint]
    should: NotRequired[str]
    f: NotRequired[str]
    says: NotRequired[str]
    mark: NotRequired[str]
    was: NotRequired[str]
    source: NotRequired[str]
    printed: NotRequired[str]


class Way(TypedDict):
    """One way to mend a finding. ``cell``: its first cell's id; ``place``: ``三!D20``."""

    number: int
    text: str
    cell: str
    place: str


class Answer(TypedDict):
    """What the figure may turn out to be. ``text``: as the cell shows it; ``stands``: it is what is typed
    now."""

    text: str
    stands: bool


class Question(TypedDict):
    """The figure to look up first. ``text``: the question in words; ``place``: ``三!D20``."""

    cell: str
    place: str
    text: str
    answers: list[Answer]


class Explanation(TypedDict):
    """审核说明 of a finding. ``why``: why it does not count, or ""."""

    text: str
    state: str
    why: str
    settled: bool


class FindingShown(TypedDict):
    """One finding. ``label``: its level in words. ``left``: it only says that something is not
    filled yet. ``place``: ``三!D9`` or ``三!D9:D12``, "" where unknown.

    ``cells``: ids, those to look at first. ``section``: 一, 五, 六 or 引言, ``field``: of the cover,
    where it speaks of one; ``declared``: the table of whose declaration it speaks, "" for that of all, None
    for none. ``basis``: the sums that do not agree. ``remedy``: 怎样改. ``explains``:
    whether 审核说明 may settle it, ``key``: its 编号 in 校验, "" where it has none. ``source``: of a
    published text, what could not be read.
    """

    id: str
    rule: str
    level: Level
    label: str
    message: str
    remedy: str
    left: bool
    place: str
    cells: list[str]
    section: str
    field: str
    declared: str | None
    basis: list[str]
    ways_title: str
    ways: list[Way]
    explains: bool
    key: str
    explanation: Explanation | None
    question: Question | None


class Prior(TypedDict):
    """Last year's numbers. ``from``: given (a file that was given for it), desk (the unit's file of last
    year that lies on the desk), typed (上年数 in the file itself). ``path``: of that file, ``unit``,
    ``year`` as it says, ``number``: of the file on the desk. ``said``: a sentence."""

    source: Literal["given", "desk", "typed"]
    path: str
    unit: str
    year: int
    number: int | None
    said: str


class Imported(TypedDict):
    """A published text. ``read``, ``unread``: how many cells. ``said``: a sentence with what to do."""

    file: str
    read: int
    unread: int
    said: str


class Kept(TypedDict):
    """What the file holds that no cell of the form takes: nothing of it is lost. ``place``: where it
    stood."""

    place: str
    text: str


class Changes(TypedDict):
    """What differs from the file: ``cells``: ids, ``fields`` of the cover, ``sections``, ``notes``:
    marks; ``said``: a sentence, "" for nothing."""

    cells: list[str]
    fields: list[str]
    sections: list[str]
    notes: list[str]
    said: str


class Shown(TypedDict):
    """One file as it stands.

    ``state``: of its findings; ``calm``: nothing is wrong, only not filled yet: ``label`` then says so.
    ``counts``: by level, with ``left``: cells, fields and texts not filled, ``wrong``: errors that are no
    such, ``open``: warnings without a valid explanation. ``readable``: false where the file could not be
    read: all below it is then missing. ``form``: the key for :func:`desk.form`. ``sealed``: "", intact or
    broken; ``sealable``: "" where a sealed copy can be made, else the sentence that stands in the way.
    ``cover``: unit, code, year, period_from, period_to → text. ``declared``: 空白均为 0, the tables of which
    that is said. ``texts``: section → text. ``notes``: mark → text. ``kept``: what no cell of the form takes.
    ``undo``, ``redo``: how many steps. ``todo``: what is still to do, in the words of the workbook.
    ``returned``: what became of the 退回单 that the file brought, "" for none.
    """

    number: int
    path: str
    state: State
    calm: bool
    label: str
    counts: dict[str, int]
    findings: list[FindingShown]
    readable: bool
    unit: NotRequired[str]
    year: NotRequired[int]
    edition: NotRequired[str]
    notice: NotRequired[str]
    form: NotRequired[str]
    imported: NotRequired[Imported | None]
    sealed: NotRequired[str]
    sealable: NotRequired[str]
    prior: NotRequired[Prior | None]
    cells: NotRequired[dict[str, CellShown]]
    cover: NotRequired[dict[str, str]]
    declared: NotRequired[list[str]]
    texts: NotRequired[dict[str, str]]
    notes: NotRequired[dict[str, str]]
    kept: NotRequired[list[Kept]]
    changed: NotRequired[Changes]
    undo: NotRequired[int]
    redo: NotRequired[int]
    todo: NotRequired[str]
    returned: NotRequired[str]


class Pasted(TypedDict):
    """``shown``: as everywhere. ``filled``: how many cells took something. ``said``: a sentence on what
    was done.

    ``shift``: a sentence where the block does not belong where it was put, "" else; ``cell``: the cell at
    which it belongs, for ``pasted`` again after ``undo``, "" where its labels have put it there already.
    ``outside``: how many contents lie outside the form and were left.
    """

    shown: list[Shown]
    filled: int
    outside: int
    said: str
    shift: str
    cell: str


class BoxShown(TypedDict):
    """A rectangle of the printed grid, counted from 0. ``text``: in the lines of the official form;
    ``left``: it stands left. ``cell``: a typed cell's id; ``place``: ``三!D9``; ``name``: what is read
    aloud; ``help``: what counts there; ``unit``: 万元."""

    r: int
    c: int
    h: int
    w: int
    role: str
    text: str
    left: bool
    cell: NotRequired[str]
    place: NotRequired[str]
    name: NotRequired[str]
    help: NotRequired[str]
    unit: NotRequired[str]
    money: NotRequired[bool]
    total: NotRequired[bool]


class TableShown(TypedDict):
    """``widths`` of the grid's columns and ``heights`` of its rows in pt. ``head_rows``: at the top."""

    key: str
    rows: int
    columns: int
    head_rows: int
    label_columns: int
    widths: list[float]
    heights: list[float]
    boxes: list[BoxShown]


class SectionShown(TypedDict):
    """``hint``: what belongs there, shown while it is empty."""

    number: str
    title: str
    hint: str
    table: NotRequired[TableShown]


class FieldShown(TypedDict):
    label: str
    hint: str


class FormShown(TypedDict):
    """A form drawn once: the same key gives the same answer. ``fields``: of the cover, in order."""

    key: str
    title: str
    notice: str
    notice_title: str
    preface: str
    fields: dict[str, FieldShown]
    sections: list[SectionShown]
