"""How a published text was read."""

from collections.abc import Mapping

from gouji.audit import audit
from gouji.report import Imported, Origin, Report, Unread
from gouji.rules import Context, check
from support.triples import Triple, case, zeros

PLACE = "第 3 个表第 5 行"
NEW = "一、本年新收政府信息公开申请数量"


def read(
    cells: Mapping[str, object] | None = None,
    *,
    edition: str = "2021",
    unread: Mapping[str, Unread] | None = None,
    without: tuple[str, ...] = (),
    **origins: Mapping[str, Origin],
) -> Report:
    """Zeros as if read from a page. ``without``: beginnings of ids of cells that the source does not have."""
    report = zeros(edition, {**(cells or {}), **dict.fromkeys(unread or {})})  # type: ignore[arg-type]
    report.imported = Imported("年报.html", "html")
    report.read = {c.id: Origin("printed", PLACE, "0") for c in report.form.cells}
    report.read |= origins.get("origins", {})
    report.unread = dict(unread or {})
    for cell in report.form.cells:
        if cell.id.startswith(without) and without:
            report.values.pop(cell.id, None)
        if cell.id in report.unread or (cell.id.startswith(without) and without):
            del report.read[cell.id]
    return report


class Plain:
    """A report by itself as a case."""

    def __init__(self, report: Report) -> None:
        self.report = report

    def findings(self) -> list[object]:
        return list(check(self.report, Context()))


ONE = {"t3.new.natural": Unread(PLACE, "120", ("12", "1"))}


class TestCellUnread(Triple):
    """What stands where a number belongs and has no single reading is a number lost."""

    rule = "cell-unread"
    level = "error"
    says = (f"「{NEW}」行「自然人」列没有读出", PLACE, "“120”", "可能是 12 或 1")
    valid = Plain(read())
    invalid = Plain(read(unread=ONE))
    #: Filled by somebody since.
    undecidable = Plain(read(unread=ONE).with_values({"t3.new.natural": 12}))


class TestImportDerived(Triple):
    """Digits that were cut apart, and rows that follow from the order of the form, are told once a table."""

    rule = "import-derived"
    level = "hint"
    says = ("三、收到和处理政府信息公开申请情况有 1 格", "1 行的数字没有与行名写在一起")
    valid = Plain(read())
    invalid = Plain(
        read(
            origins={
                "t3.new.natural": Origin("cut", PLACE, "120"),
                "t3.granted.natural": Origin("order", PLACE, "3"),
                "t3.granted.total": Origin("order", PLACE, "3"),
            }
        )
    )
    undecidable = case()


class TestImportUnlisted(Triple):
    """A row that the source does not list is neither 0 nor unread."""

    rule = "import-unlisted"
    level = "hint"
    says = ("没有列出「规章」（共 3 格）", "不当作 0")
    valid = Plain(read())
    invalid = Plain(read(without=("t2.rules.",)))
    #: A form that somebody left blank was not read from anywhere.
    undecidable = case({"t2.rules.made": None})


class TestImportMoneyUnit(Triple):
    """2019's 采购总金额 bears no unit in its label, and often none in its cell."""

    rule = "import-money-unit"
    level = "hint"
    says = ("「政府集中采购」行「采购总金额」列", "“309338”", "按万元")
    AMOUNT = "t2.procurement.purchase_amount"
    CELLS = {AMOUNT: 309_338_000_000, "t2.procurement.purchases": 2}  # noqa: RUF012
    valid = Plain(read(CELLS, edition="2019", origins={AMOUNT: Origin("printed", PLACE, "309338 万元")}))
    invalid = Plain(read(CELLS, edition="2019", origins={AMOUNT: Origin("printed", PLACE, "309338", "万元")}))
    #: What was read may have been changed to nothing since.
    undecidable = Plain(read(edition="2019", origins={AMOUNT: Origin("printed", PLACE, "309338", "万元")}))


def test_cells_of_one_row_that_the_source_has_as_one_text_are_one_finding() -> None:
    row = {
        "t2.documents.made": Unread("第 41 行", "1077", ("10", "1")),
        "t2.documents.repealed": Unread("第 41 行", "1077", ("7",)),
        "t2.documents.in_force": Unread("第 41 行", "1077"),
        "t2.rules.made": Unread("第 40 行", "1077"),
    }
    found = [f for f in check(read(unread=row)) if f.rule == "cell-unread"]
    assert [f.cells for f in found] == [("t2.rules.made",), tuple(list(row)[:3])]
    assert "「行政规范性文件」行全部 3 格没有读出" in found[1].message
    assert "「本年制发件数」10 或 1、「本年废止件数」7" in found[1].message
    assert "可能" not in found[0].message


def test_some_cells_of_a_row_are_named_and_an_empty_place_is_said_to_be_empty() -> None:
    row = {f"t3.new.{c}": Unread("第 9 行", " ") for c in ("natural", "business")}
    (found,) = (f for f in check(read(unread=row)) if f.rule == "cell-unread")
    assert "2 格（「自然人」「商业企业」）" in found.message and "找不到应有的数" in found.message
    assert "“" not in found.message.split("没有读出")[1]


def test_what_the_prose_says_stands_beside_and_fills_nothing() -> None:
    report = read(unread={"t3.new.total": Unread("第 9 行", "62x")})
    report.texts = {"一": "全年共收到政府信息公开申请62件。", "五": "", "六": ""}
    (found,) = (f for f in check(report) if f.rule == "cell-unread")
    assert "文字部分写的是 62（“" in found.message and "供参考" in found.message
    assert report.is_blank("t3.new.total")


def test_nothing_else_is_concluded_from_an_unread_cell() -> None:
    """Neither its own state nor an equation over it, also where blanks are declared to be 0."""
    report = read({"t3.new.business": 5}, unread={"t3.new.total": Unread(PLACE, "50", ("5",))})
    report.blank_is_zero = True
    found = audit(report)
    said = [f for f in found if "t3.new.total" in f.cells]
    assert [f.rule for f in said] == ["cell-unread"]


def test_a_table_that_is_not_there_is_said_as_one() -> None:
    (found,) = (f for f in check(read(without=("t4.",))) if f.rule == "import-unlisted")
    assert found.level == "warning"
    assert "没有找到“四、政府信息公开行政复议、行政诉讼情况”" in found.message


def test_an_import_says_so_by_itself() -> None:
    """What can no longer be mended is a warning, whoever asks."""
    report = read()
    report.unit = ""
    assert {f.level for f in check(report) if f.rule == "cover-missing"} == {"warning"}
    report.imported = None
    assert {f.level for f in check(report) if f.rule == "cover-missing"} == {"error"}
