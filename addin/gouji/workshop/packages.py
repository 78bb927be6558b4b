"""What the offline bundle and the page are both made of: gouji as it runs here, wheels known by their sha256.

``error`` is the caller's own: made of the key of a sentence and the names that it holds, as
:class:`gouji.excel.bundle.BundleError` is.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from importlib import metadata, resources
from pathlib import Path

from ..digests import sha256_of

Error = Callable[..., Exception]


def package_root() -> Path:
    return Path(str(resources.files("gouji")))


def own_files() -> Iterator[tuple[str, bytes]]:
    """Every file of the package, as ``gouji/…``, in order."""
    root = package_root()
    for path in sorted(root.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            yield f"gouji/{path.relative_to(root).as_posix()}", path.read_bytes()


def own_licence() -> bytes:
    """The licence text of the checkout, or of the installed distribution."""
    beside = package_root().parents[1] / "LICENSE"
    if beside.is_file():
        return beside.read_bytes()
    for file in metadata.files("gouji") or ():
        if file.name == "LICENSE":
            return Path(str(file.locate())).read_bytes()
    return b""


def read_wheels(wheels: Mapping[str, str], folder: Path, error: Error) -> Iterator[Path]:
    """The wheels in ``folder``, each with the digest that is pinned for it.

    Raises ``error``: ``no_wheel``, ``wheel_digest``.
    """
    for name, digest in wheels.items():
        path = folder / name
        if not path.is_file():
            raise error("no_wheel", name=name, folder=folder)
        if sha256_of(path) != digest:
            raise error("wheel_digest", name=name)
        yield path


def download_wheels(wheels: Mapping[str, str], folder: Path, error: Error) -> None:
    """Let pip fetch the wheels into ``folder``, from wherever it is configured to.

    Raises ``error``: ``download``.
    """
    lines = []
    for wheel, digest in wheels.items():
        name, version, *_ = wheel.split("-")
        lines.append(f"{name}=={version} --hash=sha256:{digest}\n")
    requirements = folder / "requirements.txt"
    requirements.write_text("".join(lines), "utf-8")
    python, abi, platform = machine(wheels)
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--require-hashes"]
    command += ["--only-binary", ":all:", "--platform", platform, "--implementation", "cp", "--abi", abi]
    command += [
        "--python-version",
        f"{python[2]}.{python[3:]}",
        "--dest",
        str(folder),
        "-r",
        str(requirements),
    ]
    done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
    requirements.unlink()
    if done.returncode:
        reason = [line for line in done.stderr.splitlines() if line.startswith("ERROR")] or ["pip"]
        raise error("download", reason=reason[-1])


def machine(wheels: Mapping[str, str]) -> tuple[str, str, str]:
    """What the wheels in machine code are for: Python, interface, platform (cp311, cp311, win_amd64)."""
    name = next(wheel for wheel in wheels if not wheel.endswith("-none-any.whl"))
    _, _, python, abi, platform = name.removesuffix(".whl").split("-")
    return python, abi, platform
