"""Findings that are bounded by nothing else are said twenty a sheet; of the others how many and where."""

from __future__ import annotations

from gouji.rules import Finding
from gouji.rules.many import IN_A_FILE, ON_A_SHEET, not_too_many


def stray(place: str, rule: str = "content-unplaced", **more: object) -> Finding:
    return Finding(rule, place, "warning", place, "", **more)  # type: ignore[arg-type]


def on(sheet: str, count: int) -> list[Finding]:
    return [stray(f"{sheet}!AA{60 + row}") for row in range(count)]


def test_as_many_as_may_be_and_one_more_are_all_said() -> None:
    for count in (0, ON_A_SHEET, ON_A_SHEET + 1):
        assert not_too_many(on("三", count)) == on("三", count)


def test_the_rest_is_counted_with_its_area() -> None:
    found = not_too_many([*on("三", ON_A_SHEET + 500), stray("三!C7"), *on("四", 2)])
    assert found[:ON_A_SHEET] == on("三", ON_A_SHEET)
    assert found[ON_A_SHEET:-1] == on("四", 2)
    last = found[-1]
    assert (last.rule, last.level, last.place) == ("content-unplaced", "warning", "三!C7:AA579")
    assert last.message == "另有 501 处同样的问题，在 三!C7:AA579，没有逐一列出。"


def test_each_rule_and_level_for_itself() -> None:
    errors = [finding.but(level="error") for finding in on("三", ON_A_SHEET + 2)]
    other = [finding.but(rule="error-value") for finding in on("三", ON_A_SHEET)]
    found = not_too_many([*on("三", ON_A_SHEET + 2), *errors, *other])
    assert len(found) == 3 * ON_A_SHEET + 2
    assert [one.level for one in found[-2:]] == ["warning", "error"]


def test_many_sheets_are_bounded_in_the_file() -> None:
    found = not_too_many(stray(f"表{n}!A1") for n in range(IN_A_FILE + 900))
    assert len(found) == IN_A_FILE + 1
    assert "另有 900 处" in found[-1].message and found[-1].place == "其余"


def test_places_that_are_no_addresses_have_no_area() -> None:
    found = not_too_many(stray(f"key{n}", "explanation-unknown") for n in range(ON_A_SHEET + 3))
    assert found[-1].message == "另有 3 处同样的问题，没有逐一列出。"


def test_what_speaks_of_the_form_is_bounded_by_the_form() -> None:
    cells = [stray(f"t3.{n}", "cell-format", cells=(f"t3.{n}",)) for n in range(200)]
    assert not_too_many(cells) == cells
    sections = [stray(f"s{n}", "text-short", section="五") for n in range(200)]
    assert not_too_many(sections) == sections
