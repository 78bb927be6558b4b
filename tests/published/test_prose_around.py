"""What stands around and between: notes, signature and date, the site's words, prose beside tables."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gouji.published.prose import read_prose
from gouji.published.reading import ProseRead
from gouji.published.source.sniff import open_source
from gouji.published.stream import Atom, MarkKind, Source, Stream
from support.bounded import cost
from support.prose_shapes import SHAPES, Told


def read(told: Told, shape: str = "S15 lines", change: tuple[str, str] = ("", "")) -> ProseRead:
    name, write = SHAPES[shape]
    text = write(told).decode()
    assert change[0] in text
    return read_prose(open_source(text.replace(*change).encode() if change[0] else text.encode(), name))


@pytest.mark.parametrize(
    ("lines", "notes"),
    [
        (
            ("注1：含委托乡镇办理的。", "注2：不含林场的。"),
            {"注1": "含委托乡镇办理的。", "注2": "不含林场的。"},
        ),
        (("注 1、2：当年没有统计",), {"注1": "当年没有统计", "注2": "当年没有统计"}),
        (("注1.含委托的。",), {"注1": "含委托的。"}),
        (("[注1]含委托的。",), {"注1": "含委托的。"}),
        (("【注1】含委托的。",), {"注1": "含委托的。"}),
        (("（注１）含委托的。",), {"注1": "含委托的。"}),
        (("注：含委托的。",), {"注": "含委托的。"}),
        (("备注：含委托的。",), {"注": "含委托的。"}),
        (("注：1.含委托的；2.不含林场的。",), {"注": "1.含委托的；2.不含林场的。"}),
        (("注1：含委托的。", "注1：不含林场的。"), {"注1": "含委托的。\n不含林场的。"}),
        (("注1：含委托的。注2：不含林场的。",), {"注1": "含委托的。", "注2": "不含林场的。"}),
    ],
)
@pytest.mark.parametrize("shape", ["S15 lines", "S07 page", "S21 cell a line", "S24 pipes", "S01 glued"])
def test_notes_below_a_table(shape: str, lines: tuple[str, ...], notes: dict[str, str]) -> None:
    found = read(Told(notes=lines), shape)
    assert found.notes == notes
    assert found.stray == ()


def test_notes_at_the_end_of_the_report() -> None:
    end = ("2023年1月16日", "2023年1月16日\n注1：含委托的。\n")
    assert read(Told(notes=()), change=end).notes == {"注1": "含委托的。"}
    before = Told(notes=(), six=("没有收取信息处理费。", "注1：含委托的。"))
    found = read(before)
    assert (found.notes, found.texts["六"]) == ({"注1": "含委托的。"}, "没有收取信息处理费。")


def test_a_note_in_the_last_row_of_a_marked_table() -> None:
    found = read(
        Told(notes=()),
        "S07 page",
        ("</tbody></table>", "<tr><td colspan='4'>注：含委托的。</td></tr></tbody></table>"),
    )
    assert found.notes == {"注": "含委托的。"}
    assert found.stray == ()


def test_words_that_only_begin_like_notes_are_text() -> None:
    found = read(Told(one=("注册用户96人。", "注重解读，一文一图。")))
    assert found.texts["一"] == "注册用户96人。\n注重解读，一文一图。"
    assert [*found.notes] == ["注1"]


# ---------------------------------------------------------------- beside the tables


@pytest.mark.parametrize(
    "shape", ["S15 lines", "S07 page", "S21 cell a line", "S22 tab lines", "S24 pipes", "S01 glued"]
)
def test_prose_before_a_table_has_its_place(shape: str) -> None:
    text = "本年度行政许可12件，行政处罚3件，全部公布。"
    name, write = SHAPES[shape]
    printed = write(Told()).decode()
    at = printed.rindex("第二十条第（一）项")
    cut = printed.rfind("<table", 0, at) if "<table" in printed else printed.rfind("\n", 0, at) + 1
    cut = at if shape == "S01 glued" else cut
    inserted = f"<p>{text}</p>" if "<table" in printed else text if shape == "S01 glued" else f"{text}\n"
    found = read_prose(open_source((printed[:cut] + inserted + printed[cut:]).encode(), name))
    ((place, told),) = found.stray
    assert told == text
    assert place.startswith("二（表格之前")


def test_prose_between_two_halves_of_a_table() -> None:
    text = "以下各项按《条例》第二十条分列，请注意。"
    found = read(Told(), change=("第二十条第（六）项\n", f"{text}\n第二十条第（六）项\n"))
    ((place, told),) = found.stray
    assert told == text
    assert place.startswith("二（表格之中，第")


def test_a_sentence_in_the_midst_of_a_glued_table() -> None:
    text = "以下两项按月报送，全年汇总。"
    found = read(Told(), "S01 glued", ("第二十条第（六）项信息内容", f"{text}第二十条第（六）项信息内容"))
    assert [told for _, told in found.stray] == [text]
    assert found.texts["一"] == " ".join(Told().one)


def test_page_marks_between_rows_are_nothing() -> None:
    for mark in ("— 5 —", "- 5 -", "第 5 页 共 9 页"):
        found = read(Told(), change=("第二十条第（六）项\n", f"{mark}\n第二十条第（六）项\n"))
        assert found.stray == (), mark


# ---------------------------------------------------------------- the end


@pytest.mark.parametrize(
    "dated", ["2023年1月16日", "二〇二三年一月十六日", "2023-01-16", "2023 年 1 月 16 日", "2023.1.16"]
)
def test_signature_and_date_are_not_the_last_text(dated: str) -> None:
    found = read(Told(dated=dated))
    assert (found.signed, found.dated, found.texts["六"]) == (
        "云溪县林业局",
        dated,
        "本年度没有收取信息处理费。",
    )


def test_signature_and_date_in_one_line() -> None:
    found = read(Told(), change=("云溪县林业局\n2023年1月16日", "云溪县林业局  2023年1月16日"))
    assert (found.signed, found.dated, found.texts["六"]) == (
        "云溪县林业局",
        "2023年1月16日",
        "本年度没有收取信息处理费。",
    )


def test_signature_below_the_date() -> None:
    change = ("云溪县林业局\n2023年1月16日", "2023年1月16日\n云溪县林业局")
    found = read(Told(), change=change)
    assert (found.signed, found.dated, found.stray) == ("云溪县林业局", "2023年1月16日", ())


def test_a_date_in_a_sentence_is_no_signature() -> None:
    six = ("信息处理费的标准从2021年1月1日起执行。", "政务大厅的窗口开到2022年12月31日。")
    found = read(Told(six=six))
    assert found.texts["六"] == "\n".join(six)
    assert found.dated == "2023年1月16日"


def test_what_a_person_wrote_below_the_date_is_kept() -> None:
    found = read(
        Told(),
        change=(
            "2023年1月16日",
            "2023年1月16日\n（联系人：某某，电话：0000-0000000）\n打印 关闭\n上一篇：公示\n",
        ),
    )
    assert [text for _, text in found.stray] == ["（联系人：某某，电话：0000-0000000）"]
    assert found.stray[0][0].startswith("落款之后")


@pytest.mark.parametrize(
    "chrome",
    [
        "附件下载",
        "【打印】 【关闭】",
        "分享到：",
        "上一篇：关于防火的通告",
        "版权所有：云溪县人民政府",
        "微信 微博 QQ空间",
        "扫一扫在手机打开当前页",
        "责任编辑：某某",
        "苏ICP备00000号",
    ],
)
def test_the_site_s_words_behind_the_report(chrome: str) -> None:
    found = read(
        Told(signed="", dated=""),
        change=("本年度没有收取信息处理费。", f"本年度没有收取信息处理费。\n{chrome}\n云溪县门户"),
    )
    assert found.texts["六"] == "本年度没有收取信息处理费。"
    assert found.stray == ()


@pytest.mark.parametrize(
    "chrome",
    [
        "当前位置：首页 > 年报",
        "来源： 时间：2023-01-17 09:30",
        "发布时间：2023-01-17",
        "字体：大 中 小",
        "浏览次数：31",
        "索引号：0143/2023-1",
        "局办公室 2023-01-17 09:30",
    ],
)
def test_the_site_s_words_before_the_report(chrome: str) -> None:
    told = Told()
    found = read(told, change=(told.preface, f"{chrome}\n{told.preface}"))
    assert found.texts["引言"] == told.preface


def test_a_sentence_that_begins_like_a_button_is_text() -> None:
    six = ("微信公众号发布信息96条。", "分享到各林场的资料共12份。", "打印的资料放在大厅。")
    assert read(Told(six=six)).texts["六"] == "\n".join(six)


# ---------------------------------------------------------------- anything at all

_TEXTS = st.sampled_from(
    [
        *Told().headings,
        Told().title,
        Told().preface,
        "注1：无。",
        "规章",
        "0 0 0",
        "2021年1月1日",
        "云溪县林业局",
    ]
) | st.text("一二五六、。：注（）0年 \n⼀開\u200b|#", max_size=12)
_MARKS: list[MarkKind] = ["open", "cell", "row", "table", "line", "page"]
_ATOMS = st.lists(
    st.builds(Atom, text=_TEXTS) | st.sampled_from([Atom(mark=mark) for mark in _MARKS]), max_size=40
)


@settings(max_examples=150, deadline=None)
@given(_ATOMS, st.sampled_from(["text", "markdown", "html", "docx"]))
def test_any_stream_is_read_without_losing_or_doubling(atoms: list[Atom], kind: str) -> None:
    """Whatever a reader gives: nothing is raised, and no letter comes out more often than it goes in."""
    found = read_prose(Source("年报", kind, Stream(tuple(atoms))))
    put_in = Counter("".join(atom.text for atom in atoms))
    came_out = Counter("".join([*found.texts.values(), *(text for _, text in found.stray), found.dated]))
    assert all(came_out[letter] <= put_in[letter] for letter in came_out if letter not in " \n")


# ---------------------------------------------------------------- time


@pytest.mark.parametrize(
    "filler",
    [
        "全年公布消息318条，全部按时。",
        "一、",
        "2020年1月1日的",
        "自2020年1月1日至2020年12月31日统计",
        "注1：甲",
        "分享 打印 ",
        "（",
        "一",
        " ",
        "1",
        "信息内容 0 0 0\n",
        "一、总体情况\n",
        "政府信息公开年报",
    ],
)
def test_time_grows_with_the_length(filler: str) -> None:
    """Four times the text takes about four times the time, not sixteen."""

    def times(length: int) -> float:
        told = Told(six=(filler * (length // len(filler)),))
        text = SHAPES["S15 lines"][1](told).decode()
        atoms = [a for line in text.split("\n") for a in ([Atom(line)] if line else []) + [Atom(mark="line")]]
        source = Source("年报.txt", "text", Stream(tuple(atoms)))
        return cost(lambda: read_prose(source))

    times(1000)
    assert times(100_000) < 9 * max(times(25_000), 1)
