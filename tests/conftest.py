"""Fixtures for all tests."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, is_hypothesis_test, settings

import support.office as libreoffice
from support import FEWEST, LONG_FACTOR, SHORT_FACTOR
from support.once import once
from support.written import command

#: Fixtures that start another spreadsheet program, a browser or node.
ENGINES = {"office", "gnumeric", "chromium", "page_file", "page_parts"}
MACROS, PAGE = (Path(__file__).with_name(name) for name in ("macros", "page"))
#: Of tests that take long among those that do not.
MARKS = ("office", "slow")
#: What some machines set for every Python program. Without compiled files each of a hundred processes
#: compiles the package again; unbuffered, what two write into one pipe mixes.
OF_THE_MACHINE = ("PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED")

SAME = "same"
#: Properties are tried on the same examples each time, so that a run says what a change did;
#: ``--hypothesis-profile explore`` draws others. How long one takes by the clock depends on what else runs.
settings.register_profile("explore", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile(SAME, settings.get_profile("explore"), derandomize=True)
settings.load_profile(SAME)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--long",
        action="store_true",
        help=f"only what takes long: tests so marked, each property with {LONG_FACTOR} times its examples",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Processes that tests start are as on any other machine. oletools uses spellings that its parser library
    deprecates, on import."""
    for name in OF_THE_MACHINE:
        os.environ.pop(name, None)
    sys.dont_write_bytecode = False
    config.addinivalue_line("filterwarnings", "ignore:.*deprecated:DeprecationWarning:oletools")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Under ``pytest -n 2``: a module stays in one process, and so does the whole folder of the macros, whose
    last test asks what the others ran."""
    from xdist.scheduler import LoadScopeScheduling

    config.option.loadscopereorder = False  # the order is that of ``_largest_first``

    class ByModule(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            module = nodeid.partition("::")[0]
            folder = Path(config.rootpath, module).parent
            return str(folder) if folder == MACROS else module

    return ByModule(config, log)


def pytest_collection_finish() -> None:
    """Thousands of collected tests are not looked through for garbage at every turn: an eighth of the run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 10, 10)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Whatever starts another program is marked ``office``."""
    for item in items:
        if MACROS in item.path.parents or ENGINES & set(getattr(item, "fixturenames", ())):
            item.add_marker("office")
    long = config.getoption("--long")
    chosen: list[pytest.Item] = []
    others: list[pytest.Item] = []
    for item in items:
        wanted = _takes_long(item) if long else not item.get_closest_marker("long")
        (chosen if wanted else others).append(item)
    config.hook.pytest_deselected(items=others)
    items[:] = _largest_first(chosen) if hasattr(config, "workerinput") else chosen
    factor = LONG_FACTOR if long else SHORT_FACTOR
    if long or config.getoption("--hypothesis-profile") in (None, SAME):
        for test in {item.obj for item in items if _is_property(item)}:  # type: ignore[attr-defined]
            _with_examples(test, factor)


def _largest_first(items: list[pytest.Item]) -> list[pytest.Item]:
    """So that no process waits at the end for a large module: the macros, which are one; the page's together,
    since a browser is open while they follow one another; others with engines; slow ones; the rest by their
    number of tests."""
    modules: dict[Path, list[pytest.Item]] = {}
    for item in items:
        modules.setdefault(item.path, []).append(item)

    def rank(path: Path) -> tuple[int, ...]:
        if MACROS in path.parents:
            return (0,)
        tests = modules[path]
        engines, slow = (sum(map(bool, (one.get_closest_marker(name) for one in tests))) for name in MARKS)
        return 1 if engines and PAGE in path.parents else 2, -engines, -slow, -len(tests)

    return [item for path in sorted(modules, key=rank) for item in modules[path]]


def _takes_long(item: pytest.Item) -> bool:
    return _is_property(item) or item.get_closest_marker("long") is not None


def _is_property(item: pytest.Item) -> bool:
    return is_hypothesis_test(getattr(item, "obj", None))


def _with_examples(test: Any, times: float) -> None:
    """Where hypothesis keeps a test's settings: a profile does not reach a test that names its own number."""
    own = test._hypothesis_internal_use_settings or settings()
    number = max(min(FEWEST, own.max_examples), int(own.max_examples * times))
    test._hypothesis_internal_use_settings = settings(own, max_examples=number, deadline=None)


@pytest.fixture
def byte_code(monkeypatch: pytest.MonkeyPatch) -> None:
    """Python keeps byte code, and beside its module."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", None)


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What ``gouji demo`` makes: a season of 38 units, two runs. Whoever changes something copies it."""
    return once(tmp_path_factory, "demo", lambda folder: command("demo", folder))


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[libreoffice.Office]:
    """A headless LibreOffice for the whole run. In CI its absence is a failure, elsewhere a skip."""
    reason = libreoffice.missing()
    if reason and os.environ.get("CI"):
        pytest.fail(reason)
    if reason:
        pytest.skip(reason)
    session = libreoffice.Office(tmp_path_factory.mktemp("office"))
    yield session
    session.close()
