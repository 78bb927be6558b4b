"""A submission as bytes and back, exactly: what was read of a file once is the very same when it comes back.

JSON by the types of :class:`Submission` itself, never pickle: the store lies in a folder that others can
write to, and what is in it may at worst be wrong, never run. The canonical JSON of a report
(``report/as_json.py``) would not do: it leaves out ``as_text``, orders notes and tidies texts.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import fields, is_dataclass, make_dataclass, replace
from functools import cache
from typing import Any, get_type_hints

from ...errors import GoujiError
from ...form import Form, TableKey, load_form
from ...report import Report
from ..intake.sorting import Submission

#: A file whose reading takes more bytes than this is read again each time.
_MOST = 16 << 20


class Damaged(GoujiError, ValueError):
    """The bytes are none that :func:`encoded` made."""


def encoded(submission: Submission) -> bytes | None:
    """The submission, or None for one that would not come back as it is: nothing is stored by halves.

    Without ``modified``, which is the file's and not what was read of it.
    """
    import msgspec

    report = submission.report
    said = report and {name: getattr(report, name) for name in _fields()}
    form = report and {"edition": report.form.edition, "layout": report.form.layout}
    try:
        of = replace(submission, report=None, modified=0)
        plain = msgspec.json.encode({"of": of, "form": form, "report": said})
        if len(plain) > _MOST or not _same(_read(plain), submission):
            return None
    except (msgspec.MsgspecError, OverflowError, TypeError, ValueError, KeyError, RecursionError):
        return None
    return zlib.compress(plain, 1)


def decoded(data: bytes) -> Submission:
    """What :func:`encoded` made these bytes of. Raises :class:`Damaged` for any others."""
    import msgspec

    try:
        stream = zlib.decompressobj()
        plain = stream.decompress(data, _MOST)
        if not stream.eof:
            raise Damaged
        return _read(plain)
    except (zlib.error, msgspec.MsgspecError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise Damaged(str(error)) from error


@cache
def _fields() -> tuple[str, ...]:
    """What a report holds beside its form, which is loaded and not stored."""
    return tuple(field.name for field in fields(Report) if field.name != "form")


@cache
def _reader() -> Callable[[bytes], Any]:
    import msgspec

    hints = get_type_hints(Report)
    report = make_dataclass("StoredReport", [(name, hints[name]) for name in _fields()])
    form = make_dataclass("StoredForm", [("edition", str), ("layout", dict[TableKey, str])])
    stored = make_dataclass("Stored", [("of", Submission), ("form", form | None), ("report", report | None)])
    decode: Callable[[bytes], Any] = msgspec.json.Decoder(stored).decode
    return decode


def _read(plain: bytes) -> Submission:
    stored = _reader()(plain)
    if stored.report is None:
        found: Submission = stored.of
        return found
    form = load_form(stored.form.edition, stored.form.layout)
    report = Report(form, **{name: getattr(stored.report, name) for name in _fields()})
    whole: Submission = replace(stored.of, report=report)
    return whole


def _same(one: Any, other: Any) -> bool:
    """Equal in value, type and order, and also in what ``==`` leaves out (``Report.as_text``)."""
    if type(one) is not type(other):
        return False
    if isinstance(one, Form):
        return one is other
    if is_dataclass(one) and not isinstance(one, type):
        names = [f.name for f in fields(one) if f.name != "modified"]
        return all(_same(getattr(one, name), getattr(other, name)) for name in names)
    if isinstance(one, dict):
        return list(one) == list(other) and all(map(_same, one.values(), other.values()))
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(map(_same, one, other))
    return bool(one == other)
