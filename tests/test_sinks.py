"""Every way out is clean: one list of hostile texts goes through every command, every kind of file and every
name that we give, and a new one fails here until it joins (``support/sinks.py``)."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from gouji import formats
from gouji.city.memory import long_table
from gouji.cli import COMMANDS
from gouji.files import file_part
from gouji.text import is_unseen, one_line, visible
from support import sinks, written
from support.hostile_strings import COMMANDING, FORMULAS, HOSTILE, NAMES, TOGETHER, unseen


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, list[sinks.Shown]]]:
    """What every command says to a terminal; the files that they make stay beside it."""
    if sys.platform == "win32":
        pytest.skip("a terminal as POSIX has it")
    folder = tmp_path_factory.mktemp("sinks")
    at, out = sinks.lay(folder / "in"), folder / "out"
    out.mkdir()
    said: dict[str, list[sinks.Shown]] = {}
    for command, calls in sinks.TERMINAL.items():
        said[command] = [sinks.on_terminal(*call) for call in calls(at, out)]
    said_files[0] = out
    yield said


said_files: list[Path] = [Path()]


@pytest.fixture(scope="module")
def files(told: dict[str, list[sinks.Shown]]) -> list[Path]:
    del told
    return sinks.made(said_files[0])


# ---------------------------------------------------------------- nothing is outside


def test_every_command_is_a_sink() -> None:
    assert set(sinks.TERMINAL) == set(COMMANDS)


def test_every_kind_of_file_is_a_sink() -> None:
    kinds = {f".{ending}" for ending in (*formats.WRITERS, *long_table.WRITERS)}
    assert kinds <= {*sinks.LOOKED_AT, *sinks.NOT_LOOKED_AT}


def test_every_module_that_finishes_a_package_is_a_sink() -> None:
    assert {*sinks.SEEN_IN, *sinks.FIXED} == set(written.WRITERS)


# ---------------------------------------------------------------- terminal


@pytest.mark.slow
def test_no_command_lets_a_text_command_the_terminal(told: dict[str, list[sinks.Shown]]) -> None:
    assert set(told) == set(COMMANDS)
    for command, shown in told.items():
        assert shown, command
        for one in shown:
            assert one.text.strip(), command
            assert unseen(one.text) == set(), command
            assert "Traceback" not in one.text, one.text
            assert one.code in (0, 1, 2), command


@pytest.mark.slow
def test_what_was_there_is_seen(told: dict[str, list[sinks.Shown]]) -> None:
    said = "".join(one.text for one in told["validate"])
    assert one_line(COMMANDING["clears the screen"]) in said
    assert one_line(COMMANDING["turns the direction"]) in said
    assert "\n乙局：通过" not in said.replace("\r\n", "\n")


# ---------------------------------------------------------------- files


@pytest.mark.slow
def test_every_file_holds_texts_as_texts(files: list[Path]) -> None:
    assert {path.suffix for path in files} <= {*sinks.LOOKED_AT, *sinks.NOT_LOOKED_AT}
    for path in files:
        if path.suffix in sinks.LOOKED_AT:
            assert sinks.LOOKED_AT[path.suffix](path), path.name


@pytest.mark.slow
@pytest.mark.parametrize("module", sinks.SEEN_IN)
def test_every_writer_keeps_what_its_format_holds(files: list[Path], module: str) -> None:
    """The name of the unit stands whole in a file of each: equal where the format holds it, else its codes
    are seen."""
    found = set(said_files[0].glob(sinks.SEEN_IN[module])) & set(files)
    assert found
    texts = [text for path in found for text in sinks.LOOKED_AT[path.suffix](path)]
    whole = [text for text in texts if sinks.NAME in text or one_line(sinks.NAME) in text]
    assert whole or any(FORMULAS["command"] in text for text in texts), module


@pytest.mark.slow
def test_every_name_of_a_file_is_one_everywhere(files: list[Path]) -> None:
    told = {sinks.FOLDER, *(f"{sinks.FILE}{end}" for end in (".xlsx", "导入.json", ".csv", ".csv.清单.json"))}
    names = {part for path in files for part in path.relative_to(said_files[0]).parts} - told
    assert names
    for name in names:
        assert unseen(name) == set(), name
        assert not set('\\/:*?"<>|') & set(name)
        assert name == name.rstrip(" .")


@pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE)
def test_a_name_becomes_part_of_a_file_name(name: str) -> None:
    part = file_part(name)
    assert not any(map(is_unseen, part)) and not set('\\/:*?"<>|') & set(part)
    assert part == part.strip(" .") and len(part.encode()) <= 240
    assert part.partition(".")[0].upper().rstrip() not in {"CON", "PRN", "AUX", "NUL", "COM1", "LPT¹"}


@pytest.mark.parametrize("name", ["CON", "con.局", "Nul ", "COM1", "lpt9.a.b", "conout$", "COM¹"])
def test_a_device_of_windows_is_no_name_of_a_file(name: str) -> None:
    assert file_part(name).startswith("_")


@pytest.mark.parametrize("name", ["CONTRACT", "COM", "COM10", "某局CON", "aux局"])
def test_what_only_looks_like_a_device_stays(name: str) -> None:
    assert file_part(name) == name


def test_every_hostile_text_is_on_the_list() -> None:
    """Of each kind of character that is not seen, one at least."""
    assert {"\x1b", "\x07", "\0", "\b", "\r", "\x9b", "\u2028", "\ufffe"} <= set(TOGETHER)
    assert unseen(visible(TOGETHER)) == set()
    assert all(NAMES.values())
