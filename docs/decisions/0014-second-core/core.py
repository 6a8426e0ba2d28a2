"""The second core of the couple model: equations, once, for floats and for arrays.

A partner is twenty states and fifteen personal parameters; a couple adds two facts (closeness, age).
``emit(state, p, g) -> Signal``; ``hear(...) -> Signal``; ``update(...) -> PartnerState``. Only signals
and the facts of the couple cross between partners. Nothing branches on a state, and nothing knows an
architecture's name. Units: minutes; warmth and what is on its scale ("warmths") in about (-1, 1);
shares in (0, 1). "y -> z in T" below is the exact relaxation of y towards z with time constant T.
"""

from typing import NamedTuple

import numpy as np

# ---------------------------------------------------------------- declared numbers
# name: (value, low, high, unit, source)
NUMBERS = dict(
    # clocks
    t_face=(0.33, 0.2, 0.6, 'min', 'acts, play of the face, evidence: inertia .9 at 2 s (Gottman Swanson Murray 1999)'),
    t_body=(4.0, 2.0, 8.0, 'min', 'vagal recovery after a mild stressor, EVIDENCE section 5; misreading lasts as long'),
    t_day=(720.0, 400.0, 1200.0, 'min', 'load of a day; need fills: half a day (Bar-Kalifa 2016 diary, own lag one)'),
    t_model=(400.0, 200.0, 800.0, 'min of contact', 'expectation of this partner: four days of contact; assumed'),
    t_old=(400.0, 200.0, 800.0, 'min of contact', 'safety memory beside the template: ten live hours; assumed'),
    t_month=(3000.0, 2000.0, 5000.0, 'min of contact', 'sentiment, satisfaction, closeness: a month of 100 min a day'),
    t_season=(43200.0, 25000.0, 70000.0, 'min', 'strain and season of mood: a month'),
    t_stage=(129600.0, 80000.0, 200000.0, 'min', 'want of change, alternatives, disengagement: a quarter'),
    t_years=(1051200.0, 500000.0, 2000000.0, 'min', 'investment; integration pulls back: two years'),
    # perception
    noise=(0.60, 0.4, 0.8, 'warmths', 'error of reading at full ambiguity; tracking .2 to .7 (Fletcher Kerr 2010)'),
    critical=(-0.15, -0.3, 0.0, 'warmths', 'below it a partner counts as cold; assumed'),
    arouse_old=(5.0, 3.0, 8.0, 'logit a unit', 'arousal and strain favour the old cause (matches patterns, not dates)'),
    # alarm and body
    steep=(8.0, 6.0, 12.0, '1', 'slope of alarm, of regulation, of the brink'),
    rest=(0.10, 0.05, 0.2, 'a t_body', 'rise of arousal at rest'),
    contagion=(0.30, 0.1, 0.5, '1', 'arousal taken over from shown arousal (Butler Randall 2013)'),
    window=(0.42, 0.3, 0.55, 'arousal', 'edge of the window of tolerance over (1 + vagal tone)'),
    weather=(0.35, 0.2, 0.5, 'warmths', 'sd of the load of a day'),
    season=(0.25, 0.15, 0.45, 'warmths', 'sd of the season'),
    toll=(0.95, 0.5, 2.0, 'warmths a unit', 'strain left by arousal in company (allostatic load, McEwen 1998)'),
    # need
    t_relief=(20.0, 10.0, 40.0, 'min', 'good company that empties need; words that move belief'),
    # action
    sharp=(2.5, 1.5, 4.0, '1', 'inverse temperature of the choice'),
    custom=(1.7, 1.2, 2.2, 'utility', 'kindness as custom, as far as one regulates oneself'),
    quick=(2.0, 1.0, 3.0, 'utility a warmth', 'answer to surprise'),
    grudge=(5.0, 2.0, 8.0, 'utility a warmth', 'sentiment in kindness where it is bad, as far as it is not held back (sentiment override, Weiss 1980)'),
    comparison=(0.0, -0.1, 0.3, 'warmths', 'sentiment that neither draws nor repels'),
    push=(0.5, 0.2, 1.0, 'utility', 'Pavlovian push of alarm, closeness, being pressed, being left'),
    press=(2.5, 1.5, 4.0, 'utility', 'answer to being pressed where one deactivates or wants no change; to being left where one needs (Christensen Heavey 1990)'),
    urge=(0.5, 0.3, 0.8, 'utility a sd', 'want of change in demand'),
    lively=(0.42, 0.3, 0.6, 'warmths', 'sd of the face\'s own play'),
    kind_look=(0.65, 0.4, 0.8, 'warmths', 'what warm engagement looks like; a bid half of it'),
    cold_look=(0.33, 0.1, 0.4, 'warmths', 'what demand and withdrawal look like, negative'),
    # evaluation and leaving
    value=(0.52, 0.3, 0.8, '1', 'what is perceived, in satisfaction'),
    mood=(0.80, 0.4, 1.2, '1', 'own affect, in satisfaction'),
    regret=(0.32, 0.1, 0.6, 'warmths a sd', 'unmet want of change, in satisfaction'),
    miss=(1.2, 0.5, 2.0, 'warmths', 'cost of closeness that is not what is wanted, a square'),
    options=(0.35, 0.2, 0.5, 'warmths', 'sd of alternatives (Rusbult 1983)'),
    brink=(-0.45, -0.7, 0.0, 'warmths', 'commitment at which disengagement begins'),
    t_quit=(15.0, 7.0, 40.0, 'day', 'from being out to leaving'),
    # words and what lasts
    train=(10.0, 3.0, 30.0, 'a t_old', 'integration by felt, regulated correction'),
    depth=(2.5, 1.0, 4.0, 'logit', 'what full integration takes from the grip of the old cause and adds to regulation'),
)
SWITCHES = dict.fromkeys(
    'on_prior on_old on_volatility on_accumulator on_window on_contagion on_need on_tolerance on_season on_toll '
    'on_sentiment on_accommodate on_surprise on_conflict on_press on_context on_integration on_want on_standard '
    'on_options on_out on_buffer'.split(), 1.0)
