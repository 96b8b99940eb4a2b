"""Cutting a long text into pieces that a model can read: sentences, and parts of those that are too long."""

import re
from collections.abc import Callable, Iterator

from classifiers.text import normalize_text

SENTENCE_END = frozenset(".!?…~。！？")
# A letter or digit. ㅋㅋ and ㅠㅠ are no words of their own: like emoji, they belong to what they follow.
WORD_CHARACTER = re.compile(r"[^\W_ㅋㅎㅠㅜ]")
LIST_NUMBER = re.compile(r"\d+\.")


def split_sentences(text: str) -> list[str]:
    """Return the sentences of `text`, normalised; none for an empty text.

    A sentence ends with its line, or with a word that has one of SENTENCE_END behind its last letter. Emoji,
    ㅋㅋ, ㅠㅠ and marks that follow stay with it. The number of a list ("1.") ends nothing.
    """
    sentences: list[list[str]] = []
    ended = False
    for line in map(normalize_text, text.splitlines()):
        starts = WORD_CHARACTER.search(line) is not None
        for word in line.split():
            *_, tail = WORD_CHARACTER.split(word)
            is_wordless = tail == word
            if not sentences or starts or (ended and not is_wordless):
                sentences.append([])
                starts = ended = False
            sentences[-1].append(word)
            ended = ended or (not SENTENCE_END.isdisjoint(tail) and not LIST_NUMBER.fullmatch(word))
    return [" ".join(words) for words in sentences]


def split_to_fit(text: str, fits: Callable[[str], bool]) -> list[str]:
    """Return the sentences of `text`, those that do not fit cut at spaces or, in a word without end, anywhere.

    `fits` tells whether the model can read a piece whole. Pieces are normalised and in order, and together they
    hold every visible character; a single character is returned whether it fits or not. None for an empty text.
    """
    return [piece for sentence in split_sentences(text) for piece in _halve_until(sentence, fits)]


def _halve_until(text: str, fits: Callable[[str], bool]) -> Iterator[str]:
    if len(text) == 1 or fits(text):
        yield text
        return
    middle = len(text) // 2
    space = text.rfind(" ", 0, middle + 1)
    if space < 0:
        space = text.find(" ", middle)
    cut = space if space >= 0 else middle
    for half in (text[:cut], text[cut:]):
        yield from _halve_until(half.strip(), fits)
