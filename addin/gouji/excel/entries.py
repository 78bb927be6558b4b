"""What the installer writes beside files: keys of the user's registry and lines of the Start menu.

Each is written, looked up and taken back by the same few lines, so that none is forgotten.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Literal, Protocol

from ..records import dataclass
from . import windows
from .interface import CLSID, PROG_ID
from .places import Places, said
from .program import Program

State = Literal["ready", "absent", "other"]

_RUN = r"Software\Microsoft\Windows\CurrentVersion\Run"
_NAME = "gouji-server"
_CLASS = rf"Software\Classes\{PROG_ID}"
#: Office versions whose settings are written where the version has been used; the last one always.
_OFFICE = ("14.0", "15.0", "16.0")
#: What releases up to 0.5 wrote besides: the folder that macros were told of, and never asked for.
_LEFTOVERS = tuple(rf"Software\VB and VBA Program Settings\gouji{end}" for end in (r"\install", ""))


class Entry(Protocol):
    """``name``: its key in the wording."""

    @property
    def name(self) -> str: ...

    def write(self) -> None: ...

    def found(self) -> object:
        """What stands there; None where nothing does."""

    def wanted(self) -> object: ...

    def remove(self) -> None: ...


def state_of(entry: Entry) -> State:
    found = entry.found()
    return "absent" if found is None else "ready" if found == entry.wanted() else "other"


@dataclass(frozen=True, slots=True)
class Key:
    """A key below HKCU that is ours alone: what else it holds, an earlier release wrote."""

    name: str
    path: str
    values: Mapping[str, str]

    def write(self) -> None:
        windows.delete_key(self.path)
        windows.set_values(self.path, self.values)

    def found(self) -> object:
        return windows.values(self.path)

    def wanted(self) -> object:
        return self.values

    def remove(self) -> None:
        windows.delete_key(self.path)


@dataclass(frozen=True, slots=True)
class LogOn:
    """Our value among those of other programs."""

    command: str
    name: str = "log_on"

    def write(self) -> None:
        windows.set_values(_RUN, {_NAME: self.command})

    def found(self) -> object:
        return (windows.values(_RUN) or {}).get(_NAME)

    def wanted(self) -> object:
        return self.command

    def remove(self) -> None:
        windows.delete_value(_RUN, _NAME)


@dataclass(frozen=True, slots=True)
class Shortcut:
    name: str
    path: Path
    target: Path
    arguments: str = ""

    def write(self) -> None:
        windows.write_shortcut(self.path, self.target, self.arguments)

    def found(self) -> object:
        return windows.read_shortcut(self.path) if self.path.is_file() else None

    def wanted(self) -> object:
        return self.target, self.arguments

    def remove(self) -> None:
        self.path.unlink(missing_ok=True)


def entries(to: Places, program: Program) -> tuple[Entry, ...]:
    return (
        *(trusted(to, version) for version in _used()),
        Key("class_name", rf"{_CLASS}\CLSID", {"": CLSID}),
        LogOn(program.command),
        Shortcut(
            "menu_server", to.menu / f"{said('title')}.lnk", program.pythonw, " ".join(program.arguments)
        ),
        Shortcut("menu_templates", to.menu / f"{said('trusted')}.lnk", to.templates),
    )


def remove_all(to: Places, program: Program) -> None:
    """Also for Office versions that were removed since, and what earlier releases wrote."""
    for entry in (*entries(to, program), *(trusted(to, version) for version in _OFFICE)):
        entry.remove()
    for key in (_CLASS, *_LEFTOVERS):
        windows.delete_key(key)


def remove_leftovers() -> None:
    for key in _LEFTOVERS:
        windows.delete_key(key)


# ---------------------------------------------------------------- the folder whose macros run unasked


def trusted(to: Places, version: str) -> Key:
    """The templates as a Trusted Location of one Office version: without its sub-folders, which is what Excel
    takes a key for that does not name them."""
    values = {"Path": f"{to.templates}\\", "Description": said("trusted")}
    return Key("trusted_folder", _trusted_path(version), values)


def trusted_before(to: Places) -> list[str]:
    """Other folders that an earlier release made trusted."""
    found = (windows.values(_trusted_path(version)) or {} for version in _OFFICE)
    paths = dict.fromkeys(str(values["Path"]) for values in found if "Path" in values)
    return [path.rstrip("\\") for path in paths if path.rstrip("\\") != str(to.templates)]


def _trusted_path(version: str) -> str:
    return rf"Software\Microsoft\Office\{version}\Excel\Security\Trusted Locations\gouji"


def _used() -> list[str]:
    last = _OFFICE[-1]
    return [v for v in _OFFICE if v == last or windows.has_key(rf"Software\Microsoft\Office\{v}\Excel")]
