"""A copy of the package in which every sentence for people is another one."""

from __future__ import annotations

import json
import shutil
import tomllib
from pathlib import Path
from typing import Any

import gouji


def reworded(folder: Path, *packages: str) -> Path:
    """Copy the package to ``folder`` and put every string of these packages' ``wording.toml`` into other
    words, fields kept. Returns the folder to import it from."""
    shutil.copytree(
        Path(gouji.__file__).parent, folder / "gouji", ignore=shutil.ignore_patterns("__pycache__")
    )
    for package in packages:
        path = folder / "gouji" / package / "wording.toml"
        path.write_text("".join(_lines(_other(tomllib.loads(path.read_text("utf-8"))))), "utf-8")
    return folder


def _other(found: Any) -> Any:
    if isinstance(found, dict):
        return {key: _other(value) for key, value in found.items()}
    if isinstance(found, list):
        return [_other(value) for value in found]
    return f"〔{found}〕改" if isinstance(found, str) else found


def _lines(table: dict[str, Any], *path: str) -> list[str]:
    """The table as TOML; strings of JSON are strings of TOML."""
    head = ".".join(map(_value, path))
    lines = [f"\n[{head}]\n"] if path else []
    lines += [
        f"{json.dumps(k, ensure_ascii=False)} = {_value(v)}\n"
        for k, v in table.items()
        if not isinstance(v, dict)
    ]
    for key, value in table.items():
        if isinstance(value, dict):
            lines += _lines(value, *path, key)
    return lines


def _value(value: Any) -> str:
    if isinstance(value, dict):
        return f"{{{', '.join(f'{_value(k)} = {_value(v)}' for k, v in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(_value, value))}]"
    return json.dumps(value, ensure_ascii=False)
