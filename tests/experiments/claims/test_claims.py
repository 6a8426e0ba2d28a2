"""The claims battery: complete, honest, resumable, and able to fail."""

import json
from dataclasses import replace

import numpy as np
import pytest

from experiments.claims.battery import SUMMARY, Size, all_claims, chosen, rows, run
from experiments.claims.claim import EVIDENCE, confidence_interval
from experiments.claims.findings import FINDINGS, Comparison
from experiments.runner.cli import main
from models.initial_state import initial_couple
from models.partner import emit
from sim.analysis.cohorts import Laboratory
from sim.engines.recording import DYAD_VARIABLES, is_signal
from sim.world.people import resolve
from tests.helpers.paths import ROOT

PAGE = ROOT / "docs" / "claims.md"
CLAIMS = all_claims()
TINY = Size(dyads=12, draws=2, dyads_a_draw=4)
FIELDS = {
    "id", "title", "effect", "ci_low", "ci_high", "floor", "holds", "ablated_effect",
    "ablation_kills", "robust_sign", "robust_floor", "evidence",
}  # fmt: skip


def test_the_thirty_of_the_articles_are_there():
    assert [f"C{number:02}" for number in range(1, 31)] == list(CLAIMS)[:30]


@pytest.mark.parametrize("claim", CLAIMS.values(), ids=CLAIMS)
def test_each_says_what_it_asks_and_what_is_known(claim):
    assert claim.evidence in EVIDENCE
    for text in (claim.question, claim.source, claim.statistic, claim.observed, claim.ablation):
        assert len(text) > 5
    assert claim.evidence_note and claim.title
    assert claim.ablate_shared or claim.ablate_person or claim.ablate_measure


def test_the_page_names_the_failing_ones():
    text = PAGE.read_text(encoding="utf-8")
    rows = [line.split(" | ") for line in text.splitlines() if line.startswith("| [C")]
    assert len(rows) == len(CLAIMS)
    for name, _, _, holds, *_ in rows:
        section = text.split(f'<a id="{name[3:6].lower()}"></a>')[1].split("<a id")[0]
        assert ("Does not hold here" in section) == (holds != "yes")


def test_the_command_writes_table_and_json(tmp_path, capsys):
    out, file = tmp_path / "out", tmp_path / "claims.json"
    arguments = ["claims", "--only", "C30", "--quick", "--out", str(out), "--json", str(file)]
    assert main(arguments) == 0
    (found,) = json.loads(file.read_text())
    assert set(found) == FIELDS == set(SUMMARY) and found["id"] == "C30"
    assert (out / "table.csv").exists() and (out / "C30.png").stat().st_size > 5000
    assert "C30" in capsys.readouterr().out


@pytest.mark.parametrize("only", ["C00", "C1,C12", ","])
def test_an_unknown_claim_is_refused_in_one_line(only, tmp_path, capsys):
    assert main(["claims", "--only", only, "--out", str(tmp_path / "out")]) == 2
    reported = capsys.readouterr().err
    assert "--only" in reported and "Traceback" not in reported
    assert not (tmp_path / "out").exists()


def test_an_interrupted_battery_goes_on_where_it_stopped(tmp_path, monkeypatch):
    claims = chosen("C12,C30")
    first = next(run(claims, TINY, 1, tmp_path, lambda *_: None))[1]
    kept = {path.name for path in tmp_path.iterdir()}
    assert len(kept) == 1

    def never(*_):
        raise AssertionError("a claim that was judged is judged again")

    again = dict(claims)
    monkeypatch.setattr("experiments.claims.battery.judge", never)
    with pytest.raises(AssertionError):
        list(run(again, TINY, 1, tmp_path, lambda *_: None))
    monkeypatch.undo()
    both = [verdict for _, verdict in run(claims, TINY, 1, tmp_path, lambda *_: None)]
    assert rows(both)[0] == rows([first])[0] and len(both) == 2


def test_a_damaged_verdict_is_judged_anew(tmp_path):
    claims = chosen("C30")
    (_, verdict), = run(claims, TINY, 1, tmp_path, lambda *_: None)  # fmt: skip
    (path,) = tmp_path.iterdir()
    path.write_text(path.read_text()[:50])
    (_, again), = run(claims, TINY, 1, tmp_path, lambda *_: None)  # fmt: skip
    assert rows([again]) == rows([verdict])


