"""`python -m scripts.export_emotion`: any fine-tuned checkpoint as a model folder, or a sentence on why not."""

import json

import numpy as np
import onnx
import pytest
import torch
from onnx import numpy_helper
from transformers import AutoModelForSequenceClassification

from classifiers.corpus import read_corpus
from classifiers.emotion import EmotionClassifier, softmax
from classifiers.labels import Emotion
from classifiers.model_folder import EmotionModelFolder
from classifiers.training.calibrate import fit_temperature, fit_thresholds, loss_of
from classifiers.training.precisions import PRECISIONS
from classifiers.training.tokenizer_files import open_tokenizer
from scripts.export_emotion import main
from tests.checkpoints import write_checkpoint
from tests.test_train_emotion import write_small_corpus

# torch's exporter warns of its own inner life.
pytestmark = pytest.mark.filterwarnings("ignore")

SENTENCES = ["오늘 너무 행복해", "왜 이렇게 화가 나지", "ㅋㅠㅠ", "내일이 걱정돼서 잠이 안 와"]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    folder = tmp_path_factory.mktemp("corpus")
    write_small_corpus(folder)
    return folder


def write_classifier(folder, labels, layout="kcbert", head_scale=1.0):
    """Write a checkpoint with a random head of these labels, as if somebody had fine-tuned it."""
    write_checkpoint(layout, folder)
    names = dict(enumerate(labels))
    torch.manual_seed(1)
    model = AutoModelForSequenceClassification.from_pretrained(
        folder, id2label=names, label2id={name: number for number, name in names.items()}
    )
    # Far from zero, so that sentences get different labels.
    torch.nn.init.normal_(model.classifier.weight, std=head_scale)
    model.save_pretrained(folder)
    return folder


def export(checkpoint, output, corpus, *options):
    main([str(checkpoint), "--output", str(output), "--corpus", str(corpus), *map(str, options)])
    return json.loads(EmotionModelFolder(output).metrics.read_text(encoding="utf-8"))


def torch_logits(folder, texts):
    model = AutoModelForSequenceClassification.from_pretrained(folder).eval()
    tokenizer = open_tokenizer(folder)
    with torch.inference_mode():
        rows = [model(torch.tensor([tokenizer.encode(text).ids])).logits.numpy() for text in texts]
    return np.vstack(rows)


def test_a_checkpoint_with_some_of_our_labels_keeps_them_in_its_order(corpus, tmp_path):
    checkpoint = write_classifier(tmp_path / "mine", ["중립", "분노", "기쁨"])
    metrics = export(checkpoint, tmp_path / "model", corpus)
    classifier = EmotionClassifier.from_pretrained(tmp_path / "model")
    assert classifier.labels == (Emotion.NEUTRAL, Emotion.ANGER, Emotion.JOY)
    wanted = softmax(
        torch_logits(checkpoint, SENTENCES) / EmotionModelFolder(tmp_path / "model").read_config().temperature
    )
    np.testing.assert_allclose(classifier.predict_proba(SENTENCES), wanted, atol=0.06)
    assert metrics["finetuning"] is None


def test_foreign_labels_are_folded_into_ours(corpus, tmp_path):
    checkpoint = write_classifier(tmp_path / "theirs", ["joy", "gratitude", "anger", "LABEL_3", "LABEL_4"])
    export(checkpoint, tmp_path / "model", corpus, "--map-labels", "LABEL_3=불안,LABEL_4=")
    classifier = EmotionClassifier.from_pretrained(tmp_path / "model")
    assert classifier.labels == (Emotion.JOY, Emotion.ANGER, Emotion.ANXIETY)
    theirs = softmax(torch_logits(checkpoint, SENTENCES))
    ours = np.stack([theirs[:, 0] + theirs[:, 1], theirs[:, 2], theirs[:, 3]], axis=1)
    tempered = softmax(np.log(ours) / EmotionModelFolder(tmp_path / "model").read_config().temperature)
    np.testing.assert_allclose(classifier.predict_proba(SENTENCES), tempered, atol=0.06)
    card = EmotionModelFolder(tmp_path / "model").card.read_text(encoding="utf-8")
    assert "gratitude → 기쁨" in card
    assert "LABEL_4 → nothing" in card


def refusal(*arguments):
    """The sentence with which an export ends that cannot be done."""
    with pytest.raises(SystemExit) as caught:
        main([str(argument) for argument in arguments])
    message = str(caught.value)
    assert message.startswith("export_emotion: ")
    assert "\n" not in message
    return message


def test_foreign_labels_are_refused_and_the_old_model_stays(corpus, tmp_path):
    checkpoint = write_classifier(tmp_path / "theirs", ["positive", "negative"])
    output = tmp_path / "model"
    output.mkdir()
    (output / "model.onnx").write_bytes(b"old")
    message = refusal(checkpoint, "--output", output, "--corpus", corpus)
    assert "the checkpoint's labels are positive, negative" in message
    assert '--map-labels "positive=기쁨,negative=슬픔"' in message
    assert [(file.name, file.read_bytes()) for file in output.iterdir()] == [("model.onnx", b"old")]


