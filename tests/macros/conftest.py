"""Workbooks with instrumented macros, open in an engine; what ran is collected for the last test."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from support.macro_build import Engine, Line
from support.macro_desk import OfficeDesk, SecondDesk
from support.macro_scene import Desk, package
from support.office import Office


@pytest.fixture(scope="session")
def ran() -> set[Line]:
    """Statements that ran, by file and line."""
    return set()


@pytest.fixture(scope="session")
def finished() -> set[str]:
    """Names of the tests of this folder that were run to their end."""
    return set()


@pytest.fixture(autouse=True)
def _finish(request: pytest.FixtureRequest, finished: set[str]) -> Iterator[None]:
    yield
    finished.add(request.node.originalname)


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("macros")


@pytest.fixture
def engine() -> Engine:
    return "office"


@contextmanager
def opened(engine: Engine, office: Office, folder: Path, ran: set[Line], filled: bool) -> Iterator[Desk]:
    content, macros = package(filled, engine, folder)
    path = folder / "open.xlsm"
    path.write_bytes(content)
    if engine == "pyopenvba":
        other = SecondDesk(path, macros, ran)
        yield other
        other.collect()
        return
    with office.open(path) as book:
        desk = OfficeDesk(book, macros, ran)
        yield desk
        desk.collect()


@pytest.fixture
def desk(engine: Engine, office: Office, folder: Path, ran: set[Line]) -> Iterator[Desk]:
    """A report without an error."""
    with opened(engine, office, folder, ran, True) as found:
        yield found


@pytest.fixture
def blank(engine: Engine, office: Office, folder: Path, ran: set[Line]) -> Iterator[Desk]:
    """The blank form."""
    with opened(engine, office, folder, ran, False) as found:
        yield found


@pytest.fixture
def office_blank(office: Office, folder: Path, ran: set[Line]) -> Iterator[OfficeDesk]:
    """The blank form in LibreOffice alone: cells are selected there as a person does."""
    with opened("office", office, folder, ran, False) as found:
        assert isinstance(found, OfficeDesk)
        yield found


@pytest.fixture
def live(office: Office, folder: Path, ran: set[Line]) -> Iterator[OfficeDesk]:
    """For what only LibreOffice can do: events of the keyboard, cell functions, colours, saving."""
    with opened("office", office, folder, ran, True) as found:
        assert isinstance(found, OfficeDesk)
        yield found
