"""A Wine prefix with the bundle installed in it; setup.sh makes the prefix."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from prefix import USER, WINE, Windows, unix_path, windows_path

from gouji.excel.bundle import build_bundle


@pytest.fixture(scope="session")
def bundle() -> Path:
    """The bundle with real parts, in a folder with a space and Chinese characters in its name."""
    if not (WINE / "prefix" / "system.reg").exists():
        pytest.fail("run tests/wine/setup.sh first (make test-wine)")
    workbooks = WINE / "workbooks"
    workbooks.mkdir(exist_ok=True)
    (workbooks / "gouji.xlam").write_bytes(b"stand-in")
    (workbooks / "2021.xlsm").write_bytes(b"stand-in")
    built = build_bundle(
        WINE / "安装 包",
        WINE / "python" / "data.zip",
        wheels=WINE / "wheels",
        workbooks=workbooks,
        force=True,
    )
    return built.folder


@pytest.fixture(scope="session")
def windows(bundle: Path) -> Iterator[Windows]:
    shutil.rmtree(unix_path(USER), ignore_errors=True)
    session = Windows()
    yield session
    session.close()


@pytest.fixture(scope="session")
def installed(windows: Windows, bundle: Path) -> str:
    """Installed as a clerk does it; the installer's output."""
    code, output = windows.batch(f'"{windows_path(bundle)}\\install.cmd" /q', timeout=120)
    assert code == 0, output
    return output
