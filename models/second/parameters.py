"""Every number of the second core, once: value, meaning, range, unit, symbol, source.

``PartnerParameters`` (fifteen) is what makes one person differ from another; its defaults are the
secure preset. ``SharedParameters`` is what all people have in common: forty numbers, and the
switches that an ablation turns off.

Parameters are *named after* neural systems for readability. They are functional abstractions, not
measurements. ``IA`` and ``NAA`` are the two clinical essays the model starts from; "assumed" means
that no published figure was found. Which numbers were set while looking at which target, stands in
the calibration log beside ``docs/decisions/0014-second-core.md``. Long because it is one table.
"""

from typing import Annotated, Any, NamedTuple

from models.declare import Number, declarations
from models.declare import Parameter as P

DAY = 1440.0
W = "warmths"
SHARE = (0.01, 0.99)


# A table: what a parameter is in one line, its source in the next.
# fmt: off
class PartnerParameters(NamedTuple):
    """One person: a point in the space of neural parameters. Defaults: the secure preset."""

    amygdala_threshold: Annotated[Number, P(
        "evidence at which alarm is one half", SHARE, "1", "theta",
        "IA: threshold set by early care; level assumed")] = 0.55
    vagal_tone: Annotated[Number, P(
        "brake on arousal, and width of the window of tolerance", (0.01, 0.95), "1", "v",
        "NAA; link with insecurity is mixed, Maunder et al. 2006")] = 0.60
    regulation: Annotated[Number, P(
        "share of an impulse that can be held back at ease", SHARE, "1", "c",
        "NAA: respond rather than react; level assumed")] = 0.75
    template_warmth: Annotated[Number, P(
        "warmth that the old cause predicts, never erased", (-1.0, 1.0), W, "mu_0",
        "NAA: early template; Bowlby 1973; level assumed")] = 0.30
    integration: Annotated[Number, P(
        "how far context keeps the old cause out", (0.0, 6.0), "logit", "i",
        "NAA: context and narrative; level assumed")] = 3.5
    vigilance: Annotated[Number, P(
        "variance expected of a partner without any news", (0.01, 0.5), "warmths²", "V_0",
        "IA: elevated baseline of the scanner; level assumed")] = 0.04
    proximity_need: Annotated[Number, P(
        "speed at which need of closeness fills", SHARE, "1/half day", "n",
        "NAA: avoidance is not lack of need; level assumed")] = 0.50
    reward_dependence: Annotated[Number, P(
        "how far mood hangs on need and relief; growth of tolerance", SHARE, "1", "rho",
        "IA: reward outsourced to the partner; level assumed")] = 0.15
    deactivation: Annotated[Number, P(
        "need and state not shown; alarm and closeness turned to distance", SHARE, "1", "d",
        "Mikulincer and Shaver 2007; level assumed")] = 0.12
    closeness_fear: Annotated[Number, P(
        "how far closeness itself is evidence of danger", (0.005, 0.95), "1", "f",
        "NAA: fright without solution, Main and Hesse 1990")] = 0.02
    interoception: Annotated[Number, P(
        "weight of one's own against the partner's state in felt affect", SHARE, "1", "w",
        "IA: merger; a weight of self against other, level assumed")] = 0.85
    mood_set_point: Annotated[Number, P(
        "set point of one's own mood", (-1.0, 1.0), W, "a_0", "assumed")] = 0.20
    comparison_level: Annotated[Number, P(
        "standard against which the relationship is held", (-1.0, 1.0), W, "CL",
        "Thibaut and Kelley 1959; level assumed")] = -0.20
    closeness_wanted: Annotated[Number, P(
        "closeness wanted", SHARE, "1", "C_0", "Mikulincer and Shaver 2007; level assumed")] = 0.60
    cordiality: Annotated[Number, P(
        "warmth as a trait", (-1.5, 1.5), "utility", "h", "assumed")] = 0.10


