"""The Python that serves Excel: the bundle's own, or that of the environment into which pip put gouji."""

from __future__ import annotations

import site
import sys
from pathlib import Path

from ..records import dataclass
from .places import PYTHON, InstallError, said

#: No setting of the machine changes how Python runs: ``PYTHONUTF8`` is read even by an embedded one.
_ALWAYS = ("-X", "utf8=0")
_ISOLATED = ("-I", *_ALWAYS)
#: As isolated, but with the user's own packages, where ``pip install --user`` put gouji or what it needs.
_WITH_USER = ("-E", "-P", *_ALWAYS)
_SERVER = ("-m", "gouji.excel.server")
#: Windows cuts the command of a log-on entry off there.
LONGEST = 260


@dataclass(frozen=True, slots=True)
class Program:
    """``pythonw``: the Python without a window; ``options``: its own."""

    pythonw: Path
    options: tuple[str, ...] = _ISOLATED

    @property
    def arguments(self) -> tuple[str, ...]:
        return (*self.options, *_SERVER)

    @property
    def command(self) -> str:
        """The line that starts the server at log-on."""
        return f'"{self.pythonw}" {" ".join(self.arguments)}'


def of_bundle(home: Path) -> Program:
    return Program(home / PYTHON / "pythonw.exe")


def of_environment() -> Program:
    """The running Python. Raises :class:`InstallError` where Excel could not reach what it writes, it has no
    ``pythonw.exe``, or its path is too long for a log-on entry."""
    if "windowsapps" in f"{sys.base_prefix}{sys.executable}".lower():
        raise InstallError(said("store_python"))
    pythonw = Path(sys.executable).with_name("pythonw.exe")
    if not pythonw.is_file():
        raise InstallError(said("no_pythonw", folder=pythonw.parent))
    program = Program(pythonw, _WITH_USER if _needs_user_site() else _ISOLATED)
    if len(program.command) > LONGEST:
        raise InstallError(said("too_long", path=pythonw, count=len(program.command) - LONGEST))
    return program


def _needs_user_site() -> bool:
    return site.getusersitepackages() in sys.path
