"""The few things that gouji asks of Windows itself: named events, the registry, a shortcut, a message box.

Each function raises :class:`NotWindows` elsewhere, so that the callers can be read and tested anywhere.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from ..errors import GoujiError
from ..wording import wording_of

_FOLDERS = r"Software\Microsoft\Windows\CurrentVersion\Explorer\User Shell Folders"
_ERROR_ALREADY_EXISTS = 183
_WM_QUIT = 0x12
_WARNING = 0x30  # MB_ICONWARNING


class NotWindows(GoujiError, OSError):
    """This machine has no registry and no Excel."""

    def __init__(self) -> None:
        super().__init__(wording_of("gouji.excel", "host")["not_windows"])


# ---------------------------------------------------------------- events


def event_exists(name: str) -> bool:
    return _with_event(name, lambda event: None)


def signal(name: str) -> bool:
    """Set a named event; False where there is none, which means that nobody waits for it."""

    def raise_it(event: Any) -> None:
        import win32event

        win32event.SetEvent(event)

    return _with_event(name, raise_it)


def _with_event(name: str, use: Callable[[Any], None]) -> bool:
    if sys.platform != "win32":
        raise NotWindows
    import pywintypes
    import win32event

    try:
        event: Any = win32event.OpenEvent(win32event.EVENT_MODIFY_STATE, False, name)
    except pywintypes.error:
        return False
    use(event)
    event.Close()
    return True


def only_one(name: str) -> Any | None:
    """A handle that marks this process as the one called ``name`` in the session; None where there is one."""
    if sys.platform != "win32":
        raise NotWindows
    import win32api
    import win32event

    anyone: Any = None  # default security
    mutex = win32event.CreateMutex(anyone, False, name)
    return None if win32api.GetLastError() == _ERROR_ALREADY_EXISTS else mutex


def serve_until(name: str) -> None:
    """Let others call into the calling thread until the event ``name``, which is made here, is set."""
    if sys.platform != "win32":
        raise NotWindows
    import threading

    import pythoncom
    import win32api
    import win32event

    thread = win32api.GetCurrentThreadId()
    anyone: Any = None
    event = win32event.CreateEvent(anyone, True, False, name)

    def wait() -> None:
        win32event.WaitForSingleObject(event, win32event.INFINITE)
        win32api.PostThreadMessage(thread, _WM_QUIT, 0, 0)

    threading.Thread(target=wait, daemon=True).start()
    pythoncom.PumpMessages()


def message_box(title: str, text: str) -> None:
    if sys.platform != "win32":
        raise NotWindows
    import ctypes

    ctypes.windll.user32.MessageBoxW(None, text, title, _WARNING)


# ---------------------------------------------------------------- registry of the user


def has_key(path: str) -> bool:
    if sys.platform != "win32":
        raise NotWindows
    import winreg

    try:
        winreg.OpenKey(winreg.HKEY_CURRENT_USER, path).Close()
    except OSError:
        return False
    return True


def values(path: str) -> dict[str, Any] | None:
    """All values of a key below HKCU, its own one as ""; None where there is no such key."""
    if sys.platform != "win32":
        raise NotWindows
    import winreg

    try:
        with winreg.OpenKey(winreg.HKEY_CURRENT_USER, path) as key:
            count = winreg.QueryInfoKey(key)[1]
            return {name: value for name, value, _ in (winreg.EnumValue(key, i) for i in range(count))}
    except OSError:
        return None


def set_values(path: str, values: Mapping[str, str | int]) -> None:
    """Write texts (REG_SZ) and numbers (REG_DWORD) below HKCU; the name "" is the key's own value."""
    if sys.platform != "win32":
        raise NotWindows
    import winreg

    with winreg.CreateKey(winreg.HKEY_CURRENT_USER, path) as key:
        for name, value in values.items():
            kind = winreg.REG_DWORD if isinstance(value, int) else winreg.REG_SZ
            winreg.SetValueEx(key, name, 0, kind, value)


def delete_value(path: str, name: str) -> None:
    """Delete one value below HKCU; nothing happens where it is not there."""
    if sys.platform != "win32":
        raise NotWindows
    import winreg

    try:
        with winreg.OpenKey(winreg.HKEY_CURRENT_USER, path, 0, winreg.KEY_SET_VALUE) as key:
            winreg.DeleteValue(key, name)
    except OSError:
        return


def delete_key(path: str) -> None:
    """Delete a key without sub-keys below HKCU; nothing happens where it is not there."""
    if sys.platform != "win32":
        raise NotWindows
    import winreg

    try:
        winreg.DeleteKey(winreg.HKEY_CURRENT_USER, path)
    except OSError:
        return


def documents() -> Path:
    """The user's 文档, also where it was moved."""
    if sys.platform != "win32":
        raise NotWindows
    import winreg

    try:
        with winreg.OpenKey(winreg.HKEY_CURRENT_USER, _FOLDERS) as key:
            return Path(winreg.ExpandEnvironmentStrings(winreg.QueryValueEx(key, "Personal")[0]))
    except OSError:
        return Path.home() / "Documents"


def excel_command() -> str:
    """The program that COM would start for Excel; "" where none is registered."""
    if sys.platform != "win32":
        raise NotWindows
    import winreg

    root = winreg.HKEY_CLASSES_ROOT
    try:
        clsid = winreg.QueryValue(root, "Excel.Application\\CLSID")
        return winreg.QueryValue(root, f"CLSID\\{clsid}\\LocalServer32")
    except OSError:
        return ""


def write_shortcut(path: Path, target: Path, arguments: str = "") -> None:
    """A shortcut to a program or a folder."""
    if sys.platform != "win32":
        raise NotWindows
    import pythoncom

    link = _link()
    link.SetPath(str(target))
    link.SetArguments(arguments)
    link.SetWorkingDirectory(str(target.parent))
    path.parent.mkdir(parents=True, exist_ok=True)
    link.QueryInterface(pythoncom.IID_IPersistFile).Save(str(path), 0)


def read_shortcut(path: Path) -> tuple[Path, str]:
    """Where a shortcut leads, and with which arguments."""
    if sys.platform != "win32":
        raise NotWindows
    import pythoncom
    from win32com.shell import shell

    link = _link()
    link.QueryInterface(pythoncom.IID_IPersistFile).Load(str(path))
    return Path(link.GetPath(shell.SLGP_RAWPATH)[0]), link.GetArguments()


def _link() -> Any:
    import pythoncom
    from win32com.shell import shell

    return pythoncom.CoCreateInstance(
        shell.CLSID_ShellLink, None, pythoncom.CLSCTX_INPROC_SERVER, shell.IID_IShellLink
    )
