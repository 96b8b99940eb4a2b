"""Tiny checkpoints with random weights, each in the files of a Korean encoder on the hub, without any hub."""

import json
from collections.abc import Callable
from pathlib import Path

import torch
from sentencepiece import SentencePieceTrainer
from sentencepiece.sentencepiece_model_pb2 import ModelProto
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors, trainers
from transformers import (
    BertConfig,
    BertForMaskedLM,
    BertModel,
    ElectraConfig,
    ElectraForPreTraining,
    RobertaConfig,
    RobertaForMaskedLM,
)

from classifiers.corpus import read_corpus

SIZE = {
    "hidden_size": 32,
    "num_hidden_layers": 2,
    "num_attention_heads": 2,
    "intermediate_size": 64,
    "max_position_embeddings": 70,
    "initializer_range": 0.1,
}
BERT_SPECIALS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
# KLUE-RoBERTa keeps RoBERTa's order of special tokens under BERT's names.
KLUE_ROBERTA_SPECIALS = ["[CLS]", "[PAD]", "[SEP]", "[UNK]", "[MASK]"]
KOBERT_SPECIALS = ["[UNK]", "[PAD]", "[CLS]", "[SEP]", "[MASK]"]


def corpus_texts(count: int = 2_000) -> list[str]:
    """The first lines of our corpus, to learn vocabularies from."""
    return [sentence.text for sentence in read_corpus()[:count]]


def train_sentencepiece(folder: Path, kind: str = "unigram", **options: object) -> Path:
    """Learn a vocabulary of 600 pieces with KoBERT's special tokens; returns the model file."""
    arguments = {
        "vocab_size": 600,
        "character_coverage": 0.98,
        "control_symbols": ["[MASK]"],
        "minloglevel": 2,
        **dict(zip(("unk_id", "pad_id", "bos_id", "eos_id"), range(4), strict=True)),
        **dict(zip(("unk_piece", "pad_piece", "bos_piece", "eos_piece"), KOBERT_SPECIALS, strict=False)),
    }
    SentencePieceTrainer.train(
        sentence_iterator=iter(corpus_texts()),
        model_prefix=str(folder / "spiece"),
        model_type=kind,
        **(arguments | options),
    )
    (folder / "spiece.vocab").unlink()
    return folder / "spiece.model"


def train_wordpiece(specials: list[str]) -> Tokenizer:
    """Learn a WordPiece vocabulary with the special tokens in the given order."""
    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=False)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    trainer = trainers.WordPieceTrainer(vocab_size=600, special_tokens=specials, show_progress=False)
    tokenizer.train_from_iterator(corpus_texts(), trainer)
    ends = [(token, tokenizer.token_to_id(token)) for token in ("[CLS]", "[SEP]")]
    tokenizer.post_processor = processors.TemplateProcessing(single="[CLS] $A [SEP]", special_tokens=ends)
    return tokenizer


def write_kcbert(folder: Path) -> None:
    """BERT with vocab.txt and the flags beside it, as KcBERT has them."""
    tokenizer = train_wordpiece(BERT_SPECIALS)
    BertForMaskedLM(BertConfig(vocab_size=tokenizer.get_vocab_size(), **SIZE)).save_pretrained(folder)
    write_vocabulary(tokenizer, folder)


def write_klue_roberta(folder: Path) -> None:
    """RoBERTa with WordPiece in tokenizer.json and one token type, as KLUE-RoBERTa has them."""
    tokenizer = train_wordpiece(KLUE_ROBERTA_SPECIALS)
    config = RobertaConfig(
        vocab_size=tokenizer.get_vocab_size(),
        type_vocab_size=1,
        pad_token_id=1,
        bos_token_id=0,
        eos_token_id=2,
        **SIZE,
    )
    RobertaForMaskedLM(config).save_pretrained(folder)
    tokenizer.save(str(folder / "tokenizer.json"))


def write_koelectra(folder: Path) -> None:
    """An ELECTRA discriminator with vocab.txt, as KoELECTRA has them; embeddings narrower than the layers."""
    tokenizer = train_wordpiece(BERT_SPECIALS)
    config = ElectraConfig(vocab_size=tokenizer.get_vocab_size(), embedding_size=16, **SIZE)
    ElectraForPreTraining(config).save_pretrained(folder)
    write_vocabulary(tokenizer, folder)


def write_skt_kobert(folder: Path) -> None:
    """BERT with spiece.model, whose ids count, and pickled weights, as skt/kobert-base-v1 has them."""
    folder.mkdir(parents=True)
    train_sentencepiece(folder)
    model = BertModel(BertConfig(vocab_size=600, pad_token_id=1, **SIZE))
    model.config.save_pretrained(folder)
    torch.save(model.state_dict(), folder / "pytorch_model.bin")


def write_monologg_kobert(folder: Path) -> None:
    """BERT with a SentencePiece model and a vocab.txt that numbers its pieces, as monologg/kobert has them."""
    BertModel(BertConfig(vocab_size=600, pad_token_id=1, **SIZE)).save_pretrained(folder)
    path = train_sentencepiece(folder).rename(folder / "tokenizer_78b3253a26.model")
    model = ModelProto.FromString(path.read_bytes())
    pieces = sorted(piece.piece for piece in model.pieces if piece.type == piece.NORMAL)
    write_lines(folder / "vocab.txt", KOBERT_SPECIALS + pieces)


LAYOUTS: dict[str, Callable[[Path], None]] = {
    "kcbert": write_kcbert,
    "klue-roberta": write_klue_roberta,
    "koelectra": write_koelectra,
    "skt-kobert": write_skt_kobert,
    "monologg-kobert": write_monologg_kobert,
}


def write_checkpoint(layout: str, folder: Path) -> Path:
    """Write one of LAYOUTS, the same weights every time; returns the folder."""
    torch.manual_seed(0)
    LAYOUTS[layout](folder)
    return folder


def write_vocabulary(tokenizer: Tokenizer, folder: Path) -> None:
    tokens = sorted(tokenizer.get_vocab().items(), key=lambda pair: pair[1])
    write_lines(folder / "vocab.txt", [token for token, _ in tokens])
    (folder / "tokenizer_config.json").write_text(json.dumps({"do_lower_case": False}), encoding="utf-8")


def write_lines(path: Path, lines: list[str]) -> None:
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
