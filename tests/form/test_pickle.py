"""A form is one object, also in what a pool of processes sends back."""

import pickle

import pytest

from gouji.form import load_form


@pytest.mark.parametrize("layout", [{}, {"table3": "2019"}])
def test_a_form_travels_as_its_name(layout: dict[str, str]) -> None:
    form = load_form("2021", layout)  # type: ignore[arg-type]
    form.residuals([0] * len(form.cells))
    assert pickle.loads(pickle.dumps(form)) is form
