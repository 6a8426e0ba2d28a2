"""Faults come all at once; what is not given has its rule."""

import pytest

from experiments.study import design
from experiments.study.faults import StudyRefused
from experiments.study.study import load, parse
from tests.helpers.paths import ROOT
from tests.helpers.study_files import COURSE, GOOD, SHIPPED, top, varied, without


def test_all_faults_come_at_once(tmp_path):
    text = top("replicates = -1").replace('"scanner"', '"scaner"').replace("days = 14", "days = 0")
    with pytest.raises(StudyRefused) as refused:
        parse(text, "study.toml")
    lines = str(refused.value).splitlines()
    assert len(lines) == 3
    assert {line.split(": ")[1] for line in lines} == {
        "replicates", "people.a.preset", "contexts.life.days",
    }  # fmt: skip


TWO_BLOCKS = (
    '[[vary]]\npath = "people.a.overrides.vagel_tone"\nvalues = [0.2, 0.4]\n'
    '[[vary]]\npath = "people.b.overrides.vagal_tone"\nlow = 0.2\nhigh = 8\nsteps = 4\n'
)
ELSEWHERE = {
    "top": (("replicates = 8", 'replicates = "many"'), "replicates"),
    "measures": (('"closeness"', '"closness"'), "measures"),
    "person": (('"scanner"', '"scaner"'), "people.a.preset"),
    "person not varied": (("[people.a]", '[people.c]\npreset = "secure"\n[people.a]'), "people.c"),
    "context": (("days = 14", 'days = "x"'), "contexts.life.days"),
    "design": (("[contexts.life]", '[design]\nmethod = "girds"\n[contexts.life]'), "design.method"),
    "missing": (('kind = "daily_life"', ""), "contexts.life"),
}


@pytest.mark.parametrize("name", ELSEWHERE)
def test_no_other_fault_hides_what_varies(name):
    (old, new), path = ELSEWHERE[name]
    text = GOOD.partition("[[vary]]")[0] + TWO_BLOCKS
    assert old in text
    with pytest.raises(StudyRefused) as refused:
        parse(text.replace(old, new, 1), "study.toml")
    found = str(refused.value).splitlines()
    assert len(found) == 3, found
    assert found[0].startswith(f"study.toml: {path}: ")
    assert "vary ('people.a.overrides.vagel_tone'): no key 'vagel_tone': did you mean" in found[1]
    assert "vary ('people.b.overrides.vagal_tone'): high = 8: must be in" in found[2]


def test_a_broken_block_does_not_hide_its_path():
    with pytest.raises(StudyRefused) as refused:
        parse(varied('path = "peple.a.spread"\nvalues = []\n') + COURSE, "study.toml")
    found = str(refused.value).splitlines()
    assert len(found) == 2 and all("vary ('peple.a.spread')" in line for line in found)
    assert "did you mean 'people'" in found[1]


def test_a_window_that_is_not_given_takes_what_there_is():
    study = parse(without("window"), "study.toml")
    assert study.plan.window == 28.0
    assert parse(top("window = 14"), "study.toml").plan.window == 14.0
    longest = GOOD.partition("[[vary]]")[0] + (
        '[design]\nmethod = "list"\n[[vary]]\npath = "contexts.life.days"\nvalues = [3, 9]\n'
        '[[vary]]\npath = "repeat"\nvalues = [3, 1]\n'
    )
    assert design.count(parse(longest, "study.toml")) == 2  # never 3 days once


def test_a_talk_is_a_day_long_record():
    """A daily record of a quarter of an hour has one value, so that a window of a day fits."""
    talk = GOOD.replace('kind = "daily_life"\ndays = 14', 'kind = "conversation"')
    assert parse(talk.replace("window = 7", "window = 1"), "study.toml").plan.window == 1.0
    with pytest.raises(StudyRefused, match=r"longer than the study's 1 day$"):
        parse(talk, "study.toml")


@pytest.mark.parametrize("path", [ROOT / "experiments" / "studies" / "apart.toml", *SHIPPED[2:3]])
def test_the_length_of_a_life_is_that_of_its_calendar(path):
    from experiments.study import checks
    from experiments.study.life import calendar

    scenario = design.build(load(path).base, {})
    end = calendar(scenario).end[-1] / 1440.0
    assert checks._days(scenario) == pytest.approx(end, abs=1e-6)
