"""A second reading of the classic couple models, written from the papers alone.

The author of this file had not seen ``models/classics``, its tests, its documentation, or its
experiments: only a list of names and the equations in plain notation. Flows return the rate of
change, maps the next state. ``OPEN`` marks a place where the paper leaves the form open.
"""

import math

import numpy as np


def strogatz(state, p):
    """Strogatz 1988, Mathematics Magazine 61:35 (all four terms: Strogatz 1994, section 5.3)."""
    styles = np.array([[p.romeo_self, p.romeo_other], [p.juliet_other, p.juliet_self]])
    return tuple(styles @ np.array([state.romeo, state.juliet]))


def secure_couple(state, p):
    """Rinaldi 1998, Applied Mathematics and Computation 95:181."""
    # Each reacts to the *other's* appeal with his or her *own* sensitivity.
    instinct_1 = p.sensitivity_1 * p.appeal_2
    instinct_2 = p.sensitivity_2 * p.appeal_1
    return_1 = p.reactiveness_1 * state.partner_2
    return_2 = p.reactiveness_2 * state.partner_1
    oblivion_1 = p.forgetting_1 * state.partner_1
    oblivion_2 = p.forgetting_2 * state.partner_2
    return instinct_1 + return_1 - oblivion_1, instinct_2 + return_2 - oblivion_2


def laura_petrarch(state, p):
    """Rinaldi 1998, SIAM Journal on Applied Mathematics 58:1205."""
    ell, pet, zed = state.laura, state.petrarch, state.inspiration
    answer = pet - pet**3 / p.flattery**2
    laura = p.reactiveness_laura * (answer + p.appeal_petrarch) - p.forgetting_laura * ell
    beauty = p.appeal_laura / (p.sublimation * zed + 1)
    petrarch = p.reactiveness_petrarch * (beauty + ell) - p.forgetting_petrarch * pet
    return laura, petrarch, p.creativity * pet - p.fading * zed


def gone_with_the_wind(state, p):
    """Rinaldi, Della Rossa and Landi 2013, Physica A 392:3231."""
    # Rhett reacts to Scarlett's appeal A_S and to her love S; the same k serves both.
    fire_rhett = p.reactiveness * state.scarlett / math.exp(state.scarlett)
    fire_scarlett = p.reactiveness * state.rhett / math.exp(state.rhett)
    return (
        p.appeal_scarlett + fire_rhett - state.rhett,
        p.appeal_rhett + fire_scarlett - state.scarlett,
    )


def insecure_biased(state, p):
    """Rinaldi, Della Rossa, Dercole, Gragnani and Landi 2015, Modeling Love Dynamics."""

    # OPEN: exp(-(k x)^n) has no real value for x < 0 and broken n. The book treats insecure
    # couples with positive appeals, which stay at x >= 0. Reading: without love received there
    # is nothing to recoil from, so the recoil of negative love is that of none.
    # OPEN: x^(2m) with broken m. The book has whole m; its x^(2m) is even, so (x^2)^m.
    def side(own, other, forgetting, reactiveness, k, n, bias, appeal):
        received = k * other
        recoil = math.exp(-(max(received, 0.0) ** n))
        ratio = (own * own / (p.bias_half * p.bias_half)) ** p.bias_steepness
        overrating = 1 + bias * (ratio / (1 + ratio))
        return (
            p.sensitivity * appeal * overrating
            + reactiveness * received * recoil
            - forgetting * own
        )

    one, two = state.partner_1, state.partner_2
    return (
        side(one, two, p.forgetting_1, p.reactiveness_1, p.insecurity_1, p.steepness_1, p.bias_1,
             p.appeal_2),
        side(two, one, p.forgetting_2, p.reactiveness_2, p.insecurity_2, p.steepness_2, p.bias_2,
             p.appeal_1),
    )  # fmt: skip


def _influence(other, positive, negative, p):
    """Cook et al. 1995; Gottman et al. 2002: what the other's last turn adds to one's own."""
    # OPEN: Cook et al. 1995 draw the influence *either* as two straight lines through the origin
    # *or* as an ojive; the book puts repair and damping on top. Reading: one sum of all, since
    # the parameters of all stand side by side (defaults of the last three are 0).
    # OPEN: whose turn sets off repair and damping. Reading from the names: the other's.
    # OPEN: whether the threshold itself belongs to the step. Chance 0 for random turns.
    total = positive * max(other, 0.0) + negative * min(other, 0.0)
    if other >= p.ojive_threshold_high:
        total += p.ojive_high
    if -other >= p.ojive_threshold_low:
        total -= p.ojive_low
    if -other >= p.repair_threshold:
        total += p.repair
    if other >= p.damping_threshold:
        total -= p.damping
    return total


def _wife(state, p):
    reported = _influence(state.husband, p.wife_by_positive, p.wife_by_negative, p)
    return reported + p.initial_wife + p.inertia_wife * state.wife


def _husband(state, heard, p):
    reported = _influence(heard, p.husband_by_positive, p.husband_by_negative, p)
    return reported + p.initial_husband + p.inertia_husband * state.husband


def gottman_simultaneous(state, p):
    """Gottman, Murray, Swanson, Tyson and Swanson 2002 (both answer the other's last turn)."""
    return _wife(state, p), _husband(state, state.wife, p)


def gottman_sequential(state, p):
    """Cook et al. 1995, Journal of Family Psychology 9:110 (he answers what she just said)."""
    # The paper: H_(t+1) = I_WH(W_(t+1)) + r_2 H_t + b. Her turn is new, his inertia is old.
    wife = _wife(state, p)
    return wife, _husband(state, wife, p)


