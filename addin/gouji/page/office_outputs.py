"""The results of an office's run as files: what there is, and all of them in one zip."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from ..city.asking.outputs import slips_folder
from ..city.results import file_names
from ..city.season.sheets import marks
from ..wording import wording_of
from .office_place import OfficeError
from .office_work import Done

#: What is compressed already.
_PACKED = (".xlsx", ".xlsm", ".docx", ".pdf")
_TIME = (1980, 1, 1, 0, 0, 0)


def outputs_of(done: Done) -> list[dict[str, Any]]:
    """Each result by its path below the results, with "/": first those that have a name of their own, in the
    order in which they are made, then 退回单. ``key``: which one, "slip" for 退回单, "" for what is no result
    itself; ``label``: what it is, in words."""
    w = wording_of("gouji.page", "office.outputs")
    names = {name: key for key, name in file_names(done.city.report.unit, done.city.report.year).items()}
    order = list(names)
    found = []
    for path in _results(done.output):
        key = "slip" if _is_slip(path) else names.get(path, "")
        label = w.get(key, PurePosixPath(path).name)
        found.append({"path": path, "size": (done.output / path).stat().st_size, "key": key, "label": label})
    return sorted(found, key=lambda one: order.index(one["path"]) if one["path"] in order else len(order))


def _is_slip(path: str) -> bool:
    return path.startswith(f"{slips_folder()}/")


def _results(folder: Path) -> Iterator[str]:
    """Every file that people see, by its path."""
    for file in sorted(folder.rglob("*")):
        path = file.relative_to(folder)
        if file.is_file() and not any(part.startswith(".") for part in path.parts):
            yield path.as_posix()


def output(done: Done, path: str) -> bytes:
    """One result. Raises :class:`OfficeError` where there is none of that path."""
    if path not in set(_results(done.output)):
        raise OfficeError("no_output", path=path)
    return (done.output / path).read_bytes()


def zipped(done: Done, which: str, target: Path) -> None:
    """Write a zip. ``all``: everything as the command line would have written it, under the folder's name,
    with what a later run looks for, and every run of a season that was made here; ``slips``: 退回单 alone."""
    if which == "slips":
        slips = [done.output / path for path in _results(done.output) if _is_slip(path)]
        _zip(done.output, slips, target)
        return
    files = [file for folder in done.made for file in sorted(folder.rglob("*")) if file.is_file()]
    _zip(done.home, [*files, *_beside(done)], target)


def _beside(done: Done) -> Iterable[Path]:
    """What a season's run writes beside its results: the page that leads to the newest, and its store."""
    names = (marks("folders")["results"], wording_of("gouji.city.season", "pointer")["file"])
    pointer = done.home.joinpath(*names)
    from ..city.memory.told import store_path

    store = store_path(done.home)
    return [file for file in (pointer, store) if pointer.is_file() and file.is_file()]


def _zip(home: Path, files: Iterable[Path], target: Path) -> None:
    with zipfile.ZipFile(target, "w") as archive:
        for file in files:
            entry = zipfile.ZipInfo(file.relative_to(home).as_posix(), _TIME)
            packed = file.suffix.lower() in _PACKED
            entry.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
            archive.writestr(entry, file.read_bytes())
