"""The clerk's bundle, built from small stand-ins for the Windows Python and the wheels.

The real ones are bundled, installed and run in tests/wine.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pytest

from gouji.excel import bundle
from gouji.excel.bundle import BundleError, build_bundle, contents_digest, left_out, pins
from gouji.excel.install import verify
from gouji.excel.interface import VERSION, XLWINGS
from gouji.excel.places import InstallError, checksums, copy_tree
from support import ROOT

#: What upstream's own macros start Python by, for 32-bit and 64-bit Office.
DLLS = (f"xlwings32-{XLWINGS}.dll", f"xlwings64-{XLWINGS}.dll")
SCRIPTS = ("install.cmd", "uninstall.cmd", "start.cmd", "gouji.cmd", "汇总.cmd")
PYTHON = {
    "python.exe": b"MZ exe",
    "pythonw.exe": b"MZ exew",
    "python311.dll": b"MZ dll",
    "python311.zip": b"PK",
    "python311._pth": b"python311.zip\n.\n",
    "LICENSE.txt": b"PSF",
}


def zipped(path: Path, files: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


@pytest.fixture
def parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Path]:
    """A Python archive, a folder of two wheels and a folder of workbooks, pinned."""
    wheels = tmp_path / "wheels"
    wheels.mkdir()
    xlwings = {
        "xlwings/__init__.py": b"",
        "xlwings/pro/__init__.py": b"not ours",
        f"xlwings-{XLWINGS}.data/data/{DLLS[0]}": b"MZ 32",
        f"xlwings-{XLWINGS}.data/data/{DLLS[1]}": b"MZ 64",
        f"xlwings-{XLWINGS}.dist-info/LICENSE.txt": b"BSD",
        f"xlwings-{XLWINGS}.dist-info/LICENSE_PRO.txt": b"pro",
    }
    names = {
        f"xlwings-{XLWINGS}-cp311-cp311-win_amd64.whl": xlwings,
        "click-8.0.0-py3-none-any.whl": {
            "click/__init__.py": b"",
            "click-8.0.0.dist-info/licenses/LICENSE": b"B",
        },
    }
    for name, files in names.items():
        zipped(wheels / name, files)
    python = zipped(tmp_path / "python.zip", PYTHON)
    known = {"zip": hashlib.sha256(python.read_bytes()).hexdigest(), "contents": contents_digest(PYTHON)}
    pinned: dict[str, Any] = {
        "python": {"3.11.9": known},
        "wheels": {n: hashlib.sha256((wheels / n).read_bytes()).hexdigest() for n in names},
        "leave_out": pins()["leave_out"],
    }
    monkeypatch.setattr(bundle, "pins", lambda: pinned)
    workbooks = tmp_path / "workbooks"
    workbooks.mkdir()
    (workbooks / "gouji.xlam").write_bytes(b"addin")
    (workbooks / "2021.xlsm").write_bytes(b"template")
    (workbooks / "notes.md").write_bytes(b"no")
    return {"python": python, "wheels": wheels, "workbooks": workbooks, "out": tmp_path / "a bundle"}


def build(parts: dict[str, Path], **options: Any) -> Path:
    built = build_bundle(
        parts["out"], parts["python"], wheels=parts["wheels"], workbooks=parts["workbooks"], **options
    )
    return built.folder


def files(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_everything_is_in_its_place(parts: dict[str, Path]) -> None:
    found = files(build(parts))
    for name in (*SCRIPTS, "excel/gouji.xlam", "templates/2021.xlsm"):
        assert name in found
    assert "python/Lib/site-packages/gouji/excel/udfs.py" in found
    assert "python/Lib/site-packages/gouji/form/edition_2021.toml" in found
    assert (
        f"Version: {VERSION}"
        in found[f"python/Lib/site-packages/gouji-{VERSION}.dist-info/METADATA"].decode()
    )
    assert {"licences/python/LICENSE.txt", "licences/gouji/LICENSE", "licences/xlwings/LICENSE.txt"} <= set(
        found
    )
    assert "licences/click/licenses/LICENSE" in found


def test_nothing_of_xlwings_pro_is_in_it(parts: dict[str, Path]) -> None:
    assert not [n for n in files(build(parts)) if "/pro/" in n or "_PRO" in n]


def test_nothing_starts_python_from_within_excel(parts: dict[str, Path]) -> None:
    """Our macros attach to a server that runs: no DLL for a virus scanner to take away."""
    assert not [n for n in files(build(parts)) if n.endswith(DLLS)]
    assert left_out(f"xlwings-{XLWINGS}.data/data/{DLLS[1]}")


def test_python_stays_isolated(parts: dict[str, Path]) -> None:
    lines = files(build(parts))["python/python311._pth"].decode("ascii").split("\r\n")
    assert lines == ["python311.zip", ".", "Lib\\site-packages", "import site", ""]


def test_the_checksum_list_is_complete_and_the_installer_reads_it(parts: dict[str, Path]) -> None:
    folder = build(parts)
    found = files(folder)
    listed = found.pop("SHA256SUMS")
    assert listed == checksums(found)
    verify(folder)
    (folder / "python" / "pythonw.exe").unlink()
    (folder / "start.cmd").write_bytes(b"changed")
    with pytest.raises(InstallError) as caught:
        verify(folder)
    assert "pythonw.exe" in str(caught.value) and "start.cmd" in str(caught.value)


def test_the_page_is_carried_where_it_is_of_this_release(parts: dict[str, Path], tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(f'<html><meta name="generator" content="gouji {VERSION}">', "utf-8")
    without, with_page = files(build(parts)), files(build(parts, page=page, force=True))
    assert with_page.keys() - without.keys() == {"勾稽校验.html"}
    assert with_page["勾稽校验.html"] == page.read_bytes()
    assert "勾稽校验.html" in with_page["安装说明.txt"].decode("utf-8-sig")
    assert "勾稽校验.html" not in without["安装说明.txt"].decode("utf-8-sig")
    page.write_text('<html><meta name="generator" content="gouji 0.0.1">', "utf-8")
    with pytest.raises(BundleError) as caught:
        build(parts, page=page, force=True)
    assert page.name in caught.value.message and VERSION in caught.value.message


def test_two_builds_are_the_same(parts: dict[str, Path], tmp_path: Path) -> None:
    first = files(build(parts))
    parts["out"] = tmp_path / "second"
    assert files(build(parts)) == first


def test_names_do_not_collide_on_windows(parts: dict[str, Path]) -> None:
    names = [n.lower() for n in files(build(parts))]
    assert len(names) == len(set(names))


def test_scripts_are_ascii_with_windows_line_ends(parts: dict[str, Path]) -> None:
    found = files(build(parts))
    for name in SCRIPTS:
        text = found[name].decode("ascii")
        assert text.replace("\r\n", "").isprintable()
        assert "chcp" not in text  # a code page that is set stays set in the user's console
    assert found["broken.txt"].startswith(b"\xff\xfe")


def test_an_archive_in_a_folder_is_the_same_python(parts: dict[str, Path]) -> None:
    zipped(parts["python"], {f"cp311/{name}": content for name, content in PYTHON.items()})
    assert "python/python.exe" in files(build(parts))


def test_an_unknown_python_needs_its_digest(parts: dict[str, Path]) -> None:
    zipped(parts["python"], {**PYTHON, "python.exe": b"MZ other"})
    digest = hashlib.sha256(parts["python"].read_bytes()).hexdigest()
    with pytest.raises(BundleError, match=digest):
        build(parts)
    with pytest.raises(BundleError, match="0000"):
        build(parts, sha256="0000")
    assert files(build(parts, sha256=digest.upper()))["python/python.exe"] == b"MZ other"


@pytest.mark.parametrize(
    "content",
    [
        {"readme.txt": b"no python"},
        {**PYTHON, "python312._pth": b""},
        {n.replace("311", "312"): c for n, c in PYTHON.items()},
        {**PYTHON, "a/b/c.py": b""},
    ],
)
def test_what_is_no_embeddable_python_is_refused(parts: dict[str, Path], content: dict[str, bytes]) -> None:
    zipped(parts["python"], content)
    digest = hashlib.sha256(parts["python"].read_bytes()).hexdigest()
    with pytest.raises(BundleError) as caught:
        build(parts, sha256=digest)
    assert "\n" not in str(caught.value)


def test_broken_inputs_are_said_in_one_line(parts: dict[str, Path], tmp_path: Path) -> None:
    wheel = next(parts["wheels"].glob("click*"))
    content = wheel.read_bytes()
    wheel.write_bytes(content + b"x")
    with pytest.raises(BundleError, match="click"):
        build(parts)
    wheel.unlink()
    with pytest.raises(BundleError, match="click"):
        build(parts)
    parts["python"].write_bytes(b"no zip")
    with pytest.raises(BundleError, match="zip"):
        build(parts)
    with pytest.raises(BundleError, match="absent"):
        build_bundle(tmp_path / "x", tmp_path / "absent.zip", wheels=parts["wheels"])


def test_a_folder_with_other_things_is_never_emptied(parts: dict[str, Path]) -> None:
    build(parts)
    with pytest.raises(BundleError):
        build(parts)
    build(parts, force=True)
    (parts["out"] / "SHA256SUMS").unlink()
    with pytest.raises(BundleError):
        build(parts, force=True)


def test_copies_leave_caches_behind(tmp_path: Path) -> None:
    source = tmp_path / "a"
    (source / "__pycache__").mkdir(parents=True)
    (source / "__pycache__" / "x.pyc").write_bytes(b"x")
    (source / "x.py").write_bytes(b"y")
    copy_tree(source, tmp_path / "b")
    assert files(tmp_path / "b") == {"x.py": b"y"}


# ---------------------------------------------------------------- the pins themselves


def test_the_pins_are_the_closure_of_the_dependencies() -> None:
    """Every dependency of the project is pinned, and xlwings in the version that the macros name."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = {re.split(r"[<>=; \[]", r)[0].lower() for r in project["dependencies"]}
    wheels = pins()["wheels"]
    pinned = {name.split("-")[0].replace("_", "-").lower() for name in wheels}
    assert wanted | {"xlwings", "pywin32"} <= pinned
    assert f"xlwings-{XLWINGS}-cp311-cp311-win_amd64.whl" in wheels
    assert all(re.search(r"-(none-any|cp311-win_amd64)\.whl\Z", name) for name in wheels)
    assert all(re.fullmatch(r"[0-9a-f]{64}", digest) for digest in wheels.values())


def test_what_is_left_out() -> None:
    for name in ("xlwings/pro/utils.py", "xlwings/pro/reports/main.py", "win32/Demos/x.py"):
        assert left_out(name)
    for name in (
        "xlwings/udfs.py",
        "xlwings/com_server.py",
        "xlwings/conversion/standard.py",
        "win32/win32api.pyd",
    ):
        assert not left_out(name)
