# ruff: noqa: E501  (a table, one fault a line)
"""Each fault of a study file is one line with its path and the nearest name."""

from pathlib import Path

import pytest

from experiments.runner.cli import main
from experiments.study import design
from experiments.study.faults import StudyRefused
from experiments.study.study import load, parse
from tests.helpers.study_files import COURSE, GOOD, HEAD, TABLES, also, top, varied, without


def with_(old, new):
    assert old in GOOD
    return GOOD.replace(old, new, 1)


WHOLE_GRID = "\n".join(
    f'[[vary]]\npath = "people.{who}.overrides.{name}"\nlow = 0.3\nhigh = 0.6\nsteps = 10'
    for who in "ab"
    for name in ("amygdala_threshold", "template_threat", "interoception", "deactivation",
                 "social_baseline", "integration")
)  # fmt: skip
EVENT = '[events.day]\nowner = "A"\nday = 2\nstressor = 1.0\n'

BROKEN = {
    "misspelt key": (top("replicatse = 4"), "replicatse: no key 'replicatse': did you mean 'replicates'?"),
    "misspelt table": (also("[poeple.a]\nspread = 0"), "poeple: no key 'poeple': did you mean 'people'?"),
    "misspelt preset": (with_('"scanner"', '"scaner"'), "people.a.preset: no choice 'scaner': did you mean 'scanner'?"),
    "misspelt parameter": (also("[people.a.overrides]\nvagal_tne = 0.3"), "people.a.overrides.vagal_tne: no key 'vagal_tne': did you mean 'vagal_tone'?"),
    "misspelt shared": (also("[shared]\nsafety_ris = 300"), "shared.safety_ris: no key 'safety_ris': did you mean 'safety_rise'?"),
    "misspelt measure": (top('measures = ["closness"]'), "measures: no choice 'closness': did you mean 'closeness'?"),
    "misspelt kind": (with_('"daily_life"', '"daily_live"'), "contexts.life: no choice 'daily_live': did you mean 'daily_life'?"),
    "misspelt protocol": (also(COURSE.replace("live_c", "life_c")), "interventions.help.protocol: no choice 'life_correction': did you mean 'live_correction'?"),
    "misspelt event": (also(EVENT.replace("stressor", "stresor")), "events.day.stresor: no key 'stresor': did you mean 'stressor'?"),
    "misspelt owner": (also(EVENT.replace('"A"', '"C"')), "events.day.owner: no choice 'C'"),
    "misspelt method": (also('[design]\nmethod = "girds"'), "design.method: no choice 'girds': did you mean 'grid'?"),
    "misspelt path": (varied('path = "people.a.overrides.vagal_tne"\nvalues = [0.3]'), "no key 'vagal_tne': did you mean 'vagal_tone'?"),
    "misspelt start of path": (varied('path = "peple.a.spread"\nvalues = [0.3]'), "vary ('peple.a.spread'): no path 'peple': did you mean 'people'?"),
    "misspelt context in path": (varied('path = "contexts.lif.days"\nvalues = [3]'), "vary ('contexts.lif.days'): no contexts named 'lif': did you mean 'life'?"),
    "misspelt field in path": (varied('path = "contexts.life.day"\nvalues = [3]'), "no key 'day': did you mean 'days'?"),
    "missing title": (without("title"), "title: is missing"),
    "missing measures": (without("measures"), "measures: is missing"),
    "missing contexts": (HEAD + '[people.a]\npreset = "scanner"', "contexts: is missing"),
    "missing kind": (with_('kind = "daily_life"\n', ""), "contexts.life: must be a table with a 'kind'"),
    "text for a number": (top('replicates = "8"'), "replicates: must be a whole number, got '8' (couples a cell)"),
    "number for a text": (top("title = 3"), "title: must be a text, got 3"),
    "fraction of a couple": (top("replicates = 2.5"), "replicates: must be a whole number"),
    "true for a number": (top("window = true"), "window: must be a number, got True (days)"),
    "list for a table": (top("people = [1]").replace('[people.a]\npreset = "scanner"', "").replace('[people.b]\npreset = "withdrawer"', ""), "people: must be a table"),
    "table for a list": (top("measures = {a = 1}"), "measures: must be a list"),
    "out of range": (also("[people.b.overrides]\nvagal_tone = 1.4"), "people.b.overrides.vagal_tone: must be in [0.05, 0.95], got 1.4 (prototype of the vagal brake, dimensionless)"),
    "varied out of range": (with_("[0.2, 0.45, 0.7]", "[0.2, 0.45, 7.0]"), "vary ('people.a.overrides.vagal_tone'): value 7: must be in [0.05, 0.95] (prototype"),
    "negative replicates": (top("replicates = -8"), "replicates: must be in [1, 1e+06], got -8"),
    "negative seed": (top("seed = -1"), "seed: must be in [0, 1.84467e+19], got -1"),
    "seed too large": (top("seed = 18446744073709551616"), "seed: must be in [0, 1.84467e+19]"),
    "negative dose": (also(COURSE + "dose = -0.5"), "interventions.help.dose: must be in [0, 1], got -0.5"),
    "negative sessions": (also(COURSE.replace("= 2", "= -2")), "interventions.help.sessions: must be in [0, 1000], got -2"),
    "negative day": (also(EVENT.replace("day = 2", "day = -2")), "events.day.day: must be in [0, 3650], got -2"),
    "no days": (with_("days = 14", "days = 0"), "contexts.life.days: must be in [1, 3650], got 0"),
    "infinite": (also("[shared]\nsafety_rise = inf"), "shared.safety_rise: must be a finite number"),
    "no number": (top("window = nan"), "window: must be a finite number"),
    "empty measures": (top("measures = []"), "measures: must not be empty"),
    "empty grid": (with_("[0.2, 0.45, 0.7]", "[]"), "vary ('people.a.overrides.vagal_tone').values: must not be empty"),
    "empty file": ("", "title: is missing"),
    "measure twice": (top('measures = ["alarm", "alarm"]'), "measures: 'alarm' is named twice"),
    "path twice": (varied('path = "people.b.preset"\nvalues = ["secure"]'), "vary ('people.b.preset'): is varied twice"),
    "value twice": (with_("[0.2, 0.45, 0.7]", "[0.2, 0.45, 0.2]"), "vary ('people.a.overrides.vagal_tone'): values holds 0.2 twice"),
    "key twice": (top("seed = 1") + "\n[people.a]\nspread = 0\n", "is not TOML"),
    "no TOML": ("title = \n", "is not TOML"),
    "cells without end": (HEAD + TABLES.split("[[vary]]")[0] + WHOLE_GRID, "vary: makes 1,000,000,000,000 cells; must be at most 2,000,000"),
    "values and range": (varied('path = "closeness"\nvalues = [0.3]\nlow = 0.1\nhigh = 0.2'), "vary ('closeness'): give either values or a range, not both"),
    "range upside down": (varied('path = "closeness"\nlow = 0.5\nhigh = 0.2\nsteps = 3'), "vary ('closeness'): low must be below high, got 0.5 and 0.2"),
    "range without steps": (varied('path = "closeness"\nlow = 0.1\nhigh = 0.2'), "vary ('closeness'): grid needs values, or low, high and steps"),
    "half a range": (varied('path = "closeness"\nlow = 0.1\nsteps = 4'), "vary ('closeness'): give both low and high"),
    "sample without size": (HEAD + TABLES.split("[[vary]]")[0] + '[design]\nmethod = "sobol"\n[[vary]]\npath = "closeness"\nlow = 0.1\nhigh = 0.2', "design.samples: is missing; sobol needs it"),
    "sample of no power": (HEAD + TABLES.split("[[vary]]")[0] + '[design]\nmethod = "saltelli"\nsamples = 100\n[[vary]]\npath = "closeness"\nlow = 0.1\nhigh = 0.2', "design.samples: must be a power of 2, got 100; nearest: 128"),
    "sample of presets": (also('[design]\nmethod = "sobol"\nsamples = 8'), "sobol needs a range: low and high, and no values"),
    "list of unequal length": (also('[design]\nmethod = "list"'), "vary: list needs as many values of each factor, got 3, 2"),
    "samples for a grid": (also("[design]\nsamples = 8"), "design.samples: must not be given for grid"),
    "session after the end": (also(COURSE.replace("= 3", "= 30")), "interventions: session 2 on day 30 is beyond day 14"),
    "varied beyond the end": (also(COURSE) + '[[vary]]\npath = "interventions.help.start"\nvalues = [0, 40]', "session 1 on day 40 is beyond day 14"),
    "event after the end": (also(EVENT.replace("day = 2", "day = 20")), "events: day = 20: no exchange at or after it in this calendar"),
    "event of nothing": (also(EVENT.replace("stressor = 1.0", "")), "events.day: must set at least one field"),
    "override and distribution": (also('[people.a.overrides]\nwarmth = 0.3\n[people.a.distributions.warmth]\nkind = "uniform"\nlow = 0.1\nhigh = 0.2'), "people.a.distributions.warmth: is given twice"),
    "distribution of nothing": (also('[people.a.distributions.warmt]\nkind = "uniform"\nlow = 0.1\nhigh = 0.2'), "people.a.distributions.warmt: no parameter 'warmt': did you mean 'warmth'?"),
    "distribution out of range": (also('[people.a.distributions.volatility]\nkind = "uniform"\nlow = 0.1\nhigh = 2.0'), "people.a.distributions.volatility: must be in"),
    "distribution upside down": (also('[people.a.distributions.volatility]\nkind = "uniform"\nlow = 0.5\nhigh = 0.2'), "people.a.distributions.volatility: low must be below high, got 0.5, 0.2"),
    "stop rule of another measure": (also('[stop]\nmeasures = ["mood"]\nmcse = 0.01\nmost = 100'), "stop.measures: no measure above 'mood'"),
    "stop rule of too few": (also('[stop]\nmeasures = ["alarm"]\nmcse = 0.01\nmost = 4'), "stop.most: must be at least replicates = 8, got 4"),
    "a life too long": (with_("days = 14", "days = 3000").replace("[[vary]]", "[[vary]]\n", 1).replace("seed = 1", "seed = 1\nrepeat = 20"), "contexts: must last at most 36525 days in all, got 60000"),
    "window beyond the end": (top("window = 100"), "window = 100: longer than the study's 14 days"),
    "window beyond the shortest": (varied('path = "contexts.life.days"\nvalues = [30, 3]'), "window = 7: longer than the study's shortest 3 days"),
    "block without path": (varied("values = [1]"), "vary (block 3).path: is missing"),
    "ends of a range": (varied('path = "people.b.overrides.vagal_tone"\nlow = 0.2\nhigh = 8\nsteps = 4'), "vary ('people.b.overrides.vagal_tone'): high = 8: must be in [0.05, 0.95] (prototype"),
    "several values": (with_("[0.2, 0.45, 0.7]", "[0.2, 5, 7.5]"), "vary ('people.a.overrides.vagal_tone'): values 5, 7.5: must be in [0.05, 0.95]"),
}  # fmt: skip


