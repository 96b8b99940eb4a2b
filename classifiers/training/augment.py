"""Cheap variants of a sentence, as careless thumbs type them: the meaning stays, the spelling suffers."""

import re

import numpy as np

FINAL_MARKS = re.compile(r"[.!?~,…\s]+$")


def roughen(text: str, generator: np.random.Generator) -> str:
    """Return `text` or, half of the time, a variant without spaces, final marks, or with one space lost."""
    fate = generator.random()
    if fate < 0.5:
        return text
    if fate < 0.75:
        return FINAL_MARKS.sub("", text) or text
    if fate < 0.85:
        return text.replace(" ", "")
    return _without_one_space(text, generator)


def _without_one_space(text: str, generator: np.random.Generator) -> str:
    words = text.split(" ")
    if len(words) < 2:
        return text
    gap = int(generator.integers(1, len(words)))
    return " ".join(words[:gap]) + " ".join(words[gap:])
