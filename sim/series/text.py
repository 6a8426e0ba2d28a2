"""From the bytes of a file to cells of text: encoding, separator, header.

Rows are numbered as a spreadsheet counts them: the header is row 1.
"""

import codecs
import csv
import io
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from sim.checks import file_bytes

SEPARATORS = (",", ";", "\t")
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class Sheet(NamedTuple):
    """A file's name, its cells as text without spaces around, and what stood between cells."""

    name: str
    cells: pd.DataFrame
    separator: str


def sheet(path: Path, separator: str | None = None, encoding: str | None = None) -> Sheet:
    """The table in ``path``. Separator and encoding are told from the file unless given."""
    text = _text(path, encoding)
    header = next((line for line in text.splitlines() if line.strip()), "")
    between = _separator(header, separator)
    _no_doubles(header, between, path.name)
    frame = _parsed(text, between, path.name)
    frame.columns = pd.Index([str(name).strip() for name in frame.columns])
    frame = frame.fillna("").apply(lambda column: column.str.strip())
    frame.index = pd.RangeIndex(2, len(frame) + 2)
    filled = (frame != "").any(axis=1)
    if not filled.any():
        raise ValueError(f"{path.name}: no rows below the header")
    # Blank lines at the end are no gap.
    return Sheet(path.name, frame.loc[: int(frame.index[filled][-1])], between)


def _text(path: Path, encoding: str | None) -> str:
    raw = file_bytes(path)
    marked = next((name for mark, name in MARKS if raw.startswith(mark)), None)
    tries = (encoding,) if encoding else (marked,) if marked else ("utf-8", "cp1252", "latin-1")
    for name in tries:
        try:
            text = raw.decode(name)
            break
        except LookupError:
            raise ValueError(f"encoding = {encoding!r}: is none that Python knows") from None
        except UnicodeDecodeError:
            continue
    else:
        raise ValueError(f"{path.name}: is no CSV table (its bytes are not {tries[0]})")
    if "\0" in text:
        raise ValueError(f"{path.name}: is no CSV table (it holds bytes that are no text)")
    return text


def _separator(header: str, given: str | None) -> str:
    """``given``, or what stands most often between the header's names; else any white space."""
    if given is not None:
        if not isinstance(given, str) or (len(given) != 1 and given != r"\s+"):
            raise ValueError(f"sep = {given!r}: must be one character, such as ';' or '\\t'")
        return r"\s+" if given == " " else given
    bare = "".join(header.split('"')[::2])  # what stands in quotes separates nothing
    most = max(SEPARATORS, key=bare.count)
    if bare.count(most):
        return most
    return r"\s+" if len(header.split()) > 1 else ","


def _no_doubles(header: str, separator: str, title: str) -> None:
    """Refuse two columns of one name: which is meant cannot be told."""
    if separator == r"\s+":
        names = header.split()
    else:
        names = next(iter(csv.reader([header], delimiter=separator)), [])
    for name, count in Counter(name.strip().strip('"') for name in names).items():
        if count > 1 and name:
            raise ValueError(f"{title}: column {name!r} is there {count} times, must be once")


def _parsed(text: str, separator: str, title: str) -> pd.DataFrame:
    try:
        frame = pd.read_csv(
            io.StringIO(text),
            sep=separator,
            dtype=str,
            keep_default_na=False,
            skipinitialspace=separator != r"\s+",
            skip_blank_lines=False,
        )
    except (pd.errors.ParserError, pd.errors.EmptyDataError, csv.Error, ValueError) as fault:
        raise ValueError(f"{title}: is no CSV table ({' '.join(str(fault).split())})") from None
    if not isinstance(frame.index, pd.RangeIndex):
        raise ValueError(
            f"{title}, row 2: more cells than columns; is there a decimal comma between commas, or "
            "a column of row names without a title (R: row.names = FALSE)?"
        )
    return frame
