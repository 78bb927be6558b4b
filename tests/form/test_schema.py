"""An edition file with a fault is refused, or makes the form that it makes without: never one with less."""

from __future__ import annotations

import copy
import tomllib
from collections.abc import Iterator
from importlib import resources
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gouji.form import Form, FormError, editions, load_form
from gouji.form.load import form_of
from gouji.form.schema import edition_of, read_edition

pytestmark = pytest.mark.slow

Path = tuple[str | int, ...]

#: Keys whose values are ids of the file's own rows, columns and heads.
REFERENCES = {"under", "total_of", "left", "right", "this_year", "last_year"}


def name_of(edition: str) -> str:
    return f"edition_{edition}.toml"


def text_of(edition: str) -> str:
    return resources.files("gouji.form").joinpath(name_of(edition)).read_text("utf-8")


def data_of(edition: str) -> Any:
    return tomllib.loads(text_of(edition))


def walk(data: Any, at: Path = ()) -> Iterator[Path]:
    """Every key and every place in a list, at any depth."""
    steps: Any = data if isinstance(data, dict) else range(len(data)) if isinstance(data, list) else ()
    for step in steps:
        yield (*at, step)
        yield from walk(data[step], (*at, step))


def holder(data: Any, at: Path) -> Any:
    for step in at[:-1]:
        data = data[step]
    return data


def removed(data: Any, at: Path) -> Any:
    data = copy.deepcopy(data)
    del holder(data, at)[at[-1]]
    return data


def misspelt(data: Any, at: Path) -> Any:
    """The key with two letters exchanged, or one more where that changes nothing."""
    data = copy.deepcopy(data)
    key = str(at[-1])
    other = key[:-2] + key[-1] + key[-2] if key[-2:] != key[-2:][::-1] else key + "x"
    holder(data, at)[other] = holder(data, at).pop(at[-1])
    return data


def renamed(data: Any, at: Path) -> Any:
    data = copy.deepcopy(data)
    holder(data, at)[at[-1]] += "x"
    return data


def doubled(data: Any, at: Path) -> Any:
    data = copy.deepcopy(data)
    holder(data, at).insert(at[-1], copy.deepcopy(holder(data, at)[at[-1]]))
    return data


def loaded(data: Any, edition: str) -> Form | None:
    """None where the file is refused."""
    try:
        return form_of(edition_of(data, name_of(edition)))
    except FormError as refused:
        assert str(refused).startswith(f"{name_of(edition)}: ")
        return None


def keys_in(edition: str) -> list[Path]:
    return [at for at in walk(data_of(edition)) if isinstance(at[-1], str)]


def ids_in(edition: str) -> list[Path]:
    data = data_of(edition)
    named = {*REFERENCES, "id"}
    return [
        at
        for at in walk(data)
        if isinstance(holder(data, at)[at[-1]], str)
        and next(s for s in at[::-1] if isinstance(s, str)) in named
    ]


@pytest.mark.parametrize("edition", editions())
def test_what_the_file_says_is_the_form(edition: str) -> None:
    form = loaded(data_of(edition), edition)
    assert form is not None
    assert form.fingerprint == load_form(edition).fingerprint
    assert form.matrix == load_form(edition).matrix


@pytest.mark.parametrize("edition", editions())
def test_no_misspelt_key_is_overlooked(edition: str) -> None:
    data = data_of(edition)
    for at in keys_in(edition):
        assert loaded(misspelt(data, at), edition) is None, at


@pytest.mark.parametrize("edition", editions())
def test_no_key_is_missing_without_a_word_where_equations_hang_on_it(edition: str) -> None:
    data, whole = data_of(edition), load_form(edition)
    optional = set()
    for at in keys_in(edition):
        form = loaded(removed(data, at), edition)
        if form is not None:
            optional.add(at[-1])
            assert (form.matrix, len(form.cells)) == (whole.matrix, len(whole.cells)), at
    print_only = {"title", "corner", "columns_title", "prompt", "printed_unit", "help", "across", "under"}
    assert optional <= {*print_only, "printed", "align", "keyed", "kind", "double_count"}


