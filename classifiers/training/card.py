"""The model card, written from what a training run measured."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from classifiers.evaluation import WANTED_PRECISION, Evaluation
from classifiers.model_folder import EmotionConfig, EmotionModelFolder
from classifiers.training.sources import SOURCES
from classifiers.training.thresholds import RULE


class Figures(NamedTuple):
    """What was judged, or on what set; the figures; and the command that gives them again, if there is one."""

    name: str
    evaluation: Evaluation
    command: str = ""

    def to_dict(self) -> dict:
        """Return the figures, ready for metrics.json."""
        return ({"command": self.command} if self.command else {}) | self.evaluation.to_dict()


@dataclass(frozen=True)
class Counts:
    """How many sentences went into each step."""

    training: int
    dev: int
    held_out: int


@dataclass(frozen=True)
class Commands:
    """What made the model, and what gives its figures and the baseline's again."""

    train: str
    judge: str
    judge_baseline: str


@dataclass(frozen=True)
class Run:
    """Everything the card tells of one training run; `minutes` is wall time.

    `agreement` is the share of held-out lines on which the shipped weights name the label of the torch weights.
    `more_baselines` are judged on the held-out parts as `baseline` is, the shipped weights on the `other_sets`.
    """

    commands: Commands
    config: EmotionConfig
    counts: Counts
    held_out_parts: Sequence[str]
    model: Evaluation
    before_export: Evaluation
    agreement: float
    baseline: Evaluation
    origin: str
    says: tuple[float, float]
    epochs: int
    minutes: float
    megabytes: float
    more_baselines: Sequence[Figures] = ()
    other_sets: Sequence[Figures] = ()

    def to_dict(self) -> dict:
        """Return the figures with the commands that give them, ready for metrics.json."""
        return {
            "held_out_parts": list(self.held_out_parts),
            "counts": vars(self.counts),
            "model": {"command": self.commands.judge, **self.model.to_dict()},
            "before_export": {"command": self.commands.train, **self.before_export.to_dict()},
            "agreement_with_torch": round(self.agreement, 4),
            "baseline": {"command": self.commands.judge_baseline, **self.baseline.to_dict()},
            "more_baselines": {figures.name: figures.to_dict() for figures in self.more_baselines},
            "other_sets": {figures.name: figures.to_dict() for figures in self.other_sets},
        }


def write_figures(run: Run, folder: EmotionModelFolder) -> None:
    """Write the card and metrics.json into the model folder."""
    folder.card.write_text(card_of(run), encoding="utf-8")
    figures = json.dumps(run.to_dict(), ensure_ascii=False, indent=2)
    folder.metrics.write_text(figures + "\n", encoding="utf-8")


def card_of(run: Run) -> str:
    """Return the card as Markdown."""
    return "\n".join([*_introduction(run), *_data(run), *_figures(run), *_other_sets(run), *_limits()]) + "\n"


def _introduction(run: Run) -> list[str]:
    labels = " · ".join(run.config.labels)
    return [
        "# Emotion model",
        "",
        "Reads the emotion in a Korean sentence. This card is written by the training script; edit",
        "`classifiers/training/card.py`, not the card.",
        "",
        f"- **Network**: {run.origin}; fine-tuned for {run.epochs} epochs.",
        f"- **Beside it**, inside the same graph: a bag of hashed character n-grams ({run.config.ngram_buckets:,}",
        "  buckets), which is a logistic regression on the same sentences. The scores of the encoder count",
        f"  {run.says[0]} times and those of the bag {run.says[1]} times, as the dev lines and some chat lines",
        "  found likeliest.",
        f"- **Size**: int8 ONNX, {run.megabytes:.1f} MB.",
        f"- **Labels**: {labels}.",
        "- **Input**: a text, normalised by `classifiers/text.py`; one of more than"
        f" {run.config.max_length} tokens is split into",
        "  sentences (`classifiers/sentences.py`), which are read one by one and combined.",
        f"- **When the bot asks**: P(중립) ≥ {run.config.thresholds.neutral_above}, or the strongest of the five"
        f" emotions < {run.config.thresholds.unsure_below}.",
        f"  {RULE}",
        f"- **Made by** `{run.commands.train}` in {run.minutes:.0f} minutes of wall time.",
        "",
    ]


def _data(run: Run) -> list[str]:
    rows = [f"| {source.name} | {source.origin} | {source.licence} | {source.use} |" for source in SOURCES]
    counts = run.counts
    return [
        "## Data",
        "",
        "| set | from | licence | use |",
        "|---|---|---|---|",
        *rows,
        "",
        "How the open sets' labels map to ours is a table in `classifiers/training/label_maps.py`.",
        "",
        f"Split: the whole of {', '.join(run.held_out_parts)} of the corpus is held out",
        f"({counts.held_out:,} lines; their speakers and topics are in `classifiers/data/README.md`) and was used",
        "in no stage, pretraining included. Of the other parts the last 6 % of the lines of each label are dev",
        f"({counts.dev:,}). Fine-tuned on {counts.training:,} sentences.",
        "",
    ]


