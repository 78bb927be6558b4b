"""``export``: a report as JSON, or as the document to publish: Word, HTML, PDF; a city as its long table."""

from __future__ import annotations

from pathlib import Path

import click

from ..files import distinct, file_part, refuse_existing
from ..wording import wording_of
from . import Failure, options, words
from .forms import save
from .telling import tell

#: Formats by the ending that says them; the first is written where nothing says another.
FORMATS = ("json", "docx", "html", "pdf")
#: The long table of a city or of several: CSV, Parquet.
LONG = ("csv", "parquet")
_DOCUMENT = "docx"


def export(given: tuple[Path, ...], to: str | None, output: Path, draft: bool, force: bool) -> None:
    """One file to a file, or many into a folder; one that can not be read does not stop the others."""
    from .inputs import inputs_of
    from .progress import steps

    if to in LONG or (to is None and output.suffix.lower().removeprefix(".") in LONG):
        export_long(given, *_target(output, to, LONG), force)
        return
    inputs = inputs_of(given)
    if not inputs.several:
        target, kind = _target(output, to)
        refuse_existing(target, force=force, inputs=inputs.files)
        raise click.exceptions.Exit(_export(inputs.files[0], target, kind, draft, force))
    if output.is_file() or output.suffix.lower().removeprefix(".") in FORMATS:
        raise Failure(words("export")["folder"].format(path=output))
    kind = to or _DOCUMENT
    codes = [
        _export_into(file, output, kind, draft, force, done)
        for done in [set[Path]()]
        for file in steps(inputs.files, words("commands")["export"])
    ]
    raise click.exceptions.Exit(max(codes, default=0))


def export_long(given: tuple[Path, ...], target: Path, kind: str, force: bool) -> None:
    """The long table of results or seasons, one after another; where one run is told, its stamp beside it."""
    from ..city.memory.long_table import WRITERS
    from ..city.memory.manifest import beside, manifest_bytes
    from ..city.memory.told import told_rows
    from ..files import atomic_write

    refuse_existing(target, force=force, inputs=given)
    told = [told_rows(source) for source in given]
    with atomic_write(target, force=force) as draft:
        count = WRITERS[kind]((row for rows, _ in told for row in rows), draft)
    tell(words("export")["long"], path=target, count=count)
    if len(told) == 1 and (stamp := told[0][1]):
        save(beside(target), manifest_bytes(stamp, {target.name: target.read_bytes()}), force=force)


def _target(output: Path, to: str | None, formats: tuple[str, ...] = FORMATS) -> tuple[Path, str]:
    """The file and its format: what the ending says, else ``--to``. Raises Failure where both differ."""
    ending = output.suffix.lower().removeprefix(".")
    if ending in formats and to in (None, ending):
        return output, ending
    kind = to or formats[0]
    if not ending:
        return output.with_name(f"{output.name}.{kind}"), kind
    known = f".{kind}" if to else "、".join(f".{each}" for each in formats)
    raise Failure(words("app")["ending"].format(path=output, ending=known))


def _export(file: Path, target: Path, kind: str, draft: bool, force: bool) -> int:
    """Exit code of one file: 1 where its form is damaged, so that numbers may stand under other names."""
    from .. import api
    from ..examine import read_report

    reading = read_report(file)
    report = reading.report
    if draft:
        from ..city.drafting import drafted_unit

        report = drafted_unit(report)
    save(target, api.write(report, to=kind), force=force)
    broken = [finding for finding in reading.findings if finding.level == "error"]
    for finding in broken:
        tell(finding.message, err=True)
    return 1 if broken else 0


def _export_into(file: Path, folder: Path, kind: str, draft: bool, force: bool, done: set[Path]) -> int:
    """One of many, under its unit and year; a refused one is said and passed over."""
    from ..errors import GoujiError
    from ..examine import read_report

    try:
        report = read_report(file).report
        name = wording_of("gouji", "named")["report"].format(
            unit=file_part(report.unit or file.stem), year=report.year
        )
        target = _free(folder / Path(name).with_suffix(f".{kind}"), done)
        refuse_existing(target, force=force, inputs=[file])
        return _export(file, target, kind, draft, force)
    except GoujiError as error:
        tell(words("export")["refused"], file=file, reason=error.message, err=True)
        return 2


def _free(path: Path, done: set[Path]) -> Path:
    """A name that no other file of this run has."""
    *_, own = distinct([*sorted(done), path])
    done.add(own)
    return own


export_command = options.command(
    "export",
    export,
    click.Argument(["given"], type=click.Path(path_type=Path), nargs=-1, required=True, metavar="FILE…"),
    options.option("--to", text="to", type=click.Choice((*FORMATS, *LONG))),
    options.option("-o", "--output", text="output_export", type=options.NEW, required=True),
    options.option("--draft", text="draft", is_flag=True),
    options.force(),
)
