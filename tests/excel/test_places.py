"""What the installer does with files, which is the same on any system; the rest runs in tests/wine."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from gouji.digests import sha256_of
from gouji.excel import install, places, program, ways
from gouji.excel.handout import addin_digest, write_handout
from gouji.excel.interface import CHECKSUMS
from gouji.excel.places import (
    ADDIN,
    EXCEL,
    TEMPLATES,
    InstallError,
    Places,
    changed,
    checksums,
    copy_tree,
    empty_home,
    keep_own,
    listed,
    lock_templates,
    write_files,
)
from gouji.workshop.build import ADDIN_NAME
from support.handed_out import handed_out

FILES = {"templates/2021.xlsm": b"template", "excel/gouji.xlam": b"addin", "python/x.py": b"code"}


@pytest.fixture
def to(tmp_path: Path) -> Places:
    """A home as an installation leaves it."""
    found = Places(tmp_path / "gouji", tmp_path / "XLSTART" / ADDIN, tmp_path / "menu", tmp_path / "文档")
    write_files(found.home, {**FILES, CHECKSUMS: checksums(FILES)})
    (found.home / "server.log").write_bytes(b"log")
    lock_templates(found)
    return found


def test_what_pip_brings_is_what_a_bundle_holds(tmp_path: Path) -> None:
    write_handout(tmp_path)
    made = handed_out()
    folders = {EXCEL: [ADDIN], TEMPLATES: sorted(set(made) - {ADDIN})}
    assert {f.name: sorted(p.name for p in f.iterdir()) for f in tmp_path.iterdir() if f.is_dir()} == folders
    assert changed(tmp_path) == []
    assert sha256_of(tmp_path / EXCEL / ADDIN) == addin_digest() == listed(tmp_path)[f"{EXCEL}/{ADDIN}"]
    assert ADDIN == ADDIN_NAME


def test_templates_are_read_only_so_that_nobody_fills_them_in_place(to: Places) -> None:
    (template,) = to.templates.iterdir()
    assert not template.stat().st_mode & stat.S_IWRITE


def test_nothing_is_moved_where_nobody_saved_anything(to: Places) -> None:
    assert keep_own(to) == [] and not to.own.exists()


def test_what_a_person_saved_there_is_moved_and_never_lost(to: Places) -> None:
    (to.templates / "某局.xlsm").write_bytes(b"mine")
    (to.templates / "~$某局.xlsm").write_bytes(b"lock")
    (to.home / "笔记.docx").write_bytes(b"notes")
    (to.templates / "2021.xlsm").chmod(stat.S_IREAD | stat.S_IWRITE)
    (to.templates / "2021.xlsm").write_bytes(b"filled in place")
    to.own.mkdir()
    (to.own / "某局.xlsm").write_bytes(b"an earlier one")
    moved = keep_own(to)
    assert {p.name: p.read_bytes() for p in moved} == {
        "某局（2）.xlsm": b"mine",
        "笔记.docx": b"notes",
        "2021.xlsm": b"filled in place",
    }
    assert (to.own / "某局.xlsm").read_bytes() == b"an earlier one"
    assert keep_own(to) == []
    empty_home(to)
    assert not to.home.exists()


@pytest.mark.parametrize("content", [None, b"\xff\xfe not a list", b"no two columns"])
def test_without_a_list_everything_counts_as_a_persons(to: Places, content: bytes | None) -> None:
    (to.home / CHECKSUMS).unlink()
    if content is not None:
        (to.home / CHECKSUMS).write_bytes(content)
    assert [p.name for p in keep_own(to)] == ["gouji.xlam", "2021.xlsm"]
    assert changed(to.home)


def test_what_is_missing_or_changed_is_named(to: Places) -> None:
    assert changed(to.home) == []
    (to.home / "python" / "x.py").unlink()
    (to.home / "excel" / "gouji.xlam").write_bytes(b"other")
    assert changed(to.home) == ["excel/gouji.xlam", "python/x.py"]
    with pytest.raises(InstallError) as caught:
        install.verify(to.home)
    assert "excel/gouji.xlam、python/x.py" in str(caught.value)


def test_many_changed_files_are_counted(to: Places) -> None:
    names = {f"python/{i}.py": b"" for i in range(9)}
    (to.home / CHECKSUMS).write_bytes(checksums(names))
    with pytest.raises(InstallError, match="9 个文件"):
        install.verify(to.home)


@pytest.mark.parametrize(
    "name", ["server.log.txt", "templates/日志.log", "templates/SHA256SUMS", "旧/server.log"]
)
def test_only_our_own_log_and_list_are_left_out(to: Places, name: str) -> None:
    write_files(to.home, {name: b"mine"})
    assert [path.read_bytes() for path in keep_own(to)] == [b"mine"]


def test_what_stopped_halfway_is_not_taken_for_a_persons(
    to: Places, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {**{f"{letter}/a.txt": b"a" for letter in "ABCXYZ"}, **FILES}
    write_files(tmp_path / "bundle", {**files, CHECKSUMS: checksums(files)})
    empty_home(to)
    copied: list[Path] = []

    def full(source: Path, target: Path) -> None:
        if len(copied) == 5:
            raise OSError(errno.ENOSPC, "full")
        copied.append(target)
        write_files(target.parent, {target.name: source.read_bytes()})

    monkeypatch.setattr(places, "copy_file", full)
    with pytest.raises(OSError, match="full"):
        copy_tree(tmp_path / "bundle", to.home)
    monkeypatch.undo()
    assert len(copied) == 5 and keep_own(to) == []


def test_without_templates_nothing_is_locked(tmp_path: Path) -> None:
    lock_templates(Places(tmp_path, tmp_path, tmp_path, tmp_path))


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (OSError(errno.ENOSPC, "No space left on device", "x"), "No space left on device"),
        (PermissionError(errno.EACCES, "denied"), "denied"),
        (PermissionError(errno.EACCES, "denied", "gouji.xlam"), "gouji.xlam"),
        (FileNotFoundError(), "没有做完"),
        (InstallError("一句话。"), "一句话。"),
    ],
)
def test_whatever_stops_it_is_one_sentence(
    error: Exception, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing() -> install.Done:
        raise error

    monkeypatch.setattr("sys.platform", "win32")
    monkeypatch.setattr(install, "_ACTIONS", dict.fromkeys(install.ACTIONS, failing))
    for action in install.ACTIONS:
        done = install.perform(action)
        (line,) = done.lines
        assert done.code == 1 and told in line and "None" not in line and line.endswith("。")


def test_a_second_double_click_changes_nothing(to: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    (to.home / "install.cmd").write_bytes(b"")
    before = sorted(to.home.rglob("*"))
    monkeypatch.setattr("sys.platform", "win32")
    monkeypatch.setattr(install.windows, "only_one", lambda name: None)
    monkeypatch.setattr(install, "places", lambda: to)
    monkeypatch.setattr(install, "own_bundle", lambda: to.home)
    for action in ("install", "uninstall"):
        assert "另一个窗口" in install.perform(action).lines[0]
    assert sorted(to.home.rglob("*")) == before


@pytest.mark.parametrize("value", [None, "", "gouji"])
@pytest.mark.parametrize("variable", ["APPDATA", "LOCALAPPDATA"])
def test_without_folders_of_the_user_nothing_is_begun(
    variable: str, value: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("APPDATA", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.delenv(variable)
    if value is not None:
        monkeypatch.setenv(variable, value)
    with pytest.raises(InstallError, match=variable):
        places.places()


# ---------------------------------------------------------------- the Python that serves


def python_in(folder: Path, monkeypatch: pytest.MonkeyPatch, *, without_window: bool = True) -> Path:
    folder.mkdir(parents=True)
    for name in ("python.exe", *(["pythonw.exe"] if without_window else [])):
        (folder / name).write_bytes(b"")
    monkeypatch.setattr("sys.executable", str(folder / "python.exe"))
    monkeypatch.setattr("sys.base_prefix", str(folder))
    return folder / "pythonw.exe"


def test_an_environment_serves_isolated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pythonw = python_in(tmp_path / "项目 一" / "Scripts", monkeypatch)
    monkeypatch.setattr("site.getusersitepackages", lambda: "nowhere")
    found = program.of_environment()
    assert found.command == f'"{pythonw}" -I -X utf8=0 -m gouji.excel.server'


def test_packages_of_the_user_are_found_by_the_server_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """``pip install --user``: ``-I`` would hide gouji from its own server."""
    python_in(tmp_path / "p", monkeypatch)
    monkeypatch.setattr("site.getusersitepackages", lambda: str(tmp_path))
    monkeypatch.syspath_prepend(str(tmp_path))
    options = program.of_environment().options
    assert options == ("-E", "-P", "-X", "utf8=0")


def test_a_python_that_cannot_serve_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    python_in(tmp_path / "a", monkeypatch, without_window=False)
    with pytest.raises(InstallError, match=r"pythonw\.exe"):
        program.of_environment()
    python_in(tmp_path / "Microsoft" / "WindowsApps" / "b", monkeypatch)
    with pytest.raises(InstallError, match="Microsoft Store"):
        program.of_environment()


def test_a_log_on_entry_has_room_for_so_much(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("site.getusersitepackages", lambda: "nowhere")
    short = len(program.Program(tmp_path / "x" / "pythonw.exe").command) - 1
    room = program.LONGEST - short
    python_in(tmp_path / ("a" * room), monkeypatch)
    assert len(program.of_environment().command) == program.LONGEST
    python_in(tmp_path / ("a" * (room + 1)), monkeypatch)
    with pytest.raises(InstallError, match="多 1 个字"):
        program.of_environment()


def test_a_bundle_is_known_by_its_installer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    python_in(tmp_path / "python", monkeypatch)
    assert ways.own_bundle() is None
    (tmp_path / "install.cmd").write_bytes(b"")
    assert ways.own_bundle() == tmp_path


@pytest.mark.skipif(os.name == "nt", reason="it would install")
@pytest.mark.parametrize("action", install.ACTIONS)
def test_elsewhere_than_on_windows_one_sentence_says_so(
    action: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert install.main([action]) == 2
    (line,) = capsys.readouterr().out.splitlines()
    assert "Windows" in line and line.endswith("。")
