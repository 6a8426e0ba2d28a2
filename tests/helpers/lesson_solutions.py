"""One solution of each exercise: what to put in place of the three dots, by lesson and name.

A new lesson needs its entry here and its row in ``notebooks/README.md``.
"""

OWN_CLAIM = """Claim(
    **{name: getattr(claim, name) for name in
       ("id", "question", "source", "statistic", "observed", "evidence", "evidence_note")},
    title="Living together brings on withdrawal, by a larger floor", floor=0.5,
    ablation="anticipated pain off", ablate_shared={"anticipated_pain_on": 0.0},
    measure=measure, effect=effect,
)"""

HALF_BACK = """next(
    days for days in range(1, 30)
    if (found := after_pause(days))[2] >= 0.5 * (found[0] + found[1])
)"""
ENOUGH = "next(n / 50 for n in range(25, 50) if threshold_with(n / 50) >= 0.6)"

SOLUTIONS = {
    "01_one_couple": {
        "first_alarm": 'record[(record.partner == "A") & (record.alarm > 0.9)].Step.min()',
        "calmer": '{"vagal_tone": 0.8}',
    },
    "02_eight_architectures": {
        "loudest": '"scanner"',
        "strongest": '"protest"',
    },
    "03_three_drivers": {
        "repeats_exactly": "True",
        "couples_a_minute": 'speed["numpy"] * 60 / (365 * 21)',
    },
    "04_random_numbers_and_effect": {
        "wrong_sign": "(other_streams > 0).mean()",
        "couples_needed": "(1.96 * other_streams.std(ddof=1) / 0.002) ** 2",
    },
    "05_why_reassurance_fails": {
        "half_gone": "next(n for n, r in enumerate(mean_relief, 1) if r <= 0.5 * mean_relief[0])",
        "pause_days": HALF_BACK,
    },
    "06_a_childhood": {
        "most_afraid": '"frightening"',
        "enough_care": ENOUGH,
    },
    "07_treat_a_couple": {
        "harmful": "[title for title, effect in found.items() if effect.low > 0]",
        "my_course": '{"intervention": "discrepancy_recalibration", "sessions": 20}',
    },
    "08_your_own_claim": {
        "report": "(False, True)",
        "my_claim": OWN_CLAIM,
    },
    "10_read_a_study": {
        "closest": "close.condition[close.estimate.idxmax()]",
        "couples": "8 * (paired / 0.001) ** 2",
    },
    "11_one_classic_then_ours": {
        "fold_at": "branch.special[0].parameter",
        "half_time": "7 * np.log(0.5) / np.log(np.abs(rest.eigenvalues).max())",
    },
}
