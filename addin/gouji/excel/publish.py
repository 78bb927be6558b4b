"""The command 生成报告: the Word report of the workbook that is open in Excel, beside it."""

from __future__ import annotations

import re
from pathlib import Path, PureWindowsPath
from typing import Any

from ..examine import judge
from ..rules import state_of
from ..wording import wording_of
from ..workbook.reading.reader import read_contents
from .validate import Verdict, guarded, live_contents


def said(key: str, **names: object) -> str:
    return str(wording_of("gouji.excel", "publish")[key]).format_map(names)


def publish(book: Any) -> Verdict:
    """Write the report into the workbook's folder under a name that is free; the message says where.

    With errors left it is written all the same, with a marked line that says so. Never raises.
    """
    return guarded(_publish, book, said)


def _publish(book: Any) -> Verdict:
    from ..city.drafting.unit import answered
    from ..document.contents import Frame
    from ..document.word import write_docx  # takes longer to load than to run

    folder = str(book.api.Path)
    if not folder or "://" in folder:
        return Verdict("refused", said("unsaved"))
    reading = read_contents(live_contents(book))
    report = reading.report
    state = state_of(judge(reading))
    hints = [said("errors")] if state == "error" else []
    name = said("name", unit=report.unit or PureWindowsPath(str(book.api.Name)).stem, year=report.year)
    target = _free(Path(folder), re.sub(r'[<>:"/\\|?*\x00-\x1f]', "_", name))
    write_docx(answered(report), target, frame=Frame(hints=hints))
    return Verdict(state, "\n".join([said("written", path=target), *hints]))


def _free(folder: Path, name: str) -> Path:
    """``name.docx``, or ``name（2）.docx`` … where that is taken: nothing is overwritten."""
    target, number = folder / f"{name}.docx", 1
    while target.exists():
        number += 1
        target = folder / said("again", name=name, number=number)
    return target
