"""Look for mistakes in an emotion corpus: `python -m scripts.check_corpus [FOLDER]`."""

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from classifiers.corpus import CORPUS_FOLDER, CorpusError
from classifiers.corpus_check import (
    LONGEST_LINE,
    NEAR_DUPLICATE_ABOVE,
    Findings,
    Line,
    Pair,
    Reading,
    agreement,
    as_six,
    check_lines,
    count_labels,
    read_lines,
    read_second_reading,
)
from classifiers.labels import Emotion
from classifiers.training.split import split_corpus

SECOND_READING = "second_reading.tsv"


def main(argv: list[str] | None = None) -> None:
    """Print what was found; exit code 1 with a summary for duplicates, contradictions and leaks."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=CORPUS_FOLDER, help="folder of part*.tsv files")
    parser.add_argument("--limit", type=int, default=20, help="print at most so many findings of a kind")
    options = parser.parse_args(argv)
    try:
        lines = read_lines(options.folder)
        path = options.folder / SECOND_READING
        readings = read_second_reading(path) if path.exists() else []
    except (CorpusError, OSError) as error:
        sys.exit(f"check_corpus: {error}")
    split_of = split_names(lines)
    findings = check_lines(lines, split_of)
    sections = [*balance(lines), *report(findings, split_of, options.limit)]
    if readings:
        sections += second_reading(readings)
    print("\n".join(sections))
    if faults := summary(findings):
        sys.exit(f"check_corpus: {faults}")


def split_names(lines: Sequence[Line]) -> dict[Line, str]:
    """Return the name of the split (train, dev or held_out) that each line is in."""
    # Which split a line is in depends on its part and emotion alone, so lines with numbers will do.
    return {line: name for name, split in split_corpus(lines)._asdict().items() for line in split}


def balance(lines: Sequence[Line]) -> list[str]:
    """Return a table of the labels per part and in all, columns between tabs."""
    counts = count_labels(lines)
    table = ["\t".join(["part", *Emotion, "lines"])]
    for part, count in counts.items():
        table.append("\t".join([part, *(str(count[emotion]) for emotion in Emotion), str(count.total())]))
    totals = [sum(count[emotion] for count in counts.values()) for emotion in Emotion]
    table.append("\t".join(["all", *map(str, totals), str(len(lines))]))
    table.append("\t".join(["share", *(f"{total / len(lines):.1%}" for total in totals), ""]))
    return [*table, ""]


def report(findings: Findings, split_of: Mapping[Line, str], limit: int) -> list[str]:
    """Return every kind of finding with its count, and at most `limit` of each."""
    kinds = {
        "duplicates (the same Hangul, letters and digits)": findings.duplicates,
        "contradictions (duplicates with different labels)": findings.contradictions,
        f"near-duplicates (trigram Jaccard above {NEAR_DUPLICATE_ABOVE})": findings.near_duplicates,
        "leaks (duplicates and near-duplicates in different splits)": findings.leaks,
        f"lines of more than {LONGEST_LINE} characters": findings.too_long,
        "lines without Hangul": findings.without_hangul,
    }
    return [text for title, found in kinds.items() for text in section(title, found, split_of, limit)]


def section(
    title: str, found: Sequence[Pair] | Sequence[Line], split_of: Mapping[Line, str], limit: int
) -> list[str]:
    """Return the lines of one kind of finding, a pair with its similarity and the splits it is in."""
    shown = [f"{title}: {len(found)}"]
    for finding in found[:limit]:
        if isinstance(finding, Pair):
            shown.append(f"  {finding.similarity:.2f} {split_of[finding.first]} {finding.first}")
            shown.append(f"       {split_of[finding.second]} {finding.second}")
        else:
            shown.append(f"  {finding}")
    if len(found) > limit:
        shown.append(f"  … and {len(found) - limit} more; see them with --limit {len(found)}")
    return [*shown, ""]


def second_reading(readings: Sequence[Reading]) -> list[str]:
    """Return how far the second reader agrees, and what was taken for what."""
    shown = []
    for view, viewed in {"eight labels": readings, "five labels and 중립": as_six(readings)}.items():
        found = agreement(viewed)
        kappa = "not defined" if found.kappa is None else f"{found.kappa:.3f}"
        shown.append(
            f"second reading, {view}: {found.n} lines, agreement {found.share:.1%}, Cohen's kappa {kappa}"
        )
        for (written, seen), count in found.confusions.most_common():
            shown.append(f"  {count}\t{written} seen as {seen}")
    return [*shown, ""]


def summary(findings: Findings) -> str:
    """Return what must be mended, in one line; empty if nothing must."""
    faults = {
        "duplicates": findings.duplicates,
        "contradictions": findings.contradictions,
        "leaks between splits": findings.leaks,
    }
    return ", ".join(f"{name} {len(found)}" for name, found in faults.items() if found)


if __name__ == "__main__":
    main()