def test_an_encoder_that_was_never_fine_tuned_is_refused(corpus, tmp_path):
    checkpoint = write_checkpoint("koelectra", tmp_path / "koelectra")
    message = refusal(checkpoint, "--output", tmp_path / "model", "--corpus", corpus)
    assert "python -m scripts.train_emotion --backbone" in message
    assert not (tmp_path / "model").exists()


def test_a_missing_folder_is_one_sentence(corpus, tmp_path):
    assert "no folder" in refusal(tmp_path / "nowhere", "--output", tmp_path / "model", "--corpus", corpus)


def test_a_missing_corpus_is_one_sentence(tmp_path):
    checkpoint = write_classifier(tmp_path / "mine", ["기쁨", "슬픔"])
    assert "no part*.tsv" in refusal(checkpoint, "--corpus", tmp_path / "nowhere")


def test_where_int8_disagrees_with_torch_a_finer_form_is_taken_and_the_card_says_so(corpus, tmp_path):
    checkpoint = write_classifier(tmp_path / "close", list(Emotion))
    model = AutoModelForSequenceClassification.from_pretrained(checkpoint)
    torch.manual_seed(0)
    with torch.no_grad():  # eight labels that only small differences tell apart
        model.classifier.weight[:] = model.classifier.weight[0] + 3e-4 * torch.randn(8, 32)
    model.save_pretrained(checkpoint)
    metrics = export(checkpoint, tmp_path / "model", corpus)
    agreements = metrics["agreement_with_torch"]
    assert agreements["int8"] < 0.99 <= agreements[metrics["precision"]]
    assert list(agreements) == list(PRECISIONS)[: len(agreements)]
    card = EmotionModelFolder(tmp_path / "model").card.read_text(encoding="utf-8")
    assert f"| int8 | {agreements['int8']:.2%} |" in card
    assert f"**{metrics['precision']}**" in card


@pytest.mark.parametrize("layout", ["kcbert", "skt-kobert"])
def test_token_embeddings_are_int8_and_the_shared_ones_are_not(corpus, tmp_path, layout):
    checkpoint = write_classifier(tmp_path / "mine", list(Emotion), layout)
    assert export(checkpoint, tmp_path / "model", corpus)["precision"] == "int8"
    tensors = onnx.load(EmotionModelFolder(tmp_path / "model").model).graph.initializer
    kinds = {tensor.name.partition("embeddings.")[2]: numpy_helper.to_array(tensor).dtype for tensor in tensors}
    assert kinds["word_embeddings.weight_int8"] == np.int8
    assert kinds["position_embeddings.weight"] == np.float32
    assert kinds["token_type_embeddings.weight"] == np.float32


@pytest.mark.parametrize(("options", "length"), [([], 70), (["--max-length", "20"], 20)])
def test_sentences_are_cut_as_told_or_at_what_the_encoder_reads(corpus, tmp_path, options, length):
    checkpoint = write_classifier(tmp_path / "mine", list(Emotion))
    export(checkpoint, tmp_path / "model", corpus, *options)
    assert EmotionModelFolder(tmp_path / "model").read_config().max_length == length


def test_the_temperature_makes_an_oversure_model_honest():
    generator = np.random.default_rng(0)
    logits = generator.normal(size=(4_000, 8))
    truth = [list(Emotion)[generator.choice(8, p=row)] for row in softmax(logits)]
    assert fit_temperature(3 * logits, truth) == pytest.approx(3, rel=0.1)
    assert fit_temperature(logits / 2, truth) == pytest.approx(0.5, rel=0.1)


def test_the_loss_and_the_thresholds_follow_the_labels_of_the_model():
    labels = (Emotion.ANGER, Emotion.JOY)
    probabilities = np.array([[0.9, 0.1], [0.4, 0.6]])
    assert loss_of(np.log(probabilities), labels, labels) == pytest.approx(-(np.log(0.9) + np.log(0.6)) / 2)
    assert fit_thresholds(probabilities, labels, labels).neutral_above == 0.5


def test_exporting_what_we_fine_tuned_gives_its_record(corpus, tmp_path):
    checkpoint = write_classifier(tmp_path / "mine", list(Emotion))
    record = {
        "backbone": "klue/bert-base",
        "command": "python -m scripts.train_emotion --backbone klue-bert",
        "sentences": len(read_corpus()),
        "epochs": 4,
        "kept_epoch": 2,
        "dev_macro_f1": 0.7,
    }
    (checkpoint / "finetuning.json").write_text(json.dumps(record), encoding="utf-8")
    assert export(checkpoint, tmp_path / "model", corpus)["finetuning"] == record
    assert record["command"] in EmotionModelFolder(tmp_path / "model").card.read_text(encoding="utf-8")
