"""What people wrote into results is found again, carried into the next run, and named.

A result that is as its run wrote it says nothing new. In one that was changed the section texts, 审核说明
and notes are compared with what its run wrote; a Word report is not read back. What 汇总台 says wins.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import field, replace
from pathlib import Path

from ...digests import sha256_if_there
from ...errors import Refused
from ...form import editions, load_form
from ...records import dataclass
from ...report import PREFACE, Explanation, Report
from ...workbook.kind import parts_of
from ...workbook.reading.reader import read_workbook
from ..approving.settled import state_names
from ..consolidate import Consolidation
from ..desk import Desk
from ..intake.names import plain_name
from ..results import file_names
from ..sum.summing import free_mark
from .folder import say
from .listed import beaten, changed, of_line, read_listed, replaced_by, words_of
from .listed import shown as named
from .record import Carried, Kept, Readback, Record

#: Text, state, numbers of an explanation.
_Word = tuple[str, str, tuple[str, ...]]
#: Characters of a note by which it is named.
_SHOWN = 40


@dataclass(frozen=True)
class Results:
    """One folder of results, how people call it ("结果/第002次", "" for none), and its record."""

    folder: Path
    shown: str
    record: Record

    def shown_file(self, file: str) -> str:
        return f"{self.shown}/{file}" if self.shown else file


@dataclass
class Gathered:
    """``carried``: all that holds; ``seen``: digests of what was changed, by the shown path; ``remarks``: one
    sentence for each change, ``lost``: for each that is taken over nowhere; ``report``: shown path of the
    Word report that was edited last, "" where none was."""

    texts: dict[str, Kept] = field(default_factory=dict)
    words: dict[str, Kept] = field(default_factory=dict)
    notes: dict[str, Kept] = field(default_factory=dict)
    added: dict[str, Kept] = field(default_factory=dict)
    listed: dict[str, Kept] = field(default_factory=dict)
    seen: dict[str, str] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    report: str = ""

    @property
    def carried(self) -> Carried:
        return Carried(self.texts, self.words, self.notes, self.added, self.listed)


def read_back(source: Path | bytes) -> Readback:
    """What a results workbook says. Raises Refused."""
    report = read_workbook(source, once=True).report
    words = {key: (one.text, one.state, one.numbers) for key, one in report.explanations.items()}
    texts = {key: text.strip() for key, text in (report.texts or {}).items() if text.strip()}
    return Readback(texts, words, dict(report.notes), dict(report.marks))


def said_as_made(workbook: Path, city: Consolidation) -> Readback:
    """What the workbook that was just made of ``city`` says. Raises Refused. One that was given no words has
    none: it is not read back, which takes a tenth of a run with one book."""
    report = city.report
    # Beside last year the rows of 校验 may say why they compare nothing.
    if report.texts or report.notes or report.marks or report.explanations or city.prior:
        return read_back(workbook)
    return Readback()


def gather(results: Iterable[Results], desk: Desk | None = None) -> Gathered:
    """What earlier runs carried, and what people changed in any of their files since; ``results``: the
    earliest first. Of two changes of one thing that of the later run holds."""
    order = list(results)
    found = Gathered()
    if order:
        last = order[-1].record
        carried = last.carried
        texts, words, notes = dict(carried.texts), dict(carried.words), dict(carried.notes)
        added, listed = dict(carried.added), dict(carried.listed)
        found = Gathered(texts, words, notes, added, listed, dict(last.seen))
    old = found.carried
    old = replace(old, texts=dict(old.texts), words=dict(old.words), listed=dict(old.listed))
    earlier = ""
    for one in order:
        # Without a season earlier results lie beside the new ones, and were read.
        copies = dict.fromkeys(_copies(one), "") if desk else {}
        for file, written in {**copies, **one.record.outputs}.items():
            now, shown = sha256_if_there(one.folder / file), one.shown_file(file)
            if not now or now == written:
                continue
            found.report = shown if _is_report(file, desk) else found.report
            if now == found.seen.get(shown):
                earlier = shown if _is_report(file, desk) else earlier
                continue
            found.seen[shown] = now
            if file == one.record.workbook or file in copies:
                _workbook(found, one, file, desk)
            else:
                found.remarks.append(say("edited_word" if _is_report(file, desk) else "edited", file=shown))
    if earlier:
        found.remarks.append(say("edited_word_still", file=earlier))
    _still(found, old, desk)
    return found


def _is_report(file: str, desk: Desk | None) -> bool:
    """Whether a file of results is the Word report, and no letter."""
    if desk is None:
        return file.endswith(".docx")
    return file == file_names(desk.settings.name, desk.settings.year)["report"]


def _copies(one: Results) -> Iterator[str]:
    """The workbook of the results under other names, with edits: renamed, or saved as something else."""
    written = set(one.record.outputs.values())
    for path in sorted(one.folder.glob("*.xls[xm]")):
        own = path.name in one.record.outputs or sha256_if_there(path) in written
        if not own and path.is_file() and not path.name.startswith(("~", ".")):
            with suppress(Refused):
                if parts_of(read_workbook(path, once=True).report) is not None:
                    yield path.name


def _workbook(found: Gathered, one: Results, file: str, desk: Desk | None) -> None:
    shown = one.shown_file(file)
    try:
        now, lines = read_back(one.folder / file), read_listed(one.folder / file)
    except Refused as refused:
        found.remarks.append(say("edited_unread", file=shown, reason=refused.message.rstrip("。")))
        return
    number, before, count = one.record.number, one.record.said, len(found.remarks)
    for section in _changed(before.texts, now.texts):
        text = now.texts.get(section, "")
        found.texts[section] = Kept(text, number)
        wins = desk is not None and bool(desk.texts.get(section)) and desk.texts[section] != text
        key = "text_desk" if wins else "text" if text else "text_gone"
        found.remarks.append(say(key, file=shown, section=section, count=len(text)))
    for finding in _changed(before.words, now.words):
        text, state, numbers = _given(before.words.get(finding), now.words.get(finding, ("", "", ())))
        found.words[finding] = Kept(text, number, state, numbers)
        for line in replaced_by(finding, found.listed):
            del found.listed[line]
        key = "word_desk" if desk and _says(desk, finding) else "word" if text else "word_gone"
        found.remarks.append(say(key, file=shown, finding=finding))
    for mark in _changed(before.notes, now.notes):
        if original := before.notes.get(mark):
            found.notes[original] = Kept(now.notes.get(mark, ""), number)
            found.remarks.append(say("note", file=shown, mark=mark))
        else:
            cells = tuple(cell for cell, own in now.marks.items() if own == mark)
            found.added[f"{number}/{mark}"] = Kept(now.notes.get(mark, ""), number, cells=cells)
            found.remarks.append(say("note_new", file=shown, mark=mark))
    if one.record.listed is not None:
        _listed(found, dict(changed(one.record.listed, lines, found.listed, number)), shown, desk)
    if len(found.remarks) == count and not found.lost:
        found.remarks.append(say("saved", file=shown))


def _listed(found: Gathered, given: Mapping[str, Kept], shown: str, desk: Desk | None) -> None:
    """What a person wrote into 问题. Without a 汇总台 there is no place for a word on a unit."""
    for line, one in given.items():
        said = one.text or one.state
        if not said and line not in found.listed:
            continue
        if desk is None and of_line(line)[1]:
            found.lost.append(say("word_nowhere", file=shown, finding=named(line)))
            continue
        key = "word_desk" if beaten(line, desk) else "word" if said else "word_gone"
        found.remarks.append(say(key, file=shown, finding=named(line)))
        found.listed[line] = one


def _given(before: _Word | None, now: _Word) -> _Word:
    """What a person gave, who writes the text alone: the state and the numbers that still stand beside it are
    those of the text that was there."""
    if before is None or before[0] == now[0]:
        return now
    text, state, numbers = now
    state = "" if state == before[1] and state_names()["open"].names(state) else state
    return text, state, () if numbers == before[2] else numbers


def _changed(before: Mapping[str, object], now: Mapping[str, object]) -> list[str]:
    return [key for key in {**before, **now} if before.get(key) != now.get(key)]


def _says(desk: Desk, finding: str) -> bool:
    """Whether 汇总台 has a word on a finding of the sum."""
    own = plain_name(desk.settings.name)
    return any(word.finding == finding and plain_name(word.unit) == own for word in desk.words)


def _still(found: Gathered, old: Carried, desk: Desk | None) -> None:
    """Texts and 审核说明 that earlier runs took over and that are in no other place, a sentence each: whoever
    takes a word out of 汇总台 must see that the one in a result holds again."""
    told = desk.texts if desk else {}
    texts = {key: one for key, one in old.texts.items() if key not in told}
    words = {key: one for key, one in old.words.items() if not (desk and _says(desk, key))}
    lines = {line: one for line, one in old.listed.items() if not beaten(line, desk)}
    said = {**words, **{named(line): one for line, one in lines.items()}}
    holds = {**found.words, **{named(line): one for line, one in found.listed.items()}}
    for key, before, now in (("still", texts, found.texts), ("still_words", said, holds)):
        kept = {name: one for name, one in before.items() if now.get(name) is one and (one.text or one.state)}
        if kept:
            runs = "、".join(dict.fromkeys(str(one.run) for one in kept.values()))
            found.remarks.append(say(key, what="、".join(kept), runs=runs))


# ---------------------------------------------------------------- into the next run


def with_carried(desk: Desk, carried: Carried) -> Desk:
    """What 汇总台 says, and beside it the texts that were written into results, and the words into 问题."""
    texts = {key: one.text for key, one in carried.texts.items() if one.text}
    return replace(desk, texts=_in_order(texts | dict(desk.texts)), words=words_of(carried, desk))


def own_texts(texts: Mapping[str, str]) -> dict[str, str]:
    """Those that stand in the city's own report: 引言 and the text sections."""
    from .reading import CLOSING

    return {key: text for key, text in _in_order(texts).items() if key != CLOSING}


