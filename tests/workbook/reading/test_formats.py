"""What number formats show (ECMA-376 part 1, 18.8.30, 18.8.31), and where that is not the number stored."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gouji.workbook.reading.formats import LONGEST, shown, text_of
from gouji.workbook.reading.styles import BUILT_IN

ACCOUNTING = '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"??_ ;_ @_ '

DATES = [
    ('m"月"d"日"', 45355, "3月4日"),
    ('[$-804]yyyy"年"m"月"d"日";@', 45355, "2024年3月4日"),
    ("yyyy年m月d日", 45355, "2024年3月4日"),
    ("yyyy/m/d", 45355.5, "2024/3/4"),
    ("mm/dd/yy", 45355, "03/04/24"),
    ("d\\-mmm", 45355, "4-Mar"),
    ("[$-F800]dddd, mmmm dd, yyyy", 45355, "星期一, Mar 04, 2024"),
    ("aaaa", 45355, "星期一"),
    ("aaa", 45355, "周一"),
    ("e", 45355, "2024"),
    ("YYYY-MM-DD", 45355, "2024-03-04"),
    ("m/d/yy h:mm", 45355.5, "3/4/24 12:00"),
    ("yyyy\\-mm\\-dd", 0, "1900-01-00"),
    ("yyyy\\-mm\\-dd", 1, "1900-01-01"),
    ("yyyy\\-mm\\-dd", 59, "1900-02-28"),
    ("yyyy\\-mm\\-dd", 60, "1900-02-29"),
    ("yyyy\\-mm\\-dd", 61, "1900-03-01"),
    ("yyyy\\-mm\\-dd", 2_958_465, "9999-12-31"),
    ("yyyy\\-mm\\-dd", 2_958_466, "########"),
    ("yyyy\\-mm\\-dd", -1, "########"),
    ("yyyy\\-mm\\-dd", 1e300, "########"),
]
TIMES = [
    ("h:mm", 0.5, "12:00"),
    ("[h]:mm", 1.5, "36:00"),
    ("[mm]:ss", 0.5, "720:00"),
    ("mm:ss", 0.51, "14:24"),
    ("h:mm AM/PM", 0.75, "6:00 PM"),
    ('上午/下午h"时"mm"分"', 0.25, "上午6时00分"),
    ('h"时"mm"分"ss"秒"', 0.999999999, "0时00分00秒"),
]
OTHERS = [
    ("0%", 5, "percent", "500%"),
    ("0.00%", 0.05, "percent", "5.00%"),
    ("0,", 12000, "scaled", "12"),
    ("0.0,,", 12_345_678, "scaled", "12.3"),
    ("#,##0,", 1_234_567, "scaled", "1,235"),
    ("0!.0,", 12000, "scaled", "1.2"),
    ("0\\.0,", 12000, "scaled", "1.2"),
    ('0"."0,', 12000, "scaled", "1.2"),
    ("0!.0000", 12000, "scaled", "1.2000"),
    ('0!.0,"万"', 12000, "scaled", "1.2万"),
    ("[>=10000]0!.0,;0", 12000, "scaled", "1.2"),
    ('0"万"', 5, "scaled", "5万"),
    ('0" 万"', 5, "scaled", "5 万"),
    ('0"‰"', 5, "scaled", "5‰"),
    ('0"%"', 5, "scaled", "5%"),
    ('0"0"', 5, "scaled", "50"),
    ('"1"0', 5, "scaled", "15"),
    ("0;0", -5, "scaled", "5"),
    ("-0", 5, "scaled", "-5"),
    (";;;", 12, "hidden", ""),
    (";;;@", 12, "hidden", ""),
    ("0;-0;;@", 0, "hidden", ""),
    ("#", 0, "hidden", ""),
    ("#,###", 0, "hidden", ""),
    ('0;-0;"无"', 0, "hidden", "无"),
    ('0;-0;"/"', 0, "hidden", "/"),
    ('"***"', 7, "hidden", "***"),
    ("@", 12, "text", "12"),
    (";;;", "12", "hidden", ""),
    ("0;0;0;", "/", "hidden", ""),
]
SILENT = [
    *(("", 12), ("General", 12), ("general", 0.1), ("G/通用格式", 12), ("[$-804]General", 12)),
    *(("0", 12), ("#,##0", 1_234_567), ("0_ ", 12), ("[Red]0", 12), ("[红色]0", 12), ("0.00E+00", 12345)),
    *(('0"日"', 12), ('0"d"', 12), ("0\\d", 12), ('0"件"', 12), ('0" 件"', 12), ("0!件", 12)),
    *(("0.00", 0.345678), ("0", 0.3), ("0", 1.5), ("0.0000", 5), ("0.######", 5), ("000", 12)),
    *((ACCOUNTING, 0), (ACCOUNTING, 1234), (ACCOUNTING, -5), ("¥#,##0.00;¥-#,##0.00", 1234.5)),
    *(("[$¥-804]#,##0", 1234), ("# ?/?", 0.5), ("# ??/??", 5), ("[DBNum1][$-804]General", 12)),
    *(("0;[Red]0", -5), ("0_);(0)", -5), ("0;-0;;@", 5), ('0;-0;"0"', 0), ("General;-General", -5.5)),
    *(('General" 注1"', 12), ('0"注1"', 12), ('0" *1"', 12), ("0%", 0), ("0,", 0)),
    *(
        ("[>=10000]0!.0,;0", 12),
        ("[=1]0;0", 5),
        ("[>100]0", 5),
        (";;;", ""),
        ("0;0;0;@", "12"),
        ("m/d", "12"),
    ),
    *(("y" * (LONGEST + 1), 5), ("0;;;", 12)),
]


@pytest.mark.parametrize(("code", "number", "text"), DATES)
def test_a_date_shows_a_date(code: str, number: float, text: str) -> None:
    assert shown(code, number) == ("date", text)
    assert text_of(code, number) == text


@pytest.mark.parametrize(("code", "number", "text"), TIMES)
def test_a_time_shows_a_time(code: str, number: float, text: str) -> None:
    assert shown(code, number) == ("time", text)


@pytest.mark.parametrize(("code", "content", "kind", "text"), OTHERS)
def test_what_shows_another_number_or_none(code: str, content: float | str, kind: str, text: str) -> None:
    assert shown(code, content) == (kind, text)


@pytest.mark.parametrize(("code", "content"), SILENT)
def test_what_shows_its_number(code: str, content: float | str) -> None:
    assert shown(code, content) is None


def test_what_a_cell_shows_of_a_number_that_is_no_count() -> None:
    assert text_of("0", 1.5) == "2" and text_of("0%", 0.05) == "5%"
    assert text_of("0.00E+00", 1.5) == text_of("# ?/?", 1.5) == text_of("@", 1.5) == "1.5"
    assert text_of("mm:ss.0", 0.5) == "00:00.0" and text_of("yyyy.m.d", 45355) == "2024.3.4"
    assert text_of("General", 0.1 + 0.2) == "0.3"


def test_days_counted_from_1904() -> None:
    assert shown("yyyy-mm-dd", 43893, from_1904=True) == ("date", "2024-03-04")
    assert shown("yyyy-mm-dd", 0, from_1904=True) == ("date", "1904-01-01")


@pytest.mark.parametrize("code", ['0.00"万元"', '0.00"万"', '0.00" 万元"'])
def test_money_is_in_万元(code: str) -> None:
    assert shown(code, 5.25, money=True) is None
    assert shown(code, 5.25) is not None


def test_money_in_another_unit() -> None:
    assert shown('0.00"元"', 5.25, money=True) == ("scaled", "5.25元")
    assert shown('0.00"亿元"', 5.25, money=True) == ("scaled", "5.25亿元")


@pytest.mark.parametrize("number", sorted(BUILT_IN))
def test_built_in_formats(number: int) -> None:
    """14–22, 27–36, 45–47, 50–58 are dates and times (18.8.30 and its lists for Chinese)."""
    times = {18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47, 55, 56}
    dates = {*range(14, 23), *range(27, 37), *range(50, 59)} - times
    found = shown(BUILT_IN[number], 45355)
    kinds = (
        {9: "percent", 10: "percent", 49: "text"}
        | dict.fromkeys(times, "time")
        | dict.fromkeys(dates, "date")
    )
    assert (found.kind if found else None) == kinds.get(number)


@given(
    st.text('0#?.,%;@[]"\\!_*ymdhseEgab+-/:()<>=$ 万注5千', max_size=40),
    st.integers(-(10**15), 10**15) | st.floats(),
)
@example("0%" * 60, 1e308)
@example("0" + "." + "0" * 200, 1e300)
@example("0" + "," * 250, 5e-324)
@example("[h]", 1e15)
def test_any_code_is_answered(code: str, number: float) -> None:
    if number == number and abs(number) != float("inf"):
        found = shown(code, number)
        assert found is None or found.kind in ("date", "time", "percent", "scaled", "hidden", "text")
        text_of(code, number)


@given(st.integers(0, 10**15 - 1))
def test_thousands_are_grouped(number: int) -> None:
    assert text_of("#,##0", number) == f"{number:,}"
    assert text_of("#,##0.00", number / 64).replace(",", "") == text_of("0.00", number / 64)
