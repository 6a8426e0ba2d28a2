"""The cores: what an engine needs to know of a model, in one record each.

The second core stands beside the first until everything runs on it; see
``docs/decisions/0016-two-cores-for-a-while.md``.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from models import architectures, couple, initial_state, parameters, partner, state
from models.wording import named, shown

NAMES = ("first", "second")


# eq=False: a core is itself and no other, so that what is traced of it can be kept under it.
@dataclass(frozen=True, eq=False, kw_only=True)
class Core:
    """A model of a couple, as engines and people see it."""

    name: str
    exchange: Callable[..., Any]
    emit: Callable[..., Any]
    respond: Callable[..., Any]
    bond: Callable[..., Any]
    bond_reads: str
    """The state of a partner that the bond is told."""
    Signal: Any
    PartnerState: Any
    DyadState: Any
    Couple: Any
    RandomNumbers: Any
    ReadOut: Any
    """What follows from a state and what is heard, without memory; None if the core has none."""
    PartnerParameters: Any
    SharedParameters: Any
    architectures: Mapping[str, architectures.Architecture]
    initial_couple: Callable[..., Any]
    """Of people A and B and the closeness; where ``starts_by_chance``, also of draws A and B."""
    starts_by_chance: bool
    closeness: float
    """Closeness of couples who are new to each other, unless another is asked for."""
    main_variables: tuple[str, ...]
    longest_step: float
    """[min] A time step in contact is cut into equal parts that are at most so long."""
    spreads: Mapping[str, float]
    """Relative spread of people around a preset, by parameter."""
    default_spread: float

    def __reduce__(self) -> Any:
        """A core that has a name here is pickled by it; a changed copy is not that one."""
        if self.name in NAMES and core_named(self.name) is self:
            return core_named, (self.name,)
        return super().__reduce__()

    def __deepcopy__(self, memo: Any) -> "Core":
        """Nothing of a core can be changed, so a copy is itself."""
        return self

    @property
    def reads(self) -> tuple[str, ...]:
        """Names of the read-outs."""
        return () if self.ReadOut is None else self.ReadOut._fields

    @property
    def partner_variables(self) -> tuple[str, ...]:
        """What can be recorded of a partner."""
        signals = [f"{way}_{name}" for way in ("sent", "heard") for name in self.Signal._fields]
        return (*self.PartnerState._fields, *self.reads, *signals)

    @property
    def dyad_variables(self) -> tuple[str, ...]:
        """What can be recorded of a couple."""
        return self.DyadState._fields

    def architecture(self, name: str, **overrides: Any) -> Any:
        """The centre of the preset ``name``, as ``models.architectures.preset`` makes it."""
        return architectures.preset(name, self.architectures, self.PartnerParameters, **overrides)


FIRST = Core(
    name="first",
    exchange=couple.exchange,
    emit=partner.emit,
    respond=couple.respond,
    bond=couple.bond,
    bond_reads="commitment",
    Signal=state.Signal,
    PartnerState=state.PartnerState,
    DyadState=state.DyadState,
    Couple=state.Couple,
    RandomNumbers=state.RandomNumbers,
    ReadOut=None,
    PartnerParameters=parameters.PartnerParameters,
    SharedParameters=parameters.SharedParameters,
    architectures=architectures.ARCHITECTURES,
    initial_couple=initial_state.initial_couple,
    starts_by_chance=False,
    closeness=0.4,
    main_variables=tuple(
        """
        closeness hazard alarm arousal affect mood cortisol oxytocin threat_store safety_memory
        harm_memory belief plasticity_gate regulation need approach avoidance freeze tolerance
        silence closeness_pain threshold vagal_tone integration oxytocin_reliability satisfaction
        commitment metabolic_cost sent_warmth sent_contact sent_reassurance sent_demand
        sent_latency
        """.split()
    ),
    longest_step=math.inf,
    spreads={},
    default_spread=0.25,
)


@cache
def _second() -> Core:
    from models import second
    from models.second import architectures, couple, parameters, partner, start, state

    return Core(
        name="second",
        exchange=second.exchange,
        emit=partner.emit,
        respond=couple.respond,
        bond=couple.bond,
        bond_reads="disengagement",
        Signal=state.Signal,
        PartnerState=state.PartnerState,
        DyadState=state.DyadState,
        Couple=state.Couple,
        RandomNumbers=state.RandomNumbers,
        ReadOut=state.ReadOut,
        PartnerParameters=parameters.PartnerParameters,
        SharedParameters=parameters.SharedParameters,
        architectures=architectures.ARCHITECTURES,
        initial_couple=start.initial_couple,
        starts_by_chance=True,
        closeness=0.5,
        main_variables=tuple(
            """
            closeness hazard perceived_warmth alarm arousal affect need tolerance strain
            expected_warmth safety_memory regulation_now plasticity_gate freeze warm_engagement bid
            demand withdrawal sentiment satisfaction commitment disengagement sent_warmth
            sent_latency
            """.split()
        ),
        longest_step=couple.LONGEST_STEP,
        spreads=architectures.SPREADS,
        default_spread=1.0,
    )


def core_named(name: "str | Core") -> Core:
    """The core ``name``, or the core itself; ``ValueError`` with one line if there is none."""
    if isinstance(name, Core):
        return name
    return FIRST if named(name, NAMES, "core") == "first" else _second()


def core_of(values: Any) -> Core | None:
    """The core whose parameters these are, of a person or shared; None if they are of none."""
    for core in map(core_named, NAMES):
        if isinstance(values, (core.PartnerParameters, core.SharedParameters)):
            return core
    return None


def check_kind(what: str, values: Any, kind: Any, core: Core) -> None:
    """Refuse ``values`` that are not of ``kind``, one of the core's classes of parameters."""
    if isinstance(values, kind):
        return
    other = core_of(values)
    if other is not None and type(values).__name__ == kind.__name__:
        raise ValueError(
            f"{what}: is a {kind.__name__} of the core '{other.name}', this run's core is "
            f"'{core.name}': must be of the same core"
        )
    raise ValueError(f"{what} = {shown(values)}: must be a {kind.__name__}")
