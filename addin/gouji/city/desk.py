"""What the city office itself says of a season, beside what the units sent: names and dates, the roster, its
own texts, adjustments, 撤并, words on findings, and which of several files counts.

Plain data, whoever gives it: the office's 汇总台 (``season/``), or the options of a command. A run reads it
and never changes it. ``line``: where it stands in its list, from 1; 0 where it was not written in one."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import field

from ..records import dataclass
from .intake.roster import Roster
from .sum.adjust import Adjustment


@dataclass(frozen=True, slots=True)
class Settings:
    """设置. ``name``, ``code``, ``year``, ``edition``: the city's. ``office``: 编制单位, who signs and is
    asked; ``contact``: how to reach it; ``site``: where the report is published. ``deadline``: by when units
    report; ``extended``: by when those act whose deadline has passed; ``published``: the date below the
    report; ``today``: the day that 逾期 is counted to, None for the run's. ``include_invalid``: also sum
    reports with errors. ``prior``: last year's file or folder, ``rules``: the city's own settings, both as
    they are written, relative to the season's folder."""

    name: str
    year: int
    code: str = ""
    edition: str = ""
    office: str = ""
    contact: str = ""
    site: str = ""
    deadline: datetime.date | None = None
    published: datetime.date | None = None
    today: datetime.date | None = None
    include_invalid: bool = False
    prior: str = ""
    rules: str = ""
    extended: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class Merger:
    """撤并: one line. ``old`` went into ``new`` in the way ``way`` (并入, 更名, 分立, 撤销 …) on ``date``;
    "" for a
    ``new`` that nobody became, or an ``old`` that is newly set up."""

    old: str
    new: str
    way: str = ""
    date: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class OfficeWord:
    """说明与核实: one line on one finding. ``unit``: the roster's name, or the city's for a finding of the
    sum. ``finding``: its id (编号). ``text``: 审核说明, of the unit or of the office; ``state``: 已说明,
    已核实, 退回 or ""; ``who`` and ``when`` set it. ``numbers``: those that it was given for, () where it is
    given now."""

    unit: str
    finding: str
    text: str = ""
    state: str = ""
    who: str = ""
    when: str = ""
    numbers: tuple[str, ...] = ()
    line: int = 0


@dataclass(frozen=True, slots=True)
class Preferred:
    """以…为准: of several files of a unit this one counts. ``file``: its path in the folder, or its name."""

    unit: str
    file: str
    reason: str = ""
    line: int = 0


@dataclass(frozen=True)
class Desk:
    """All of it. ``texts``: section (引言, 一, 五, 六, 落款) -> what the office wrote; ``source``: the
    file."""

    settings: Settings
    roster: Roster
    texts: Mapping[str, str] = field(default_factory=dict)
    adjustments: tuple[Adjustment, ...] = ()
    mergers: tuple[Merger, ...] = ()
    words: tuple[OfficeWord, ...] = ()
    preferred: tuple[Preferred, ...] = ()
    source: str = ""


#: The desk of a run that has no 汇总台 and is told nothing beside its options.
NOTHING_SAID = Desk(Settings("", 0), Roster(()))
