"""A place where nothing can be written, or that is somebody's, is refused before any work."""

import pytest

pytestmark = pytest.mark.slow
NOWHERE = {
    "a file": "file",
    "below a file": "file/below",
    "a loop": "loop",
    "below a loop": "loop/below",
    "two links in a loop": "there/below",
    "a fifo": "fifo",
    "below a fifo": "fifo/below",
    "a device": "device",
    "below a device": "device/below",
    "a file system of none": "/proc/self/pairbond",
    "a name too long": "n" * 300,
    "a path too long": "/".join(["n" * 200] * 30),
    "a byte of none": "a\0b",
}
SOMEBODYS = {
    "somebody's folder": "folder",
    "here": ".",
    "nothing": "",
    "above": "../room",
}
FOLDERS = (
    "couple --quick",
    "classics --quick",
    "gallery --quick",
    "study study.toml --workers 1",
    "claims --quick --only C11",
    "gates --quick --only G11",
    "parsimony",
)
FILES = (
    "claims --quick --only C11 --json",
    "gates --quick --only G11 --json",
    "bench --quick --json",
)


@pytest.mark.parametrize("place", NOWHERE.values(), ids=NOWHERE)
@pytest.mark.parametrize("command", FOLDERS)
def test_no_folder_is_one_line(command, place, refuses):
    refuses([*command.split(), "--out", place], "--out")


@pytest.mark.parametrize("place", SOMEBODYS.values(), ids=SOMEBODYS)
@pytest.mark.parametrize("command", FOLDERS)
def test_somebodys_folder_is_left_alone(command, place, refuses):
    refuses([*command.split(), "--out", place], "--out")


@pytest.mark.parametrize("place", (NOWHERE | SOMEBODYS).values(), ids=NOWHERE | SOMEBODYS)
@pytest.mark.parametrize("command", FILES)
def test_no_file_is_one_line(command, place, refuses):
    if place == "file":
        pytest.skip("a file may be written anew")
    refuses([*command.split(), place], "--json")


SOURCES = NOWHERE | {
    "a folder": "folder",
    "nobody's": "missing.toml",
    "nothing": "",
    "a device without end": "/dev/zero",
    "memory of a process": "/proc/self/mem",
}


@pytest.mark.parametrize("place", SOURCES.values(), ids=SOURCES)
def test_no_study_is_one_line(place, refuses):
    refuses(["study", place, "--workers", "1"], most=20)


@pytest.mark.parametrize("place", (SOURCES | SOMEBODYS).values(), ids=SOURCES | SOMEBODYS)
def test_no_store_is_one_line(place, refuses):
    refuses(["report", place])
