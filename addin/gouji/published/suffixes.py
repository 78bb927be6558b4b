"""What the names of published files end in."""

from __future__ import annotations

#: Where it can be read.
SUFFIXES = (".txt", ".md", ".markdown", ".html", ".htm", ".xhtml", ".shtml", ".mht", ".mhtml", ".docx")
PICTURES = (".png", ".jpg", ".jpeg", ".bmp", ".tif", ".tiff", ".gif", ".webp", ".heic")
ARCHIVES = (".zip", ".rar", ".7z", ".gz", ".tar")
LAYOUTS = (".ceb", ".cebx")
#: Where it can only be said what to do with it.
UNREADABLE = (".doc", ".wps", ".rtf", ".odt", ".pdf", ".ofd", *LAYOUTS, *PICTURES, *ARCHIVES)
