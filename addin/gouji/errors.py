"""The one base of every error that the package raises on purpose."""

from __future__ import annotations


class GoujiError(Exception):
    """Something that a person can mend. Its text is one Chinese line: what is wrong, where, what to do.

    Errors that say what else they are (``ValueError``, ``FileExistsError``, ``OSError``) derive from that as
    well. Only the makers of macros (``workshop``) read theirs in English. What the operating system refuses
    stays its own ``OSError`` (see :func:`gouji.files.reason_of`).
    """

    @property
    def message(self) -> str:
        return str(self)


class Refused(GoujiError):
    """A file that is not read. ``key`` names the reason."""

    def __init__(self, key: str, message: str) -> None:
        super().__init__(message)
        self.key = key
