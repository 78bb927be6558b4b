"""检查 and 汇总 of 汇总台.xlsm, run in LibreOffice: every statement of its module."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from gouji.city.season.book import desk_workbook
from gouji.city.season.sheets import sheet_names
from gouji.excel.interface import COMMAND_MODULE
from gouji.wording import wording_of
from gouji.workbook.wording import wording
from gouji.workshop.build import desk_sources
from gouji.workshop.macros import add_macros
from support import season
from support.macro_build import Instrumented, statements
from support.macro_desk import NO, YES, OfficeDesk
from support.office import Office

SAY = wording("messages") | wording_of("gouji.city.season", "messages")
#: Those that people see, and the very hidden one.
SHEETS = len(sheet_names()) + 1
BUTTONS = {"CheckSeason": "season_check", "RunSeason": "season_run"}


def answered(desk: OfficeDesk, button: str, server: str) -> list[str]:
    shown = desk.command(button, server=server, replies=YES)
    return [text for text in shown if text != SAY["desk_save"]]


def test_both_buttons(office: Office, tmp_path: Path) -> None:
    macros = Instrumented(tmp_path / "src", "xlam", "office", paths=tuple(desk_sources()))
    path = tmp_path / "汇总台.xlsm"
    path.write_bytes(add_macros(desk_workbook(season.desk(), macros=True), macros.sources(), kind="xlsm"))
    ran: set[tuple[str, int]] = set()
    with office.open(path) as book:
        desk = OfficeDesk(book, macros, ran)
        desk.put("设置", {"B9": "某市政府办"})
        assert desk.command("RunSeason", server="fits", replies=NO) == [SAY["desk_save"], SAY["cancelled"]]
        assert not desk.calls()
        absent = f"{SAY['no_server']}\n{SAY['desk_absent']}"
        for button, command in BUTTONS.items():
            # Whether LibreOffice takes the file for saved is no matter here: yes is answered where it asks.
            said = partial(answered, desk, button)
            assert said("") == [absent]
            assert said("other") == [f"versions differ\n{SAY['desk_absent']}"]
            assert said("fits") == [f"{command} {SHEETS}"]
            assert desk.calls()[-1] == f"{COMMAND_MODULE}.{command}(0)"
        desk.collect()
    own = next(p for p in desk_sources() if p.name == "GjDesk.bas")
    missed = {line for line in statements(own) if ("desk/GjDesk.bas", line) not in ran}
    failing = own.read_text("utf-8").split("\n").index("Failed:") + 2
    assert missed <= {failing, failing + 1}
