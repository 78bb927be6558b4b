"""Every error that the package raises on purpose has one base, and reads as one line."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from pathlib import Path

import pytest

import gouji
from gouji.cli import _failure
from gouji.errors import GoujiError
from gouji.excel.windows import NotWindows, has_key
from gouji.files import WouldOverwrite
from gouji.form import KINDS, NotANumber
from gouji.workbook.reading.guard import Refused


def error_classes() -> set[type[Exception]]:
    """Every public exception that a module of the package defines."""
    found: set[type[Exception]] = set()
    for module in pkgutil.walk_packages(gouji.__path__, "gouji."):
        if module.name.endswith("__main__"):
            continue
        for name, value in inspect.getmembers(importlib.import_module(module.name), inspect.isclass):
            if issubclass(value, Exception) and value.__module__ == module.name and name[0] != "_":
                found.add(value)
    return found


def test_every_public_error_has_the_one_base() -> None:
    found = error_classes()
    assert len(found) > 15
    assert {error.__name__ for error in found if not issubclass(error, GoujiError)} == set()


def test_no_two_errors_have_one_name() -> None:
    names = [error.__name__ for error in error_classes()]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("error", "base"),
    [(Refused("json", "读不出。"), Exception), (WouldOverwrite(Path("甲.xlsx")), FileExistsError)],
    ids=lambda value: type(value).__name__,
)
def test_an_error_is_its_line_and_keeps_its_older_base(error: GoujiError, base: type) -> None:
    assert isinstance(error, base)
    assert error.message == str(error) == _failure(error)
    assert error.message.endswith("。") and "\n" not in error.message


def test_errors_of_lower_floors_are_chinese_as_well() -> None:
    with pytest.raises(ValueError, match="约30") as unread:
        KINDS["count"].parse("约30")
    assert isinstance(unread.value, NotANumber) and "不猜" in unread.value.message
    with pytest.raises(OSError, match="Windows") as elsewhere:
        has_key("Software")
    assert isinstance(elsewhere.value, NotWindows) and isinstance(elsewhere.value, GoujiError)