Shared = NamedTuple('Shared', [(k, float) for k in (*NUMBERS, *SWITCHES)])


def shared(**more):
    """All numbers as declared, or with some of them changed."""
    return Shared(**{**{k: float(v[0]) for k, v in NUMBERS.items()}, **SWITCHES, **more})


class Personal(NamedTuple):
    """Fifteen parameters of a person. Names of neural systems are functional labels, not measurements."""

    amygdala_threshold: float  # evidence at which alarm is one half
    vagal_tone: float  # brake on arousal, width of the window of tolerance
    regulation: float  # share of a push that can be held
    template: float  # warmth that the old cause predicts
    integration: float  # logit by which context keeps the old cause out
    vigilance: float  # variance expected of a partner
    need: float  # speed at which need of closeness fills
    reward_dependence: float  # how far mood hangs on need and relief; tolerance
    deactivation: float  # need not shown; alarm and closeness turn to flight
    fear: float  # closeness itself is evidence of danger
    interoception: float  # weight of own against partner's state in felt affect
    temper: float  # own set point of mood
    standard: float  # comparison level of satisfaction
    wanted: float  # closeness wanted
    cordial: float  # warmth as a trait


class PartnerState(NamedTuple):
    """Twenty states of a partner."""

    face: float  # what the face shows, play included
    bid: float  # acts, as shares
    demand: float
    away: float
    misreading: float  # luck of the channel, sd 1
    evidence: float  # accumulated evidence of danger
    arousal: float
    load: float  # load of the day
    strain: float  # season and what arousal leaves
    expected: float  # mean of the cause "this partner"
    spread: float  # its variance
    safety: float  # safety memory beside the template
    need: float
    tolerance: float
    sentiment: float  # appraisal that acts
    satisfaction: float  # explicit judgement, own standards; moved by words
    want: float  # want of change, sd 1
    options: float  # alternatives, sd 1
    out: float  # being out
    insight: float  # integration gained


class Signal(NamedTuple):
    """What crosses."""

    warmth: float
    bid: float
    demand: float
    latency: float  # reply time, in usual replies
    arousal: float  # shown arousal
    mood: float  # shown mood


class Dyad(NamedTuple):
    """What both know of their couple."""

    closeness: float
    age: float  # min


class Situation(NamedTuple):
    """What is the case for one partner in an interval."""

    dt: float
    contact: float
    clarity: float
    awake: float
    danger: float  # from outside
    heat: float  # arousal of a quarrel or of an exercise
    topic: float  # 1 own topic, -1 the partner's, 0 none
    place: float  # unlike what one knows [logit]
    say: float  # words of reassurance
    scripted: float  # 1: somebody acts `script`
    script: float
    calming: float  # brake added by an attuned third


