"""Driver 1: Mesa agents, for reading, teaching and live pages.

There is no equation here. In each step all partners emit, then all respond to what was sent to
them, then every bond takes note: the same ``emit``, ``respond`` and ``bond`` that
``models.couple.exchange`` composes. This is the only file with Mesa in it.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import mesa
import numpy as np

from models.initial_state import initial_couple
from models.parameters import PartnerParameters, SharedParameters, check
from models.state import Couple, DyadState, PartnerState, RandomNumbers, Signal
from sim.checks import in_range, instance, seed_number
from sim.engines.scalar import scalar
from sim.former_names import former_argument
from sim.randomness.noise import Purpose, normals
from sim.world.addresses import PARTNERS, dyad_numbers, partner_index, stream_numbers
from sim.world.calendar import MINUTES_PER_DAY, Calendar, daily_life
from sim.world.people import Person, resolve

NOISE_STEPS = 256
FEELS = ("alarm", "arousal", "affect", "belief", "threat_store", "safety_memory")
WATCHED = (*FEELS, "plasticity_gate", "approach", "avoidance", "freeze")


class Partner(mesa.Agent):
    """One partner: parameters, a state, what was last sent and heard."""

    model: "CoupleModel"

    def __init__(
        self, model: "CoupleModel", label: str, parameters: PartnerParameters, state: PartnerState
    ) -> None:
        super().__init__(model)
        self.label = label
        self.parameters = parameters
        self.state = state
        self.sent: Signal | None = None
        self.heard: Signal | None = None
        self.other: Partner
        self.bond: Bond
        self.random_numbers: Iterator[tuple[float, ...]] = iter(())

    def emit(self) -> None:
        """Phase 1: show something, from one's own state alone."""
        self.sent = self.model.emit(self.state, self.parameters)

    def respond(self) -> None:
        """Phase 2: hear what the other sent through the channel, and change."""
        self.state, self.heard = self.model.responds[self.label](
            self.state,
            self.parameters,
            self.sent,
            self.other.sent,
            self.bond.state,
            next(self.random_numbers),
        )


class Bond(mesa.Agent):
    """What two partners have between them, and both know."""

    model: "CoupleModel"

    def __init__(self, model: "CoupleModel", number: int, a: Partner, b: Partner, state: DyadState):
        super().__init__(model)
        self.number, self.a, self.b, self.state = number, a, b, state
        a.other, b.other = b, a
        a.bond = b.bond = self

    def update(self) -> None:
        """Phase 3: closeness and the hazard of parting, from what both showed."""
        a, b = self.a, self.b
        self.state = self.model.bond(
            self.state, a.state.commitment, b.state.commitment, a.sent, b.sent
        )

    @property
    def couple(self) -> Couple:
        """Both partners' states and what they have between them."""
        return Couple(self.a.state, self.b.state, self.state)


