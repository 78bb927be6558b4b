"""``gouji addin``: what can be said of it anywhere; the installation itself runs in tests/wine."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from gouji.excel.classic import module_source
from gouji.excel.install import ACTIONS
from support.command import Run, refused


@pytest.mark.skipif(os.name == "nt", reason="it would install")
@pytest.mark.parametrize("action", ACTIONS)
def test_elsewhere_than_on_windows_it_is_said_in_one_line(run: Run, action: str) -> None:
    ran = run("addin", action)
    refused(ran, "Windows")
    assert len(ran.err.splitlines()) == 1


def test_what_it_can_do_is_in_its_help(run: Run) -> None:
    shown = run("addin", "--help").out
    assert all(action in shown for action in (*ACTIONS, "udfs"))
    refused(run("addin", "remove"), "install, uninstall, status, udfs".replace(", ", "、"))
    refused(run("addin"), "ACTION")


def test_the_module_for_xlwings_own_add_in(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    ran = run("addin", "udfs")
    assert ran.code == 0 and "Import Functions" in ran.out
    assert (tmp_path / "gouji_udfs.py").read_bytes() == module_source()
    (tmp_path / "gouji_udfs.py").write_bytes(b"# mine\n")
    refused(run("addin", "udfs"))
    assert (tmp_path / "gouji_udfs.py").read_bytes() == b"# mine\n"
