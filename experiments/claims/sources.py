"""Which code decides a claim's verdict, and which all of them: what their hashes are made of."""

import hashlib
from functools import cache

from sim.provenance import code_hash, source_hash, trees

JUDGING = "experiments.claims.claim"
MEASURED = "experiments.claims.measured."


def of_claim(identity: str) -> str:
    """Hash of the code of claim ``identity``, such as ``C19``; its file's name holds its number."""
    own = [name for name in _files() if identity.lower() in name.rpartition(".")[2].split("_")]
    return code_hash(JUDGING, *own)


@cache
def of_all(*users: str) -> str:
    """Hash of the model and of the code of all claims and of the modules that use them."""
    code = code_hash(JUDGING, *users, *_files())
    return hashlib.sha256(f"{source_hash()} {code}".encode()).hexdigest()


def _files() -> list[str]:
    return [name for name in trees.modules() if name.startswith(MEASURED)]
