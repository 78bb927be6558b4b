"""``import``: published reports as filled workbooks or JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..errors import GoujiError
from ..files import distinct, file_part, refuse_as_folder, refuse_existing, shown_path
from ..records import dataclass
from ..text import one_line, shown_width
from ..wording import wording_of
from . import Failure, options, words
from .forms import named, save
from .given import say_unread
from .inputs import published_inputs
from .progress import steps
from .telling import tell

if TYPE_CHECKING:
    from ..city.intake.known import Known
    from ..examine import Examined
    from ..report import Report

#: What an import is written as, by its ending.
_KINDS = (".xlsx", ".json")


@dataclass
class Import:
    """One file. ``target``: where it was written, or None; ``problem``: why it was not read or written."""

    file: Path
    examined: Examined
    target: Path | None = None
    problem: str = ""


def import_(
    given: tuple[Path, ...],
    to: str | None,
    check: bool,
    prior: Path | None,
    rules: Path | None,
    output: Path,
    force: bool,
) -> None:
    """Read each, write what could be read, say what was not. One bad file never stops the rest."""
    from ..api import known_beside
    from ..examine import examine

    inputs = published_inputs(given)
    single = None if inputs.several or output.is_dir() else _single_target(output, to)
    if single:
        refuse_existing(single, force=force, inputs=[*inputs.files, prior, rules])
    else:
        _refuse_as_folder(output)
    known = known_beside(prior=prior, rules=rules)
    if known.last_year:
        say_unread(prior, known.last_year.city, known.last_year.passed_over)
    label = words("import")["reading"]
    examined = (examine(file, known.context, known.about) for file in steps(inputs.files, label))
    found = [Import(one.file, one) for one in inputs.reports(examined)]
    for one in found:
        if one.examined.reading and not one.examined.reading.imported:
            one.problem = words("import")["not_published"]
    readable = [one for one in found if one.examined.report and not one.problem]
    targets = [single] if single else _targets(readable, output, f".{to}" if to else _KINDS[0])
    for one, target in zip(readable, targets, strict=False):
        _write(one, target, known, force=force)
    for one in found:
        _say(one, check=check)
    _print_table(found, check=check)
    raise click.exceptions.Exit(_exit_code(found, check=check))


def _exit_code(found: Sequence[Import], *, check: bool) -> int:
    """2 where a file was not read or not written, else 1 for a cell left unread or, checked, an error."""
    if any(one.problem or one.examined.report is None for one in found):
        return 2
    unread = any(one.examined.report and one.examined.report.unread for one in found)
    return 1 if unread or (check and any(one.examined.state == "error" for one in found)) else 0


# ---------------------------------------------------------------- where it goes


def _refuse_as_folder(output: Path) -> None:
    refuse_as_folder(output)
    if output.suffix.lower() in _KINDS and not output.is_dir():
        raise Failure(words("import")["no_folder"].format(path=output))


def _single_target(output: Path, to: str | None) -> Path:
    if to is None and output.suffix.lower() in _KINDS:
        return output
    return named(output, f".{to}" if to else _KINDS[0])


def _targets(readable: Sequence[Import], folder: Path, ending: str) -> list[Path]:
    """One a file, named after unit and year; after the file where the text says neither."""
    named_so = wording_of("gouji", "named")["report"].removesuffix(_KINDS[0])

    def stem(one: Import) -> str:
        report = one.examined.report
        unit = file_part(report.unit) if report and report.year else ""
        return (
            named_so.format(unit=unit, year=report.year)
            if report and unit
            else shown_path(Path(one.file.stem))
        )

    return distinct(folder / f"{stem(one)}{ending}" for one in readable)


def _write(one: Import, target: Path, known: Known, *, force: bool) -> None:
    from .. import api

    report = one.examined.report
    assert report is not None
    context = known.about(report)
    try:
        refuse_existing(target, force=force, inputs=[one.file])
        content = api.write(
            report, to=target.suffix.lower()[1:], prior=context.last_year(report), rules=context.catalogue
        )
        save(target, content, force=force, quiet=True)
    except (GoujiError, OSError) as error:
        one.problem = error.message if isinstance(error, GoujiError) else _reason(error)
        return
    one.target = target


def _reason(error: OSError) -> str:
    from ..files import reason_of

    return reason_of(error)


# ---------------------------------------------------------------- what is said


def _say(one: Import, *, check: bool) -> None:
    """Everything with ``--check``, else what concerns the reading; why a file was not read or written."""
    from .show import print_examined, print_finding

    w, examined = words("import"), one.examined
    if examined.report is None:
        reason = "".join(finding.message for finding in examined.findings)
        tell(w["not_read"], file=one.file, reason=reason, err=True)
        return
    if check:
        print_examined(examined)
    else:
        tell(w["header"], file=one.file)
        for finding in examined.findings:
            if finding.rule in _of_reading():
                print_finding(examined.report, finding)
    if one.problem:
        tell(w["not_written"], file=one.file, reason=one.problem, err=True)
    elif one.target:
        tell(words("app")["written"], path=one.target)


#: What the head of a text lacks or says twice: without it nobody knows whose report it is.
_OF_THE_HEAD = frozenset(("import-doubt", "cover-missing"))


def _of_reading() -> frozenset[str]:
    """The rules on how a text was read."""
    from ..rules import catalogue

    rules = catalogue().rules.values()
    return frozenset(rule.id for rule in rules if rule.subject == "imported") | _OF_THE_HEAD


def _print_table(found: Sequence[Import], *, check: bool) -> None:
    w = words("import")
    rows = [w["heads"], *(_row(one, check=check) for one in found)]
    widths = [max(shown_width(row[i]) for row in rows) for i in range(len(rows[0]))]
    tell()
    for row in rows:
        cells = (text + " " * (width - shown_width(text)) for text, width in zip(row, widths, strict=True))
        tell("  ".join(cells).rstrip())
    read = [one for one in found if one.examined.report]
    tell(w["sum"], count=len(found), read=len(read), written=sum(bool(o.target) for o in found))


def _row(one: Import, *, check: bool) -> list[str]:
    w, report = words("import"), one.examined.report
    file = shown_path(Path(one.file.name))
    if report is None:
        return [file, w["refused"], *[""] * 5]
    counts = Counter[str](finding.level for finding in one.examined.findings)
    findings = w["findings"].format(error=counts["error"], warning=counts["warning"])
    unread = sum(report.is_blank(cell) for cell in report.unread)
    numbers = [str(len(report.read)), str(unread), findings if check else w["unchecked"]]
    return [
        file,
        one_line(report.unit) or w["unknown"],
        str(report.year or w["unknown"]),
        _edition(report),
        *numbers,
    ]


def _edition(report: Report) -> str:
    """The report's edition, and those of its tables where they differ."""
    return "/".join(dict.fromkeys(_editions(report)))


def _editions(report: Report) -> Iterator[str]:
    yield report.form.edition
    yield from report.form.layout.values()


import_command = options.command(
    "import",
    import_,
    click.Argument(
        ["given"], type=click.Path(exists=True, path_type=Path), nargs=-1, required=True, metavar="FILE…"
    ),
    options.option("--to", text="import_to", type=click.Choice([kind[1:] for kind in _KINDS])),
    options.option("--check", text="import_check", is_flag=True),
    options.prior(),
    options.rules(),
    options.option("-o", "--output", text="import_output", type=options.NEW, required=True),
    options.force(),
)
