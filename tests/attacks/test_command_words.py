"""Whatever is typed after ``pairbond``: a line and code 2, no traceback, nothing written."""

import pytest

pytestmark = pytest.mark.slow
COMMANDS = (
    "run couple",
    "couple",
    "classics",
    "list",
    "study study.toml",
    "report folder",
    "claims",
    "gates",
    "parsimony",
    "gallery",
    "page",
    "explore",
    "refresh",
    "bench",
)
UNKNOWN = {
    "option": ["--no-such-option"],
    "short option": ["-z"],
    "value of no option": ["--no-such-option=3"],
    "one word too many": ["word", "word"],
    "empty word": [""],
}
LONG = "x" * 5000
NO_NUMBERS = ("", " ", "x", "nan", "inf", "-1", "2.5", "1e3", "0x10", "1,5", "9" * 40, "9" * 5000)
NO_COUNTS = (*NO_NUMBERS, "0", "-0", "1000001")
NO_COUPLE = (
    "--a nobody",
    "--a=",
    f"--a {LONG}",
    "--b 3",
    "--set warmth",
    "--set =",
    "--set a.=1",
    "--set .warmth=1",
    "--set a.warmth=",
    "--set a.warmth=x",
    "--set a.warmth=nan",
    "--set a.warmth=inf",
    "--set a.warmth=1e400",
    "--set a.warmth=99",
    "--set a.warmth=0.5=0.5",
    "--set c.warmth=0.5",
    "--set a.wramth=0.5",
    f"--set a.{LONG}=1",
    "--set a.warmth=0.1 --set a.warmth=0.2",
    "--set a.b.warmth=0.1",
)
ALONE = {
    "": ["nobody", "coupel", LONG, "-", "../couple", "couple.py", "\x1b[31m", "None"],
    "run": ["", "nobody", LONG, "couple couple", "..", "experiments.questions.couple"],
    "claims": [
        "--only=", "--only ,", "--only C99", "--only C1,C11", "--only=C11;C12",
        f"--only {LONG}", "--only C11 --write-docs", *(f"--seed={n}" for n in NO_NUMBERS),
    ],
    "gates": [
        "--only=", "--only ,", "--only G99", "--only G10", "--only=G1;G2", f"--only {LONG}",
        "--only G3 --write-docs", "--quick --write-docs", "--seeds=1,1", "--seeds=1,,2",
        *(f"--seeds={n}" for n in NO_NUMBERS if n != "1,5"),
    ],
    "parsimony": [f"--seed={n}" for n in NO_NUMBERS],
    "gallery": ["--quick --write-docs", *(f"--seed={n}" for n in NO_NUMBERS)],
    "page": [f"--port={n}" for n in (*NO_NUMBERS, "0", "65536", "70000")],
    "study study.toml": [
        *(f"--workers={n}" for n in (*NO_COUNTS, "100000")),
        *(f"--only={n}" for n in ("", "x", "12", "g" * 64, "0" * 64, LONG, "../..")),
        "--status --dry-run", "--resume --status", "--only 123456 --resume",
        "--dask=", "--dask nowhere", "--dask tcp://", "--dask tcp://localhost:x", f"--dask {LONG}",
        "--dask http://localhost:1",
    ],
}  # fmt: skip


def typed(command, words):
    """The words as a shell hands them over; only single spaces separate."""
    return [*command.split(), *(words.split(" ") if words not in ("", " ") else [words])]


GENERATED = [
    *([*command.split(), *bad] for command in COMMANDS for bad in UNKNOWN.values()),
    *(["couple", f"--{o}={n}"] for o in ("seed",) for n in NO_NUMBERS),
    *(["couple", f"--{o}={n}"] for o in ("dyads", "days") for n in NO_COUNTS),
    *(typed("couple", words) for words in NO_COUPLE),
    *(["classics", f"--{o}=3"] for o in ("seed", "dyads", "days", "a", "b")),
    *(["landscape", "--set", "a.warmth=0.4"], ["assessment", "--a", "secure"]),
    *(typed(command, words) for command, bad in ALONE.items() for words in bad),
    *([c, o] for c in ("couple", "gallery", "claims", "parsimony") for o in ("--out", "--seed")),
    *(["couple", o] for o in ("--dyads", "--days", "--a", "--set")),
    *(
        ["bench", "--json"],
        ["claims", "--json"],
        ["claims", "--only"],
        ["gates", "--only"],
        ["page", "--port"],
    ),
    *(["study"], ["report"], ["run"], ["study", "--status"], ["study", "--resume"]),
]


@pytest.mark.parametrize("words", GENERATED, ids=lambda words: " ".join(words)[:60])
def test_bad_words_are_one_line(words, refuses):
    refuses(words)


def test_there_are_many():
    assert len(GENERATED) >= 200
