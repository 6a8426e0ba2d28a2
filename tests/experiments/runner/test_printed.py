"""The printed table: made from numbers, and it says what brackets and sd are."""

import numpy as np
import pytest

from experiments.runner import answers
from experiments.runner.printed import Layout, legend, markdown, number, printed, text

SD = 0.04
NAN = float("nan")


def rows():
    def one(condition, quantity, role, **more):
        given = {"low": 0.61, "high": 0.65, "sd": SD, "n": 20, "over": "couples"} | more
        given |= {"interval": answers.BOOTSTRAP.format("couples"), "statistic": "mean"}
        return answers.row(condition, quantity, 0.63, role=role, **given)

    found = [one(c, q, r) for c in ("near", "far") for q in ("alarm", "warmth") for r in ("A", "B")]
    return answers.table([*found, answers.row("near", "band", 0.1, shown=0)])


def test_one_row_a_condition_and_one_column_a_quantity_and_role():
    found = printed(rows(), Layout())
    assert list(found.columns) == ["condition", "alarm A", "alarm B", "warmth A", "warmth B"]
    assert list(found.condition) == ["near", "far"]
    assert set(found["alarm A"]) == {"0.630 [0.610, 0.650] sd 0.040"}
    assert list(printed(rows(), Layout(), brief=True)["alarm A"]) == ["0.630", "0.630"]


def test_without_columns_each_row_stands_for_itself_with_what_the_run_adds():
    table = rows().assign(published=[0.6, NAN] * 4 + [NAN])
    layout = Layout(("condition", "quantity", "role"), (), {"published": ("the paper's", "")})
    found = printed(table, layout)
    assert len(found) == 8 and list(found.columns)[-2:] == ["estimate", "published"]
    assert list(found.published) == ["0.600", "–"] * 4


def test_a_unit_stands_beside_the_quantity():
    table = answers.table([answers.row("one", "half_life", 12.5, unit="min")])
    assert list(printed(table, Layout()).columns) == ["condition", "half_life [min]"]


@pytest.mark.parametrize(
    ("low", "high", "sd", "shown"),
    [
        (0.6298, 0.6302, 0.001, "0.63000 [0.62980, 0.63020] sd 0.00100"),
        (NAN, NAN, 0.04, "0.630 sd 0.040"),
        (0.5, 0.7, NAN, "0.63 [0.50, 0.70]"),
        (0.63, 0.63, 0.0, "0.630 [0.630, 0.630] sd 0.000"),
        (NAN, NAN, NAN, "0.630"),
        (-90.0, 90.0, 300.0, "1 [-90, 90] sd 300"),
    ],
)
def test_decimals_are_those_that_the_error_leaves(low, high, sd, shown):
    assert text({"estimate": 0.63, "low": low, "high": high, "sd": sd}) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (3.0, "3"),
        (0.63, "0.630"),
        (1.2e-9, "1.2e-09"),
        (0.0, "0"),
        (-0.5, "-0.500"),
        (1234.5, "1.23e+03"),
    ],
)
def test_a_bare_number(value, shown):
    assert number(value) == shown


def test_a_zero_has_no_sign():
    assert text({"estimate": -0.0001, "low": -0.1, "high": 0.1, "sd": NAN}).startswith("0.00 ")


def test_the_legend_names_interval_spread_and_number():
    assert legend(rows()) == [
        "Numbers: mean.",
        "In brackets: 95 % percentile bootstrap over couples.",
        "sd: standard deviation between couples.",
        "n: 20 couples.",
    ]


def test_the_legend_tells_kinds_apart():
    share = answers.share("near", "told", np.r_[np.ones(3), np.zeros(5)], over="people")
    table = answers.table([*rows().to_dict("records"), share])
    lines = legend(table)
    assert lines[0] == "Numbers: mean (alarm, warmth); share (told)."
    assert lines[1].endswith("95 % Wilson score (told).")
    assert lines[-1] == "n: 20 couples; 8 people."


def test_a_layout_comes_back_from_the_record():
    layout = Layout(("a",), (), {"a": ("who", "")}, digits=6, hidden=("b",))
    assert Layout.read(layout.plain()) == layout


def test_the_page_has_a_title_a_table_and_lines():
    found = markdown("Is it?", printed(rows(), Layout(("condition",), ("quantity",))), ["One."])
    lines = found.splitlines()
    assert lines[0] == "# Is it?" and lines[2].startswith("| condition | alarm |")
    assert lines[-1] == "- One." and len(lines) == 8
