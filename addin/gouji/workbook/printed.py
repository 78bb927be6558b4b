"""What a template prints outside its grids: known again when a file comes back, whatever is printed today.

The very hidden sheet holds short digests of these texts. Files of 0.1.0 hold none; theirs are listed in
``printed.toml``. A sentence that is worded anew so never makes a stray of what an old file prints.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any

from ..form import Form
from ..records import dataclass
from ..remembered import Memo
from ..report import plain_mark
from ..shipped import shipped
from .wording import marks, wording


@dataclass(frozen=True)
class Printed:
    """The texts of one file. ``digests``: as its very hidden sheet holds them, "" where it has none."""

    form: Form
    digests: str

    def __contains__(self, text: str) -> bool:
        found = self._known.get(text)
        if found is None:
            found = self._holds(plain_mark(text))
            self._known.put(text, found)
        return found

    @cached_property
    def _known(self) -> Memo[str, bool]:
        return _known(self.form, self.digests)

    @cached_property
    def _told(self) -> frozenset[str]:
        return frozenset(self.digests.split())

    def _holds(self, plain: str) -> bool:
        if plain in _today(self.form) or plain in _listed():
            return True
        return bool(self._told) and _digest(plain) in self._told


@lru_cache(maxsize=8)
def _known(form: Form, digests: str) -> Memo[str, bool]:
    """What was asked of files with these digests: at every label of every file the same."""
    return Memo(1 << 20, lambda text, _: 100 + len(text))


@cache
def digests_of(form: Form) -> str:
    """The digests of everything that the form's template prints today, for the very hidden sheet."""
    return " ".join(sorted(map(_digest, _today(form))))


def _digest(plain: str) -> str:
    return hashlib.sha256(plain.encode()).hexdigest()[:10]


@cache
def _today(form: Form) -> frozenset[str]:
    """Every text that the template prints outside its grids, as compared."""
    texts = {form.title, *marks("cover").values()}
    texts |= {*_texts([wording(name) for name in ("cover", "text", "table", "check", "pasting", "commands")])}
    texts |= {section.title for section in form.sections} | {*beside_texts(form)}
    return frozenset(plain_mark(text) for text in texts)


def beside_texts(form: Form) -> tuple[str, str]:
    """What is said beside the paragraphs of 引言, and beside those of a section."""
    w = wording("text")
    help_ = w["help"] + w["indent"].format(indented=w["indented"])
    return w["preface_help"].format(title=form.sections[0].title), help_


@cache
def _listed() -> frozenset[str]:
    releases = shipped(str(Path(__file__).with_name("printed.toml")))
    return frozenset(plain_mark(text) for texts in releases.values() for text in texts)


def _texts(found: Any) -> Iterator[str]:
    if isinstance(found, str):
        yield found
    elif isinstance(found, dict | list):
        for each in found.values() if isinstance(found, dict) else found:
            yield from _texts(each)
