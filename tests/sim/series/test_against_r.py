"""The same data in R: nlme, lme4 and lm must say the same. Skipped where R is not installed."""

import shutil
import subprocess

import numpy as np
import pandas as pd
import pytest

from sim import series as dyadic
from tests.helpers.simulated_couples import diary, holed, swapped

RSCRIPT = shutil.which("Rscript")
RUN = """
args <- commandArgs(trailingOnly = TRUE)
d <- read.csv(args[1])
d$role <- factor(d$role)
d$place <- as.integer(d$role)
d$person <- interaction(d$couple, d$role)
%s
write.csv(data.frame(estimate = estimate, error = error, loglik = loglik), args[2])
"""
LME = """
library(nlme)
f <- %s
estimate <- fixef(f); error <- sqrt(diag(vcov(f))); loglik <- as.numeric(logLik(f))
"""
CONTROL = (  # with its own settings it stops short of the maximum where answers are missing
    'control = lmeControl(opt = "optim", maxIter = 500, msMaxIter = 500, tolerance = 1e-9, '
    "msTol = 1e-10, niterEM = 100)"
)


def has(package):
    """Whether R is there with the package."""
    if RSCRIPT is None:
        return False
    code = f"quit(status = !requireNamespace('{package}', quietly = TRUE))"
    return subprocess.run([RSCRIPT, "-e", code], capture_output=True).returncode == 0


def needs(package):
    if not has(package):
        pytest.skip(f"R with its package {package} is not installed")


