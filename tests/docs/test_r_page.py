"""The page for R runs as it stands, and its actor-partner model gives what ours gives."""

import re
import shlex
import shutil
import subprocess

import numpy as np
import pandas as pd
import pytest

from experiments.runner.cli import main
from sim import series
from tests.helpers.paths import ROOT

PAGE = ROOT / "docs" / "howto" / "from_r.md"


def blocks(kind):
    return re.findall(rf"```{kind}\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.S)


def rscript():
    """The program, or a skip with the reason."""
    found = shutil.which("Rscript")
    if found is None:
        pytest.skip("no Rscript here")
    asked = 'for (name in c("nlme", "lme4")) if (!requireNamespace(name)) quit(status = 1)'
    if subprocess.run([found, "-e", asked], capture_output=True).returncode:
        pytest.skip("R has no nlme or no lme4 here")
    return found


def test_the_page_has_the_parts_that_are_tested():
    text = "\n".join(blocks("r"))
    for part in ("individual.csv", "dyad.csv", "table.csv", "lme(", "lmer(", "stopifnot"):
        assert part in text


@pytest.mark.slow
def test_the_page_runs_and_agrees_with_us(tmp_path, monkeypatch):
    program = rscript()
    monkeypatch.chdir(tmp_path)
    for block in blocks("sh"):
        for line in block.splitlines():
            assert main(shlex.split(line)[1:]) == 0, line
    script = tmp_path / "page.R"
    script.write_text("\n".join(blocks("r")), encoding="utf-8")
    ran = subprocess.run([program, str(script)], capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr[-2000:]
    theirs = pd.read_csv("effects.csv", index_col=0)
    ours = series.actor_partner(series.read_series("mine/individual.csv", value="alarm"))
    for role in "AB":
        for effect in ("actor", "partner"):
            one, two = ours.loc[f"{effect} {role}"], theirs.loc[f"role{role}:{effect}"]
            assert one.estimate == pytest.approx(two.Value, abs=2e-3)
            assert one.standard_error == pytest.approx(two["Std.Error"], rel=0.02)
    assert np.isfinite(theirs.Value).all()
