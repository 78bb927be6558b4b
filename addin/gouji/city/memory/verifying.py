"""Whether an output, and the files that it was made of, are still what they were: ``gouji verify``.

An output that was altered and one whose inputs changed are different things, and each is said by itself.
What can not be known is said to be unknown, never right.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ...errors import Refused
from ...files import reason_of, shown_path
from ...marks import marks_of
from ...wording import wording_of
from ..intake.folder import find_files
from .manifest import Manifest, manifest_name, manifest_of, read_manifest
from .stamp import Input, Stamp, sha256_of
from .stamping import stamp_in

#: Exit codes: all that can be known is as it was; something is not; nothing can be known.
SAME, DIFFERENT, UNKNOWN = 0, 1, 2
#: Bytes of an output that is looked at.
_MOST = 256 << 20
#: How far above an output the folder of what units sent may lie: 结果/第003次/退回单.
_UP = 4


@dataclass(frozen=True)
class Verdict:
    """``lines``: Chinese, for people; ``code``: see above."""

    lines: tuple[str, ...]
    code: int


def verify(output: Path, folder: Path | None = None) -> Verdict:
    """``folder``: what units sent, as it lies now; where it is not given, the season's around the output.

    Never raises for what the file holds; raises OSError where ``folder`` can not be read.
    """
    w = wording_of("gouji.city.memory", "verify")
    try:
        content = _bytes(output)
        listed = manifest_of(output)
        if output.name.endswith(manifest_name()):
            return _of_manifest(output, read_manifest(content), folder)
        own = stamp_in(content, output.suffix.removeprefix("."))
    except Refused as refused:
        return Verdict((w["refused"].format(file=output.name, reason=refused.message),), UNKNOWN)
    except OSError as error:
        return Verdict((w["refused"].format(file=output.name, reason=reason_of(error)),), UNKNOWN)
    except ValueError:
        return Verdict((w["no_stamp"].format(file=output.name),), UNKNOWN)
    if own is None and listed is None:
        return Verdict((w["no_stamp"].format(file=output.name),), UNKNOWN)
    altered = (own is not None and own.altered) or (
        listed is not None and listed[0].outputs[listed[1]] != sha256_of(content)
    )
    lines = [w["altered" if altered else "unaltered"].format(file=output.name)]
    stamp = _best(own.stamp if own else None, listed[0] if listed else None)
    return _verdict(stamp, lines, altered, output, folder)


def _best(own: Stamp | None, listed: Manifest | None) -> Stamp:
    """The run's list names the files where the output itself does not; it speaks only of its own run."""
    if own is None:
        assert listed
        return listed.stamp
    nameless = not all(one.file for one in own.inputs)
    same = listed and sorted(one.sha256 for one in listed.stamp.inputs) == sorted(
        one.sha256 for one in own.inputs
    )
    return listed.stamp if nameless and listed and same else own


def _of_manifest(output: Path, manifest: Manifest, folder: Path | None) -> Verdict:
    """A run's list: every output in it, then the inputs."""
    w = wording_of("gouji.city.memory", "verify")
    lines = [w["altered"].format(file=output.name)] if manifest.altered else []
    for name, sha256 in manifest.outputs.items():
        path = output.parent / name
        key = "gone_output" if not path.is_file() else "altered" if _sha256(path) != sha256 else ""
        if key:
            lines.append(w[key].format(file=name))
    wrong = bool(lines)
    if not wrong:
        lines.append(w["all_outputs"].format(count=len(manifest.outputs)))
    return _verdict(manifest.stamp, lines, wrong, output, folder)


def _verdict(stamp: Stamp, lines: list[str], wrong: bool, output: Path, folder: Path | None) -> Verdict:
    w = wording_of("gouji.city.memory", "verify")
    head = w["made"].format(
        tool=stamp.tool,
        city=stamp.city,
        year=stamp.year,
        run=w["run"].format(number=stamp.run) if stamp.run else "",
        time=w["time"].format(time=stamp.time.replace("T", " ")) if stamp.time else "",
        rules=stamp.rules,
    )
    folder = folder or _season_folder(output)
    if folder is None:
        said = [w["no_folder"].format(count=len(stamp.inputs))]
        return Verdict((head, *lines, *said), DIFFERENT if wrong else SAME)
    said = list(_inputs(stamp, folder))
    same = [w["inputs_same"].format(count=len(stamp.inputs), folder=folder.name)]
    return Verdict((head, *lines, *(said or same)), DIFFERENT if wrong or said else SAME)


def _season_folder(output: Path) -> Path | None:
    name = str(marks_of("gouji.city.memory", "files")["folder"])
    folders = (above / name for above in output.absolute().parents[:_UP])
    return next((folder for folder in folders if folder.is_dir()), None)


def _inputs(stamp: Stamp, folder: Path) -> Iterator[str]:
    """A line for each file that is not what it was."""
    w = wording_of("gouji.city.memory", "verify")
    there = {shown_path(path.relative_to(folder)): path for path in find_files(folder).books}
    if not all(one.file for one in stamp.inputs):
        yield from _nameless(stamp, there)
        return
    for one in stamp.inputs:
        path = there.get(one.file, folder / one.file)
        key = "gone" if not path.is_file() else "changed" if _sha256(path) != one.sha256 else ""
        if key:
            yield w[key].format(file=one.file, unit=_whose(one))
    known = {one.file for one in stamp.inputs}
    if not stamp.unit:  # an output about one unit says nothing of the files of others
        yield from (w["new"].format(file=file) for file in there if file not in known)


def _nameless(stamp: Stamp, there: Mapping[str, Path]) -> Iterator[str]:
    w = wording_of("gouji.city.memory", "verify")
    now = {file: _sha256(path) for file, path in there.items()}
    before = {one.sha256 for one in stamp.inputs}
    if gone := len(before - set(now.values())):
        yield w["some_gone"].format(count=gone)
    yield from (w["new_or_changed"].format(file=file) for file, sha256 in now.items() if sha256 not in before)


def _whose(one: Input) -> str:
    return wording_of("gouji.city.memory", "verify")["unit"].format(unit=one.unit) if one.unit else ""


def _bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        content = file.read(_MOST + 1)
    if len(content) > _MOST:
        raise ValueError("size")
    return content


def _sha256(path: Path) -> str:
    try:
        return sha256_of(path.read_bytes())
    except OSError:
        return ""