def r(tmp_path, frame, code):
    """What an R script says of a table: estimates, standard errors, log-likelihood."""
    frame = frame.sort_values(["couple", "time", "role"])  # nlme wants a time's rows together
    frame.to_csv(tmp_path / "data.csv", index=False)
    (tmp_path / "fit.R").write_text(RUN % code)
    done = subprocess.run(
        [RSCRIPT, "fit.R", "data.csv", "out.csv"], cwd=tmp_path, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return pd.read_csv(tmp_path / "out.csv")


def agree(ours, theirs, loglik=None, rel=1e-3):
    size = np.abs(theirs.error).max()
    np.testing.assert_allclose(ours.estimate, theirs.estimate, atol=rel * size, rtol=rel)
    np.testing.assert_allclose(ours.standard_error, theirs.error, rtol=rel)
    if loglik is not None:
        assert loglik == pytest.approx(theirs.loglik[0], abs=1e-2)


@pytest.mark.parametrize("share", [0.0, 0.15])
def test_actor_partner_is_that_of_nlme(tmp_path, share):
    needs("nlme")
    series = holed(diary(couples=30, days=20, seed=5, shared=0.5), share, 1)
    ours = dyadic.actor_partner(series)
    theirs = r(tmp_path, dyadic.lagged_table(series), LME % (
        "lme(now ~ 0 + role + role:own + role:other, random = ~ 0 + role | couple, "
        "weights = varIdent(form = ~ 1 | role), "
        "correlation = corSymm(form = ~ place | couple / time), data = d, " + CONTROL + ")"
    ))  # fmt: skip
    agree(ours, theirs, ours.attrs["log_likelihood"])


def test_without_residual_correlation_nlme_differs_by_less_than_a_tenth(tmp_path):
    """The usual tutorial's model, where it is true."""
    needs("nlme")
    series = diary(couples=30, days=20, seed=6)
    theirs = r(tmp_path, dyadic.lagged_table(series), LME % (
        "lme(now ~ 0 + role + role:own + role:other, random = ~ 0 + role | couple, "
        "weights = varIdent(form = ~ 1 | role), data = d, " + CONTROL + ")"
    ))  # fmt: skip
    ours = dyadic.actor_partner(series)
    np.testing.assert_allclose(ours.standard_error, theirs.error, rtol=0.1)


def test_exchangeable_partners_are_those_of_nlme(tmp_path):
    needs("nlme")
    series = swapped(diary(couples=30, days=20, seed=7, shared=0.4, spread=(1.0, 1.0)), 2)
    ours = dyadic.actor_partner(series, exchangeable=True)
    theirs = r(tmp_path, dyadic.lagged_table(series), LME % (
        "lme(now ~ own + other, random = list(couple = pdCompSymm(~ 0 + role)), "
        "correlation = corCompSymm(form = ~ 1 | couple / time), data = d, " + CONTROL + ")"
    ))  # fmt: skip
    agree(ours, theirs, ours.attrs["log_likelihood"])


def test_exchangeable_partners_are_those_of_lme4(tmp_path):
    needs("lme4")
    series = holed(diary(couples=30, days=20, seed=8, shared=0.5, spread=(1.0, 1.0)), 0.1, 3)
    shared = np.random.default_rng(1).standard_normal((30, 1, 1))
    ours = dyadic.actor_partner(series + 2.0 * shared, exchangeable=True)
    assert ours.attrs["intercept_covariance"][0][1] > 0 < ours.attrs["residual_covariance"][0][1]
    theirs = r(
        tmp_path,
        dyadic.lagged_table(series + 2.0 * shared),
        """
        suppressMessages(library(lme4))
        f <- lmer(now ~ own + other + (1 | couple) + (1 | person) + (1 | couple:time), data = d)
        estimate <- fixef(f); error <- sqrt(diag(as.matrix(vcov(f))))
        loglik <- as.numeric(logLik(f))
    """,
    )
    agree(ours, theirs, ours.attrs["log_likelihood"])


@pytest.mark.parametrize("exchangeable", [False, True])
def test_one_time_is_that_of_gls(tmp_path, exchangeable):
    needs("nlme")
    series = diary(couples=60, days=2, seed=9, shared=0.5)
    outcome, predictor = series.isel(time=1), series.isel(time=0)
    ours = dyadic.actor_partner_once(outcome, predictor, exchangeable=exchangeable)
    x = predictor.values - predictor.values.mean()
    frame = pd.concat([
        pd.DataFrame({"couple": range(60), "time": 0, "role": name, "now": outcome.values[:, p],
                      "own": x[:, p], "other": x[:, 1 - p]})
        for p, name in enumerate("AB")
    ])  # fmt: skip
    kinds = (
        "own + other, correlation = corCompSymm(form = ~ 1 | couple)" if exchangeable else
        "0 + role + role:own + role:other, correlation = corSymm(form = ~ place | couple), "
        "weights = varIdent(form = ~ 1 | role)"
    )  # fmt: skip
    theirs = r(
        tmp_path,
        frame,
        f"""
        library(nlme)
        f <- gls(now ~ {kinds}, data = d)
        estimate <- coef(f); error <- sqrt(diag(vcov(f))); loglik <- as.numeric(logLik(f))
    """,
    )
    agree(ours, theirs, ours.attrs["log_likelihood"])


def test_paths_and_a_couples_least_squares_are_those_of_lm(tmp_path):
    needs("stats")
    series = diary(couples=30, days=30, seed=10)
    panel = dyadic.cross_lagged(series)
    frame = pd.DataFrame({
        "couple": range(30), "time": 0, "role": "A", "now": series.values[:, 0, 1],
        "own": series.values[:, 0, 0], "other": series.values[:, 1, 0],
    })  # fmt: skip
    code = "f <- lm({}, data = d); s <- summary(f)$coefficients\n{}"
    take = "estimate <- s[, 1]; error <- s[, 2]; loglik <- 0"
    theirs = r(tmp_path, frame, code.format("scale(now) ~ scale(own) + scale(other)", take))
    assert panel.stability["A"] == pytest.approx(theirs.estimate[1], rel=1e-6)
    assert panel.cross["A"] == pytest.approx(theirs.estimate[2], rel=1e-6)
    one = series.isel(couple=[0])
    fit = dyadic.inertia_coordination(one, detrend=False)
    table = dyadic.lagged_table(one)
    theirs = r(tmp_path, table[table.role == "A"], code.format("now ~ own + other", take))
    for place, name in ((1, "inertia"), (2, "coordination")):
        assert float(fit[name][0, 0]) == pytest.approx(theirs.estimate[place], rel=1e-6)
        assert float(fit[f"{name}_se"][0, 0]) == pytest.approx(theirs.error[place], rel=1e-6)
