"""Set up and go: ``python3 go.py run`` makes the main figures, ``python3 go.py test`` checks.

Both make ``.venv`` beside this file and install the project in it, once. Standard library only.
"""

import sys

if sys.version_info < (3, 11):
    sys.exit(f"go.py needs Python 3.11 or newer; this is Python {sys.version.split()[0]}.")

import hashlib
import importlib.util
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "pairbond-ready"
UNFINISHED = VENV / "pairbond-unfinished"
MAIN_JOB = "scanner_withdrawer"
PROGRAM = (PYTHON.parent / "pairbond").relative_to(ROOT)
USAGE = f"""usage: python3 go.py run [NAME] [options]   answer a question (NAME: scanner_withdrawer)
       python3 go.py test [options]          run the tests; options go to pytest
all else, once one of them has set up: {PROGRAM}"""


def main(arguments):
    """Set up if needed and do what is asked; return the exit code."""
    jobs = {"run": run, "test": test}
    if not arguments or arguments[0] not in jobs:
        print(USAGE, file=sys.stderr)
        return 2
    try:
        set_up()
        return jobs[arguments[0]](arguments[1:])
    except KeyboardInterrupt:
        print("\nSet-up interrupted; the next call starts it anew.", file=sys.stderr)
        return 130
    except subprocess.CalledProcessError as fault:
        print("Set-up failed (see above); the next call starts it anew.", file=sys.stderr)
        return fault.returncode or 1


def run(arguments):
    """Run an experiment, the main job unless named, and say where its figures are."""
    name = MAIN_JOB
    if arguments and not arguments[0].startswith("-"):
        name, *arguments = arguments
    out = _out(arguments) or ROOT / "results" / name
    job = [PYTHON, "-m", "experiments", "run", name, *arguments, "--out", out]
    code = _wait(job, PAIRBOND_PROGRAM="python3 go.py")  # for its usage lines
    if code == 0 and "--help" not in arguments:
        print("Figures:")
        for figure in sorted(out.glob("*.png")):
            print(f"  {figure}")
    return code


def test(arguments):
    """Run the tests."""
    return _wait([PYTHON, "-m", "pytest", *arguments])


def set_up():
    """Make ``.venv`` and install the project, unless that is done already for these very files."""
    wanted = _fingerprint()
    if _read(STAMP) == wanted and PYTHON.exists():
        return
    start = time.monotonic()
    _make_venv()
    # From here to the stamp the environment counts as broken, whatever ends this program.
    UNFINISHED.write_text("Set-up has not ended; go.py will start it anew.\n")
    STAMP.unlink(missing_ok=True)
    print("Installing packages into .venv (some minutes on a slow line) ...", flush=True)
    _install()
    STAMP.write_text(wanted)
    UNFINISHED.unlink()
    print(f"Ready after {time.monotonic() - start:.0f} s. All there is: {PROGRAM}\n", flush=True)


def _make_venv():
    """A working ``.venv``: the one that is there if it is whole and of this Python, or another."""
    if VENV.exists() and (UNFINISHED.exists() or not _same_python()):
        _remove_own()
    if VENV.exists():
        return
    print(f"Making .venv with Python {sys.version.split()[0]} ...", flush=True)
    VENV.mkdir()
    UNFINISHED.write_text("Set-up has not ended; go.py will start it anew.\n")
    bare = [] if has_ensurepip() else ["--without-pip"]
    subprocess.run([sys.executable, "-m", "venv", *bare, str(VENV)], check=True)


def _install():
    """Install the project in place, with the tested versions."""
    own = subprocess.run([PYTHON, "-m", "pip", "--version"], capture_output=True)
    pip = [PYTHON, "-m", "pip"]
    if own.returncode != 0:
        # Debian without python3-venv: a new environment has no pip, but the system's can serve it.
        pip = [sys.executable, "-m", "pip", "--python", PYTHON]
        if importlib.util.find_spec("pip") is None:
            sys.exit("Python has neither ensurepip nor pip: install your system's python3-venv.")
    quiet = ["install", "--quiet", "--disable-pip-version-check", "--no-input"]
    project = ["-c", ROOT / "constraints.txt", "-e", f"{ROOT}[test]"]
    subprocess.run([*pip, *quiet, *project], check=True)


def has_ensurepip():
    """Whether a new environment can bring its own pip."""
    return importlib.util.find_spec("ensurepip") is not None


def _remove_own():
    """Remove an environment that this program made; refuse to touch any other."""
    if not (UNFINISHED.exists() or STAMP.exists()):
        sys.exit(f"{VENV} was not made by go.py and does not fit: please remove it.")
    shutil.rmtree(VENV)


def _same_python():
    """Whether the environment works and has this Python's version."""
    ask = "import sys; print(*sys.version_info[:2])"
    try:
        answer = subprocess.run([PYTHON, "-c", ask], capture_output=True, text=True)
    except OSError:
        return False
    return answer.stdout.split() == [str(part) for part in sys.version_info[:2]]


def _fingerprint():
    """What the installation depends on, as a hash. The folder counts: it may have been moved."""
    parts = [str(ROOT), str(sys.version_info[:2])]
    parts += [(ROOT / name).read_text() for name in ("pyproject.toml", "constraints.txt")]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _out(arguments):
    """Take ``--out`` out of ``arguments``; its folder, seen from where the user is."""
    for place, word in enumerate(arguments):
        if word == "--out" and place + 1 < len(arguments):
            del arguments[place]
            return Path.cwd() / arguments.pop(place)
        if word.startswith("--out="):
            return Path.cwd() / arguments.pop(place)[len("--out=") :]
    return None


def _read(path):
    return path.read_text() if path.exists() else None


def _wait(command, **variables):
    """Run a command in the project's folder; stopping is left to it, and its exit code is ours."""
    words, environment = [str(word) for word in command], os.environ | variables
    with subprocess.Popen(words, cwd=ROOT, env=environment) as process:
        signal.signal(signal.SIGTERM, lambda *_: process.terminate())
        while True:
            try:
                return process.wait()
            except KeyboardInterrupt:
                continue


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
