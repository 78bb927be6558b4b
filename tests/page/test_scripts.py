"""The page's scripts: typed, without words of their own; its HTML likewise."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

import gouji
from gouji.page.inlined import listed
from gouji.wording import data_beside
from support.browsers import needs
from support.built_page import npm_tools

PAGE = Path(gouji.__file__).parent / "page"
WEB = PAGE / "web"
SCRIPTS = [path.name for path in sorted(WEB.glob("*.js"))]
#: Run by themselves: in the worker, and before everything else.
ALONE = {"worker.js", "gate.js"}
_OPTIONS = {
    **dict.fromkeys(("noEmit", "allowJs", "checkJs", "strict", "skipLibCheck"), True),
    "target": "es2022",
    "module": "es2022",
    "moduleDetection": "legacy",
    "types": [],
}


def tsc(tmp_path: Path, library: str, *names: str) -> str:
    """What the type checker says of scripts that share one scope."""
    needs("node", "npm")
    files = [str(WEB / name) for name in names]
    if library == "dom":
        files += map(str, WEB.glob("*.d.ts"))
    options = {**_OPTIONS, "lib": ["es2022", library, f"{library}.iterable"]}
    config = {"files": files, "compilerOptions": options}
    (tmp_path / "tsconfig.json").write_text(json.dumps(config), "utf-8")
    program = npm_tools() / "typescript" / "bin" / "tsc"
    command = ["node", str(program), "-p", str(tmp_path)]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


@pytest.mark.slow
def test_the_scripts_are_typed(tmp_path: Path) -> None:
    assert tsc(tmp_path, "dom", *listed("scripts"), "gate.js") == ""


@pytest.mark.slow
def test_the_worker_is_typed(tmp_path: Path) -> None:
    assert tsc(tmp_path, "webworker", "worker.js") == ""


@pytest.mark.long
def test_the_type_checker_sees_what_is_wrong(tmp_path: Path) -> None:
    """Else the two above could not fail."""
    wrong = tmp_path / "wrong.js"
    wrong.write_text("'use strict';\nconst size = make('p').length; filled(1, {});\n", "utf-8")
    assert "wrong.js(2," in tsc(tmp_path, "dom", "dom.js", str(wrong))


def test_every_script_and_style_is_put_in() -> None:
    assert set(listed("scripts")) | ALONE == set(SCRIPTS)
    assert set(listed("styles")) == {path.name for path in WEB.glob("*.css")}


@pytest.mark.parametrize("name", SCRIPTS)
def test_scripts_are_strict_and_small(name: str) -> None:
    lines = (WEB / name).read_text("utf-8").splitlines()
    assert len(lines) < 400
    assert "'use strict';" in lines or name == "gate.js"  # which old browsers run, too


@pytest.mark.parametrize("path", sorted([*WEB.glob("*.*"), *PAGE.glob("*.mjs")]), ids=lambda path: path.name)
def test_no_word_stands_outside_the_wording(path: Path) -> None:
    assert re.findall(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]+", path.read_text("utf-8")) == []


def test_an_id_is_given_once() -> None:
    text = "".join(path.read_text("utf-8") for path in WEB.glob("*.html"))
    ids = re.findall(r' id="([^"{]+)"', text)
    assert sorted(ids) == sorted(set(ids))


def test_every_word_that_is_asked_for_is_there() -> None:
    data = data_beside("gouji.page", "wording.toml")
    there = {f"{part}.{key}" for part, said in data.items() for key in said}
    text = "".join(path.read_text("utf-8") for path in WEB.iterdir() if path.suffix in (".js", ".html"))
    assert set(re.findall(r"\bwords\.(\w+\.\w+)", text)) <= there