def standing_still(request):
    """In place of a simulation: everybody's initial state, at all times."""
    states, signals = request.bins.total(False), request.bins.total(True)
    sums, ends = {}, {}
    for name in request.names:
        values = np.stack(
            [_at_start(request, k, name) for k in range(len(request.shared_parameters))]
        )
        weights = signals if is_signal(name) else states
        shape = (1, -1) + (1,) * (values.ndim - 1)
        sums[name] = values[:, None] * weights.reshape(shape)
        if request.ends and not is_signal(name):
            ends[name] = values
    return sums, ends


def _at_start(request, condition, name):
    """One variable of one condition: arrays ([2,] couples)."""
    a, b = (
        resolve(request.people[who][condition], request.seed, request.dyads, request.streams[who])
        for who in (0, 1)
    )
    born = initial_couple(a, b, request.closeness)
    if name in DYAD_VARIABLES:
        return np.broadcast_to(getattr(born.dyad, name), request.dyads.shape)
    if not is_signal(name):
        found = [getattr(born.a, name), getattr(born.b, name)]
    else:
        way, field = name.split("_", 1)
        sent = [getattr(emit(born.a, a), field), getattr(emit(born.b, b), field)]
        found = sent if way == "sent" else sent[::-1]
    return np.stack([np.broadcast_to(x, request.dyads.shape) for x in found])


@pytest.mark.parametrize("claim", CLAIMS.values(), ids=CLAIMS)
@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_no_claim_holds_in_a_frozen_model(claim, monkeypatch):
    """People who stay as they were born, and only show that, must not make a claim hold."""
    monkeypatch.setattr("sim.engines.ensemble.run_all", standing_still)
    try:
        arms = claim.measure(Laboratory(60))
    except ValueError:
        return  # there was nothing to measure
    low = confidence_interval(claim, arms, 1)[0]
    assert not low > claim.floor, f"{claim.id} holds at {low:.2f} with nothing happening"


@pytest.mark.slow
@pytest.mark.parametrize("claim", CLAIMS.values(), ids=CLAIMS)
def test_no_claim_holds_in_noise(claim):
    """Whatever the arms are called, standard normal noise in them must not make a claim hold."""
    names = list(claim.measure(Laboratory(8)))
    for seed in (1, 2):
        rng = np.random.default_rng(seed)
        arms = {name: rng.standard_normal(200) for name in names}
        assert not confidence_interval(claim, arms, seed)[0] > claim.floor


# --- inconvenient findings ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("low", "high", "within", "word"),
    [
        (0.1, 0.2, 0.0, "agrees"), (-0.2, -0.1, 0.0, "disagrees"), (-0.1, 0.1, 0.0, "undecided"),
        (-0.1, 0.1, 0.15, "agrees"), (0.2, 0.4, 0.15, "disagrees"), (0.1, 0.3, 0.15, "undecided"),
    ],
)  # fmt: skip
def test_the_word_follows_the_interval(low, high, within, word):
    finding = replace(FINDINGS[0], within=within)
    assert Comparison(finding, 0.0, low, high).word == word


@pytest.mark.parametrize("finding", FINDINGS, ids=lambda finding: finding.id)
def test_each_finding_is_on_the_page_with_its_verdict(finding):
    (row,) = [line for line in PAGE.read_text().splitlines() if line.startswith(f"| {finding.id} ")]
    assert finding.source in row and any(word in row for word in ("agrees", "undecided"))


def test_fluctuation_can_come_out_either_way():
    laboratory = Laboratory(12)
    arms = FINDINGS[0].measure(laboratory)
    swapped = dict(zip(arms, reversed(list(arms.values())), strict=True))
    assert FINDINGS[0].effect(arms) == pytest.approx(-FINDINGS[0].effect(swapped))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"ablate_shared": {"social_basline_on": 0.0}}, "did you mean 'social_baseline_on'?"),
        ({"ablate_person": {"vagal_tonne": 0.0}}, "did you mean 'vagal_tone'?"),
        ({"evidence": "strong"}, "must be one of supported"),
    ],
)
def test_a_slip_in_a_claim_is_told_in_one_line(change, words):
    with pytest.raises(ValueError, match=r"^C12: ") as fault:
        replace(CLAIMS["C12"], **change)
    assert words in str(fault.value) and "\n" not in str(fault.value)
