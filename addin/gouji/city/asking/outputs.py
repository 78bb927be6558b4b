"""All that this room makes of a consolidation, with the names of the files."""

from __future__ import annotations

from collections.abc import Iterator

from ...files import file_part
from ...wording import wording_of
from ..consolidate import Consolidation
from .acting import PACKAGE, duties
from .circular import circular
from .notice import notice
from .reminder import reminder_workbook
from .slips import Sources, each_slip


def asking_names(name: str, year: int) -> dict[str, str]:
    """Key -> file name: ``reminder``, ``notice``, ``circular``; ``folder`` of the slips ends with "/"."""
    own = {key: text for key, text in wording_of(PACKAGE, "files").items() if key != "slip"}
    patterns = {"reminder": wording_of("gouji.city", "files")["reminder"], **own}
    return {key: text.format(name=file_part(name), year=year) for key, text in patterns.items()}


def outputs(city: Consolidation, sources: Sources) -> Iterator[tuple[str, bytes]]:
    """(relative path with "/", content) of everything, one after the other: 催报名单 and 催报通知 where
    somebody must act, 通报 always, then each 退回单 in its folder. ``sources``: a file of the run -> its
    bytes."""
    names = asking_names(city.report.unit, city.report.year)
    if duties(city):
        yield names["reminder"], reminder_workbook(city)
        yield names["notice"], notice(city)
    yield names["circular"], circular(city)
    for slip in each_slip(city, sources):
        yield names["folder"] + slip.name, slip.content
