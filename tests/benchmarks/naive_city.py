"""The script that is usually written: three sheets of each book by pandas, sums checked, one table.

    python tests/benchmarks/naive_city.py FOLDER TABLE.xlsx sheets|book openpyxl|calamine

``sheets``: one call a sheet; ``book``: one call a book. No label is looked at and no text read.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pandas

SHEETS = ["二", "三", "四"]
#: Where the numbers stand: rows and columns of each sheet, counted from 0.
AREAS = {
    "二": (range(4, 16), range(1, 4)),
    "三": (range(8, 33), range(3, 10)),
    "四": (range(6, 7), range(15)),
}


def main(folder: str, table: str, way: str, engine: str) -> None:
    rows, wrong = {}, []
    for path in sorted(Path(folder).glob("*.xlsx")):
        if way == "sheets":
            sheets = {
                name: pandas.read_excel(path, sheet_name=name, header=None, engine=engine) for name in SHEETS
            }
        else:
            sheets = pandas.read_excel(path, sheet_name=SHEETS, header=None, engine=engine)
        numbers = {name: _numbers(sheets[name], *AREAS[name]) for name in SHEETS}
        if not _adds_up(numbers["三"], numbers["四"]):
            wrong.append(path.stem)
        rows[path.stem] = {
            f"{name}{address}": number for name in SHEETS for address, number in numbers[name].stack().items()
        }
    made = pandas.DataFrame.from_dict(rows, orient="index")
    made.loc["合计"] = made.drop(index=wrong).sum()
    made.to_excel(table)
    print(len(rows), *wrong)


def _numbers(sheet: pandas.DataFrame, rows: range, columns: range) -> pandas.DataFrame:
    return sheet.iloc[list(rows), list(columns)].apply(pandas.to_numeric, errors="coerce")


def _adds_up(three: pandas.DataFrame, four: pandas.DataFrame) -> bool:
    """The row totals of 三 and 四, the sum and the balance of each column of 三."""
    three, four = three.fillna(0), four.fillna(0)
    across = (three.iloc[:, :-1].sum(axis=1) == three.iloc[:, -1]).all()
    down = (three.iloc[2:-2].sum() == three.iloc[-2]).all()
    balance = (three.iloc[:2].sum() == three.iloc[-2:].sum()).all()
    suits = all(four.iloc[0, at : at + 4].sum() == four.iloc[0, at + 4] for at in (0, 5, 10))
    return bool(across and down and balance and suits)


if __name__ == "__main__":
    main(*sys.argv[1:])
