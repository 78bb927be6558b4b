"""Published files of every shape, without their prose: nothing is read wrong, little stays unread."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from support.published import SHAPES
from support.published.glue import decided_rows
from support.published.judge import judge
from support.published.originals import FOLDER, Original, originals
from support.published.reading import tables_of
from support.published.rewritten import places, rewritten

#: The share of cells that may stay unread where labels are torn off.
TORN = 0.15


@pytest.mark.parametrize("file", originals(), ids=lambda f: f.name)
def test_original(file: Original) -> None:
    score = judge(tables_of(file.data, file.name), file.truth, "soft", (), file.undecidable)
    assert score.wrong == []
    if file.shape == "S01":
        # Of 三 and 四 what the equations decide; a row that contradicts itself, and of 二 most, is left.
        rows = decided_rows(file.truth, "table3") + decided_rows(file.truth, "table4")
        assert {cell for row in rows for cell in row} & set(score.unread) == set()
    else:
        mark = SHAPES[file.shape].unread
        assert score.share_unread <= (TORN if mark is None else mark), score.unread


@pytest.mark.parametrize("file", [f for f in originals() if places(f)], ids=lambda f: f.name)
@settings(max_examples=4, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(seed=st.integers(0, 2**32 - 1))
def test_other_numbers_in_its_markup_are_not_read_wrong(file: Original, seed: int) -> None:
    """Up to thirty numbers of the file are others; what contradicts itself is read as it stands or unread."""
    other = rewritten(file, Random(seed))
    assert judge(tables_of(other.data, other.name), other.truth).wrong == []


def test_other_numbers_are_written_into_nearly_all_shapes() -> None:
    assert {f.shape for f in originals() if not places(f)} == {"S01", "S11"}


def test_every_shape_has_an_original() -> None:
    assert {file.shape for file in originals()} == set(SHAPES)


def test_the_originals_stay_small() -> None:
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 400_000
