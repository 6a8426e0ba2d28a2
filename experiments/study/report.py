"""``python -m experiments report FOLDER``: one page that needs nothing else, and tables."""

import base64
import html
import io
import shlex
from pathlib import Path
from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from experiments.runner.printed import legend, printed
from experiments.runner.stopping import telling
from experiments.runner.usable import try_writing
from experiments.study import tables
from experiments.study.analysis import Analysis, analyse
from experiments.study.figures import figures
from experiments.study.reported import about
from experiments.study.store import Store
from experiments.study.table import Finished, read
from experiments.study.tables import PAGE, warnings

MOST_EMBEDDED = 3_000_000
NUMBERS = "%.9g"
PARTLY = "each file is whole, old or new; the same command writes them all."
SHORTER = ", or all days of a shorter life"
STUDIES = "results/studies"  # where the command above it writes
STYLE = """
body { font: 16px/1.5 Georgia, serif; color: #1a1a1a; max-width: 1080px; margin: 2em auto;
       padding: 0 1em; }
h1, h2 { font-family: Helvetica, Arial, sans-serif; line-height: 1.2; }
h1 { font-size: 1.7em; } h2 { font-size: 1.2em; margin-top: 2em; }
figure { margin: 1.5em 0; } figure img { max-width: 100%; height: auto; }
figcaption { font-style: italic; }
table { border-collapse: collapse; font: 13px Helvetica, Arial, sans-serif; }
th, td { padding: 2px 10px 2px 0; text-align: right; white-space: nowrap;
         border-bottom: 1px solid #ddd; }
.words td, .words th { white-space: normal; text-align: left; vertical-align: top; }
th { border-bottom: 2px solid #555; } .wide { overflow-x: auto; }
pre { background: #f4f4f4; padding: .8em; overflow-x: auto; font-size: 13px; }
.warning { border-left: 4px solid #D55E00; padding-left: .8em; }
"""


def write(folder: Path) -> tuple[Path, list[str]]:
    """Write the page and the tables of the study in ``folder``: the page's path, its warnings."""
    finished = read(folder)
    analysis = analyse(finished)
    store = Store(folder)
    tables.check_names(store)
    try_writing(folder, "FOLDER")
    with telling(lambda: PARTLY), store.writing():
        text = page(finished, analysis, figures(finished, analysis))
        tables.write(finished, analysis, store, page=True)
        store.put_file(PAGE, text.encode())
    return folder / PAGE, warnings(finished)


# --- the page -------------------------------------------------------------------------------------


def page(finished: Finished, analysis: Analysis | None, drawn: dict[str, Figure]) -> str:
    """The page as one text: no script, no address, pictures inside."""
    file = finished.study.file
    parts = [
        f"<h1>{_safe(file.title)}</h1>",
        f"<p><b>{_safe(file.question)}</b></p><p>Expected beforehand: {_safe(file.expects)}</p>",
        *(f'<p class="warning">{_safe(line)}</p>' for line in warnings(finished)),
        _summary(finished),
        *(_figure(title, figure) for title, figure in drawn.items()),
        *([_sensitivity(analysis)] if analysis is not None else []),
        _cells(finished),
        _meanings(finished),
        _provenance(finished),
    ]
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{_safe(file.title)}</title><style>{STYLE}</style></head><body>\n"
        + "\n".join(parts)
        + "\n</body></html>\n"
    )


def _summary(finished: Finished) -> str:
    plan, counts = finished.study.plan, finished.couples[finished.couples > 0]
    many = (
        f"{counts.min()}" if counts.min() == counts.max() else f"{counts.min()} to {counts.max()}"
    )
    design = finished.study.file.design
    samples = f", {design.samples} samples" if design.samples else ""
    varied = "; ".join(
        f"<code>{_safe(f.path)}</code> {_safe(_span(f))}" for f in finished.study.factors
    )
    all_of_it = "" if "window" in finished.study.file.model_fields_set else SHORTER
    return (
        f"<p>{finished.complete} cells ({design.method}{samples}), {many} couples each, "
        f"{counts.sum():,} couples in all. Measures are taken over the last {plan.window:g} "
        f"days{all_of_it}. "
        "All cells use common random numbers: couple 7 draws the same in every cell."
        f"</p><p>Varied: {varied or 'nothing'}.</p>"
    )


