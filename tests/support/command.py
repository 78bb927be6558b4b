"""A command as a person calls it, in this process: exit code and what it says."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from gouji.cli import main


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str


Run = Callable[..., Ran]


def runner(capsys: pytest.CaptureFixture[str]) -> Run:
    def call(*arguments: object) -> Ran:
        capsys.readouterr()
        with pytest.raises(SystemExit) as stopped:
            main([str(a) for a in arguments])
        captured = capsys.readouterr()
        code = stopped.value.code
        return Ran(code if isinstance(code, int) else 0, captured.out, captured.err)

    return call


def chinese(text: str) -> bool:
    return bool(re.search("[\u4e00-\u9fff]", text))


def refused(ran: Ran, *said: str) -> None:
    """Exit code 2, nothing on stdout, Chinese and no traceback on stderr."""
    assert ran.code == 2
    assert ran.out == ""
    assert chinese(ran.err) and "Traceback" not in ran.err
    for text in said:
        assert text in ran.err
