"""``bundle``: the add-in for machines without network and without administrator rights."""

from __future__ import annotations

from pathlib import Path

from . import options, words
from .telling import tell


def bundle(
    output: Path,
    python: Path,
    sha256: str | None,
    wheels: Path | None,
    workbooks: Path | None,
    page: Path | None,
    force: bool,
) -> None:
    from ..excel.bundle import build_bundle

    built = build_bundle(
        output, python, sha256=sha256, wheels=wheels, workbooks=workbooks, page=page, force=force
    )
    size = built.size // 1_000_000
    tell(words("bundle")["done"], folder=built.folder, files=built.files, size=size)


bundle_command = options.command(
    "bundle",
    bundle,
    options.option("-o", "--output", text="output_folder", type=options.NEW, required=True),
    options.option("--python", text="python", type=options.EXISTING_FILE, required=True),
    options.option("--sha256", text="sha256"),
    options.option("--wheels", text="wheels", type=options.EXISTING_FOLDER),
    options.option("--workbooks", text="workbooks", type=options.EXISTING_FOLDER),
    options.option("--page", text="page", type=options.EXISTING_FILE),
    options.force(),
)
