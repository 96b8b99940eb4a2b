"""The card of a model folder that was exported from a checkpoint, written from what was measured."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import NamedTuple

from classifiers.evaluation import Evaluation
from classifiers.model_folder import EmotionConfig, EmotionModelFolder
from classifiers.training.checkpoint import FinetuningRecord
from classifiers.training.foreign_labels import LabelReading


class Judged(NamedTuple):
    """The figures of one set of sentences: what is served, and the torch weights before export."""

    served: Evaluation
    before_export: Evaluation


@dataclass(frozen=True)
class Delivery:
    """What a written folder is, where it comes from and how good it is.

    `agreements` are shares of held-out lines by precision tried, the last one kept; `judged` is by the name of
    the set of lines, and `judge` the command that gives the figures of the last again; `milliseconds` are the
    median for one sentence.
    """

    checkpoint: str
    finetuning: FinetuningRecord | None
    export: str
    judge: str
    config: EmotionConfig
    reading: LabelReading
    least_agreement: float
    agreements: Mapping[str, float]
    judged: Mapping[str, Judged]
    dev_lines: int
    million_weights: float
    megabytes: float
    milliseconds: float

    @property
    def precision(self) -> str:
        """The precision that was kept."""
        return list(self.agreements)[-1]

    def to_dict(self) -> dict:
        """Return the figures, ready for metrics.json."""
        sets = {
            name: {"model": judged.served.to_dict(), "before_export": judged.before_export.to_dict()}
            for name, judged in self.judged.items()
        }
        return {
            "checkpoint": self.checkpoint,
            "finetuning": asdict(self.finetuning) if self.finetuning else None,
            "command": self.export,
            "precision": self.precision,
            "agreement_with_torch": {name: round(share, 4) for name, share in self.agreements.items()},
            "million_weights": round(self.million_weights, 1),
            "megabytes": round(self.megabytes, 1),
            "milliseconds_per_sentence": round(self.milliseconds, 2),
            "judged": sets,
        }


def write_delivery_card(delivery: Delivery, folder: EmotionModelFolder) -> None:
    """Write the card and metrics.json into the model folder."""
    lines = [*_introduction(delivery), *_parity(delivery), *_figures(delivery), *_limits()]
    folder.card.write_text("\n".join(lines) + "\n", encoding="utf-8")
    figures = json.dumps(delivery.to_dict(), ensure_ascii=False, indent=2)
    folder.metrics.write_text(figures + "\n", encoding="utf-8")


def _introduction(delivery: Delivery) -> list[str]:
    config = delivery.config
    thresholds = config.thresholds
    lines = [
        "# Emotion model",
        "",
        "Reads the emotion in a Korean sentence. This card is written when a checkpoint is exported; edit",
        "`classifiers/training/delivery_card.py`, not the card.",
        "",
        f"- **Checkpoint**: {delivery.checkpoint}, {delivery.million_weights:.1f} million weights.",
        f"- **Size**: ONNX, {delivery.precision}, {delivery.megabytes:.1f} MB; {delivery.milliseconds:.1f} ms for",
        "  one sentence where it was exported.",
        f"- **Labels**: {' · '.join(config.labels)}.",
        f"- **Input**: a text, normalised by `classifiers/text.py`; {config.max_length} tokens are read at once.",
        f"- **Calibration**: temperature {config.temperature}, at which {delivery.dev_lines:,} dev lines are",
        "  likeliest.",
        f"- **When the bot asks**: P(중립) ≥ {thresholds.neutral_above}, or the strongest of the five emotions"
        f" < {thresholds.unsure_below}.",
    ]
    if not delivery.reading.is_one_to_one:
        lines.append(f"- **Labels of the checkpoint, read as ours**: {delivery.reading}.")
    if record := delivery.finetuning:
        lines += [
            f"- **Fine-tuned** from {record.backbone}: {record.sentences:,} sentences, {record.epochs} epochs;",
            f"  kept are the weights after epoch {record.kept_epoch} (macro-F1 {record.dev_macro_f1:.3f} on dev):",
            f"  `{record.command}`",
        ]
    return [
        *lines,
        f"- **Exported by** `{delivery.export}`",
        "- **Licence**: that of the checkpoint, and the terms of the data it learned from. Those of the AI Hub",
        "  corpora, for one, must be read before anything learned from them is passed on.",
        "",
    ]


def _parity(delivery: Delivery) -> list[str]:
    rows = [f"| {name} | {share:.2%} |" for name, share in delivery.agreements.items()]
    return [
        "## Parity with torch",
        "",
        "The share of the held-out lines on which the graph names the label that the torch weights name. Taken",
        f"is the first precision that reaches {delivery.least_agreement:.0%}: **{delivery.precision}**.",
        "",
        "| precision | same label |",
        "|---|---|",
        *rows,
        "",
    ]


def _figures(delivery: Delivery) -> list[str]:
    lines = ["## Figures", ""]
    for name, judged in delivery.judged.items():
        lines += [
            f"On {name}:",
            "",
            "| | five labels: accuracy | macro-F1 | lines | own labels: accuracy | macro-F1 |"
            " calibration error (five) |",
            "|---|---|---|---|---|---|---|",
            _row("model", judged.served),
            _row("torch weights, before calibration", judged.before_export),
            "",
        ]
    return [*lines, f"The last again: `{delivery.judge}`", ""]


def _limits() -> list[str]:
    return [
        "## What it cannot do",
        "",
        "It sees one sentence without what came before. It is no instrument for judging anybody's health.",
    ]


def _row(name: str, evaluation: Evaluation) -> str:
    five, own = evaluation.five, evaluation.own
    return (
        f"| {name} | {five.accuracy:.3f} | {five.macro_f1:.3f} | {five.n:,} | {own.accuracy:.3f} |"
        f" {own.macro_f1:.3f} | {five.calibration_error:.3f} |"
    )
