"""Tokenizers of checkpoints, from the files that each kind has, against the libraries they come from."""

import unicodedata

import numpy as np
import pytest
from sentencepiece import SentencePieceProcessor
from tokenizers import Tokenizer
from transformers import BertTokenizer

from classifiers.corpus import read_corpus
from classifiers.text import normalize_text
from classifiers.training.backbones import CheckpointError
from classifiers.training.tokenizer_files import convert_sentencepiece, open_tokenizer, pad_id_of
from tests.checkpoints import KOBERT_SPECIALS, train_sentencepiece, write_checkpoint

CLS, SEP = 2, 3
SENTENCES = [
    "",
    " ",
    "오늘 너무 행복해",
    "  앞뒤로   빈칸이    많은 문장  ",
    "띄어쓰기없이다붙여쓴문장",
    "ㅋㅋㅋㅋ ㅠㅠ ㅎㅎ ㄱㅅ ㅇㅋ",
    "웃픈데 ㅋㅠㅠ ㅎㅏ… ㄱㅏ ㄷㅚㄱ ㅠㅋㅠ",
    "좋아 😀 ❤️ 👨‍👩‍👧 👍🏻",
    "ｈａｌｆ　ｗｉｄｔｈ １２３ ﾊﾝｸﾞﾙ ﾡￂ ﾡￂﾤ ￦",
    "①㈜ ㎏ ℃ ™ … ½",
    "한자 幸福 日本語 кириллица العربية",
    "[CLS] 특수 [SEP] 토큰 [MASK] <unk> ▁",
    "Hello, World! 100% a@b.kr https://x.kr/?q=1",
    "뷁 쀍 힣 갂 똠방각하 펲시콜라",
    "1,234,567원 3.14 -5",
    "''따옴표'' \"큰\" `역`",
    "a" * 300,
    "너무 슬퍼 " * 60,
]


@pytest.fixture(scope="module", params=["unigram", "bpe"])
def model(request, tmp_path_factory):
    """A SentencePiece model with KoBERT's special tokens."""
    return train_sentencepiece(tmp_path_factory.mktemp(request.param), request.param)


@pytest.fixture(scope="module")
def pieces(model):
    """What the sentencepiece library says about a text."""
    return SentencePieceProcessor(model_file=str(model))


@pytest.fixture(scope="module")
def converted(model):
    """Our tokenizer from the same model, as a model folder keeps it."""
    return Tokenizer.from_str(convert_sentencepiece(model).to_str())


@pytest.mark.parametrize("text", SENTENCES)
def test_ids_are_those_of_sentencepiece(converted, pieces, text):
    text = normalize_text(text)
    assert converted.encode(text).ids == [CLS, *pieces.encode(text), SEP]


def test_ids_are_those_of_sentencepiece_for_the_whole_corpus(converted, pieces):
    for text in (sentence.text for sentence in read_corpus()):
        ours, theirs = converted.encode(text).ids[1:-1], pieces.encode(text)
        # Two readings of equal score, ㅋㅋ ㅋㅋㅋ and ㅋㅋㅋ ㅋㅋ, may come out either way.
        assert ours == theirs or sorted(ours) == sorted(theirs), text


def test_ids_are_those_of_sentencepiece_for_random_characters(converted, pieces):
    generator = np.random.default_rng(0)
    ranges = [
        (0x20, 0x7F),
        (0x3131, 0x318F),
        (0xAC00, 0xD7A4),
        (0xFF01, 0xFFDD),
        (0x1F300, 0x1F650),
        (0x2000, 0x2030),
    ]
    for _ in range(2_000):
        chosen = [ranges[number] for number in generator.integers(len(ranges), size=12)]
        text = normalize_text("".join(chr(generator.integers(low, high)) for low, high in chosen))
        assert sorted(converted.encode(text).ids[1:-1]) == sorted(pieces.encode(text)), ascii(text)


def test_nobody_can_type_a_special_token(converted):
    assert {CLS, SEP} & set(converted.encode("[SEP] 안녕 [CLS]").ids[1:-1]) == set()


def test_special_tokens_have_the_ids_of_kobert(converted):
    assert [converted.token_to_id(f"{token} ") for token in KOBERT_SPECIALS] == [0, 1, 2, 3, 4]
    assert pad_id_of(converted) == 1


