"""The wheel holds whatever the commands read: built, installed outside the checkout, and run there."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from support import ROOT

pytestmark = pytest.mark.slow

#: No path to the checkout.
ELSEWHERE = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "-w", str(folder), str(ROOT)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    (path,) = folder.glob("gouji-*.whl")
    return path


@pytest.fixture(scope="module")
def program(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """``gouji`` in an environment of its own: the wheel, and this environment's dependencies by a path
    that comes after it. The checkout itself is not on the path."""
    folder = tmp_path_factory.mktemp("installed")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    windows = sys.platform == "win32"
    (site,) = folder.glob("Lib/site-packages" if windows else "lib/python*/site-packages")
    programs = folder / ("Scripts" if windows else "bin")
    python = programs / ("python.exe" if windows else "python")
    command = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet", "--no-deps"]
    subprocess.run([*command, "--no-index", str(wheel)], check=True, capture_output=True)
    for entry in sys.path:
        if entry.endswith("site-packages"):
            with (site / "dependencies.pth").open("a", encoding="utf-8") as paths:
                # Only the folder: .pth files inside it, such as the checkout's own, are not followed.
                paths.write(f"{entry}\n")
    return programs / ("gouji.exe" if windows else "gouji")


def run(program: Path, folder: Path, *arguments: str) -> str:
    ran = subprocess.run([program, *arguments], cwd=folder, capture_output=True, check=False, env=ELSEWHERE)
    assert ran.returncode == 0, ran.stderr.decode()
    return ran.stdout.decode()


def test_the_wheel_holds_the_package_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    package = ROOT / "addin" / "gouji"
    shipped = {
        p.relative_to(package).as_posix()
        for p in package.rglob("*")
        if p.is_file() and "__pycache__" not in p.parts
    }
    packed = {n.removeprefix("gouji/") for n in names if n.startswith("gouji/")}
    # The macros' sources and the built templates live outside the package and are packed into it.
    outside = ("macros/", "workbook_templates/")
    assert {n for n in packed if not n.startswith(outside)} == shipped
    assert {n.split("/")[0] + "/" for n in packed - shipped} == set(outside)
    assert {n.split("/")[0] for n in names if not n.startswith("gouji/")} == {
        n.split("/")[0] for n in names if ".dist-info/" in n
    }


def test_the_commands_run_outside_the_checkout(program: Path, tmp_path: Path) -> None:
    code = "import gouji; print(gouji.__file__)"
    where = subprocess.run(
        [program.with_name(program.name.replace("gouji", "python")), "-c", code],
        cwd=tmp_path,
        capture_output=True,
        env=ELSEWHERE,
        check=True,
    )
    assert str(program.parent.parent) in where.stdout.decode()
    run(program, tmp_path, "template", "--year", "2024", "--unit", "某局", "-o", "模板.xlsx")
    assert (tmp_path / "模板.xlsx").stat().st_size > 20_000
    run(program, tmp_path, "export", "模板.xlsx", "-o", "空.docx")
    assert (tmp_path / "空.docx").is_file()


@pytest.mark.long
def test_the_demonstration_runs_outside_the_checkout(program: Path, tmp_path: Path) -> None:
    shown = run(program, tmp_path, "demo", "演示")
    assert "198" in shown
    assert list(tmp_path.rglob("太仓市_2019_汇总.xlsx")) and list(tmp_path.rglob("太仓市_2019_年度报告.docx"))
