"""The formulas beside a zone: what ``decide.py`` decides, in the same steps, each with the value it shows.

Only functions that Excel 2010, WPS, LibreOffice and Gnumeric share; nothing that spills, nothing volatile.
A label is looked for by wildcards among the rows of the zone, each as one text (``spelling.py``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import reduce

from ...form import Form, Line
from ..figures import Figure, Live, Shown
from ..layout import Area, address
from ..reading.cells import Position, RawCell
from ..reading.typed import seen_as
from ..wording import wording
from .decide import BY_ORDER, HEAD_ROWS, Found, Zone, find
from .sheet import COLUMN, COUNT, PLACE, POSITIONS, ROW, SHIFT, TEXT, TEXTS, Part, PasteSheet
from .spelling import bar, column_at, folding, position, spelt


def _at(row: int, column: int) -> str:
    return address(row, column)


class PasteFormulas:
    """All formulas of one sheet for what its zone holds."""

    def __init__(self, sheet: PasteSheet, form: Form, contents: Mapping[Position, RawCell]) -> None:
        self.sheet, self.form, self.contents = sheet, form, contents
        self.zone = Zone(sheet, contents)
        self.found: Found = find(sheet, form, contents)
        self.words = wording("pasting.states")
        zone = sheet.zone
        self._zone = zone.ref()
        self._texts = Area(zone.sheet, zone.top, TEXTS, zone.bottom, TEXTS).ref()
        self._height, self._width = zone.bottom - zone.top + 1, zone.right - zone.left + 1

    # ------------------------------------------------------------ what is seen

    def states(self) -> Iterator[tuple[Figure, int, int]]:
        """The state of each line, with its part and its number in the part."""
        for number, part in enumerate(self.sheet.parts):
            for i, line in enumerate(self.found.lines[number]):
                row, column = part.state(i)
                live = Live(f"={self._state(part, i)}", self.words[line.state])
                yield Figure(row, column, live), number, i

    def cells(self) -> Iterator[tuple[str, Figure]]:
        """The content for each cell of the form, "" where its line is not used or it is blank."""
        for part in self.sheet.parts:
            width = len(part.block.columns)
            for n, (cell, (row, column)) in enumerate(part.cells.items()):
                i, j = divmod(n, width)
                yield cell, Figure(row, column, Live(f"={self._content(part, i, j)}", self.content(cell)))

    def content(self, cell: str) -> Shown:
        """What is shown for one cell of the form."""
        raw = self.contents.get(self.found.cells[cell]) if cell in self.found.cells else None
        if raw is None or raw.kind == "blank":
            return ""
        if raw.kind == "error":
            return str(wording("figures")["no_number"])
        seen = seen_as(raw)
        if raw.kind == "number" and raw.value and seen and seen.kind in ("date", "time"):
            return str(wording("figures")["date"])
        return raw.value if isinstance(raw.value, int | float | str) else ""

    # ------------------------------------------------------------ what is hidden

    def hidden(self) -> Iterator[Figure]:
        """Everything that the formulas need."""
        zone = self.sheet.zone
        for row in range(zone.top, zone.bottom + 1):
            cells = (f'T({address(row, column)})&"{bar()}"' for column in range(zone.left, zone.right + 1))
            text = folding(f'"{bar()}"&' + "&".join(cells))
            cells_of = Area("", row, zone.left, row, zone.right).ref()
            formula = f'=IF(COUNTA({cells_of})=0,"",IFERROR({text},""))'
            yield Figure(row, TEXTS, Live(formula, self.zone.text(row - zone.top + 1)))
        for part in self.sheet.parts:
            for i, line in enumerate(part.block.rows):
                yield from self._label(part.line(i), spelt(line, self.form))
            yield from self._across(part) if part.across else self._heads(part)

    def _label(self, at: int, spellings: Sequence[str]) -> Iterator[Figure]:
        count, row, text, place = (_at(at, column) for column in (COUNT, ROW, TEXT, PLACE))
        quoted = [f'"{bar()}{one}{bar()}"' for one in spellings]
        wild = [f'"*{bar()}{one}{bar()}*"' for one in spellings]
        rows = self.zone.rows_with(spellings)
        found = rows[0] if len(rows) == 1 else 0
        said = self.zone.text(found)
        where = position(said, spellings)
        yield Figure(at, COUNT, Live("=" + "+".join(f"COUNTIF({self._texts},{w})" for w in wild), len(rows)))
        first = _first_of(f"MATCH({w},{self._texts},0)" for w in wild)
        yield Figure(at, ROW, Live(f'=IF({count}=1,{first},"")', found or ""))
        yield Figure(at, TEXT, Live(f'=IF({row}="","",INDEX({self._texts},{row}))', said))
        first = _first_of(f"FIND({q},{text})" for q in quoted)
        yield Figure(at, PLACE, Live(f'=IF({row}="","",{first})', where or ""))
        column = f'=IF({row}="","",{_column(text, place)})'
        yield Figure(at, COLUMN, Live(column, column_at(said, where) if where else ""))

    def _lines(self, part: Part, column: int) -> str:
        """One hidden column of a part's lines."""
        first, last = part.line(0), part.line(len(part.block.rows) - 1)
        return Area("", first, column, last, column).ref()

    def _positions(self, row: int, part: Part) -> str:
        width = len(part.block.columns)
        return Area("", row, POSITIONS, row, POSITIONS + width - 1).ref()

    def _labels_of(self, part: Part) -> list[tuple[int, int]]:
        """(row, column) in the zone of each label that was found once."""
        found = []
        for line in part.block.rows:
            spellings = spelt(line, self.form)
            rows = self.zone.rows_with(spellings)
            if len(rows) == 1:
                text = self.zone.text(rows[0])
                found.append((rows[0], column_at(text, position(text, spellings))))
        return found

    # ------------------------------------------------------------ a block of rows

    def _heads(self, part: Part) -> Iterator[Figure]:
        """Above a block: its first row, the rows above that, and where in them its heads stand."""
        at, rows = part.top, self._lines(part, ROW)
        labels = self._labels_of(part)
        first = min((row for row, _ in labels), default=0)
        yield Figure(at, ROW, Live(f'=IF(COUNT({rows})=0,"",MIN({rows}))', first or ""))
        texts = []
        for up, column in zip(range(1, HEAD_ROWS + 1), (TEXT, PLACE, COLUMN), strict=True):
            above = f'IF({_at(at, ROW)}>{up},INDEX({self._texts},{_at(at, ROW)}-{up}),"")'
            shown = self.zone.text(first - up) if first else ""
            yield Figure(at, column, Live(f'=IF({_at(at, ROW)}="","",{above})', shown))
            texts.append((_at(at, column), shown))
        places: list[int] = []
        for j, head in enumerate(part.block.columns):
            formula, place = self._head(head, texts)
            yield Figure(at, POSITIONS + j, Live(f"={formula}", place or ""))
            places.append(place)
        yield from self._columns(part, places, labels)
        if part.table.key in BY_ORDER:
            yield from self._shifts(part)

    def _head(self, head: Line, texts: Sequence[tuple[str, str]]) -> tuple[str, int]:
        """The column in which a head stands in the nearest of the rows, and its formula; 0 for none."""
        spellings = spelt(head, self.form)
        tries = [
            _column(text, f'FIND("{bar()}{one}{bar()}",{text})') for text, _ in texts for one in spellings
        ]
        column = 0
        for _, text in texts:
            if at := position(text, spellings):
                column = column_at(text, at)
                break
        return _first_of(tries), column

    def _columns(
        self, part: Part, places: Sequence[int], labels: Sequence[tuple[int, int]]
    ) -> Iterator[Figure]:
        heads, width = self._positions(part.top, part), len(part.block.columns)
        by_order = part.table.key in BY_ORDER
        # As many as there are heads, where each stands in a column of its own.
        apart = "+".join(f"COUNTIF({heads},{_at(part.top, POSITIONS + j)})" for j in range(width))
        count = sum(places.count(place) for place in places) if all(places) else 0
        yield Figure(part.head, COLUMN, Live(f"=IF(COUNT({heads})={width},{apart},0)", count))
        for j, place in enumerate(places):
            other, value = '""', 0
            if by_order:
                columns = self._lines(part, COLUMN)
                other = f'IF({_at(part.top, ROW)}="","",MAX({columns})+{j + 1})'
                value = max(c for _, c in labels) + j + 1 if labels else 0
            shown = place if all(places) and len(set(places)) == width else value
            formula = f"=IF({_at(part.head, COLUMN)}={width},{_at(part.top, POSITIONS + j)},{other})"
            yield Figure(part.head, POSITIONS + j, Live(formula, shown or ""))

    def columns_of(self, part: Part) -> tuple[int, ...]:
        """The columns of a block's cells in the zone, () where they are not known."""
        return self.found.columns[self.sheet.parts.index(part)]

    # ------------------------------------------------------------ lines side by side

    def _across(self, part: Part) -> Iterator[Figure]:
        """Of lines that stand side by side: the row below their labels, what speaks against it, columns."""
        at, width = part.head + 1, len(part.block.columns)
        rows, starts = self._lines(part, ROW), self._lines(part, COLUMN)
        below, text, verdict = (_at(at, column) for column in (PLACE, TEXT, COUNT))
        labels = self._labels_of(part)
        under = max(row for row, _ in labels) + 1 if labels else 0
        yield Figure(at, PLACE, Live(f'=IF(COUNT({rows})=0,"",MAX({rows})+1)', under or ""))
        inside = f'IF({below}<={self._height},INDEX({self._texts},{below}),"")'
        yield Figure(at, TEXT, Live(f'=IF({below}="","",{inside})', self.zone.text(under)))
        yield Figure(
            at, COUNT, Live(f"={self._verdict(part, starts, below, text)}", self._found_across(part))
        )
        lines = self.found.lines[self.sheet.parts.index(part)]
        for i in range(len(part.block.rows)):
            start = _at(part.line(i), COLUMN)
            for j in range(width):
                formula = f'=IF({verdict}="{self.words["found"]}",{start}+{j},"")'
                columns = lines[i].columns
                yield Figure(at, POSITIONS + i * width + j, Live(formula, columns[j] if columns else ""))

    def _verdict(self, part: Part, starts: str, below: str, text: str) -> str:
        w, width, lines = self.words, len(part.block.columns), len(part.block.rows)
        left, right = f"MIN({starts})-1", f"MAX({starts})+{width}"
        beside = [
            f"IF({left}>0,ISNUMBER(INDEX({self._zone},{below}+1,{left})),FALSE)",
            f"IF({right}<={self._width},ISNUMBER(INDEX({self._zone},{below}+1,{right})),FALSE)",
        ]
        heads = spelt(part.block.columns[0], self.form)
        headed = _first_of((f'FIND("{bar()}{one}{bar()}",{text})' for one in heads), "0")
        apart = f"MAX({starts})-MIN({starts})<>{width * (lines - 1)},MAX({starts})+{width - 1}>{self._width}"
        numbers = f'IF(OR({",".join(beside)}),"{w["aside"]}","{w["found"]}")'
        inside = f'IF(OR({apart}),"{w["aside"]}",{numbers})'
        known = f'IF({headed}=0,"{w["headless"]}",IF({below}>={self._height},"{w["headless"]}",{inside}))'
        return f'IF(COUNT({starts})<{lines},"{w["headless"]}",{known})'

    def _found_across(self, part: Part) -> str:
        lines = self.found.lines[self.sheet.parts.index(part)]
        return str(
            self.words[next((x.state for x in lines if x.state not in ("absent", "double")), "headless")]
        )

    # ------------------------------------------------------------ one line, one cell

    def _state(self, part: Part, i: int) -> str:
        w, at = self.words, part.line(i)
        count = _at(at, COUNT)
        if part.across:
            known = _at(part.head + 1, COUNT)
        else:
            row, start, columns = _at(at, ROW), _at(at, COLUMN), self._positions(part.head, part)
            width = len(part.block.columns)
            last = f"INDEX({self._zone},{row},MIN(MAX({columns})+1,{self._width}))"
            numbers = f"COUNT(INDEX({self._zone},{row},{start}):{last})"
            # 0+: of a single column it would be a logical value.
            own = "0+" + "+".join(
                f"ISNUMBER(INDEX({self._zone},{row},{_at(part.head, POSITIONS + j)}))" for j in range(width)
            )
            outside = f"MAX({columns})>{self._width},MIN({columns})<={start}"
            other = (
                self._shifted(part, row, start, columns) if part.table.key in BY_ORDER else f'"{w["aside"]}"'
            )
            gap = f"INDEX({self._zone},{row},{start}+1):INDEX({self._zone},{row},MIN({columns})-1)"
            texts = f'IF(MIN({columns})>{start}+1,COUNTIF({gap},"?*"),0)'
            wrong = f"{numbers}<>{own},{texts}>0"
            if part.table.key in BY_ORDER:
                cells = f"INDEX({self._zone},{row},MIN({columns})):INDEX({self._zone},{row},MAX({columns}))"
                wrong += f",IF({_at(part.head, COLUMN)}={width},FALSE,COUNTA({cells})<{width})"
            known = f'IF(IF(OR({outside}),TRUE,OR({wrong})),{other},"{w["found"]}")'
            known = f'IF(COUNT({columns})<{width},"{w["headless"]}",{known})'
        return f'IF({count}<>1,IF({count}=0,"{w["absent"]}","{w["double"]}"),{known})'

    def _shifted(self, part: Part, row: str, start: str, columns: str) -> str:
        """Whether all cells of a line stand right behind its label and nothing else does."""
        w, width = self.words, len(part.block.columns)
        aside = f'IF({_at(part.head, COLUMN)}={width},"{w["aside"]}","{w["headless"]}")'
        shifted = f'"{w["shifted"]}"'
        cells = f"INDEX({self._zone},{row},{start}+1):INDEX({self._zone},{row},{start}+{width})"
        behind = f'IF(INDEX({self._zone},{row},{start}+{width + 1})="",{shifted},{aside})'
        behind = f"IF({start}+{width}={self._width},{shifted},{behind})"
        filled = f"IF(COUNTA({cells})<{width},{aside},{behind})"
        fits = f"OR(MAX({columns})-MIN({columns})<>{width - 1},{start}+{width}>{self._width})"
        return f"IF({fits},{aside},{filled})"

    def _shifts(self, part: Part) -> Iterator[Figure]:
        """How far each line stands right of its heads; negative to the left."""
        lines, columns = self.found.lines[self.sheet.parts.index(part)], self._positions(part.head, part)
        heads = self.columns_of(part)
        for i, line in enumerate(lines):
            at = part.line(i)
            behind = f"{_at(at, COLUMN)}+1-MIN({columns})"
            formula = f'=IF({_at(*part.state(i))}="{self.words["shifted"]}",{behind},0)'
            by = min(line.columns) - min(heads) if line.state == "shifted" else 0
            yield Figure(at, SHIFT, Live(formula, by))

    def _content(self, part: Part, i: int, j: int) -> str:
        width, words = len(part.block.columns), wording("figures")
        state = _at(*part.state(i))
        if part.across:
            row, column = f"{_at(part.head + 1, PLACE)}+1", _at(part.head + 1, POSITIONS + i * width + j)
        else:
            row, column = _at(part.line(i), ROW), _at(part.head, POSITIONS + j)
        used = [f'{state}="{self.words["found"]}"']
        if part.table.key in BY_ORDER:
            column += f"+{_at(part.line(i), SHIFT)}"
            used.append(f'{state}="{self.words["shifted"]}"')
        cell = f"INDEX({self._zone},{row},{column})"
        date = f'IF(IFERROR(LEFT(CELL("format",{cell}),1)="D",FALSE),"{words["date"]}",{cell})'
        content = f"IF(ISNUMBER({cell}),IF({cell}=0,0,{date}),{cell})"
        content = f'IFERROR(IF({cell}="","",{content}),"{words["no_number"]}")'
        return f'IF(OR({",".join(used)}),{content},"")'


def _first_of(tries: Iterator[str] | Sequence[str], otherwise: str = '""') -> str:
    """The first of the formulas that is no error."""
    return reduce(lambda rest, one: f"IFERROR({one},{rest})", reversed([*tries]), otherwise)


def _column(text: str, place: str) -> str:
    """The column of the cell behind the bar at a place of a row's text."""
    before = f"LEFT({text},{place})"
    return f'LEN({before})-LEN(SUBSTITUTE({before},"{bar()}",""))'
