"""Counts stated in prose against their cells."""

import pytest

from gouji.report import Unplaced
from gouji.rules import catalogue, check, stated_numbers
from gouji.rules.statements import statements
from support.bounded import within
from support.triples import Cells, Triple, case, zeros


def requests(received: int, carried_in: int = 0, out: int = 0) -> Cells:
    numbers = {"new": received, "carried_in": carried_in, "carried_out": out}
    numbers |= dict.fromkeys(("granted", "processed"), received + carried_in - out)
    return {f"t3.{r}.{c}": n for r, n in numbers.items() for c in ("natural", "total")}


class TestProseNumber(Triple):
    """A count stated in prose disagrees with its cell: show every match, not the first."""

    rule = "prose-number"
    level = "warning"
    numbers = (19, 21)
    says = ("收到的申请", "表格为 19，文字为 21", "受理申请公开事项21件", "收到政府信息公开申请20件")
    valid = case(
        requests(19),
        report={"texts": {"一": "收到政府信息公开申请19件，其中11件通过网络提交，8件当面提交。"}},
    )
    invalid = case(
        requests(19),
        report={"texts": {"一": "2024年受理申请公开事项21件。", "六": "全年收到政府信息公开申请20件。"}},
    )
    undecidable = case(requests(19))


def stated(text: str, year: int = 2024, edition: str = "2021") -> dict[str, list[int]]:
    report = zeros(edition, year=year, texts={"一": text})
    return {cell: [n for n, _ in said] for cell, said in stated_numbers(report).items()}


@pytest.mark.parametrize(
    ("text", "cell", "numbers"),
    [
        ("收到政府信息公开申请１次，规范答复1次。", "t3.new.total", [1]),
        ("全区受理政府信息公开申请 21 件，均在法定期限答复。", "t3.new.total", [21]),
        ("共收到信息公开申请案件3646件，同比增长1.05%。", "t3.new.total", [3646]),
        ("本年新收政府信息公开申请五件。", "t3.new.total", [5]),
        ("暂未接到公民、法人申请公开政府信息的申请。", "t3.new.total", [0]),
        ("未收到依申请公开事项。", "t3.new.total", [0]),
        ("共处理依申请公开273件，行政复议率和行政诉讼率保持低位。", "t3.processed.total", [273]),
        ("收到政府信息公开申请9件，办结7件。", "t3.processed.total", [7]),
        ("收到政府信息公开申请9件，上年结转2件。", "t3.carried_in.total", [2]),
        ("收到政府信息公开申请9件，结转下年度继续办理3件。", "t3.carried_out.total", [3]),
        ("政府信息公开领域行政复议案件134件，行政诉讼案件57件。", "t4.review.total", [134]),
        ("未发生因政府信息公开引起的行政复议、行政诉讼。", "t4.review.total", [0]),
        ("制发行政规范性文件3件，废止1件。", "t2.documents.made", [3]),
        ("制发行政规范性文件3件，废止1件。", "t2.documents.repealed", [1]),
    ],
)
def test_what_the_prose_states(text: str, cell: str, numbers: list[int]) -> None:
    assert stated(text)[cell] == numbers


@pytest.mark.parametrize(
    "text",
    [
        "2022年收到政府信息公开申请9件。",
        "收到政府信息公开申请同比增加15件。",
        "通过网上收到政府信息公开申请11件。",
        "收到政协提案公开申请1件。",
        "没有因政府信息公开被纠正的行政复议。",
        "主动公开政府信息1136条。",
        "市长信箱受理2401件，办结2374件。",
    ],
)
def test_what_states_nothing(text: str) -> None:
    assert stated(text) == {}


def test_the_edition_decides_the_cell() -> None:
    assert stated("制定规范性文件3件。", 2020, "2019") == {"t2.documents.newly_made": [3]}


def warned(text: str, cells: Cells) -> bool:
    given = case(cells, report={"texts": {"一": text}})
    return "prose-number" in {f.rule for f in given.findings()}


def test_what_was_carried_in_may_be_counted_as_received() -> None:
    assert not warned("收到信息公开申请3646件。", requests(3525, 121))
    assert warned("收到信息公开申请3600件。", requests(3525, 121))


def test_a_smaller_wrong_number_is_not_excused_by_a_right_one() -> None:
    text = "收到政府信息公开申请19件。六、共收到政府信息公开申请11件。"
    assert warned(text, requests(19))
    assert warned(text, requests(11))


def test_a_number_of_part_of_the_year_is_no_smaller_number() -> None:
    text = "收到政府信息公开申请19件。年初收到政府信息公开申请11件。"
    assert not warned(text, requests(19))
    assert warned(text, requests(11))


