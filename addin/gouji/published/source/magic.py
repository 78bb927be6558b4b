"""What a file is by its first bytes, where it is nothing that is read."""

from __future__ import annotations

import re
from typing import NoReturn

from ...opc import ole
from ...opc.archive import Archive
from ...opc.relations import content_type, relations
from ..refusal import place, refuse
from ..suffixes import ARCHIVES, LAYOUTS, PICTURES

_HEAD = 4096
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n", b"GIF87a", b"GIF89a", b"II*\0", b"MM\0*", b"\0\0\0\x0cjP")
_ARCHIVES = (b"Rar!\x1a", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ\0")
_WORD_XML = (b"<?mso-application", b"<w:wordDocument", b"<pkg:package", b"<office:document")
#: What a workbook of LibreOffice in one XML file calls itself.
_FLAT = b"application/vnd.oasis.opendocument.spreadsheet"
_HTML_TAG = re.compile(rb"<(?:html|body)[\s>]", re.IGNORECASE)


def refuse_by_magic(data: bytes) -> None:
    """Refuse what by its first bytes is another kind of file: PDF, picture, old Word, archive … Nothing for
    text, pages and packages."""
    head = data[:_HEAD]
    if b"%PDF-" in head[:1024]:
        refuse("pdf")
    if data.startswith(ole.MAGIC):
        _refuse_ole(data)
    if head.lstrip()[:5] == b"{\\rtf":
        refuse("rtf")
    if head.startswith(_PICTURES) or _is_picture(head):
        refuse("picture")
    if head.startswith(_ARCHIVES) or head[257:262] == b"ustar":
        refuse("archive")
    if _is_word_xml(head):
        refuse("flat_ods" if _FLAT in head else "word_xml")


def refuse_by_name(suffix: str) -> None:
    """Refuse what only its name says to be a picture, an archive, a file of fixed pages."""
    if suffix in PICTURES:
        refuse("picture")
    if suffix in ARCHIVES:
        refuse("archive")
    if suffix in LAYOUTS:
        refuse("ceb")


def _is_picture(head: bytes) -> bool:
    return (
        (head[:4] == b"RIFF" and head[8:12] == b"WEBP")
        or head[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypavif")
        or (head[:2] == b"BM" and head[6:10] == b"\0\0\0\0")
    )


def _is_word_xml(head: bytes) -> bool:
    """Word 2003 XML, flat OPC, flat ODF: XML that is no page, though pages name the same namespaces."""
    if not head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<?xml") or _HTML_TAG.search(head):
        return False
    return any(name in head for name in _WORD_XML)


def _refuse_ole(data: bytes) -> NoReturn:
    """Tell an encrypted file, an old Word file and another one by the names in the container's directory."""
    if ole.has_entry(data, "EncryptedPackage"):
        refuse("encrypted")
    if ole.has_entry(data, "WordDocument"):
        refuse("old_word")
    refuse("old_office")


def refuse_package(archive: Archive) -> NoReturn:
    """Refuse a package that is no Word file, by what it is instead."""
    if archive.find("OFD.xml"):
        refuse("ofd")
    if mimetype := archive.find("mimetype"):
        kind = next(archive.chunks(mimetype, place("part", mimetype)), b"")
        refuse("odt" if b"opendocument.text" in kind else "other_office")
    if archive.find("[Content_Types].xml") is None or archive.find("_rels/.rels") is None:
        refuse("archive")
    for _, relation in relations(archive, ""):
        if relation.kind == "officeDocument":
            kind = content_type(archive, relation.target).encode()
            refuse("workbook" if b"spreadsheet" in kind or b"ms-excel" in kind else "other_office")
    refuse("other_office")