class Luck(NamedTuple):
    misreading: float
    face: float
    load: float
    strain: float
    want: float
    options: float


class Percept(NamedTuple):
    prior: float
    old: float
    mu_old: float
    mu: float
    V: float
    K: float
    m: float
    risk: float
    threat: float


class Guard(NamedTuple):
    evidence: float
    alarm: float
    held: float
    gate: float
    open_: float


class Feeling(NamedTuple):
    relief: float
    affect: float
    commitment: float
    spare: float


class Choice(NamedTuple):
    warm: float
    bid: float
    demand: float
    away: float
    freeze: float


class Moment(NamedTuple):
    """What follows from a state and what is heard."""

    prior: float  # P(old cause) before hearing
    old: float  # after
    mu_old: float
    mu: float
    V: float
    K: float
    m: float
    risk: float
    threat: float
    alarm: float
    held: float
    affect: float
    relief: float
    commitment: float
    freeze: float
    warm: float
    a_bid: float
    a_demand: float
    a_away: float
    gate: float  # learning of the old cause: live and inside the window
    open_: float  # learning about this partner: inside the window
    evidence: float


# ---------------------------------------------------------------- forms
def logistic(x):
    return 0.5 * (1.0 + np.tanh(0.5 * x))


def logit(p):
    return np.log(p / (1.0 - p))


def settle(y, target, dt, tau):
    return target + (y - target) * np.exp(-dt / tau)


def fill(y, rise, fall, dt):
    """dy/dt = rise (1 - y) - fall y, exact for constant rates."""
    rate = rise + fall + 1e-12
    return rise / rate + (y - rise / rate) * np.exp(-rate * dt)


def wander(y, centre, dt, tau, sd, z):
    """Ornstein-Uhlenbeck, exact in dt."""
    keep = np.exp(-dt / tau)
    return centre + (y - centre) * keep + sd * np.sqrt(1.0 - keep * keep) * z


# ---------------------------------------------------------------- coupling
def own_mood(s, p, g):
    """Mood of one's own = temper - strain - load - arousal - reward_dependence need [warmths].

    Source: homeostatic drive as negative affect (Keramati Gutkin 2014); weights assumed.
    """
    return p.temper - s.strain - s.load - s.arousal - g.on_need * p.reward_dependence * s.need


def emit(s, p, g):
    """What is shown, from one's state alone (S01).

    warmth = face; bid, demand; latency = 1 / (1 - away) [usual replies]; arousal and mood are shown
    as 1 - deactivation / 2 of what they are: avoidance hides (Spangler Grossmann 1993). Forms assumed.
    """
    shown = 1.0 - 0.5 * p.deactivation
    return Signal(s.face, s.bid, s.demand, 1.0 / (1.0 - s.away + 1e-9), s.arousal * shown, own_mood(s, p, g) * shown)


def hear(signal, misreading, c, g):
    """The channel (S01): x = warmth + noise (1 - clarity) xi; what is said plainly is heard as sent.

    xi is an Ornstein-Uhlenbeck process (sd 1, t_body), so that its moments do not depend on dt. A
    scripted partner (an exposure, a helper) shows `script` and neither bids nor demands.
    """
    sent = signal.warmth + c.scripted * (c.script - signal.warmth)
    free = c.contact * (1.0 - c.scripted)
    return Signal(sent + g.noise * (1.0 - c.clarity) * misreading, free * signal.bid, free * signal.demand,
                  1.0 + free * (signal.latency - 1.0), free * signal.arousal, signal.mood)


