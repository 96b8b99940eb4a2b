"""Judging on the held-out lines: the baseline, the weights before export, and the folder that ships."""

from collections.abc import Sequence

from classifiers.corpus import LabelledSentence
from classifiers.emotion import EmotionClassifier, softmax
from classifiers.evaluation import Evaluation, evaluate
from classifiers.labels import Emotion
from classifiers.model_folder import EmotionConfig, EmotionModelFolder
from classifiers.training.baseline import Baseline
from classifiers.training.blend import Blend
from classifiers.training.calibrate import fit_thresholds
from classifiers.training.material import Material
from classifiers.training.sources import LABELS


def calibrate(blend: Blend, dev: Sequence[LabelledSentence], max_length: int) -> EmotionConfig:
    """Return the configuration of a blend, its thresholds fitted on `dev`; its says need no temperature."""
    texts, truth = columns(dev)
    return EmotionConfig(
        labels=LABELS,
        max_length=max_length,
        temperature=1.0,
        pad_token_id=blend.checkpoint.model.config.pad_token_id or 0,
        thresholds=fit_thresholds(softmax(blend.logits(texts, max_length)), truth),
        ngram_buckets=len(blend.bag.table),
    )


def judge_baseline(material: Material) -> Evaluation:
    """Fit the baseline and judge it; its thresholds are fitted on dev as the model's are."""
    baseline = Baseline.fit(material.examples)
    dev_texts, dev_truth = columns(material.split.dev)
    texts, truth = columns(material.split.held_out)
    thresholds = fit_thresholds(baseline.predict_proba(dev_texts), dev_truth)
    return evaluate(baseline.predict_proba(texts), LABELS, truth, thresholds)


def judge_blend(blend: Blend, config: EmotionConfig, material: Material) -> Evaluation:
    """Judge the torch weights, to see what the export costs."""
    texts, truth = columns(material.split.held_out)
    probabilities = softmax(blend.logits(texts, config.max_length))
    return evaluate(probabilities, config.labels, truth, config.thresholds)


def judge_folder(folder: EmotionModelFolder, material: Material) -> Evaluation:
    """Judge a written folder, read as serving reads it."""
    classifier = EmotionClassifier.from_pretrained(folder.path)
    texts, truth = columns(material.split.held_out)
    return evaluate(classifier.predict_proba(texts), classifier.labels, truth, classifier.thresholds)


def columns(sentences: Sequence[LabelledSentence]) -> tuple[list[str], list[Emotion]]:
    """Return the texts and the emotions of corpus lines."""
    return [sentence.text for sentence in sentences], [sentence.emotion for sentence in sentences]


def summary(name: str, evaluation: Evaluation) -> str:
    """Return one line with the figures that matter most."""
    five = evaluation.five
    return f"{name}: five labels accuracy {five.accuracy:.4f}, macro-F1 {five.macro_f1:.4f} on {five.n} lines"
