"""How a term of a relation is spelt: ``name``, ``prior.name``, with a sign or a whole factor before it."""

from __future__ import annotations


def parse_term(text: str) -> tuple[int, str]:
    """``-2*prior.made`` -> (-2, "prior.made"). Raises ValueError where the factor is 0 or no whole number."""
    if "*" in text:
        factor, _, name = text.partition("*")
        if not int(factor):
            raise ValueError(text)
        return int(factor), name
    return (-1, text[1:]) if text.startswith("-") else (1, text)


def bare_name(term: str) -> str:
    """The line or cell that a term names: ``-2*prior.made`` -> ``made``. Raises ValueError as above."""
    return parse_term(term)[1].removeprefix("prior.")
