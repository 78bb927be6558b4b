"""Table 三: each trap of published tables, in a small table of its own."""

from __future__ import annotations

import pytest

from gouji.published.reading import TablesRead
from gouji.published.stream import Stream
from gouji.published.tables import read_tables
from support.published.small import (
    HEADS,
    NUMBERS,
    Line,
    glued,
    on_one_line,
    one_a_line,
    piped,
    read,
    stream,
    three,
    values,
    values_above,
    values_below,
)

NEW = list(NUMBERS["new"])
SHAPES = [on_one_line, one_a_line, values_below, piped]
CONTRADICTION = {"granted": (10, 1, 0, 0, 0, 0, 99)}


def hows(tables: TablesRead) -> set[str]:
    return {cell.how for cell in tables.read.values()}


@pytest.mark.parametrize("edition", ["2019", "2021"])
@pytest.mark.parametrize("line", [*SHAPES, values_above, glued], ids=lambda f: f.__name__)
def test_a_consistent_table_is_read_whole(line: Line, edition: str) -> None:
    tables = read(three(line, edition=edition))
    assert tables.editions["table3"] == edition
    assert len(tables.read) == (161 if edition == "2019" else 175) and not tables.unread
    assert values(tables, "new") == NEW
    assert values(tables, "processed") == list(NUMBERS["processed"])


@pytest.mark.parametrize("line", SHAPES, ids=lambda f: f.__name__)
def test_a_row_that_contradicts_itself_is_read_as_printed(line: Line) -> None:
    tables = read(three(line, CONTRADICTION))
    assert values(tables, "granted") == list(CONTRADICTION["granted"])
    assert hows(tables) == {"printed"}


def test_a_whole_table_on_one_line() -> None:
    tables = read(three(on_one_line, CONTRADICTION).replace("\n", " "))
    assert values(tables, "granted") == list(CONTRADICTION["granted"])


# ---------------------------------------------------------------- labels torn from their values


def test_the_order_of_the_form_gives_rows_their_labels_where_every_equation_holds() -> None:
    tables = read(three(values_above))
    assert values(tables, "secret") == list(NUMBERS["secret"]) and "order" in hows(tables)


@pytest.mark.parametrize(
    "numbers",
    [
        {"secret": (1, 2, 0, 0, 0, 0, 4)},  # a column
        {"carried_out": (3, 0, 0, 0, 0, 0, 3)},  # the balance
    ],
)
def test_the_order_is_no_proof_where_an_equation_fails(numbers: dict[str, tuple[int, ...]]) -> None:
    assert values(read(three(values_above, numbers)), "secret") == ["?"] * 7


def test_the_order_is_no_proof_where_labels_stand_in_another_order() -> None:
    text = three(values_above, {"repeated": (0,) * 7})
    first, second = "1.属于国家秘密", "8.属于行政查询事项"
    swapped = text.replace(first, "@").replace(second, first).replace("@", second)
    assert values(read(swapped), "secret") == ["?"] * 7


def test_a_label_counts_in_its_own_line_beside_labels_that_are_torn() -> None:
    def mixed(labels: list[str], numbers: list[str]) -> str:
        return (on_one_line if labels[-1] == "（七）总计" else values_above)(labels, numbers)

    tables = read(three(mixed, CONTRADICTION))
    assert values(tables, "processed") == list(NUMBERS["processed"])
    assert values(tables, "secret") == ["?"] * 7


@pytest.mark.parametrize("cut", [4, 8])
def test_a_label_torn_around_its_own_numbers(cut: int) -> None:
    def torn(labels: list[str], numbers: list[str]) -> str:
        own = labels[-1]
        if len(own) < 14:
            return on_one_line(labels, numbers)
        return "\n".join([*labels[:-1], f"{own[:cut]}    {' '.join(numbers)}", own[cut:]])

    assert len(read(three(torn, CONTRADICTION)).read) == 175


def test_heads_stacked_between_rows_are_no_words() -> None:
    text = three(one_a_line, CONTRADICTION).replace("三、本年度办理结果", "\n".join("三、本年度办理结果"))
    assert len(read(text).read) == 175


