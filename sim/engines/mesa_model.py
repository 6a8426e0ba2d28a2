"""Driver 1: Mesa agents, for reading, teaching and live pages.

There is no equation here. In each step all partners emit, then all respond to what was sent to
them, then every bond takes note: the same ``emit``, ``respond`` and ``bond`` that
``models.couple.exchange`` composes. This is the only file with Mesa in it.
"""

import copy
import itertools
from collections.abc import Sequence
from typing import Any

import mesa
import numpy as np

from models.cores import Core, check_kind, core_named
from models.parameters import check, plain
from sim.checks import flag, shown, whole
from sim.engines.mesa_arguments import in_one_piece, person_of, seed_of, singly, singular
from sim.engines.mesa_reporters import FEELS, WATCHED, of_models, of_partners
from sim.engines.scalar import scalar
from sim.engines.starting import closeness_of, draws, newly_met
from sim.former_names import former_argument
from sim.randomness.noise import Purpose
from sim.world.addresses import PARTNERS, dyad_numbers, partner_index, stream_numbers
from sim.world.calendar import MINUTES_PER_DAY, Calendar, daily_life
from sim.world.cutting import cut
from sim.world.people import Person
from sim.world.soundness import check_calendar

NOISE_STEPS = 256
COMPILED = ("emit", "responds", "bond")
__all__ = ("FEELS", "WATCHED", "Bond", "CoupleModel", "Partner")


class Partner(mesa.Agent):
    """One partner: parameters, a state, what was last sent and heard."""

    model: "CoupleModel"

    def __init__(self, model: "CoupleModel", label: str, parameters: Any, state: Any) -> None:
        super().__init__(model)
        self.label = label
        self.parameters = parameters
        self.state = state
        self.sent: Any = None
        self.heard: Any = None
        self.read: Any = None
        """What followed from state and signal in the last step, in a core that has read-outs."""
        self.other: Partner
        self.bond: Bond
        self.random_numbers: list[Any] = []
        """Those of the time steps dealt last, from ``model.dealt_from`` on."""

    def emit(self) -> None:
        """Phase 1: show something, from one's own state alone."""
        self.sent = self.model.emit(self.state, self.parameters)

    def respond(self) -> None:
        """Phase 2: hear what the other sent through the channel, and change."""
        self.state, self.heard, *read = self.model.responds[self.label](
            self.state,
            self.parameters,
            self.sent,
            self.other.sent,
            self.bond.state,
            self.random_numbers[self.model.tick - self.model.dealt_from],
        )
        self.read = read[0] if read else None


class Bond(mesa.Agent):
    """What two partners have between them, and both know."""

    model: "CoupleModel"

    def __init__(self, model: "CoupleModel", number: int, a: Partner, b: Partner, state: Any):
        super().__init__(model)
        self.number, self.a, self.b, self.state = number, a, b, state
        a.other, b.other = b, a
        a.bond = b.bond = self

    def update(self) -> None:
        """Phase 3: closeness and the hazard of parting, from what both showed."""
        a, b = self.a, self.b
        told = [getattr(one.state, self.model.core.bond_reads) for one in (a, b)]
        self.state = self.model.bond(self.state, *told, a.sent, b.sent)

    @property
    def couple(self) -> Any:
        """Both partners' states and what they have between them."""
        return self.model.core.Couple(self.a.state, self.b.state, self.state)


