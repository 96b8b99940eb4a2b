"""Which corpus lines teach, which tune, which judge: whole parts are held out, never single lines."""

from collections.abc import Sequence
from typing import NamedTuple

from classifiers.corpus import LabelledSentence

# Part 04 has topics of its own (living alone, self-image, nights, talking to the bot), part 08 speakers of
# its own (over sixty, very short lines); see classifiers/data/README.md. Never trained on, in no stage.
HELD_OUT_PARTS = frozenset({"part04", "part08"})
DEV_SHARE = 0.06


class CorpusSplit(NamedTuple):
    """Lines to train on, to tune temperature and thresholds on, and to judge by."""

    train: list[LabelledSentence]
    dev: list[LabelledSentence]
    held_out: list[LabelledSentence]


def split_corpus(
    corpus: Sequence[LabelledSentence], held_out_parts: frozenset[str] = HELD_OUT_PARTS
) -> CorpusSplit:
    """Hold out whole parts; of the others the last lines of each label in each part become dev.

    Lines of one label stand together by topic in a part, so a block at the end shares fewer scenes with the
    rest than lines drawn at random would.
    """
    held_out = [sentence for sentence in corpus if sentence.part in held_out_parts]
    blocks: dict[tuple[str, str], list[LabelledSentence]] = {}
    for sentence in corpus:
        if sentence.part not in held_out_parts:
            blocks.setdefault((sentence.part, sentence.emotion), []).append(sentence)
    train, dev = [], []
    for block in blocks.values():
        kept = len(block) - round(len(block) * DEV_SHARE)
        train += block[:kept]
        dev += block[kept:]
    return CorpusSplit(train, dev, held_out)
