"""Pictures of an evaluation, as PNG: the confusion matrix, and what is gained by answering only sure sentences."""

import math
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import matplotlib
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import fontManager
from matplotlib.ticker import PercentFormatter

from classifiers.evaluation import WANTED_PRECISION
from classifiers.labels import Emotion
from classifiers.scores import RiskCoverage, Scores

# Fonts with Hangul that come with Debian, Windows, macOS or by hand; the first installed is taken.
KOREAN_FONTS = (
    *("Noto Sans CJK KR", "Noto Sans CJK JP", "Noto Sans KR", "NanumGothic", "Nanum Gothic"),
    *("Malgun Gothic", "Apple SD Gothic Neo", "AppleGothic", "UnDotum"),
)
INK, FAINT = "#222222", "#b5b5b5"
COLOURS = ("#1f5a99", "#d1662b", "#3f8f55", "#8a4fa3", "#8c6d1f", "#4a4a4a")
DOTS_PER_INCH = 150
PANELS_IN_A_ROW = 2
# A share below which no curve is drawn: among so few sentences one error is a spike.
FIRST_COVERAGE = 0.05
# Longer ones would run into each other under the columns.
LONGEST_LEVEL_NAME = 9
# White on the darker half of the colours.
DARK_FROM = 0.55


class Curve(NamedTuple):
    """A risk-coverage curve, the name of its set of sentences, and the threshold that the bot uses."""

    name: str
    values: RiskCoverage
    unsure_below: float


def korean_font() -> str | None:
    """Return the name of an installed font that can write Hangul, or None."""
    installed = {font.name for font in fontManager.ttflist}
    return next((name for name in KOREAN_FONTS if name in installed), None)


def draw_confusion(panels: Sequence[tuple[str, Scores]], path: Path, font: str | None = None) -> None:
    """Write a PNG with a confusion matrix per (title, scores): the share of each true label, and the count.

    Without a `font` for Hangul the emotions have their English names. Raises OSError if it cannot be written.
    """
    columns = min(len(panels), PANELS_IN_A_ROW)
    rows = math.ceil(len(panels) / columns)

    def draw(figure: Figure) -> None:
        axes = figure.subplots(rows, columns, squeeze=False).ravel()
        for ax, (title, scores) in zip(axes, panels, strict=False):
            _draw_matrix(
                ax, _writable(title, font), scores, [_writable(label, font) for label in scores.per_label]
            )
        for ax in axes[len(panels) :]:
            ax.remove()

    _write(draw, path, (5.2 * columns, 5.2 * rows), font)


def draw_risk_coverage(curves: Sequence[Curve], path: Path, font: str | None = None) -> None:
    """Write a PNG with the risk-coverage curves; a dot marks the threshold. Raises OSError."""

    def draw(figure: Figure) -> None:
        ax = figure.subplots()
        for number, curve in enumerate(curves):
            _draw_curve(ax, _writable(curve.name, font), curve, COLOURS[number % len(COLOURS)])
        ax.axhline(1 - WANTED_PRECISION, color=FAINT, linewidth=1, linestyle=(0, (4, 3)), zorder=0)
        note = f"{WANTED_PRECISION:.0%} precision"
        ax.annotate(
            note, (0, 1 - WANTED_PRECISION), (3, 3), textcoords="offset points", color="#777777", fontsize=9
        )
        ax.set(
            xlim=(0, 1.02),
            ylim=(0, None),
            xlabel="coverage: emotional lines answered, the surest first",
            ylabel="risk: wrong among those answered",
        )
        ax.xaxis.set_major_formatter(PercentFormatter(1))
        ax.yaxis.set_major_formatter(PercentFormatter(1, decimals=0))
        ax.spines[["top", "right"]].set_visible(False)
        figure.legend(frameon=False, loc="outside lower left", fontsize=9)

    _write(draw, path, (7.2, 4.6 + 0.25 * len(curves)), font)


def _draw_matrix(ax: Axes, title: str, scores: Scores, names: Sequence[str]) -> None:
    counts = np.array(scores.confusion)
    shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    ax.imshow(shares, cmap="Blues", vmin=0, vmax=1)
    for (row, column), share in np.ndenumerate(shares):
        colour = "white" if share > DARK_FROM else INK if counts[row, column] else FAINT
        ax.text(column, row, f"{share:.0%}", ha="center", va="bottom", color=colour, fontsize=11)
        ax.text(column, row, f"{counts[row, column]:,}", ha="center", va="top", color=colour, fontsize=8)
    ax.set_xticks(range(len(names)), names, rotation=30 if max(map(len, names)) > LONGEST_LEVEL_NAME else 0)
    ax.set_yticks(range(len(names)), names)
    ax.tick_params(length=0, labelsize=11)
    ax.spines[:].set_visible(False)
    ax.set_title(f"{title}\n{scores.n:,} lines, accuracy {scores.accuracy:.1%}", fontsize=11, loc="left")
    ax.set(xlabel="read as", ylabel="labelled")


def _draw_curve(ax: Axes, name: str, curve: Curve, colour: str) -> None:
    values = curve.values
    shown = values.coverage >= min(FIRST_COVERAGE, values.coverage[-1])
    coverage, risk = values.at(curve.unsure_below)
    at_threshold = "none answered" if risk is None else f"{coverage:.0%} answered, {risk:.1%} of them wrong"
    label = f"{name}: at the threshold {curve.unsure_below:g} (dot) {at_threshold}; AURC {values.area:.3f}"
    ax.plot(values.coverage[shown], values.risk[shown], color=colour, linewidth=1.8, label=label)
    if risk is not None:
        ax.plot(coverage, risk, "o", color=colour, markersize=8, markeredgecolor="white", clip_on=False)


def _write(draw: Callable[[Figure], None], path: Path, size: tuple[float, float], font: str | None) -> None:
    families = [font, "DejaVu Sans"] if font else ["DejaVu Sans"]
    style = {"font.family": families, "text.color": INK, "axes.labelcolor": INK, "axes.edgecolor": FAINT}
    with matplotlib.rc_context(style | {"xtick.color": INK, "ytick.color": INK}):
        figure = Figure(figsize=size, layout="constrained")
        draw(figure)
        figure.savefig(path, format="png", dpi=DOTS_PER_INCH)


def _writable(text: str, font: str | None) -> str:
    """Return `text` as it can be written: without a font for Hangul an emotion in English, else what is ASCII."""
    if font:
        return text
    return Emotion(text).name.lower() if text in set(Emotion) else text.encode("ascii", "replace").decode()
