"""Seeded mutants of a workbook: what chance, programs and people can do to a file, by kind and by name.

The same workbook and seed give the same bytes on every machine. A mutant has one to four mutations, each
drawn from a generator of its own, so that leaving one out (``only``) leaves the others as they were: that is
how a failing mutant is made smaller. Most mutants are still ZIP files that open.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator
from random import Random
from typing import Any, NamedTuple

from support.mutating import in_package, in_sheets, in_values, in_xml, in_zip
from support.mutating.in_package import Part, Parts, is_sheet
from support.packages import Forger

#: How often each family is drawn; within it every mutation as often as another.
_FAMILIES: tuple[tuple[str, int, tuple[Callable[..., Any], ...]], ...] = (
    ("value", 42, in_values.ALL),
    ("sheet", 22, in_sheets.ALL),
    ("xml", 18, in_xml.ALL),
    ("package", 12, in_package.ALL),
    ("zip", 6, in_zip.ALL),
)
#: What must come after the others, or the others would find no tag or no part any more.
_LATE = {in_xml.encoded: 1, in_xml.prefixed: 1}
_LEVEL = 1


class Mutant(NamedTuple):
    """``names``: what was done, as "mutation@part"."""

    seed: int
    names: tuple[str, ...]
    data: bytes


class _Step(NamedTuple):
    order: int
    family: str
    mutate: Callable[..., Any]
    chance: Random


class Package:
    """A workbook taken apart, with what does not change deflated once."""

    def __init__(self, data: bytes, others: Iterable[bytes] = ()) -> None:
        """``others``: workbooks that parts are taken from."""
        self.parts = _parts_of(data)
        self._others = [part for other in others for part in _parts_of(other)]
        self._packed = {part.data: _deflated(part.data) for part in self.parts}
        #: Sheets by how much is typed in them: tables are struck more often than the list of help.
        self._weights = {part.name: min(60, 3 + _typed(part.data)) for part in self.parts if is_sheet(part)}

    def mutant(self, seed: int, only: Collection[int] | None = None) -> Mutant:
        """The mutant of a seed. ``only``: of its mutations those with these numbers, from 0."""
        steps = _steps(seed)
        parts, names = Parts(self.parts), list[str]()
        parts.others = self._others
        done = [step for number, step in enumerate(steps) if only is None or number in only]
        packed = [step for step in done if step.family == "zip"]
        for step in (step for step in done if step.family != "zip"):
            names.append(f"{step.mutate.__name__}@{self._apply(step, parts)}")
        data = self._pack(parts)
        for step in packed:
            if len(data) > 1:
                data = step.mutate(data, step.chance)
            names.append(f"{step.mutate.__name__}@zip")
        return Mutant(seed, tuple(names), data)

    def _apply(self, step: _Step, parts: Parts) -> str:
        """Returns where."""
        if step.family == "package":
            step.mutate(parts, step.chance)
            return "package"
        at = self._struck(step, parts)
        if at is None:
            return "nowhere"
        parts[at] = Part(parts[at].name, step.mutate(parts[at].data, step.chance))
        return parts[at].name

    def _struck(self, step: _Step, parts: Parts) -> int | None:
        """The number of the part that a mutation changes."""
        sheets = [at for at, part in enumerate(parts) if part.name in self._weights]
        rest = [at for at, part in enumerate(parts) if part.name.endswith((".xml", ".rels"))]
        strings = [at for at, part in enumerate(parts) if part.name == in_package.STRINGS]
        share = step.chance.random()
        if step.family == "value" and share < 0.1 and strings:
            return strings[0]
        if step.family == "xml" and share < 0.4 and rest:
            return step.chance.choice(rest)
        if not sheets:
            return None
        return step.chance.choices(sheets, [self._weights[parts[at].name] for at in sheets])[0]

    def _pack(self, parts: Parts) -> bytes:
        forger = Forger()
        for part in parts:
            body = self._packed.get(part.data)
            forger.add(part.name, part.data, packed=body if body is not None else _deflated(part.data))
        return forger.finish()


def _parts_of(data: bytes) -> Parts:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return Parts(Part(name, archive.read(name)) for name in archive.namelist())


def _steps(seed: int) -> list[_Step]:
    """The mutations of a seed, those that must come late at the end."""
    draw = Random(f"mutant {seed}")
    count = draw.choices((1, 2, 3, 4), (55, 25, 12, 8))[0]
    steps = []
    for number in range(count):
        family, _, mutations = draw.choices(_FAMILIES, [weight for _, weight, _ in _FAMILIES])[0]
        mutate = draw.choice(mutations)
        steps.append(_Step(_LATE.get(mutate, 0), family, mutate, Random(f"mutant {seed}/{number}")))
    return sorted(steps, key=lambda step: step.order)


def _typed(xml: bytes) -> int:
    """How many cells hold a value without a formula, nearly."""
    return xml.count(b"<v>") - xml.count(b"</f>")


def _deflated(data: bytes) -> bytes:
    stream = zlib.compressobj(_LEVEL, zlib.DEFLATED, -15)
    return stream.compress(data) + stream.flush()


def named_mutants(data: bytes, seed: int, count: int) -> Iterator[Mutant]:
    """Mutants of one workbook, of the seeds from ``seed`` on."""
    package = Package(data)
    for number in range(seed, seed + count):
        yield package.mutant(number)


def mutants(data: bytes, seed: int, count: int) -> Iterator[bytes]:
    """The bytes of ``named_mutants``."""
    for mutant in named_mutants(data, seed, count):
        yield mutant.data


def smaller(package: Package, seed: int, fails: Callable[[Mutant], bool]) -> Mutant:
    """The mutant of a seed with as few of its mutations as still fail."""
    kept = set(range(len(_steps(seed))))
    for number in sorted(kept):
        if len(kept) > 1 and fails(package.mutant(seed, kept - {number})):
            kept.discard(number)
    return package.mutant(seed, kept)


def names_of(seed: int) -> list[str]:
    """What is done for a seed, without the places."""
    return [step.mutate.__name__ for step in _steps(seed)]


def all_names() -> list[str]:
    """Every mutation there is, by name."""
    return [mutate.__name__ for _, _, mutations in _FAMILIES for mutate in mutations]
