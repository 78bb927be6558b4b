"""From the bytes of a file that a stranger sent to the parts of a workbook, or a refusal.

Sources: ECMA-376 part 2 (packages), MS-CFB (OLE).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NoReturn

from ...errors import Refused
from ...opc import archive, ole
from ...opc.archive import CHUNK, MAX_PART, MB
from ...opc.source import read_bytes
from ...refusing import Refusals

__all__ = ["CHUNK", "MAX_PART", "MB", "Refused"]

MAX_FILE = 32 * MB
#: Why a file is refused that holds too much: nobody asks such a file a second question.
TOO_MUCH = frozenset(
    ("too_large", "total_too_large", "part_too_large", "inflates_too_much", "too_many_parts", "too_complex")
) | frozenset(("too_many_cells", "too_much_text", "too_much_markup", "cell_too_long"))

WORDS = Refusals("gouji.workbook.reading")
refuse, place = WORDS.refuse, WORDS.place


#: What a workbook of LibreOffice in one XML file calls itself (.fods).
_FLAT = "application/vnd.oasis.opendocument.spreadsheet"


#: What all XML of one workbook may cost, in tags and attributes that are parsed; so many cost 0.4 s. A form
#: costs 27 000.
MAX_WORK = 1_200_000
#: So many bytes that are parsed (line ends, the dearest), bytes that are inflated, and tags that are left out
#: before that, cost as much as one tag; and so many tags the beginning of a part.
_PARSED, _INFLATED, _LEFT_OUT, _PART = 32, 256, 3, 200


class Work:
    """What may still be spent on the XML of one workbook, whatever its parts are and however often each is
    read: many parts that are bounded one by one would else cost their sum."""

    def __init__(self) -> None:
        self.left = MAX_WORK

    def spend(self, where: str, chunk: bytes, parsed: bytes) -> None:
        """Account for a piece of a part, of which so much is parsed. Raises Refused."""
        tags = parsed.count(b"<")
        self.left -= tags + parsed.count(b"=") + parsed.count(b"/>")
        self.left -= len(parsed) // _PARSED + len(chunk) // _INFLATED
        if parsed is not chunk:
            self.left -= (chunk.count(b"<") - tags) // _LEFT_OUT
        if self.left < 0:
            refuse("too_much_markup", place=where)

    def counted(self, where: str, chunks: Iterable[bytes]) -> Iterator[bytes]:
        """The same pieces of a part, all of which is parsed. Raises Refused."""
        self.left -= _PART
        for chunk in chunks:
            self.spend(where, chunk, chunk)
            yield chunk


class Archive(archive.Archive):
    """The parts of a ZIP file; what is none is refused by what it is instead. ``work``: see Work."""

    def __init__(self, data: bytes) -> None:
        sniff(data)
        super().__init__(data, WORDS)
        self.work = Work()

    def xml(self, name: str, where: str, limit: int = MAX_PART) -> Iterator[bytes]:
        return self.work.counted(where, self.chunks(name, where, limit))


def read_source(source: Path | bytes) -> bytes:
    """The bytes of a file, at most MAX_FILE. Raises Refused, also for a file that cannot be opened."""
    return read_bytes(source, MAX_FILE, WORDS)


def sniff(data: bytes) -> None:
    """Refuse by its first bytes whatever is not a ZIP file, each kind of file with its own advice."""
    if data.startswith(b"PK\x03\x04"):
        return
    if not data:
        refuse("empty")
    if data.startswith(ole.MAGIC):
        _refuse_ole(data)
    head = data[:4096]
    if b"%PDF-" in head[:1024]:
        refuse("pdf")
    if b"PK\x03\x04" in head and b"PK\x05\x06" in data:
        refuse("bytes_before")
    text = _as_text(head)
    if text is None:
        refuse("unknown")
    start = text.lstrip("\ufeff \t\r\n").lower()
    if "urn:schemas-microsoft-com:office:spreadsheet" in start:
        refuse("xml_2003")
    if _FLAT in start:
        refuse("flat_ods")
    if start.startswith(("<", "mime-version:")):
        refuse("html")
    refuse("text")


def _refuse_ole(data: bytes) -> NoReturn:
    """Tell an encrypted workbook from an old one by the names in the container's directory."""
    if ole.has_entry(data, "EncryptedPackage"):
        refuse("encrypted")
    if ole.has_entry(data, "Workbook") or ole.has_entry(data, "Book"):
        refuse("old_xls")
    refuse("other_ole")


def _as_text(head: bytes) -> str | None:
    """The first bytes as text, None where they are none. Chinese exports are UTF-8, GB 18030 or UTF-16."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", "replace")
    if any(byte < 32 and byte not in b"\t\n\v\f\r" for byte in head):
        return None
    for encoding in ("utf-8", "gb18030"):
        for cut in range(4):  # the head may end inside a character of up to four bytes
            try:
                return head[: len(head) - cut].decode(encoding)
            except UnicodeDecodeError:
                continue
    return None
