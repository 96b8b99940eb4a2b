"""Judge an emotion model on labelled sentences: `python -m scripts.evaluate_emotion FILE.tsv`."""

import argparse
import json
import sys
from pathlib import Path

from classifiers.corpus import CorpusError, read_labelled_sentences
from classifiers.emotion import EmotionClassifier
from classifiers.evaluation import Evaluation, NothingToEvaluateError, evaluate
from classifiers.model_folder import ModelFolderError
from classifiers.scores import Scores


def main(argv: list[str] | None = None) -> None:
    """Print the figures; exit code 1 with one sentence when a file or the model cannot be used."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", type=Path, nargs="+", metavar="FILE.tsv", help="lines of label TAB sentence")
    parser.add_argument("--model", type=Path, help="model folder; the shipped one by default")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all figures there, too")
    options = parser.parse_args(argv)
    try:
        evaluation = evaluate_files(options.files, options.model)
        if options.json:
            figures = json.dumps(evaluation.to_dict(), ensure_ascii=False, indent=2)
            options.json.write_text(figures + "\n", encoding="utf-8")
    except (CorpusError, ModelFolderError, NothingToEvaluateError, OSError) as error:
        sys.exit(f"evaluate_emotion: {error}")
    print(report(evaluation))


def evaluate_files(files: list[Path], model: Path | None = None) -> Evaluation:
    """Judge a model folder on the sentences of all files together."""
    sentences = [sentence for file in files for sentence in read_labelled_sentences(file)]
    classifier = EmotionClassifier.from_pretrained(model)
    probabilities = classifier.predict_proba([sentence.text for sentence in sentences])
    truth = [sentence.emotion for sentence in sentences]
    return evaluate(probabilities, classifier.labels, truth, classifier.thresholds)


def report(evaluation: Evaluation) -> str:
    """Return the figures as a text to read."""
    lines = table("the model's own labels", evaluation.own)
    lines += table("five labels (평온 as 기쁨, 상처 as 슬픔, without 중립)", evaluation.five)
    lines += table("four moods", evaluation.moods)
    shares = {
        "emotional lines met with a question": evaluation.asked_emotional,
        "neutral lines met with a question": evaluation.asked_neutral,
        "five-label accuracy on the emotional lines answered": evaluation.accuracy_answered,
    }
    return "\n".join(lines + [f"{name}: {share:.1%}" for name, share in shares.items() if share is not None])


def table(title: str, scores: Scores) -> list[str]:
    """Return the lines of one view: the sums, and a row per label."""
    lines = [
        f"{title}: {scores.n} lines",
        f"  accuracy {scores.accuracy:.4f}  macro-F1 {scores.macro_f1:.4f}"
        f"  calibration error {scores.calibration_error:.4f}",
    ]
    for label, figures in scores.per_label.items():
        lines.append(
            f"  {label}\tprecision {figures.precision:.3f}  recall {figures.recall:.3f}"
            f"  F1 {figures.f1:.3f}  lines {figures.support}"
        )
    return [*lines, ""]


if __name__ == "__main__":
    main()
