"""What Excel attaches to: one object with one method, which calls our registered functions and nothing else.

xlwings' own server object would do, but it also runs whatever Python any macro of the session hands it
(``Exec``, ``Eval``, ``Module``) and keeps the last workbook for ever, so that Excel cannot end. Arguments and
answers still go through xlwings' pipeline, so that ``@xw.func``, ``@xw.arg`` and ``@xw.ret`` hold.
"""

from __future__ import annotations

import atexit
import gc
import logging
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, ClassVar

from ..text import one_line
from ..wording import wording_of
from .interface import CLSID, COMMAND_MODULE, UDF_MODULE

_LOG = logging.getLogger(__name__)
_LONGEST = 200


def said(key: str, **names: object) -> str:
    return str(wording_of("gouji.excel", "served")[key]).format_map(names)


def spare_excel() -> None:
    """Take away xlwings' exit handler: it kills every Excel of the user that shows no workbook.

    For a process of our own, right after xlwings is imported: an Excel on its start screen, or one that
    another program drives unseen, is none of our business.
    """
    atexit.unregister(_engine().cleanup)


def _engine() -> Any:
    """xlwings' module for Excel on Windows."""
    import xlwings

    return vars(xlwings)["_xlwindows"]


def registered() -> dict[str, frozenset[str]]:
    """Our modules, loaded, and the names that each registers with ``@xw.func``.

    Loaded on a call, xlwings would first look through the caller's workbook for sheets named ``*.py``, which
    a received workbook may well have; and it loads a module anew when its file changes, which during an
    update would mix two releases in one process.
    """
    from xlwings.udfs import get_udf_module, udf_modules

    found = {}
    for module in (UDF_MODULE, COMMAND_MODULE):
        content = vars(get_udf_module(module, None))  # type: ignore[no-untyped-call]
        udf_modules[module]["filetime"] = None
        found[module] = frozenset(name for name, value in content.items() if hasattr(value, "__xlfunc__"))
    return found


class Served:
    """The object itself. ``names``: what may be called, by module."""

    #: All that COM gives out of it (read by pywin32).
    _public_methods_: ClassVar[list[str]] = ["CallUDF"]

    def __init__(self, names: Mapping[str, frozenset[str]]) -> None:
        self._names = names
        self._under_way = 0

    def CallUDF(self, module: object, name: object, arguments: Any, book: Any = None) -> Any:
        """What the function answers: one content, one row, or rows. ``book``: the workbook of a command.

        Raises a COM error of one Chinese sentence for a name that is not ours, and for what a function
        did not foresee. When it returns, nothing of Excel's is held any more.
        """
        if not (isinstance(module, str) and isinstance(name, str) and name in self._names.get(module, ())):
            raise _com_error(said("unknown", module=_shown(module), name=_shown(name)))
        if isinstance(book, str):  # pywin32 takes a text for a class, and would start its program
            book = None
        with self._let_go():
            try:
                return _answer(module, name, arguments, book)
            except Exception as error:  # the last frame before Excel
                _LOG.exception("%s.%s", module, name)
                reason = _shown("".join(traceback.format_exception_only(error)))
        # Raised out here, the error carries no frames of the call, which hold its arguments.
        raise _com_error(said("failed", reason=reason))

    @contextmanager
    def _let_go(self) -> Iterator[None]:
        """Give back every reference to Excel that a call leaves behind: with one held, a closed Excel stays
        on as a process without a window.

        xlwings keeps the workbook of the last call. Another call may come while one waits for Excel, so what
        it kept before is put back. What the outermost leaves loaded (modules, rules) is frozen, so that each
        sweep walks the leavings of its own call alone.
        """
        engine = _engine()
        before = engine.BOOK_CALLER
        self._under_way += 1
        try:
            yield
        finally:
            self._under_way -= 1
            engine.BOOK_CALLER = before
            gc.collect()
            if not self._under_way:
                gc.freeze()


def _shown(told: object) -> str:
    """What macros gave or a function raised, fit for a sentence: one line, not longer than that."""
    text = told if isinstance(told, str) else type(told).__name__
    line = next(iter(text.splitlines()), "")
    return one_line(line[:_LONGEST])


def _com_error(sentence: str) -> Exception:
    """As VBA sees it: ``Err.Description``, without the traceback of other exceptions."""
    from win32com.server.exception import COMException

    return COMException(sentence)


def _answer(module: str, name: str, arguments: Any, book: Any) -> Any:
    from xlwings.com_server import FromVariant
    from xlwings.udfs import call_udf

    given = tuple(FromVariant(each) for each in arguments)  # type: ignore[no-untyped-call]
    rows = call_udf(module, name, given, book)  # type: ignore[no-untyped-call]
    if len(rows) != 1 or not rows[0]:
        return rows
    return rows[0] if len(rows[0]) > 1 else rows[0][0]


@contextmanager
def offered() -> Iterator[None]:
    """Let Excel attach for as long as the context lasts, by class id and as the active object of the session.

    The calling thread has to wait in a message loop.
    """
    import pythoncom
    import pywintypes
    from win32com.server import policy
    from win32com.server.util import wrap

    spare_excel()
    served, of_class = Served(registered()), pywintypes.IID(CLSID)
    # pywin32's factory asks this function for the object. Its own would look for a class, and for folders to
    # import from, in the registry.
    policy.CreateInstance = lambda asked, interface: wrap(served, interface)  # type: ignore[assignment]
    factory: Any = pythoncom.MakePyFactory(of_class)
    given_out = pythoncom.CoRegisterClassObject(
        of_class, factory, pythoncom.CLSCTX_LOCAL_SERVER, pythoncom.REGCLS_MULTIPLEUSE
    )
    try:
        active = pythoncom.RegisterActiveObject(wrap(served), of_class, 0)
        try:
            _LOG.info("serving %s", CLSID)
            yield
        finally:
            pythoncom.RevokeActiveObject(active)
    finally:
        pythoncom.CoRevokeClassObject(given_out)
