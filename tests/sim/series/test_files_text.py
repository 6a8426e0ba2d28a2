"""Other people's tables: whatever separator, encoding and words for a missing answer."""

import numpy as np
import pytest
import xarray as xr

from sim import series as dyadic
from tests.helpers.series_files import same, table, written


@pytest.mark.parametrize("sep", [",", ";", "\t", " "])
@pytest.mark.parametrize("decimal", [".", ","])
def test_separator_and_decimal_mark_are_told_from_the_file(tmp_path, sep, decimal):
    frame = table()
    path = written(tmp_path, frame, sep=sep, decimal=decimal)
    assert same(dyadic.read_series(path), frame)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "latin-1", "utf-16"])
def test_names_with_accents_in_any_usual_encoding(tmp_path, encoding):
    frame = table(names=("Frau Müller", "Señor"))
    path = written(tmp_path, frame, sep=";", encoding=encoding)
    assert list(dyadic.read_series(path).partner.values) == ["Frau Müller", "Señor"]


def test_thousands_between_quotes_are_no_decimals(tmp_path):
    path = tmp_path / "money.csv"
    rows = "".join(f'c,{t},{p},"1,23{t}"\n' for p in "fm" for t in range(3))
    path.write_text("couple,time,partner,value\n" + rows)
    with pytest.raises(ValueError, match=r"'1,230': must be a finite number"):
        dyadic.read_series(path)
    assert float(dyadic.read_series(path, decimal=",").max()) == 1.232


def test_two_columns_of_one_name_are_refused(tmp_path):
    path = tmp_path / "twice.csv"
    path.write_text("couple,time,partner,value,value\nc,0,f,1,2\nc,0,m,1,2\n")
    with pytest.raises(ValueError, match="'value' is there 2 times"):
        dyadic.read_series(path)


@pytest.mark.parametrize(
    ("option", "words"),
    [
        ({"sep": ";;"}, "sep = "),
        ({"decimal": "x"}, "decimal = 'x'"),
        ({"encoding": "klingon"}, "encoding = 'klingon'"),
        ({"missing": {"a": 1}.keys}, "missing = "),
        ({"real": "many"}, "real = 'many'"),
        ({"longest_step": -1}, "longest_step = -1"),
        ({"longest_step": 1, "day": "couple"}, "must be one of the two"),
        ({"couple": 3}, "couple = 3: must be the name of a column"),
        ({"time": "tme"}, "did you mean 'time'"),
        ({"value": []}, "value = "),
        ({"value": {"x": ("a", "b")}}, "a mapping names"),
    ],
)
def test_bad_options_get_one_line(tmp_path, option, words):
    path = written(tmp_path, table())
    with pytest.raises(ValueError, match=words) as fault:
        dyadic.read_series(path, **option)
    assert "\n" not in str(fault.value)


@pytest.mark.parametrize("content", [b"\0\1\2", b"\xff\xfe\x00", b"", b"\n\n", b'a,b\n"x'])
def test_what_is_no_table_gets_one_line(tmp_path, content):
    path = tmp_path / "thing.csv"
    path.write_bytes(content)
    with pytest.raises(ValueError, match=r"thing\.csv") as fault:
        dyadic.read_series(path)
    assert "\n" not in str(fault.value)
    with pytest.raises(ValueError, match="cannot be read"):
        dyadic.read_series(tmp_path)


@pytest.mark.parametrize("word", ["", "NA", "NaN", ".", "n/a", "NULL"])
def test_missing_answers_are_kept_on_request(tmp_path, word):
    frame = table().astype({"value": object})
    frame.loc[[3, 17, 40], "value"] = word
    path = written(tmp_path, frame)
    with pytest.raises(ValueError, match=r"row 5, column value.*missing='keep'"):
        dyadic.read_series(path)
    found = dyadic.read_series(path, missing="keep")
    assert found.attrs["missing"] == 3 == int(found.isnull().sum())
    back = written(tmp_path, dyadic.tidy(found))
    xr.testing.assert_equal(dyadic.read_series(back, missing="keep"), found)


@pytest.mark.parametrize("code", [-9, -99, -999, -9999, 99, 999, 9999])
def test_usual_codes_are_refused_unless_told(tmp_path, code):
    frame = table()
    frame.loc[[5, 30], "value"] = code
    path = written(tmp_path, frame)
    with pytest.raises(ValueError, match=rf"row 7, column value = '{code}.*missing={code}"):
        dyadic.read_series(path)
    assert dyadic.read_series(path, missing=code).attrs["missing"] == 2
    assert dyadic.read_series(path, missing=["keep", code]).attrs["missing"] == 2
    kept = dyadic.read_series(path, real=code)
    assert int((kept == code).sum()) == 2 and kept.attrs["missing"] == 0


def test_an_answer_among_others_is_no_code(tmp_path):
    frame = table()
    frame["value"] = np.linspace(60.0, 130.0, len(frame)).round(0)
    frame.loc[5, "value"] = 99.0  # heart beats
    assert dyadic.read_series(written(tmp_path, frame)).attrs["missing"] == 0


def test_unequal_lengths_and_absent_rows(tmp_path):
    frame = table().drop(index=[2, 3, 20, 63])
    path = written(tmp_path, frame)
    with pytest.raises(ValueError, match="missing='keep'"):
        dyadic.read_series(path)
    found = dyadic.read_series(path, missing="keep")
    assert found.shape == (4, 2, 8) and found.attrs["missing"] == 4
    assert same(found, frame)
    whole = written(tmp_path, table().drop(index=[7, 15]))  # one couple ends a day earlier
    with pytest.raises(ValueError, match=r"lengths must be equal.*missing='keep'"):
        dyadic.read_series(whole)
    assert dyadic.read_series(whole, missing="keep").attrs["missing"] == 2
