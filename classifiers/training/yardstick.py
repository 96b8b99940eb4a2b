"""What a fine-tuned checkpoint is calibrated on and judged by: our corpus, and corpora that users bring."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from classifiers.corpus import LabelledSentence, read_corpus
from classifiers.training.sources import MissingDataError
from classifiers.training.split import CorpusSplit, split_corpus
from classifiers.training.user_corpora import UserCorpusError, as_sentences, read_user_corpus, split_dialogues

USER_SHARES = (0.8, 0.1, 0.1)


class UserMaterial(NamedTuple):
    """A user's corpora, split by dialogue, and the names of their files."""

    name: str
    split: CorpusSplit


class Yardstick(NamedTuple):
    """Lines to calibrate on, sets of held-out lines by name, and the files that the last set was read from."""

    dev: Sequence[LabelledSentence]
    held_out: Mapping[str, Sequence[LabelledSentence]]
    files: Sequence[Path]

    @property
    def texts(self) -> list[str]:
        """The held-out sentences of all sets, one after the other."""
        return [line.text for lines in self.held_out.values() for line in lines]


def gather_user_material(paths: Sequence[Path]) -> UserMaterial:
    """Read corpora as they were downloaded and split them by dialogue, every time in the same way.

    Raises UserCorpusError for what cannot be read, and if there are too few dialogues for three parts.
    """
    dialogues = [dialogue for path in paths for dialogue in read_user_corpus(path)]
    split = CorpusSplit(*map(as_sentences, split_dialogues(dialogues, USER_SHARES)))
    name = ", ".join(path.name for path in paths)
    if not all(split):
        raise UserCorpusError(
            f"{name}: {len(dialogues)} dialogues are too few to train, tune and judge on; give more"
        )
    return UserMaterial(name, split)


def gather_yardstick(corpus: Path, user: UserMaterial | None = None) -> Yardstick:
    """Return the dev lines of `user`, else of our corpus, and the held-out lines of both, our corpus last.

    Raises CorpusError if our corpus cannot be read, and MissingDataError if it has no such lines.
    """
    own = split_corpus(read_corpus(corpus))
    if not (own.dev and own.held_out):
        raise MissingDataError(
            f"the corpus under {corpus} gives {len(own.dev)} dev and {len(own.held_out)} held-out lines; "
            "each must be more than none"
        )
    parts = sorted({line.part for line in own.held_out})
    held_out = {f"the test dialogues of {user.name}": user.split.held_out} if user else {}
    held_out[f"the held-out lines of our corpus ({', '.join(parts)})"] = own.held_out
    return Yardstick((user.split if user else own).dev, held_out, [corpus / f"{part}.tsv" for part in parts])
