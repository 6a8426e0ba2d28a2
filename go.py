"""One command for everything: ``python3 go.py`` lists what there is.

Sets up by itself: makes ``.venv`` beside this file and installs the project in it, once, and what
else a command needs when it is first asked for. Standard library only.
"""

import sys

if sys.version_info < (3, 11):
    sys.exit(f"go.py needs Python 3.11 or newer; this is Python {sys.version.split()[0]}.")

import hashlib
import importlib.util
import json
import os
import re
import shutil
import signal
import subprocess
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "pairbond-ready"
MADE = VENV / "pairbond-made-by-go"
MAIN_JOB = "scanner_withdrawer"
EVERYBODY = ("test",)
"""Extras that every command gets, so that the second command of the README need not install."""
PROGRAM = (PYTHON.parent / "pairbond").relative_to(ROOT)
USAGE = f"""usage: python3 go.py run [NAME] [options]   answer a question (NAME: {MAIN_JOB})
       python3 go.py test [options]         run the fast tests; options go to pytest
       python3 go.py lessons [options]      open the lessons in a browser (JupyterLab)
       python3 go.py page [options]         open the live page in a browser
The first call makes .venv and installs some 70 packages in it, 0.9 GB: a minute or some. The
first 'lessons' and the first 'page' install more. All else, afterwards: {PROGRAM}"""
TELL_EVERY = 10.0  # s, where the output is no terminal
WIDTH = 78


def main(arguments):
    """Set up if needed and do what is asked; return the exit code."""
    if arguments and arguments[0] in ("-h", "--help", "help"):
        print(USAGE)
        return 0
    if not arguments or arguments[0] not in JOBS:
        print(USAGE, file=sys.stderr)
        return 2
    job, extras = JOBS[arguments[0]]
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name) and signal.getsignal(getattr(signal, name)) != signal.SIG_IGN:
            signal.signal(getattr(signal, name), signal.default_int_handler)
    try:
        set_up((*EVERYBODY, *extras))
    except KeyboardInterrupt:
        print("\nSet-up interrupted; the next call starts it anew.", file=sys.stderr)
        return 130
    except subprocess.CalledProcessError as fault:
        print("Set-up failed (see above); the next call starts it anew.", file=sys.stderr)
        return fault.returncode or 1
    except OSError as fault:
        print(f"Set-up failed: {fault.filename}: {fault.strerror}", file=sys.stderr)
        return 1
    return job(arguments[1:])


# --- what can be asked for ------------------------------------------------------------------------


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


def lessons(arguments):
    """Open the lessons in JupyterLab, until Ctrl-C."""
    return _wait([PYTHON, "-m", "jupyterlab", "notebooks", *arguments])


def page(arguments):
    """Serve the live page, until Ctrl-C."""
    return _wait([PYTHON, "-m", "experiments", "page", *arguments])


JOBS = {
    "run": (run, ()),
    "test": (test, ()),
    "lessons": (lessons, ("notebooks",)),
    "page": (page, ("page",)),
}
"""What can be asked for, and which extras of the project each needs beside everybody's."""


# --- the environment ------------------------------------------------------------------------------


def set_up(extras):
    """Make ``.venv`` and install the project with ``extras``, unless that is done already."""
    ready = _ready()
    if ready.issuperset(extras):
        return
    start = time.monotonic()
    _make_venv()
    STAMP.unlink(missing_ok=True)  # from here to the new stamp it counts as broken
    wanted = sorted({*extras, *ready})
    _install(wanted)
    _write(STAMP, json.dumps({"for": _fingerprint(), "extras": wanted}) + "\n")
    print(f"Ready after {time.monotonic() - start:.0f} s. All there is: {PROGRAM}\n", flush=True)


def _ready():
    """The extras that are installed for these very files; none if anything is amiss."""
    try:
        stamp = json.loads(STAMP.read_text())
        if stamp["for"] == _fingerprint() and PYTHON.exists():
            return set(stamp["extras"])
    except (OSError, ValueError, KeyError, TypeError):
        pass
    return set()


def _make_venv():
    """A working ``.venv`` of our own: the one that is there if it is whole, or a new one.

    One that we did not make is neither removed nor changed.
    """
    if os.path.lexists(VENV):
        if not _made_here():
            sys.exit(
                f"{VENV} was not made by go.py, which leaves it as it is: move it away, or install "
                f'there yourself with: pip install -c constraints.txt -e ".[{",".join(EVERYBODY)}]"'
            )
        if STAMP.exists() and _same_python():
            return
        shutil.rmtree(VENV)
    print(f"Making .venv with Python {sys.version.split()[0]} ...", flush=True)
    VENV.mkdir()
    _write(MADE, _birth_mark())
    bare = [] if has_ensurepip() else ["--without-pip"]
    subprocess.run([sys.executable, "-m", "venv", *bare, str(VENV)], check=True)


def _birth_mark():
    """What only the folder that we made can hold: a file of that name alone proves nothing."""
    about = VENV.stat()
    return f"Made by go.py, which may remove it: {about.st_dev} {about.st_ino}\n"


