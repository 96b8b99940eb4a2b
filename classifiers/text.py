"""Text as the emotion model sees it: the same normalisation in training and in serving."""

import re
import unicodedata

# Emoji sequences are built with these two invisible characters; every other one is dropped.
ZERO_WIDTH_JOINER = "\u200d"
EMOJI_PRESENTATION = "\ufe0f"
KEPT_INVISIBLE = frozenset({ZERO_WIDTH_JOINER, EMOJI_PRESENTATION})
# Characters that print nothing although Unicode does not call them control or format characters.
BLANK_LETTERS = frozenset("\u115f\u1160\u3164\uffa0\u2800")

HANGUL = re.compile(r"[\u1100-\u11ff\u3131-\u318e\ua960-\ua97f\uac00-\ud7a3\ud7b0-\ud7ff]")
WHITESPACE = re.compile(r"\s+")


def normalize_text(text: str) -> str:
    """Return `text` composed (NFC), without control or invisible characters, on one trimmed line.

    Phones and Macs send decomposed Hangul, which looks the same and tokenizes differently. Newlines and
    every other whitespace become one space. The joiner and the selector that emoji need are kept. Lone
    surrogates, which no encoder accepts, are dropped too. Raises TypeError for anything but a string.
    """
    if not isinstance(text, str):
        raise TypeError(f"expected a sentence as a str, got {type(text).__name__}")
    folded = WHITESPACE.sub(" ", text)
    visible = "".join(character for character in folded if _is_visible(character))
    # Dropping an invisible character can bring two spaces, or two halves of a syllable, together.
    return WHITESPACE.sub(" ", unicodedata.normalize("NFC", visible)).strip()


def has_hangul(text: str) -> bool:
    """Tell whether `text` holds at least one Hangul syllable or letter (ㅋ, ㅠ and decomposed ones count)."""
    return HANGUL.search(normalize_text(text)) is not None


def _is_visible(character: str) -> bool:
    if character in KEPT_INVISIBLE:
        return True
    return unicodedata.category(character) not in {"Cc", "Cf", "Cs"} and character not in BLANK_LETTERS
