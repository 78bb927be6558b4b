"""Adding an edition is adding one TOML file: no Python, every command knows it, and no rule is lost."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gouji.form import editions, load_form
from gouji.rules import catalogue
from gouji.rules.relations import relations
from gouji.rules.speaking import why_silent
from support.copied import Copy

pytestmark = pytest.mark.slow

#: 2027: another title of section 六, a row more in （五）, a column renamed, a column more in table 四.
CHANGES = {
    'edition = "2021"': 'edition = "2027"',
    "first_year = 2021": "first_year = 2027",
    "六、其他需要报告的事项": "六、其他事项",
    "equations = 39": "equations = 40",
    '重新出具已\\n获取信息", under = ["results", "unprocessed"] },\n': (
        '重新出具已\\n获取信息", under = ["results", "unprocessed"] },\n'
        '{ id = "advice", label = "6.咨询", under = ["results", "unprocessed"] },\n'
    ),
    'label = "法律服务机构", printed = "法律\\n服务\\n机构"': 'label = "律师事务所"',
    'printed = "尚未\\n审结" },': 'printed = "尚未\\n审结" }, { id = "mediated", label = "调解" },',
    '"other_result", "pending"]': '"other_result", "pending", "mediated"]',
}

_SPEAKING = """
from gouji.form import load_form
from gouji.rules import catalogue
from gouji.rules.relations import relations
from gouji.rules.speaking import why_silent
form = load_form("2027")
rules = catalogue().rules.values()
speaking = [rule.id for rule in rules if not why_silent(rule, form)]
print(json.dumps([speaking, [f"{r.rule}:{r.place}" for r in relations(form, catalogue())]]))
"""


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    made = Copy(tmp_path_factory.mktemp("edition"))
    made.change(made.edition("2021"), CHANGES, made.edition("2027"))
    return made


def test_no_rule_is_lost(copy: Copy) -> None:
    """What speaks on the newest edition speaks on the next one; nobody has to name it anywhere."""
    form = load_form(editions()[-1])
    speaking, instances = copy.answer(_SPEAKING)
    assert speaking == [r.id for r in catalogue().rules.values() if not why_silent(r, form)]
    assert len(speaking) >= 76
    assert instances == [f"{r.rule}:{r.place}" for r in relations(form, catalogue())]
    assert len(instances) >= 18


@pytest.mark.long
def test_the_linter_is_content_and_says_what_is_silent(copy: Copy) -> None:
    said = copy.python("-m", "gouji.workshop.lint").splitlines()
    _, old, new = [i for i, line in enumerate(said) if line.endswith("are silent")]
    assert said[new].split(": ")[0] == "2027"
    assert said[new + 1 :] == said[old + 1 : new]


@pytest.mark.long
def test_one_build_makes_its_templates(copy: Copy) -> None:
    built = copy.python("-m", "gouji.workshop.build", "模板").split()
    mine = [path for path in built if "2027年版" in path]
    assert [Path(path).suffix for path in mine] == [".xlsx", ".xlsm"]
    assert len(built) == 2 * (len(editions()) + 1) + 2, "the add-in and the sample beside them"
    (entry,) = json.loads(copy.run("validate", mine[1], "--json", code=1))
    assert entry["edition"] == "2027"


def test_it_runs_from_template_to_consolidation(copy: Copy) -> None:
    copy.run("template", "--year", "2028", "--unit", "某局", "-o", "空.xlsx")
    (entry,) = json.loads(copy.run("validate", "空.xlsx", "--json", code=1))
    assert entry["edition"] == "2027"
    copy.run("export", "空.xlsx", "-o", "空.json")
    data = json.loads((copy.folder / "空.json").read_text("utf-8"))
    assert "（五）不予处理/6.咨询" in data["table3"]
    assert "律师事务所" in data["table3"]["（一）予以公开"]
    assert list(data["table4"]["行政复议"])[-3:] == ["尚未审结", "调解", "总计"]
    data["blank_is_zero"] = True
    data["table4"]["行政复议"] |= {"调解": 2, "总计": 1}
    data["table3"]["（五）不予处理/6.咨询"] |= {"自然人": 3, "总计": 3}
    data["table3"]["（七）总计"] |= {"自然人": 2, "总计": 2}
    data["table2"]["规章"] |= {"现行有效件数": 1, "本年制发件数": 5}
    (copy.folder / "报送").mkdir()
    (copy.folder / "某局.json").write_text(json.dumps(data), "utf-8")
    copy.run("fill", "某局.json", "-o", "报送/某局.xlsx")
    (entry,) = json.loads(copy.run("validate", "报送/某局.xlsx", "--json", code=1))
    said = json.dumps(entry["findings"])
    assert "table4-total:t4.row.review" in said
    assert "process-total:t3.column.natural" in said
    assert "stock-floor:t2.rules" in said
    (copy.folder / "名单.csv").write_text("单位名称\n某局\n", "utf-8")
    names = ("--roster", "名单.csv", "--name", "某市", "--year", "2028")
    copy.run("consolidate", "报送", *names, "--include-invalid", "-o", "汇总", code=1)
    assert (copy.folder / "汇总" / "某市_2028_年度报告.docx").exists()


def test_an_edition_begins_after_the_one_before_it(tmp_path: Path) -> None:
    """Else it would be in force for years that have another one."""
    copied = Copy(tmp_path)
    changes = CHANGES | {"first_year = 2021": "first_year = 2019"}
    copied.change(copied.edition("2021"), changes, copied.edition("2027"))
    said = copied.answer(
        "from gouji.form import edition_for_year, FormError\n"
        "try:\n    edition_for_year(2024)\n"
        "except FormError as refused:\n    print(json.dumps(str(refused)))"
    )
    assert "edition_2027.toml" in said and "edition_2021.toml" in said and "2019" in said
