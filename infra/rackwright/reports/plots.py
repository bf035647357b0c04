"""Plots of benchmark results as SVG text, to stand inside the HTML page."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

    from rackwright.reports.document import Host

COLORS = ("#2a5ea8", "#c8641e", "#3c8c50", "#8c3c78", "#5a5a5a", "#b4963c")


def throughput(hosts: Sequence[Host]) -> str:
    """Return bars of training and inference images a second per host; empty without any measurement."""
    measured = [(host.name, host.benchmark) for host in hosts if host.benchmark]
    if not measured:
        return ""
    names = [name for name, _ in measured]

    def draw(axes: Axes) -> None:
        for at, phase in enumerate(("training", "inference")):
            rates = [_rate(result, phase) for _, result in measured]
            places = [index + (at - 0.5) * 0.38 for index in range(len(names))]
            axes.barh(places, rates, height=0.36, color=COLORS[at], label=phase)
        axes.set_yticks(range(len(names)), names)
        axes.invert_yaxis()
        axes.set_xlabel("images per second (median)")
        axes.legend(frameon=False)

    return _svg(draw, height=1.2 + 0.5 * len(names))


def accuracy_under_noise(hosts: Sequence[Host]) -> str:
    """Return accuracy against the noise's standard deviation per host; empty without any measurement."""
    curves = [(host.name, points) for host in hosts if (points := (host.benchmark or {}).get("accuracy_under_noise"))]
    if not curves:
        return ""

    def draw(axes: Axes) -> None:
        for at, (name, points) in enumerate(curves):
            sigmas, values = zip(*sorted((float(sigma), value) for sigma, value in points.items()), strict=True)
            axes.plot(sigmas, values, marker="o", color=COLORS[at % len(COLORS)], label=name)
        axes.set_xlabel("noise added to test images (standard deviation, pixel range 0-1)")
        axes.set_ylabel("test accuracy")
        axes.set_ylim(0, 1.02)
        axes.legend(frameon=False)

    return _svg(draw, height=3.2)


def _rate(result: dict[str, Any], phase: str) -> float:
    return float((result.get(phase) or {}).get("images_per_second", {}).get("median") or 0.0)


def _svg(draw: Any, *, height: float) -> str:
    """Return the drawing as SVG text without the XML prologue, dates or random ids."""
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams.update({"svg.hashsalt": "rackwright", "font.size": 9, "svg.fonttype": "none"})
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(7.2, height), layout="constrained")
    draw(axes)
    axes.spines[["top", "right"]].set_visible(False)
    text = io.StringIO()
    figure.savefig(text, format="svg", metadata={"Date": None})
    pyplot.close(figure)
    return re.sub(r"^.*?(?=<svg)", "", text.getvalue(), flags=re.DOTALL)
