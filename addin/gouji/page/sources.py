"""What goes into the page: gouji as it runs here, pure packages as installed, pinned wheels, Pyodide."""

from __future__ import annotations

import io
import tarfile
import tempfile
import zipfile
from collections.abc import Iterator
from fnmatch import fnmatchcase
from importlib import metadata
from pathlib import Path
from typing import Any, NamedTuple

from ..digests import sha256_of
from ..errors import GoujiError
from ..wording import data_beside, wording_of
from ..workshop.packages import download_wheels, own_files, own_licence, read_wheels

PACKAGE = "gouji.page"
_EPOCH = (1980, 1, 1, 0, 0, 0)


class PageError(GoujiError, ValueError):
    """The page cannot be built; the message is one Chinese line that says what to do."""

    def __init__(self, key: str, **names: object) -> None:
        super().__init__(str(wording_of(PACKAGE, "build")[key]).format_map(names))


def contents() -> dict[str, Any]:
    """``contents.toml``."""
    return data_beside(PACKAGE, "contents.toml")


def pyodide_files(path: Path) -> dict[str, bytes]:
    """The needed files of the npm package, where it is the pinned one. Raises PageError."""
    pinned = contents()["pyodide"]
    try:
        content = path.read_bytes()
    except OSError as error:
        raise PageError("no_pyodide", path=path) from error
    if sha256_of(content) != pinned["sha256"]:
        raise PageError("other_pyodide", path=path.name, version=pinned["version"])
    found = {}
    with tarfile.open(fileobj=io.BytesIO(content)) as archive:
        for name in pinned["files"]:
            member = archive.extractfile(f"package/{name}")
            assert member  # the digest says that it is there
            found[name] = member.read()
    return found


class App(NamedTuple):
    """What is imported in the page beside the standard library. ``archive``: sources in one stored zip;
    ``absent``: names of what was left out; ``licences``: name -> text, where the package brings one."""

    archive: bytes
    absent: list[str]
    licences: dict[str, str]


def app(wheels: Path | None) -> App:
    """``wheels``: the folder of the pinned ones, else pip downloads them. Raises PageError."""
    files = dict(own_files())
    for distribution, package in contents()["packages"].items():
        files.update(_installed(distribution, package))
    with tempfile.TemporaryDirectory() as scratch:
        if wheels is None:
            download_wheels(contents()["wheels"], Path(scratch), PageError)
        for wheel in read_wheels(contents()["wheels"], wheels or Path(scratch), PageError):
            files.update(_wheel_files(wheel))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in sorted(files.items()):
            if not _left_out(name) and ".dist-info/" not in name:
                archive.writestr(zipfile.ZipInfo(name, _EPOCH), data)
    return App(out.getvalue(), sorted(filter(_left_out, files)), _licences(files))


def _licences(files: dict[str, bytes]) -> dict[str, str]:
    texts = {"gouji": own_licence().decode()}
    for name in contents()["licences"]:
        for file, data in files.items():
            folder, _, base = file.partition(".dist-info/")
            if base and folder.partition("-")[0].lower() == name.lower() and "LICEN" in base.upper():
                texts[name] = data.decode()
    return texts


def _left_out(name: str) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in contents()["leave_out"]["patterns"])


def _installed(distribution: str, package: str) -> Iterator[tuple[str, bytes]]:
    try:
        files = metadata.files(distribution) or []
    except metadata.PackageNotFoundError as error:
        raise PageError("no_package", name=distribution) from error
    for file in files:
        licence = ".dist-info" in file.parts[0] and "LICEN" in file.name.upper()
        if licence or (file.parts[0] == package and file.suffix == ".py"):
            yield file.as_posix(), Path(str(file.locate())).read_bytes()


def _wheel_files(path: Path) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if not name.endswith("/"):
                yield name, archive.read(name)
