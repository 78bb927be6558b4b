"""The domain stands in the repository: READMEs beside the code, and nothing points to what is not there."""

import re
from importlib import resources
from pathlib import Path

import pytest

from gouji.form import editions, load_form
from gouji.rules import catalogue
from support import ROOT

PACKAGE = ROOT / "addin" / "gouji"
#: Names of documents that are not part of the repository, and numbers of a list that is not either.
ELSEWHERE = re.compile(
    r"\b(?:RULES [0-9]|FORMS\b|INTERCHANGE|QUIRKS)|\(RULES\b|\b[Rr]ules? [0-9]+[–-]?[0-9]*\b"
)
#: README.md, “Heading”
POINTER = re.compile(r"((?:form/|rules/)?README\.md),\s+“([^”]+)”")
SOURCES = [
    path
    for folder in ("addin", "tests", "macros")
    for path in sorted((ROOT / folder).rglob("*"))
    if path.suffix in (".py", ".toml", ".md", ".bas", ".cls", ".xml") and path != Path(__file__)
]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_comment_points_to_a_document_that_is_not_there(path: Path) -> None:
    assert not ELSEWHERE.findall(path.read_text("utf-8"))


@pytest.mark.parametrize("readme", ["form/README.md", "rules/README.md"])
def test_links_of_a_readme_lead_somewhere(readme: str) -> None:
    text = (PACKAGE / readme).read_text("utf-8")
    for link in re.findall(r"\]\(([^)#]+)", text):
        assert (PACKAGE / readme).parent.joinpath(link).exists(), link


def test_headings_that_the_code_refers_to_are_there() -> None:
    for path in SOURCES:
        for readme, heading in POINTER.findall(path.read_text("utf-8")):
            file = PACKAGE / readme if "/" in readme else path.parent / readme
            assert f"## {heading}\n" in file.read_text("utf-8"), (path.name, heading)


def test_every_rule_is_explained() -> None:
    text = resources.files("gouji.rules").joinpath("README.md").read_text("utf-8")
    assert {rule for rule in catalogue().rules if f"`{rule}`" not in text} == set()
    named = set(re.findall(r"`([a-z0-9]+(?:-[a-z0-9]+)+)`", text))
    assert named <= catalogue().rules.keys()


def test_every_edition_is_described_with_its_notice() -> None:
    text = resources.files("gouji.form").joinpath("README.md").read_text("utf-8")
    for edition in editions():
        assert f"| {edition} | {load_form(edition).notice}" in text
