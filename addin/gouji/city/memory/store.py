"""What a season remembers: how each file was read, and its runs.

``with Store(path) as store``. A file whose bytes, name and everything else that its reading depends on
(:mod:`.key`) are as they were is not read again. Each record carries a digest of itself: one that does not
fit is damage, and damage is never used. The digest is against accidents, not against somebody who means to
deceive.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..approving.kept import KeptWord, WordKey
from ..intake.sorting import Submission
from ..rows import Row, rows, sources
from .changes import Changes, became, changes
from .codec import Damaged, decoded, encoded
from .database import Database
from .key import Key
from .record import Recorded, content_of, facts_of, recorded_of, recorded_rows, statuses

if TYPE_CHECKING:
    from ..consolidate import Consolidation


class Store:
    """Never raises for what is wrong with its file: ``words`` says it, and the run goes on without."""

    def __init__(self, path: Path) -> None:
        self._database = Database(path)

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """What was kept lasts from here on, at the latest."""
        self._database.close()

    @property
    def path(self) -> Path:
        return self._database.path

    @property
    def words(self) -> list[str]:
        """What people should know of the file: damaged, locked, of a newer program; one Chinese line each."""
        return self._database.words

    # ------------------------------------------------------------ how files were read

    def submission(self, file: str, sha256: str, key: Key) -> Submission | None:
        """What was kept of the file, where nothing that it depends on has changed."""
        found = self._database.read(
            "SELECT unit, code, about, data, seal FROM reading WHERE file = ? AND sha256 = ? AND base = ?",
            (file, sha256, key.base),
        )
        if not found:
            return None
        unit, code, about, data, seal = found[0]
        try:
            if seal != _seal(file, sha256, key.base, unit, code, about, data):
                raise Damaged
            return decoded(data) if about == key.about(unit, code) else None
        except Damaged:
            self._database.say("record")
            return None

    def keep(self, submission: Submission, key: Key) -> None:
        """Keep what was read of a file, unless that is no more than that it could not be read: the cause
        may be gone the next time."""
        read = submission.report or submission.list_kind or submission.aside
        data = encoded(submission) if read and submission.sha256 else None
        if data is None:
            return
        unit, code = submission.unit, submission.report.code if submission.report else None
        about = key.about(unit, code)
        known = (submission.file, submission.sha256, key.base, unit, code, about, data)
        try:
            self._database.write(
                "INSERT OR REPLACE INTO reading VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (*known, _seal(*known))
            )
        except UnicodeEncodeError:  # a name in no encoding: its file is read each time
            return

    def forget(self, files: Iterable[str]) -> None:
        """Forget how all files but these were read."""
        kept = set(files)
        for (file,) in self._database.read("SELECT file FROM reading"):
            if file not in kept:
                self._database.write("DELETE FROM reading WHERE file = ?", (file,))
        self._database.commit()

    # ------------------------------------------------------------ runs

    def record(self, city: Consolidation, outputs: Mapping[str, str] | None = None) -> None:
        """Record a run with all its rows. ``outputs``: path within the run's folder -> sha256. A run that has
        the number already is replaced."""
        self._database.together(lambda: self._record(city, dict(outputs or {})))

    def _record(self, city: Consolidation, outputs: dict[str, str]) -> None:
        number, write = city.run.number, self._database.write
        write("DELETE FROM part WHERE run = ?", (number,))
        self._record_text(number, recorded_of(city, outputs).to_json())
        for place, source in enumerate(sources(city)):
            data = content_of(city.form, source.report)
            content = _seal(data)
            # Most units send what they sent before; their numbers are held once.
            write("INSERT OR IGNORE INTO content VALUES (?, ?)", (content, data))
            known = (number, place, facts_of(city.form, source), content)
            write("INSERT INTO part VALUES (?, ?, ?, ?, ?)", (*known, _seal(*known)))

    def _record_text(self, number: int, text: str) -> None:
        self._database.write(
            "INSERT OR REPLACE INTO run VALUES (?, ?, ?)", (number, text, _seal(number, text))
        )

    def runs(self) -> tuple[Recorded, ...]:
        """Every run that was recorded, by number; one whose record is damaged is not there."""
        found = self._database.read("SELECT number, data, seal FROM run ORDER BY number")
        sound = [text for number, text, seal in found if seal == _seal(number, text)]
        return tuple(map(Recorded.from_json, sound))

    def run(self, number: int) -> Recorded | None:
        return next((one for one in self.runs() if one.stamp.run == number), None)

    def rows_of(self, run: int) -> Iterator[Row]:
        """The long table of a run, as :func:`gouji.city.rows.rows` gave it; nothing where it is not known or
        not whole."""
        parts = self._database.read(
            "SELECT run, place, facts, part.content, part.seal, data FROM part LEFT JOIN content"
            " ON content.seal = part.content WHERE run = ? ORDER BY place",
            (run,),
        )
        if any(seal != _seal(*known) or _seal(data) != known[-1] for *known, seal, data in parts):
            self._database.say("record")
            return
        for _, _, facts, _, _, data in parts:
            yield from recorded_rows(run, facts, data)

    def changes(self, city: Consolidation) -> Changes:
        """What is otherwise than in the run that this one is compared with; nothing where that is not
        known."""
        before = self.run(city.run.before)
        if before is None:
            return Changes()
        both = (before.statuses, statuses(city))
        number = city.run.before
        mergers = became(city.desk.mergers)
        return changes(self.rows_of(number), rows(city), statuses=both, number=number, became=mergers)

    # ------------------------------------------------------------ numbers of explanations

    def explained(self) -> dict[WordKey, KeptWord]:
        """For which numbers each word was given (``Approval.kept`` of the run before)."""
        found = self._database.read("SELECT unit, finding, by, word, seal FROM given")
        sound = [known for *known, seal in found if seal == _seal(*known)]
        if len(sound) < len(found):
            self._database.say("record")
        return {WordKey(unit, finding, by): _word(json.loads(word)) for unit, finding, by, word in sound}

    def explain(self, kept: Mapping[WordKey, KeptWord]) -> None:
        """Keep these instead of all that were kept before."""

        def changes() -> None:
            self._database.write("DELETE FROM given")
            for key, one in kept.items():
                known = (key.unit, key.finding, key.by, json.dumps(asdict(one), ensure_ascii=False))
                self._database.write("INSERT INTO given VALUES (?, ?, ?, ?, ?)", (*known, _seal(*known)))

        self._database.together(changes)


def _word(said: dict[str, Any]) -> KeptWord:
    return KeptWord(**{**said, "numbers": tuple(said["numbers"])})


def _seal(*values: Any) -> str:
    digest = hashlib.sha256()
    for value in values:
        piece = value if isinstance(value, bytes) else repr(value).encode(errors="surrogatepass")
        digest.update(len(piece).to_bytes(8, "big") + piece)
    return digest.hexdigest()
