"""Generated modules on disk, beside which Numba keeps their machine code.

The name of a module holds a hash of its text and of every file whose functions dissolve into it,
so that no edit, wherever it is, can meet old machine code.
"""

import hashlib
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from importlib import metadata, util
from pathlib import Path
from types import ModuleType

from sim.provenance.kept import VARIABLE, of_the_user, own_folder

SAME_TIME = 1_000_000_000
"""The modification time of every module: Numba drops machine code when it changes."""


def load(name: str, source: str, in_memory: str) -> ModuleType:
    """The module ``source`` under a name that begins with ``name``.

    ``in_memory`` is the text to use if no folder can be written.
    """
    stem = f"{name}_{key(source)[:24]}"
    for folder in folders():
        try:
            return _imported(stem, _written(folder / f"{stem}.py", source))
        except (OSError, RuntimeError):  # Numba's word for a folder that it can't use
            continue
    module = ModuleType(stem)
    exec(compile(in_memory, f"<{stem}>", "exec"), vars(module))
    return module


def key(source: str) -> str:
    """A hash of a module's text, of what it draws in, and of the compiler."""
    return hashlib.sha256(source.encode() + b"\0" + _surroundings().encode()).hexdigest()


@cache
def _surroundings() -> str:
    """A hash of the compiler's version and of the files whose functions a module draws in."""
    import numba

    from sim.randomness import binding, constants, elementary, noise, noise_compiled, numba_names

    digest = hashlib.sha256(f"{numba.__version__} {metadata.version('llvmlite')}\0".encode())
    for module in (binding, constants, elementary, noise, noise_compiled, numba_names):
        digest.update(Path(str(module.__file__)).read_bytes() + b"\0")
    return digest.hexdigest()


def folders() -> Iterator[Path]:
    """Where modules may be kept, the first choice first; only what is ours alone.

    The last is within a folder that all may write to: another user's code must not run here.
    """
    given = os.environ.get(VARIABLE)
    user = getattr(os, "getuid", lambda: "user")()
    choices = [Path(given)] if given else []
    with suppress(RuntimeError):  # a user without a home
        choices.append(of_the_user() / "pairbond")
    choices.append(Path(tempfile.gettempdir()) / f"pairbond-{user}")
    for choice in choices:
        if folder := own_folder(choice):
            yield folder


def _written(path: Path, source: str) -> Path:
    """The file with this text, whole at any moment, whoever else writes it too."""
    text = source.encode()
    # Machine code is about to be written beside it, so being able to read is not enough.
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(text)
        if not path.exists() or path.read_bytes() != text:
            os.utime(name, (SAME_TIME, SAME_TIME))
            os.replace(name, path)
    finally:
        Path(name).unlink(missing_ok=True)
    return path


def _imported(name: str, path: Path) -> ModuleType:
    spec = util.spec_from_file_location(name, path)
    assert spec is not None and spec.loader is not None
    module = util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except BaseException:
        del sys.modules[name]
        raise
    return module
