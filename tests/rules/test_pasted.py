"""Last year's texts left standing, with last year's numbers in them."""

from gouji.audit import audit
from gouji.report import Report
from gouji.rules import Context, Finding
from support.triples import zeros

FILLER = (
    "落实公开责任，完善目录管理，及时发布权威解读，回应社会关切，加强平台运行维护，组织业务培训和监督检查。"
)
LAST = (
    "2023年，我局认真落实公开要求。全年新收政府信息公开申请130件，比上年增加14件，办结131件，上年结转1件。"
    "制发行政规范性文件4件。" + FILLER + FILLER
)


def year(number: int, received: int, made: int, text: str, **more: str) -> Report:
    rows = {"new": received, "carried_in": 1, "granted": received + 1, "processed": received + 1}
    cells = {f"t3.{row}.{column}": n for row, n in rows.items() for column in ("natural", "total")}
    texts = {
        "一": text,
        "五": "问题：力量不足。改进：加强培训。" + FILLER + FILLER,
        "六": "未收取信息处理费。",
    }
    documents = {"t2.documents.made": made, "t2.documents.in_force": 40}
    return zeros(cells={**cells, **documents}, year=number, texts=texts | more)


PRIOR = year(2023, 130, 4, LAST)


def said(text: str, **more: str) -> list[Finding]:
    found = audit(year(2024, 146, 6, text, **more), Context(prior=PRIOR))
    about = ("text-repeated", "prose-number", "growth-claim", "other-year")
    return [f for f in found if f.rule in about]


def test_what_last_years_text_says_wrongly_is_one_finding_and_the_first() -> None:
    (finding,) = said(LAST)
    assert finding.message == (
        "第一、五部分与上年文字相同（除数字外 100%），其中 5 处数字（本年新收的申请 130，办结的申请 131，"
        "制发的规范性文件 4…）是上年报告的数：疑似沿用了上年文字。"
    )
    assert {f.id for f in finding.folded} == {
        *("text-repeated:五", "prose-number:new", "prose-number:made"),
        *("growth-claim:new", "other-year:texts"),
    }
    assert (finding.section, finding.left, finding.right) == ("一", 100, 5)


def test_a_preface_is_pasted_with_the_rest() -> None:
    (finding,) = said(LAST, 引言="本报告所列数据的统计期限自2023年1月1日起。")
    assert finding.right == 5 and "other-year:texts" in {f.id for f in finding.folded}


def test_a_number_that_was_never_last_years_is_told_by_itself() -> None:
    (first, own, *rest) = said(LAST.replace("规范性文件4件", "规范性文件5件"))
    assert first.rule == "text-repeated" and first.right == 4
    assert (own.id, own.left, own.right, rest) == ("prose-number:made", 6, 5, [])


def test_among_numbers_told_together_one_that_is_new_keeps_them_all() -> None:
    found = said(LAST.replace("办结131件", "办结132件"))
    assert "prose-number:new" in {f.id for f in found}


def test_numbers_elsewhere_than_in_what_is_repeated_stay() -> None:
    fresh = "2024年，我局新收政府信息公开申请130件。今年另起炉灶，逐项梳理，分类施策。"
    found = {f.id for f in said(fresh)}
    assert found == {"text-repeated:五", "prose-number:new"}


def test_a_text_that_is_repeated_with_this_years_numbers_is_only_repeated() -> None:
    now = LAST.replace("2023年", "2024年").replace("130件", "146件").replace("131件", "147件")
    found = said(now.replace("增加14件", "增加16件").replace("文件4件", "文件6件"))
    assert [f.id for f in found] == ["text-repeated:一", "text-repeated:五"]
    assert found[0].message == "第一部分与上年报告的文字相同（除数字外 100%）。"
