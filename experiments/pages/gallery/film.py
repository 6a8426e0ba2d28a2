"""A short film of exchanges: two partners, what is sent and heard, alarm, and the opening gate."""

from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.figure import Figure

from sim.engines.mesa_model import CoupleModel
from sim.plots.figures import new_figure
from sim.plots.gallery import gate_opening
from sim.plots.partner_drawing import draw_couple
from sim.plots.snapshots import Snapshot, snapshot_of
from sim.plots.style import paper
from sim.world.calendar import conversation
from sim.world.protocols import laboratory as room

COUPLE = ("scanner", "secure")
TALK, AFTER, TURN = 3.0, 3.0, 20.0  # [min], [min], [s]
TRAVEL = (0.0, 0.5, 1.0, 1.0)  # of the signals, one frame each; the last is to read
RATE, STILL = 10, 8  # frames a second, and frames at the end
SIZE, DPI = (7.2, 6.2), 72
PLACES = ((0.02, 0.34, 0.96, 0.6), (0.08, 0.085, 0.9, 0.2))  # partners, course
FIXED: Any = {"savefig.bbox": None, "figure.constrained_layout.use": False}  # nothing may jump
TITLE = "A (scanner) talks with B (secure) about A's topic"


def snapshots(seed: int) -> list[Snapshot]:
    """A talk about a topic of A's, and some minutes after it, turn by turn."""
    calendar = conversation(TALK, TURN, heat=0.4) + room(AFTER, TURN / 60.0)
    model = CoupleModel(*COUPLE, calendar=calendar, seed=seed, closeness=0.5, collect=False)
    seen = []
    for _ in range(len(calendar)):
        model.step()
        seen.append(snapshot_of(model))
    return seen


def draw(figure: Figure, seen: list[Snapshot], number: int, travel: float) -> None:
    """One frame: the bodies at moment ``number``, and A's course so far."""
    figure.clear()
    above, below = (figure.add_axes(place) for place in PLACES)
    before = seen[max(number - 1, 0)]
    now = seen[number]
    # The bodies change when the signals have arrived, and not before.
    a = before.a._replace(sent=now.a.sent, heard=now.a.heard)
    b = before.b._replace(sent=now.b.sent, heard=now.b.heard)
    shown = now if travel >= 1.0 else before._replace(contact=now.contact, a=a, b=b)
    draw_couple(shown, above, travel)
    above.set_title(TITLE if now.minutes <= TALK + 1e-9 else f"{TITLE}; the talk is over")
    past = seen[: number + (travel >= 1.0)]
    gate_opening(
        [snapshot.minutes for snapshot in past],
        [snapshot.a.alarm for snapshot in past],
        [snapshot.a.felt_safety for snapshot in past],
        [snapshot.a.gate for snapshot in past],
        below,
    )
    below.set(xlim=(0.0, TALK + AFTER), ylim=(0.0, 1.02), xlabel="time [min]", ylabel="partner A")
    below.axvline(TALK, color="0.8", linewidth=0.8, zorder=0)
    below.legend(loc="lower left", bbox_to_anchor=(0.0, 0.98), ncols=3)


def film(path: Path, seed: int, turns: int | None = None) -> None:
    """Write the film as a GIF; ``turns`` leaves out the later ones."""
    from matplotlib.animation import FuncAnimation, PillowWriter

    seen = snapshots(seed)
    frames: list[Any] = [(k, t) for k in range(len(seen))[:turns] for t in TRAVEL]
    frames += [frames[-1]] * STILL
    with paper(), mpl.rc_context(FIXED):
        figure = new_figure(figsize=SIZE)
        show = FuncAnimation(figure, lambda frame: draw(figure, seen, *frame), frames, repeat=False)
        show.save(path, PillowWriter(fps=RATE), dpi=DPI)
