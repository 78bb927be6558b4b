"""All that this room makes of a consolidation, with the names of the files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from ...files import file_part
from ...wording import wording_of
from ..consolidate import Consolidation
from .acting import PACKAGE, duties, unclaimed
from .circular import circular
from .sources import Sources

if TYPE_CHECKING:
    from .slips import Slip


def asking_names(name: str, year: int) -> dict[str, str]:
    """Key -> file name: ``reminder``, ``notice``, ``circular``; ``folder`` of the slips ends with "/"."""
    own = {key: text for key, text in wording_of(PACKAGE, "files").items() if key != "slip"}
    patterns = {"reminder": wording_of("gouji.city", "files")["reminder"], **own}
    return {key: text.format(name=file_part(name), year=year) for key, text in patterns.items()}


def slips_folder() -> str:
    """The folder of the slips, without its "/": what lies in it was not handed in."""
    return str(wording_of(PACKAGE, "files")["folder"]).removesuffix("/")


def letters(city: Consolidation) -> dict[str, bytes]:
    """Key of :func:`asking_names` -> content: 催报通知 where somebody must act, 通报 always."""
    found = {}
    if duties(city):
        from .notice import notice

        found["notice"] = notice(city)
    return {**found, "circular": circular(city)}


def slip_files(
    city: Consolidation, sources: Sources, tell: Callable[[str], object] | None = None
) -> Iterator[tuple[str, Slip]]:
    """Each 退回单 by its path, with "/". ``sources``: a file of the run -> its bytes; ``tell`` gets a
    sentence for each that could not be made as a copy of what was sent."""
    if not any(duty.files for duty in duties(city)) and not any(unclaimed(city)):
        return
    from .slips import each_slip  # twenty modules that read and mark copies

    folder, said = slips_folder(), wording_of(PACKAGE, "slip")["no_copy"]
    for slip in each_slip(city, sources):
        if slip.why and tell:
            tell(said.format(unit=slip.unit, file=slip.name, why=slip.why.removesuffix("。")))
        yield f"{folder}/{slip.name}", slip
