"""``page``: the whole check as one HTML file."""

from __future__ import annotations

from pathlib import Path

from . import options, words
from .progress import steps
from .telling import tell


def page(output: Path, pyodide: Path, wheels: Path | None, force: bool) -> None:
    from ..page.build import PageBuild

    build = PageBuild(output, pyodide, wheels, force=force)
    for stage in steps(build.stages, words("page")["making"]):
        stage()
    size = f"{output.stat().st_size / 1e6:.1f}"
    tell(words("page")["done"], path=output, size=size)


page_command = options.command(
    "page",
    page,
    options.option("-o", "--output", text="page_file", type=options.NEW, required=True),
    options.option("--pyodide", text="pyodide", type=options.EXISTING_FILE, required=True),
    options.option("--wheels", text="wheels", type=options.EXISTING_FOLDER),
    options.force(),
)
