"""A filled workbook as something that is read, sent or laid into a folder: the real writer, asked once in a
process for what the same report holds. What tests the writer itself calls the writer."""

from __future__ import annotations

import pickle
from typing import Any

from gouji.form import load_form
from gouji.report import Report
from gouji.workbook.writer import write_workbook as write

#: Options that are held by value; what anything else does is known only when it is done.
_BY_VALUE = {"prior", "locked", "seal", "macros", "pointer"}
#: Workbooks that are kept, of some 120 KB.
_ROOM = 300
_written: dict[bytes, bytes] = {}


def write_workbook(report: Report, **options: Any) -> bytes:
    """As :func:`gouji.workbook.writer.write_workbook`."""
    forms = [one.form for one in (report, options.get("prior")) if one]
    if options.keys() - _BY_VALUE or any(load_form(f.edition, f.layout) is not f for f in forms):
        return write(report, **options)
    content = pickle.dumps((report, sorted(options.items())))
    if content not in _written:
        if len(_written) >= _ROOM:
            _written.clear()
        _written[content] = write(report, **options)
    return _written[content]
