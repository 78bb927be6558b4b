"""The folder that a clerk's machine needs: Python, gouji, xlwings' BSD part, macros, templates, scripts.

``build_bundle`` runs anywhere. The Windows Python is the official embeddable archive that the user names;
every other file is pinned by its sha256 in ``bundle.toml``. The same inputs give the same bytes.
"""

from __future__ import annotations

import shutil
import tempfile
import tomllib
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from fnmatch import fnmatchcase
from functools import cache
from importlib import resources
from pathlib import Path, PurePosixPath
from typing import Any

from ..digests import sha256_of
from ..errors import GoujiError
from ..records import dataclass
from ..wording import wording_of
from ..workshop.build import shipped
from ..workshop.packages import download_wheels, machine, own_files, own_licence, read_wheels
from .interface import CHECKSUMS, VERSION
from .places import EXCEL, LICENCES, PYTHON, TEMPLATES, checksums, write_files

SITE = f"{PYTHON}/Lib/site-packages"
#: No part of an embeddable Python is larger; a zip bomb is.
_LARGEST = 64 * 1024 * 1024
#: Of a page, so much tells whose it is.
_HEAD = 8192
_LICENCE_NAMES = ("LICEN", "COPYING", "NOTICE", "AUTHORS")
_SCRIPTS = ("install.cmd", "uninstall.cmd", "start.cmd", "gouji.cmd")
#: The script onto which people drop files; in the bundle its name is Chinese.
_DROPPED_ON = "consolidate.cmd"


class BundleError(GoujiError, ValueError):
    """The bundle cannot be built; the message is one Chinese line that says what to do."""

    def __init__(self, key: str, **names: object) -> None:
        super().__init__(str(wording_of("gouji.excel", "bundle")[key]).format_map(names))


@cache
def pins() -> dict[str, Any]:
    """``bundle.toml``: known Pythons, wheels with their sha256, what is left out."""
    return tomllib.loads(resources.files(__package__).joinpath("bundle.toml").read_text("utf-8"))


@dataclass(frozen=True, slots=True)
class Bundle:
    """What was built: the folder, the version of its Python, the number and size of its files."""

    folder: Path
    python: str
    files: int
    size: int


def build_bundle(
    out: Path,
    python: Path,
    *,
    sha256: str | None = None,
    wheels: Path | None = None,
    workbooks: Path | None = None,
    page: Path | None = None,
    force: bool = False,
) -> Bundle:
    """Build the bundle in the folder ``out``.

    ``python``: the official ``python-3.11.9-embed-amd64.zip``; ``sha256``: the digest that the user read
    on python.org, for an archive whose digest is not in ``bundle.toml``. ``wheels``: a folder that holds
    the pinned wheels, else pip downloads them from where it is configured to. ``workbooks``: a folder of
    ``gouji.xlam`` and templates (a city's own, say); without one they are built anew. ``page``: what
    ``gouji page`` of this release made.
    ``force``: replace an earlier bundle in ``out``; a folder with anything else in it is never emptied.

    Raises :class:`BundleError` (Chinese, one line), OSError.
    """
    if out.exists() and any(out.iterdir()) and not (force and (out / CHECKSUMS).is_file()):
        raise BundleError("not_empty", folder=out)
    archive = _read_python(python, sha256)
    files: dict[str, bytes] = {}
    files.update(_python_files(archive))
    with tempfile.TemporaryDirectory() as folder:
        for wheel in _wheels(wheels, Path(folder)):
            files.update(_wheel_files(wheel))
    files.update(_own_files())
    files.update(workbook_files(workbooks))
    files.update(_scripts())
    if page is not None:
        files.update(_page_files(page))
    files[CHECKSUMS] = checksums(files)
    _write(out, files)
    return Bundle(out, _version_of(archive), len(files), sum(map(len, files.values())))


def _write(out: Path, files: Mapping[str, bytes]) -> None:
    if out.exists():
        shutil.rmtree(out)
    write_files(out, files)


# ---------------------------------------------------------------- Python


