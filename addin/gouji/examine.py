"""One file of any kind -> what it says and all that is wrong with it. Nothing raises for a bad file."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from .audit import audit
from .errors import Refused
from .files import reason_of
from .form import TableKey, editions, load_form, printed_grid
from .published import is_document
from .records import dataclass
from .report import Report, ReportError, load
from .rules import Catalogue, Context, Finding, Rule, State, in_order, state_of
from .rules.error_values import error_values
from .rules.explanations import unexplained
from .rules.hush import said_once
from .rules.many import not_too_many
from .rules.remarks import is_remark
from .text import plain
from .workbook.confirming import NotConfirmed, confirmed
from .workbook.keyed import settle_keys, shown_key
from .workbook.kind import parts_of
from .workbook.limits import CELL_LIMIT, long_texts
from .workbook.reading.kept import check_kept
from .workbook.reading.reader import Reading, read_workbook
from .workbook.seal import has_other_rules
from .workbook.unread_fields import unread_fields
from .workbook.wording import wording

if TYPE_CHECKING:
    from .published.reading import Doubt

#: The first bytes of a report as JSON; no spreadsheet of any program begins with them.
_JSON = (b"{", b"[")
#: Why a reader of workbooks refuses bytes that may be a published report.
_NO_WORKBOOK = frozenset({"text", "html", "not_workbook"})
#: Why a path is refused whatever it names.
_NO_FILE = frozenset({"missing", "not_a_file", "unreadable", "too_large", "empty"})
#: Names of spreadsheets: whatever such a file holds, its sender meant a workbook.
_SPREADSHEETS = frozenset(
    (".xlsx", ".xlsm", ".xls", ".xlsb", ".xltx", ".xltm", ".et", ".ett", ".ods", ".csv")
)
#: Why a published text is refused that is about something else, and may lie beside reports.
_NO_REPORT = frozenset({"no_report", "notice", "list_page"})
#: Characters shown of what was not placed, and of a fault of the program.
_SHOWN, _REASON = 40, 120


@dataclass(frozen=True)
class Examined:
    """``file``: ``Path()`` where bytes were given. ``reading`` is None where it could not be read; the one
    finding then says why, and ``refused`` names the reason."""

    file: Path
    reading: Reading | None
    findings: tuple[Finding, ...]
    refused: str = ""

    @property
    def report(self) -> Report | None:
        return self.reading.report if self.reading else None

    @property
    def state(self) -> State:
        return state_of(list(self.findings))

    @property
    def is_no_report(self) -> bool:
        """Whether it is a text about something else: no report that could not be read, but none at all."""
        return self.refused in _NO_REPORT


def read_report(
    source: Path | bytes, context: Context | None = None, name: str = "", *, once: bool = False
) -> Reading:
    """A workbook, a report as JSON, or one that was published (text, Markdown, HTML, Word), as a file or its
    bytes. Raises Refused, with a Chinese line, for anything else.

    ``name``: what the file is called, where its bytes are given. ``once``: see :func:`read_workbook`.
    """
    rules = (context or Context()).catalogue
    try:
        if _is_json(source):
            reading = Reading(load(source), None, [])
            check_kept(reading.report)
            return reading
        if isinstance(source, Path) and is_document(source):
            return _imported(source, rules, name)
        return _workbook(source, rules, name, once)
    except ReportError as error:
        raise Refused("json", wording("reader")["json"].format(reason=error)) from error
    except OSError as error:
        raise Refused("file", wording("reader")["no_file"].format(reason=reason_of(error))) from error


def _workbook(source: Path | bytes, rules: Catalogue, name: str, once: bool) -> Reading:
    """What is no workbook, by no name either, may be a published report, and is refused as one."""
    try:
        return read_workbook(source, rules, once=once)
    except Refused as refused:
        if isinstance(source, Path):
            document = source.suffix.lower() not in _SPREADSHEETS and refused.key not in _NO_FILE
        else:
            document = refused.key in _NO_WORKBOOK
        if not document:
            raise
    return _imported(source, rules, name)


def _imported(source: Path | bytes, rules: Catalogue, name: str) -> Reading:
    from .published.importer import read_published  # most files are workbooks

    published = read_published(source, name)
    check_kept(published.report)
    rule = rules["import-doubt"]
    doubts = [_doubt(rule, doubt, published.report) for doubt in published.doubts]
    return Reading(published.report, None, doubts, imported=True)


def _doubt(rule: Rule, doubt: Doubt, report: Report) -> Finding:
    """What the text says twice and differently, or not at all: what was taken, and who says what."""
    phrases, said = rule.parameters["phrases"], dict(doubt.said)
    taken = said.pop(doubt.key, str(report.year))
    places = {where: text for where, text in said.items() if where in phrases}
    others = "".join(phrases["said"].format(where=phrases[w], text=text) for w, text in places.items())
    return rule.finding(
        doubt.key, message=doubt.key, taken=taken, others=others, name=said.get("name", ""), year=report.year
    )


def _is_json(source: Path | bytes) -> bool:
    """A file by its name, as people tell them apart; bytes by how they begin."""
    if isinstance(source, bytes):
        return source.removeprefix(codecs.BOM_UTF8).lstrip().startswith(_JSON)
    return source.suffix.lower() == ".json"


def examine(
    source: Path | bytes,
    context: Context | None = None,
    about: Callable[[Report], Context] | None = None,
    name: str = "",
    confirm: Sequence[str] = (),
    *,
    once: bool = False,
) -> Examined:
    """Read, check, locate. ``context.prior`` wins over what was typed into 上年数.

    ``about``: the context once it is known whose report it is (its last year, what the roster says).
    ``name``: what the file is called, where its bytes are given. ``once``: no other file will be read.
    ``confirm``: figures that were looked up, ``三!D9`` or ``三!D9=143``; raises NotConfirmed where one names
    no cell of the form or nothing that it can hold.
    """
    context = context or Context()
    file = Path() if isinstance(source, bytes) else source
    try:
        reading = read_report(source, context, name, once=once)
        reading.report.confirmed |= confirmed(reading.report, confirm)
        return Examined(file, reading, tuple(judge(reading, about(reading.report) if about else context)))
    except NotConfirmed:
        raise
    except Refused as refused:
        finding = context.catalogue["unreadable"].finding("file", reason=refused.message)
        return Examined(file, None, (finding,), refused.key)
    except MemoryError:
        finding = context.catalogue["unreadable"].finding("file", message="memory")
    except Exception as error:  # a fault of the program: said of this file, so that the others go on
        finding = unforeseen(error, context.catalogue)
    return Examined(file, None, (finding,))


def unforeseen(error: Exception, rules: Catalogue) -> Finding:
    """A fault of the program, as a finding on the file at which it came up."""
    reason = f"{type(error).__name__}: {error}".splitlines()[0][:_REASON]
    return rules["unreadable"].finding("file", message="unforeseen", reason=reason)


def judge(reading: Reading, context: Context | None = None) -> list[Finding]:
    """All findings on a workbook that was read: on the file, on its seal, on the report."""
    context = (context or Context()).of(reading.report)
    if parts_of(reading.report) is not None:
        context = replace(context, summed=True)
    rules = context.catalogue
    if context.prior is None and reading.prior is not None:
        context = replace(context, prior=reading.prior)
    found = list(reading.findings)
    seal = reading.seal_state
    if seal == "broken":
        found.append(rules["seal-broken"].finding("file"))
    found += _unplaced(reading.report, context, {f.place for f in found if f.rule == "label-changed"})
    found += _too_long(reading.report, rules)
    findings = audit(reading.report, context)
    found += _unknown_explanations(reading.report, findings, rules)
    said = said_once(found, findings, rules)
    if seal == "intact":
        said += _seal_rules(reading, said, rules)
    return in_order(not_too_many(said))


def _seal_rules(reading: Reading, said: Sequence[Finding], rules: Catalogue) -> Iterator[Finding]:
    """A seal says that nothing is open: where something is by these rules, and it was given under others."""
    rule = rules["seal-broken"]
    if rule.off or not has_other_rules(reading.data, rules):
        return
    if count := sum(f.level == "error" for f in said) + len(unexplained(reading.report, said)):
        level = rule.no_graver_than("differs_level")
        yield rule.finding("file", level=level, message="rules", remedy="rules", count=count)


def _unplaced(report: Report, context: Context, off: Set[str]) -> Iterator[Finding]:
    """What no cell of the form could take; an unreadable typed cell is the cell checks' to say.

    A line that a form's table does not have is a number lost from the table, and so an error. ``off``: tables
    of which the labels are off; their labels and numbers stand where none belong and are not said one by one,
    nor are labels that another edition's sheet, pasted over, left behind.
    """
    rule = context.catalogue["content-unplaced"]
    cells = {cell.place for cell in report.form.cells} if report.unplaced else set()
    cells |= {one.place for one in error_values(report, context.catalogue)}  # said by their rule
    of_other = {key: t for key, t in report.form.tables.items() if t.id in off or key in report.form.layout}
    moved = {t.section.number: (_labels(key), t.id in off) for key, t in of_other.items()}
    fields = unread_fields(report) if report.unplaced else {}
    for one in report.unplaced:
        labels, numbers = moved.get(one.place.partition("!")[0], (frozenset(), False))
        text = plain(one.text)
        if is_remark(one) or text in labels or (numbers and not any(map(str.isalpha, text))):
            continue
        if one.place not in cells:
            table = one.place.startswith("table") and not context.imported
            field = fields.get(one.place)
            words = "field" if field else None
            said = rule.finding(
                one.place,
                level=rule.parameters["table_level"] if table else None,
                message=words,
                remedy=words,
                where=one.place,
                text=" ".join(one.text.split())[:_SHOWN],
                label=field.label if field else "",
                prompt=field.prompt if field else "",
            )
            yield said.but(field=field.name) if field else said


def _labels(key: TableKey) -> Set[str]:
    """Every label that any edition prints in a table, as compared: one may be pasted over another."""
    tables = [load_form(edition).tables[key] for edition in editions()]
    boxes = [box for table in tables for box in printed_grid(table).boxes if not box.cell]
    return {plain(text) for box in boxes for text in (box.text, *box.formerly)}


def _too_long(report: Report, rules: Catalogue) -> Iterator[Finding]:
    """Texts that no cell holds: said of the file that brings them, before they reach a sum."""
    rule = rules["text-too-long"]
    for where, length in long_texts(report):
        yield rule.finding(where, where=where, size=length, limit=CELL_LIMIT)


def _unknown_explanations(report: Report, findings: list[Finding], rules: Catalogue) -> Iterator[Finding]:
    """Explanations go to the findings that their keys mean; of a key that means none, or several, it is said.
    One whose finding is merely gone is kept in silence."""
    rule = rules["explanation-unknown"]
    for one in settle_keys(report, findings, rules):
        explained = report.explanations
        open_ = [f.id for f in findings if f.level != "error" and f.id not in explained]
        meant = one.meant or open_[:1] or ["stock:t2.documents"]
        keys = [shown_key(report.form, finding) for finding in meant]
        message = None if one.why == "unknown" else one.why
        yield rule.finding(one.key, message=message, key=one.key, example=keys[0], meant=keys)
