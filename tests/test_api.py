"""The front door: what ``import gouji`` offers, what its README shows, and the same as the commands give."""

from __future__ import annotations

import doctest
import json
import subprocess
import sys
from pathlib import Path

import pytest

import gouji
from gouji import api
from gouji.city.demo import demo_reports, demo_roster
from gouji.cli import main
from gouji.files import WouldOverwrite
from gouji.form import load_form
from gouji.report import canonical
from support import DATA, ROOT
from support.random_reports import balanced

pytestmark = pytest.mark.slow

SEED = DATA / "seeds" / "seed-0.json"


def run(*arguments: object) -> int:
    with pytest.raises(SystemExit) as stop:
        main([str(argument) for argument in arguments])
    assert isinstance(stop.value.code, int)
    return stop.value.code


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_readme_is_true(here: Path) -> None:
    readme = ROOT / "addin" / "gouji" / "README.md"
    failed, tried = doctest.testfile(str(readme), module_relative=False, encoding="utf-8")
    assert failed == 0 and tried > 40


def test_every_name_is_in_the_readme_and_has_a_docstring() -> None:
    readme = (ROOT / "addin" / "gouji" / "README.md").read_text("utf-8")
    for name in gouji.__all__:
        if name != "__version__":
            assert f"| `{name}" in readme
            assert getattr(gouji, name).__doc__
    assert set(gouji.__all__) <= set(dir(gouji))
    with pytest.raises(AttributeError, match="nothing"):
        gouji.nothing  # type: ignore[attr-defined]  # noqa: B018


def test_importing_it_loads_nothing() -> None:
    code = (
        "import sys, __future__; before = set(sys.modules); import gouji\n"
        "print(sorted(set(sys.modules) - before))\n"
        "gouji.GoujiError; print(sorted(m for m in sys.modules if m.startswith('gouji')))"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    first, second = (set(json.loads(line.replace("'", '"'))) for line in shown.stdout.splitlines())
    assert first == {"gouji"}
    assert second == {"gouji", "gouji.errors"}


# ---------------------------------------------------------------- the same as the commands


def test_it_writes_what_the_commands_write(here: Path) -> None:
    report = gouji.read(SEED)
    assert run("fill", SEED, "-o", "甲.xlsx") == 0
    assert gouji.write(report) == Path("甲.xlsx").read_bytes()
    assert run("export", "甲.xlsx", "-o", "甲.json") == 0
    assert gouji.write(gouji.read("甲.xlsx"), to="json") == Path("甲.json").read_bytes()
    blank = gouji.Report(load_form("2021"), unit="甲局", year=2024, texts={})
    assert run("template", "--year", 2024, "--unit", "甲局", "-o", "空.xlsx") == 0
    assert gouji.write(blank) == Path("空.xlsx").read_bytes()


def test_it_judges_as_the_command_does(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    this, last = (DATA / "published" / f"pt-htp-202{n}.json" for n in (5, 4))
    run("validate", this, "--prior", last, "--json")
    (entry,) = json.loads(capsys.readouterr().out)
    checked = gouji.validate(this, prior=last)
    assert [f.id for f in checked.findings] == [f["id"] for f in entry["findings"]]
    assert checked.state == entry["state"]
    assert gouji.validate(this.read_bytes(), prior=gouji.read(last)).findings == checked.findings


def test_a_city_from_a_folder_from_files_and_from_bytes(here: Path) -> None:
    units = list(demo_reports())[:5]
    for number, report in enumerate(units):
        gouji.write(report, f"各单位/{number}.xlsx")
    roster = demo_roster()
    year = units[0].year

    def total(sources: object, **more: object) -> str:
        city = gouji.consolidate(sources, roster=roster, name="某市", year=year, **more)  # type: ignore[arg-type]
        assert len(city.taken) == 5
        return canonical(city.report)

    paths = sorted(Path("各单位").iterdir())
    assert total("各单位") == total(paths) == total({p.name: p.read_bytes() for p in paths})
    own = gouji.Report(units[0].form, texts={"五": "某市的问题。"})
    assert "某市的问题。" in total("各单位", city=own)
    with pytest.raises(api.OtherYear, match="应为"):
        gouji.consolidate("各单位", roster=roster, name="某市", year=year, prior=paths[0])


# ---------------------------------------------------------------- files


def test_nothing_is_written_over_and_never_what_was_read(here: Path) -> None:
    report = gouji.Report(load_form("2021"), unit="甲局", year=2024, values=dict(balanced_values()))
    gouji.write(report, "甲.xlsx")
    with pytest.raises(WouldOverwrite):
        gouji.write(report, "甲.xlsx")
    gouji.write(report, "甲.xlsx", force=True)
    before = Path("甲.xlsx").read_bytes()
    with pytest.raises(WouldOverwrite, match="不能写回"):
        gouji.seal("甲.xlsx", "甲.xlsx", force=True)
    with pytest.raises(WouldOverwrite, match="不能写回"):
        gouji.seal(before, "甲.xlsx", prior="甲.xlsx", force=True)
    assert Path("甲.xlsx").read_bytes() == before
    assert [p.name for p in here.iterdir()] == ["甲.xlsx"], "no draft is left"


def balanced_values() -> dict[str, int]:
    from random import Random

    return balanced(load_form("2021"), Random(1))


def test_what_can_not_be_sealed_says_all_that_stands_in_the_way(here: Path) -> None:
    with pytest.raises(api.NotSealable) as unreadable:
        gouji.seal(b"nothing")
    assert unreadable.value.findings[0].rule == "unreadable"
    blank = gouji.write(gouji.Report(load_form("2021"), unit="甲局", year=2024))
    with pytest.raises(api.NotSealable) as errors:
        gouji.seal(blank, "乙.xlsx")
    assert {f.level for f in errors.value.findings} == {"error"}
    assert str(len(errors.value.findings)) in errors.value.message
    assert not Path("乙.xlsx").exists()


def test_what_carries_no_texts_is_not_sealed(here: Path) -> None:
    """Nothing is wrong with it, and nobody has looked at 一、五、六; the workbook made of it no less."""
    published = (DATA / "published" / "pt-jtj-2024.json").read_bytes()
    for content in (published, gouji.write(gouji.read(published))):
        assert gouji.validate(content).state == "clean"
        with pytest.raises(api.NotSealable, match="一、五、六") as refused:
            gouji.seal(content, "乙.xlsx")
        assert refused.value.findings == () and not Path("乙.xlsx").exists()


@pytest.mark.parametrize("content", [b'{"year": 2024}', b'\xef\xbb\xbf\r\n {"year": 2024}'])
def test_json_is_known_by_how_it_begins(content: bytes) -> None:
    assert gouji.read(content).year == 2024


@pytest.mark.parametrize("content", [b"", b"[", b"{", b"PK", b"<html>", "年报".encode(), b"\xff\xfe{"])
def test_bytes_that_are_no_report_are_refused_in_chinese(content: bytes) -> None:
    with pytest.raises(gouji.GoujiError) as refused:
        gouji.read(content)
    assert refused.value.message.endswith(("。", "）"))
    assert gouji.validate(content).state == "unreadable"