# ---------------------------------------------------------------- numbers missing, or too many


def test_an_empty_cell_of_loose_text_leaves_its_row_unread() -> None:
    tables = read(three(on_one_line, {"secret": (1, 2, None, 0, 0, 0, 3)}))
    assert values(tables, "secret") == ["?"] * 7
    assert tables.unread["t3.secret.natural"].text == "1 2 0 0 0 3"
    assert values(tables, "new") == NEW


def test_a_number_of_a_page_is_no_seventh_number() -> None:
    """Where an empty cell vanished, a lone number beside the end of a page is not the missing one."""
    text = three(one_a_line, {"secret": (1, 2, 0, 0, 0, 0, None)})
    for page in ("\f5", "5\n\f"):
        tables = read(text.replace("1\n2\n0\n0\n0\n0\n", f"1\n2\n0\n0\n0\n0\n{page}\n"))
        assert values(tables, "secret") == ["?"] * 7


def test_lone_numbers_around_a_line_of_seven_are_none_of_it() -> None:
    text = three(values_below).replace("1 2 0 0 0 0 3", "7\n1 2 0 0 0 0 3")
    assert values(read(text), "secret") == list(NUMBERS["secret"])


def test_eight_numbers_are_no_row() -> None:
    assert values(read(three(on_one_line).replace("1 2 0 0 0 0 3", "1 2 0 0 0 0 3 4")), "secret") == ["?"] * 7


def test_a_row_that_contradicts_itself_is_doubted_where_numbers_vanish() -> None:
    """10 printed as 1 0 beside an empty cell makes seven numbers as well."""
    numbers = {"secret": (1, 2, None, 0, 0, 0, 3), "granted": (1, 0, 1, 0, 0, 0, 11)}
    assert values(read(three(on_one_line, numbers)), "granted") == ["?"] * 7


@pytest.mark.parametrize("mark", ["- 5 -", "— 12 —", "- 5 -\n\f"])
def test_page_marks_and_heads_that_stand_again_are_dropped(mark: str) -> None:
    again = "\n".join([mark, "三、本年度办理结果", *HEADS])
    text = three(on_one_line).replace("2.其他法律", f"{again}\n2.其他法律")
    assert len(read(text).read) == 175


# ---------------------------------------------------------------- glued digits


def test_glued_digits_are_cut_where_rows_columns_and_balance_leave_one_way() -> None:
    tables = read(three(glued).replace("\n", ""))
    assert values(tables, "new") == NEW
    assert hows(tables) == {"cut"}
    assert tables.read["t3.new.natural"].text == "123000015"


def test_glued_digits_of_a_row_that_contradicts_itself_are_unread_and_say_what_they_may_be() -> None:
    tables = read(three(glued, {"secret": (1, 0, 0, 0, 0, 0, 0)}).replace("\n", ""))
    assert values(tables, "secret") == ["?"] * 7
    assert tables.unread["t3.secret.natural"].readings == ("1",)
    assert values(tables, "new") == ["?"] * 7  # no longer decided
    assert values(tables, "forbidden") == [0] * 7


def test_the_last_digit_is_not_the_number_of_the_next_label() -> None:
    tables = read(three(glued, {"granted": (1, 0, 0, 0, 0, 0, 1)}).replace("\n", ""))
    assert values(tables, "forbidden") == [0] * 7


def test_heads_that_stand_again_between_glued_digits() -> None:
    first, *rest = three(glued).partition("三、本年度办理结果")
    again = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）" + "".join(HEADS)
    assert len(read((first + again + "".join(rest)).replace("\n", "")).read) == 175


def test_a_border_within_glued_digits() -> None:
    text = three(glued).replace("\n", "").replace("1200003", "1 2 00 0 0 3")
    assert values(read(text), "secret") == list(NUMBERS["secret"])