class SharedParameters(NamedTuple):
    """What all people have in common: clocks, sizes, weights, and switches for ablations."""

    # clocks; "of contact" counts time in contact only, some 100 min a day
    expression_time: Annotated[Number, P(
        "acts, play of the face, evidence", (0.2, 0.6), "min", "tau_f",
        "inertia .9 at 2 s, Gottman, Swanson and Murray 1999")] = 0.33
    body_time: Annotated[Number, P(
        "arousal; a misreading lasts as long", (2.0, 8.0), "min", "tau_b",
        "vagal recovery after a mild stressor")] = 4.0
    relief_time: Annotated[Number, P(
        "good company that empties need; words that move what is told", (10.0, 40.0), "min",
        "tau_r", "assumed")] = 20.0
    load_time: Annotated[Number, P(
        "load of a day; filling of need", (400.0, 1200.0), "min", "tau_d",
        "own lag of days in diaries, Bar-Kalifa et al. 2016")] = 720.0
    expectation_time: Annotated[Number, P(
        "expectation of this partner", (200.0, 800.0), "min of contact", "tau_m", "assumed")] = 400.0
    safety_time: Annotated[Number, P(
        "safety memory beside the template", (200.0, 800.0), "min of contact", "tau_o",
        "assumed; some ten live hours")] = 400.0
    appraisal_time: Annotated[Number, P(
        "sentiment, satisfaction, closeness", (2000.0, 5000.0), "min of contact", "tau_a",
        "assumed; a month")] = 3000.0
    season_time: Annotated[Number, P(
        "strain, tolerance", (25000.0, 70000.0), "min", "tau_s", "assumed; a month")] = 43200.0
    stage_time: Annotated[Number, P(
        "wish for change, alternatives, disengagement", (80000.0, 200000.0), "min", "tau_q",
        "assumed; a quarter")] = 129600.0
    investment_time: Annotated[Number, P(
        "investment; fading of integration gained", (500000.0, 2000000.0), "min", "tau_y",
        "assumed; two years")] = 1051200.0
    # perception
    reading_noise: Annotated[Number, P(
        "error of reading at full ambiguity", (0.4, 0.8), W, "sigma_x",
        "tracking of .2 to .7, Fletcher and Kerr 2010")] = 0.60
    plainness: Annotated[Number, P(
        "clarity of a live signal, face to face", (0.5, 0.8), "1", "c_0", "assumed")] = 0.66
    critical_warmth: Annotated[Number, P(
        "warmth below which a partner counts as cold", (-0.3, 0.0), W, "m_c", "assumed")] = -0.15
    arousal_bias: Annotated[Number, P(
        "arousal and strange places in favour of the old cause", (3.0, 8.0),
        "logit a unit", "a_o", "NAA: matches patterns, not dates; level assumed")] = 5.0
    strain_bias: Annotated[Number, P(
        "load and strain in favour of the old cause", (0.6, 2.5), "logit a warmth", "a_s",
        "NAA: matches patterns, not dates; level assumed")] = 1.25
    # alarm and body
    slope: Annotated[Number, P(
        "slope of alarm, of regulation, of the brink", (6.0, 12.0), "1", "k", "assumed")] = 8.0
    window_edge: Annotated[Number, P(
        "edge of the window of tolerance over (1 + vagal tone)", (0.3, 0.55), "arousal", "w_0",
        "Siegel 1999; level assumed")] = 0.42
    resting_rise: Annotated[Number, P(
        "rise of arousal at rest", (0.05, 0.2), "1/tau_b", "a_r", "assumed")] = 0.10
    load_size: Annotated[Number, P(
        "sd of the load of a day", (0.2, 0.5), W, "s_d", "open diary; level assumed")] = 0.35
    strain_size: Annotated[Number, P(
        "sd of the season", (0.15, 0.45), W, "s_s", "open diary; level assumed")] = 0.25
    alarm_toll: Annotated[Number, P(
        "strain that alarm in company leaves", (0.5, 2.0), "warmths a tau_a", "t_a",
        "McEwen 1998; level assumed")] = 0.95
    # action
    choice_slope: Annotated[Number, P(
        "slope of the choice between acts", (1.5, 4.0), "1/utility", "b", "assumed")] = 2.5
    kindness: Annotated[Number, P(
        "kindness as custom, as far as one regulates oneself", (0.6, 2.2), "utility", "c_k",
        "assumed")] = 1.7
    answer: Annotated[Number, P(
        "answer to warmth beyond what is expected", (1.0, 3.0), "utility a warmth", "q",
        "assumed")] = 2.0
    grudge: Annotated[Number, P(
        "bad sentiment in kindness, as far as it is not held back", (2.0, 8.0),
        "utility a warmth", "q_s", "sentiment override, Weiss 1980; level assumed")] = 5.0
    push: Annotated[Number, P(
        "push of alarm, of closeness, of being unwilling", (0.2, 1.0), "utility", "u",
        "Dayan et al. 2006; level assumed")] = 0.5
    press: Annotated[Number, P(
        "answer to being pressed, and to being left", (1.5, 4.0), "utility", "u_p",
        "Christensen and Heavey 1990; level assumed")] = 2.5
    urge: Annotated[Number, P(
        "wish for change in demand", (0.3, 0.8), "utility a sd", "u_w", "assumed")] = 0.5
    face_play: Annotated[Number, P(
        "sd of the face's own play", (0.3, 0.6), W, "l_0", "assumed")] = 0.42
    kind_look: Annotated[Number, P(
        "what warm engagement looks like; a bid half of it", (0.4, 0.8), W, "l_w",
        "assumed")] = 0.65
    cold_look: Annotated[Number, P(
        "what demand and withdrawal look like, negative", (0.1, 0.4), W, "l_c", "assumed")] = 0.33
    # evaluation and leaving
    warmth_value: Annotated[Number, P(
        "what is perceived, in satisfaction", (0.3, 0.8), "1", "v_m", "assumed")] = 0.52
    mood_value: Annotated[Number, P(
        "own affect, in satisfaction", (0.4, 1.2), "1", "v_a", "assumed")] = 0.80
    unmet_wish: Annotated[Number, P(
        "unmet wish for change, in satisfaction", (0.1, 0.6), "warmths a sd", "v_u",
        "Baucom and Epstein 1990; level assumed")] = 0.32
    distance_cost: Annotated[Number, P(
        "cost of a closeness that is not the wanted one, a square", (0.5, 2.0), W, "v_g",
        "assumed")] = 1.2
    alternatives_size: Annotated[Number, P(
        "sd of alternatives", (0.2, 0.5), W, "s_o", "Rusbult 1983; level assumed")] = 0.35
    brink: Annotated[Number, P(
        "commitment at which disengagement begins", (-0.7, 0.0), W, "c_b", "assumed")] = -0.45
    leaving_time: Annotated[Number, P(
        "from full disengagement to leaving", (7.0, 40.0), "d", "tau_l", "assumed")] = 15.0
    # what lasts
    integration_rate: Annotated[Number, P(
        "integration by felt, regulated correction", (3.0, 30.0), "1/warmth", "n_i",
        "Lane et al. 2015; level assumed")] = 10.0
    integration_depth: Annotated[Number, P(
        "what full integration takes from the old cause, and adds to regulation", (1.0, 4.0),
        "logit", "d_i", "assumed")] = 2.5
    # mechanism switches (1 on, 0 off): what an ablation turns off
    prior_on: Annotated[Number, P("expectation in perception", (0, 1), "1", "-", "ablation")] = 1.0
    old_cause_on: Annotated[Number, P("the old cause", (0, 1), "1", "-", "ablation")] = 1.0
    context_on: Annotated[Number, P("safety bound to its context", (0, 1), "1", "-", "ablation")] = 1.0
    volatility_on: Annotated[Number, P("variance that follows error", (0, 1), "1", "-", "ablation")] = 1.0
    accumulator_on: Annotated[Number, P("evidence accumulates", (0, 1), "1", "-", "ablation")] = 1.0
    buffer_on: Annotated[Number, P("presence as a buffer", (0, 1), "1", "-", "ablation")] = 1.0
    window_on: Annotated[Number, P("window of tolerance", (0, 1), "1", "-", "ablation")] = 1.0
    need_on: Annotated[Number, P("need of closeness", (0, 1), "1", "-", "ablation")] = 1.0
    tolerance_on: Annotated[Number, P("tolerance", (0, 1), "1", "-", "ablation")] = 1.0
    season_on: Annotated[Number, P("season of strain", (0, 1), "1", "-", "ablation")] = 1.0
    toll_on: Annotated[Number, P("strain from alarm narrows the window", (0, 1), "1", "-", "ablation")] = 1.0
    sentiment_on: Annotated[Number, P("sentiment acts", (0, 1), "1", "-", "ablation")] = 1.0
    accommodation_on: Annotated[Number, P("accommodation", (0, 1), "1", "-", "ablation")] = 1.0
    surprise_on: Annotated[Number, P("surprise is answered (1) or the percept (0)", (0, 1), "1", "-", "ablation")] = 1.0
    conflict_on: Annotated[Number, P("freeze by conflict", (0, 1), "1", "-", "ablation")] = 1.0
    press_on: Annotated[Number, P("answer to being pressed or left", (0, 1), "1", "-", "ablation")] = 1.0
    wish_on: Annotated[Number, P("wish for change", (0, 1), "1", "-", "ablation")] = 1.0
    standard_on: Annotated[Number, P("own standards", (0, 1), "1", "-", "ablation")] = 1.0
    alternatives_on: Annotated[Number, P("alternatives", (0, 1), "1", "-", "ablation")] = 1.0
    disengagement_on: Annotated[Number, P("disengagement", (0, 1), "1", "-", "ablation")] = 1.0
    integration_on: Annotated[Number, P("integration by correction", (0, 1), "1", "-", "ablation")] = 1.0
    channel_ab: Annotated[Number, P("channel from A to B open", (0, 1), "1", "-", "ablation")] = 1.0
    channel_ba: Annotated[Number, P("channel from B to A open", (0, 1), "1", "-", "ablation")] = 1.0
# fmt: on


PARAMETERS: dict[Any, dict[str, P]] = {
    kind: declarations(kind) for kind in (PartnerParameters, SharedParameters)
}


def is_switch(name: str) -> bool:
    """Whether a shared parameter is a switch of an ablation and no number of the model."""
    return PARAMETERS[SharedParameters][name].source == "ablation"