class CoupleModel(mesa.Model):
    """Couples of any two people, step by step.

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
        ``running`` is False and ``step`` raises ``StopIteration``.
    seed
        In [0, 2^64).
    collect
        Whether ``datacollector`` records each step.

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
        seed: int = 1,
        closeness: float = 0.4,
        shared: SharedParameters | None = None,
        streams: Sequence[str] = PARTNERS,
        collect: bool = True,
    ) -> None:
        super().__init__(rng=seed_number(seed))
        self.pair_seed, self.whose = seed, stream_numbers(streams)
        self.shared = SharedParameters() if shared is None else shared
        self.calendar = daily_life(365) if calendar is None else calendar
        instance("shared", self.shared, SharedParameters)
        instance("calendar", self.calendar, Calendar)
        check(self.shared)
        closeness = in_range("closeness", closeness, 0.0, 1.0, "closeness at the start", open_=True)
        self.tick, self.minutes = 0, 0.0
        self.emit = scalar().emit
        self._settle(a, b, dyad_numbers(couples), closeness)
        self.datacollector = _collector() if collect else None

    def _settle(self, a: Person, b: Person, numbers: np.ndarray, closeness: float) -> None:
        """Make the partners and their bonds."""
        people = [
            _singly(resolve(person, self.pair_seed, numbers, who))
            for person, who in zip((a, b), self.whose, strict=True)
        ]
        for number, one, two in zip(numbers.tolist(), *people, strict=True):
            start = initial_couple(one, two, closeness)
            partner_a = Partner(self, "A", one, start.a)
            partner_b = Partner(self, "B", two, start.b)
            Bond(self, number, partner_a, partner_b, start.dyad)
        self.partners = self.agents_by_type[Partner]
        self.bonds = self.agents_by_type[Bond]

    def step(self) -> None:
        """One time step of the calendar: all emit, all respond, all bonds take note."""
        if self.tick >= len(self.calendar):
            self.running = False
            raise StopIteration(f"the calendar ends after {len(self.calendar)} time steps")
        if self.tick % NOISE_STEPS == 0:
            self._deal()
        self.situation, event_a, event_b = self.calendar.at(self.tick)
        here = (self.situation, self.shared)
        self.responds = {
            "A": scalar().respond(event_a, self.shared.channel_ba, *here),
            "B": scalar().respond(event_b, self.shared.channel_ab, *here),
        }
        self.bond = scalar().bond(event_a, event_b, *here)
        self.partners.do("emit")
        self.partners.do("respond")
        self.bonds.do("update")
        self.tick += 1
        self.minutes += self.situation.dt
        self.running = self.tick < len(self.calendar)
        if self.datacollector is not None:
            self.datacollector.collect(self)

    def advance(self, steps: int) -> None:
        """Take ``steps`` steps, the same way on every version of Mesa."""
        for _ in range(steps):
            self.step()

    def partner(self, label: str, number: int | None = None) -> Partner:
        """Partner ``"A"`` or ``"B"`` of couple ``number`` (of the first one by default)."""
        bond = self._bond(number)
        return (bond.a, bond.b)[partner_index(label)]

    def couple(self, number: int | None = None) -> Couple:
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
        raise ValueError(f"no couple {number} in this model of {len(self.bonds)}")

    def _deal(self) -> None:
        """Hand every partner their random numbers for the next block of steps."""
        steps = np.arange(self.tick, min(self.tick + NOISE_STEPS, len(self.calendar)))
        numbers = np.array([bond.number for bond in self.bonds])
        for slot, who in zip(PARTNERS, self.whose, strict=True):
            draws = normals(Purpose.EXCHANGE, self.pair_seed, numbers[:, None], who, steps)
            for bond, rows in zip(self.bonds, np.moveaxis(draws, 0, -1).tolist(), strict=True):
                partner = bond.a if slot == PARTNERS[0] else bond.b
                partner.random_numbers = (RandomNumbers(*row) for row in rows)


def _singly(people: PartnerParameters) -> list[PartnerParameters]:
    """One parameter set of plain floats for each couple."""
    return [PartnerParameters(*row) for row in zip(*(f.tolist() for f in people), strict=True)]


def _collector() -> mesa.DataCollector:
    """What a teacher wants to look at: signals sent and heard, alarm, both stores, the gate."""
    of_partner: dict[str, Any] = {
        name: lambda who, name=name: getattr(who.state, name) for name in WATCHED
    }
    for direction in ("sent", "heard"):
        for field in Signal._fields:
            of_partner[f"{direction}_{field}"] = lambda who, direction=direction, field=field: (
                getattr(getattr(who, direction), field)
            )
    of_partner["partner"] = lambda who: who.label
    of_partner["couple"] = lambda who: who.bond.number
    return mesa.DataCollector(
        model_reporters={
            "day": lambda model: model.days,
            "contact": lambda model: model.situation.contact,
            "closeness": lambda model: (
                sum(b.state.closeness for b in model.bonds) / len(model.bonds)
            ),
        },
        agenttype_reporters={Partner: of_partner},
    )
