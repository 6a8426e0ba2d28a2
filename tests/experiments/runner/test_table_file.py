"""Tables on disk are the bytes that pandas would write."""

import numpy as np
import pandas as pd
import pytest

from experiments.runner.table_file import NUMBERS, write_table

ODD = [0.1, -0.0, 1e-300, 1.23456789012e10, np.inf, -np.inf, np.nan, 3.0]
TABLES = {
    "numbers": pd.DataFrame({"a": ODD, "b": np.array(ODD, np.float32), "n": range(8)}),
    "texts": pd.DataFrame({"x": ['say "no"', "a,b", "two\nlines", "", None, "± é"], "y": range(6)}),
    "gaps": pd.DataFrame({"mixed": ["a", np.nan, None, 0.25, 3, True], "f": [np.nan] * 6}),
    "facts": pd.DataFrame({"holds": [True, False], "very": ["yes", "no"]}),
    "named index": pd.DataFrame({"v": [1.5, 2.5]}, index=pd.Index([0.1, 0.2], name="share")),
    "two names": pd.DataFrame(
        {"v": [1.0, 2.0]}, index=pd.MultiIndex.from_tuples([("a", 1), ("b", 2)], names=["p", "q"])
    ),
    "no rows": pd.DataFrame(columns=["variable", "value"]),
    "nothing": pd.DataFrame(),
}


@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_written_as_pandas_would(name, tmp_path):
    table = TABLES[name]
    named = any(label is not None for label in table.index.names)
    options = {"index": named, "float_format": NUMBERS, "lineterminator": "\n"}
    write_table(table, tmp_path / "ours.csv")
    table.to_csv(tmp_path / "theirs.csv", encoding="utf-8", **options)
    assert (tmp_path / "ours.csv").read_bytes() == (tmp_path / "theirs.csv").read_bytes()