@pytest.mark.parametrize("edition", editions())
def test_a_renamed_id_is_refused_or_another_form_with_as_many_equations(edition: str) -> None:
    data, whole = data_of(edition), load_form(edition)
    for at in ids_in(edition):
        form = loaded(renamed(data, at), edition)
        if form is not None:
            assert at[-1] == "id", "what names a row, column or head that is not there is refused"
            assert form.matrix == whole.matrix, at
            of_cell = "groups" not in str(at) and at[-2] != "balance"
            assert (form.fingerprint != whole.fingerprint) is of_cell, at


@pytest.mark.parametrize("edition", editions())
def test_nothing_stands_twice(edition: str) -> None:
    data = data_of(edition)
    for at in walk(data):
        if isinstance(at[-1], int):
            assert loaded(doubled(data, at), edition) is None, at


@pytest.mark.parametrize("edition", editions())
def test_a_reference_left_out_is_refused(edition: str) -> None:
    data = data_of(edition)
    for at in walk(data):
        if isinstance(at[-1], int) and at[-2] in REFERENCES and at[-2] != "under":
            assert loaded(removed(data, at), edition) is None, at


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(editions()), st.data())
def test_two_faults_are_no_better_than_one(edition: str, draw: st.DataObject) -> None:
    data, whole = data_of(edition), load_form(edition)
    for _ in range(2):
        at = draw.draw(st.sampled_from(list(walk(data))))
        ways = [removed, misspelt] if isinstance(at[-1], str) else [removed, doubled]
        data = draw.draw(st.sampled_from(ways))(data, at)
    form = loaded(data, edition)
    assert form is None or len(form.equations) == len(whole.equations)


#: What is changed in the file, and what is then said.
SAID = [
    ('total_of = ["natural"', 'totalof = ["natural"', "['total']: Object contains unknown field `totalof`"),
    ('total_of = ["natural"', 'totalof = ["natural"', "; did you mean 'total_of'? allowed: id, label, "),
    ('total_of = ["results"]', 'total_of = ["result"]', "unknown id 'result'; did you mean 'results'?"),
    ('total_of = ["results"]', "total_of = []", "total_of: Expected `array` of length >= 1"),
    ('total_of = ["results"]', 'total_of = ["processed"]', "total_of: is a total of nothing"),
    ("double_count = true", "double_cuont = true", "did you mean 'double_count'?"),
    (
        '"new", label',
        '"new", lable',
        "rows['new']: Object contains unknown field `lable`; did you mean 'label'",
    ),
    ('["new", "carried_in"]', '["new", "carriedin"]', "table3.balance.left: unknown id 'carriedin'; did you"),
    ('last_year = "carried_out"', 'last_year = "granted"', "table3.carry_over.last_year: unknown id 'gr"),
    ('kind = "money"', 'kind = "mony"', "'mony'; did you mean 'money'? allowed: count, money, signed"),
    ('table = "table3"', 'table = "tabel3"', "did you mean 'table3'?"),
    ('table = "table3"', 'table = "table4"', "table3 must be the table of one section, not of 0"),
    ("equations = 3\n", "equations = 4\n", "table4.equations: 4 are declared, the file makes 3"),
    (
        "商业\\\\n企业",
        "商业\\\\n业务",
        "columns['business'].printed: '商业\\\\n业务' is not the label '商业企业' in",
    ),
    ('printed = { corner = "', 'printed = { corner = "…', "table3.blocks[1].corner.printed: "),
    ('id = "granted"', 'id = "new"', "the id 'new' stands twice"),
    ('id = "granted"', 'id = "row"', "the id 'row' is taken by the equations"),
    ('id = "granted"', 'id = "Granted"', "matching regex"),
    ('label = "行政强制"', 'label = "行政 处罚"', "two cells can be read by '行政处罚/"),
    ('title = "二、', 'title = " " # 二、', "matching regex"),
    ('edition = "2', 'edition = "1', "is not what the file's name says"),
    ("[table4]\n", "[table4]\nequations = 3\n", "Cannot overwrite a value"),
]


@pytest.mark.parametrize("edition", editions())
@pytest.mark.parametrize(("old", "new", "says"), SAID)
def test_a_fault_is_said_with_its_place_and_what_is_allowed(
    edition: str, old: str, new: str, says: str
) -> None:
    text = text_of(edition)
    if old not in text:
        pytest.skip("not in this edition")
    with pytest.raises(FormError) as refused:
        read_edition(text.replace(old, new, 1), name_of(edition))
    assert says in str(refused.value), str(refused.value)
