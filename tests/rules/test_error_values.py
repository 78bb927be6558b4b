"""#N/A where content belongs: a paste brings it past every validation."""

from __future__ import annotations

import pytest

from gouji.examine import examine
from gouji.form import editions, load_form
from gouji.report import Report, Unplaced
from gouji.workbook.layout import address, layout_of
from support.filled import write_workbook
from support.triples import Triple, case
from support.typed import At, ErrorValue, with_contents


class TestErrorValue(Triple):
    """No error value stands on the cover, in a text or in a note; in a cell of a table it is no number."""

    rule = "error-value"
    level = "error"
    says = ("一!A14 是错误值“#N/A”",)
    valid = case(report={"unplaced": [Unplaced("一!C14", "见附件")]})
    invalid = case(report={"unplaced": [Unplaced("一!A14", "#N/A")]})
    undecidable = case(report={"unplaced": [Unplaced("table3/（一）予以公开/自然人", "#N/A")]})


def places(edition: str) -> dict[str, At]:
    """One cell of each kind that a person types into beside the tables."""
    layout = layout_of(load_form(edition))
    cover, note = layout.cover, layout.tables["table3"].notes
    found = {name: (cover.name, address(*at)) for name, at in cover.fields.items()}
    found |= {key: (area.sheet, address(area.bottom, area.left)) for key, area in layout.texts.items()}
    return found | {"note": (note.sheet, address(note.top, note.right - 1))}


@pytest.mark.parametrize("edition", editions())
def test_it_is_found_wherever_it_stands_and_kept(edition: str) -> None:
    book = write_workbook(Report(load_form(edition), unit="某局", texts={"一": "文字"}))
    for name, at in places(edition).items():
        examined = examine(with_contents(book, {at: ErrorValue("#N/A")}))
        found = [f for f in examined.findings if f.rule == "error-value"]
        assert [(f.level, f.place) for f in found] == [("error", "!".join(at))], name
        assert examined.report is not None and "#N/A" not in str(examined.report.texts)
        assert Unplaced("!".join(at), "#N/A") in examined.report.unplaced
        assert not [f for f in examined.findings if f.rule == "content-unplaced"], name
