"""What a consolidation hands to the city office: the files, what they are called and what is in each.

Each carries the stamp of the run (``memory/stamp.py``), and 清单.json lists them all.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from ..files import file_part
from ..wording import wording_of
from .intake.reasons import reason_of
from .intake.sorting import UnitRow

if TYPE_CHECKING:
    from .asking import Slip, Sources
    from .consolidate import Consolidation

#: What the public reads: it says which files went in by their digests alone.
_PUBLISHED = ("report", "web")


def file_names(name: str, year: int) -> dict[str, str]:
    """Key -> file name: ``workbook``, ``page`` (the same to look at), ``report`` (Word) and ``web`` (the same
    for a web site), ``pdf``, ``detail`` (明细 where it needs a file of its own), ``reminder`` (whom to
    remind), ``notice`` and ``circular`` (letters), ``manifest`` (the list of all)."""
    from .asking import asking_names
    from .memory.manifest import manifest_name

    own = {
        key: text.format(name=file_part(name), year=year)
        for key, text in wording_of("gouji.city", "files").items()
    }
    letters = {key: text for key, text in asking_names(name, year).items() if not text.endswith("/")}
    return {**own, **letters, "manifest": manifest_name()}


def results(
    city: Consolidation,
    sources: Sources | None = None,
    *,
    tell: Callable[[str], object] | None = None,
    read: Mapping[str, str] | None = None,
    pdf: bool = False,
) -> dict[str, bytes]:
    """Key of :func:`file_names`, or path of a 退回单 with "/" -> content, in the order in which people are
    told of them; only what there is something in.

    ``sources``: a file of the run -> its bytes (:func:`.asking.from_folder`); without it there are no 退回单,
    which are laid over what was sent. ``tell`` gets a sentence for each that could not be. ``read``: further
    files that the run read -> sha256, by their paths from the folder of what units sent. ``pdf``: also the
    report as PDF, where an office suite is at hand; ``tell`` gets a sentence where none is.
    """
    from .memory.manifest import manifest_bytes
    from .memory.stamp import stamp
    from .memory.stamping import stamped

    slips = _slips(city, sources, tell)
    names = file_names(city.report.unit, city.report.year)
    whole = stamp(city, read)
    found: dict[str, bytes] = {}
    contents = _contents(city, slips)
    if pdf:
        contents |= _pdf(city, tell)
    for key, content in contents.items():
        of = whole.of(slips[key].unit) if key in slips else whole
        of = of.published() if key in _PUBLISHED else of
        found[key] = stamped(content, of, PurePosixPath(names.get(key, key)).suffix[1:])
    listed = manifest_bytes(whole, {names.get(key, key): content for key, content in found.items()})
    return {**found, "manifest": listed}


def _slips(
    city: Consolidation, sources: Sources | None, tell: Callable[[str], object] | None
) -> dict[str, Slip]:
    """Each 退回单 by its path."""
    from .asking import slip_files

    return dict(slip_files(city, sources, tell)) if sources else {}


def _pdf(city: Consolidation, tell: Callable[[str], object] | None) -> dict[str, bytes]:
    from ..document.pdf import NoOfficeSuite
    from .drafting import report_pdf

    try:
        return {"pdf": report_pdf(city)}
    except NoOfficeSuite as error:
        if tell:
            tell(str(error))
        return {}


def _contents(city: Consolidation, slips: Mapping[str, Slip]) -> dict[str, bytes]:
    from .asking import letters
    from .asking.acting import duties
    from .asking.reminder import reminder_workbook
    from .drafting import report_html, report_word
    from .pages import page
    from .sheets.workbook import DETAIL_LIMIT, detail_workbook

    leads = {slip.unit: path for path, slip in slips.items()}
    found = {"workbook": workbook(city, leads)}
    if len(city.taken) > DETAIL_LIMIT:
        found["detail"] = detail_workbook(city)
    found |= {"page": page(city, leads), "report": report_word(city), "web": report_html(city)}
    if duties(city):
        found["reminder"] = reminder_workbook(city)
    return {**found, **letters(city), **{path: slip.content for path, slip in slips.items()}}


def all_files(
    city: Consolidation,
    sources: Sources | None = None,
    *,
    tell: Callable[[str], object] | None = None,
    read: Mapping[str, str] | None = None,
    pdf: bool = False,
) -> dict[str, bytes]:
    """Path below the results -> content of all that the city office gets; see :func:`results`."""
    names = file_names(city.report.unit, city.report.year)
    made = results(city, sources, tell=tell, read=read, pdf=pdf)
    return {names.get(key, key): content for key, content in made.items()}


def workbook(city: Consolidation, slips: Mapping[str, str] | None = None) -> bytes:
    """The city's workbook; 明细 stands in it up to ``DETAIL_LIMIT`` units. ``slips``: unit -> path of its
    退回单 from where the workbook lies."""
    from .sheets.workbook import DETAIL_LIMIT, city_workbook

    return city_workbook(city, detail=len(city.taken) <= DETAIL_LIMIT, slips=slips)


def why_left_out(row: UnitRow) -> str:
    """Why a unit is not in the sum, each thing said once."""
    return reason_of(row)
