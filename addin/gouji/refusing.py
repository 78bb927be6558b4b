"""Why a stranger's file is not read: the sentences of ``refusals.toml`` beside a package's code."""

from __future__ import annotations

from typing import NoReturn

from .errors import Refused
from .text import one_line
from .wording import data_beside

#: Characters of a value out of a file within a sentence.
_LONGEST = 60


def _shown(value: object) -> str:
    """A value out of the file, made fit for one line: all of it seen, and short."""
    line = one_line(str(value)[: _LONGEST + 1])
    return line if len(line) <= _LONGEST else line[:_LONGEST] + "…"


class Refusals:
    """The refusals of one package, by the tables of its file: ``message``, ``place``, ``reason``."""

    def __init__(self, package: str) -> None:
        self._package = package

    def table(self, name: str) -> dict[str, str]:
        """One table of the file, by key."""
        table: dict[str, str] = data_beside(self._package, "refusals.toml")[name]
        return table

    def refuse(self, key: str, **fields: object) -> NoReturn:
        """Raise Refused with the message of ``key``, its fields filled and made printable."""
        message = self.table("message")[key]
        raise Refused(key, message.format(**{name: _shown(value) for name, value in fields.items()}))

    def place(self, kind: str, name: str = "") -> str:
        """Where in the file, in Chinese: kind is a key of ``[place]``."""
        return self.table("place")[kind].format(name=_shown(name))

    def reason(self, key: str, **fields: object) -> str:
        """Why a part is malformed, in Chinese: key is one of ``[reason]``."""
        return self.table("reason")[key].format(**fields)
