"""S24, what others do to help, as signals through the same channel as everything else."""

from models.state import Event, Signal


def coming(partner: Signal, shown: Signal, event: Event) -> Signal:
    """The signal on its way: the partner's own, or as far as scripted, the helper's.

    Equation::

        own = 1 - event.help_share
        share = event.help_share
        warmth = own * partner.warmth + share * event.help_warmth
        contact = own * partner.contact + share * event.help_contact
        reassurance = own * partner.reassurance + share * event.help_reassurance
        demand = own * partner.demand + share * event.help_demand
        latency = own * partner.latency + share * (1 + event.help_latency)
        clarity = own * partner.clarity + share * event.help_clarity
        mirroring = own * partner.mirroring + share * event.help_accuracy * shown.warmth

    Whoever helps mirrors what was ``shown`` (one's own signal) as accurately as
    ``event.help_accuracy`` says, and knows no more of a person than that. ``latency`` and
    ``event.help_latency`` [usual replies]. It then goes through the channel as the partner's would.

    Source: NAA (help works through signals); form assumed.
    """
    own, share = 1.0 - event.help_share, event.help_share
    return Signal(
        warmth=own * partner.warmth + share * event.help_warmth,
        contact=own * partner.contact + share * event.help_contact,
        reassurance=own * partner.reassurance + share * event.help_reassurance,
        demand=own * partner.demand + share * event.help_demand,
        latency=own * partner.latency + share * (1.0 + event.help_latency),
        clarity=own * partner.clarity + share * event.help_clarity,
        mirroring=own * partner.mirroring + share * event.help_accuracy * shown.warmth,
    )