def test_numbers_that_white_space_parts_are_not_cut() -> None:
    """Six numbers for seven cells lack one; 12 is not 1 and 2."""
    numbers = {"secret": (12, 0, 0, 0, 0, None, 3)}
    tables = read(three(on_one_line, numbers))
    assert values(tables, "secret") == ["?"] * 7
    assert tables.unread["t3.secret.natural"].readings == ()


# ---------------------------------------------------------------- columns


def in_cells(heads: list[str], numbers: dict[str, tuple[int, ...]]) -> str:
    return three(piped, numbers, heads=["| 项目 | " + " | ".join(heads) + " |"])


PLAIN = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]


def test_heads_in_another_order_in_one_row_name_the_columns() -> None:
    heads = ["总计", *PLAIN[:-1]]
    tables = read(in_cells(heads, {"secret": (3, 1, 2, 0, 0, 0, 0)}))
    assert values(tables, "secret") == [1, 2, 0, 0, 0, 0, 3]


def test_heads_in_another_order_in_loose_text_leave_the_table_unread() -> None:
    heads = [*HEADS[:4], "科研机构", "商业企业", *HEADS[6:]]
    assert not read(three(on_one_line, heads=heads)).read


def test_heads_in_one_row_that_lacks_one_leave_the_table_unread() -> None:
    assert not read(in_cells(["商业企业", "自然人", *PLAIN[2:-1], "小计"], {})).read


@pytest.mark.parametrize("last", [True, False])
def test_unknown_heads_count_as_the_forms_only_where_row_sums_hold(last: bool) -> None:
    heads = [f"数据{i}" for i in range(1, 8)]
    turned = {row: (n if last else (n[-1], *n[:-1])) for row, n in NUMBERS.items()}
    assert bool(read(in_cells(heads, turned)).read) is last


# ---------------------------------------------------------------- editions, rows, regions


def test_a_row_that_is_not_listed_is_absent() -> None:
    text = "\n".join(line for line in three(on_one_line).split("\n") if "国家秘密" not in line)
    text = text.replace("11 3 0 0 0 0 14", "10 1 0 0 0 0 11")
    assert values(read(text), "secret") == ["-"] * 7
    assert values(read(text), "forbidden") == [0] * 7


def test_numbers_of_a_row_whose_label_is_unknown_are_not_dropped() -> None:
    text = three(on_one_line, CONTRADICTION).replace("1.属于国家秘密", "1.属于某种秘密")
    tables = read(text)
    assert values(tables, "secret") == ["?"] * 7
    assert tables.unread["t3.secret.natural"].text == "1 2 0 0 0 0 3"


def test_labels_in_prose_are_no_rows() -> None:
    prose = "本年新收政府信息公开申请数量5件，上年结转政府信息公开申请数量0件，予以公开3件，重复申请2件。\n"
    tables = read(prose + three(on_one_line))
    assert len(tables.read) == 175 and values(tables, "new") == NEW


def test_a_year_glued_to_the_last_number_is_prose() -> None:
    text = three(glued).replace("\n", "").replace("四、政府信息公开行政复议、行政诉讼情况", "2025年以来")
    assert values(read(text), "carried_out") == [2, 0, 0, 0, 0, 0, 2]


def test_the_same_table_twice_is_not_read() -> None:
    once = stream(three(on_one_line)).atoms
    tables = read_tables(Stream((*once, *once)))
    assert tables.repeated == {"table3"} and not tables.read


def test_the_blank_form_gives_nothing() -> None:
    tables = read(three(lambda labels, numbers: "\n".join(labels)))
    assert not tables.read and "table3" in tables.editions
    assert {cell.text for cell in tables.unread.values()} == {""}


def test_other_without_its_number_is_the_row_between_its_neighbours() -> None:
    numbers = {"otherwise": (4, 0, 0, 0, 0, 0, 4)}
    text = three(on_one_line, numbers).replace("3.其他", "其他")
    assert values(read(text), "otherwise") == list(numbers["otherwise"])


def test_radicals_and_traditional_characters() -> None:
    text = three(on_one_line).replace("行", "⾏").replace("国", "國").replace("门", "⻔").replace("开", "開")
    assert len(read(text).read) == 175
