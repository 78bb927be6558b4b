"""Functions for cells, each over a whole block and returning an array: never one function a cell.

They are declared to xlwings here and answered in ``answers``. Arguments are 2-D blocks (``ndim=2``), error
values arrive as their text, numbers as floats. No volatile, no async, no ``expand``: xlwings accepts misspelt
options silently, so a test compares the registered metadata with what is meant.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

import xlwings as xw

from ..workbook.layout import DIAGNOSIS_ROWS
from ..workbook.wording import wording
from . import answers
from .answers import Content, Rows, Unanswerable, padded, said

_LOG = logging.getLogger(__name__)
_CATEGORY = "gouji"
#: Columns of GJ_CHECK: where, left, right, difference, state.
CHECK_COLUMNS = 5


def _sentence(work: Callable[[], Content | Rows]) -> Content | Rows:
    """What ``work`` returns, or one Chinese sentence where it can not: never a traceback in a cell."""
    try:
        return work()
    except Unanswerable as error:
        return str(error)
    except Exception as error:  # the last frame before Excel
        _LOG.exception("UDF")
        return said("failed", reason=f"{type(error).__name__}: {error}".splitlines()[0])


def _array(work: Callable[[], Rows], height: int, width: int) -> Rows:
    found = _sentence(work)
    return found if isinstance(found, list) else padded([["", "", found]], height, width)


@xw.func(category=_CATEGORY, call_in_wizard=False)
@xw.arg("table_range", ndim=2, err_to_str=True, doc="表格的数据区域")
@xw.arg("edition", doc="版式，如 2021")
@xw.arg("table", doc="二、三 或 四")
@xw.arg("blank_is_zero", doc="封面“空白单元格均为 0”一格，或声明的表：二三四")
@xw.ret(ndim=2)
def GJ_CHECK(table_range: Any, edition: Any, table: Any, blank_is_zero: Any = None) -> Any:
    """逐行逐列核对一张表：位置、左边、右边、差额、状态。"""
    return _array(lambda: answers.check_table(table_range, edition, table, blank_is_zero), 1, CHECK_COLUMNS)


@xw.func(category=_CATEGORY, call_in_wizard=False)
@xw.arg("table2", ndim=2, err_to_str=True, doc="表二的数据区域")
@xw.arg("table3", ndim=2, err_to_str=True, doc="表三的数据区域")
@xw.arg("table4", ndim=2, err_to_str=True, doc="表四的数据区域")
@xw.arg("edition", doc="版式，如 2021，或三张表各自的版式，如 2019,2021,2021")
@xw.arg("prior", ndim=2, err_to_str=True, doc="“上年”表中供核对的一列，可省略")
@xw.arg("blank_is_zero", doc="封面“空白单元格均为 0”一格，或声明的表：二三四，可省略")
@xw.ret(ndim=2)
def GJ_DIAGNOSE(
    table2: Any, table3: Any, table4: Any, edition: Any, prior: Any = None, blank_is_zero: Any = None
) -> Any:
    """诊断整份年报：哪一格填错、应为多少。"""
    given = _present(prior)
    return _array(
        lambda: answers.diagnose(table2, table3, table4, edition, given, blank_is_zero),
        DIAGNOSIS_ROWS,
        len(wording("check")["diagnosis_heads"]),
    )


@xw.func(category=_CATEGORY, call_in_wizard=False)
@xw.arg("values", ndim=2, err_to_str=True, doc="要求和的区域")
def GJ_TOTAL(values: Any) -> Any:
    """区域内数字之和，“/”按 0；有空格时返回空。"""
    return _sentence(lambda: answers.total(values))


def _present(block: Any) -> Any:
    """None for an argument that was left out (an optional 2-D argument arrives as None or [[None]])."""
    return None if block in (None, [[None]], [None]) else block