def test_received_says_nothing_of_what_was_processed() -> None:
    """19 received, 17 processed: 新收 17 and 收到 17 are both wrong."""
    for verb in ("新收", "收到", "受理"):
        assert warned(f"{verb}政府信息公开申请17件。", requests(19, out=2))


def test_a_number_with_what_was_carried_in_is_no_witness_of_what_was_new() -> None:
    text = "收到政府信息公开申请21件。"
    with_carried = case(requests(19, 2), report={"texts": {"一": text}}).report
    assert stated_numbers(with_carried) == {}
    assert [
        n
        for n, _ in stated_numbers(case(requests(19), report={"texts": {"一": text}}).report)["t3.new.total"]
    ] == [21]


def test_both_kinds_of_suits_together() -> None:
    cells: Cells = {
        "t4.direct_suit.upheld": 25,
        "t4.direct_suit.total": 25,
        "t4.suit_after_review.upheld": 52,
        "t4.suit_after_review.total": 52,
    }
    assert not warned("信息公开行政诉讼案件77件。", cells)
    assert warned("信息公开行政诉讼案件57件。", cells)


def test_a_total_left_0_is_not_said_twice() -> None:
    cells = {**requests(6), "t3.new.total": 0}
    assert not warned("受理政府信息公开申请6件。", cells)


def test_the_text_is_doubted_where_the_table_agrees_with_itself() -> None:
    """The cell's row and column hold: the place to look at is the paragraph, quoted as it was typed."""
    texts = {"一": "综述。\n全年，收到政府信息公开申请２１件（不含咨询）。"}
    (sound,) = (f for f in case(requests(19), report={"texts": texts}).findings() if f.rule == "prose-number")
    assert (sound.section, sound.paragraph) == ("一", 1)
    assert "多半是文字有误" in sound.message and "收到政府信息公开申请２１件" in sound.message
    broken = case({**requests(19), "t3.new.total": 18}, report={"texts": texts})
    (doubtful,) = (f for f in broken.findings() if f.rule == "prose-number")
    assert not doubtful.section and "多半" not in doubtful.message


@pytest.mark.parametrize(
    "text",
    [
        "公开申请" + "9件" * 900,
        "公开申请，" + "自然人3件、" * 300,
        "公开申请" + "（1件）" * 400,
        "均" * 1900 + "公开申请",
        "未" * 1900 + "公开复议",
        "公开申请" + "较上年" * 600,
        "行政许可作出" * 300,
        "甲局乙厅" * 450 + "公开申请9件",
    ],
)
def test_no_text_takes_long(text: str) -> None:
    """Each is a sentence of nearly the greatest length that is read; a report takes milliseconds."""
    within(25, lambda: statements(zeros(texts={"一": text}), catalogue()))


def test_a_run_of_digits_or_a_text_without_a_stop_is_read_in_no_time_and_decides_nothing() -> None:
    for text in ("2022年，我局收到政府信息公开申请" + "9" * 4400 + "件。", "收到申请" * 25_000):
        report = zeros(texts={"一": text})
        assert stated_numbers(report) == {}


def sound(text: str, cells: Cells) -> bool:
    """Whether the finding doubts the text and leads to it."""
    given = case(cells, report={"texts": {"一": text}})
    (finding,) = (f for f in given.findings() if f.rule == "prose-number")
    assert ("多半是文字有误" in finding.message) is (finding.section == "一")
    return finding.section == "一"


def test_a_number_stands_by_its_own_equations_alone() -> None:
    """新收 is confirmed while 上年结转, which a looser reading adds to it, is not."""
    cells = {
        **requests(19),
        "t3.carried_in.natural": 1,
        "t3.granted.natural": 20,
        "t3.processed.natural": 20,
    }
    assert sound("收到政府信息公开申请25件。", cells)


def test_no_side_is_named_where_a_simple_change_of_the_table_would_make_the_text_right() -> None:
    """The equations hold as well where two rows are exchanged or one case is missing throughout."""
    assert sound("新收政府信息公开申请143件。", requests(134))
    exchanged = "新收政府信息公开申请143件。"
    assert not sound(exchanged, requests(0, 143))
    assert not sound("新收政府信息公开申请143件。", requests(146, out=3))
    assert not sound("新收政府信息公开申请135件。", requests(134))
    assert not sound("答复政府信息公开申请134件，其中予以公开140件。", requests(134))