# ---------------------------------------------------------------- 1, 2 perception under two causes
def perceive(s, p, x, c, g):
    """Perception is a posterior; what is expected has two causes (S01, S03, S12).

    1  R = (noise (1 - clarity))^2; K = contact V / (V + R); m = mu + K (x - mu)
       V = spread + pi (1 - pi) (mu_old - expected)^2; mu = pi mu_old + (1 - pi) expected
    2  logit pi = place - integration - depth insight + arouse_old (arousal + (load + strain) / 2) + LLR
       LLR = ((x - expected)^2 - (x - mu_old)^2) / (2 (spread + R)), in contact
       mu_old = template + recall safety; recall = 1 - logistic(the same logit without arousal and LLR)
    4  risk = P(partner below critical | m, V (1 - K)); threat = the same before hearing (mu, V)

    x heard, mu expected, m perceived [warmths]; V, R [warmths^2]; pi = P(old cause); shares.
    Sources: Kalman 1960; Bayesian perception, Friston 2010; latent causes, Gershman Blei Niv 2010; the
    safety memory is recalled in its context, Bouton 2004; template, Bowlby 1973.
    """
    here = c.contact
    R = (g.noise * (1.0 - c.clarity)) ** 2 + 1e-6
    strained = 0.5 * g.arouse_old * c.awake * (s.load + s.strain)
    place = c.place - p.integration - g.depth * s.insight + strained
    grip = place + g.arouse_old * s.arousal
    prior = g.on_old * logistic(grip)
    recall = 1.0 - g.on_context * logistic(place)
    mu_old = p.template + recall * s.safety
    llr = here * ((x - s.expected) ** 2 - (x - mu_old) ** 2) / (2.0 * (s.spread + R))
    old = g.on_old * logistic(grip + llr)
    mu = old * mu_old + (1.0 - old) * s.expected
    V = s.spread + old * (1.0 - old) * (mu_old - s.expected) ** 2
    K = here * (g.on_prior * V / (V + R) + 1.0 - g.on_prior)
    m = mu + K * (x - mu)
    risk = logistic(1.7 * (g.critical - m) / np.sqrt(V * (1.0 - K) + R * (1.0 - g.on_prior) + 1e-6))
    threat = logistic(1.7 * (g.critical - mu) / np.sqrt(V))
    return Percept(prior, old, mu_old, mu, V, K, m, risk, threat)


# ---------------------------------------------------------------- 4 alarm, window, regulation
def guard(s, p, q, d, c, g):
    """Alarm accumulates evidence of danger; arousal decides what can be held and learnt (S02, S09, S11, S14).

    drive = risk + fear closeness + danger (1 - closeness (1 - 2 threat)): the presence of somebody who is
      expected to be warm takes danger away, of somebody who is expected to be cold adds to it
    evidence -> drive in t_face; alarm = logistic(steep (evidence - amygdala_threshold))
    edge = window (1 + vagal_tone) exp(-strain): the window of tolerance, narrowed by strain
    held = logistic(logit regulation + depth insight + steep (edge - arousal - window))
    live = logistic(2 steep (arousal - edge / 2)); within = logistic(2 steep (edge - arousal))
    gate = live within for the old cause; open = (1 + 4 live) within / 5 for this partner

    Shares. Sources: Ratcliff 1978 (accumulation); Coan Schaefer Davidson 2006, Beckes Coan 2011 (presence);
    Siegel 1999 (window); McEwen 1998 (load); Foa Kozak 1986 (activation); forms assumed.
    """
    near = d.closeness * c.contact
    drive = q.risk * c.contact * c.awake + p.fear * near + c.danger * (1.0 - g.on_buffer * near * (1.0 - 2.0 * q.threat))
    evidence = drive + g.on_accumulator * (s.evidence - drive) * np.exp(-c.dt / g.t_face)
    alarm = logistic(g.steep * (evidence - p.amygdala_threshold))
    edge = g.window * (1.0 + p.vagal_tone) * np.exp(-g.on_toll * s.strain)
    held = logistic(logit(p.regulation) + g.depth * s.insight + g.steep * (edge - s.arousal) - g.steep * g.window)
    live = logistic(2.0 * g.steep * (s.arousal - 0.5 * edge))
    within = logistic(2.0 * g.steep * (edge - s.arousal))
    gate = g.on_window * live * within + (1.0 - g.on_window) * 0.5
    open_ = g.on_window * 0.2 * (1.0 + 4.0 * live) * within + (1.0 - g.on_window) * 0.5
    return Guard(evidence, alarm, held, gate, open_)


# ---------------------------------------------------------------- 5, 7 feeling and dedication
def feel(s, p, q, k, heard, d, c, g):
    """Relief, felt affect, commitment, and what is spared the partner (S06, S07, S22).

    relief = contact (1 - risk) (1 - tolerance)
    affect = interoception own + (1 - interoception) heard mood, in contact; own = own mood + reward_dependence relief
    commitment = satisfaction + invested - alternatives; invested = closeness (1 - deactivation) age / (age + t_years)
    spare = held (1 - out) logistic(sharp (sentiment + invested)): accommodation

    Sources: Solomon Corbit 1974 (tolerance); Rusbult 1983 (investment), Rusbult et al. 1991 (accommodation).
    """
    relief = c.contact * (1.0 - q.risk) * (1.0 - s.tolerance)
    own = own_mood(s, p, g) + g.on_need * p.reward_dependence * relief
    affect = own + (1.0 - p.interoception) * c.contact * (heard.mood - own)
    invested = d.closeness * (1.0 - p.deactivation) * d.age / (d.age + g.t_years)
    commitment = s.satisfaction + invested - g.on_options * g.options * s.options
    spare = g.on_accommodate * k.held * (1.0 - s.out) * logistic(g.sharp * (s.sentiment + invested))
    return Feeling(relief, affect, commitment, spare)


