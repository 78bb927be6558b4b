"""Dataclasses that cost little to declare: the standard library's, with methods shared and not compiled.

``dataclasses.dataclass`` compiles the source of up to six methods for each class, half a millisecond of every
start for each of some three hundred classes. Here all classes share one function for each method but
``__init__``, which is compiled once so many objects of its class are made that it pays, and kept
(``kept.py``). Whatever else the standard library's do, these do: ``fields``, ``replace``, ``asdict``,
``match``, defaults, ``__post_init__``, copies, pickles. ``order``, ``kw_only``, ``ClassVar`` and ``InitVar``
are not offered.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from operator import attrgetter
from reprlib import recursive_repr
from types import CodeType
from typing import TYPE_CHECKING, Any

from .kept import Kept

__all__ = ["dataclass"]

#: To fill so many objects of a class field by field takes half the time of compiling its ``__init__``, and
#: more than that of taking up the kept one.
_FEW = 16
_LACKING = object()
#: The source of an ``__init__`` -> what Python compiles it to.
_CODES: Kept[str, CodeType] = Kept(__file__)
_NOT_OFFERED = ("ClassVar", "InitVar", "KW_ONLY")


def _made(cls: type, *, frozen: bool, slots: bool, eq: bool) -> type:
    """The class as a dataclass."""
    own = cls.__dict__
    if not own.get("__doc__"):
        cls.__doc__ = cls.__name__  # else its signature is found out, which takes longer than all the rest
    given = {name for name in ("__init__", "__repr__", "__eq__", "__hash__") if own.get(name) is not None}
    made = _described(cls, slots)
    compared = [f.name for f in dataclasses.fields(made) if f.compare]
    methods: dict[str, Any] = {"__init__": _first(made, frozen), "__repr__": _repr}
    if eq:
        methods |= {"__eq__": _equal(made, compared), "__hash__": _hash(compared) if frozen else None}
    for name, method in methods.items():
        if name not in given:
            setattr(made, name, method)
    if frozen:
        _freeze(made, slots=slots)
    return made


def _described(cls: type, slots: bool) -> type[Any]:
    """The class with its fields, and slots where wanted.

    The standard library looks into every annotation that is text, three times, for a kind of field that is
    not offered here: half of all that it does. It is shown none that are text.
    """
    own = cls.__annotations__
    if not_offered := [name for name, said in own.items() if any(kind in str(said) for kind in _NOT_OFFERED)]:
        raise TypeError(f"{cls.__name__}: {', '.join(_NOT_OFFERED)} not offered ({', '.join(not_offered)})")
    cls.__annotations__ = dict.fromkeys(own, object)
    made: type[Any] = dataclasses.dataclass(init=False, repr=False, eq=False, slots=slots)(cls)
    made.__annotations__ = own
    for name, said in own.items():
        made.__dataclass_fields__[name].type = said
    return made


def _first(cls: type, frozen: bool) -> Callable[..., None]:
    """``__init__`` of the first few objects, which then puts the compiled one into its place. What can not be
    made is left to that one at once, which says why."""
    left = _FEW

    def __init__(self: Any, *values: Any, **named: Any) -> None:
        nonlocal left
        left -= 1
        if left < 0 or not _filled(self, cls, frozen, values, named):
            made = _init(cls, frozen)
            cls.__init__ = made  # type: ignore[misc]
            made(self, *values, **named)
        elif after := getattr(self, "__post_init__", None):
            after()

    __init__.__qualname__ = f"{cls.__qualname__}.__init__"
    return __init__


def _filled(self: Any, cls: type, frozen: bool, values: tuple[Any, ...], named: dict[str, Any]) -> bool:
    """Whether these values make an object; then each stands in its field."""
    put = object.__setattr__ if frozen else setattr
    places, used = iter(values), 0
    for field in dataclasses.fields(cls):
        name, value = field.name, _LACKING
        if field.init:
            value = next(places, _LACKING)
            if value is _LACKING and name in named:
                value, used = named[name], used + 1
        if value is _LACKING and field.default_factory is not dataclasses.MISSING:
            value = field.default_factory()
        elif value is _LACKING:
            value = field.default
        if value is not dataclasses.MISSING:
            put(self, name, value)
        elif field.init:
            return False
    return used == len(named) and next(places, _LACKING) is _LACKING


def _init(cls: type, frozen: bool) -> Callable[..., None]:
    known: dict[str, Any] = {"_set": object.__setattr__, "_left_out": dataclasses.MISSING}
    heads, lines = ["self"], []
    for field in dataclasses.fields(cls):
        name, value = field.name, field.name
        if field.default_factory is not dataclasses.MISSING:
            known[f"_make_{name}"] = field.default_factory
            value = f"_make_{name}()"
            if field.init:
                heads.append(f"{name}=_left_out")
                value += f" if {name} is _left_out else {name}"
        elif field.default is not dataclasses.MISSING:
            known[f"_default_{name}"] = field.default
            if field.init:
                heads.append(f"{name}=_default_{name}")
            else:
                value = f"_default_{name}"
        elif field.init:
            heads.append(name)
        else:
            continue
        lines.append(f"_set(self, {name!r}, {value})" if frozen else f"self.{name} = {value}")
    if hasattr(cls, "__post_init__"):
        lines.append("self.__post_init__()")
    source = f"def __init__({', '.join(heads)}):\n " + "\n ".join(lines or ["pass"])
    exec(_CODES.get(source, lambda text: compile(text, "<string>", "exec")), known)
    init: Callable[..., None] = known["__init__"]
    init.__qualname__ = f"{cls.__qualname__}.__init__"
    return init


@recursive_repr()
def _repr(self: Any) -> str:
    shown = (f"{f.name}={getattr(self, f.name)!r}" for f in dataclasses.fields(self) if f.repr)
    return f"{type(self).__qualname__}({', '.join(shown)})"


def _values(names: list[str]) -> Callable[[Any], Any]:
    return attrgetter(*names) if names else lambda _: ()


def _equal(cls: type, names: list[str]) -> Callable[[Any, Any], Any]:
    values = _values(names)

    def __eq__(self: Any, other: object) -> Any:
        return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

    return __eq__


def _hash(names: list[str]) -> Callable[[Any], int]:
    values = _values(names)

    def __hash__(self: Any) -> int:
        return hash(values(self))

    return __hash__


def _freeze(cls: type, *, slots: bool) -> None:
    names = frozenset(f.name for f in dataclasses.fields(cls))

    def __setattr__(self: Any, name: str, value: object) -> None:
        if type(self) is cls or name in names:
            raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")
        object.__setattr__(self, name, value)

    def __delattr__(self: Any, name: str) -> None:
        if type(self) is cls or name in names:
            raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")
        object.__delattr__(self, name)

    cls.__setattr__ = __setattr__  # type: ignore[method-assign,assignment]
    cls.__delattr__ = __delattr__  # type: ignore[method-assign,assignment]
    if slots:
        cls.__getstate__ = _state  # type: ignore[method-assign,assignment]
        cls.__setstate__ = _set_state  # type: ignore[attr-defined]


def _state(self: Any) -> list[Any]:
    return [getattr(self, field.name) for field in dataclasses.fields(self)]


def _set_state(self: Any, state: list[Any]) -> None:
    for field, value in zip(dataclasses.fields(self), state, strict=True):
        object.__setattr__(self, field.name, value)


if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(cls=None, /, *, frozen=False, slots=False, eq=True):
        def make(cls: type) -> type:
            return _made(cls, frozen=frozen, slots=slots, eq=eq)

        return make if cls is None else make(cls)
