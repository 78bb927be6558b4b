"""The statutory form as data.

One TOML file an edition declares sections, tables, blocks, rows, columns, printed labels, kinds
(count, signed, money), totals, the balance, the carry-over and ``double_count``. In a file,
``total_of`` names rows, columns or groups; ``under`` the heads a row or column stands below, outer
first; a group with ``keyed`` is part of its rows' JSON key; ``across`` prints rows side by side;
``equations`` is how many a table has, counted on paper. A label that changes leaves its earlier
spelling in ``formerly`` (oldest first), so that older files are read; ``printed`` is a label as the
official form breaks it into lines, ``align`` where it stands, if not where its table's labels do
(``look.toml``). What is not declared in
``schema.py``, or does not fit together (``faults.py``), is refused by ``read_edition``, through which the
tests send every edition that ships.

Source: 《中华人民共和国政府信息公开条例》 art. 49–50; the notices named in the edition files.
"""

from .grid import Box, Grid, printed_grid
from .kinds import (
    FEN_PER_WAN,
    KINDS,
    LIMIT,
    NOISE,
    SLASH,
    SLASHES,
    TYPED_DECIMAL,
    Kind,
    NotANumber,
    Reading,
    Value,
    reckons,
)
from .load import edition_for_year, editions, load_form
from .model import TABLE_KEYS, Block, Cell, Equation, Form, FormError, Line, Section, Table, TableKey

__all__ = [
    "FEN_PER_WAN",
    "KINDS",
    "LIMIT",
    "NOISE",
    "SLASH",
    "SLASHES",
    "TABLE_KEYS",
    "TYPED_DECIMAL",
    "Block",
    "Box",
    "Cell",
    "Equation",
    "Form",
    "FormError",
    "Grid",
    "Kind",
    "Line",
    "NotANumber",
    "Reading",
    "Section",
    "Table",
    "TableKey",
    "Value",
    "edition_for_year",
    "editions",
    "load_form",
    "printed_grid",
    "reckons",
]
