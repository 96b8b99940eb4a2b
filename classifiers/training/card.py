"""The model card, written from what a training run measured."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from classifiers.evaluation import Evaluation
from classifiers.model_folder import EmotionConfig, EmotionModelFolder
from classifiers.training.sources import SOURCES


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
    """Everything the card tells of one training run; `minutes` is wall time."""

    commands: Commands
    config: EmotionConfig
    counts: Counts
    held_out_parts: Sequence[str]
    model: Evaluation
    before_export: Evaluation
    baseline: Evaluation
    origin: str
    says: tuple[float, float]
    epochs: int
    minutes: float
    megabytes: float

    def to_dict(self) -> dict:
        """Return the figures with the commands that give them, ready for metrics.json."""
        return {
            "held_out_parts": list(self.held_out_parts),
            "counts": vars(self.counts),
            "model": {"command": self.commands.judge, **self.model.to_dict()},
            "before_export": {"command": self.commands.train, **self.before_export.to_dict()},
            "baseline": {"command": self.commands.judge_baseline, **self.baseline.to_dict()},
        }


def write_figures(run: Run, folder: EmotionModelFolder) -> None:
    """Write the card and metrics.json into the model folder."""
    folder.card.write_text(card_of(run), encoding="utf-8")
    figures = json.dumps(run.to_dict(), ensure_ascii=False, indent=2)
    folder.metrics.write_text(figures + "\n", encoding="utf-8")


def card_of(run: Run) -> str:
    """Return the card as Markdown."""
    return "\n".join([*_introduction(run), *_data(run), *_figures(run), *_limits()]) + "\n"


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
        f"  {run.says[0]} times and those of the bag {run.says[1]} times, as the dev lines found likeliest.",
        f"- **Size**: int8 ONNX, {run.megabytes:.1f} MB.",
        f"- **Labels**: {labels}.",
        f"- **Input**: one sentence, normalised by `classifiers/text.py`, cut to {run.config.max_length} tokens.",
        f"- **When the bot asks**: P(중립) ≥ {run.config.thresholds.neutral_above}, or the strongest of the five"
        f" emotions < {run.config.thresholds.unsure_below}.",
        "  An even chance in both cases, made more seldom where otherwise over 4 % of the emotional dev lines",
        "  were taken for neutral or over 6 % called unsure.",
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
        "with the same targets and weights. The recipe (the bag, the weights of the open sets, the epochs) was",
        "settled with these figures in view, after three runs, so they flatter both a little.",
        "",
        "| | five labels: accuracy | macro-F1 | four moods: accuracy | eight labels: accuracy | macro-F1 |"
        " calibration error (five) |",
        "|---|---|---|---|---|---|---|",
        _row("model", run.model),
        _row("the same before export to int8", run.before_export),
        _row("baseline", run.baseline),
        "",
        f"- model: `{run.commands.judge}`",
        f"- baseline: `{run.commands.judge_baseline}`",
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
        f"{_percent(run.model.accuracy_answered)} get the right one of five.",
        "",
    ]


def _limits() -> list[str]:
    return [
        "## What it cannot do",
        "",
        "It sees one sentence without what came before. It is small and learned from little text: irony, implied",
        "feelings and rare words escape it, and the figures above are on sentences written for this project, not",
        "on people's own. It is no instrument for judging anybody's health.",
    ]


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
