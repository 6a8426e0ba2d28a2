"""The gallery's figures, in the order in which they tell the model."""

from collections.abc import Callable
from typing import Any

from matplotlib.figure import Figure

from experiments.pages.gallery import scenes
from models.architectures import ARCHITECTURES
from sim.analysis.cohorts import Laboratory
from sim.analysis.pairs import NAMES
from sim.plots.bands import panel_letters, sent_and_heard
from sim.plots.figures import subplots
from sim.plots.gallery import agreement, architecture_curves, course, falls, groups, lines
from sim.plots.heat_maps import heat
from sim.plots.style import HEARD, PARTNER, SENT, SERIES, paper

Draw = Callable[[Laboratory, int], Figure]
LIVED: dict[str, dict[str, Any]] = {
    "words": {"color": SERIES[1], "linestyle": "--"},
    "experience": {"color": SERIES[0], "linestyle": "-"},
}
TWICE: dict[str, dict[str, Any]] = {
    "before": {"color": SERIES[5], "linestyle": "--", "label": "before the course"},
    "after": {"color": SERIES[0], "linestyle": "-", "label": "after the course"},
}
DOSED: dict[str, dict[str, Any]] = {
    "tolerance builds": {"color": SERIES[3], "linestyle": "-"},
    "tolerance off": {"color": SERIES[6], "linestyle": "--"},
}
CHASE: dict[str, dict[str, Any]] = {
    "demand": PARTNER["A"] | {"label": "A demands"},
    "away": PARTNER["B"] | {"label": "B turns away"},
}


def panels(count: int, width: float = 8.2, height: float = 3.3, **more: Any) -> Any:
    """A figure with ``count`` panels side by side."""
    return subplots(1, count, figsize=(width, height), squeeze=False, **more)


def exchange(laboratory: Laboratory, days: int) -> Figure:
    """Sent and heard."""
    data = scenes.exchange(laboratory)
    figure, axes = panels(3, 9.6, width_ratios=(2.0, 1.0, 1.0))
    first, *rest = axes[0]
    sent_and_heard(data["time"], data["sent"], data["heard"], "B", first)
    first.set(xlabel="time [min]", ylabel="warmth from B [-1 to 1]", title="One talk")
    first.legend(loc="lower left", bbox_to_anchor=(0.55, 1.0), ncols=2)
    for ax, medium in zip(rest, ("face to face", "by text"), strict=True):
        sent, heard = data[medium]
        agreement(
            sent, heard, ax, color=PARTNER["B"]["color"], marker=HEARD["marker"], facecolors="none"
        )
        ax.set(xlabel=SENT["label"], ylabel=HEARD["label"], xlim=(-1, 1), ylim=(-1.6, 1.6))
        ax.set_title(f"{medium.capitalize()}, r = {scenes.tracking(sent, heard):.2f}")
    panel_letters(axes)
    return figure


def alarm_curves(laboratory: Laboratory, days: int) -> Figure:
    """Eight presets before the same face."""
    curves = scenes.alarm_curves(laboratory)
    figure, axes = panels(1, 7.2, 4.2)
    ax = architecture_curves(scenes.AMBIGUITY, curves, axes[0, 0])
    ax.axhline(0.5, color="0.6", linewidth=0.8, zorder=0)
    ax.set(
        xlabel="ambiguity of a friendly face [0 to 1]",
        ylim=(0.0, 1.0),
        ylabel="alarm [0 to 1]; bars: 95 % bootstrap",
        title="The same face, eight alarms",
    )
    return figure


def window_of_tolerance(laboratory: Laboratory, days: int) -> Figure:
    """When experience can write."""
    share, by_arousal, by_alarm = scenes.window()
    figure, axes = panels(2, sharey=True)
    lines(share, by_arousal, axes[0, 0])
    axes[0, 0].set(
        xlabel="arousal [0 to 1]",
        ylabel="plasticity gate [0 to 1]",
        title="Too little, enough, too much (alarm 0.8)",
    )
    lines(share, by_alarm, axes[0, 1])
    axes[0, 1].set(xlabel="alarm [0 to 1]", title="Live alarm, nobody leaving (arousal 0.45)")
    for ax in axes[0]:
        ax.legend(loc="upper left")
        ax.set_ylim(0.0, 1.05)
    panel_letters(axes)
    return figure


def two_stores(laboratory: Laboratory, days: int) -> Figure:
    """Words persuade, experience rewires."""
    time, stores = scenes.two_stores(laboratory)
    figure, axes = panels(2, sharey=True)
    for ax, name, title in zip(
        axes[0],
        ("belief", "threat_store"),
        ("What one believes", "What the alarm predicts"),
        strict=True,
    ):
        course(time, stores[name], LIVED, ax)
        ax.set(xlabel="days with a daily session", title=title, ylim=(0.0, 1.0))
    axes[0, 0].set_ylabel("belief of being safe [0 to 1]")
    axes[0, 1].set_ylabel("threat store [0 to 1]")
    axes[0, 0].legend(loc="lower right")
    panel_letters(axes)
    return figure


