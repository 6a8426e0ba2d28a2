"""Six guided stories: who lives through what, what is asked before, and what is drawn after.

A story holds no result. The page runs its arms when the reader has answered, with the equations
of the model and of the random seed; ``right`` says what a test holds the model to, for several
seeds, so that no answer is called right that the model does not give.
"""

from collections.abc import Callable
from typing import Any

from experiments.pages.explore.contexts import Rows
from experiments.pages.explore.stories import alone, chase, earned, fading, moment, past
from experiments.pages.explore.stories.plan import Story, as_data

STORIES: dict[str, Callable[[], Story]] = {
    "past": past.story,
    "chase": chase.story,
    "fading": fading.story,
    "moment": moment.story,
    "alone": alone.story,
    "earned": earned.story,
}


def reported(rows: Rows) -> list[dict[str, Any]]:
    """All stories as the page reads them; new time steps are added to ``rows``."""
    return [{"key": key, **as_data(make(), rows)} for key, make in STORIES.items()]