def _in_order(texts: Mapping[str, str]) -> dict[str, str]:
    """引言, then as the form prints them; whatever it does not print last. One that was carried stands where
    one of 汇总台 would: the order in which places were filled says nothing of the report."""
    printed = {section.number: place for place, section in enumerate(load_form(editions()[-1]).sections)}
    last = len(printed)
    return {
        key: texts[key] for key in sorted(texts, key=lambda k: -1 if k == PREFACE else printed.get(k, last))
    }


def with_own(own: Report | None, name: str, carried: Carried) -> Report | None:
    """The city's own report, whose texts and 审核说明 win, with those that were written into results; None
    where there is neither."""
    if own is None and not (carried.texts or carried.words or carried.listed):
        return None
    report = own or Report(load_form(editions()[-1]), name)
    texts, written = report.texts or {}, {key: one.text for key, one in carried.texts.items() if one.text}
    lines = {of_line(line)[2]: one for line, one in carried.listed.items() if not of_line(line)[1]}
    said = explanations_of(replace(carried, words={**carried.words, **lines})) | dict(report.explanations)
    # A file of the city's own alone is judged as it is, disorder too.
    return replace(report, texts=own_texts(written | texts) if written else texts, explanations=said)


def with_notes(city: Consolidation, carried: Carried) -> tuple[Consolidation, list[str]]:
    """The result with the notes as people changed them and those that they added, and a sentence for each
    change of a note that is not there any more."""
    notes, marks = dict(city.report.notes), dict(city.report.marks)
    for text, one in {one.text: one for one in carried.added.values() if one.text}.items():
        mark = free_mark(notes)
        notes[mark] = text
        marks = {cell: mark for cell in one.cells if cell in city.form.by_id} | marks
    changed, lost = _notes(notes, carried)
    # One that a person added and took out again; a note of units stays, without its text.
    gone = {mark for mark, text in changed.items() if not text and mark not in city.report.notes}
    changed = {mark: text for mark, text in changed.items() if mark not in gone}
    marks = {cell: mark for cell, mark in marks.items() if mark not in gone}
    return replace(city, report=replace(city.report, notes=changed, marks=marks)), lost


