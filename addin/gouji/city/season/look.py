"""What the sheets of 汇总台 have in common: titles, thin lines, what is said beside a cell and at a stop."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from ...wording import wording_of
from ...workbook.writer import Styles

#: Row (from 0) of the heads.
TOP = 3
#: A thin line of its own colour, as between the rows of 校验.
LINE = {"border": 1, "border_color": "#BFBFBF"}


def caption(styles: Styles, sheet: Worksheet, key: str) -> None:
    """A sheet's title, and one line on what it is for, in its first two rows."""
    titles, hints = wording_of("gouji.city.season", "captions"), wording_of("gouji.city.season", "hints")
    sheet.set_row(0, 30)
    sheet.set_row(1, 18)
    sheet.write_string(0, 0, titles[key], styles.get("caption", font_size=16))
    sheet.write_string(1, 0, hints[key], styles.get("quiet", font_size=10))


def prompt(key: str) -> dict[str, str]:
    """For a data validation: what is said beside a selected cell; nothing where nothing is to be said."""
    words = wording_of("gouji.city.season", "prompts").get(key)
    return {"input_title": words["title"], "input_message": words["text"]} if words else {}


def stop(key: str) -> dict[str, str]:
    """For a data validation: what is said where it refuses, or warns."""
    words = wording_of("gouji.city.season", "stops")[key]
    return {"error_title": words["title"], "error_message": words["text"]}
