"""The files that a run read, as they lie now: what changed, went, came, or only bears another name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from ...digests import sha256_if_there
from ...files import shown_path
from ...marks import marks_of
from ...records import dataclass
from ...wording import wording_of
from ..intake.folder import find_files
from .stamp import BESIDE, Input, Stamp

#: So many files of one kind are named.
_NAMED = 40


@dataclass(frozen=True)
class Still:
    """``lines``: Chinese, for people; ``wrong``: whether anything is not what it was."""

    lines: tuple[str, ...]
    wrong: bool


def still(stamp: Stamp, folder: Path) -> Still:
    """The inputs of a stamp beside the files in ``folder``, where units' files lie. A file that only bears
    another name, or lies in another place of the folder, is still what it was."""
    found = _Found(stamp, folder)
    return found.named() if all(one.is_named for one in stamp.inputs) else found.nameless()


def sent_folder(folder: Path) -> Path:
    """The folder of what units sent, where the season's is given."""
    inside = folder / str(marks_of("gouji.city.memory", "files")["folder"])
    return inside if inside.is_dir() else folder


def inputs_said(inputs: Iterable[Input]) -> str:
    """How many files a run read, those of units and others apart."""
    w = wording_of("gouji.city.memory", "verify")
    read = [one for one in inputs if one.sha256]
    sent = [one for one in read if not one.is_beside]
    beside = [_shown(one.file) for one in read if one.is_beside]
    said = [w["sent"].format(count=len(sent))] if sent else []
    if beside:
        names = w["names"].join(filter(None, beside))
        said.append(w["beside"].format(names=names) if names else w["others"].format(count=len(beside)))
    return str(w["both"].join(said) or w["nothing"])


class _Found:
    def __init__(self, stamp: Stamp, folder: Path) -> None:
        self.stamp, self.folder = stamp, folder
        self.words = wording_of("gouji.city.memory", "verify")
        self.there = {shown_path(path.relative_to(folder)): path for path in find_files(folder).books}
        read = [one for one in stamp.inputs if one.sha256]
        self.sent = [one for one in read if not one.is_beside]
        self.beside = [one for one in read if one.is_beside]

    # ------------------------------------------------------------ by name

    def named(self) -> Still:
        changed: list[Input] = []
        gone: list[Input] = []
        for one in (*self.beside, *self.sent):
            now = sha256_if_there(self.there.get(one.file, self.folder / one.file))
            if now != one.sha256:
                (changed if now else gone).append(one)
        known = {one.file for one in self.stamp.inputs}
        # An output about one unit says nothing of the files of others.
        every = {file: path for file, path in self.there.items() if file not in known}
        moved = self._moved(gone, every)
        gone = [one for one in gone if one not in moved]
        new = [] if self.stamp.unit else [file for file in every if file not in moved.values()]
        if len(gone) > 1 and set(gone) >= set(self.sent):
            return Still((self.words["none_there"].format(folder=self.folder.name),), True)
        lines = [
            *self._lines("changed", (self._file(one) for one in changed)),
            *self._lines("gone", (self._file(one) for one in gone)),
            *self._lines("new", ({"file": file} for file in new)),
        ]
        return self._still(lines, [{"file": one.file, "now": now} for one, now in moved.items()])

    def _moved(self, gone: Iterable[Input], new: Mapping[str, Path]) -> dict[Input, str]:
        """Inputs that are not there any more -> another file with their content."""
        wanted = [one for one in gone if not one.is_beside]
        digests = {file: sha256_if_there(path) for file, path in new.items()} if wanted else {}
        found: dict[Input, str] = {}
        for one in wanted:
            same = (f for f, sha256 in digests.items() if sha256 == one.sha256 and f not in found.values())
            if (file := next(same, None)) is not None:
                found[one] = file
        return found

    def _file(self, one: Input) -> dict[str, str]:
        unit = self.words["unit"].format(unit=one.unit) if one.unit else ""
        return {"file": _shown(one.file), "unit": unit}

    # ------------------------------------------------------------ by content alone

    def nameless(self) -> Still:
        now = {file: sha256_if_there(path) for file, path in self.there.items()}
        before = {one.sha256 for one in self.sent}
        around = {sha256_if_there(path) for path in self.folder.absolute().parent.iterdir() if path.is_file()}
        # Of a stamp of 0.5.0 nobody can tell what lay beside the folder.
        gone = before - set(now.values()) - around
        lines = [self.words["some_gone"].format(count=len(gone))] if gone else []
        new = (file for file, sha256 in now.items() if sha256 not in before)
        lines += self._lines("new_or_changed", ({"file": file} for file in new))
        apart = [one for one in self.beside if one.sha256 not in around]
        said = [self.words["not_there"].format(count=len(apart))] if apart else []
        found = [*self.sent, *(one for one in self.beside if one not in apart)]
        return Still((*self._still(lines, [], found).lines, *said), bool(lines))

    # ------------------------------------------------------------ in words

    def _still(
        self, lines: Sequence[str], moved: Sequence[Mapping[str, str]], found: Iterable[Input] | None = None
    ) -> Still:
        """``found``: the inputs that were looked at, all where it is None."""
        inputs = inputs_said(self.stamp.inputs if found is None else found)
        same = self.words["inputs_same"].format(inputs=inputs, folder=self.folder.name)
        unread = [one.file for one in self.stamp.inputs if one.is_unread]
        said = [*(lines or [same]), *self._lines("moved", moved)]
        if unread:
            said.append(self.words["unread"].format(files=self.words["names"].join(unread)))
        return Still(tuple(said), bool(lines))

    def _lines(self, key: str, those: Iterable[Mapping[str, str]]) -> Iterator[str]:
        each = list(those)
        yield from (self.words[key].format(**names) for names in each[:_NAMED])
        if len(each) > _NAMED:
            yield self.words["rest"].format(count=len(each) - _NAMED)


def _shown(file: str) -> str:
    """Without the way out of the folder: 汇总台.xlsx."""
    while file.startswith(BESIDE):
        file = file.removeprefix(BESIDE)
    return file
