# mypy: disable-error-code="import-not-found, import-untyped, untyped-decorator"
"""The live page: Mesa's own SolaraViz around one couple, its sliders made from the declarations.

Solara runs this file; ``python -m experiments page`` starts it. Beside
``sim/engines/mesa_model.py`` this is the only file
with Mesa in it, since SolaraViz is a part of Mesa.
"""

import html
from functools import partial
from typing import Any

import matplotlib as mpl
import mesa
import solara
from matplotlib.figure import Figure
from mesa.visualization import Slider, SolaraViz
from mesa.visualization.utils import update_counter

from models.architectures import ARCHITECTURES, architecture
from models.parameters import PARAMETERS, PartnerParameters
from sim.engines.mesa_model import CoupleModel, Partner
from sim.plots.partner_drawing import draw_couple
from sim.plots.snapshots import snapshot_of
from sim.plots.style import PARTNER
from sim.world.addresses import PARTNERS
from sim.world.calendar import MINUTES_PER_DAY, Calendar, conversation, daily_life, separation

SHOWN = tuple(
    """
    amygdala_threshold cingulate_gain cingulate_baseline template_threat anticipated_pain
    reward_dependence interoception vagal_tone protest warmth
    """.split()
)
"""Parameters that get a slider: those in which the presets differ most."""
MEASURES = {
    "alarm": "alarm",
    "arousal": "arousal",
    "demand": "demand sent",
    "threat store": "threat store",
}
mpl.rcParams.update(
    {"figure.dpi": 80, "axes.spines.top": False, "axes.spines.right": False, "font.size": 11.0}
)
LIVES = {
    "everyday life": lambda: daily_life(60),
    "a talk about A's topic": lambda: conversation(60.0, heat=0.4),
    "three days together, a week apart, together again": lambda: (
        daily_life(3) + separation(7) + daily_life(20)
    ),
}
HINT = "Sliders, preset and setting take effect with Reset. A preset moves its sliders."
VALUES = """
.v-slider__thumb-label-container { display: block !important; }
.v-slider .v-slider__thumb-label-container .v-slider__thumb-label.v-slider__thumb-label {
  background: none !important; border: 0 !important; color: inherit; font-size: 12px;
  transform: translateY(-2px) translateX(-50%) !important;
}
.v-slider__thumb-label > div { transform: none !important; }
.v-input__slider .v-slider { margin-top: 14px; }
"""
"""Mesa's sliders show their value only while they are moved; with this they always do."""


class LiveCouple(CoupleModel):
    """One couple made of what the page's controls say.

    Every control has the name of a keyword: ``life`` and ``seed``, ``preset_a`` and ``preset_b``,
    and ``a_vagal_tone`` for partner A's vagal tone.
    """

    def __init__(
        self,
        preset_a: str = "scanner",
        preset_b: str = "withdrawer",
        life: str = "everyday life",
        seed: int = 1,
        **kwargs: float,
    ) -> None:
        a, b = (
            architecture(preset, **_own(slot, kwargs))
            for slot, preset in zip(PARTNERS, (preset_a, preset_b), strict=True)
        )
        super().__init__(a, b, calendar=_calendar(life), seed=seed, collect=False)
        self.datacollector = mesa.DataCollector(
            {f"{what} {slot}": _reader(what, slot) for what in MEASURES for slot in PARTNERS}
            | {"closeness": _closeness, "minutes": "minutes"}
        )


def _own(slot: str, controls: dict[str, float]) -> dict[str, float]:
    """The parameters of one partner among all controls."""
    start = f"{slot.lower()}_"
    return {name[len(start) :]: v for name, v in controls.items() if name.startswith(start)}


def _calendar(life: str) -> Calendar:
    return LIVES[life]()


def _reader(what: str, slot: str) -> Any:
    """What the data collector asks the model for."""
    return partial(_value, what, slot)


def _value(what: str, slot: str, model: CoupleModel) -> float:
    return value_of(model.partner(slot), what)


def _closeness(model: CoupleModel) -> float:
    return model.couple().dyad.closeness


def value_of(partner: Partner, what: str) -> float:
    """One of ``MEASURES`` for a partner; 0 for what is sent before the first step."""
    if what == "demand":
        return partner.sent.demand if partner.sent is not None else 0.0
    return float(getattr(partner.state, what.replace(" ", "_")))


def controls(preset_a: str, preset_b: str) -> dict[str, Any]:
    """Mesa's user parameters: setting and seed, then a slider for each shown parameter."""
    found: dict[str, Any] = {
        "preset_a": preset_a,
        "preset_b": preset_b,
        "life": {
            "type": "Select",
            "label": "Setting",
            "value": next(iter(LIVES)),
            "values": list(LIVES),
        },
        "seed": Slider("Random seed", value=1, min=1, max=50, step=1),
    }
    for slot, preset in zip(PARTNERS, (preset_a, preset_b), strict=True):
        person = architecture(preset)
        found |= {f"{slot.lower()}_{name}": slider(slot, name, person) for name in SHOWN}
    return found


