"""A call of the page's worker, answered: what the desk gives, or why not."""

from __future__ import annotations

import traceback

from ..errors import GoujiError
from . import desk


def answer(name: str, *args: object) -> tuple[str, str | bytes]:
    """``("value", JSON)`` or ``("bytes", …)`` of the desk's function ``name``; ``("error", line)`` for what a
    person can mend; ``("fell", line)`` where memory has run out, after which this Python is not to be
    trusted; ``("internal", line)`` for any other exception, which is an error of the program."""
    try:
        given = getattr(desk, name)(*args)
    except GoujiError as error:
        return "error", error.message
    except MemoryError as error:
        return "fell", _last_line(error)
    except Exception as error:
        return "internal", _last_line(error)
    return ("value" if isinstance(given, str) else "bytes"), given


def _last_line(error: BaseException) -> str:
    return traceback.format_exception_only(error)[-1].strip()
