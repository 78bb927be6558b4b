"""Files of a folder that are not read: what each is, and what a person may have to do about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from ...errors import Refused
from ...files import is_draft, shown_path
from ...marks import marks_of
from ...published import is_document, is_published
from .filed import Aside, Submission
from .patterns import patterns
from .remarks import remark


def is_apple_folder(path: Path) -> bool:
    """The folder of macOS's doubles in an unpacked archive; it is not walked."""
    return path.name.casefold() in _known("apple")


def _known(key: str) -> tuple[str, ...]:
    """Names, or how names begin; other systems write them in capitals or without."""
    return tuple(name.casefold() for name in patterns("files")[key])


def is_leftover(path: Path) -> bool:
    """What programs leave beside files: locks of open ones, macOS's doubles, our own drafts, system files."""
    return bool(_leftover(path))


def _leftover(path: Path) -> Aside:
    name = path.name.casefold()
    if name.startswith(_known("locks")):
        return "lock"
    if is_draft(path):
        return "draft"
    if is_of_season(path):
        return "our_file"
    return "system" if name.startswith(_known("apple")) or name in _known("system") else ""


def is_of_season(path: Path) -> bool:
    """What a season keeps for its own use; nobody is told that it may be deleted."""
    season, store = marks_of("gouji.city.season", "files"), marks_of("gouji.city.memory", "files")["store"]
    return path.name in (season["record"], season["lock"]) or path.name.startswith(store)


def passed_over(
    folder: Path, leftovers: Iterable[Path], foreign: Iterable[Path], given: Iterable[Path]
) -> list[Submission]:
    """One submission without a report for each, so that it has its line like every other file."""
    return [*_leftovers(folder, leftovers), *_foreign(folder, foreign), *_given(folder, given)]


def _leftovers(folder: Path, paths: Iterable[Path]) -> Iterator[Submission]:
    for path in paths:
        aside = _leftover(path) or "system"
        about = _locked(path) if aside == "lock" else remark("of_season") if aside == "our_file" else ""
        yield _line(folder, path, aside, about)


def _locked(path: Path) -> str:
    """Which file the lock is of. Excel cuts off two characters of a long name, so its end decides."""
    bare = path.name
    for mark in sorted(patterns("files")["locks"], key=len, reverse=True):
        bare = bare.removeprefix(mark) if bare != path.name.removeprefix(mark) else bare
    bare = bare.rstrip("#").strip("#")
    try:
        beside = sorted(one.name for one in path.parent.iterdir() if one != path)
    except OSError:
        beside = []
    name = next((one for one in beside if bare and one.endswith(bare) and len(one) <= len(bare) + 2), "")
    return remark("lock", name=name) if name else remark("lock_unnamed")


def _foreign(folder: Path, paths: Iterable[Path]) -> Iterator[Submission]:
    for path in paths:
        if path.name.startswith(".") and not path.is_symlink() and path.is_file():
            yield _line(folder, path, "system")
        else:
            yield _line(folder, path, "foreign", _why_foreign(path))


def _why_foreign(path: Path) -> str:
    if path.is_symlink():
        return remark("link")
    if path.is_dir():
        return remark("folder")
    if not path.is_file():
        return remark("special")
    if path.suffix.lower() in patterns("files")["archives"]:
        return remark("archive")
    return why_unread(path).rstrip("。") or remark("foreign")


def why_unread(file: Path) -> str:
    """Of a document that may be a report and can not be read (PDF, .doc): why, and what to do; else ""."""
    if not is_document(file) or is_published(file) or file.is_symlink():
        return ""
    from ...published.importer import read_published  # few folders have one

    try:
        read_published(file)
    except Refused as refused:
        return refused.message
    return ""


def _given(folder: Path, paths: Iterable[Path]) -> Iterator[Submission]:
    for path in paths:
        yield _line(folder, path, "given")


def _line(folder: Path, path: Path, aside: Aside, about: str = "") -> Submission:
    return Submission(shown_path(path.relative_to(folder)), None, aside=aside, about=about)
