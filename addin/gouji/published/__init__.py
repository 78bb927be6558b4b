"""Reports that were published elsewhere, as text, Markdown, HTML or Word, read back into a Report.

    source/   bytes -> what kind of file it is, decoded; or a refusal with a reason and what to do; then,
              by the reader of its kind, a Stream: atoms in reading order, the only thing the rest knows
    tables/   Stream -> the cells of 二, 三, 四, each with where and how it was read, or left unread
    prose/    Source -> title, issuer, year, period, the texts, the notes
    importer  both together -> Published: a Report and what a person should know of the file

Never silently wrong: a cell is read only where the source leaves one reading; in doubt it stays unread
and keeps its source text and the possible readings. Equations decide where glued digits are cut and to
which row a loose run of numbers belongs, never a value. Needs the standard library alone.
"""

from .suffixes import is_document, is_published

__all__ = ["is_document", "is_published"]
