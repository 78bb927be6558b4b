"""The page's desk as the page uses it: calls by name, JSON back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from gouji.api import write
from gouji.page import desk
from gouji.report import Report


def calls() -> Iterator[None]:
    """For a fixture: a desk with nothing on it, before and after."""
    desk.cleared()
    yield
    desk.cleared()


def asked(name: str, *arguments: Any) -> Any:
    """What the page is answered: JSON read, or bytes."""
    answer = getattr(desk, name)(*arguments)
    return json.loads(answer) if isinstance(answer, str) else answer


def shown(name: str, *arguments: Any) -> dict[str, Any]:
    """The file itself among what is answered."""
    answer = asked(name, *arguments)
    found: dict[str, Any] = answer[0]
    return found


def checked(number: int, path: Path) -> dict[str, Any]:
    """A file put on the desk."""
    return shown("check", number, path.name, path.read_bytes())


def typed(number: int, cells: dict[str, str]) -> dict[str, Any]:
    return shown("typed", number, json.dumps(cells))


def as_validated(one: dict[str, Any], said: dict[str, Any]) -> None:
    """A file on the page and what ``gouji validate --json`` says of it are the same."""
    assert one["state"] == said["state"]
    for ours, theirs in zip(one["findings"], said["findings"], strict=True):
        for key in ("id", "level", "message", "remedy", "place"):
            assert ours[key] == theirs[key]
        assert (ours["explanation"] or {}).get("text") == (theirs["explanation"] or {}).get("text")
        assert ours["question"] is None or ours["question"]["cell"] == theirs["question"]["cell"]["id"]


def put(number: int, report: Report, name: str = "甲.xlsx") -> dict[str, Any]:
    """The report as a file that comes to the desk."""
    return shown("check", number, name, write(report))


def rules_of(one: dict[str, Any]) -> list[str]:
    """The rules of what is found in a file that is shown."""
    return [finding["rule"] for finding in one["findings"]]