def with_numbers(gathered: Gathered, city: Consolidation) -> Gathered:
    """What was carried, each 审核说明 that has no numbers with those that it was weighed for in ``city``: it
    holds for these, and not anew for others. A season keeps them in its store."""
    now = {one.finding.id: one.numbers for one in city.settled if one.city}

    def weighed(one: Kept, finding: str) -> Kept:
        return one if one.numbers else replace(one, numbers=now.get(finding, ()))

    words = {key: weighed(one, key) for key, one in gathered.words.items()}
    listed = {line: weighed(one, of_line(line)[2]) for line, one in gathered.listed.items()}
    return replace(gathered, words=words, listed=listed)


def explanations_of(carried: Carried) -> dict[str, Explanation]:
    """审核说明 that were written into results, as the city's own."""
    said = ((finding, one) for finding, one in carried.words.items() if one.text)
    return {finding: Explanation(one.text, one.state, one.numbers) for finding, one in said}


def _notes(written: Mapping[str, str], carried: Carried) -> tuple[dict[str, str], list[str]]:
    notes = dict(written)
    lost = []
    for original, one in carried.notes.items():
        marks = [mark for mark, text in notes.items() if text == original]
        if not marks and one.text not in notes.values():
            lost.append(say("note_lost", text=original[:_SHOWN]))
        for mark in marks:
            notes[mark] = one.text
    return notes, lost
