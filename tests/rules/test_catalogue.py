"""The catalogue as data: a city's settings, and an example triple for every rule."""

import ast
import pickle
from pathlib import Path

import pytest

from gouji.form import editions, load_form
from gouji.rules import CatalogueError, Context, catalogue, check
from gouji.rules.deciders import registered
from gouji.rules.equations import rule_of
from support.triples import zeros

HERE = Path(__file__).parent
PARTS = ("valid", "invalid", "undecidable")


def settings(folder: Path, text: str) -> Context:
    path = folder / "市级设置.toml"
    path.write_text(text, "utf-8")
    return Context(catalogue=catalogue().with_settings(path), rule_making=False)


REPORT = zeros(cells={"t2.rules.in_force": 3, "t2.documents.in_force": 0, "t2.documents.made": 5})


def test_off_level_and_parameters(tmp_path: Path) -> None:
    assert {f.rule: f.level for f in check(REPORT, Context(rule_making=False))} == {
        "rule-making": "warning",
        "stock-floor": "warning",
    }
    changed = settings(tmp_path, '[stock-floor]\noff = true\n[rule-making]\nlevel = "error"\n')
    assert {f.rule: f.level for f in check(REPORT, changed)} == {"rule-making": "error"}
    assert not check(REPORT, settings(tmp_path, "[stock-floor]\noff = true\n[rule-making]\nrows = []\n"))


def test_the_shipped_catalogue_is_not_changed(tmp_path: Path) -> None:
    settings(tmp_path, "[stock-floor]\noff = true\n")
    assert not catalogue()["stock-floor"].off


