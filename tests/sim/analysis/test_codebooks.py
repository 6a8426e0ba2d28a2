"""A codebook has a line a column, and tells range and gaps as they are."""

import pandas as pd
import pytest

from sim.analysis.codebooks import COLUMNS, LONGEST, codebook


def test_ranges_and_gaps_are_those_of_the_table():
    table = pd.DataFrame(
        {"x": [0.25, None, -1.0], "who": ["A", "B", ""], "empty": [None] * 3, "n": [1, 2, 3]}
    )
    book = codebook(table, {name: (f"meaning of {name}", "1") for name in table}).set_index("name")
    assert [book.index.name, *book.columns] == list(COLUMNS)
    assert list(book.range) == ["-1 to 0.25", "A, B", "", "1 to 3"]
    assert list(book.missing) == [1, 1, 3, 0] and (book.unit == "").all()


def test_many_or_long_texts_are_counted():
    table = pd.DataFrame({"many": [f"c{k}" for k in range(50)], "long": ["x" * LONGEST, "y"] * 25})
    book = codebook(table, dict.fromkeys(table, ("a text", "")))
    assert list(book.range) == ["50 different texts", "2 different texts"]


def test_a_column_without_a_meaning_is_refused():
    with pytest.raises(ValueError, match="column 'y': has no meaning"):
        codebook(pd.DataFrame({"x": [1], "y": [2]}), {"x": ("x", "1")})
