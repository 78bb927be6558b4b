"""What the macros call beside the functions for cells; see the package's page for the arguments."""

from __future__ import annotations

import logging
from typing import Any

import xlwings as xw

from . import host
from .validate import Verdict, said
from .validate import validate as run

_LOG = logging.getLogger(__name__)


@xw.func(call_in_wizard=False)
@xw.ret(ndim=2)
def validate() -> Any:
    """校验当前工作簿：返回状态、说明、第一处错误的工作表与地址。"""
    try:
        book = xw.Book.caller()
    except Exception:  # the workbook was not handed over, or is closed
        _LOG.exception("validate")
        return [Verdict("refused", said("no_book")).row()]
    return [run(book).row()]


@xw.func(call_in_wizard=False)
def handshake(gouji: Any, xlwings: Any, name: Any, version: Any, path: Any) -> Any:
    """宏与程序是否配套：配套时返回空，否则返回一句说明。"""
    reason = host.unfit(str(name or ""), str(version or ""), str(path or ""))
    return reason or host.mismatch(str(gouji or ""), str(xlwings or ""))