def slider(slot: str, name: str, person: PartnerParameters) -> Slider:
    """The slider of one parameter, over its declared range, at this person's value."""
    rule, value = PARAMETERS[PartnerParameters][name], getattr(person, name)
    unit = "" if rule.unit == "1" else f" [{rule.unit}]"
    step = 0.01 if round(value, 2) == value else 0.001  # a slider moves values off its grid
    low, high = rule.range
    label = f"{slot}: {name.replace('_', ' ')}{unit}"
    return Slider(label, value=value, min=low, max=high, step=step, dtype=float)


def meanings() -> str:
    """What each slider means, as a list in HTML, from the declarations."""
    rules = PARAMETERS[PartnerParameters]
    rows = (
        f"<li><b>{name.replace('_', ' ')}</b>: {html.escape(rules[name].meaning)} "
        f"({rules[name].range[0]:g} to {rules[name].range[1]:g})</li>"
        for name in SHOWN
    )
    return f"<details><summary>What the sliders mean</summary><ul>{''.join(rows)}</ul></details>"


def time_axis(model: LiveCouple) -> tuple[str, float, float]:
    """Unit of the time axis, minutes in one, and how far the axis reaches at least [units]."""
    if model.calendar.situation.dt.sum() <= MINUTES_PER_DAY:
        return "min", 1.0, 5.0
    return "days", MINUTES_PER_DAY, 1.0


@solara.component
def Course(model: LiveCouple, lines: dict[str, dict[str, Any]], finish: Any) -> None:
    """Measures of the model over simulated time."""
    update_counter.get()
    collector: Any = model.datacollector
    data = collector.get_model_vars_dataframe()
    unit, minutes, least = time_axis(model)
    figure = Figure()
    ax = figure.subplots()
    for name, look in lines.items():
        ax.plot(data["minutes"] / minutes, data[name], **look)
    finish(ax)
    ax.set(xlabel=f"simulated time [{unit}]", ylim=(0.0, 1.0))
    ax.set_xlim(0.0, max(model.minutes / minutes, least))
    solara.FigureMatplotlib(figure, format="png", bbox_inches="tight")


def plot(what: str, label: str, tab: int = 0) -> Any:
    """A plot of one measure of both partners, in the project's colours and lines."""
    lines = {f"{what} {slot}": PARTNER[slot] for slot in PARTNERS}

    def finish(ax: Any) -> None:
        if what == "alarm":
            ax.axhline(0.5, color="0.5", linewidth=0.8, label="evidence meets threshold θ")
        ax.set_ylabel(f"{label} [0 to 1]")
        legend_above(ax)

    return (lambda model: Course(model, lines, finish), tab)


def legend_above(ax: Any) -> None:
    """The legend where no line can run into it."""
    ax.legend(loc="lower left", bbox_to_anchor=(0.0, 1.0), ncols=3, frameon=False, fontsize=10)


def closeness_plot() -> Any:
    """A plot of the couple's closeness."""

    def finish(ax: Any) -> None:
        ax.set_ylabel("closeness [0 to 1]")
        legend_above(ax)

    look = {"color": "black", "label": "closeness"}
    return (lambda model: Course(model, {"closeness": look}, finish), 0)


@solara.component
def Bodies(model: LiveCouple) -> None:
    """The two partners, what each sent and what arrived."""
    update_counter.get()
    figure = Figure(figsize=(6.6, 3.9))
    draw_couple(snapshot_of(model), figure.add_axes((0.0, 0.0, 1.0, 1.0)))
    solara.FigureMatplotlib(figure, format="png")


COMPONENTS = [
    Bodies,
    plot("alarm", MEASURES["alarm"]),
    plot("demand", MEASURES["demand"]),
    closeness_plot(),
    plot("arousal", MEASURES["arousal"], tab=1),
    plot("threat store", MEASURES["threat store"], tab=1),
]
"""On two tabs: what is on the hidden one costs no drawing time."""


@solara.component
def Couple(preset_a: str, preset_b: str) -> None:
    """SolaraViz around a couple of these presets."""
    model = solara.use_memo(lambda: LiveCouple(preset_a, preset_b), [])
    SolaraViz(
        model,
        components=list(COMPONENTS),
        model_params=controls(preset_a, preset_b),
        name="Pairbond: two partners, step by step",
    )


@solara.component
def Page() -> None:
    """What Solara shows: presets, hints, and the couple."""
    preset_a, set_a = solara.use_state("scanner")
    preset_b, set_b = solara.use_state("withdrawer")
    solara.Style(VALUES)
    with solara.Sidebar(), solara.Card("Partners"):
        names = list(ARCHITECTURES)
        solara.Select("Preset of A", values=names, value=preset_a, on_value=set_a)
        solara.Select("Preset of B", values=names, value=preset_b, on_value=set_b)
        solara.Text(HINT)
        solara.HTML(tag="div", unsafe_innerHTML=meanings())
    Couple(preset_a, preset_b).key(f"{preset_a}-{preset_b}")