def _read_python(path: Path, sha256: str | None) -> dict[str, bytes]:
    """The files of the archive, where it is one that is known or that the user vouches for."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise BundleError("no_python", path=path) from error
    digest = sha256_of(content)
    if sha256 is not None and digest != sha256.strip().lower():
        raise BundleError("digest", path=path.name, found=digest, wanted=sha256)
    try:
        files = dict(_members(path))
    except (zipfile.BadZipFile, EOFError) as error:
        raise BundleError("not_zip", path=path.name) from error
    known = pins()["python"].values()
    digests = (digest, contents_digest(files))
    if sha256 is None and not any(d in p.values() for d in digests for p in known):
        raise BundleError("unknown", path=path.name, found=digest, known="、".join(pins()["python"]))
    if "python.exe" not in files or not _tag(files):
        raise BundleError("not_embeddable", path=path.name)
    if _tag(files) != machine(pins()["wheels"])[0]:
        raise BundleError("other_version", found=_tag(files), wanted=machine(pins()["wheels"])[0])
    return files


def _members(path: Path) -> Iterator[tuple[str, bytes]]:
    """Files of the archive by name. One that holds them in a folder is read as if they lay flat."""
    with zipfile.ZipFile(path) as archive:
        for entry in archive.infolist():
            if entry.is_dir():
                continue
            name = PurePosixPath(entry.filename).name
            if entry.file_size > _LARGEST or len(PurePosixPath(entry.filename).parts) > 2 or "\\" in name:
                raise BundleError("not_embeddable", path=path.name)
            yield name, archive.read(entry)


def contents_digest(files: Mapping[str, bytes]) -> str:
    """The digest by which ``bundle.toml`` knows an archive whatever its packing."""
    return sha256_of(checksums(files))


def _tag(files: Iterable[str]) -> str:
    """ "cp311" from ``python311._pth``; "" where the archive has none."""
    found = [n.removesuffix("._pth").removeprefix("python") for n in files if n.endswith("._pth")]
    return f"cp{found[0]}" if len(found) == 1 else ""


def _version_of(files: Mapping[str, bytes]) -> str:
    digest = contents_digest(files)
    return next((v for v, p in pins()["python"].items() if p["contents"] == digest), _tag(files))


def _python_files(archive: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    for name, content in archive.items():
        if name.endswith("._pth"):
            # Isolated mode stays on: no PYTHON* variable, no user site, no folder of a workbook.
            lines = (f"{name.removesuffix('._pth')}.zip", ".", "Lib\\site-packages", "import site")
            content = "\r\n".join(lines).encode("ascii") + b"\r\n"
        if name == "LICENSE.txt":
            yield f"{LICENCES}/python/{name}", content
        yield f"{PYTHON}/{name}", content


# ---------------------------------------------------------------- wheels


def _wheels(folder: Path | None, scratch: Path) -> Iterator[Path]:
    """The pinned wheels, each checked; from ``folder`` or downloaded."""
    wheels = pins()["wheels"]
    if folder is None:
        download_wheels(wheels, scratch, BundleError)
    return read_wheels(wheels, folder or scratch, BundleError)


def left_out(name: str) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in pins()["leave_out"]["patterns"])


def _wheel_files(wheel: Path) -> Iterator[tuple[str, bytes]]:
    """Where the files of a wheel go: site-packages, licences also apart, scripts and DLLs nowhere."""
    with zipfile.ZipFile(wheel) as archive:
        for entry in archive.infolist():
            name = PurePosixPath(entry.filename)
            if entry.is_dir() or left_out(entry.filename):
                continue
            content = archive.read(entry)
            if ".data/" not in entry.filename:
                yield f"{SITE}/{name}", content
            if ".dist-info" in name.parts[0] and name.name.upper().startswith(_LICENCE_NAMES):
                # With its folder: pywin32 has LICENSE.txt, License.txt and license.txt.
                yield f"{LICENCES}/{wheel.name.split('-')[0]}/{PurePosixPath(*name.parts[1:])}", content


# ---------------------------------------------------------------- our own


def _own_files() -> Iterator[tuple[str, bytes]]:
    """gouji as it runs here, with its metadata, so that the bundle tells its version."""
    for name, content in own_files():
        yield f"{SITE}/{name}", content
    about = f"Metadata-Version: 2.1\nName: gouji\nVersion: {VERSION}\nLicense: MIT\n"
    yield f"{SITE}/gouji-{VERSION}.dist-info/METADATA", about.encode()
    licence = own_licence()
    if licence:
        yield f"{LICENCES}/gouji/LICENSE", licence


def workbook_files(folder: Path | None) -> Iterator[tuple[str, bytes]]:
    """``gouji.xlam`` and the templates where the bundle has them, newly built where no folder is named."""
    found = ((path.name, path.read_bytes()) for path in sorted(folder.iterdir())) if folder else shipped()
    for name, content in found:
        if name.endswith(".xlam"):
            yield f"{EXCEL}/{name}", content
        elif name.endswith((".xlsx", ".xlsm")):
            yield f"{TEMPLATES}/{name}", content


def _read_page(path: Path) -> bytes:
    """The page, where this release made it: another checks by other rules than the add-in beside it."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise BundleError("no_page", path=path.name) from error
    if f'name="generator" content="gouji {VERSION}"'.encode() not in content[:_HEAD]:
        raise BundleError("other_page", path=path.name, version=VERSION)
    return content


def _page_files(page: Path) -> Iterator[tuple[str, bytes]]:
    words = wording_of("gouji.excel", "bundle")
    yield words["page_name"], _read_page(page)
    yield words["readme_name"], _readme(words["readme"] + words["readme_page"])


def _scripts() -> Iterator[tuple[str, bytes]]:
    """Scripts are ASCII with CRLF; what they say in Chinese is in a UTF-16 file, which ``type`` shows
    rightly in every code page."""
    folder = resources.files(__package__).joinpath("scripts")
    words = wording_of("gouji.excel", "bundle")
    for name, script in (*((name, name) for name in _SCRIPTS), (words["dropped_on"], _DROPPED_ON)):
        text = folder.joinpath(script).read_text("ascii")
        yield name, text.replace("\n", "\r\n").encode("ascii")
    yield "broken.txt", (words["broken"] + "\r\n").encode("utf-16")
    yield words["readme_name"], _readme(words["readme"])


def _readme(text: str) -> bytes:
    return text.format(version=VERSION).replace("\n", "\r\n").encode("utf-8-sig")
