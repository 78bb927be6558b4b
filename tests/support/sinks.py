"""Every way out of the program, with what a stranger may send through it.

``TERMINAL`` says how each command meets hostile texts; ``LOOKED_AT`` how each kind of file is looked at;
``SEEN_IN`` where the work of each module that finishes a package is seen. ``tests/test_sinks.py`` fails for a
command, a kind of file or a module that is in none of them.
"""

from __future__ import annotations

import csv
import io
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import openpyxl

import gouji
from gouji.cli import main
from gouji.report import Explanation, Report, Unplaced
from support import looked_into
from support.hostile_strings import COMMANDING, FORMULAS, NAMES, TOGETHER
from support.odd_folder import TEXTS, YEAR, sent

#: Names of files and folders, as far as a file system has them.
FILE = "甲\x1b[2J\u202excod\x07\u200b_{0.__class__}\n乙局：通过"
FOLDER = "夹\x1b]0;改名\x07\u2066\u009b2J"
CITY = "某\u202e市\x1b[2J"
#: CSV and the command line have no NUL.
NAME = TOGETHER.replace("\0", "")


@dataclass(frozen=True)
class Shown:
    code: int
    text: str


def on_terminal(*arguments: object) -> Shown:
    """A command in a process of its own whose only streams are a real terminal."""
    import pty  # not on Windows

    child, terminal = pty.fork()
    if child == 0:
        code = 70
        try:
            os.environ |= {"TERM": "dumb", "COLUMNS": "4000"}
            sys.stdin, sys.stdout, sys.stderr = (
                open(stream, mode, encoding="utf-8", closefd=False)  # noqa: SIM115
                for stream, mode in ((0, "r"), (1, "w"), (2, "w"))
            )
            main([str(argument) for argument in arguments])
        except SystemExit as stopped:
            code = stopped.code if isinstance(stopped.code, int) else 0
            sys.stdout.flush()
            sys.stderr.flush()
        finally:
            os._exit(code)
    read = bytearray()
    try:
        while piece := os.read(terminal, 1 << 16):
            read += piece
    except OSError:  # the other end is closed
        pass
    os.close(terminal)
    _, status = os.waitpid(child, 0)
    return Shown(os.waitstatus_to_exitcode(status), read.decode())


# ---------------------------------------------------------------- what is sent


#: Marks of notes: a stranger's report as JSON may have any.
MARKS = ('注\x1b[2J\ufffe\u202e"1', "=注", "注" * 300, *(f"注{number}" for number in range(4, 40)))


def report(name: str, text: str) -> Report:
    """A report with the text wherever a person writes, and each that is like a formula in a note."""
    one = sent(name)
    cells = [cell.id for cell in one.form.cells]
    texts = {section: f"{text}。{whole}" for section, whole in TEXTS.items()}
    texts_of_notes = dict(zip(MARKS, (text, *FORMULAS.values()), strict=False))
    one = replace(
        one,
        code=text[:40],
        texts=texts,
        notes=texts_of_notes,
        marks=dict(zip(cells, texts_of_notes, strict=False)),
    )
    one.explanations["t9.nothing"] = Explanation(text, text, ())
    return one


#: Units of their own; of the first a number too is such a text, so that it is sent back.
UNITS = (
    NAME,
    *(FORMULAS[key] for key in ("command", "at", "after a tab", "full width", "guarded")),
    "nul.局",
)


def lay(folder: Path) -> Path:
    """The folder with everything that commands are given."""
    inside = folder / "报送" / FOLDER
    inside.mkdir(parents=True)
    for number, name in enumerate(UNITS):
        one = report(name, TOGETHER if name == NAME else name)
        if name == NAME:
            one.unplaced.append(Unplaced("三!D9", TOGETHER))
        (folder / "报送" / f"{number}.json").write_bytes(gouji.write(one, to="json"))
    (inside / f"{FILE}.xlsx").write_bytes(_odd_sheets(gouji.write(report("乙局", TOGETHER))))
    (inside / f"{FILE}坏.xlsx").write_bytes(b"PK\3\4 not whole")
    (inside / f"{FILE}.zip").write_bytes(b"PK\3\4")
    (inside / f"~${FILE}.xlsx").write_bytes(b"\5lock")
    (folder / "页.html").write_text(_page(), "utf-8")
    (folder / "改.toml").write_text('["甲\\u001b[2J\\u202e"]\nlevel = "off"\n', "utf-8")
    with (folder / "名单.csv").open("w", encoding="utf-8-sig", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["单位名称", "代码", "联系人", "备注\u202e\x1b[2J"])
        rows.writerows([name, "", name, name] for name in UNITS)
        rows.writerows(
            [f"{name}局", "", text, text]
            for name, text in zip(NAMES.values(), FORMULAS.values(), strict=False)
        )
    return folder


