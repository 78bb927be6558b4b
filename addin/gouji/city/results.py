"""What a consolidation hands to the city office: the files, what they are called and what is in each.

Each carries the stamp of the run (``memory/stamp.py``), and 清单.json lists them all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import field
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from ..files import file_part
from ..records import dataclass
from ..wording import wording_of

if TYPE_CHECKING:
    from .asking.slips import Slip
    from .asking.sources import Sources
    from .consolidate import Consolidation
    from .memory.stamp import Stamp

#: What the public reads: it says which files went in by their digests alone.
_PUBLISHED = ("report", "web")


def file_names(name: str, year: int) -> dict[str, str]:
    """Key -> file name: ``workbook``, ``page`` (the same to look at), ``report`` (Word) and ``web`` (the same
    for a web site), ``pdf``, ``detail`` (明细 where it needs a file of its own), ``reminder`` (whom to
    remind), ``notice`` and ``circular`` (letters), ``manifest`` (the list of all)."""
    from .asking.outputs import asking_names
    from .memory.manifest import manifest_name

    own = {
        key: text.format(name=file_part(name), year=year)
        for key, text in wording_of("gouji.city", "files").items()
    }
    letters = {key: text for key, text in asking_names(name, year).items() if not text.endswith("/")}
    return {**own, **letters, "manifest": manifest_name()}


def _to_nobody(_: str) -> None:
    return


@dataclass(frozen=True, slots=True)
class Means:
    """What results are made with, beside the consolidation. ``sources``: a file of the run -> its bytes
    (:func:`.asking.from_folder`); without it there are no 退回单, which are laid over what was sent.
    ``tell`` gets a sentence for each output that could not be made. ``read``: further files that the run read
    -> sha256, by their paths from the folder of what units sent. ``pdf``: also the report as PDF, where an
    office suite is at hand."""

    sources: Sources | None = None
    tell: Callable[[str], object] = _to_nobody
    read: Mapping[str, str] = field(default_factory=dict)
    pdf: bool = False


class Output(NamedTuple):
    """One file of the results. ``key``: of :func:`file_names`, the path of one that has no name there (a
    退回单); ``path``: below the results, with "/"."""

    key: str
    path: str
    content: bytes


class Making:
    """The results of one run, made one after the other, so that one alone is in memory.

    Each is made, stamped, digested and handed out; nothing stays of it but its digest. 退回单 come first,
    because the city's workbook leads to them; :meth:`listed` is the last. ``digests``: path -> sha256 of what
    was handed out.
    """

    def __init__(self, city: Consolidation, means: Means | None = None) -> None:
        from .memory.stamp import stamp

        self.city, self.means = city, means or Means()
        self.names = file_names(city.report.unit, city.report.year)
        self.digests: dict[str, str] = {}
        self._stamp = stamp(city, self.means.read)

    def __iter__(self) -> Iterator[Output]:
        """Every output but the list of them; only what there is something in."""
        leads: dict[str, str] = {}
        for path, slip in self._slips():
            leads[slip.unit] = path
            yield self._stamped(path, slip.content, self._stamp.of(slip.unit))
        published = self._stamp.published()
        for key, content in self._contents(leads):
            yield self._stamped(key, content, published if key in _PUBLISHED else self._stamp)

    def add(self, path: str, content: bytes) -> Output:
        """One more output, which has no place for a stamp: it is digested and listed with the others."""
        return self._digested(Output(path, path, content))

    def listed(self) -> Output:
        """清单.json of all that was handed out."""
        from .memory.manifest import listed_bytes

        content = listed_bytes(self._stamp, dict(sorted(self.digests.items())))
        return self._digested(Output("manifest", self.names["manifest"], content))

    def whole(self) -> Iterator[Output]:
        """Every output and the list of them."""
        yield from self
        yield self.listed()

    def _stamped(self, key: str, content: bytes, of: Stamp) -> Output:
        from .memory.stamping import stamped

        path = self.names.get(key, key)
        return self._digested(Output(key, path, stamped(content, of, PurePosixPath(path).suffix[1:])))

    def _digested(self, output: Output) -> Output:
        from ..digests import sha256_of

        self.digests[output.path] = sha256_of(output.content)
        return output

    def _slips(self) -> Iterator[tuple[str, Slip]]:
        """Each 退回单 by its path."""
        from .asking.outputs import slip_files

        if self.means.sources:
            yield from slip_files(self.city, self.means.sources, self.means.tell)

    def _contents(self, leads: Mapping[str, str]) -> Iterator[tuple[str, bytes]]:
        """What is made of the run as a whole, by its key. ``leads``: unit -> path of its 退回单."""
        from .asking.acting import duties
        from .asking.outputs import letters
        from .drafting import report_html, report_word
        from .pages import page
        from .sheets.workbook import DETAIL_LIMIT, detail_workbook

        city = self.city
        yield "workbook", workbook(city, leads)
        if len(city.taken) > DETAIL_LIMIT:
            yield "detail", detail_workbook(city)
        yield "page", page(city, leads)
        yield "report", report_word(city)
        yield "web", report_html(city)
        if self.means.pdf:
            yield from self._pdf()
        if duties(city):
            from .asking.reminder import reminder_workbook

            yield "reminder", reminder_workbook(city)
        yield from letters(city).items()

    def _pdf(self) -> Iterator[tuple[str, bytes]]:
        from ..document.pdf import NoOfficeSuite
        from .drafting import report_pdf

        try:
            yield "pdf", report_pdf(self.city)
        except NoOfficeSuite as error:
            self.means.tell(str(error))


def results(city: Consolidation, means: Means | None = None) -> dict[str, bytes]:
    """Key of :func:`file_names`, or path of a 退回单 with "/" -> content; all of them in memory at once."""
    return {output.key: output.content for output in Making(city, means).whole()}


def all_files(city: Consolidation, means: Means | None = None) -> dict[str, bytes]:
    """The same by their paths below the results."""
    return {output.path: output.content for output in Making(city, means).whole()}


def workbook(city: Consolidation, slips: Mapping[str, str] | None = None) -> bytes:
    """The city's workbook; 明细 stands in it up to ``DETAIL_LIMIT`` units. ``slips``: unit -> path of its
    退回单 from where the workbook lies."""
    from .sheets.workbook import DETAIL_LIMIT, city_workbook

    return city_workbook(city, detail=len(city.taken) <= DETAIL_LIMIT, slips=slips)
