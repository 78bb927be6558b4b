"""The Wine prefix made by setup.sh, and how programs are run in it."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
WINE = ROOT / ".wine"
SCRIPTS = Path(__file__).parent / "windows"
#: The clerk's folders: a user name with a space and Chinese characters.
USER = r"C:\users\张 三"
#: The Python that the bundle's installer puts there.
INSTALLED = r"%LOCALAPPDATA%\gouji\python\python.exe"


class Windows:
    """Runs programs in the prefix. Standard streams must be pipes: with files Python does not start."""

    def __init__(self) -> None:
        self.env = {
            **os.environ,
            "HOME": str(WINE / "home"),
            "WINEPREFIX": str(WINE / "prefix"),
            "WINEARCH": "win64",
            "WINEDEBUG": "-all",
            "LOCPATH": str(WINE / "locale"),
            "LC_ALL": "zh_CN.UTF-8",
            "PYTHONUTF8": "1",  # a setting of the machine that must make no difference
        }
        self.env.pop("DISPLAY", None)

    def run(self, *command: str, timeout: float = 60, cwd: Path | None = None) -> tuple[int, str]:
        """Exit code and output. Does not wait for what the program left running in the background."""
        process = subprocess.Popen(
            ["wine", *command],
            env=self.env,
            cwd=cwd or ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        assert process.stdout is not None
        try:
            code = process.wait(timeout)
        except subprocess.TimeoutExpired:
            process.kill()
            raise
        os.set_blocking(process.stdout.fileno(), False)
        output = b"".join(iter(lambda: process.stdout.read(65536) or b"", b""))  # type: ignore[union-attr]
        process.stdout.close()
        return code, _decoded(output)

    def batch(self, *lines: str, timeout: float = 60) -> tuple[int, str]:
        """Run lines as a clerk's session does, in that user's folders."""
        folders = {
            "USERPROFILE": USER,
            "LOCALAPPDATA": rf"{USER}\AppData\Local",
            "APPDATA": rf"{USER}\AppData\Roaming",
        }
        settings = [f"set {name}={value}" for name, value in folders.items()]
        script = WINE / "batch.cmd"
        script.write_bytes("\r\n".join(["@echo off", *settings, *lines, ""]).encode("gbk"))
        return self.run("cmd", "/c", windows_path(script), timeout=timeout)

    def python(
        self, *arguments: str, timeout: float = 60, program: str = INSTALLED, options: str = "-I"
    ) -> tuple[int, str]:
        """A Windows Python, by default the installed one, in the clerk's session."""
        quoted = " ".join(f'"{a}"' for a in arguments)
        return self.batch(f'"{program}" {options} -X utf8=0 {quoted}', timeout=timeout)

    def script(
        self,
        name: str,
        given: Mapping[str, Any] | None = None,
        timeout: float = 60,
        program: str = INSTALLED,
        options: str = "-I",
    ) -> Any:
        """Run one of ``windows/*.py``, by default with the installed Python; JSON in, JSON out."""
        given_path, found_path = WINE / "given.json", WINE / "found.json"
        given_path.write_text(json.dumps(given or {}), "utf-8")
        found_path.unlink(missing_ok=True)
        paths = (SCRIPTS / name, given_path, found_path)
        code, output = self.python(
            *map(windows_path, paths), timeout=timeout, program=program, options=options
        )
        assert code == 0 and found_path.exists(), output
        return json.loads(found_path.read_text("utf-8"))

    def close(self) -> None:
        subprocess.run(["wineserver", "-k"], env=self.env, check=False)


def _decoded(output: bytes) -> str:
    """Through a pipe Windows programs write in the code page of the system, the command ``gouji`` UTF-8."""
    try:
        text = output.decode("utf-8")
    except UnicodeDecodeError:
        text = output.decode("gbk", "replace")
    return text.replace("\r\n", "\n")


def windows_path(path: Path) -> str:
    return "Z:" + str(path).replace("/", "\\")


def unix_path(path: str) -> Path:
    return WINE / "prefix" / "drive_c" / path.removeprefix("C:\\").replace("\\", "/")
