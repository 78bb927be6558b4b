"""清单.json: the outputs of one run with their digests, and its stamp, in the run's folder.

``gouji verify`` looks there for what an output can not say itself. The list of a single file that lies by
itself (a CSV file that was exported) has the file's name before its own.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from ...digests import sha256_of
from ...marks import marks_of
from ...records import dataclass
from ...text import seen_json
from .stamp import Stamp, read_stamp

#: How many folders up from an output its run's list may lie (退回单/…).
_UP = 2
_MOST = 64 << 20


@dataclass(frozen=True)
class Manifest:
    """``outputs``: path from the list's folder, with "/" -> sha256; ``altered``: whether the list itself is
    not as it was written."""

    stamp: Stamp
    outputs: Mapping[str, str]
    altered: bool = False


def manifest_name() -> str:
    return str(marks_of("gouji.city.memory", "files")["manifest"])


def manifest_bytes(stamp: Stamp, outputs: Mapping[str, bytes]) -> bytes:
    """The list of these outputs. ``outputs``: path from its folder, with "/" -> content."""
    digests = {file: sha256_of(content) for file, content in sorted(outputs.items())}
    return listed_bytes(stamp, digests)


def listed_bytes(stamp: Stamp, digests: Mapping[str, str]) -> bytes:
    """The same of outputs whose sha256 is known."""
    data = stamp.to_data() | {"outputs": dict(digests)}
    whole = data | {"content": _digest(stamp, digests)}
    return (seen_json(json.dumps(whole, ensure_ascii=False, indent=1)) + "\n").encode()


def read_manifest(content: bytes) -> Manifest:
    """Raises ValueError where the bytes are no such list."""
    stamp, digest = read_stamp(content)
    outputs = json.loads(content).get("outputs")
    if not isinstance(outputs, dict) or not all(isinstance(sha, str) for sha in outputs.values()):
        raise ValueError("outputs")
    return Manifest(stamp, outputs, digest != _digest(stamp, outputs))


def _digest(stamp: Stamp, digests: Mapping[str, str]) -> str:
    text = json.dumps([stamp.to_data(), sorted(digests.items())], ensure_ascii=False, sort_keys=True)
    return sha256_of(text.encode())


def beside(output: Path) -> Path:
    """Where the list of an output that belongs to no run's folder lies."""
    return output.with_name(f"{output.name}.{manifest_name()}")


def manifest_of(output: Path, sha256: str = "") -> tuple[Manifest, str] | None:
    """The list that names the output, and the name it has there; None where there is none. ``sha256``: of
    the output, by which it is found where it bears another name by now."""
    output = output.absolute()
    places = [beside(output), *(folder / manifest_name() for folder in output.parents[: _UP + 1])]
    for place in places:
        found = _read(place)
        name = output.relative_to(place.parent).as_posix()
        if found and name in found.outputs:
            return found, name
        if found and sha256 and (same := [one for one, digest in found.outputs.items() if digest == sha256]):
            return found, same[0]
    return None


def _read(path: Path) -> Manifest | None:
    try:
        if not path.is_file() or path.stat().st_size > _MOST:
            return None
        return read_manifest(path.read_bytes())
    except (OSError, ValueError):
        return None
