"""What the names of published files end in."""

from __future__ import annotations

from pathlib import Path

#: Where it can be read.
SUFFIXES = (".txt", ".md", ".markdown", ".html", ".htm", ".xhtml", ".shtml", ".mht", ".mhtml", ".docx")
PICTURES = (".png", ".jpg", ".jpeg", ".bmp", ".tif", ".tiff", ".gif", ".webp", ".heic")
ARCHIVES = (".zip", ".rar", ".7z", ".gz", ".tar")
LAYOUTS = (".ceb", ".cebx")
#: Where it can only be said what to do with it.
UNREADABLE = (".doc", ".wps", ".rtf", ".odt", ".pdf", ".ofd", *LAYOUTS, *PICTURES, *ARCHIVES)


def is_published(source: Path) -> bool:
    """Whether a file is by its name one that ``read_published`` reads."""
    return source.suffix.lower() in SUFFIXES


def is_document(source: Path) -> bool:
    """Whether a file is by its name a text for people to read, which ``read_published`` reads or refuses
    in words of its own; a form never is."""
    return source.suffix.lower() in (*SUFFIXES, *UNREADABLE)
