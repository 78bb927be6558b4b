"""Why a file does not count, or counts with a reservation, in words: the first thing that is wrong with its
cell, and how many more there are; never a bare count."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ...report import Report
from ...rules import Finding
from ...wording import wording_of
from ...workbook.shown.findings import place_of
from .filed import Filed, Intake, Submission, UnitRow, status_label
from .remarks import remark

#: Cells that a remark names, and characters of a message.
_NAMED, _LENGTH = 3, 90
#: Characters of a reason where it has one line.
_LINE = 80


def label_of(row: UnitRow | Filed) -> str:
    """What 报送情况 says in short: the status, or what it comes from."""
    filed = row.taken or row.sent if isinstance(row, UnitRow) else row
    key = _short(row.status, filed.submission) if filed else ""
    return short_label(key) if key else status_label(row.status)


def short_label(key: str) -> str:
    """What a status comes from, in short: 模板被改 …"""
    return str(_words()[key])


def _words() -> dict[str, str]:
    return wording_of("gouji.city.intake", "short")


def _short(status: str, submission: Submission) -> str:
    """The key of a label that says more than the status; "" where there is none."""
    if status == "errors":
        rules = {f.rule for f in submission.findings if f.level == "error"}
        kinds = (("form-empty", "unfilled"), ("label-changed", "changed"))
        found = next((key for rule, key in kinds if rule in rules), "")
        return found or ("formula" if rules == {"typed-formula"} else "")
    if status == "taken" and submission.errors:
        return "included"
    if status == "taken" and submission.seal == "broken":
        return "broken"
    return ""


def reason_of(row: UnitRow | Filed) -> str:
    """Why it does not count, or with which reservation: the label and all remarks, each thing said once."""
    remarks = list(row.remarks)
    if isinstance(row, UnitRow):
        remarks += [r for filed in row.files for r in filed.remarks]
    label = label_of(row)
    said = [] if any(r.startswith(label) for r in remarks) else [label]
    return _words()["between"].join(dict.fromkeys([*said, *remarks]))


def short_reason(row: UnitRow | Filed) -> str:
    """The same as far as a line takes it: whole parts, at least the first. 报送情况 has all of it."""
    between = _words()["between"]
    first, *others = reason_of(row).split(between)
    said = [first]
    for part in others:
        if len(between.join([*said, part])) > _LINE:
            break
        said.append(part)
    return between.join(said)


def error_remarks(submission: Submission, *, taken: bool) -> Iterator[str]:
    """What is wrong with a report that has errors: which cells hold formulas, then the first error."""
    errors = [f for f in submission.findings if f.level == "error"]
    formulas = [f for f in errors if f.rule == "typed-formula"]
    others = [f for f in errors if f.rule != "typed-formula"]
    if formulas:
        yield remark("formulas", places=_places(submission.report, formulas))
    if others:
        yield _counted("errors", others, submission.report)
    if taken:
        yield remark("errors_included")


def _places(report: Report | None, findings: Sequence[Finding]) -> str:
    places = [place_of(report, finding) for finding in findings] if report else []
    return _some(list(filter(None, places)), len(findings))


def _some(texts: Sequence[str], count: int) -> str:
    more = remark("more", count=count) if count > min(len(texts), _NAMED) else ""
    return "、".join(texts[:_NAMED]) + more


def _counted(key: str, findings: Sequence[Finding], report: Report | None) -> str:
    """The first of them in words, and how many there are beside it."""
    more = remark(f"{key}_more", count=len(findings)) if len(findings) > 1 else ""
    return said(findings[0], report) + more


def said(finding: Finding, report: Report | None) -> str:
    """The first sentence of a finding, without its full stop, and the cell that it is about."""
    sentence = finding.message.split("\n")[0].split("。")[0]
    if len(sentence) > _LENGTH:
        sentence = sentence[:_LENGTH] + remark("cut")
    place = place_of(report, finding) if report else ""
    return sentence if not place or place in sentence else remark("placed", said=sentence, place=place)


def with_reservations(intake: Intake) -> Intake:
    """The intake with what stands against the files that count: a broken seal. What is open in them is said
    by ``approving``, which knows what was said of it."""
    return replace(intake, units=tuple(_reserved(row) for row in intake.units))


def _reserved(row: UnitRow) -> UnitRow:
    said = tuple(_reservations(row.taken.submission)) if row.taken else ()
    if not row.taken or not said:
        return row
    taken = replace(row.taken, remarks=(*row.taken.remarks, *said))
    files = tuple(taken if filed is row.taken else filed for filed in row.files)
    return replace(row, files=files, taken=taken, remarks=(*row.remarks, *said))


def _reservations(submission: Submission) -> Iterator[str]:
    if submission.seal == "broken":
        yield remark("seal_broken")