def test_one_sentence_that_is_wrong_throughout_is_one_finding() -> None:
    text = "新收政府信息公开申请143件，上年结转0件，已全部办结。"
    given = case(requests(0, 143), report={"texts": {"一": text}})
    (finding,) = (f for f in given.findings() if f.rule == "prose-number")
    assert "上年结转的申请：表格 143、文字 0；本年新收的申请：表格 0、文字 143" in finding.message
    assert finding.cells == ("t3.carried_in.total", "t3.new.total")
    assert finding.message.count("第一部分第 1 段") == 1


def test_what_is_said_of_last_year_is_held_against_last_year() -> None:
    text = "2023年收到政府信息公开申请9件，2024年收到政府信息公开申请6件。"
    for before, found in ((9, []), (8, [("received.last_year", 8, 9)])):
        given = case(requests(6), prior=requests(before), report={"texts": {"一": text}})
        said = [(f.place, f.left, f.right) for f in given.findings() if f.rule == "prose-number"]
        assert said == found


def test_what_stands_below_a_table_is_quoted_from_there() -> None:
    report = zeros(texts={}, unplaced=[Unplaced("三!A60", "全年收到政府信息公开申请３件。")])
    (finding,) = (f for f in check(report) if f.rule == "prose-number")
    assert "第三部分表格之外“全年收到政府信息公开申请３件”" in finding.message
    assert stated_numbers(report)["t3.new.total"][0][0] == 3


def test_labels_and_numbers_that_lie_beside_a_table_are_no_sentences() -> None:
    """A block pasted one row low: its last rows stand below the table."""
    strays = [("三!A40", "（七）总计"), ("三!D40", "12"), ("三!E40", "（一）予以公开 自然人 5")]
    report = zeros(texts={}, unplaced=[Unplaced(*stray) for stray in strays])
    assert not statements(report, catalogue())


def test_another_body_of_the_city_states_nothing_of_the_whole() -> None:
    text = "市公安局收到政府信息公开申请215件。"
    assert statements(zeros(unit="甲市公安局", texts={"一": text}), catalogue())
    assert not statements(zeros(unit="甲市人民政府", texts={"一": text}), catalogue())
    follows = "市政府办公室收到政府信息公开申请20件。其中予以公开5件，上年结转2件。"
    assert not statements(zeros(unit="甲市人民政府", texts={"一": follows}), catalogue())
    town = "2024年乙镇共收到政府信息公开申请5件。"
    assert statements(zeros(unit="甲县乙镇人民政府", texts={"一": town}), catalogue())
    assert not statements(zeros(unit="甲县人民政府", texts={"一": town}), catalogue())
    order = "按照省政府办公厅印发的通知要求，2024年收到政府信息公开申请6件。"
    assert statements(zeros(unit="甲市人民政府", texts={"一": order}), catalogue())
    office = "市政府办公室收到政府信息公开申请5件。"
    assert statements(zeros(unit="甲市人民政府办公室", texts={"一": office}), catalogue())
    assert not statements(zeros(unit="甲市人民政府", texts={"一": office}), catalogue())


def test_parts_of_a_part_state_nothing() -> None:
    both: Cells = {**requests(19), "t3.new.natural": 16, "t3.new.business": 3}
    assert not warned("收到涉及征地的政府信息公开申请9件，其中予以公开5件。", requests(19))
    assert not warned("收到公开申请19件，自然人申请16件，其中予以公开5件。", both)
    assert warned("收到政府信息公开申请19件，其中予以公开5件。", requests(19))


def test_an_amount_is_as_exact_as_it_is_written() -> None:
    cells: Cells = {"t2.fees.amount": 72_701_257_800}
    assert not warned("全年收取行政事业性收费7.27亿元。", cells)
    assert warned("全年收取行政事业性收费7.28亿元。", cells)


def test_a_clause_begins_right_behind_the_comma() -> None:
    text = "收到政府信息公开申请19件，提案答复3件。"
    assert "prose-number" not in {
        f.rule for f in case(requests(19), report={"texts": {"一": text}}).findings()
    }


def test_a_total_that_the_text_confirms_is_not_said_to_be_another_number() -> None:
    """A part is ten times too large: the total as typed is right, and the text agrees with it."""
    cells = {f"t3.{row}.{c}": 146 for row in ("new", "granted", "processed") for c in ("natural", "total")}
    texts = {"一": "本年新收政府信息公开申请146件，办结146件。"}
    wrong = {**cells, "t3.new.natural": 1460}
    assert not [f for f in check(zeros(cells=wrong, texts=texts)) if f.rule == "prose-number"]
    other = {"一": "本年新收政府信息公开申请150件。"}
    (found,) = (f for f in check(zeros(cells=wrong, texts=other)) if f.rule == "prose-number")
    assert found.left == 146