def liebovitch(state, p):
    """Liebovitch et al. 2008, Physica A 387:6360."""
    return liebovitch_delay(state, state, p)


def liebovitch_delay(state, past, p):
    """Liebovitch et al. 2008, Physica A 387:6360, with the other's stance delayed."""
    # OPEN: the 2008 paper has no delay. Reading: as in Rojas-Pacheco et al. 2013, Physica A
    # 392:458, only the state of the *other* actor is delayed, one's own inertia is not.
    one = p.feedback_1 * math.tanh(past.actor_2) + p.inertia_1 * state.actor_1 + p.bias_1
    two = p.feedback_2 * math.tanh(past.actor_1) + p.inertia_2 * state.actor_2 + p.bias_2
    return one, two


def sprott_triangle(state, p):
    """Sprott 2004, Nonlinear Dynamics, Psychology, and Life Sciences 8:303."""

    def shy(love):
        return love - love * abs(love)

    # Romeo's two loves answer the *difference* of what he gets; the women know nothing of each
    # other. Romeo feels by the same a and b for both.
    gap = state.juliet - state.guinevere
    return (
        p.romeo_other * shy(gap) + p.romeo_self * state.romeo_juliet,
        p.juliet_self * state.juliet + p.juliet_other * shy(state.romeo_juliet),
        p.romeo_other * shy(-gap) + p.romeo_self * state.romeo_guinevere,
        p.guinevere_self * state.guinevere + p.guinevere_other * shy(state.romeo_guinevere),
    )


def rey_effort(state, p):
    """Rey 2010, PLoS ONE 5:e9881."""
    # OPEN: the paper asks of U only that it rises with falling slope, and of D that it is convex
    # with its least value at c*. Reading: U = u ln(1 + x), the example I remember from the
    # paper's figures with u = 5 (the default here), finite at x = 0; D = (e - e*)^2 / 2, the
    # simplest convex cost that is zero at e*, so D' = e - e* and D'' = 1.
    marginal_utility = p.enjoyment / (1 + state.feeling)
    marginal_cost = state.effort - p.preferred_effort
    return (
        p.efficiency * state.effort - p.fading * state.feeling,
        p.fading * marginal_cost + p.impatience * marginal_cost - p.efficiency * marginal_utility,
    )


def inertia_coordination(state, p):
    """Butler and Barnard 2019, Psychosomatic Medicine 81:744."""
    # Both predictors are of the earlier time: a partner at the same time would be mirroring.
    constant = np.array([p.constant_1, p.constant_2])
    weights = np.array([[p.inertia_1, p.coordination_1], [p.coordination_2, p.inertia_2]])
    return tuple(weights @ np.array([state.partner_1, state.partner_2]) + constant)


def coupled_oscillator(state, p):
    """Boker and Laurenceau 2006; Butler 2011 (d2 on own and partner's deviation and slope)."""
    # OPEN: some write damping and stiffness with a minus sign. Reading: the regression's own
    # signs, d2 = h y + z y' + hp p + zp p', so a restoring pull is a negative h (see its range).
    y1, v1, y2, v2 = state.partner_1, state.speed_1, state.partner_2, state.speed_2
    accel_1 = p.drag_1 * v2 + p.pull_1 * y2 + p.damping_1 * v1 + p.stiffness_1 * y1
    accel_2 = p.drag_2 * v1 + p.pull_2 * y1 + p.damping_2 * v2 + p.stiffness_2 * y2
    return v1, accel_1, v2, accel_2


def glla(series, embed, tau, step=1.0, order=2):
    """Boker, Deboeck, Edler and Keel 2010: columns of value, slope and curvature."""
    # W = L (L'L)^-1, L[i, j] = ((i - centre) tau step)^j / j!.
    offsets = (np.arange(embed) - (embed - 1) / 2) * tau * step
    loadings = np.array([[t**j / math.factorial(j) for j in range(order + 1)] for t in offsets])
    windows = len(series) - (embed - 1) * tau
    rows = np.array([series[i : i + (embed - 1) * tau + 1 : tau] for i in range(windows)])
    return rows @ loadings @ np.linalg.inv(loadings.T @ loadings)


def panic_schema(state, p):
    """Robinaugh et al. 2024, Psychological Review (the slow equation of the arousal schema)."""
    # From the authors' own program (PanicModel, d_AS_dt and simPanic): a day counts if
    # maxAF >= cr_AF; escaped means maxE > cr_E_AS; then it adds r_a (max(maxPT, AS) - AS), so a
    # day of escape never *lowers* the schema, else it takes r_e AS.
    # OPEN where only words are had ("up towards peak threat"): a peak threat below the schema
    # could be read as pulling it down. The program says it does not.
    schema = state.arousal_schema
    if p.peak_fear < p.fear_criterion:
        return (schema,)
    if p.peak_escape > p.escape_criterion:
        return (schema + p.acquisition * max(p.peak_threat - schema, 0.0),)
    return (schema - p.extinction * schema,)


def fraley_stability(state, p):
    """Fraley 2002, Personality and Social Psychology Review 6:123."""
    # A_t = a P + r A_(t-1) + noise. With unit variances and corr(A, P) = lambda at every time,
    # lambda = a + r lambda gives a = (1 - r) lambda, and corr(A_t, A_0) = a lambda + r corr
    # (A_(t-1), A_0).
    # OPEN: the paper lets the first years differ (the correlation with the prototype builds up);
    # the form with constant variance from the start is the one named ("in stationary form").
    from_prototype = (1 - p.stability) * p.loading
    return (p.loading * from_prototype + p.stability * state.retest,)
