"""A good file is read and written back; a bad one gets one line with row and column."""

import pytest
import xarray as xr

from sim import series as dyadic

GOOD = "couple,time,partner,value\n" + "".join(
    f"{couple},{time},{who},{time * 0.5 + len(who)}\n"
    for couple in ("c1", "c2")
    for who in ("she", "he")
    for time in (0, 1, 2, 3)
)


def test_a_good_file_is_read_and_written_back(tmp_path):
    file = tmp_path / "real.csv"
    file.write_text(GOOD, encoding="utf-8")
    series = dyadic.read_series(file)
    assert series.sizes == {"couple": 2, "partner": 2, "time": 4}
    assert list(series.partner.values) == ["she", "he"]
    assert float(series.sel(couple="c2", partner="he", time=3.0)) == 3.5
    dyadic.tidy(series).to_csv(file, index=False)
    xr.testing.assert_equal(dyadic.read_series(file).sel(partner=["she", "he"]), series)


def lines(**changed):
    rows = GOOD.splitlines()
    for row, text in changed.items():
        rows[int(row[1:]) - 1] = text
    return "\n".join(row for row in rows if row is not None) + "\n"


@pytest.mark.parametrize(
    ("text", "reported"),
    [
        (lines(r4="c1,2,she,warm"), r"row 4, column value = 'warm': must be a finite number"),
        (lines(r4="c1,2,she,"), r"row 4, column value = an empty cell: must be a finite number"),
        (lines(r4="c1,2,she,nan"), r"row 4, column value = 'nan'"),
        (lines(r4="c1,noon,she,1"), r"row 4, column time = 'noon'"),
        (lines(r3=None), r"row 3, column time = 2: must follow 0 by 1, a gap"),
        (lines(r4="c1,1,she,1"), r"row 4, column time = 1: is there twice"),
        (lines(r4="c1,0.5,she,1"), r"row 4, column time = 0.5: must be later"),
        (lines(r17=None), r"row 16, column time = 2: couple 'c2', partner 'he' has 3 values"),
        (
            lines(r14=None, r15=None, r16=None, r17=None),
            r"row 10, column partner = 'she': couple 'c2' has one partner only",
        ),
        (lines(r9="c1,3,friend,1"), r"row 9, column partner = 'friend': must be one of two"),
        (lines(r9="c1,3,,1"), r"row 9, column partner = an empty cell"),
        (lines(r1="couple,time,partner,valu"), r"no column 'value': did you mean 'valu'"),
        ("couple,time,partner,value\n", r"no rows below the header"),
        ("", r"is no CSV table"),
        (lines(r5="c1,3,she,1,9,9"), r"is no CSV table"),
        (GOOD.replace(".5", ",5").replace(".0", ",0"), r"row 2: more cells than columns; is there"),
        (lines(r6=""), r"row 6, column time = an empty cell"),
        (lines(r6="c1,0"), r"row 6, column value = an empty cell"),
    ],
    ids=lambda value: value[:25] if "row" in value else "file",
)
def test_a_bad_file_gets_one_line_with_row_and_column(tmp_path, text, reported):
    file = tmp_path / "bad.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=reported) as fault:
        dyadic.read_series(file)
    assert "\n" not in str(fault.value)


def test_a_mark_at_the_start_and_blank_lines_at_the_end_do_no_harm(tmp_path):
    file = tmp_path / "sheet.csv"
    file.write_bytes(b"\xef\xbb\xbf" + GOOD.encode() + b"\n\n")
    assert dyadic.read_series(file).shape == (2, 2, 4)
    with pytest.raises(ValueError, match=r"nowhere\.csv: cannot be read"):
        dyadic.read_series(tmp_path / "nowhere.csv")