def test_a_symbol_that_is_always_taken_whole_stays_so(tmp_path):
    path = train_sentencepiece(tmp_path, control_symbols=[], user_defined_symbols=["[MASK]"])
    text = "나는 [MASK] 좋아"
    assert 4 in convert_sentencepiece(path).encode(text).ids
    assert 4 in SentencePieceProcessor(model_file=str(path)).encode(text)


def test_a_vocabulary_beside_the_model_numbers_the_pieces(tmp_path):
    """The layout of monologg/kobert: ids are the lines of vocab.txt, whatever the model's own are."""
    folder = write_checkpoint("monologg-kobert", tmp_path / "kobert")
    numbers = {token: number for number, token in enumerate((folder / "vocab.txt").read_text().split("\n"))}
    pieces = SentencePieceProcessor(model_file=str(folder / "tokenizer_78b3253a26.model"))
    tokenizer = open_tokenizer(folder)
    changed = 0
    for text in map(normalize_text, SENTENCES):
        wanted = [numbers[pieces.id_to_piece(number)] for number in pieces.encode(text)]
        assert tokenizer.encode(text).ids == [CLS, *wanted, SEP]
        changed += wanted != pieces.encode(text)
    assert changed > 10


def test_a_vocabulary_of_another_model_is_refused(tmp_path):
    folder = write_checkpoint("monologg-kobert", tmp_path / "kobert")
    (folder / "vocab.txt").write_text("\n".join([*KOBERT_SPECIALS, "▁나", "는"]), encoding="utf-8")
    with pytest.raises(CheckpointError, match="lacks"):
        open_tokenizer(folder)


def test_word_pieces_are_those_of_transformers(tmp_path):
    folder = write_checkpoint("kcbert", tmp_path / "kcbert")
    theirs = BertTokenizer.from_pretrained(folder)
    ours = open_tokenizer(folder)
    for text in SENTENCES:
        assert ours.encode(text).ids == theirs(text)["input_ids"], text


def test_a_tokenizer_file_keeps_its_truncation_and_loses_its_padding(tmp_path):
    folder = write_checkpoint("klue-roberta", tmp_path / "roberta")
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.enable_truncation(20)
    tokenizer.enable_padding(length=50)
    tokenizer.save(str(folder / "tokenizer.json"))
    assert len(open_tokenizer(folder).encode("너무 슬퍼 " * 50).ids) == 20
    assert len(open_tokenizer(folder).encode("응").ids) < 10
    assert pad_id_of(open_tokenizer(folder)) == 1


@pytest.mark.parametrize(
    ("name", "content", "complaint"),
    [
        ("tokenizer.json", b"{}", "cannot read"),
        ("spiece.model", b"\xff\xff junk", "no SentencePiece model"),
        ("spiece.model", b"", "no SentencePiece model"),
        ("vocab.txt", "슬픔\n기쁨\n".encode("cp949"), "not UTF-8"),
        ("vocab.txt", "슬픔\n기쁨\n".encode(), r"no \[UNK\], \[CLS\], \[SEP\]"),
        ("README.md", b"", "no tokenizer in"),
    ],
)
def test_a_file_that_is_no_tokenizer_is_named(tmp_path, name, content, complaint):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(CheckpointError, match=complaint):
        open_tokenizer(tmp_path)


def test_a_sentencepiece_model_without_berts_tokens_is_refused(tmp_path):
    train_sentencepiece(tmp_path, bos_piece="<s>", eos_piece="</s>")
    with pytest.raises(CheckpointError, match=r"no \[CLS\], \[SEP\]"):
        open_tokenizer(tmp_path)


def test_a_kind_of_sentencepiece_model_that_no_bert_uses_is_refused(tmp_path):
    train_sentencepiece(tmp_path, kind="char", vocab_size=300, hard_vocab_limit=False)
    with pytest.raises(CheckpointError, match="use unigram or BPE"):
        open_tokenizer(tmp_path)


def test_decomposed_hangul_reads_like_composed_after_our_normalisation(converted):
    text = "안녕하세요"
    assert converted.encode(normalize_text(unicodedata.normalize("NFD", text))).ids == converted.encode(text).ids
