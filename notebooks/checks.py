"""Checks of the exercises: one friendly line each, and never an error."""

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

OPEN = "Not solved yet: put your answer in place of the three dots."
SOLVED = "Solved."


def judge(answer: Any, right: Callable[[Any], Any], hint: str) -> None:
    """Say whether ``right(answer)`` holds; an answer of the wrong kind is only a wrong answer."""
    if answer is ...:
        print(OPEN)
        return
    try:
        solved = bool(right(answer))
    except Exception as fault:  # whatever a student writes, the lesson goes on
        print(f"Not yet: this answer can't be used ({type(fault).__name__}: {fault}). {hint}")
        return
    print(SOLVED if solved else f"Not yet. {hint}")


def near(answer: float, right: float, tolerance: float) -> bool:
    """Whether a number is as close as ``tolerance``."""
    return abs(float(answer) - float(right)) <= tolerance


# --- 1. one couple --------------------------------------------------------------------------------


def first_alarm(answer, record) -> None:
    """The first step at which A's alarm is above 0.9."""
    rows = record[(record.partner == "A") & (record.alarm > 0.9)]
    hint = 'Take the rows with record.partner == "A" and alarm above 0.9; the column is Step.'
    judge(answer, lambda step: int(step) == int(rows.Step.min()), hint)


def calmer(answer, play) -> None:
    """One parameter of A that brings the mean arousal below 0.6."""

    def right(changes):
        played = play(dict(changes))
        return len(changes) == 1 and played[played.partner == "A"].arousal.mean() < 0.6

    judge(answer, right, "One entry only. Which parameter brings the body down again?")


# --- 2. eight architectures -----------------------------------------------------------------------


def loudest(answer, life) -> None:
    """The architecture with the most demand."""
    demand = life.sent_demand.mean("dyad")
    most = str(demand.condition.values[np.argmax(demand.values)])
    judge(answer, lambda name: name == most, "Look down the column sent_demand of the table.")


def strongest(answer, demand_with, names: Iterable[str]) -> None:
    """The parameter whose secure value lowers the scanner's demand most."""
    hint = "Another parameter lowers it more. What turns alarm into demand?"
    judge(answer, lambda name: name == min(names, key=demand_with), hint)


# --- 3. three drivers -----------------------------------------------------------------------------


def repeats_exactly(answer, difference) -> None:
    """Whether a run repeats to the last digit."""
    hint = 'Run largest_difference(week("numpy"), week("numpy")) and look.'
    judge(answer, lambda yes: yes is (difference == 0.0), hint)


def couples_a_minute(answer, speed) -> None:
    """Couples that live through a year in a minute of computing."""
    right = 60.0 * speed / (365 * 21)
    hint = "Steps in a minute, divided by the steps of one couple in a year."
    judge(answer, lambda couples: near(couples, right, 0.02 * right + 1.0), hint)


# --- 4. random numbers and effect -----------------------------------------------------------------


def wrong_sign(answer, gaps) -> None:
    """Share of couples with more alarm."""
    judge(answer, lambda share: near(share, (gaps > 0).mean(), 0.011), "The mean of (gaps > 0).")


def couples_needed(answer, gaps) -> None:
    """Couples for a half-width of 0.002."""
    right = (1.96 * gaps.std(ddof=1) / 0.002) ** 2
    hint = "Solve the formula for couples: they are the square of 1.96 * sd / 0.002."
    judge(answer, lambda couples: near(couples, right, 0.02 * right + 1.0), hint)


# --- 5. reassurance -------------------------------------------------------------------------------


def half_gone(answer, relief) -> None:
    """The first dose whose relief is half of the first one's or less."""
    right = int(np.argmax(relief <= 0.5 * relief[0])) + 1
    hint = "Compare each dose with half of relief[0]; Python counts from 0, doses from 1."
    judge(answer, lambda dose: int(dose) == right, hint)


def pause_needed(answer, relief_after) -> None:
    """The fewest days without a dose after which half of what was lost is back."""

    def right(days):
        first, last, again = relief_after(int(days))
        before = relief_after(int(days) - 1)[2] if days > 1 else last
        return again >= 0.5 * (first + last) > before

    judge(answer, right, "Half-way lies between the first two numbers of after_pause. Try lengths.")


# --- 6. a childhood -------------------------------------------------------------------------------


def most_afraid(answer, traits) -> None:
    """The regime that leaves the most fear of closeness."""
    fear = traits.closeness_fear.isel(time=-1).mean("dyad")
    most = str(fear.condition.values[np.argmax(fear.values)])
    judge(answer, lambda name: name == most, "Look at the panel 'Fear of closeness'.")


def enough_care(answer, threshold_with) -> None:
    """A share of consistent care that just leaves a mean threshold of 0.6."""
    hint = "Try shares with threshold_with. It should end between 0.60 and 0.65."
    judge(answer, lambda share: 0.60 <= threshold_with(float(share)) <= 0.65, hint)


# --- 7. treat a couple ----------------------------------------------------------------------------


def effective(answer, effect_of) -> None:
    """A course of at most 20 sessions whose whole interval is below -0.03."""

    def right(plan):
        return plan["sessions"] <= 20 and effect_of(**plan).high < -0.03

    hint = "Look at the figure of step 4: which intervention goes furthest? Give it 20 sessions."
    judge(answer, right, hint)


def ruled_out(answer, found) -> None:
    """The interventions whose interval lies wholly above 0."""
    right = {name for name, estimate in found.items() if estimate.low > 0.0}
    judge(answer, lambda names: set(names) == right, "Those whose whole interval is above 0.")


# --- 8. your own claim ----------------------------------------------------------------------------


def reported(answer, verdict) -> None:
    """An honest report: does the claim hold, does the ablation kill it."""

    def right(report):
        return tuple(report) == (verdict.holds, verdict.ablation_kills)

    judge(answer, right, "Two words, True or False: verdict.holds and verdict.ablation_kills.")


def own_claim(answer, judged) -> None:
    """A claim of one's own that was measured, whatever came out."""

    def right(claim):
        verdict = judged(claim)
        print(f"{claim.title}: {'holds' if verdict.holds else 'does not hold'}.")
        return np.isfinite(verdict.effect)

    judge(answer, right, "Make a Claim with a measure, an effect and a floor of your own.")