# ---------------------------------------------------------------- 6 action
def choose(s, p, q, k, f, heard, d, c, g):
    """Four graded acts, a softmax of utilities (slope sharp), and freezing (S13).

    warm     custom (1 + held) / 2 + cordial + quick (news, where bad only 1 - spare of it)
             + grudge (1 - spare) min(sentiment - comparison, 0) + held heard bid - heat - out;  news = m - mu
    bid      held need (1 - deactivation)
    demand   (1 - held)(1 - deactivation)(reward_dependence need + push alarm + press need left) + urge (1 - out) max(want, 0)
    away     push deactivation (closeness + alarm) + fear closeness
             + press (1 - held)(deactivation + push max(-want, 0)) heard demand
    freeze   need tanh((deactivation + fear)(closeness + alarm)) (1 - held)

    want [sd]: own want of change, shifted by 1 where the topic is one's own, by -1 where it is the partner's;
    left = 1 - 1 / heard latency. Answering surprise and not warmth keeps the quick loop's gain low; sentiment
    acts only where it is bad and regulation fails: that is the slow loop.
    Sources: Dayan et al. 2006 (Pavlovian pushes); Christensen Heavey 1990, Heavey et al. 1995 (who wants
    change demands); Weiss 1980 (sentiment override); Miller 1944 (conflict); weights assumed.
    """
    near = d.closeness * c.contact
    news = q.m - g.on_surprise * q.mu
    answer = g.quick * (np.maximum(news, 0.0) + (1.0 - f.spare) * np.minimum(news, 0.0))
    stand = g.on_sentiment * g.grudge * (1.0 - f.spare) * np.minimum(s.sentiment - g.comparison, 0.0)
    shows = 1.0 - p.deactivation
    needy = g.on_need * s.need
    left = c.contact * (1.0 - 1.0 / heard.latency)
    want = g.on_want * s.want + c.topic
    urged = g.urge * (1.0 - s.out) * np.maximum(want, 0.0)
    unmoved = np.maximum(-want, 0.0)
    press = g.on_press * g.press
    u_warm = g.custom * (1.0 + k.held) * 0.5 + p.cordial + answer + stand + k.held * heard.bid - c.heat - s.out
    u_bid = k.held * needy * shows
    u_demand = (1.0 - k.held) * shows * (p.reward_dependence * needy + g.push * k.alarm + press * needy * left) + urged
    u_away = g.push * p.deactivation * (near + k.alarm) + p.fear * near
    u_away = u_away + press * (1.0 - k.held) * (p.deactivation + g.push * unmoved) * heard.demand
    top = np.maximum(np.maximum(u_warm, u_bid), np.maximum(u_demand, u_away))
    warm = np.exp(g.sharp * (u_warm - top))
    bid = np.exp(g.sharp * (u_bid - top))
    demand = np.exp(g.sharp * (u_demand - top))
    away = np.exp(g.sharp * (u_away - top))
    total = warm + bid + demand + away
    freeze = g.on_conflict * needy * np.tanh((p.deactivation + p.fear) * (near + k.alarm)) * (1.0 - k.held)
    return Choice(warm / total, bid / total, demand / total, away / total, freeze)


def moment(s, p, heard, d, c, g):
    """All that follows from the state and what is heard, before anything is changed."""
    q = perceive(s, p, heard.warmth, c, g)
    k = guard(s, p, q, d, c, g)
    f = feel(s, p, q, k, heard, d, c, g)
    a = choose(s, p, q, k, f, heard, d, c, g)
    return Moment(q.prior, q.old, q.mu_old, q.mu, q.V, q.K, q.m, q.risk, q.threat, k.alarm, k.held, f.affect, f.relief,
                  f.commitment, a.freeze, a.warm, a.bid, a.demand, a.away, k.gate, k.open_, k.evidence)


