"""Data files as typed objects: what a schema does not declare is refused, with file, place, what is allowed.

msgspec holds the schemas: a type with ``forbid_unknown_fields`` refuses any key that it does not name.
It is imported when a file is read, not when this module is.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from functools import cache
from typing import Any, TypeVar

T = TypeVar("T")

#: So many names are listed in a message.
_MOST = 40
_AT = re.compile(r"(?P<what>.*?)(?: - at `(?P<at>[^`]*)`)?\Z", re.S)
_STEP = re.compile(r"\.([^.\[\]]+)|\[(\d+|\.\.\.)\]")


def parse_toml(text: str, file: str, error: type[ValueError]) -> dict[str, Any]:
    """A TOML text as plain data. Raises ``error``, the file named, for what is not TOML."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as wrong:
        raise error(f"{file}: {wrong}") from wrong


def typed(data: Any, kind: type[T], file: str, error: type[ValueError], place: str = "") -> T:
    """``data`` as an object of ``kind``, a msgspec type.

    ``place``: where in the file ``data`` stands. Raises ``error`` with one English line: file, place, what is
    wrong, what is allowed there.
    """
    import msgspec

    try:
        return msgspec.convert(data, kind)
    except msgspec.ValidationError as wrong:
        found = _AT.match(str(wrong))
        assert found
        what, at = found["what"], (found["at"] or "$").removeprefix("$")
        where = place + _named(data, at) or "top level"
        raise error(f"{file}: {where.removeprefix('.')}: {what}{_hint(what, at, kind)}") from None


def allowed(name: str, names: Iterable[str]) -> str:
    """``names`` in words for a message about the unknown ``name``; of very many only the nearest."""
    names = list(names)
    near = get_close_matches(name, names, 3)
    listed = names if len(names) <= _MOST else [*near, "…"]
    return f"{f'did you mean {near[0]!r}? ' if near else ''}allowed: {', '.join(listed) or 'none'}"


def _steps(at: str) -> Iterator[str | int]:
    for found in _STEP.finditer(at):
        yield found[1] or (int(found[2]) if found[2].isdigit() else found[2])


def _named(data: Any, at: str) -> str:
    """The path as people find it: an item of a list by its ``id`` where it has one, else numbered from 1."""
    shown = ""
    for step in _steps(at):
        if isinstance(step, str):
            # Of a table whose keys are free msgspec does not say which one; what is below is not followed.
            data = data.get(step) if isinstance(data, dict) else None
            shown += f".{step}" if step != "..." else ".*"
        else:
            data = data[step] if isinstance(data, list) else None
            own = data.get("id") if isinstance(data, dict) else None
            shown += f"[{own!r}]" if own else f"[{step + 1}]"
    return shown


def _hint(what: str, at: str, kind: type) -> str:
    """What is allowed where an unknown key or word stands."""
    import msgspec.inspect as inspect

    there = _type_at(_info(kind), at)
    if found := re.search(r"unknown field `(.*)`", what):
        fields = [f.encode_name for t in there if isinstance(t, inspect.StructType) for f in t.fields]
        return f"; {allowed(found[1], fields)}"
    if found := re.search(r"enum value '?(.*?)'?\Z", what):
        words = [str(v) or "''" for t in there if isinstance(t, inspect.LiteralType) for v in t.values]
        return f"; {allowed(found[1], words)}"
    return ""


@cache
def _info(kind: type) -> Any:
    import msgspec.inspect as inspect

    return inspect.type_info(kind)


def _type_at(info: Any, at: str) -> list[Any]:
    """The types that a schema has at a path, each alternative of a union by itself."""
    import msgspec.inspect as inspect

    def single(info: Any) -> list[Any]:
        if isinstance(info, inspect.UnionType):
            return [one for each in info.types for one in single(each)]
        return single(info.type) if isinstance(info, inspect.Metadata) else [info]

    there = single(info)
    for step in _steps(at):
        found: list[Any] = []
        for each in there:
            if isinstance(each, inspect.StructType):
                found += [f.type for f in each.fields if f.encode_name == step]
            elif isinstance(each, inspect.DictType):
                found.append(each.value_type)
            elif isinstance(each, inspect.ListType | inspect.VarTupleType):
                found.append(each.item_type)
        there = [one for each in found for one in single(each)]
    return there


def repeated(names: Iterable[str]) -> list[str]:
    """The names that stand more than once, in order."""
    seen: dict[str, int] = {}
    for name in names:
        seen[name] = seen.get(name, 0) + 1
    return [name for name, times in seen.items() if times > 1]


def leaves(data: Any) -> Iterator[str]:
    """Every text in nested lists and tables."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, Mapping):
        for each in data.values():
            yield from leaves(each)
    elif isinstance(data, list | tuple):
        for each in data:
            yield from leaves(each)
