"""What makes a form another one, and that wording does not: when it changes, files of a release are read."""

from __future__ import annotations

import copy as copying
import json
import tomllib
from collections.abc import Callable
from importlib import resources
from itertools import product
from typing import Any

import pytest

from gouji.form import Form, FormError, editions, load_form
from gouji.form.load import form_of
from gouji.form.schema import edition_of
from gouji.report import from_json, load, to_json
from gouji.workbook.reading.reader import read_workbook
from support import DATA
from support.copied import Copy

pytestmark = pytest.mark.slow

RELEASE = DATA / "archive" / "0.1.0"
Change = Callable[[Any], object]


def changed(change: Change, edition: str = "2021") -> Form:
    name = f"edition_{edition}.toml"
    data = tomllib.loads(resources.files("gouji.form").joinpath(name).read_text("utf-8"))
    change(data)
    return form_of(edition_of(data, name))


def row(data: Any, number: int) -> Any:
    return data["table3"]["blocks"][0]["rows"][number]


def column(data: Any, number: int) -> Any:
    return data["table3"]["blocks"][0]["columns"][number]


def moved(data: Any) -> None:
    rows = data["table3"]["blocks"][0]["rows"]
    rows[2], rows[3] = rows[3], rows[2]


WORDING: list[Change] = [
    lambda data: row(data, 0).update(label="一、新收"),
    lambda data: row(data, 0).update(label="一、本年新收 政府信息\n公开申请数量"),
    lambda data: data["table3"]["blocks"][0].update(corner="勾稽", columns_title="申请人", printed={}),
    lambda data: data["table3"]["blocks"][0]["row_groups"][1].update(
        label="（三）不公开", printed="（三）\n不公开", keyed=False
    ),
    lambda data: data["table2"]["blocks"][1]["rows"][0].update(double_count=True),
    lambda data: data["table3"]["balance"].update(label="平衡"),
    lambda data: data.update(title="年报", notice="新文号"),
    lambda data: row(data, 0).update(formerly=["一、收件"]),
    lambda data: row(data, 0).update(printed="一、本年新收政府\n信息公开申请数量", align="left"),
]
IDENTITY: list[Change] = [
    lambda data: row(data, 2).update(id="released"),
    lambda data: column(data, 1).update(id="company"),
    lambda data: data["table2"]["blocks"][3]["columns"][0].pop("kind"),
    lambda data: data["table2"]["blocks"][0].pop("title"),
    lambda data: data["table3"]["blocks"][0].pop("columns_title"),
    lambda data: data["table4"]["blocks"][0].pop("across"),
    lambda data: data["table2"]["blocks"][0]["rows"].pop(),
    moved,
]


@pytest.mark.parametrize("change", WORDING)
def test_wording_and_flags_are_no_part_of_the_identity(change: Change) -> None:
    form = changed(change)
    assert form.fingerprint == load_form("2021").fingerprint
    assert form.made("fb92fd49fe99d89d"), "as release 0.1.0 called it"


@pytest.mark.parametrize("change", IDENTITY)
def test_ids_geometry_and_kinds_are(change: Change) -> None:
    form = changed(change)
    assert form.fingerprint != load_form("2021").fingerprint
    assert not form.made(load_form("2021").fingerprint)
    assert not form.made("fb92fd49fe99d89d")


def test_each_form_is_made_by_its_own_files_only() -> None:
    forms = [
        load_form(a, {"table2": a, "table3": b, "table4": c})
        for a, b, c in product(("2019", "2021"), repeat=3)
    ]
    known = ("e8c277e7b37d2ed0", "36dbf0047a0d979a", "f4ecf1a071a12d28", "fb92fd49fe99d89d")
    for form, fingerprint in zip(forms, [k for k in known for _ in "四四"], strict=True):
        assert [k for k in known if form.made(k)] == [fingerprint]
        assert form.made(form.fingerprint)
    for wrong in ("", "-", "0123456789abcdef", "fb92fd49fe99d89", load_form("2021").fingerprint[:-1]):
        assert not any(form.made(wrong) for form in forms)


