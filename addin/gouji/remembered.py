"""What was worked out once and is needed again, within a bound: a process that reads many files reads the
same labels, formulas and parts over and over.

Only what follows from the key alone may be remembered, so that nothing depends on what was read before.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Hashable, Sequence
from threading import Lock
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Found = TypeVar("Found")
Result = TypeVar("Result")

#: Texts of more characters are not remembered, and so much room takes what must not be.
MAX_TEXT, NEVER = 1000, 1 << 40


def of_texts(*texts: str | None) -> int:
    """Bytes that texts take at most: one character beyond the first plane makes four of each."""
    said = [text for text in texts if text]
    return NEVER if any(len(text) > MAX_TEXT for text in said) else 80 * len(texts) + 4 * sum(map(len, said))


class Memo(Generic[Key, Found]):
    """A mapping of bounded size that forgets what was not asked for lately. Safe between threads.

    Two generations: where the younger one is full it becomes the older one, and what the older one held is
    forgotten unless it was asked for since. Cheaper than an order of use kept with every look-up. What is
    false is not remembered.
    """

    def __init__(self, room: int, size: Callable[[Key, Found], int] = lambda key, found: 1) -> None:
        """``room``: how much both generations hold together, as ``size`` counts."""
        self._half, self._size = room // 2, size
        self._spent = 0
        self._young: dict[Key, Found] = {}
        self._old: dict[Key, Found] = {}
        self._lock = Lock()

    def get(self, key: Key) -> Found | None:
        """What is remembered, or None."""
        found = self._young.get(key)
        return self._older(key) if found is None else found

    def each(self, keys: Sequence[Key], learn: Callable[[Key], Found]) -> list[Found]:
        """What is remembered of each, or what ``learn`` makes of it and may remember."""
        found: list[Found | None] = [*map(self._young.get, keys)]
        if not all(found):
            for at, one in enumerate(found):
                if one is None:
                    key = keys[at]
                    older = self._older(key)
                    found[at] = learn(key) if older is None else older
        return found  # type: ignore[return-value]

    def put(self, key: Key, found: Found) -> None:
        """Remember; what alone would fill a generation is not kept."""
        size = self._size(key, found)
        if size > self._half:
            return
        with self._lock:
            had = self._young.get(key)
            if had is not None:
                self._spent -= self._size(key, had)
            if self._spent + size > self._half:
                self._old, self._young, self._spent = self._young, {}, 0
            self._young[key] = found
            self._spent += size

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._young, self._old, self._spent = {}, {}, 0

    def _older(self, key: Key) -> Found | None:
        found = self._old.get(key)
        if found is not None:
            self.put(key, found)
        return found


class OfOwners:
    """What follows from an object that does not change, found once. Such an owner is told from others by what
    it is, not by what it equals, and needs no hash; it is kept with what was found, so that no other gets
    its id."""

    __slots__ = ("_found", "_most")

    def __init__(self, most: int = sys.maxsize) -> None:
        """``most``: so much is remembered at once."""
        self._most = most
        self._found: dict[tuple[Hashable, int], tuple[object, object]] = {}

    def once(self, key: Hashable, owner: object, find: Callable[[], Result]) -> Result:
        """What ``find`` gives, which is to depend on the key and the owner alone, and on whose memory this
        is."""
        found = self._found.get((key, id(owner)))
        if found is None:
            if len(self._found) >= self._most:
                self._found.clear()
            found = self._found[key, id(owner)] = owner, find()
        return found[1]  # type: ignore[return-value]
