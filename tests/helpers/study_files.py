"""A good study file, and ways to spoil it."""

from tests.helpers.paths import ROOT

SHIPPED = sorted((ROOT / "experiments" / "studies").glob("*.toml"))
GOOD = (ROOT / "experiments" / "studies" / "smallest.toml").read_text(encoding="utf-8")
HEAD, TABLES = GOOD.split("[people.a]", 1)
TABLES = "[people.a]" + TABLES


def top(line):
    """The good file with a line among the top keys; a key given twice is replaced."""
    key = line.split("=")[0].strip()
    kept = [old for old in HEAD.splitlines() if old.split("=")[0].strip() != key]
    return "\n".join([*kept, line, TABLES])


def without(key):
    return "\n".join(line for line in GOOD.splitlines() if not line.startswith(f"{key} ="))


def also(text):
    return f"{GOOD}\n{text}\n"


def varied(text):
    return also(f"[[vary]]\n{text}")


COURSE = '[interventions.help]\nprotocol = "live_correction"\nsessions = 2\nevery = 3\n'