class CoupleModel(mesa.Model):
    """Couples of any two people, step by step.

    A copy (``copy.deepcopy``, ``copy.copy`` or a pickle) goes on exactly like the original.

    Parameters
    ----------
    a, b
        A preset's name (people spread around it), a ``PartnerParameters`` (exactly this person)
        or a ``Population``.
    couples
        How many couples, or the numbers of those wanted: with the same seed, couple 7 has the
        same random numbers here and in ``sim.simulate``.
    calendar
        When they meet and what happens; a year of everyday life by default. After its end
        ``running`` is False and ``step`` does nothing.
    seed
        In [0, 2^64), as a number or as the text of a text box. None draws one, so that every
        model is another replicate; the attribute ``seed`` says which.
    collect
        Whether ``datacollector`` records the start (step 0, before any signal) and each step.
    rng
        Mesa's other name of the seed: an integer means the same as ``seed``; a sequence of
        integers or a ``SeedSequence`` always gives the same seed, a ``Generator`` or
        ``BitGenerator`` is drawn from. Give one of the two.
    core
        Which model: ``first`` or ``second``, as in ``sim.simulate``.

    Examples
    --------
    >>> model = CoupleModel("scanner", "withdrawer", seed=3)
    >>> model.advance(21)  # a day
    >>> 0.0 < model.partner("A").state.alarm < 1.0
    True
    """

    # more than six arguments: the options of ``simulate`` that a live page needs, by keyword
    @former_argument("luck_of", "streams")
    def __init__(
        self,
        a: Person = "scanner",
        b: Person = "withdrawer",
        *,
        couples: int | Sequence[int] = 1,
        calendar: Calendar | None = None,
        seed: int | str | None = None,
        closeness: float | None = None,
        shared: Any = None,
        streams: Sequence[str] = PARTNERS,
        collect: bool = True,
        rng: Any = None,
        core: str | Core = "first",
    ) -> None:
        self.seed = seed_of(seed, rng)
        # Mesa's own random numbers, of which the model takes none, come from the same source.
        own = isinstance(rng, (np.random.Generator, np.random.BitGenerator))
        super().__init__(rng=rng if own else self.seed)
        if not own:
            self._seed = self.seed  # for ``reset_randomizer``, whichever way Mesa was given it
        self.whose = in_one_piece("streams", lambda: stream_numbers(streams))
        self.core = in_one_piece("core", lambda: core_named(core))
        kind = self.core.SharedParameters
        self.shared = kind() if shared is None else shared
        self.calendar = daily_life(365) if calendar is None else calendar
        in_one_piece("shared", lambda: check_kind("shared", self.shared, kind, self.core))
        check_calendar(self.calendar)
        self.calendar = cut(self.calendar, self.core.longest_step)
        check(self.shared)
        self.shared = plain(self.shared)
        closeness = closeness_of(closeness, self.core)
        self.tick, self.minutes = 0, 0.0
        self.elapsed = 0
        """Time steps lived through before: the random numbers go on after them."""
        self.dealt_from = self.dealt_to = 0
        self.listed: tuple[int, list[Bond]] = (-1, [])
        self.emit = scalar(self.core).emit
        self._settle(a, b, self._numbers(couples), closeness)
        collect = flag("collect", collect)
        self.datacollector = _collector(self.core) if collect else None
        if self.datacollector is not None:
            self.datacollector.collect(self)

    def _numbers(self, couples: int | Sequence[int]) -> np.ndarray:
        return dyad_numbers(couples, "couples")

    def _settle(self, a: Person, b: Person, numbers: np.ndarray, closeness: float) -> None:
        """Make the partners and their bonds."""
        people = [
            singly(person_of(name, person, self.seed, numbers, who, self.core))
            for name, person, who in zip("ab", (a, b), self.whose, strict=True)
        ]
        for number, one, two in zip(numbers.tolist(), *people, strict=True):
            luck = (self.seed, np.array([number]), self.whose)
            start = singular(newly_met(self.core, (one, two), closeness, luck))
            partner_a = Partner(self, "A", one, start.a)
            partner_b = Partner(self, "B", two, start.b)
            Bond(self, number, partner_a, partner_b, start.dyad)
        self.partners = self.agents_by_type[Partner]
        self.bonds = self.agents_by_type[Bond]

    def step(self) -> None:
        """One time step: all emit, all respond, all bonds take note; none after the end."""
        if self.tick >= len(self.calendar):
            self.running = False
            return
        if self.tick >= self.dealt_to:
            self._deal()
        self.situation, event_a, event_b = self.calendar.at(self.tick)
        here = (self.situation, self.shared)
        self.responds = {
            "A": scalar(self.core).respond(event_a, self.shared.channel_ba, *here),
            "B": scalar(self.core).respond(event_b, self.shared.channel_ab, *here),
        }
        self.bond = scalar(self.core).bond(event_a, event_b, *here)
        self.partners.do("emit")
        self.partners.do("respond")
        self.bonds.do("update")
        self.tick += 1
        self.minutes += self.situation.dt
        self.running = self.tick < len(self.calendar)
        if self.datacollector is not None:
            self.datacollector.collect(self)

    def advance(self, steps: int) -> None:
        """Take ``steps`` steps, or as many as the calendar still has."""
        for _ in range(whole("steps", steps, "time steps", low=0)):
            if self.tick >= len(self.calendar):
                break
            self.step()

    def partner(self, label: str, number: int | None = None) -> Partner:
        """Partner ``"A"`` or ``"B"`` of couple ``number`` (of the first one by default)."""
        bond = self._bond(number)
        return (bond.a, bond.b)[partner_index(label)]

    def couple(self, number: int | None = None) -> Any:
        """The state of couple ``number`` (of the first one by default)."""
        return self._bond(number).couple

    @property
    def days(self) -> float:
        """Simulated days since the start."""
        return self.minutes / MINUTES_PER_DAY

    def _bond(self, number: int | None) -> Bond:
        for bond in self.bonds:
            if number is None or bond.number == number:
                return bond
        raise ValueError(f"no couple {shown(number)} in this model of {len(self.bonds)}")

    def __copy__(self) -> "CoupleModel":
        """A copy with partners of its own: with the same ones, two models would move them."""
        return copy.deepcopy(self)

    def __getstate__(self) -> dict[str, Any]:
        """All but the functions, which are compiled anew, since no pickle holds them."""
        kept = {name: what for name, what in vars(self).items() if name not in COMPILED}
        return kept | {"_last_id": max((agent.unique_id for agent in self.agents), default=0)}

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Take up what was kept."""
        self.__dict__.update(state)
        self.emit = scalar(self.core).emit
        if hasattr(mesa.Agent, "_ids"):  # where Mesa 3.3 counts a model's agents
            mesa.Agent._ids[self] = itertools.count(self._last_id + 1)

    def _deal(self) -> None:
        """Hand every partner their random numbers for the next block of steps."""
        self.dealt_from = self.tick
        self.dealt_to = min(self.tick + NOISE_STEPS, len(self.calendar))
        steps = np.arange(self.dealt_from, self.dealt_to) + self.elapsed
        numbers = np.array([bond.number for bond in self.bonds])
        for slot, who in zip(PARTNERS, self.whose, strict=True):
            dealt = draws(self.core, Purpose.EXCHANGE, self.seed, numbers[:, None], who, steps)
            for bond, rows in zip(self.bonds, np.moveaxis(dealt, 0, -1).tolist(), strict=True):
                partner = bond.a if slot == PARTNERS[0] else bond.b
                partner.random_numbers = [self.core.RandomNumbers(*row) for row in rows]


def _collector(core: Core) -> mesa.DataCollector:
    """Reporters of the model and of partners, under one number of the step."""
    return mesa.DataCollector(
        model_reporters=of_models(core), agenttype_reporters={Partner: of_partners(core)}
    )
