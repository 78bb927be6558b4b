"""What the macros call beside the functions for cells; see the package's page for the arguments."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

import xlwings as xw

from . import host, season
from .publish import publish
from .validate import Verdict, said
from .validate import validate as check

_LOG = logging.getLogger(__name__)


def _on_caller(work: Callable[[Any], Verdict]) -> list[list[str]]:
    try:
        book = xw.Book.caller()
    except Exception:  # the workbook was not handed over, or is closed
        _LOG.exception(work.__name__)
        return [Verdict("refused", said("no_book")).row()]
    return [work(book).row()]


@xw.func(call_in_wizard=False)
@xw.ret(ndim=2)
def validate() -> Any:
    """校验当前工作簿：返回状态、说明、第一处错误的工作表与地址。"""
    return _on_caller(check)


@xw.func(call_in_wizard=False)
@xw.ret(ndim=2)
def report() -> Any:
    """在当前工作簿旁生成 Word 年度报告：返回状态、说明、两个空格。"""
    return _on_caller(publish)


@xw.func(call_in_wizard=False)
@xw.ret(ndim=2)
def season_check() -> Any:
    """检查当前汇总台所在的一季，不写文件：返回状态、说明、两个空格。"""
    return _on_caller(season.season_check)


@xw.func(call_in_wizard=False)
@xw.ret(ndim=2)
def season_run() -> Any:
    """汇总当前汇总台所在的一季：返回状态、说明、两个空格。"""
    return _on_caller(season.season_run)


@xw.func(call_in_wizard=False)
def handshake(protocol: Any, xlwings: Any, name: Any, version: Any, path: Any) -> Any:
    """宏与程序是否配套：配套时返回空，否则返回一句说明。"""
    reason = host.unfit(str(name or ""), str(version or ""), str(path or ""))
    return reason or host.mismatch(str(protocol or ""))
