"""Dataclasses of our own do what the standard library's do."""

from __future__ import annotations

import ast
import copy
import dataclasses
import pickle
import subprocess
import sys
from collections.abc import Callable
from dataclasses import FrozenInstanceError, asdict, field, fields, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

import gouji
from gouji import records
from gouji.records import dataclass

PACKAGE = Path(gouji.__file__).parent
MAKERS: list[Callable[..., Any]] = [dataclass, dataclasses.dataclass]
KINDS = [{}, {"slots": True}, {"frozen": True}, {"frozen": True, "slots": True}]


def made(maker: Callable[..., Any], **how: bool) -> Any:
    """The same class by either maker."""

    @maker(**how)
    class Unit:
        """A unit."""

        name: str
        year: int = 2024
        notes: list[str] = field(default_factory=list)
        seen: dict[str, int] = field(default_factory=dict, compare=False, repr=False)

        @property
        def shown(self) -> str:
            return f"{self.name} {self.year}"

    return Unit


@dataclass(frozen=True, slots=True)
class Frozen:
    name: str
    parts: tuple[int, ...] = ()


@dataclass(slots=True)
class Open:
    name: str
    parts: list[int] = field(default_factory=list)
    found: int = field(init=False, default=3)


@dataclass(frozen=True)
class Counted:
    parts: tuple[int, ...]

    def __post_init__(self) -> None:
        if not self.parts:
            raise ValueError("no part")

    @cached_property
    def count(self) -> int:
        return len(self.parts)


@dataclass
class Base:
    name: str
    late: int = field(init=False)


@dataclass
class Below(Base):
    more: int = 0


def outcome(act: Callable[[], object]) -> object:
    """What comes of it: a value, or the error and what it says."""
    try:
        return act()
    except Exception as error:
        return type(error), str(error)


ACTS: dict[str, Callable[[Any], object]] = {
    "positional": lambda unit: repr(unit("甲", 2023, ["x"])),
    "named": lambda unit: repr(unit(year=1, name="甲")),
    "missing": lambda unit: unit(),
    "one too many": lambda unit: unit(1, 2, [], {}, 5),
    "unknown": lambda unit: unit("甲", nothing=1),
    "twice": lambda unit: unit("甲", name="乙"),
    "equal": lambda unit: (
        unit("甲") == unit("甲", seen={"a": 1}),
        unit("甲") == unit("乙"),
        unit("甲") == 1,
    ),
    "unlike": lambda unit: unit("甲") != unit("甲", 2023),
    "a list of its own": lambda unit: unit("甲").notes is unit("甲").notes,
    "set": lambda unit: setattr(unit("甲"), "name", "乙"),
    "delete": lambda unit: delattr(unit("甲"), "name"),
    "hashable": lambda unit: hash(unit("甲", 1, ())) == hash(unit("甲", 1, (), {"a": 1})),
    "no hash of a list": lambda unit: hash(unit("甲")),
    "replace": lambda unit: repr(replace(unit("甲"), year=1)),
    "replace unknown": lambda unit: replace(unit("甲"), nothing=1),
    "asdict": lambda unit: asdict(unit("甲")),
    "fields": lambda unit: [(f.name, f.type, f.compare) for f in fields(unit)],
    "match": lambda unit: unit.__match_args__,
    "copy": lambda unit: (copy.copy(unit("甲")) == unit("甲"), copy.deepcopy(unit("甲")) == unit("甲")),
    "property": lambda unit: unit("甲").shown,
    "doc": lambda unit: unit.__doc__,
    "slots": lambda unit: unit.__dict__.get("__slots__"),
}


@pytest.mark.parametrize("few", [0, records._FEW], ids=["compiled", "field by field"])
@pytest.mark.parametrize("how", KINDS, ids=str)
@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_it_does_as_the_standard_one(
    act: Callable[[Any], object], how: dict[str, bool], few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(records, "_FEW", few)
    ours, standard = (outcome(lambda maker=maker: act(made(maker, **how))) for maker in MAKERS)
    assert ours == standard


def test_what_it_is_made_of_survives_a_pickle() -> None:
    for one in (Frozen("甲", (1, 2)), Open("甲", [1]), Counted((1,))):
        other = pickle.loads(pickle.dumps(one))
        assert type(other) is type(one) and repr(other) == repr(one)
    assert pickle.loads(pickle.dumps(Below("甲", 4))).more == 4
    with pytest.raises(FrozenInstanceError):
        pickle.loads(pickle.dumps(Frozen("甲"))).name = "乙"


def test_what_comes_after_the_fields() -> None:
    assert Open("甲").found == 3
    with pytest.raises(ValueError, match="no part"):
        Counted(())
    assert Counted((1, 2)).count == 2
    below = Below("甲", 4)
    assert (below.name, below.more) == ("甲", 4) and not hasattr(below, "late")
    assert below != Base("甲")


@pytest.mark.parametrize("how", [{"frozen": True}, {"frozen": True, "slots": True}], ids=str)
def test_what_is_frozen_takes_nothing_new(how: dict[str, bool]) -> None:
    with pytest.raises(FrozenInstanceError):
        made(dataclass, **how)("甲").unknown = 1


def test_an_identity_stays_one() -> None:
    @dataclass(frozen=True, eq=False)
    class Own:
        name: str

    one = Own("甲")
    assert one != Own("甲") and len({one, Own("甲")}) == 2


def test_a_record_that_holds_itself_is_shown() -> None:
    @dataclass
    class Ring:
        following: Any = None

    ring = Ring()
    ring.following = ring
    assert repr(ring) == f"{Ring.__qualname__}(following=...)"


def test_no_other_module_declares_the_costly_kind() -> None:
    """One way to declare a record; the standard library's compiles six methods for each at every start."""
    found = [
        path.name
        for path in PACKAGE.rglob("*.py")
        if path.name != "records.py"
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module == "dataclasses"
        if any(alias.name == "dataclass" for alias in node.names)
    ]
    assert found == []


def test_only_what_is_made_often_is_compiled() -> None:
    code = (
        "import builtins, gouji.records as records\n"
        "made = []\n"
        "plain = builtins.exec\n"
        "builtins.exec = lambda *a: (made.append(a[0]), plain(*a))[1]\n"
        "@records.dataclass(frozen=True, slots=True)\n"
        "class One:\n"
        "    name: str\n"
        "for _ in range(records._FEW): One('a')\n"
        "assert made == [], made\n"
        "One('a'); One('b'); One(name='c')\n"
        "assert len(made) == 1, made\n"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert shown.stderr == ""


@pytest.mark.parametrize("few", [0, records._FEW])
def test_what_comes_after_the_fields_comes_once(few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records, "_FEW", few)

    @dataclass
    class Told:
        lines: list[str]

        def __post_init__(self) -> None:
            self.lines.append("made")

    lines: list[str] = []
    for count in range(1, 2 * records._FEW + 3):
        Told(lines)
        assert len(lines) == count


@pytest.mark.parametrize("kind", ["ClassVar[int]", "dataclasses.InitVar[int]", "KW_ONLY"])
def test_a_kind_of_field_that_is_not_offered_is_refused(kind: str) -> None:
    class Wrong:
        name: str

    Wrong.__annotations__["other"] = kind
    with pytest.raises(TypeError, match="other"):
        dataclass(Wrong)