# ---------------------------------------------------------------- update
def update(s, p, heard, d, c, z, g):
    """The state after an interval, from what was heard."""
    return advance(s, p, moment(s, p, heard, d, c, g), heard, d, c, z, g)


def show(s, o, c, z, g):
    """Face and acts follow the choice in t_face (1 + freeze); the face has its own play (sd lively).

    face -> (1 - freeze)(kind_look (warm + bid / 2) - cold_look (demand + away)) [warmths]; acts -> (1 - freeze) share.
    """
    move = 1.0 - o.freeze
    pace = g.t_face * (1.0 + o.freeze)
    look = move * (g.kind_look * (o.warm + 0.5 * o.a_bid) - g.cold_look * (o.a_demand + o.a_away))
    face = wander(s.face, look, c.dt, pace, g.lively, z.face)
    return face, settle(s.bid, move * o.a_bid, c.dt, pace), settle(s.demand, move * o.a_demand, c.dt, pace), settle(s.away, move * o.a_away, c.dt, pace)


def body(s, p, o, heard, c, z, g):
    """Arousal, the load of the day, strain (S09, S10).

    d arousal/dt = [rest exp(load + strain) + alarm + heat + contagion shown arousal] (1 - arousal) / t_body
                   - arousal (1 + calming) / (1 - vagal_tone) / t_body
    load: Ornstein-Uhlenbeck, t_day, sd weather. strain: Ornstein-Uhlenbeck, t_season, sd season, and
    + toll alarm a t_month of contact: alarm is what leaves strain, and strain narrows the window of `guard`
    and favours the old cause of `perceive`, which is one partner's own bistable loop.
    Sources: Porges 1995 (brake, as a form only); Butler Randall 2013 (contagion); McEwen 1998.
    """
    rise = g.rest * np.exp(s.load + s.strain) + c.awake * (o.alarm + c.heat) + g.on_contagion * g.contagion * heard.arousal
    arousal = fill(s.arousal, rise / g.t_body, (1.0 + c.calming) / (1.0 - p.vagal_tone) / g.t_body, c.dt)
    load = wander(s.load, 0.0, c.dt, g.t_day, g.weather, z.load)
    strain = wander(s.strain, 0.0, c.dt, g.t_season, g.on_season * g.season, z.strain)
    return arousal, load, strain + g.on_toll * g.toll * o.alarm * c.contact * c.dt / g.t_month


def crave(s, p, o, c, g):
    """5 Need is homeostatic; tolerance is adaptation to what is received (S06).

    need fills at awake need (1 + alarm) / t_day, empties at relief / t_relief; tolerance fills at
    reward_dependence max(m, 0) / t_model of contact, fades in t_season. Sources: Keramati Gutkin 2014; Solomon Corbit 1974.
    """
    need = fill(s.need, c.awake * p.need * (1.0 + o.alarm) / g.t_day, o.relief / g.t_relief, c.dt)
    gain = p.reward_dependence * c.contact * np.maximum(o.m, 0.0) / g.t_model
    return need, g.on_tolerance * fill(s.tolerance, gain, 1.0 / g.t_season, c.dt)


def learn(s, p, o, x, c, g):
    """2, 3 Only the active cause learns, by its own error, inside the window (S03, S12, S17, S18).

    expected -> x at K open (1 - pi) / t_model; spread -> vigilance + (K (x - expected))^2 at (1 - pi) / t_model
    safety += (x - mu_old)(1 - exp(-K gate pi dt / t_old)): the template itself is never changed
    insight fills at train K (gate pi)^2 held max(x - mu_old, 0) / t_old, and fades in t_years: felt, regulated
      access. The square is for coincidence: the old cause must be active and alive at once.
    Sources: Rescorla Wagner 1972; Pearce Hall 1980 (spread); Bouton 2004; Lane et al. 2015; square assumed.
    """
    K, here = o.K, c.contact
    rate = K * o.gate * c.dt
    expected = settle(s.expected, x, K * o.open_ * c.dt * (1.0 - o.old), g.t_model)
    spread = settle(s.spread, p.vigilance + (K * (x - s.expected)) ** 2, g.on_volatility * here * (1.0 - o.old) * c.dt, g.t_model)
    wrong = x - o.mu_old
    safety = s.safety + wrong * (1.0 - np.exp(-rate * o.old / g.t_old))
    lesson = g.on_integration * g.train * here * K * (o.old * o.gate) ** 2 * o.held * np.maximum(wrong, 0.0) / g.t_old
    return expected, spread, safety, fill(s.insight, lesson, 1.0 / g.t_years, c.dt)