def _span(factor: Any) -> str:
    if not factor.values:
        return f"{factor.low:g} to {factor.high:g}"
    texts = [f"{v:g}" if isinstance(v, float) else str(v) for v in factor.values]
    return ", ".join(texts if len(texts) <= 8 else [*texts[:3], "...", texts[-1]])


def _figure(title: str, figure: Figure) -> str:
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=110, metadata={"Software": None})
    data = base64.b64encode(buffer.getvalue()).decode()
    return (
        f'<figure><img alt="{_safe(title)}" src="data:image/png;base64,{data}">'
        f"<figcaption>{_safe(title)}</figcaption></figure>"
    )


def _sensitivity(analysis: Analysis) -> str:
    notes = "".join(f"<li>{_safe(note)}</li>" for note in analysis.notes)
    tables = "".join(
        f"<details><summary>{_safe(name)}: all inputs</summary>"
        f"{_table(table.sort_values(analysis.by, ascending=False).reset_index())}</details>"
        for name, table in analysis.tables.items()
    )
    return f"<h2>Sensitivity</h2><ul>{notes}</ul>{tables}"


def _cells(finished: Finished) -> str:
    """One row a cell, made from the rows of ``table.csv``."""
    rows = tables.table(finished)
    shown = printed(rows, tables.layout_of(finished, None))
    more = len(finished.rows) - len(shown)
    note = f"<p>{more:,} more cells are in the file.</p>" if more > 0 else ""
    said = " ".join(legend(rows))
    return f"<h2>Cells</h2><p>{_safe(said)}</p>{_table(shown)}{note}{_download(rows)}"


def _download(rows: pd.DataFrame) -> str:
    text = rows.to_csv(index=False, float_format=NUMBERS, lineterminator="\n")
    if len(text) > MOST_EMBEDDED:
        return "<p>The whole table is in <code>table.csv</code>.</p>"
    data = base64.b64encode(text.encode()).decode()
    return (
        f'<p><a download="table.csv" href="data:text/csv;base64,{data}">Save the whole table '
        "(CSV)</a></p>"
    )


def _meanings(finished: Finished) -> str:
    names = dict.fromkeys(name for name, _ in finished.columns)
    rows = [(about(n).title, about(n).meaning, about(n).unit) for n in names]
    table = pd.DataFrame(rows, columns=["measure", "meaning", "unit"])
    return f"<h2>What the measures mean</h2><div class='words'>{_table(table)}</div>"


def _provenance(finished: Finished) -> str:
    record = finished.record
    again = shlex.join(["python", "-m", "experiments", "report", f"{STUDIES}/{record['name']}"])
    versions = ", ".join(f"{name} {v}" for name, v in record["versions"].items())
    facts = {
        "seed": finished.study.plan.seed,
        "source_hash": record["source_hash"],
        "science hash": record["science"],
        "versions": versions,
    }
    rows = "".join(f"<li>{_safe(k)}: <code>{_safe(str(v))}</code></li>" for k, v in facts.items())
    return (
        f"<h2>Where it comes from, and how to repeat it</h2><ul>{rows}</ul>"
        "<p>Save the text below under its name and run, in a checkout with the same "
        f"source_hash:</p><pre>{_safe(record['command'])}\n"
        f"{_safe(again)}</pre>"
        f"<details open><summary>{_safe(record['name'])}.toml</summary>"
        f"<pre>{_safe(finished.study.text)}</pre></details>"
        "<p>Parameters are named after neural systems for readability; they are not measurements."
        "</p>"
    )


def _table(table: pd.DataFrame) -> str:
    heads = "".join(f"<th>{_safe(str(name).replace('_', ' '))}</th>" for name in table.columns)
    body = "".join(
        "<tr>" + "".join(f"<td>{_safe(_cell(v))}</td>" for v in row) + "</tr>"
        for row in table.itertuples(index=False)
    )
    return f'<div class="wide"><table><tr>{heads}</tr>{body}</table></div>'


def _cell(value: Any) -> str:
    return f"{value:.3g}" if isinstance(value, float) else str(value)


def _safe(text: str) -> str:
    return html.escape(text)
