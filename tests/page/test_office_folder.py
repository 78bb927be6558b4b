"""A folder of returns in the page: the same results, byte for byte, as on the command line."""

from __future__ import annotations

import datetime
import io
import shutil
import zipfile
from pathlib import Path

import pytest

from gouji.cli import main
from gouji.cli.season import run_folder
from support import office_page
from support.office_page import TIME, tree


def command(*arguments: object) -> int:
    with pytest.raises(SystemExit) as stopped:
        main([str(a) for a in arguments])
    return stopped.value.code if isinstance(stopped.value.code, int) else 0


def unzipped(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def same(found: dict[str, bytes], wanted: dict[str, bytes]) -> None:
    """Both have the same files, each of the same bytes."""
    assert sorted(found) == sorted(wanted)
    assert [name for name in wanted if found[name] != wanted[name]] == []


@pytest.fixture
def returns(demo: Path, tmp_path: Path) -> Path:
    """What 38 units sent, with the roster beside: two of them sent nothing, one a second time."""
    sent = tmp_path / "报送"
    shutil.copytree(demo / "报送", sent)
    files = sorted(sent.glob("*.xlsx"))
    files[3].unlink()
    files[7].rename(sent / "坏.xlsx")
    (sent / "坏.xlsx").write_bytes(b"PK\x03\x04 no workbook")
    (sent / "说明.docx").write_bytes(b"PK\x03\x04 no letter")
    shutil.copy(demo.parent / "名单.xlsx", tmp_path / "名单.xlsx")
    return sent


def test_a_folder_with_its_roster(returns: Path, tmp_path: Path) -> None:
    """Every result of the command line, and no other, under the same names."""
    files = {**office_page.dropped(returns), "名单.xlsx": returns.parent / "名单.xlsx"}
    given = office_page.begin(tmp_path / "page", dict(files))
    assert given["used"] == {"roster": "名单.xlsx"}
    assert (given["missing"], given["season"], given["files"]) == ("", "", len(files))
    read = office_page.read()
    assert len(read) == len(files) - 1
    assert {one["state"] for one in read} >= {"unreadable"}
    again = office_page.given()
    assert again["to_read"] == []
    assert again["year"] == 2019
    shown = office_page.run("太仓市", again["year"])
    command(
        "consolidate", returns, "--roster", returns.parent / "名单.xlsx", "--name", "太仓市", "--year", 2019
    )
    same(
        unzipped(office_page.zipped()),
        {f"汇总结果/{k}": v for k, v in tree(returns.parent / "汇总结果").items()},
    )
    assert shown["folder"] == "汇总结果"


def test_a_season(demo: Path, tmp_path: Path) -> None:
    """汇总台 is the place of words: it needs no name, and the third run carries the first two on."""
    season = tmp_path / "command" / demo.name
    shutil.copytree(demo, season)
    given = office_page.begin(tmp_path / "page", dict(office_page.dropped(demo)))
    assert given["season"] == f"{demo.name}/汇总台.xlsx"
    assert (given["name"], given["year"], given["missing"]) == ("太仓市", 2019, "")
    office_page.read()
    shown = office_page.run(time=TIME.isoformat())
    run_folder(season, told=False, now=TIME)
    made = unzipped(office_page.zipped())
    newest = {f"{shown['folder']}/{k}": v for k, v in tree(season / shown["folder"]).items()}
    pointer = {f"结果/{p.name}": p.read_bytes() for p in (season / "结果").glob("*.html")}
    store = {"记录.sqlite": made["记录.sqlite"]}
    same(made, newest | pointer | store)
    # Every run made here goes along, those that were dropped lie there already.
    later = TIME + datetime.timedelta(hours=1)
    again = office_page.run(time=later.isoformat())
    run_folder(season, told=False, now=later)
    both = unzipped(office_page.zipped())
    wanted = tree(season / "结果")
    here = {Path(one["folder"]).name for one in (shown, again)}
    assert len(here) == 2
    runs = {f"结果/{path}": content for path, content in wanted.items() if path.split("/")[0] in here}
    pointer = {name: wanted[Path(name).name] for name in pointer}
    same(both, runs | pointer | {"记录.sqlite": both["记录.sqlite"]})
