"""What a consolidation hands to the city office: the files, what they are called and what is in each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from ..files import file_part
from ..wording import wording_of
from .intake.reasons import reason_of
from .intake.sorting import UnitRow

if TYPE_CHECKING:
    from .asking import Sources
    from .consolidate import Consolidation


def file_names(name: str, year: int) -> dict[str, str]:
    """Key -> file name: ``workbook``, ``report`` (Word), ``detail`` (明细 where it needs a file of its own),
    ``reminder`` (whom to remind)."""
    names = wording_of("gouji.city", "files")
    return {key: text.format(name=file_part(name), year=year) for key, text in names.items()}


def results(city: Consolidation) -> dict[str, bytes]:
    """Key of :func:`file_names` -> content, in the order in which people are told of them; ``detail`` and
    ``reminder`` only where there is something in them."""
    from .asking.acting import duties
    from .asking.reminder import reminder_workbook
    from .sheets.workbook import DETAIL_LIMIT, detail_workbook

    found = {"workbook": workbook(city)}
    if len(city.taken) > DETAIL_LIMIT:
        found["detail"] = detail_workbook(city)
    if duties(city):
        found["reminder"] = reminder_workbook(city)
    return {**found, "report": report(city)}


def _letters(city: Consolidation) -> dict[str, bytes]:
    from .asking import letters

    return dict(letters(city))


#: Functions that make files of variable number: path below the results, with "/" -> content.
BESIDE: tuple[Callable[[Consolidation], Mapping[str, bytes]], ...] = (_letters,)


def beside(
    city: Consolidation, sources: Sources | None = None, tell: Callable[[str], object] | None = None
) -> dict[str, bytes]:
    """Path below the results, with "/" -> content of every file of :data:`BESIDE`, and of the 退回单.

    ``sources``: a file of the run -> its bytes (:func:`.asking.from_folder`); without it there are no 退回单,
    which are laid over what was sent. ``tell`` gets a sentence for each that could not be.
    """
    from .asking import slip_files

    found = {path: content for files in BESIDE for path, content in files(city).items()}
    return found | dict(slip_files(city, sources, tell)) if sources else found


def all_files(
    city: Consolidation, sources: Sources | None = None, tell: Callable[[str], object] | None = None
) -> dict[str, bytes]:
    """Path below the results -> content of all that the city office gets; see :func:`beside`."""
    names = file_names(city.report.unit, city.report.year)
    fixed = {names[key]: content for key, content in results(city).items()}
    return fixed | beside(city, sources, tell)


def workbook(city: Consolidation) -> bytes:
    """The city's workbook; 明细 stands in it up to ``DETAIL_LIMIT`` units."""
    from .sheets.workbook import DETAIL_LIMIT, city_workbook

    return city_workbook(city, detail=len(city.taken) <= DETAIL_LIMIT)


def report(city: Consolidation) -> bytes:
    """The Word report, drafted; what must be settled before it is published is marked in it."""
    from .drafting import report_word

    return report_word(city)


def why_left_out(row: UnitRow) -> str:
    """Why a unit is not in the sum, each thing said once."""
    return reason_of(row)
