"""The seal of integrity of an output: by which program, rules and run it was made, of which files.

Plain data. Time and number are those of the run, so that equal runs give equal outputs. A check against
accidents, not a signature: whoever has the program can make one.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path, PureWindowsPath
from typing import TYPE_CHECKING, Any, NamedTuple

from ... import __version__
from ...records import dataclass
from ...text import seen_json

if TYPE_CHECKING:
    from ..consolidate import Consolidation
    from ..intake.sorting import Filed


#: How the path of a file begins that does not lie in the folder of what units sent.
BESIDE = "../"
#: What programs leave beside files, and may be gone at any time.
_PASSING = ("lock", "leftover")


class Input(NamedTuple):
    """``file``: its path in the folder of what units sent, with "/" (``../汇总台.xlsx`` for what lies beside
    it). ``sha256``: "" where its content was not read. ``unit``, ``status``: whose it is and what became of
    it, "" where it is no unit's."""

    file: str
    sha256: str
    unit: str = ""
    status: str = ""

    @property
    def is_beside(self) -> bool:
        """Whether it is no file that units sent."""
        return self.file.startswith(BESIDE) or PureWindowsPath(self.file).is_absolute()

    @property
    def is_named(self) -> bool:
        return self.file not in ("", BESIDE)

    @property
    def is_unread(self) -> bool:
        """Whether it lay there and nobody looked into it."""
        return not self.sha256 and self.status not in _PASSING


@dataclass(frozen=True, slots=True)
class Stamp:
    """``tool``: version of the program; ``rules``: digest of the active rules; ``time``: ISO 8601 or "".
    ``unit``: the one unit that the output is about, "" for all."""

    tool: str
    rules: str
    city: str
    year: int
    run: int
    time: str
    inputs: tuple[Input, ...] = ()
    unit: str = ""

    def of(self, unit: str) -> Stamp:
        """For an output about one unit: of its own files alone."""
        own = tuple(one for one in self.inputs if one.unit == unit)
        return replace(self, inputs=own, unit=unit)

    def published(self) -> Stamp:
        """For an output that the public reads: which files went in can be proved, and not what they are
        called or what became of them; those that units did not send stay apart."""
        inputs = (Input(BESIDE if one.is_beside else "", one.sha256) for one in self.inputs if one.sha256)
        return replace(self, inputs=tuple(sorted(inputs)))

    def to_data(self) -> dict[str, Any]:
        """As JSON holds it; an input is a list of its four texts."""
        said = {name: getattr(self, name) for name in self.__slots__}
        return said | {"inputs": [list(one) for one in self.inputs]}

    @classmethod
    def from_data(cls, data: Any) -> Stamp:
        """What :meth:`to_data` gave. Raises ValueError for anything else."""
        try:
            said = {name: data[name] for name in cls.__slots__}
            inputs = tuple(Input(*one) for one in said.pop("inputs"))
            texts = [said[name] for name in ("tool", "rules", "city", "time", "unit")]
            whole = [said["year"], said["run"]]
        except (KeyError, TypeError) as error:
            raise ValueError(str(error)) from error
        texts += [text for one in inputs for text in one]
        if not all(isinstance(text, str) for text in texts) or not all(type(n) is int for n in whole):
            raise ValueError("stamp")
        return cls(**said, inputs=inputs)


def stamp(city: Consolidation, beside: Mapping[str, str] | None = None) -> Stamp:
    """The stamp of a run's outputs. ``beside``: further files that it read (汇总台, roster, last year) ->
    sha256, by their path from the folder of what units sent."""
    filed = [*city.intake.files, *city.intake.set_aside]
    inputs = [*_inputs(filed), *(Input(file, sha256) for file, sha256 in (beside or {}).items())]
    time = city.run.time.isoformat() if city.run.time else ""
    whose = (city.report.unit, city.report.year, city.run.number, time)
    return Stamp(__version__, city.rules.digest, *whose, tuple(sorted(inputs)))


def _inputs(filed: Iterable[Filed]) -> Iterable[Input]:
    for one in filed:
        unit = one.unit.name if one.unit else ""
        yield Input(one.submission.file, one.submission.sha256, unit, one.status)


def stamp_text(stamp: Stamp, content: str) -> str:
    """The one part of an output: the stamp, and the digest of all that is not in this part."""
    return seen_json(json.dumps(stamp.to_data() | {"content": content}, ensure_ascii=False))


def read_stamp(text: str | bytes) -> tuple[Stamp, str]:
    """A stamp and the digest of the rest. Raises ValueError where the text is no stamp."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ValueError(str(error)) from error
    if not isinstance(data, dict) or not isinstance(data.get("content"), str):
        raise ValueError("stamp")
    return Stamp.from_data(data), data["content"]


def way(file: Path, sent: Path) -> str:
    """The path of a file that units did not send, from where their files lie: ``../汇总台.xlsx``; of one on
    another drive its own."""
    try:
        return Path(os.path.relpath(file, sent)).as_posix()
    except ValueError:
        return file.absolute().as_posix()
