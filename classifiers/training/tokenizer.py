"""The tokenizer: byte-pair merges learned from our own text, complete in one tokenizer.json."""

from collections.abc import Iterable

from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

PAD, UNKNOWN, CLS, SEP, MASK = "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"
SPECIAL_TOKENS = [PAD, UNKNOWN, CLS, SEP, MASK]
# Laughing and crying carry feeling, their length little: ㅋㅋㅋㅋㅋ and ㅋㅋㅋ become the same token.
LONG_RUNS = {"ㅋ{3,}": "ㅋㅋㅋ", "ㅎ{3,}": "ㅎㅎㅎ", "[ㅠㅜ]{2,}": "ㅠㅠ", "!{2,}": "!!", "\\.{3,}": "..."}


def train_tokenizer(texts: Iterable[str], vocabulary_size: int) -> Tokenizer:
    """Learn a tokenizer of at most `vocabulary_size` tokens; encodings read `[CLS] sentence [SEP]`."""
    tokenizer = Tokenizer(models.BPE(unk_token=UNKNOWN, fuse_unk=True))
    runs = [normalizers.Replace(Regex(pattern), run) for pattern, run in LONG_RUNS.items()]
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFC(), normalizers.Lowercase(), *runs])
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Metaspace(), pre_tokenizers.Punctuation(), pre_tokenizers.Digits()]
    )
    tokenizer.decoder = decoders.Metaspace()
    trainer = trainers.BpeTrainer(
        vocab_size=vocabulary_size,
        min_frequency=3,
        special_tokens=SPECIAL_TOKENS,
        limit_alphabet=2500,
        show_progress=False,
    )
    tokenizer.train_from_iterator(texts, trainer)
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{CLS} $A {SEP}",
        special_tokens=[(token, tokenizer.token_to_id(token)) for token in (CLS, SEP)],
    )
    return tokenizer


def with_dropped_merges(tokenizer: Tokenizer, rate: float) -> Tokenizer:
    """Return a copy that skips each merge with probability `rate`, so that training sees many splittings.

    The method is BPE-dropout (Provilkov et al. 2020). Tokenizers that are not BPE come back unchanged.
    """
    copy = Tokenizer.from_str(tokenizer.to_str())
    if isinstance(copy.model, models.BPE):
        copy.model.dropout = rate
    return copy
