"""Judge an emotion model on labelled sentences: `python -m scripts.evaluate_emotion FILE.tsv`.

A file has lines of `label TAB sentence`, perhaps with `TAB kind`. The fixed sets have names: held-out (parts of
our corpus), hard-cases (tests/data/hard_cases.tsv), chatbot-test (questions of Chatbot_data with our readers'
labels), kote-test and goemotions-test. Of the last two a row counts as 중립 if half of its labels or more say so,
else as the one of the five emotions that most of its labels mean; a row with two that are equally strong is
left out.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from classifiers.cases import CaseSet, judge_cases, read_cases
from classifiers.corpus import CORPUS_FOLDER, CorpusError
from classifiers.emotion import EmotionClassifier
from classifiers.evaluation import WANTED_PRECISION, Evaluation, KindScores, NothingToEvaluateError
from classifiers.model_folder import ModelFolderError, Thresholds
from classifiers.scores import Scores

try:
    from classifiers.training.evaluation_sets import (
        read_chatbot_test,
        read_goemotions_test,
        read_held_out,
        read_kote_test,
    )
    from classifiers.training.plots import Curve, draw_confusion, draw_risk_coverage, korean_font
except ImportError as error:  # files of one's own can be judged where only the server is installed
    missing_library = str(error)
else:
    missing_library = None

ROOT = Path(__file__).parents[1]
DEFAULT_DATA = ROOT.parent / "shared" / "data"
HARD_CASES = ROOT / "tests" / "data" / "hard_cases.tsv"
HELD_OUT = "held-out"
SETS = (HELD_OUT, "hard-cases", "chatbot-test", "kote-test", "goemotions-test")


class Judged(NamedTuple):
    """A set of sentences by name, and the figures on it."""

    name: str
    evaluation: Evaluation


def main(argv: list[str] | None = None) -> None:
    """Print the figures; exit code 1 with one sentence when a file or the model cannot be used."""
    options = parse_options(argv)
    if missing_library and (options.sets or options.confusion or options.risk_coverage):
        sys.exit(f"evaluate_emotion: --set and pictures need pip install -e '.[train]': {missing_library}")
    try:
        classifier = EmotionClassifier.from_pretrained(options.model)
        sets = [read_files(options.files)] if options.files else []
        sets += [read_set(name, options.data) for name in dict.fromkeys(options.sets)]
        judged = [Judged(judged_by.name, judge_cases(classifier, judged_by)) for judged_by in sets]
        if options.json:
            figures = json.dumps(to_dict(judged, bool(options.files)), ensure_ascii=False, indent=2)
            options.json.write_text(figures + "\n", encoding="utf-8")
        draw(judged, classifier.thresholds, options)
    except (CorpusError, ModelFolderError, NothingToEvaluateError, OSError) as error:
        sys.exit(f"evaluate_emotion: {error}")
    print("\n\n".join(report(*each) for each in judged))


def parse_options(argv: list[str] | None) -> argparse.Namespace:
    """Read the command line; there must be a file or a set."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", type=Path, nargs="*", metavar="FILE.tsv", help="lines of label TAB sentence")
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        choices=SETS,
        dest="sets",
        help="a fixed set; may be given repeatedly",
    )
    parser.add_argument("--data", type=Path, default=DEFAULT_DATA, help="the open data sets")
    parser.add_argument("--model", type=Path, help="model folder; the shipped one by default")
    parser.add_argument(
        "--json",
        type=Path,
        metavar="FILE",
        help="write all figures there, too: the files' at the top, those of each fixed set by name under `sets`",
    )
    parser.add_argument("--confusion", type=Path, metavar="FILE.png", help="draw the confusion matrices there")
    parser.add_argument(
        "--risk-coverage",
        type=Path,
        metavar="FILE.png",
        help="draw there how wrong answers rise with answers given",
    )
    options = parser.parse_args(argv)
    if not options.files and not options.sets:
        parser.error("give a FILE.tsv or a --set")
    return options


def read_files(files: Sequence[Path]) -> CaseSet:
    """Return the sentences of all files together."""
    return CaseSet(", ".join(file.name for file in files), [case for file in files for case in read_cases(file)])


def read_set(name: str, data: Path, corpus: Path = CORPUS_FOLDER) -> CaseSet:
    """Return the fixed set of this name, one of SETS."""
    match name:
        case "held-out":
            return read_held_out(corpus)
        case "chatbot-test":
            return read_chatbot_test(data, corpus)
        case "kote-test":
            return read_kote_test(data)
        case "goemotions-test":
            return read_goemotions_test(data)
    return CaseSet(name, read_cases(HARD_CASES))


def to_dict(judged: Sequence[Judged], first_is_files: bool) -> dict:
    """Return the figures for JSON: those of the files at the top, those of each fixed set under `sets`."""
    files, sets = (judged[:1], judged[1:]) if first_is_files else ([], judged)
    figures = files[0].evaluation.to_dict() if files else {}
    if sets:
        figures["sets"] = {name: evaluation.to_dict() for name, evaluation in sets}
    return figures


def draw(judged: Sequence[Judged], thresholds: Thresholds, options: argparse.Namespace) -> None:
    """Write the pictures that were asked for."""
    if options.confusion:
        panels = [(name, evaluation.five) for name, evaluation in judged]
        draw_confusion(panels, options.confusion, korean_font())
    if options.risk_coverage:
        curves = [Curve(name, evaluation.risk_coverage, thresholds.unsure_below) for name, evaluation in judged]
        draw_risk_coverage(curves, options.risk_coverage, korean_font())


def report(name: str, evaluation: Evaluation) -> str:
    """Return the figures on one set as a text to read."""
    lines = [f"== {name} ==", ""]
    if evaluation.own:
        lines += table("the model's own labels", evaluation.own)
    lines += table("five labels (평온 as 기쁨, 상처 as 슬픔, without 중립)", evaluation.five)
    lines += table("four moods", evaluation.moods)
    if evaluation.kinds:
        lines += kinds_table(evaluation.kinds, evaluation.all_lines)
    curve = evaluation.risk_coverage
    shares = {
        "emotional lines met with a question": evaluation.asked_emotional,
        "neutral lines met with a question": evaluation.asked_neutral,
        "five-label accuracy on the emotional lines answered": evaluation.accuracy_answered,
        f"emotional lines that can be answered at {WANTED_PRECISION:.0%} precision": curve.coverage_at(
            1 - WANTED_PRECISION
        ),
    }
    lines += [f"{title}: {share:.1%}" for title, share in shares.items() if share is not None]
    return "\n".join([*lines, f"area under the risk-coverage curve (AURC): {curve.area:.4f}"])


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


def kinds_table(kinds: dict[str, KindScores], all_lines: KindScores) -> list[str]:
    """Return the lines of the kinds: a row each, the least accurate first, and one for all sentences."""
    rows = sorted(kinds.items(), key=lambda item: (item[1].accuracy, item[0]))
    lines = ["by kind (right: the emotion, of five; for a line labelled 중립, that the bot asks)"]
    for kind, figures in [*rows, ("all", all_lines)]:
        lines.append(
            f"  {kind:<16}accuracy {figures.accuracy:6.1%}  met with a question {figures.asked:6.1%}"
            f"  lines {figures.n}"
        )
    return [*lines, ""]


if __name__ == "__main__":
    main()
