"""Whether an output, and the files that it was made of, are still what they were: ``gouji verify``.

An output that was altered and one whose inputs changed are different things, and each is said by itself.
What can not be known is said to be unknown, never right.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ...digests import sha256_of
from ...errors import Refused
from ...files import reason_of
from ...marks import marks_of
from ...records import dataclass
from ...wording import wording_of
from .manifest import Manifest, manifest_name, manifest_of, read_manifest
from .stamp import Stamp
from .stamping import Stamped, can_hold, stamp_in
from .still import inputs_said, sent_folder, still

#: Exit codes: all that can be known is as it was; something is not; nothing can be known.
SAME, DIFFERENT, UNKNOWN = 0, 1, 2
#: Bytes of an output in which a stamp is looked for.
_MOST = 256 << 20
#: How far above an output the folder of what units sent may lie: 结果/第003次/退回单.
_UP = 4


@dataclass(frozen=True)
class Verdict:
    """``lines``: Chinese, for people; ``code``: see above."""

    lines: tuple[str, ...]
    code: int


@dataclass(frozen=True)
class _Output:
    """``own``: the stamp in it, None where there is none; ``listed``: the run's list that names it, and the
    name there; ``damaged``: whether it can not be opened."""

    path: Path
    sha256: str
    own: Stamped | None
    listed: tuple[Manifest, str] | None
    damaged: bool = False

    @property
    def altered(self) -> bool:
        own = self.own is not None and self.own.altered
        return own or bool(self.listed and self.listed[0].outputs[self.listed[1]] != self.sha256)

    @property
    def stamp(self) -> Stamp | None:
        """The run's list names the files where the output itself does not; it speaks only of its own run."""
        if self.own is None:
            return self.listed[0].stamp if self.listed else None
        own = self.own.stamp
        nameless = not all(one.is_named for one in own.inputs)
        same = self.listed and _digests(self.listed[0].stamp) == _digests(own)
        return self.listed[0].stamp if nameless and self.listed and same else own


def verify(output: Path, folder: Path | None = None) -> Verdict:
    """``output``: any file that a run wrote, or the folder of a run; of a folder that holds several runs the
    last one counts. ``folder``: what units sent, as it lies now; where it is not given, the season's around
    the output.

    Never raises for what the file holds; raises OSError where ``folder`` can not be read.
    """
    w = wording_of("gouji.city.memory", "verify")
    try:
        output = _last_list(output) if output.is_dir() else output
        if output.name.endswith(manifest_name()):
            return _of_manifest(output, read_manifest(output.read_bytes()), folder)
        looked = _look(output)
    except OSError as error:
        return Verdict((w["refused"].format(file=output.name, reason=reason_of(error)),), UNKNOWN)
    except ValueError:
        return Verdict((w["no_stamp"].format(file=output.name),), UNKNOWN)
    stamp = looked.stamp
    if stamp is None:
        key = "damaged" if looked.damaged else "no_stamp"
        return Verdict((w[key].format(file=output.name),), UNKNOWN)
    key = "broken" if looked.damaged else "altered" if looked.altered else "unaltered"
    return _verdict(stamp, [w[key].format(file=output.name)], looked.altered, output, folder)


def _digests(stamp: Stamp) -> list[str]:
    return sorted(one.sha256 for one in stamp.inputs if one.sha256)


def _look(path: Path) -> _Output:
    sha256, kind = sha256_of(path), path.suffix.removeprefix(".")
    listed = manifest_of(path, sha256)
    if not can_hold(kind) or path.stat().st_size > _MOST:
        return _Output(path, sha256, None, listed)
    try:
        return _Output(path, sha256, stamp_in(path.read_bytes(), kind), listed)
    except Refused:
        return _Output(path, sha256, None, listed, damaged=True)


def _last_list(folder: Path) -> Path:
    """The list of the run in a folder, or of the last of several runs in it. Raises ValueError where there
    is none."""
    name = manifest_name()
    own = folder / name
    if own.is_file():
        return own
    found = [path for depth in ("*", "*/*") for path in sorted(folder.glob(f"{depth}/{name}"))]
    return max(found, key=lambda path: read_manifest(path.read_bytes()).stamp.run)


def _of_manifest(output: Path, manifest: Manifest, folder: Path | None) -> Verdict:
    """A run's list: every output in it, then the inputs."""
    w = wording_of("gouji.city.memory", "verify")
    lines = [w["altered"].format(file=output.name)] if manifest.altered else []
    for name, sha256 in manifest.outputs.items():
        path = output.parent / name
        key = "gone_output" if not path.is_file() else "altered" if sha256_of(path) != sha256 else ""
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
    folder = sent_folder(folder) if folder else next(_season_folders(output), None)
    if folder is None:
        said = w["no_folder"].format(inputs=inputs_said(stamp.inputs))
        return Verdict((head, *lines, said), DIFFERENT if wrong else SAME)
    found = still(stamp, folder)
    return Verdict((head, *lines, *found.lines), DIFFERENT if wrong or found.wrong else SAME)


def _season_folders(output: Path) -> Iterator[Path]:
    name = str(marks_of("gouji.city.memory", "files")["folder"])
    folders = (above / name for above in output.absolute().parents[:_UP])
    return (folder for folder in folders if folder.is_dir())