def test_a_former_fingerprint_of_a_table_is_kept() -> None:
    before = load_form("2021").fingerprint
    whole = changed(lambda data: data["table2"]["blocks"][3]["columns"][0].pop("kind"))
    assert not whole.made(before)

    def keep(data: Any) -> None:
        data["table2"]["blocks"][3]["columns"][0].pop("kind")
        data["table2"]["fingerprints_before"] = [before.split("-")[0]]

    assert changed(keep).made(before) and changed(keep).made("fb92fd49fe99d89d")


# ---------------------------------------------------------------- spellings


def renamed(data: Any) -> None:
    row(data, 4).update(label="1. 国家\n秘密", formerly=["1.属于国家秘密", "1.涉及国家秘密"])
    data["table3"]["blocks"][0]["row_groups"][1].update(
        label="（三）不公开", printed="（三）不公开", formerly=["（三）不予公开"]
    )


def test_keys_have_no_white_space_and_every_spelling_is_known() -> None:
    form = changed(renamed)
    cell = form.by_id["t3.secret.natural"]
    assert cell.place == "table3/（三）不公开/1.国家秘密/自然人"
    assert cell.row.spellings[0] == "（三）不予公开/1.属于国家秘密"
    assert cell.row.spellings[-1] == cell.row.key
    for group, label in product(
        ("（三）不予公开", "（三）不公开"), ("1.属于国家秘密", "1.涉及国家秘密", "1.国家秘密")
    ):
        assert form.spelt(f"table3/{group}/{label}/自然人") is cell
        assert form.spelt(f"table3/ {group} /{label[:3]}\n{label[3:]}/自 然 人") is cell
    assert form.spelt("table3/（三）不予公开/1.国家的秘密/自然人") is None
    assert form.place("三!D9") == "三!D9"


def test_a_spelling_belongs_to_one_cell() -> None:
    with pytest.raises(FormError, match="two cells can be read by"):
        changed(
            lambda data: row(data, 2).update(
                formerly=["（二）部分公开（区分处理的，只计这一情形，不计其他情形）"]
            )
        )


def test_two_spellings_of_one_cell_are_not_mixed() -> None:
    data = to_json(load(RELEASE / "有错误并有上年数.json"))
    key = "一、本年新收政府信息公开申请数量"
    first = data["table3"][key]["自然人"]
    data["table3"]["一、本年新收 政府信息公开申请数量"] = {"自然人": 77}
    report = from_json(data)
    assert report.values["t3.new.natural"] == first
    assert [(u.place, u.text) for u in report.unplaced] == [
        ("table3/一、本年新收 政府信息公开申请数量/自然人", "77")
    ]


# ---------------------------------------------------------------- files of a release, read by changed wording

CHANGES = {
    'label = "行政处罚"': 'label = "行政处罚决定", formerly = ["行政处罚"]',
    'label = "行政许可"': 'label = "行政 许可", double_count = true',
    'label = "商业企业", printed = "商业\\n企业"': 'label = "企业", formerly = ["商业企业"]',
    'label = "（三）不予公开", printed = "（三）不\\n予公开"': (
        'label = "（三）不公开", formerly = ["（三）不予公开"]'
    ),
    'label = "（一）予以公开"': 'label = "（一）\\n公开", formerly = ["（一）予以公开"]',
    'label = "尚未审结", printed = "尚未\\n审结"': 'label = "未结", formerly = ["尚未审结"]',
    'label = "申请人情况"': 'label = "申请人"',
    'columns_title = "申请人情况"': 'columns_title = "申请人"\nformerly = { columns_title = ["申请人情况"] }',
}
_READ = """
import sys
from pathlib import Path
from gouji.examine import judge
from gouji.report import load
from gouji.workbook.reading.reader import read_workbook
found = {}
for path in sorted(Path(sys.argv[1]).iterdir()):
    if path.name == "expected.json":
        continue
    reading = read_workbook(path) if path.suffix != ".json" else None
    report = reading.report if reading else load(path)
    found[path.name] = {
        "values": report.values,
        "marks": report.marks,
        "texts": report.texts,
        "unread": sorted(report.unusable()),
        "unplaced": len(report.unplaced),
        "seal": reading and reading.seal_state,
        "prior": reading and reading.prior and reading.prior.values,
        "rules": sorted({f.rule for f in judge(reading)}) if reading else None,
    }
print(json.dumps(found))
"""


