"""What the sources of the macros promise, read line by line."""

from __future__ import annotations

import importlib
import inspect
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from gouji.excel.interface import CLSID, COMMAND_MODULE, PROG_ID, PROTOCOL, UDF_MODULE
from gouji.wording import wording_of
from gouji.workbook.wording import wording
from gouji.workshop.build import desk_sources, macro_folder, macro_sources, ribbon
from support.macro_build import label_of
from support.xlwings_fake.windows import as_on_windows

PATHS = sorted({*macro_sources("xlsm"), *macro_sources("xlam"), *desk_sources()})
TEXTS = {label_of(path): path.read_text("utf-8") for path in PATHS}
#: Where the text of a line ends and a comment begins, good enough for sources whose strings hold no quotes.
_COMMENT = re.compile(r"^((?:[^\"']|\"[^\"]*\")*)'.*$")
_HEAD = re.compile(r"^(?:Public |Private )?(?:Sub|Function) (\w+)\((.*)\)")


def code(text: str) -> list[str]:
    """Lines without comments, continuations joined."""
    lines = [_COMMENT.sub(r"\1", line).rstrip() for line in text.split("\n")]
    return re.sub(r" _\n\s*", " ", "\n".join(lines)).split("\n")


def procedures(text: str) -> list[list[str]]:
    found: list[list[str]] = []
    for line in code(text):
        if _HEAD.match(line):
            found.append([])
        if found:
            found[-1].append(line)
    return found


def test_nothing_is_forgotten_in_the_folder() -> None:
    assert {p.name for p in macro_folder().rglob("*") if p.is_file()} == {p.name for p in PATHS} | {
        "ribbon.xml"
    }


@pytest.mark.parametrize("label", TEXTS)
def test_style(label: str) -> None:
    lines = code(TEXTS[label])
    assert lines[:2] == [f'Attribute VB_Name = "{Path(label).stem}"', "Option Explicit"]
    text = "\n".join(lines)
    assert text.isascii()
    assert not re.search(r"\bThen +\S", text), "a single-line If"
    assert ":=" not in text, "LibreOffice misses named arguments"
    for body in procedures(TEXTS[label]):
        assert len(body) < 40, body[0]
    for line in lines:
        assert not line.strip().startswith("Dim ") or re.fullmatch(r" +Dim \w+(\(\))? As \w+", line), line


@pytest.mark.parametrize("label", TEXTS)
def test_no_way_to_start_or_load_anything(label: str) -> None:
    """A received workbook, its folder or the environment must not choose what runs."""
    text = "\n".join(code(TEXTS[label]))
    banned = (
        "CreateObject|Shell|Declare|Environ|GetSetting|LoadLibrary|FullName|ActiveWorkbook\\.|"
        "ActiveSheet|Selection|\\.Select|CurDir|ChDir|\\bOpen\\b.* For |SendKeys|"
        "ExecuteExcel4Macro|Evaluate|VBProject|Kill"
    )
    assert not re.search(banned, text)
    assert ("ActiveWorkbook" in text) is (label == "addin/GjHost.bas")
    assert ("GetObject(" in text) is (label == "GjServer.bas")
    assert (".Path" in text) is (label == "GjServer.bas")


def test_the_server_is_named_by_a_constant_only() -> None:
    text = "\n".join(code(TEXTS["GjServer.bas"]))
    constants = dict(re.findall(r'(?m)^Private Const (\w+) As String = "(.*)"$', text))
    assert constants == {
        "CLSID": CLSID,
        "PROG_ID": PROG_ID,
        "PROTOCOL": str(PROTOCOL),
        "COMMAND_MODULE": COMMAND_MODULE,
        "UDF_MODULE": UDF_MODULE,
    }
    # The running object first: where the other, which malware uses too, is refused, it is not even tried.
    assert re.findall(r"GetObject\((.*?)\)", text) == [", PROG_ID", '"new:" & CLSID']
    assert re.findall(r"Application\.Path", text) == ["Application.Path"]


def test_events_and_callbacks_are_one_line() -> None:
    labels = [label for label in TEXTS if label.endswith(".cls") or label == "GjRibbon.bas"]
    assert len(labels) == 11
    for label in labels:
        for body in procedures(TEXTS[label]):
            assert len([line for line in body if line]) == 3, body
            assert body[0].startswith(("Private Sub W", "Public Sub On"))


def test_every_text_is_there_and_used() -> None:
    """Keys in code are the keys of wording.toml; a number of an error is one of the Enum."""
    everything = "\n".join(line for text in TEXTS.values() for line in code(text))
    keys = {*wording("messages"), *wording_of("gouji.city.season", "messages")}
    asked = set(re.findall(r'Message\("(\w+)"\)', everything))
    passed = set(re.findall(r'Applied\(book, plans, "(\w+)"\)', everything))
    numbers = {f"error_{n}" for n in re.findall(r"(?m)^    gj\w+ = (\d+)$", everything)}
    assert len(numbers) == 2
    assert asked - {"error_"} | passed | numbers == keys


def test_wrappers_take_the_arguments_of_their_functions() -> None:
    heads = {}
    for body in procedures(TEXTS["template/GjFunctions.bas"]):
        name, arguments = _HEAD.match(body[0]).groups()  # type: ignore[union-attr]
        given = re.findall(r"(Optional )?ByVal (\w+) As Variant", arguments)
        heads[name] = [(argument, bool(optional)) for optional, argument in given]
    with as_on_windows():
        udfs = importlib.import_module(UDF_MODULE)
        functions = {n: f for n, f in vars(udfs).items() if hasattr(f, "__xlfunc__")}
        registered = {n: [a["name"] for a in f.__xlfunc__["args"]] for n, f in functions.items()}
        signatures = {n: inspect.signature(f).parameters.values() for n, f in functions.items()}
    assert registered.keys() == heads.keys() - {"GJ_LIVE", "Content"} != set()
    for name, parameters in signatures.items():
        empty = inspect.Parameter.empty
        assert heads[name] == [(p.name, p.default is not empty) for p in parameters]
        assert [argument for argument, _ in heads[name]] == registered[name]


def test_the_ribbon_has_the_six_commands() -> None:
    buttons = [e for e in ElementTree.fromstring(ribbon()).iter() if e.tag.endswith("}button")]
    labels = [button.get("label") for button in buttons]
    assert labels == list(wording("check.buttons").values())
    assert [b.get("onAction") for b in buttons] == [f"On{macro}" for macro in wording("check.buttons")]
    assert all(button.get("imageMso") for button in buttons)
