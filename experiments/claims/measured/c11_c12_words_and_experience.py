"""C11 and C12: words persuade and do not rewire; live correction beats calm, calm beats talk."""

from experiments.claims.claim import Arms, Claim
from sim.analysis.cohorts import Laboratory
from sim.world.calendar import separation
from sim.world.protocols import session

SESSIONS = 10
LEARNER = "anxious"


def taught(laboratory: Laboratory, protocol: str) -> Arms:
    """Loss of the threat store over ten daily sessions, and share of doubt gone in a day.

    The learner meets nobody else meanwhile, so that nothing else can teach.
    """
    people = laboratory.people(LEARNER, studied=True), laboratory.people("secure", slot=1)
    day = session(protocol) + separation(1)
    first, last = (
        laboratory.run(*people, day * days, variables=("belief", "threat_store")).sel(partner="A")
        for days in (1, SESSIONS)
    )
    before = people[0]
    doubt = 0.5 - 0.5 * before.expected_warmth
    return {
        "rewired": before.template_threat - last.threat_store_end.values,
        "persuaded": 1.0 - (1.0 - first.belief_end.values) / doubt,
    }


def measure_words(laboratory: Laboratory) -> Arms:
    """Both stores after verbal reassurance, and the threat store after live correction."""
    words, live = (taught(laboratory, name) for name in ("verbal_reassurance", "live_correction"))
    return {
        "belief gained by words": words["persuaded"],
        "threat store lost by words": words["rewired"],
        "threat store lost by live correction": live["rewired"],
    }


def words_effect(arms: Arms) -> float:
    """Share of doubt gone in units of 0.5, cut down by what words do to the threat store.

    Above 1 only if belief moves at least half the way from where it starts to certainty *and*
    the threat store loses less than 15 % of what live correction takes from it.
    """
    belief = arms["belief gained by words"].mean() / 0.5
    lost = arms["threat store lost by words"].mean()
    share = max(lost, 0.0) / max(arms["threat store lost by live correction"].mean(), 1e-9)
    return float(min(belief, 0.15 / max(share, 1e-3)))


def measure_kinds(laboratory: Laboratory) -> Arms:
    """Loss of the threat store at equal dose: live, calm, in retrospect."""
    names = {"live": "live_correction", "calm": "calm_correction", "talk": "retrospective_talk"}
    return {name: taught(laboratory, protocol)["rewired"] for name, protocol in names.items()}


def kinds_effect(arms: Arms) -> float:
    """Live over twice calm and calm over talk: the smaller margin, in sd of live."""
    live, calm, talk = (arms[name] for name in ("live", "calm", "talk"))
    spread = max(float(live.std(ddof=1)), 1e-9)
    return float(min(live.mean() - 2.0 * calm.mean(), calm.mean() - talk.mean()) / spread)


CLAIMS = (
    Claim(
        id="C11",
        title="Reassurance persuades but does not rewire",
        question="What do words change, and what do they leave as it was?",
        source="Reassurance is believed at once, while the circuit that raises the alarm goes on.",
        statistic="smaller of (share of doubt gone in a day / 0.5) and "
        "(0.15 / share of live's change)",
        floor=1.0,
        observed="states: both stores are inside a person",
        evidence="mixed",
        evidence_note="Instruction updates some systems at once and the amygdala by experience "
        "(Atlas et al. 2016); reassurance does relieve for a while (E6).",
        ablation="the two stores merged",
        ablate_shared={"separate_stores_on": 0.0},
        measure=measure_words,
        effect=words_effect,
        axis=lambda arm: arm.split(" by ")[0],
    ),
    Claim(
        id="C12",
        title="Live beats calm beats retrospective",
        question="Does safety teach more while the alarm is live?",
        source="The circuit changes while it is active, not when it is talked about later.",
        statistic="smaller of (live - 2 calm) and (calm - talk), loss of threat store in sd",
        floor=0.0,
        observed="states: the threat store",
        evidence="contested",
        evidence_note="A reminder before extinction does not reliably do better (E8).",
        ablation="activation gate off",
        ablate_shared={"activation_gate_on": 0.0},
        measure=measure_kinds,
        effect=kinds_effect,
    ),
)
