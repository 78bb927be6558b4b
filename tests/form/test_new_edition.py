"""Adding an edition is adding one TOML file: no Python, and every command knows it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import gouji

PACKAGE = Path(gouji.__file__).parent

_CALL = "import sys; from gouji.cli import main; main(sys.argv[1:])"


def test_a_made_up_edition_runs_from_template_to_consolidation(tmp_path: Path) -> None:
    """2027: another title of section 六, a row less in （五） and a column more in table 四."""
    copy = tmp_path / "lib" / "gouji"
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__"))
    text = (copy / "form" / "edition_2021.toml").read_text("utf-8")
    changes = {
        'edition = "2021"': 'edition = "2027"',
        "first_year = 2021": "first_year = 2027",
        "六、其他需要报告的事项": "六、其他事项",
        '    { id = "repeated", label = "2.重复申请", under = ["results", "unprocessed"] },\n': "",
        'label = "尚未审结" },': 'label = "尚未审结" }, { id = "mediated", label = "调解" },',
        '"other_result", "pending"]': '"other_result", "pending", "mediated"]',
    }
    for old, new in changes.items():
        assert text.count(old) == 1
        text = text.replace(old, new)
    (copy / "form" / "edition_2027.toml").write_text(text, "utf-8")

    def run(*arguments: str, code: int = 0) -> str:
        ran = subprocess.run(
            [sys.executable, "-c", _CALL, *arguments],
            cwd=tmp_path,
            env=os.environ | {"PYTHONPATH": str(copy.parent)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert ran.returncode == code, ran.stderr
        return ran.stdout

    run("template", "--year", "2028", "--unit", "某局", "-o", "空.xlsx")
    (entry,) = json.loads(run("validate", "空.xlsx", "--json", code=1))
    assert entry["edition"] == "2027"
    run("export", "空.xlsx", "-o", "空.json")
    data = json.loads((tmp_path / "空.json").read_text("utf-8"))
    assert "（五）不予处理/2.重复申请" not in data["table3"]
    assert list(data["table4"]["行政复议"]) == [
        "结果维持",
        "结果纠正",
        "其他结果",
        "尚未审结",
        "调解",
        "总计",
    ]
    data["blank_is_zero"] = True
    data["table4"]["行政复议"] |= {"调解": 2, "总计": 1}
    (tmp_path / "报送").mkdir()
    (tmp_path / "某局.json").write_text(json.dumps(data), "utf-8")
    run("fill", "某局.json", "-o", "报送/某局.xlsx")
    (entry,) = json.loads(run("validate", "报送/某局.xlsx", "--json", code=1))
    assert "table4-total:t4.row.review" in json.dumps(entry["findings"])
    (tmp_path / "名单.csv").write_text("单位名称\n某局\n", "utf-8")
    names = ("--roster", "名单.csv", "--name", "某市", "--year", "2028")
    run("consolidate", "报送", *names, "--include-invalid", "-o", "汇总", code=1)
    assert (tmp_path / "汇总" / "某市_2028_年度报告.docx").exists()
