"""Whatever files a checkpoint keeps its tokenizer in, read as one fast tokenizer: `[CLS] sentence [SEP]`."""

import json
import logging
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from google.protobuf.message import DecodeError
from sentencepiece import SentencePieceProcessor
from sentencepiece.sentencepiece_model_pb2 import ModelProto, TrainerSpec
from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

from classifiers.training.backbones import CheckpointError
from classifiers.training.tokenizer import CLS, PAD, SEP, SPECIAL_TOKENS, UNKNOWN

logger = logging.getLogger(__name__)

TOKENIZER_FILE = "tokenizer.json"
VOCABULARY_FILE = "vocab.txt"
SENTENCEPIECE_FILES = "*.model"
# Letters as people type them alone, full and half width, and the conjoining forms that make up syllables.
LONE_LETTERS = tuple(map(chr, [*range(0x3131, 0x3164), *range(0xFFA1, 0xFFDD)]))
LEADS, VOWELS, TAILS = (
    tuple(map(chr, letters)) for letters in (range(0x1100, 0x1113), range(0x1161, 0x1176), range(0x11A8, 0x11C3))
)


def open_tokenizer(folder: Path) -> Tokenizer:
    """Read tokenizer.json, or make it from a SentencePiece model or a WordPiece vocabulary.

    A SentencePiece model alone numbers its pieces itself (skt/kobert-base-v1); with a vocab.txt beside it the
    lines of that number them (monologg/kobert). Truncation stays as the file has it; padding is taken off.
    Raises CheckpointError when there is no such file, or one that cannot be used.
    """
    sentencepieces = sorted(folder.glob(SENTENCEPIECE_FILES))
    vocabulary = folder / VOCABULARY_FILE
    if (folder / TOKENIZER_FILE).is_file():
        return _read(folder / TOKENIZER_FILE)
    if sentencepieces:
        return convert_sentencepiece(sentencepieces[0], _lines(vocabulary) if vocabulary.is_file() else None)
    if vocabulary.is_file():
        return _wordpiece(vocabulary, _settings(folder))
    raise CheckpointError(
        f"no tokenizer in {folder}; expected {TOKENIZER_FILE}, {VOCABULARY_FILE} or a SentencePiece *.model"
    )


def convert_sentencepiece(path: Path, order: Sequence[str] | None = None) -> Tokenizer:
    """Make a fast tokenizer that cuts text as the SentencePiece model `path` does.

    `order` lists the tokens by id; without it ids are the model's own. What no text may spell, such as [CLS]
    in most models, is named with a space behind, which no text holds by then. Two readings of equal score,
    such as ㅋㅋ ㅋㅋㅋ and ㅋㅋㅋ ㅋㅋ, may come out as the other one. Raises CheckpointError for a file that is
    no such model, and for kinds that no BERT uses (bytes, characters, words).
    """
    model = _parse(path)
    pieces = [_Piece.of(piece) for piece in model.pieces]
    if order is not None:
        pieces = _reordered(pieces, order, path)
    ids = {piece.name: number for number, piece in enumerate(pieces)}
    _require_specials(ids, path)
    if model.trainer_spec.model_type == TrainerSpec.UNIGRAM:
        spelled = models.Unigram([(piece.spelling, piece.score) for piece in pieces], unk_id=ids[UNKNOWN])
    else:
        numbers = {piece.spelling: number for number, piece in enumerate(pieces)}
        unknown = pieces[ids[UNKNOWN]].spelling
        spelled = models.BPE(numbers, _merges(pieces), unk_token=unknown, fuse_unk=True)
    tokenizer = Tokenizer(spelled)
    tokenizer.add_tokens([piece.name for piece in pieces if piece.is_taken_whole])
    tokenizer.normalizer = _normalizer(model, path)
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(
        prepend_scheme="first" if model.normalizer_spec.add_dummy_prefix else "never", split=False
    )
    tokenizer.decoder = decoders.Metaspace()
    return _with_ends(tokenizer, ids[CLS], ids[SEP])


def pad_id_of(tokenizer: Tokenizer) -> int | None:
    """Return the number of the token that fills up short sentences, if the vocabulary names one."""
    numbers = [tokenizer.token_to_id(name) for name in (PAD, f"{PAD} ", "<pad>")]
    return next((number for number in numbers if number is not None), None)


class _Piece(NamedTuple):
    """A piece of a SentencePiece model: its name, its score, and which text becomes it."""

    name: str
    score: float
    is_spelled: bool = False  # from text that reads so, where the model finds that likeliest
    is_taken_whole: bool = False  # from every text that reads so

    @classmethod
    def of(cls, piece: ModelProto.SentencePiece) -> "_Piece":
        kinds = ModelProto.SentencePiece
        return cls(piece.piece, piece.score, piece.type == kinds.NORMAL, piece.type == kinds.USER_DEFINED)

    @property
    def spelling(self) -> str:
        return self.name if self.is_spelled or self.is_taken_whole else f"{self.name} "


def _reordered(pieces: Sequence[_Piece], order: Sequence[str], path: Path) -> list[_Piece]:
    by_name = {piece.name: piece for piece in pieces if piece.is_spelled or piece.is_taken_whole}
    unnumbered = by_name.keys() - set(order)
    if len(unnumbered) > len(by_name) / 100:
        raise CheckpointError(
            f"{VOCABULARY_FILE} beside {path} lacks {len(unnumbered):,} of its {len(by_name):,} pieces; "
            "both must be from the same checkpoint"
        )
    if unnumbered:
        logger.info("left out %d pieces of %s that %s does not number", len(unnumbered), path, VOCABULARY_FILE)
    return [by_name.get(token, _Piece(token, 0.0)) for token in order]


