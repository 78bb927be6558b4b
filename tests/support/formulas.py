"""A lint for formulas: what programs would not agree on.

Excel and Gnumeric order every logical value above every number, LibreOffice takes TRUE for 1, so that a
comparison of one with the other means different things. And only functions count that all programs know.
"""

from __future__ import annotations

from typing import Literal

from openpyxl.formula.tokenizer import Token, Tokenizer

Type = Literal["logical", "number", "text", "any"]

#: Functions that Excel 2010, WPS, LibreOffice and Gnumeric share, and what they return.
FUNCTIONS: dict[str, Type] = {
    "ABS": "number",
    "ADDRESS": "text",
    "AND": "logical",
    "ASC": "text",
    "CHOOSE": "any",
    "CELL": "text",
    "CLEAN": "text",
    "CHAR": "text",
    "COLUMN": "number",
    "COUNT": "number",
    "COUNTA": "number",
    "COUNTBLANK": "number",
    "COUNTIF": "number",
    "COUNTIFS": "number",
    "DATE": "number",
    "DAY": "number",
    "EXACT": "logical",
    "FIND": "number",
    "HYPERLINK": "text",
    "IF": "any",
    "IFERROR": "any",
    "INDEX": "any",
    "INT": "number",
    "ISERROR": "logical",
    "ISLOGICAL": "logical",
    "ISNUMBER": "logical",
    "LEFT": "text",
    "LEN": "number",
    "LOWER": "text",
    "MATCH": "number",
    "MAX": "number",
    "MID": "text",
    "MIN": "number",
    "MOD": "number",
    "MONTH": "number",
    "NOT": "logical",
    "OR": "logical",
    "REPT": "text",
    "RIGHT": "text",
    "ROUND": "number",
    "ROW": "number",
    "SMALL": "number",
    "SUBSTITUTE": "text",
    "SUM": "number",
    "SUMIF": "number",
    "T": "text",
    "TEXT": "text",
    "TRIM": "text",
    "VALUE": "number",
    "VLOOKUP": "any",
    "YEAR": "number",
}
_BINDS = {"=": 1, "<>": 1, "<": 1, ">": 1, "<=": 1, ">=": 1, "&": 2, "+": 3, "-": 3, "*": 4, "/": 4, "^": 5}


def complaints(formula: str) -> list[str]:
    """What is wrong with a formula: functions that not every program knows, logical against number."""
    return _Parser(formula).complaints()


class _Parser:
    def __init__(self, formula: str) -> None:
        found = Tokenizer(formula if formula.startswith("=") else f"={formula}").items
        self.tokens = [t for t in found if t.type != Token.WSPACE]
        self.at = 0
        self.found: list[str] = []

    def complaints(self) -> list[str]:
        self._expression(0)
        if self.at < len(self.tokens):
            self.found.append(f"not understood: {self.tokens[self.at].value}")
        return self.found

    def _next(self) -> Token | None:
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def _expression(self, binding: int) -> Type:
        left = self._operand()
        while (token := self._next()) and token.type == Token.OP_IN and _BINDS[token.value] > binding:
            self.at += 1
            right = self._expression(_BINDS[token.value])
            if _BINDS[token.value] == 1:
                if "logical" in (left, right) and left != right:
                    self.found.append(f"{left} {token.value} {right}")
                left = "logical"
            else:
                left = "text" if token.value == "&" else "number"
        return left

    def _operand(self) -> Type:
        token = self._next()
        assert token is not None
        self.at += 1
        if token.type == Token.OP_PRE:
            return self._operand()
        if token.type == Token.PAREN:
            inside = self._expression(0)
            self.at += 1
            return inside
        if token.type == Token.FUNC:
            found = self._call(token.value.rstrip("("))
            # A range between two of them: INDEX(…):INDEX(…).
            while (token := self._next()) and token.type == Token.FUNC and token.value.startswith(":"):
                self.at += 1
                self._call(token.value[1:].rstrip("("))
            return found
        kinds: dict[str, Type] = {"NUMBER": "number", "TEXT": "text", "LOGICAL": "logical"}
        return kinds.get(token.subtype, "any")

    def _call(self, name: str) -> Type:
        arguments: list[Type] = []
        while (token := self._next()) and not (token.type == Token.FUNC and token.subtype == Token.CLOSE):
            if token.type == Token.SEP:
                self.at += 1
            else:
                arguments.append(self._expression(0))
        self.at += 1
        if name not in FUNCTIONS:
            self.found.append(f"function {name}")
        if name in ("IF", "IFERROR"):
            branches = set(arguments[1:] if name == "IF" else arguments)
            return branches.pop() if len(branches) == 1 else "any"
        return FUNCTIONS.get(name, "any")
