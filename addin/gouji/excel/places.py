"""Where the installer puts things on a Windows machine, and what the folder that it fills is made of.

``home`` is ``%LOCALAPPDATA%\\gouji``: always on this machine's own disk (a moved 文档 may be on a server or
in a cloud, where Excel trusts no folder), out of the way of what people receive, and filled by the installer
alone. Its templates are the one place whose macros run unasked.
"""

from __future__ import annotations

import os
import shutil
import stat
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from ..digests import sha256_if_there, sha256_of
from ..errors import GoujiError
from ..records import dataclass
from ..wording import wording_of
from . import windows
from .interface import CHECKSUMS
from .ways import ways

#: Folders of the bundle and of ``home``.
PYTHON, EXCEL, TEMPLATES, LICENCES = "python", "excel", "templates", "licences"
#: By this script a folder is known as a bundle.
ADDIN = "gouji.xlam"
_HOME = "gouji"
#: What is written there beside what is listed.
_OURS = frozenset({"server.log", CHECKSUMS})
_TRIES = 50  # of 0.1 s each
_NAMED = 3  # files named one by one in a message


def said(key: str, **names: object) -> str:
    return str(wording_of("gouji.excel", "install")[key]).format_map(ways() | names)


class InstallError(GoujiError):
    """Installation stops; the message is one Chinese line."""


@dataclass(frozen=True, slots=True)
class Places:
    """``addin``: in Excel's start folder; ``menu``: the user's Start menu; ``own``: where people's own files
    go and earlier releases put the templates."""

    home: Path
    addin: Path
    menu: Path
    own: Path

    @property
    def templates(self) -> Path:
        return self.home / TEMPLATES


def places() -> Places:
    """The current user's folders; 文档 may have been moved, so the registry is asked. Raises InstallError."""
    roaming = _folder("APPDATA")
    return Places(
        home=_folder("LOCALAPPDATA") / _HOME,
        addin=roaming / "Microsoft" / "Excel" / "XLSTART" / ADDIN,
        menu=roaming / "Microsoft" / "Windows" / "Start Menu" / "Programs",
        own=windows.documents() / said("folder"),
    )


def _folder(variable: str) -> Path:
    """A folder that Windows names; without it everything would go into the current one."""
    path = Path(os.environ.get(variable, ""))
    if not path.is_absolute():
        raise InstallError(said("no_folder", name=variable))
    return path


# ---------------------------------------------------------------- files and their digests


def checksums(files: Mapping[str, bytes]) -> bytes:
    """The list that ``sha256sum -c`` and the installer read: digest, two spaces, path; sorted by path."""
    lines = (f"{sha256_of(content)}  {name}\n" for name, content in sorted(files.items()))
    return "".join(lines).encode("utf-8")


def listed(folder: Path) -> dict[str, str]:
    """Path -> digest by the folder's own list; the list alone, without a digest, where it can not be read."""
    try:
        lines = (folder / CHECKSUMS).read_text("utf-8").splitlines()
        return {name: digest for digest, name in (line.split("  ", 1) for line in lines)}
    except (OSError, ValueError):
        return {CHECKSUMS: "-"}


def changed(folder: Path) -> list[str]:
    """The files of a folder's list that are missing or not as listed."""
    return [name for name, digest in listed(folder).items() if sha256_if_there(folder / name) != digest]


def some_of(names: Sequence[str]) -> str:
    """The first names, and how many there are in all where that is not all of them."""
    more = said("and_more", count=len(names)) if len(names) > _NAMED else ""
    return "、".join(names[:_NAMED]) + more


def copy_file(source: Path, target: Path) -> None:
    """Bytes only: the mark that a file came by mail is a stream beside them and stays behind."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(source.read_bytes())


def copy_tree(source: Path, target: Path) -> None:
    """The list first: what stops halfway is then known as ours, and not taken for a person's."""
    target.mkdir(parents=True, exist_ok=True)
    for path in sorted(source.rglob("*"), key=lambda path: path.name != CHECKSUMS):
        if path.is_file() and "__pycache__" not in path.parts:
            copy_file(path, target / path.relative_to(source))


def write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files by their paths below the folder, over those that are there. Raises OSError."""
    for name, content in sorted(files.items()):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def lock_templates(to: Places) -> None:
    """Mark the templates read-only: what is typed into one is then saved under another name."""
    for path in to.templates.glob("*"):
        path.chmod(stat.S_IREAD)


def empty_home(to: Places) -> None:
    """Remove what an installation put there. A Python that runs from it stays, for the script to remove."""
    for path in to.home.rglob("*"):
        if path.is_file() and not os.access(path, os.W_OK):
            path.chmod(stat.S_IREAD | stat.S_IWRITE)
    for _ in range(_TRIES):
        shutil.rmtree(to.home, ignore_errors=True)
        if not to.home.is_dir() or {path.name for path in to.home.iterdir()} <= {PYTHON}:
            return
        time.sleep(0.1)  # a server that ends holds its log a moment longer


def keep_own(to: Places) -> list[Path]:
    """Move what no installer put into ``home``, or a person changed there, to that person's own folder.

    Nobody should keep a file among the templates; a filled one that was saved there is moved before the
    folder is emptied. Returns where to.
    """
    known, moved = listed(to.home), []
    for path in sorted(to.home.rglob("*")):
        name = path.relative_to(to.home)
        if not path.is_file() or name.parts[0] == PYTHON or path.name.startswith("~$"):
            continue
        if name.as_posix() in _OURS or known.get(name.as_posix()) == sha256_if_there(path):
            continue
        target = _free(to.own / path.name)
        copy_file(path, target)
        moved.append(target)
        path.chmod(stat.S_IREAD | stat.S_IWRITE)
        path.unlink()
    return moved


def _free(path: Path) -> Path:
    number, target = 1, path
    while target.exists():
        number += 1
        target = path.with_name(f"{path.stem}（{number}）{path.suffix}")
    return target