def _merges(pieces: Sequence[_Piece]) -> list[tuple[str, str]]:
    """Return the pairs that make each piece, those of the best piece first, which is how BPE scores its pieces."""
    names = {piece.name for piece in pieces if piece.is_spelled}
    best_first = sorted((piece for piece in pieces if piece.is_spelled), key=lambda piece: -piece.score)
    cuts = ((piece.name[:cut], piece.name[cut:]) for piece in best_first for cut in range(1, len(piece.name)))
    return [(left, right) for left, right in cuts if left in names and right in names]


def _normalizer(model: ModelProto, path: Path) -> normalizers.Normalizer:
    steps = []
    if model.normalizer_spec.precompiled_charsmap:
        if SentencePieceProcessor(model_file=str(path)).normalize("ㅋㅠ").endswith("큐"):
            steps += _syllables_of_lone_letters()
        steps.append(normalizers.Precompiled(model.normalizer_spec.precompiled_charsmap))
    if model.normalizer_spec.remove_extra_whitespaces:
        steps += [normalizers.Replace(Regex(" {2,}"), " "), normalizers.Strip()]
    return normalizers.Sequence(steps)


def _syllables_of_lone_letters() -> list[normalizers.Normalizer]:
    """Return steps that write ㅋㅠ as 큐.

    SentencePiece's table joins such pairs, and people who laugh and cry type them; Precompiled looks at one
    letter at a time and does not.
    """
    typed = {
        letter: "".join(lone for lone in LONE_LETTERS if unicodedata.normalize("NFKC", lone) == letter)
        for letter in (*LEADS, *VOWELS, *TAILS)
    }
    any_vowel, any_lead = "".join(typed[vowel] for vowel in VOWELS), "".join(LEADS)
    leads = [normalizers.Replace(Regex(f"[{typed[lead]}](?=[{any_vowel}])"), lead) for lead in LEADS]
    vowels = [normalizers.Replace(Regex(f"(?<=[{any_lead}])[{typed[vowel]}]"), vowel) for vowel in VOWELS]
    # Alone, a letter that can lead is one that leads: few are left for tails, ㄳ and its like.
    tails = [
        normalizers.Replace(Regex(f"(?<=[{''.join(VOWELS)}])[{typed[tail]}]"), tail)
        for tail in TAILS
        if typed[tail]
    ]
    return [*leads, *vowels, *tails, normalizers.NFC()]


def _wordpiece(path: Path, settings: dict) -> Tokenizer:
    ids = {token: number for number, token in enumerate(_lines(path))}
    _require_specials(ids, path)
    tokenizer = Tokenizer(models.WordPiece(ids, unk_token=UNKNOWN))
    # The defaults are those of BERT's own tokenizer.
    tokenizer.normalizer = normalizers.BertNormalizer(
        lowercase=settings.get("do_lower_case", True),
        strip_accents=settings.get("strip_accents"),
        handle_chinese_chars=settings.get("tokenize_chinese_chars", True),
    )
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.decoder = decoders.WordPiece()
    tokenizer.add_special_tokens([token for token in SPECIAL_TOKENS if token in ids])
    return _with_ends(tokenizer, ids[CLS], ids[SEP])


def _require_specials(ids: Mapping[str, int], path: Path) -> None:
    missing = [token for token in (UNKNOWN, CLS, SEP) if token not in ids]
    if missing:
        raise CheckpointError(f"{path} has no {', '.join(missing)}; a vocabulary of the BERT kind is needed")


def _with_ends(tokenizer: Tokenizer, cls: int, sep: int) -> Tokenizer:
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{CLS} $A {SEP}", special_tokens=[(CLS, cls), (SEP, sep)]
    )
    return tokenizer


def _parse(path: Path) -> ModelProto:
    model = ModelProto()
    try:
        model.ParseFromString(path.read_bytes())
    except DecodeError as error:
        raise CheckpointError(f"{path} is no SentencePiece model; copy it anew from the checkpoint") from error
    if not model.pieces:
        raise CheckpointError(f"{path} is no SentencePiece model; copy it anew from the checkpoint")
    spec = model.trainer_spec
    kinds = (TrainerSpec.UNIGRAM, TrainerSpec.BPE)
    if spec.model_type not in kinds or spec.byte_fallback or spec.treat_whitespace_as_suffix:
        raise CheckpointError(f"{path} is a kind of SentencePiece model that is not supported; use unigram or BPE")
    return model


def _read(path: Path) -> Tokenizer:
    try:
        tokenizer = Tokenizer.from_file(str(path))
    except Exception as error:  # tokenizers raises Exception itself
        raise CheckpointError(f"cannot read {path}: {error}; copy it anew from the checkpoint") from error
    tokenizer.no_padding()
    return tokenizer


def _settings(folder: Path) -> dict:
    path = folder / "tokenizer_config.json"
    try:
        return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    except ValueError as error:
        raise CheckpointError(f"cannot read {path}: {error}; copy it anew from the checkpoint") from error


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8").rstrip("\n").split("\n")
    except UnicodeDecodeError as error:
        raise CheckpointError(f"{path} is not UTF-8; copy it anew from the checkpoint") from error
