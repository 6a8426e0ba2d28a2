"""Blind classification: who was it, inferred from what an observer saw of others."""

import numpy as np

LEAST_SPREAD = 1e-3


def blind_hits(seen: np.ndarray, parameter_draws: int = 1) -> np.ndarray:
    """Whether each person's group was recognised by behaviour, 1.0 or 0.0, shape (groups, couples).

    ``seen`` has shape (groups, couples, measures). Two folds: odd couples are judged by what the
    even ones showed and the reverse, in each of ``parameter_draws`` equal parts by itself.
    """
    parts = np.array_split(seen, parameter_draws, axis=1)
    return np.concatenate([_one_world(part) for part in parts], axis=1)


def shuffled(seen: np.ndarray, seed: int) -> np.ndarray:
    """The same people with their groups dealt out at random within each couple's number."""
    order = np.random.default_rng(seed).permuted(
        np.tile(np.arange(len(seen)), (seen.shape[1], 1)), axis=1
    )
    return seen[order.T, np.arange(seen.shape[1])]


def _one_world(seen: np.ndarray) -> np.ndarray:
    hits = np.zeros(seen.shape[:2])
    for fold in (0, 1):
        known, unknown = seen[:, 1 - fold :: 2], seen[:, fold::2]
        guess = nearest(unknown, known.mean(axis=1), spread_within(known))
        hits[:, fold::2] = guess == np.arange(len(seen))[:, None]
    return hits


def spread_within(known: np.ndarray) -> np.ndarray:
    """Spread of each measure within groups: a diagonal discriminant needs few people."""
    return np.sqrt(known.var(axis=1).mean(axis=0)) + LEAST_SPREAD


def nearest(unknown: np.ndarray, centres: np.ndarray, spread: np.ndarray) -> np.ndarray:
    """Number of the nearest group centre, in units of the spread within groups."""
    gaps = (unknown[:, :, None] - centres[None, None]) / spread
    return (gaps**2).sum(axis=-1).argmin(axis=-1)
