"""A ribbon or a button that calls a macro which is not there is found when the workbook is built."""

from __future__ import annotations

import pytest

from gouji.workshop.vba.source import Module, SourceError
from gouji.workshop.vba.targets import button_targets, check_targets, ribbon_targets
from support.vba_sample import sample_ribbon

MODULES = (
    Module("One", "standard", ("Public Sub Go()", "Private Sub Hidden()"), "One.bas"),
    Module("Two", "standard", ("Sub Twice()", "Sub OnLoad(ByVal ribbon As IRibbonUI)"), "Two.bas"),
    Module("Three", "standard", ("Sub Twice()",), "Three.bas"),
    Module("Kind", "class", ("Public Sub Method()",), "Kind.cls"),
    Module("shtOne", "document", ("Public Sub Act()",), "shtOne.cls"),
)


def test_callbacks_of_a_ribbon() -> None:
    assert ribbon_targets(sample_ribbon()) == {"OnCheckRoster": "ribbon btnCheck onAction"}
    ribbon = (
        sample_ribbon()
        .replace(b"<customUI ", b'<customUI onLoad="Two.OnLoad" ')
        .replace(b"<tab ", b'<tab getVisible="V" ')
    )
    assert set(ribbon_targets(ribbon)) == {"Two.OnLoad", "V", "OnCheckRoster"}


@pytest.mark.parametrize("ribbon", [b"<customUI>", sample_ribbon().replace(b"2009/07", b"2006/01"), b"<a/>"])
def test_ribbons_that_excel_would_ignore(ribbon: bytes) -> None:
    with pytest.raises(SourceError, match="ribbon"):
        ribbon_targets(ribbon)


def test_macros_of_buttons_and_shapes() -> None:
    parts = {
        "xl/drawings/vmlDrawing1.vml": b"<x:FmlaMacro>[0]!One.Go</x:FmlaMacro>",
        "xl/drawings/vmlDrawing2.vml": b"<x:FmlaMacro>Two.X</x:FmlaMacro>",
        "xl/drawings/drawing1.xml": b'<xdr:sp macro="[0]!Shape" textlink=""/><xdr:pic macro=""/>',
        "xl/worksheets/sheet1.xml": b'<a macro="No"/>',
    }
    assert set(button_targets(parts)) == {"One.Go", "Two.X", "Shape"}


@pytest.mark.parametrize("target", ["One.Go", "one.go", "Go", "shtOne.Act", "Three.Twice"])
def test_targets_that_are_there(target: str) -> None:
    check_targets({target: "button"}, MODULES)


@pytest.mark.parametrize(
    "target", ["One.Gone", "Gone", "Hidden", "One.Hidden", "Twice", "Kind.Method", "Method", "Act"]
)
def test_targets_that_are_not(target: str) -> None:
    with pytest.raises(SourceError, match=f"^button: macro {target} is (not )?found"):
        check_targets({target: "button"}, MODULES)