def test_the_good_file_is_good():
    assert design.count(parse(GOOD, "study.toml")) == 6


@pytest.mark.parametrize("name", BROKEN)
def test_each_fault_is_a_readable_line(name, tmp_path, monkeypatch, capsys):
    text, expected = BROKEN[name]
    monkeypatch.chdir(tmp_path)
    Path("study.toml").write_text(text, encoding="utf-8")
    assert main(["study", "study.toml"]) == 2
    captured = capsys.readouterr()
    assert f"study.toml: {expected}" in captured.err or expected in captured.err
    assert captured.out == "" and "Traceback" not in captured.err
    assert all(line.startswith("study.toml: ") for line in captured.err.splitlines())
    assert all(len(line) < 300 for line in captured.err.splitlines())
    assert [path.name for path in tmp_path.iterdir()] == ["study.toml"]


def test_there_are_fifty_and_more():
    assert len(BROKEN) >= 50


OTHER_FILES = {
    "wrong encoding": (GOOD.replace("smallest", "kleinste für").encode("latin-1"), "must be UTF-8 text; byte 0xfc"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(100), "must be UTF-8 text"),
    "nested too deeply": (b"x = " + b"[" * 50_000, "nested too deeply"),
    "a number too long": (b"seed = " + b"9" * 5000, "is not TOML"),
    "null bytes": (b"title = \"\0\"", "is not TOML"),
}  # fmt: skip


@pytest.mark.parametrize("name", OTHER_FILES)
def test_what_is_no_text_is_refused(name, tmp_path):
    content, expected = OTHER_FILES[name]
    (tmp_path / "study.toml").write_bytes(content)
    with pytest.raises(StudyRefused, match=expected):
        load(tmp_path / "study.toml")


def test_a_missing_file_names_the_nearest(tmp_path):
    (tmp_path / "tipping_point.toml").write_text(GOOD)
    with pytest.raises(StudyRefused, match="did you mean 'tipping_point"):
        load(tmp_path / "tiping_point.toml")
    with pytest.raises(StudyRefused, match="cannot be read"):
        load(tmp_path)


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ("--workers 0", "--workers = 0: must be in [1, 1024]"),
        ("--status --dry-run", "give at most one of them"),
        ("--only xyz", "--only = xyz: must be a cell's key"),
        ("--only 0123456789", "no such cell"),
        ("--workers x", "workers"),
    ],
)
def test_bad_options_are_refused(options, expected, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    Path("study.toml").write_text(GOOD, encoding="utf-8")
    assert main(["study", "study.toml", *options.split()]) == 2
    assert expected in capsys.readouterr().err
    assert not Path("results").exists()
