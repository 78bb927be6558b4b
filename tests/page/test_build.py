"""The page is built from what is known, says its version once, and is the same each time."""

from __future__ import annotations

import re
import shutil
import zipfile
from pathlib import Path

import pytest

import gouji
from gouji.excel.bundle import _page_files
from gouji.files import WouldOverwrite
from gouji.page import sources
from gouji.page.build import build_page
from gouji.page.bytecode import missing_imports
from gouji.page.sources import PageError
from gouji.wording import wording_of
from gouji.workshop.packages import own_files
from support.browsers import needs
from support.built_page import fetched
from support.command import runner

WORDS = wording_of("gouji.page", "build")


@pytest.fixture(scope="module")
def page_parts() -> tuple[Path, Path]:
    needs("node", "npm")
    return fetched()


def test_another_pyodide_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "pyodide-0.1.tgz"
    other.write_bytes(b"else")
    with pytest.raises(PageError) as caught:
        build_page(tmp_path / "page.html", other)
    version = sources.contents()["pyodide"]["version"]
    assert caught.value.message == WORDS["other_pyodide"].format(path=other.name, version=version)
    assert not (tmp_path / "page.html").exists()


def test_another_wheel_is_refused(tmp_path: Path, page_parts: tuple[Path, Path]) -> None:
    (name,) = sources.contents()["wheels"]
    with zipfile.ZipFile(tmp_path / name, "w") as wheel:
        wheel.writestr("msgspec/__init__.py", "")
    with pytest.raises(PageError) as caught:
        build_page(tmp_path / "page.html", page_parts[0], tmp_path)
    assert caught.value.message == WORDS["wheel_digest"].format(name=name)
    (tmp_path / name).unlink()
    with pytest.raises(PageError) as caught:
        build_page(tmp_path / "page.html", page_parts[0], tmp_path)
    assert caught.value.message == WORDS["no_wheel"].format(folder=tmp_path, name=name)


def test_without_node_it_is_said(
    tmp_path: Path, page_parts: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(PageError) as caught:
        build_page(tmp_path / "page.html", *page_parts)
    assert caught.value.message == WORDS["no_node"]


def test_what_is_there_is_kept(tmp_path: Path, page_parts: tuple[Path, Path]) -> None:
    there = tmp_path / "page.html"
    there.write_text("a person's", "utf-8")
    with pytest.raises(WouldOverwrite):
        build_page(there, *page_parts)
    with pytest.raises(WouldOverwrite):
        build_page(page_parts[0], *page_parts, force=True)
    assert there.read_text("utf-8") == "a person's"


LATER = b"""
from typing import TYPE_CHECKING
import os.path
if TYPE_CHECKING:
    import pandas
def later():
    import smtplib
    from xml import dom, sax
    from . import cli
    from .excel.ways import ways
    from .form import load_form
"""
#: What the page lacks of it.
LACKS = ["gouji.cli", "gouji.excel.ways", "smtplib", "xml.dom"]


def test_an_import_that_would_fail_is_found() -> None:
    """At whatever depth it stands: else a clerk would be the first to see it, whenever that line runs."""
    app = {"gouji/later.py": LATER, "gouji/rules.toml": b"import turtle"}
    known = {"typing", "os.path", "xml", "xml.sax", "gouji", "gouji.form"}
    absent = {"xml.dom", "gouji.cli", "gouji.excel.ways", "smtplib", "pandas"}
    found = [("gouji/later.py", name) for name in LACKS]
    assert sorted(missing_imports(app, known, absent, {})) == found
    assert sorted(missing_imports(app, known, absent, {"smtplib": ["gouji/later.py"]})) == [
        one for one in found if one[1] != "smtplib"
    ]
    elsewhere = {"smtplib": ["gouji/earlier.py"]}
    assert sorted(missing_imports(app, known, absent, elsewhere)) == found


@pytest.mark.long
def test_such_an_import_stops_the_build(
    tmp_path: Path, page_parts: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    own = dict(sources.own_files())
    kept = {name: own[name] for name in ("gouji/__init__.py", "gouji/form/__init__.py")}
    added = {"gouji/later.py": LATER, "gouji/cli/__init__.py": b"", "gouji/excel/ways.py": b""}
    monkeypatch.setattr(sources, "own_files", (kept | added).items)
    with pytest.raises(PageError) as caught:
        build_page(tmp_path / "page.html", *page_parts)
    assert "gouji/" in caught.value.message and "contents.toml" in caught.value.message
    assert list(tmp_path.iterdir()) == []


@pytest.mark.long
def test_the_command_builds_the_same_bytes_again(
    page_file: Path, tmp_path: Path, page_parts: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    package, wheels = page_parts
    run = runner(capsys)
    out = tmp_path / "勾稽校验.html"
    shown = run("page", "-o", out, "--pyodide", package, "--wheels", wheels)
    assert shown.code == 0 and out.name in shown.out
    assert out.read_bytes() == page_file.read_bytes()
    assert [path.name for path in tmp_path.iterdir()] == [out.name]
    again = run("page", "-o", out, "--pyodide", package, "--wheels", wheels)
    assert again.code == 2 and "--force" in again.err


def test_the_version_stands_in_one_place() -> None:
    """And Pyodide's with its digest."""
    version = sources.contents()["pyodide"]["version"]
    page = {name: data.decode() for name, data in own_files() if name.startswith("gouji/page/")}
    texts = {name: text for name, text in page.items() if not name.endswith(".md")}
    assert [name for name, text in texts.items() if version in text] == ["gouji/page/contents.toml"]
    assert [name for name, text in texts.items() if gouji.__version__ in text] == []


def test_the_page_says_whose_it_is_where_the_bundle_looks(page_file: Path) -> None:
    name, content = next(_page_files(page_file))
    assert name.endswith(".html") and content == page_file.read_bytes()


def test_the_page_holds_no_machine_of_its_maker(page_file: Path) -> None:
    """No path of the machine, one file in all. In ten million letters of packed data any short word may
    stand."""
    text = re.sub("[A-Za-z0-9+/=]{1000,}", "", page_file.read_text("utf-8"))
    assert len(text) > 100_000
    assert not re.search(r"(?:src|href)=[\"'](?!data:|#)", text)
    assert f"{Path.home()}/" not in text or Path.home() == Path("/")
    assert str(Path(gouji.__file__).parents[2]) not in text
    assert shutil.which("node") not in text