def judge(s, p, o, heard, d, c, z, g):
    """7 Sentiment that acts, satisfaction that is told, want, alternatives, being out (S22).

    sentiment -> tanh(m + affect / 2) in t_month of contact
    satisfaction -> tanh(value (m - heard demand - left) + mood affect - standard - miss (wanted - closeness)^2
      - regret max(want, 0)) in t_month of contact; words: -> 1 in t_relief
    want, alternatives: Ornstein-Uhlenbeck, t_stage, sd 1
    out fills at 2 low / t_stage and empties at 2 (1 - low) / t_stage; low = logistic(steep (brink - commitment))
    Sources: Rusbult 1983; Thibaut Kelley 1959 (standards, alternatives); Baucom Epstein 1990 (unmet wishes).
    """
    dt, here = c.dt, c.contact
    sentiment = settle(s.sentiment, np.tanh(o.m + 0.5 * o.affect), here * dt, g.t_month)
    gap = p.wanted - d.closeness
    left = here * (1.0 - 1.0 / heard.latency)
    met = g.value * (o.m - heard.demand - left) + g.mood * o.affect - g.on_standard * (p.standard + g.miss * gap * gap)
    met = met - g.on_want * g.regret * np.maximum(s.want, 0.0)
    satisfaction = settle(settle(s.satisfaction, np.tanh(met), here * dt, g.t_month), 1.0, c.say * dt, g.t_relief)
    low = logistic(g.steep * (g.brink - o.commitment))
    out = g.on_out * fill(s.out, low / g.t_stage, (1.0 - low) / g.t_stage, 2.0 * dt)
    return sentiment, satisfaction, wander(s.want, 0.0, dt, g.t_stage, 1.0, z.want), wander(s.options, 0.0, dt, g.t_stage, 1.0, z.options), out


def advance(s, p, o, heard, d, c, z, g):
    """The new state, given the moment `o`."""
    face, bid, demand, away = show(s, o, c, z, g)
    arousal, load, strain = body(s, p, o, heard, c, z, g)
    need, tolerance = crave(s, p, o, c, g)
    expected, spread, safety, insight = learn(s, p, o, heard.warmth, c, g)
    sentiment, satisfaction, want, options, out = judge(s, p, o, heard, d, c, z, g)
    misreading = wander(s.misreading, 0.0, c.dt, g.t_body, 1.0, z.misreading)
    return PartnerState(face, bid, demand, away, misreading, o.evidence, arousal, load, strain, expected, spread, safety,
                        need, tolerance, sentiment, satisfaction, want, options, out, insight)


def bond(d, sent_a, sent_b, c, g):
    """Closeness follows what both show: -> logistic(steep/2 x mean warmth) in t_month of contact (S22)."""
    mean = 0.5 * (sent_a.warmth + sent_b.warmth)
    return Dyad(settle(d.closeness, logistic(0.5 * g.steep * mean), c.contact * c.dt, g.t_month), d.age + c.dt)


def exchange(a, b, d, pa, pb, ca, cb, za, zb, g):
    """One interval: both emit, both hear, both update, the bond takes note. Also both moments."""
    sa, sb = emit(a, pa, g), emit(b, pb, g)
    ha, hb = hear(sb, a.misreading, ca, g), hear(sa, b.misreading, cb, g)
    oa, ob = moment(a, pa, ha, d, ca, g), moment(b, pb, hb, d, cb, g)
    return advance(a, pa, oa, ha, d, ca, za, g), advance(b, pb, ob, hb, d, cb, zb, g), bond(d, sa, sb, ca, g), oa, ob


def hazard(out, g):
    """Rate a day at which this partner ends the couple: out^4 / t_quit (S22)."""
    return out ** 4 / g.t_quit


def born(p, start, z):
    """A partner at the beginning: `start` is the warmth that is expected; z six standard normals (luck)."""
    one = np.ones_like(p.temper)
    return PartnerState(start * one, 0 * one, 0 * one, 0 * one, z[0], 0 * one, 0 * one, 0 * one, 0.3 * z[3], start * one,
                        p.vigilance, 0 * one, 0.5 * one, 0 * one, start * one, start * one, z[4], z[5], 0 * one, 0 * one)