def _figures(run: Run) -> list[str]:
    return [
        "## Figures on the held-out parts",
        "",
        "Of the shipped int8 weights; the five-label and four-mood views leave out the lines labelled 중립.",
        "The baseline is a logistic regression over TF-IDF character n-grams, fitted on the same sentences",
        "with the same targets and weights. The recipe (the bag, the weights of the open sets, the epochs, the",
        "precision that the thresholds aim at on dev) was settled with figures on these parts in view, so they",
        "flatter all of them a little.",
        "",
        "| | five labels: accuracy | macro-F1 | four moods: accuracy | eight labels: accuracy | macro-F1 |"
        " calibration error (five) |",
        "|---|---|---|---|---|---|---|",
        _row("model", run.model),
        _row("the same before export to int8", run.before_export),
        _row("baseline", run.baseline),
        *(_row(figures.name, figures.evaluation) for figures in run.more_baselines),
        "",
        f"The int8 graph names the label that the torch weights name on {run.agreement:.2%} of the lines.",
        "",
        f"- model: `{run.commands.judge}`",
        f"- baseline: `{run.commands.judge_baseline}`",
        *(f"- {figures.name}: `{figures.command}`" for figures in run.more_baselines if figures.command),
        "",
        "| | precision | recall | F1 | lines |",
        "|---|---|---|---|---|",
        *(
            f"| {label} | {scores.precision:.3f} | {scores.recall:.3f} | {scores.f1:.3f} | {scores.support} |"
            for label, scores in run.model.five.per_label.items()
        ),
        "",
        f"The bot asks instead of answering on {_percent(run.model.asked_emotional)} of the emotional lines",
        f"and on {_percent(run.model.asked_neutral)} of the neutral ones; of the emotional lines it answers,",
        f"{_percent(run.model.accuracy_answered)} get the right one of five. With the best threshold",
        f"{_percent(run.model.risk_coverage.coverage_at(1 - WANTED_PRECISION))} could be answered at"
        f" {WANTED_PRECISION:.0%} precision; the area under the",
        f"risk-coverage curve is {run.model.risk_coverage.area:.4f}.",
        "",
    ]


def _other_sets(run: Run) -> list[str]:
    if not run.other_sets:
        return []
    rows = [_other_set_row(figures) for figures in run.other_sets]
    return [
        "## Figures on other sets",
        "",
        "In the five-label view. A row of an open set counts as 중립 if half of its labels or more say so, else",
        "as the emotion that most of its labels mean; a row with two that are equally strong is left out.",
        "chatbot-test is the nearest to what people type: questions of Chatbot_data, labelled by our readers,",
        "which are language models, and kept from every stage of training.",
        "",
        "| | lines | five labels: accuracy | macro-F1 | calibration error | AURC | emotional lines asked about |"
        " right among those answered | neutral lines asked about |",
        "|---|---|---|---|---|---|---|---|---|",
        *rows,
        "",
        *(f"- {figures.name}: `{figures.command}`" for figures in run.other_sets if figures.command),
        "",
    ]


def _limits() -> list[str]:
    return [
        "## What it cannot do",
        "",
        "It sees one sentence without what came before. It is small and learned from little text: irony, implied",
        "feelings and rare words escape it. The figures on the held-out parts are on sentences written for this",
        "project: on people's own it is right less often, as those on the other sets show. It is no instrument",
        "for judging anybody's health.",
    ]


def _other_set_row(figures: Figures) -> str:
    name, evaluation, _ = figures
    five = evaluation.five
    cells = (
        f"{five.n:,}",
        *(f"{figure:.3f}" for figure in (five.accuracy, five.macro_f1, five.calibration_error)),
        f"{evaluation.risk_coverage.area:.4f}",
        _percent(evaluation.asked_emotional),
        _percent(evaluation.accuracy_answered),
        "none there" if evaluation.asked_neutral is None else f"{evaluation.asked_neutral:.1%}",
    )
    return f"| {name} | " + " | ".join(cells) + " |"


def _row(name: str, evaluation: Evaluation) -> str:
    five, own = evaluation.five, evaluation.own
    figures = (
        five.accuracy,
        five.macro_f1,
        evaluation.moods.accuracy,
        own.accuracy,
        own.macro_f1,
        five.calibration_error,
    )
    return f"| {name} | " + " | ".join(f"{figure:.3f}" for figure in figures) + " |"


def _percent(share: float | None) -> str:
    return "no line at all (there was none)" if share is None else f"{share:.1%}"