def test_another_process_is_told_the_rules_and_derives_the_rest() -> None:
    """After a text was read, whose reader holds what can not be told."""
    report = zeros(texts={"一": "2024年，我局收到政府信息公开申请9件。"})
    findings = check(report, Context(rule_making=False))
    told = pickle.loads(pickle.dumps(catalogue()))
    assert told == catalogue() and told.digest == catalogue().digest
    assert check(report, Context(catalogue=told, rule_making=False)) == findings


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[no-such-rule]\noff = true", "没有编号为“no-such-rule”的规则"),
        ("[pending-shares]\noff = true", "没有编号为“pending-shares”的规则，是否为“pending-share”？"),
        ("off = true", "没有编号为“off”的规则"),
        ("[pending-share]\nprocent = 3", "没有参数“procent”，是否为“percent”？"),
        ("[pending-share]\nleval = 'hint'", "没有参数“leval”，是否为“level”？"),
        ('[pending-share]\npercent = "30"', "的参数“percent”类型不对"),
        ("[pending-share]\nfrom = true", "的参数“from”类型不对"),
        ('[pending-share.rows]\nprat = "new"', "没有参数“rows.prat”，是否为“rows.part”？"),
        ('[pending-share.rows]\npart = ["new"]', "的参数“rows.part”类型不对"),
        ('[pending-share.rows]\npart = "neww"', "“neww”不是任何一版表格的行或列，是否为“new”？"),
        ('[rule-making]\nrows = ["rule"]', "“rule”不是任何一版表格的行或列，是否为“rules”？"),
        ("[wrong-cell.reasons.stale]\nwieght = 3", "没有参数“reasons.stale.wieght”"),
        ('[sheet-hidden.messages]\nown = "隐藏了 {shet}"', "“{shet}”没有对应的内容，是否为“sheet”？"),
        ('[sheet-hidden.messages]\nown = "隐藏了 {sheet"', "花括号不成对或为空"),
        ('[pending-share]\nlevel = "fatal"', "level 应为 hint、warning、error"),
        ("[pending-share]\noff = 1", "off 应为 true/false"),
        ("[pending-share]\npercent = 100", "应在 1 至 99 之间，否则该规则不起作用"),
        ('[carry-over]\nunsealed_level = "mild"', "应为 hint、warning、error"),
        ('[placeholder]\npattern = "("', "不是有效的正则表达式"),
        ("[stock]\nchoices = [1]", "格式不一致"),
        ("[stock", "不是有效的 TOML 文件"),
    ],
)
def test_what_is_not_a_setting_is_refused_in_chinese(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(CatalogueError, match=says) as refused:
        settings(tmp_path, text)
    assert "市级设置.toml" in str(refused.value)


def test_a_table_given_in_part_keeps_the_rest(tmp_path: Path) -> None:
    context = settings(tmp_path, '[pending-share.rows]\npart = "carried_in"\n')
    assert context.catalogue["pending-share"].parameters["rows"] == {
        **catalogue()["pending-share"].parameters["rows"],
        "part": "carried_in",
    }


def test_a_graded_rule_is_never_graver_than_its_level(tmp_path: Path) -> None:
    context = settings(tmp_path, '[carry-over]\nlevel = "hint"\n')
    prior = zeros(year=2023, cells={"t3.carried_out.natural": 2, "t3.carried_out.total": 2})
    found = check(zeros(), Context(prior=prior, catalogue=context.catalogue))
    assert [f.level for f in found if f.rule == "carry-over"] == ["hint"]


def test_every_rule_switched_off_leaves_nothing(tmp_path: Path) -> None:
    every = "".join(f"[{rule}]\noff = true\n" for rule in catalogue().rules)
    report = zeros(cells={"t3.new.natural": -1, "t3.new.total": None}, texts={"五": "无"}, year=2019)
    prior = zeros(year=2015, unit="乙局")
    context = settings(tmp_path, every)
    assert not check(report, Context(prior=prior, catalogue=context.catalogue, rule_making=False))


# ---------------------------------------------------------------- every rule has its examples


def triples(parts: tuple[str, ...] = PARTS) -> set[str]:
    """Rules with a class in tests/rules that has the rule's words and all of the examples."""
    found = set()
    for path in HERE.glob("test_*.py"):
        for node in ast.parse(path.read_text("utf-8")).body:
            if not isinstance(node, ast.ClassDef) or ast.get_docstring(node) is None:
                continue
            given = {
                target.id: statement.value
                for statement in node.body
                if isinstance(statement, ast.Assign)
                for target in statement.targets
                if isinstance(target, ast.Name)
            }
            if "rule" in given and given.keys() >= set(parts):
                found.add(ast.literal_eval(given["rule"]))
    return found


def decided_here() -> set[str]:
    """Rules decided by this package; the others are found while files are read, located or added up."""
    relations = {rule.id for rule in catalogue().rules.values() if rule.relation}
    equations = {rule_of(e) for edition in editions() for e in load_form(edition).equations}
    states = {rule.id for rule in catalogue().rules.values() if rule.id.startswith("cell-")}
    return relations | equations | registered() | (states - {"cell-normalised"})


def test_every_rule_has_a_valid_an_invalid_and_an_undecidable_example() -> None:
    assert decided_here() - triples() == set()


#: Thresholds of a wording, not of a finding; tested in test_cells.py and test_injected.py.
OF_WORDING = {("cell-blank", "many"), ("text-injected", "around")}


def test_every_rule_with_a_threshold_has_examples_on_both_of_its_sides() -> None:
    edges = triples(("edge",))
    with_threshold = {
        rule.id
        for rule in catalogue().rules.values()
        for name in rule.bounds
        if (rule.id, name) not in OF_WORDING
    }
    assert with_threshold - edges == set()


def test_rules_decided_elsewhere_are_tested_there() -> None:
    """Reading, locating and adding up have tests of their own, which name the rule they are about."""
    texts = [p.read_text("utf-8") for p in HERE.parent.rglob("test_*.py") if p.parent != HERE]
    elsewhere = catalogue().rules.keys() - decided_here()
    assert {rule for rule in elsewhere if not any(f'"{rule}' in text for text in texts)} == set()


def test_titles_and_statutes_are_there() -> None:
    for rule in catalogue().rules.values():
        assert rule.title, rule.id
        assert rule.statute, rule.id
        assert rule.message.endswith(("。", "}")), rule.id
        assert rule.remedy.endswith("。"), rule.id
