"""Patterns as Python compiles them, kept from one process to the next: compiling those of the modules takes
a twentieth of a command's start, compiling all that a drafted report is read by as long as everything that is
written of it.

Kept is what Python's last step of compiling is given (``_sre.compile``, which verifies it), so that a pattern
equals that of :func:`re.compile`. A Python whose steps are others compiles as ever.
"""

from __future__ import annotations

import re
from array import array
from typing import Any, AnyStr

from .kept import Kept

#: A pattern and its flags.
_Key = tuple[str | bytes, int]
#: Flags, code, number of groups and the names of groups.
_Parts = tuple[int, bytes, int, dict[str, int]]
#: How the code is kept: so many bytes a number of it.
_CODE = "I"


class Precompiled:
    """Patterns that are kept together. ``source``: the module beside whose byte code they are kept, as no
    other is; a process that asks for one of them reads all."""

    def __init__(self, source: str) -> None:
        self._kept: Kept[_Key, _Parts] = Kept(source)

    def compiled(self, pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
        """The same as :func:`re.compile`; raises re.error as it does."""
        try:
            return _whole(pattern, self._kept.get((pattern, int(flags)), _parts))
        except (ImportError, AttributeError, TypeError, ValueError, OverflowError, RuntimeError):
            return re.compile(pattern, flags)


#: For the patterns that stand in modules.
compiled = Precompiled(__file__).compiled


def _parts(key: _Key) -> _Parts:
    from re import _compiler, _parser  # type: ignore[attr-defined]

    pattern, flags = key
    parsed = _parser.parse(pattern, flags)
    code = array(_CODE, _compiler._code(parsed, flags))
    return flags | parsed.state.flags, code.tobytes(), parsed.state.groups - 1, parsed.state.groupdict


def _whole(pattern: AnyStr, parts: _Parts) -> re.Pattern[AnyStr]:
    import _sre  # type: ignore[import-not-found]

    flags, code, groups, names = parts
    by_number: list[str | None] = [None] * (groups + 1)
    for name, number in names.items():
        by_number[number] = name
    found: Any = _sre.compile(pattern, flags, array(_CODE, code).tolist(), groups, names, tuple(by_number))
    return found  # type: ignore[no-any-return]