def _made_here():
    """Whether this program made ``.venv``; not if it is a link, a file, or somebody's own."""
    try:
        if not VENV.is_symlink() and not any(VENV.iterdir()):
            return True  # nothing to lose: we, or somebody, had just begun
        return not VENV.is_symlink() and VENV.is_dir() and MADE.read_text() == _birth_mark()
    except (OSError, ValueError):
        return False


def _same_python():
    """Whether the environment works and has this Python's version."""
    ask = "import sys; print(*sys.version_info[:2])"
    try:
        answer = subprocess.run([PYTHON, "-c", ask], capture_output=True, text=True)
    except OSError:
        return False
    return answer.stdout.split() == [str(part) for part in sys.version_info[:2]]


def has_ensurepip():
    """Whether a new environment can bring its own pip."""
    return importlib.util.find_spec("ensurepip") is not None


def _fingerprint():
    """What the installation depends on, as a hash. The folder counts: it may have been moved."""
    parts = [str(ROOT), str(sys.version_info[:2])]
    parts += [(ROOT / name).read_text() for name in ("pyproject.toml", "constraints.txt")]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _write(path, text):
    """Write a file whole or not at all."""
    part = path.with_name(path.name + ".part")
    part.write_text(text)
    part.replace(path)


# --- installing, and saying how far it is ---------------------------------------------------------


def _install(extras):
    """Install the project in place, with the tested versions; say how far it is."""
    own = subprocess.run([PYTHON, "-m", "pip", "--version"], capture_output=True)
    pip = [PYTHON, "-m", "pip"]
    if own.returncode != 0:
        # Debian without python3-venv: a new environment has no pip, but the system's can serve it.
        pip = [sys.executable, "-m", "pip", "--python", PYTHON]
        if importlib.util.find_spec("pip") is None:
            sys.exit("Python has neither ensurepip nor pip: install your system's python3-venv.")
    options = ["install", "--progress-bar", "off", "--disable-pip-version-check", "--no-input"]
    project = ["-c", ROOT / "constraints.txt", "-e", f"{ROOT}[{','.join(extras)}]"]
    words = [str(word) for word in (*pip, *options, *project)]
    print("Installing packages into .venv (some minutes on a slow line) ...", flush=True)
    said, progress = [], Progress()
    with (
        subprocess.Popen(
            words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
        ) as process,
        progress,
    ):
        try:
            for line in process.stdout:
                said.append(line)
                progress.hear(line)
        except BaseException:
            process.terminate()  # a kill reaches this program only, Ctrl-C both
            raise
    if process.returncode:
        print("".join(said[-30:]), file=sys.stderr)
        raise subprocess.CalledProcessError(process.returncode, words)


class Progress:
    """What pip is doing, on one line that changes; elsewhere than on a terminal a line at times."""

    FOUND = re.compile(r"^\s*(?:Collecting|Downloading|Using cached) ([A-Za-z0-9._-]+)(.*)")

    def __init__(self):
        self.start, self.doing, self.names = time.monotonic(), "starting", set()
        self.live, self.told, self.ended = sys.stdout.isatty(), 0.0, threading.Event()
        self.clock = threading.Thread(target=self._tick, daemon=True)

    def __enter__(self):
        self.clock.start()
        return self

    def __exit__(self, *_):
        self.ended.set()
        self.clock.join()
        if self.live:
            print("\r" + " " * WIDTH + "\r", end="", flush=True)

    def hear(self, line):
        """Take in a line of pip's."""
        if found := self.FOUND.match(line):
            name, size = re.split(r"-\d|[<>=!~;\[(]", found[1])[0], re.search(r"\(.*B\)", found[2])
            self.names.add(name.lower().replace("_", "-"))
            self.doing = f"{len(self.names)} packages found, now {name} {size[0] if size else ''}"
        elif line.startswith("Installing collected packages"):
            self.doing = f"unpacking {line.count(',') + 1} packages, the longest step"
        elif line.startswith("Building") or "metadata" in line:
            self.doing = f"{len(self.names)} packages found, preparing"

    def _tick(self):
        """Say what is going on, also while pip is silent."""
        while not self.ended.wait(0.5 if self.live else TELL_EVERY):
            text = f"  {time.monotonic() - self.start:4.0f} s  {self.doing}"[:WIDTH]
            print(f"\r{text:{WIDTH}}" if self.live else text, end="" if self.live else "\n")
            sys.stdout.flush()


# --- helpers --------------------------------------------------------------------------------------


def _out(arguments):
    """Take ``--out`` out of ``arguments``; its folder, seen from where the user is."""
    for place, word in enumerate(arguments):
        if word == "--out" and place + 1 < len(arguments):
            del arguments[place]
            return Path.cwd() / arguments.pop(place)
        if word.startswith("--out="):
            return Path.cwd() / arguments.pop(place)[len("--out=") :]
    return None


def _wait(command, **variables):
    """Run a command in the project's folder; stopping is left to it, and its exit code is ours."""
    words, environment = [str(word) for word in command], os.environ | variables
    with subprocess.Popen(words, cwd=ROOT, env=environment) as process:
        for name in ("SIGTERM", "SIGHUP"):
            if hasattr(signal, name) and signal.getsignal(getattr(signal, name)) != signal.SIG_IGN:
                signal.signal(getattr(signal, name), lambda number, _: process.send_signal(number))
        while True:
            try:
                return process.wait()
            except KeyboardInterrupt:
                continue


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