def _odd_sheets(content: bytes) -> bytes:
    """With sheets that carry names of a stranger's, and a text where a number belongs."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    for title in ("甲\u202e乙\u009b2J", "=1+1", "+cmd", "三 (2)\u200b"):
        book.create_sheet(title)["A1"] = "_x001B_[2J"
    book["三"]["D9"] = "_x001B_]0;改名_x0007_12\u202e"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _page() -> str:
    """A published report whose head, sections and table say such texts, as far as a page has them."""
    text = "".join(COMMANDING.values()).replace("\0", "")
    said = text.translate({ord(c): f"&#{ord(c)};" for c in "<&"})
    sections = "".join(f"<h2>{title}</h2><p>{said}</p>" for title in ("一、总体情况", "五、存在的主要问题"))
    table = f"<table><tr><td>{said}</td></tr></table>"
    return f"<h1>{said}局{YEAR}年政府信息公开工作年度报告</h1><p>统计期限为{YEAR}年</p>{sections}{table}"


# ---------------------------------------------------------------- the ways out

Arguments = Sequence[object]


def _season(at: Path, out: Path) -> Iterator[Arguments]:
    """A season of these units, run twice, and its 汇总台 renewed with one unit more."""
    place = out / "季"
    yield "season", CITY, "--year", YEAR, "--roster", at / "名单.csv", "--xlsm", "-o", place
    shutil.copytree(at / "报送", place / "报送", dirs_exist_ok=True)
    yield "consolidate", place
    yield "consolidate", place
    more = at / "更多.csv"
    more.write_text((at / "名单.csv").read_text("utf-8-sig") + "=9+1局,,=9+2,=9+3\r\n", "utf-8-sig")
    yield "season", place, "--roster", more, "--renew"


#: In the order of a person's work: what one writes the next one reads.
#: Command -> the calls by which hostile texts come to the terminal; ``in`` is the folder of :func:`lay`,
#: ``out`` one of results.
TERMINAL: dict[str, Callable[[Path, Path], Iterable[Arguments]]] = {
    "template": lambda at, out: [
        ("template", "--year", YEAR, "--unit", NAME, "-o", out / FOLDER / "甲.xlsx"),
    ],
    "fill": lambda at, out: [("fill", at / "报送" / "0.json", "-o", out / f"{FILE}.xlsx")],
    "import": lambda at, out: [
        ("import", at / "页.html", "--check", "-o", out / f"{FILE}导入.json"),
        ("import", at / "报送", at / "页.html", "-o", out / FOLDER),
    ],
    "validate": lambda at, out: [
        ("validate", at / "报送", "--report", out / "退回单"),
        ("validate", "--json", at / "报送"),
        ("validate", at / "报送" / "0.json", "--rules", at / "改.toml"),
        ("validate", at / "报送" / f"没有{FILE}.xlsx"),
        ("validate", at / "报送" / "0.json", "--confirm", NAME),
    ],
    "seal": lambda at, out: [("seal", at / "报送" / FOLDER / f"{FILE}.xlsx", "-o", out / "封.xlsx")],
    "season": _season,
    "consolidate": lambda at, out: [
        (
            *("consolidate", at / "报送", "--roster", at / "名单.csv", "--name", CITY, "--year", YEAR),
            *("-o", out / "结果", *more),
        )
        for more in ((), ("--include-invalid", "--force"))
    ],
    "export": lambda at, out: [
        *(
            ("export", at / "报送", "--to", kind, "-o", out / f"导出{kind}")
            for kind in ("docx", "html", "json")
        ),
        ("export", out / "季", "-o", out / f"{FILE}.csv"),
        ("export", out / "季", "-o", out / "长表.parquet"),
    ],
    "verify": lambda at, out: [
        ("verify", next((out / "结果").glob("*_汇总.xlsx")), "--folder", at / "报送"),
        ("verify", at / "报送" / FOLDER / f"{FILE}.xlsx"),
    ],
    "demo": lambda at, out: [("demo", at / "报送" / "0.json" / FILE)],
    "rules": lambda at, out: [("rules", NAME)],
    "bundle": lambda at, out: [
        ("bundle", "--python", at / "报送" / FOLDER / f"{FILE}.zip", "-o", out / f"{FILE}安装")
    ],
    "page": lambda at, out: [
        ("page", "--pyodide", at / "报送" / FOLDER / f"{FILE}.zip", "-o", out / f"{FILE}.html")
    ],
    "addin": lambda at, out: [("addin", "status"), ("addin", f"甲{FILE}")],
}


def published(path: Path) -> bool:
    """Whether a page is a report to publish, which keeps its text as it is."""
    return path.name.endswith("年度报告.html")


#: Ending -> what looks into such a file and returns its texts.
LOOKED_AT: dict[str, Callable[[Path], set[str]]] = {
    ".xlsx": lambda path: looked_into.book(path.read_bytes()),
    ".xlsm": lambda path: looked_into.book(path.read_bytes()),
    ".docx": lambda path: looked_into.document(path.read_bytes()),
    ".html": lambda path: looked_into.page(path.read_bytes(), published=published(path)),
    ".json": lambda path: looked_into.data(path.read_bytes()),
    ".csv": lambda path: looked_into.table(path.read_bytes()),
    ".txt": lambda path: looked_into.lines(path.read_bytes()),
    # 汇总记录, the season's own, without an ending.
    "": lambda path: looked_into.data(path.read_bytes()),
}
#: Kinds that no text of a stranger's commands: columns of texts, and the season's memory. A PDF is made by
#: LibreOffice of the Word file that is looked at.
NOT_LOOKED_AT = {".parquet", ".sqlite", ".pdf"}
#: Modules that finish a package (``support/written.py``) -> a file of ``out`` that went through it.
SEEN_IN = {
    "city/memory/stamping.py": "结果/*_汇总.xlsx",
    "city/season/book.py": "季/汇总台.xlsm",
    "city/season/renewing.py": "季/汇总台_2.xlsm",
    "city/sheets/lists.py": "结果/*_催报名单.xlsx",
    "document/word.py": "导出docx/*.docx",
    "workbook/packing.py": "*.xlsx",
    "workbook/returning/package.py": "退回单/*.xlsx",
    "workbook/writer/__init__.py": "季/模板/*.xlsx",
    "workshop/macros.py": "季/汇总台.xlsm",
}
#: What holds no text of a stranger's: the files that are shipped.
FIXED = {"workshop/build.py"}


def made(folder: Path) -> list[Path]:
    """Every file of ``out`` that we made; what was copied into the season is a stranger's."""
    return sorted(p for p in folder.rglob("*") if p.is_file() and "报送" not in p.relative_to(folder).parts)
