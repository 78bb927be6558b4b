"""The catalogue's patterns as Python compiles them, kept from one process to the next: compiling all that a
drafted report is read by takes as long as everything that is written of it.

Kept is what Python's last step of compiling is given (``_sre.compile``, which verifies it), so that a pattern
equals that of :func:`re.compile`. A Python whose steps are others compiles as ever.
"""

from __future__ import annotations

import re
from array import array
from typing import Any

from ..kept import Kept

#: Flags, code, number of groups and the names of groups.
_Parts = tuple[int, bytes, int, dict[str, int]]
_PARTS: Kept[_Parts] = Kept(__file__)
#: How the code is kept: so many bytes a number of it.
_CODE = "I"


def compiled(pattern: str) -> re.Pattern[str]:
    """The same as :func:`re.compile`; raises re.error as it does."""
    try:
        return _whole(pattern, _PARTS.get(pattern, _parts))
    except (ImportError, AttributeError, TypeError, ValueError, OverflowError, RuntimeError):
        return re.compile(pattern)


def _parts(pattern: str) -> _Parts:
    from re import _compiler, _parser  # type: ignore[attr-defined]

    parsed = _parser.parse(pattern)
    code = array(_CODE, _compiler._code(parsed, 0))
    return parsed.state.flags, code.tobytes(), parsed.state.groups - 1, parsed.state.groupdict


def _whole(pattern: str, parts: _Parts) -> re.Pattern[str]:
    import _sre  # type: ignore[import-not-found]

    flags, code, groups, names = parts
    by_number: list[str | None] = [None] * (groups + 1)
    for name, number in names.items():
        by_number[number] = name
    found: Any = _sre.compile(pattern, flags, array(_CODE, code).tolist(), groups, names, tuple(by_number))
    return found  # type: ignore[no-any-return]
