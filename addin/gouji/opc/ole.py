"""OLE compound files, as far as their directory tells what they are (MS-CFB)."""

from __future__ import annotations

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def has_entry(data: bytes, name: str) -> bool:
    """Whether a directory entry has this name: entries are 128 bytes, aligned, name first (MS-CFB 2.6)."""
    stored = name.encode("utf-16-le") + b"\0\0"
    at = data.find(stored)
    while at >= 0:
        if at % 128 == 0 and data[at + 64 : at + 66] == len(stored).to_bytes(2, "little"):
            return True
        at = data.find(stored, at + 1)
    return False