def pursue_and_withdraw(laboratory: Laboratory, days: int) -> Figure:
    """A scanner's demand, and how far two kinds of partner turn away."""
    time, talks = scenes.pursuit(laboratory)
    figure, axes = panels(2, sharey=True)
    for ax, (other, spreads) in zip(axes[0], talks.items(), strict=True):
        course(time, spreads, CHASE, ax)
        name = ARCHITECTURES[other].label.lower()
        ax.set(
            xlabel="minutes into a talk about A's topic",
            ylim=(0.0, 1.0),
            title=f"Scanner (A) with {name} (B)",
        )
    axes[0, 0].set_ylabel("as sent [0 to 1]")
    axes[0, 1].legend(loc="upper right")
    panel_letters(axes)
    return figure


def reassurance(laboratory: Laboratory, days: int) -> Figure:
    """Each dose relieves less."""
    doses, relief = scenes.reassurance(laboratory)
    figure, axes = panels(1, 5.6)
    ax = course(doses, relief, DOSED, axes[0, 0])
    ax.axhline(0.0, color="0.6", linewidth=0.8)
    ax.set(
        xlabel="daily dose of reassurance",
        ylabel="rise of mood at the dose [1]",
        title="The same words, less and less relief",
        ylim=(-0.02, 0.62),
    )
    ax.legend(loc="upper right")
    return figure


def presence(laboratory: Laboratory, days: int) -> Figure:
    """Who is calmed by company."""
    figure, axes = panels(1, 6.6)
    ax = groups(scenes.presence(laboratory), axes[0, 0])
    ax.set(
        xlabel="who is threatened",
        ylabel="alarm under threat [0 to 1]; bars: 95 % bootstrap",
        ylim=(0.0, 1.0),
        title="The same threat: alone, beside a stranger, beside the partner",
    )
    ax.legend(loc="lower right", ncols=3)
    return figure


def return_of_threat(laboratory: Laboratory, days: int) -> Figure:
    """What treatment took off comes back in part."""
    figure, axes = panels(1, 6.6, 3.0)
    ax = falls(scenes.returning(laboratory), axes[0, 0])
    ax.set(
        xlabel="alarm beside a warm partner, hard to read [0 to 1]; bars: 95 % bootstrap",
        title="Alarm before and after a course of live correction",
    )
    ax.legend(loc="lower left")
    return figure


def architecture_matrix(laboratory: Laboratory, days: int) -> Figure:
    """All pairs."""
    found = scenes.matrix(laboratory, days)
    labels = [ARCHITECTURES[name].label for name in NAMES]
    figure, axes = panels(2, 10.2, 5.0, sharey=True)
    for ax, name in zip(axes[0], ("alarm", "closeness"), strict=True):
        heat(found[name].sel(statistic="mean").values, ax, "cividis")
        ax.set(title=f"{name.capitalize()} [0 to 1]", xlabel="beside")
        ax.set_xticks(range(len(NAMES)), labels, rotation=40, ha="right")
        ax.set_yticks(range(len(NAMES)), labels)
    panel_letters(axes)
    return figure


def earned_security(laboratory: Laboratory, days: int) -> Figure:
    """The alarm still fires, but passes sooner."""
    time, courses = scenes.rupture(laboratory)
    figure, axes = panels(2, sharey=True)
    for ax, (name, spreads) in zip(axes[0], courses.items(), strict=True):
        course(time, spreads, TWICE, ax)
        ax.axvspan(0.0, scenes.RUPTURE, color="0.9", zorder=0, linewidth=0)
        ax.set(
            xlabel="time [min]; grey: the partner is cold",
            title=name.capitalize(),
            ylabel=f"{name} [0 to 1]",
            ylim=(0.0, 1.0),
        )
    axes[0, 1].legend(loc="upper right")
    panel_letters(axes)
    return figure


FIGURES: dict[str, Draw] = {
    draw.__name__: draw
    for draw in (
        exchange,
        alarm_curves,
        window_of_tolerance,
        two_stores,
        pursue_and_withdraw,
        reassurance,
        presence,
        return_of_threat,
        architecture_matrix,
        earned_security,
    )
}


def drawn(name: str, laboratory: Laboratory, days: int) -> Figure:
    """One figure of the gallery in the project's style."""
    with paper():
        return FIGURES[name](laboratory, days)
