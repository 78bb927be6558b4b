"""The one road of the page into gouji: numbers, texts and bytes in; JSON or bytes out. It decides nothing.

The worker calls ``desk.NAME(*args)``. A ``str`` that comes back is JSON of the shape named here
(``answers.py``), ``bytes`` are a file. A GoujiError is a sentence for a person; then nothing was changed.
``number``: which file, given by the page; ``path``: what it is called, with its folders. Texts are taken
as they are typed.

In, each ``→ [Shown, …]``: the file itself, then those that it changes (whose 上年 it is)::

    check(number, path, data)               a file of any kind
    blank(number, unit, year)               a form in which nothing is typed
    remove(number)                          without the file itself
    resumed(number, text)                   a draft
    cleared()                               everything is taken away  → []

Changes, each one step that can be undone, ``→ [Shown, …]``::

    typed(number, cells)                    cells: JSON {cell id: text}
    pasted(number, cell, plain, html)       → Pasted; a block at a cell, html "" where there is none
    cover(number, field, text)              unit, code, year, period_from, period_to
    declared(number, table, on)             table "" for all, else table2, table3, table4; on "1" or ""
    zeroed(number, table)                   types 0 into the blanks that are declared so; table as above
    text(number, section, text)             一, 五, 六, 引言
    note(number, mark, text)                text "" takes the note away
    mark(number, cell, mark)                mark "" takes it away
    explained(number, finding, text, state) text "" takes it away; state "" or one of states()
    answered(number, cell, text)            a figure that was looked up; "" it is right as it stands
    prior(number, path, data)               last year's file; path "" takes it away
    reverted(number)                        as the file said (prior stays); can be undone
    undo(number), redo(number)              one step; nothing where there is none
    stood(number, data)                     as it stood when ``standing`` was asked, as one step

Out::

    shown(number)                           → [Shown, …], those too whose 上年 it is; changes nothing
    form(key)                               → FormShown; drawn once a key
    names(number)                           → {kind: file name}, a kind for each of the next line
    slip(number) workbook(number) sealed(number) word(number) web(number) as_json(number)   → bytes
                                            the sealed copy is the file then, until it is changed
    slips()                                 → bytes, a zip of all 退回单
    draft(number)                           → JSON text, for resumed()
    standing(number)                        → bytes for stood(), of this page alone: they are unpickled
    states()                                → [未处理, 已说明, 已核实, 退回]
    version()                               → the release

The office's folder, its functions named ``office_…``: see ``office.py``.

退回单 is the marked copy of the workbook that came; there is no other. Of a file that was changed on the
page it is laid over the workbook that is written for it.
"""

from __future__ import annotations

import json
import pickle
from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, Any

from .. import __version__
from ..rules import explanations
from . import blocks, drafts, drawn, filling
from . import shown as showing
from .held import Desk, Held, Standing

if TYPE_CHECKING:
    from .outputs import Kind

_desk = Desk()


def _json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False)


def _shown(held: Iterable[Held]) -> str:
    return _json([showing.shown(one) for one in held])


def _changed(number: int, change: filling.Change) -> str:
    return _shown(_desk.change(number, change))


# ---------------------------------------------------------------- in


def check(number: int, path: str, data: bytes) -> str:
    return _shown(_desk.put(number, path, bytes(data)))


def blank(number: int, unit: str, year: int) -> str:
    return _shown(_desk.blank(number, unit.strip(), year))


def remove(number: int) -> str:
    return _shown(_desk.remove(number))


def resumed(number: int, text: str) -> str:
    return _shown(drafts.resumed(_desk, number, text))


def cleared() -> str:
    _desk.files.clear()
    return _json([])


# ---------------------------------------------------------------- changes


def typed(number: int, cells: str) -> str:
    return _changed(number, partial(filling.cells, given=json.loads(cells)))


def pasted(number: int, cell: str, plain: str, html: str) -> str:
    block = blocks.pasted(_desk[number].now, cell, plain, html)
    found = _desk.change(number, lambda _: block.standing)
    told = {"filled": block.filled, "outside": block.outside, "said": block.said}
    shown = [showing.shown(one) for one in found]
    return _json({"shown": shown, **told, "shift": block.shift, "cell": block.cell})


def cover(number: int, field: str, text: str) -> str:
    return _changed(number, partial(filling.cover, field=field, text=text))


def declared(number: int, table: str, on: str) -> str:
    return _changed(number, partial(filling.declared, table=table, yes=bool(on)))


def zeroed(number: int, table: str) -> str:
    return _changed(number, partial(filling.zeroed, table=table))


def text(number: int, section: str, text: str) -> str:
    came_without = _desk[number].first.report.texts is None
    return _changed(number, partial(filling.text, section=section, said=text, came_without=came_without))


def note(number: int, mark: str, text: str) -> str:
    return _changed(number, partial(filling.note, mark=mark, said=text))


def mark(number: int, cell: str, mark: str) -> str:
    return _changed(number, partial(filling.mark, cell_id=cell, name=mark))


def explained(number: int, finding: str, text: str, state: str) -> str:
    return _changed(number, filling.explaining(_desk[number], finding, text, state))


def answered(number: int, cell: str, text: str) -> str:
    return _changed(number, partial(filling.answered, cell_id=cell, said=text))


def prior(number: int, path: str, data: bytes) -> str:
    from .priors import given

    last_year = given(path, bytes(data)) if path else None
    return _changed(number, lambda now: Standing(now.report, last_year, now.touched))


def reverted(number: int) -> str:
    first = _desk[number].first
    return _changed(number, lambda now: Standing(first.report, now.given))


def undo(number: int) -> str:
    return _shown(_desk.stepped(number, -1))


def redo(number: int) -> str:
    return _shown(_desk.stepped(number, 1))


def stood(number: int, data: bytes) -> str:
    standing: Standing = pickle.loads(bytes(data))
    return _changed(number, lambda _: standing)


# ---------------------------------------------------------------- out


def shown(number: int) -> str:
    return _shown(_desk.compared(number))


def form(key: str) -> str:
    return _json(drawn.drawn(drawn.form_of(key)))


def _made(number: int, kind: Kind) -> bytes:
    from . import outputs  # and with it XlsxWriter, which no start needs

    return outputs.made(_desk[number], kind)


def names(number: int) -> str:
    from . import outputs

    return _json(outputs.names(_desk[number]))


def slip(number: int) -> bytes:
    return _made(number, "slip")


def workbook(number: int) -> bytes:
    return _made(number, "workbook")


def sealed(number: int) -> bytes:
    content, called = _made(number, "sealed"), json.loads(names(number))["sealed"]
    _desk.seal(number, called, content)
    return content


def word(number: int) -> bytes:
    return _made(number, "word")


def web(number: int) -> bytes:
    return _made(number, "web")


def as_json(number: int) -> bytes:
    return _made(number, "as_json")


def slips() -> bytes:
    from . import outputs

    return outputs.slips(_desk)


def draft(number: int) -> str:
    return drafts.draft(_desk[number])


def standing(number: int) -> bytes:
    return pickle.dumps(_desk[number].now)


def states() -> str:
    return _json(explanations.states())


def __getattr__(name: str) -> Any:
    """The office's functions, imported when the first of them is called."""
    if not name.startswith("office_"):
        raise AttributeError(name)
    from . import office

    return getattr(office, name)


def version() -> str:
    return _json(__version__)
