"""The SQLite file of a season. Whatever is wrong with it costs time and is said; it never stops a run.

A file that is damaged is put aside under another name, and a new one begun with what can still be read; one
that is not ours, of a newer program, locked, or in a folder that may not be written, is let be and done
without. Not WAL: seasons lie on shared drives.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from ...marks import marks_of
from ...wording import wording_of

T = TypeVar("T")

#: "gouj" in ASCII: whose file it is (PRAGMA application_id), and how its tables are laid out.
_OURS, _LAYOUT = 0x676F756A, 1
#: Seconds to wait for another run that is writing.
_PATIENCE = 2.0
#: What outlives a damaged file, as far as it can still be read; how files were read is found out again.
_LASTING = ("run", "part", "content", "given")
#: Writes that are committed together.
_BATCH = 256

#: What SQLite reports, and what is said of it; where only writing is refused, what is there is still read.
_REASONS = {
    sqlite3.SQLITE_FULL: "full",
    sqlite3.SQLITE_READONLY: "readonly",
    sqlite3.SQLITE_BUSY: "locked",
    sqlite3.SQLITE_LOCKED: "locked",
}
_WRITING = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY)

_TABLES = """
CREATE TABLE reading (
  file TEXT PRIMARY KEY, sha256 TEXT, base TEXT, unit TEXT, code TEXT, about TEXT, data BLOB, seal TEXT
);
CREATE TABLE run (number INTEGER PRIMARY KEY, data TEXT, seal TEXT);
CREATE TABLE part (
  run INTEGER, place INTEGER, facts TEXT, content TEXT, seal TEXT, PRIMARY KEY (run, place)
);
CREATE TABLE content (seal TEXT PRIMARY KEY, data BLOB);
CREATE TABLE given (unit TEXT, finding TEXT, by TEXT, word TEXT, seal TEXT, PRIMARY KEY (unit, finding, by));
"""


class Database:
    """``words``: what is said to people of the file, one Chinese line each."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.words: list[str] = []
        self._connection: sqlite3.Connection | None = None
        self._writable = True
        self._pending = 0
        self._together = False
        self._open()

    def read(self, statement: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """The rows; [] where the file can not be read."""
        return self._tried(lambda connection: connection.execute(statement, values).fetchall(), [])

    def write(self, statement: str, values: Sequence[Any] = ()) -> None:
        """One change. It lasts when :meth:`commit` has been called, or many others have been made."""
        if not self._writable:
            return

        def change(connection: sqlite3.Connection) -> None:
            if not connection.in_transaction:
                connection.execute("BEGIN IMMEDIATE")
            connection.execute(statement, values)

        self._tried(change, None)
        self._pending += 1
        if self._pending >= _BATCH and not self._together:
            self.commit()

    def commit(self) -> None:
        self._pending = 0
        self._tried(lambda connection: connection.commit(), None)

    def together(self, changes: Callable[[], None]) -> None:
        """All the changes that ``changes`` writes, or none."""
        self.commit()
        self._together = True
        try:
            changes()
        except BaseException:
            self._tried(lambda connection: connection.rollback(), None)
            raise
        finally:
            self._together = False
        self.commit()

    def close(self) -> None:
        self.commit()
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def say(self, key: str, **names: str) -> None:
        """Tell people, once."""
        said = wording_of("gouji.city.memory", "store")[key].format(file=self.path.name, **names)
        if said not in self.words:
            self.words.append(said)

    # ------------------------------------------------------------ opening

    def _open(self) -> None:
        try:
            self._connection = self._connected()
        except sqlite3.OperationalError as error:
            self._without(error)
        except sqlite3.DatabaseError:
            self._begin_anew()

    def _begin_anew(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        aside = self._put_aside()
        if aside is None:
            self._writable = False
            return
        try:
            self._connection = self._connected()
            if self._connection is not None:
                _salvage(aside, self._connection)
        except sqlite3.Error as error:
            self._without(error)

    def _connected(self) -> sqlite3.Connection | None:
        connection = sqlite3.connect(self.path, timeout=_PATIENCE, isolation_level=None)
        try:
            (ours,) = connection.execute("PRAGMA application_id").fetchone()
            (layout,) = connection.execute("PRAGMA user_version").fetchone()
            (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            if not tables:
                connection.executescript(
                    f"BEGIN IMMEDIATE; PRAGMA application_id = {_OURS}; PRAGMA user_version = {_LAYOUT};"
                    f"{_TABLES} COMMIT;"
                )
            elif ours != _OURS or layout != _LAYOUT:
                self.say("newer" if ours == _OURS else "foreign")
                connection.close()
                return None
        except BaseException:
            connection.close()
            raise
        return connection

    def _put_aside(self) -> Path | None:
        """Under a name that no other file has: what can not be read may still be wanted by somebody."""
        mark = marks_of("gouji.city.memory", "store")["damaged"]
        number = 1
        while (aside := self.path.with_name(f"{self.path.stem}_{mark}{number}{self.path.suffix}")).exists():
            number += 1
        try:
            self.path.replace(aside)
            # The journal belongs to the file that was, and would be played back into the new one.
            self.path.with_name(f"{self.path.name}-journal").unlink(missing_ok=True)
        except OSError:
            self.say("locked")
            return None
        self.say("damaged", aside=aside.name)
        return aside

    # ------------------------------------------------------------ trouble

    def _tried(self, action: Callable[[sqlite3.Connection], T], otherwise: T) -> T:
        if self._connection is None:
            return otherwise
        try:
            return action(self._connection)
        except sqlite3.OperationalError as error:
            self._without(error)
        except sqlite3.DatabaseError:
            self._begin_anew()
        return otherwise

    def _without(self, error: sqlite3.Error) -> None:
        """Go on without the file, or without writing into it where only that is refused."""
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        self.say(_REASONS.get(code, "unusable"))
        self._writable = False
        if code not in _WRITING and self._connection is not None:
            self._connection.close()
            self._connection = None


def _salvage(damaged: Path, connection: sqlite3.Connection) -> None:
    """Copy what lasts and can still be read; each record says itself whether it is whole."""
    source = sqlite3.connect(damaged)
    try:
        for table in _LASTING:
            try:
                for row in source.execute(f"SELECT * FROM {table}"):
                    marks = ", ".join("?" * len(row))
                    connection.execute(f"INSERT OR IGNORE INTO {table} VALUES ({marks})", row)
            except sqlite3.Error:
                continue
    finally:
        source.close()
