"""What is remembered stays within its bound, and what is asked for stays longest."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from gouji.remembered import Memo, OfOwners


def held(memo: Memo[int, str]) -> int:
    return len({*memo._young, *memo._old})


def test_what_is_asked_for_stays() -> None:
    memo: Memo[int, str] = Memo(20)
    for number in range(1000):
        memo.put(number, str(number))
        assert memo.get(0) == "0"
        assert held(memo) <= 20
    assert memo.get(1) is None and memo.get(999) == "999"


def test_sizes_count_and_the_largest_are_not_kept() -> None:
    memo: Memo[int, str] = Memo(100, lambda _, text: len(text))
    memo.put(1, "x" * 50)
    memo.put(2, "x" * 51)
    assert memo.get(1) and memo.get(2) is None
    memo.put(3, "y" * 50)
    memo.put(4, "z" * 50)
    assert memo.get(1) is None and memo.get(3) and memo.get(4)
    memo.put(4, "z")
    assert memo.get(4) == "z"


def test_what_is_put_again_counts_once() -> None:
    memo: Memo[int, str] = Memo(100, lambda _, text: len(text))
    memo.put(1, "x" * 10)
    for length in (30, 40, 20, 40, 30):
        memo.put(2, "y" * length)
    assert memo._spent == 40 and held(memo) == 2 and not memo._old


def test_each_learns_what_is_missing() -> None:
    memo: Memo[int, str] = Memo(100)
    memo.put(1, "one")
    learnt: list[int] = []

    def learn(number: int) -> str:
        learnt.append(number)
        memo.put(number, f"<{number}>")
        return f"<{number}>"

    assert memo.each([1, 2, 3, 2], learn) == ["one", "<2>", "<3>", "<2>"]
    assert memo.each([1, 2, 3], learn) == ["one", "<2>", "<3>"]
    assert learnt[:2] == [2, 3]


def test_threads_keep_the_bound() -> None:
    memo: Memo[int, str] = Memo(50)

    def use(start: int) -> bool:
        for number in range(start, start + 2000):
            memo.put(number % 97, str(number % 97))
            found = memo.get(number % 89)
            assert found in (None, str(number % 89))
        return True

    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(use, range(0, 8000, 2000)))
    assert held(memo) <= 50


def test_owners_are_told_apart_by_what_they_are() -> None:
    """Two that are equal now may differ later; and neither need have a hash."""
    memory, one, other = OfOwners(2), ["a"], ["a"]
    assert memory.once("length", one, lambda: 1) == 1
    assert memory.once("length", other, lambda: 2) == 2
    assert (memory.once("length", one, lambda: 3), memory.once("length", other, lambda: 3)) == (1, 2)
    assert memory.once("other", one, lambda: 4) == 4, "more than two: it begins anew"
    assert memory.once("length", one, lambda: 5) == 5


def test_an_owner_stays_while_something_of_it_is_remembered() -> None:
    """Else the next object could get its id, and with it what was found of another."""
    memory = OfOwners(64)
    for number in range(1000):
        assert memory.once("number", [number], lambda number=number: number) == number
