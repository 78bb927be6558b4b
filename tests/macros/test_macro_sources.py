"""What the sources of the macros promise, read line by line."""

from __future__ import annotations

import importlib
import inspect
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from gouji.city.season.book import desk_workbook
from gouji.excel.interface import CLSID, COMMAND_MODULE, PROG_ID, PROTOCOL, UDF_MODULE
from gouji.wording import wording_of
from gouji.workbook.packing import read_parts as parts
from gouji.workbook.wording import wording
from gouji.workshop.build import (
    ADDIN_NAME,
    desk_sources,
    desk_with_macros,
    macro_folder,
    macro_sources,
    ribbon,
)
from gouji.workshop.vba.targets import RIBBON_NAMESPACE
from support import season
from support.handed_out import handed_out
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
    if Path(label).name == "GjHost.bas":
        # The one look at what is in front: which workbook it is, and what a person has selected in it.
        text = text.replace("ActiveWindow.RangeSelection", "")
        text = text.replace("ActiveWorkbook.Name = ThisWorkbook.Name", "ActiveWorkbook")
    banned = (
        "CreateObject|Shell|Declare|Environ|GetSetting|LoadLibrary|FullName|ActiveWorkbook\\.|"
        "ActiveSheet|Selection|\\.Select|CurDir|ChDir|\\bOpen\\b.* For |SendKeys|"
        "ExecuteExcel4Macro|Evaluate|VBProject|Kill"
    )
    assert not re.search(banned, text)
    assert ("ActiveWorkbook" in text) is (Path(label).name == "GjHost.bas")
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
    labels = [label for label in TEXTS if label.endswith(".cls") or label == "addin/GjRibbon.bas"]
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
    joined = set(re.findall(r'Message\(kind & "(\w+)"\)|plans, kind & "(\w+)"', everything))
    endings = {one or other for one, other in joined}
    assert endings == {"_none", "_fill", "_replace", "_done"}
    kinds = re.findall(r'"(\w+)"', re.search(r"Case (.*)\n +Done = CellsFilled", everything)[1])  # type: ignore[index]
    # No zero is written over anything.
    passed = {kind + ending for kind in kinds for ending in endings} - {"zeros_replace"}
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


def test_the_ribbon_has_every_command() -> None:
    buttons = [e for e in ElementTree.fromstring(ribbon()).iter() if e.tag.endswith("}button")]
    commands = wording("commands")
    assert [button.get("label") for button in buttons] == list(commands.values())
    assert [b.get("onAction") for b in buttons] == [f"On{macro}" for macro in commands]
    assert all(button.get("imageMso") for button in buttons)
    assert {*wording("check")["buttons"], *wording("table")["buttons"]} == set(commands)


def test_no_button_stands_twice_on_the_ribbon() -> None:
    """With the add-in and a template open Excel shows the groups of both: tabs of one idQ are one, to which
    each file adds its own groups (MS-CUSTOMUI 2.3.9)."""
    ribbons = {name: parts(content).get("customUI/customUI14.xml") for name, content in handed_out().items()}
    desk = desk_with_macros(desk_workbook(season.desk(), macros=True))
    ribbons["desk"] = parts(desk).get("customUI/customUI14.xml")
    assert [name for name, ribbon in ribbons.items() if ribbon] == [ADDIN_NAME]
    for name, other in ribbons.items():
        if name != ADDIN_NAME:
            labels = labels_by_tab(*filter(None, [ribbons[ADDIN_NAME], other]))
            assert all(len(found) == len(set(found)) for found in labels.values()), name
    # As it was with a ribbon in both: the test sees it.
    twice = labels_by_tab(ribbon(), ribbon())
    assert all(len(found) == 2 * len(set(found)) for found in twice.values())


def labels_by_tab(*ribbons: bytes) -> dict[str, list[str]]:
    """Labels of groups and buttons of several files as Excel joins them, by the tab's qualified name."""
    found: dict[str, list[str]] = {}
    for number, one in enumerate(ribbons):
        for tab in ElementTree.fromstring(one).iter(f"{{{RIBBON_NAMESPACE}}}tab"):
            own = tab.get("idQ") or f"{number} {tab.get('id')}"
            found.setdefault(own, []).extend(e.attrib["label"] for e in list(tab.iter())[1:])
    return found