def read_by(copy: Copy) -> Any:
    return json.loads(copy.python("-c", f"import json\n{_READ}", str(RELEASE)))


@pytest.fixture(scope="module")
def copies(tmp_path_factory: pytest.TempPathFactory) -> tuple[Copy, Copy]:
    """The package as it is, and with other wording."""
    plain, other = (Copy(tmp_path_factory.mktemp(name)) for name in ("plain", "other"))
    for edition in editions():
        text = other.edition(edition).read_text("utf-8")
        other.change(
            other.edition(edition), {old: new for old, new in CHANGES.items() if text.count(old) == 1}
        )
        assert sum(text.count(old) for old in CHANGES) >= 7
    return plain, other


def test_files_of_a_release_are_read_the_same(copies: tuple[Copy, Copy]) -> None:
    """Values, marks, notes, seals and what is said of them: no 版式不符, no label that does not fit."""
    plain, other = (read_by(copy) for copy in copies)
    assert plain.keys() == other.keys() and len(plain) > 10
    for name in plain:
        assert other[name] == plain[name], name
    assert {found["seal"] for found in other.values()} >= {"intact", "none"}


def test_what_the_changed_package_writes_is_read_by_both(copies: tuple[Copy, Copy]) -> None:
    """A seal holds no label: sealed under one wording, it is intact under the other."""
    plain, other = copies
    name = "填好并加盖校验标记（2021年版）"
    for writer, reader in ((plain, other), (other, plain)):
        writer.run("fill", str(RELEASE / f"{name}.json"), "-o", "一.xlsx")
        writer.run("seal", "一.xlsx", "-o", "封.xlsx")
        # The older package does not know the new labels and says so; the seal is intact all the same.
        newer = reader is plain
        said = reader.run("validate", str(writer.folder / "封.xlsx"), "--json", code=int(newer))
        assert ("label-changed" in said) is newer
        assert "seal-missing" not in said and "seal-broken" not in said
        writer.run("export", "封.xlsx", "-o", "出.json")
    data = json.loads((other.folder / "出.json").read_text("utf-8"))
    assert {"行政处罚决定", "行政许可"} <= data["table2"].keys()
    assert "企业" in data["table3"]["（一）公开"]


def test_a_label_changed_without_its_former_spelling_is_noticed(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    copy = Copy(tmp_path_factory.mktemp("forgotten"))
    copy.change(copy.edition("2021"), {'label = "行政处罚"': 'label = "行政处罚决定"'})
    found = read_by(copy)["政府信息公开年报模板（2021年版）.xlsx"]
    assert "label-changed" in found["rules"]
    assert read_by(copy)["填好并加盖校验标记（2021年版）.json"]["unplaced"] == 1


def test_a_broken_seal_is_broken_in_either_wording() -> None:
    path = RELEASE / "填好并加盖校验标记（2021年版）.xlsx"
    reading = read_workbook(path)
    assert reading.seal_state == "intact"
    other = copying.copy(reading)
    other.report = reading.report.with_values({"t3.new.natural": reading.report.number("t3.new.natural") + 1})
    assert other.seal_state == "broken"
    unknown = copying.copy(reading)
    unknown.data = {**reading.data, "seal.fingerprint": "0123456789abcdef"}
    assert unknown.seal_state == "broken"
