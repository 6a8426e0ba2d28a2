"""Generated modules on disk, beside which Numba keeps their machine code.

The name of a module holds a hash of its text and of every file whose functions dissolve into it,
so that no edit, wherever it is, can meet old machine code.
"""

import hashlib
import os
import sys
import tempfile
from collections.abc import Iterator
from functools import cache
from importlib import metadata, util
from pathlib import Path
from types import ModuleType

from sim.provenance.kept import VARIABLE, of_the_user

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
    """Where modules may be kept, the first choice first."""
    given = os.environ.get(VARIABLE)
    if given:
        yield Path(given)
    yield of_the_user() / "pairbond"
    yield _of_this_user_alone(Path(tempfile.gettempdir()))


def _of_this_user_alone(shared: Path) -> Path:
    """A folder within one that all may write to; another user's code must not run here."""
    own = getattr(os, "getuid", lambda: "user")()
    folder = shared / f"pairbond-{own}"
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        if hasattr(os, "getuid") and folder.stat().st_uid != own:
            return Path(os.devnull) / "refused"
    except OSError:
        return Path(os.devnull) / "refused"
    return folder


def _written(path: Path, source: str) -> Path:
    """The file with this text, whole at any moment, whoever else writes it too."""
    path.parent.mkdir(parents=True, exist_ok=True)
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
