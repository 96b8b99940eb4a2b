"""Judging on the held-out lines: the baselines, the weights before export, and the folder that ships."""

import copy
from collections.abc import Iterable, Sequence

import torch

from classifiers.cases import Case, CaseSet, judge_cases
from classifiers.corpus import LabelledSentence
from classifiers.emotion import EmotionClassifier, softmax
from classifiers.evaluation import Evaluation, evaluate
from classifiers.labels import Emotion
from classifiers.model_folder import EmotionConfig, EmotionModelFolder
from classifiers.training.bag import Bag
from classifiers.training.baseline import Baseline, Majority
from classifiers.training.blend import Blend, fit_blend
from classifiers.training.card import Figures
from classifiers.training.checkpoint import Checkpoint
from classifiers.training.finetune import FinetuneSettings, finetune
from classifiers.training.material import Material
from classifiers.training.sources import LABELS
from classifiers.training.thresholds import fit_precise_thresholds


def calibrate(blend: Blend, dev: Sequence[LabelledSentence], max_length: int) -> EmotionConfig:
    """Return the configuration of a blend, its thresholds fitted on `dev`; its says need no temperature."""
    texts, truth = columns(dev)
    return EmotionConfig(
        labels=LABELS,
        max_length=max_length,
        temperature=1.0,
        pad_token_id=blend.checkpoint.model.config.pad_token_id or 0,
        thresholds=fit_precise_thresholds(softmax(blend.logits(texts, max_length)), truth),
        ngram_buckets=len(blend.bag.table),
    )


def judge_baseline(material: Material) -> Evaluation:
    """Fit the logistic regression and judge it; its thresholds are fitted on dev as the model's are."""
    return _judge_fitted(Baseline.fit(material.examples), material)


def judge_majority(material: Material) -> Evaluation:
    """Judge always giving the commonest answer, with thresholds fitted on dev."""
    return _judge_fitted(Majority.fit(material.examples), material)


def judge_without_pretraining(
    checkpoint: Checkpoint, bag: Bag, material: Material, settings: FinetuneSettings
) -> Evaluation:
    """Judge the same network, fine-tuned in the same way but from random weights, with the same bag beside it.

    Costs a fine-tuning; `checkpoint` stays as it is.
    """
    torch.manual_seed(settings.seed)
    untrained = type(checkpoint.model)(copy.deepcopy(checkpoint.model.config))
    finetune(untrained, checkpoint.tokenizer, material.examples, settings)
    blend = fit_blend(checkpoint._replace(model=untrained), bag, material.tuning_lines, settings.max_length)
    return judge_blend(blend, calibrate(blend, material.split.dev, settings.max_length), material)


def judge_blend(blend: Blend, config: EmotionConfig, material: Material) -> Evaluation:
    """Judge the torch weights, to see what the export costs."""
    texts, truth = columns(material.split.held_out)
    probabilities = softmax(blend.logits(texts, config.max_length))
    return evaluate(probabilities, config.labels, truth, config.thresholds)


def judge_folder(folder: EmotionModelFolder, material: Material) -> Evaluation:
    """Judge a written folder, read as serving reads it."""
    cases = [Case(line.text, line.emotion) for line in material.split.held_out]
    return judge_cases(EmotionClassifier.from_pretrained(folder.path), CaseSet("held-out", cases))


def agreement_with_torch(folder: EmotionModelFolder, blend: Blend, material: Material) -> float:
    """Return the share of held-out lines on which a written folder names the label that the torch weights name."""
    texts, _ = columns(material.split.held_out)
    classifier = EmotionClassifier.from_pretrained(folder.path)
    exact = blend.logits(texts, folder.read_config().max_length)
    return float((classifier.predict_proba(texts).argmax(axis=1) == exact.argmax(axis=1)).mean())


def judge_other_sets(folder: EmotionModelFolder, sets: Iterable[CaseSet]) -> list[Figures]:
    """Judge a written folder on further sets, for the card; empty sets are left out."""
    classifier = EmotionClassifier.from_pretrained(folder.path)
    return [
        Figures(
            judged_by.name,
            judge_cases(classifier, judged_by),
            f"python -m scripts.evaluate_emotion --set {judged_by.name}",
        )
        for judged_by in sets
        if judged_by.cases
    ]


def columns(sentences: Sequence[LabelledSentence]) -> tuple[list[str], list[Emotion]]:
    """Return the texts and the emotions of corpus lines."""
    return [sentence.text for sentence in sentences], [sentence.emotion for sentence in sentences]


def summary(name: str, evaluation: Evaluation) -> str:
    """Return one line with the figures that matter most."""
    five = evaluation.five
    return f"{name}: five labels accuracy {five.accuracy:.4f}, macro-F1 {five.macro_f1:.4f} on {five.n} lines"


def _judge_fitted(baseline: Baseline | Majority, material: Material) -> Evaluation:
    dev_texts, dev_truth = columns(material.split.dev)
    texts, truth = columns(material.split.held_out)
    thresholds = fit_precise_thresholds(baseline.predict_proba(dev_texts), dev_truth)
    return evaluate(baseline.predict_proba(texts), LABELS, truth, thresholds)
