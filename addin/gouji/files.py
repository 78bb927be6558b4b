"""Writing files so that a broken run leaves the old file, or none, and never half a one."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePath

from .errors import GoujiError
from .precompiled import compiled
from .text import is_unseen, one_line
from .wording import wording_of


class WouldOverwrite(GoujiError, FileExistsError):
    """The target is there and the caller did not say ``force``; the message is one Chinese line."""

    def __init__(self, path: Path, key: str = "would_overwrite") -> None:
        super().__init__(wording_of("gouji", "files")[key].format(path=readable(path)))
        self.path = path


class Locked(GoujiError, PermissionError):
    """The target can not be replaced: open elsewhere, or not ours; the message is one Chinese line."""

    def __init__(self, path: Path) -> None:
        super().__init__(wording_of("gouji", "files")["locked"].format(path=readable(path)))
        self.path = path


class NotAFolder(GoujiError, NotADirectoryError):
    """A file stands where a folder is to be; the message is one Chinese line."""

    def __init__(self, path: Path) -> None:
        super().__init__(wording_of("gouji", "files")["not_a_folder"].format(path=readable(path)))
        self.path = path


def reason_of(error: OSError) -> str:
    """Why the operating system refused, in Chinese and without a full stop."""
    words = wording_of("gouji", "system")
    name = errno.errorcode.get(error.errno or 0, str(error.errno))
    return str(words.get(name, words["other"])).format(name=name)


def refuse_existing(path: Path, *, force: bool = False, inputs: Iterable[Path | None] = ()) -> None:
    """Raise :class:`WouldOverwrite` where ``path`` is there already, unless ``force``; and where it is
    one of the ``inputs``, always: what was read is never changed.

    For a command that computes for a while before it writes: say so first.
    """
    if not path.exists():
        return
    if any(i is not None and i.exists() and path.samefile(i) for i in inputs):
        raise WouldOverwrite(path, "would_replace_input")
    if not force:
        raise WouldOverwrite(path)


def refuse_as_folder(path: Path) -> None:
    """Raise :class:`NotAFolder` where ``path`` is a file."""
    if path.is_file():
        raise NotAFolder(path)


def shown_path(path: PurePath) -> str:
    """A path as people may read it and any file may hold it, with "/": a name that an old archive left in
    GBK is decoded, control characters, marks of direction and line ends become "_"."""
    return "/".join(_shown_name(part) for part in path.parts)


def _shown_name(name: str) -> str:
    return "".join("_" if is_unseen(c) else c for c in _decoded(name))


def readable(path: PurePath) -> str:
    """The path as the system writes it, on one line, all of it seen; names that an old archive left in GBK
    are decoded."""
    text = str(path)
    return one_line(text if _is_text(text) else str(PurePath(*map(_decoded, path.parts))))


def _is_text(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _decoded(name: str) -> str:
    if _is_text(name):
        return name
    try:
        raw = os.fsencode(name)
    except UnicodeEncodeError:  # half of a pair, which Windows allows in a name
        return name
    try:
        return raw.decode("gb18030")
    except UnicodeDecodeError:
        return raw.decode(errors="replace")


def distinct(paths: Iterable[Path]) -> list[Path]:
    """The same paths, in order; one that was there before, however its letters are cased, is numbered:
    ``甲.xlsx``, ``甲（2）.xlsx``."""
    taken: set[str] = set()
    found = []
    for path in paths:
        one, number = path, 1
        while (key := str(one).casefold()) in taken:
            number += 1
            one = path.with_name(f"{path.stem}（{number}）{path.suffix}")
        taken.add(key)
        found.append(one)
    return found


#: Characters of a name within a file name, whose whole may have 255 bytes: three a Chinese character.
_LONGEST_PART = 60
#: What Windows takes for a device before the first dot, whatever stands behind it (Naming Files, Paths, and
#: Namespaces).
_DEVICES = compiled(
    r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³]) *(\..*)?", re.IGNORECASE | re.DOTALL
)


def file_part(name: str) -> str:
    """A unit's name as part of a file name on any system, shortened where it is longer than any may be."""
    fit = "".join("_" if c in '\\/:*?"<>|' or is_unseen(c) else c for c in name).strip(" .")
    fit = f"_{fit}" if _DEVICES.fullmatch(fit) else fit
    return fit if len(fit) <= _LONGEST_PART else fit[: _LONGEST_PART - 1].strip(" .") + "…"


def _draft(path: Path) -> Path:
    return path.with_name(f".{path.stem}.{os.urandom(4).hex()}{path.suffix}")


def is_draft(path: PurePath) -> bool:
    """Whether the name is one that :func:`atomic_write` gives to a draft: a killed run leaves it behind."""
    return bool(re.fullmatch(r"\..+\.[0-9a-f]{8}(\.[^.]+)?", path.name, re.IGNORECASE | re.DOTALL))


@contextmanager
def atomic_write(path: Path, *, force: bool = False) -> Iterator[Path]:
    """Yield a new path in the same folder; what the block wrote there becomes ``path``.

    The block writes (and closes) the yielded path. On success it is renamed in one step, on any
    error it is deleted and ``path`` is as before. Missing folders are made. The extension is kept,
    because some writers look at it. Raises :class:`WouldOverwrite` before the block starts where
    ``path`` is there and ``force`` is false, and after it where ``path`` has appeared meanwhile;
    :class:`Locked` where another program holds ``path`` open (Windows), or the folder may not be changed.
    """
    refuse_existing(path, force=force)
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = _draft(path)
    try:
        yield draft
        refuse_existing(path, force=force)
        try:
            draft.replace(path)
        except PermissionError as error:
            raise Locked(path) from error
    except OSError as error:
        # People know the file by its own name, not by the draft's.
        if error.filename == str(draft):
            error.filename = str(path)
        raise
    finally:
        draft.unlink(missing_ok=True)
