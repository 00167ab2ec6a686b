"""Train the scorer of organization names.

    python -m training.organizations label LANG OUT.jsonl TEXTS.jsonl     label texts with the pipeline as it is
    python -m training.organizations average LANG OUT.npz WEIGHTS.npz ...  the mean of several runs
    python -m training.organizations gate zh WEIGHTS.npz TEXTS.jsonl       add the first look that says where to look
    python -m training.organizations train LANG OUT.npz LABELLED.jsonl[:WEIGHT[:VARIANTS]] ...

A labelled file has one JSON object a line: ``text`` and ``orgs`` (``start``, ``end``: code points). Files may be .gz.
``VARIANTS`` copies of each text are read with some known names hidden, and some replaced by ``--names`` (one a line),
so that the model learns from what stands around a name, not only from the lexicon. The result follows from the seed.
Needs numba, which the pipeline does not: ``pip install numba``.
"""

import argparse
import bisect
import gzip
import itertools
import json
import lzma
import random
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from pipeline.extract.organizations import (
    chinese,
    chinese_grid,
    document,
    english,
    english_grid,
    features,
    gazetteer,
    reading,
    scorer,
    spans,
)
from pipeline.text import fold, passage, simplify
from training.crf import Data, Plan, average, save, train, train_gate

O, B, I, E, S = range(5)  # noqa: E741
Spans = list[tuple[int, int]]


def read(path: str) -> Iterator[tuple[str, Spans, Spans]]:
    """Texts, their names, and the spans that are in doubt."""
    opener: Any = {".gz": gzip.open, ".xz": lzma.open}.get(Path(path).suffix, open)
    with opener(path, "rt", encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            orgs = [(o["start"], o["end"]) for o in row.get("orgs", ())]
            yield row["text"], orgs, [(s, e) for s, e in row.get("unsure", ())]


def replaced(
    text: str, names: Spans, doubts: Spans, fakes: Sequence[str], rng: random.Random
) -> tuple[str, Spans, Spans]:
    """The text with a part of its names replaced, each everywhere by the same other name."""
    swap = {text[s:e]: rng.choice(fakes) if fakes and rng.random() < 0.4 else text[s:e] for s, e in sorted(names)}
    pieces, moved, end, shift = [], [], 0, 0
    edits = [(0, 0)]
    for start, stop in sorted(names):
        new = swap[text[start:stop]]
        pieces += [text[end:start], new]
        moved.append((start + shift, start + shift + len(new)))
        shift += len(new) - (stop - start)
        edits.append((stop, shift))
        end = stop
    at = [place for place, _ in edits]
    return (
        "".join([*pieces, text[end:]]),
        moved,
        [
            tuple(place + edits[bisect.bisect_right(at, place) - 1][1] for place in span)
            for span in doubts  # type: ignore[misc]
        ],
    )


def grid(lang: str, text: str, hide: Callable[[str], bool]) -> features.Grid:
    """The features of a text, without the lexicon's names that are hidden."""
    folded = simplify(fold(text))
    hits = [hit for hit in gazetteer.find(folded) if not hide(hit.alias.surface)]
    if lang == "en":
        return english_grid.grid(folded, hits, english.find(folded))
    words = chinese.tag(folded)
    hits = chinese.whole(folded, hits, words)
    return chinese_grid.grid(folded, words, hits, chinese.find(folded, words))


def labels(found: features.Grid, names: Spans) -> np.ndarray:
    """The label of each position."""
    out = np.zeros(found.size, dtype=np.int8)
    for start, end in names:
        place = found.positions(start, end)
        if place:
            first, last = place[0], place[1] - 1
            out[first : last + 1] = I
            out[first], out[last] = (S, S) if first == last else (B, E)
    return out


def examples(lang: str, path: str, variants: int, fakes: Sequence[str], seed: int) -> Iterator[tuple[np.ndarray, ...]]:
    """(features, labels, bounds of sentences) of each text, as it is (but for one variant) and varied."""
    rng = random.Random(seed)
    for text, names, doubts in read(path):
        for variant in range(int(variants == 1), 1 + variants):
            varied = replaced(text, names, doubts, fakes, rng) if variant else (text, names, doubts)
            share, draw, hidden = (0.5 if variant else 0.0), random.Random(rng.random()), {}
            found = grid(lang, varied[0], lambda s, h=hidden, d=draw, p=share: h.setdefault(s, d.random() < p))
            if len(found.breaks):
                vague, tags = labels(found, varied[2]) > 0, labels(found, varied[1])
                cuts = [(a, b) for a, b in sentences(found.breaks) if not vague[a:b].any() and whole(tags[a:b])]
                bounds = np.array(cuts, dtype=np.int64).reshape(-1, 2)
                yield found.at(np.arange(found.size)).T, tags, bounds


def whole(tags: np.ndarray) -> bool:
    """Whether no name reaches over the ends of a sentence (Yahoo! Inc): no path of labels could tell it."""
    return tags[0] not in (I, E) and tags[-1] not in (B, I)


def sentences(breaks: np.ndarray) -> np.ndarray:
    """Bounds of the stretches between breaks."""
    live = np.concatenate(([0], (~breaks).view(np.int8), [0]))
    return np.flatnonzero(np.diff(live)).reshape(-1, 2)


def collect(lang: str, sources: Sequence[str], names: Sequence[str], seed: int, bits: int) -> Data:
    """All examples of the sources, ``path[:weight[:variants]]``, one after the other."""
    rows, gold, bounds, weights = [], [], [], []
    at = 0
    for source in sources:
        path, weight, variants = [*source.split(":"), "1", "0"][:3]
        for feats, tags, cuts in examples(lang, path, int(variants), names, seed):
            rows.append((feats >> np.uint32(32 - bits)).astype(np.int32))
            gold.append(tags)
            bounds.append(cuts + at)
            weights.append(np.full(len(cuts), float(weight), dtype=np.float32))
            at += len(tags)
        print(f"{path}: {at:,} positions so far", flush=True)
    return Data(np.concatenate(rows), np.concatenate(gold), np.concatenate(bounds), np.concatenate(weights))


_NAME = re.compile(r"(?<![.!?\n“\"] )(?<![A-Za-z\n])[A-Z][A-Za-z]+")
_KNOWN = ("en-places", "en-first", "en-last", "en-titles", "en-calendar", "en-demonyms", "en-openers")


def unsure(view: reading.View, taken: Spans) -> Iterator[tuple[int, int]]:
    """What may be an organization, but nothing says so: a sentence that holds one teaches nothing."""
    covered = {at for start, end in taken for at in range(start, end)}
    common = {word.casefold() for name in _KNOWN for word in spans.words(name)}
    for hit in view.hits:
        if hit.start not in covered and hit.alias.context:
            yield hit.start, hit.end
    if view.reading is None:
        for match in _NAME.finditer(view.text):
            if match.start() not in covered and match[0].casefold() not in common:
                yield match.span()
        return
    for span in (*view.rules, *(spans.Span(s, e, "", 0) for s, e in view.reading.found)):
        if span.start not in covered and view.reading.margin(span.start, span.end) > -3:
            yield span.start, span.end
    for start, end in taken:
        if start >= 0 and end <= len(view.text) and view.reading.margin(start, end) < -1:
            yield start, end


def in_view(view: reading.View, names: Spans) -> Spans:
    """The spans of a passage as the view of it counts them."""
    return [
        (start - piece.start + at, end - piece.start + at)
        for piece, at in zip(view.pieces, view.starts, strict=True)
        for start, end in names
        if piece.start <= start and end <= piece.end
    ]


def in_passage(view: reading.View, start: int, end: int) -> tuple[int, int]:
    """A span of a view as the passage counts it."""
    shift = view.piece(start)[1]
    return start + shift, end + shift


def label(text: str) -> dict[str, Any]:
    """A text with the names the pipeline finds by itself, as a line of training data."""
    whole = passage("text", text)
    found = [(row.start, row.end) for row in document.mentions([[whole]])[0]]
    doubts = sorted(
        {
            in_passage(view, start, end)
            for view in reading.look([[whole]])
            for start, end in unsure(view, in_view(view, found))
        }
    )
    return {"text": text, "orgs": [{"start": s, "end": e} for s, e in found], "unsure": doubts}


def write_labels(lang: str, source: str, out: str, limit: int, skip: str | None) -> None:
    """Label raw texts (JSON lines with ``text``); leave out those that share a line with the texts of ``skip``."""
    seen = {line for path in (skip or "").split(",") if path for text, *_ in read(path) for line in text.splitlines()}
    seen = {line for line in seen if len(line) > 20}
    with open(out, "w", encoding="utf-8") as file:
        for text, *_ in itertools.islice(read(source), limit):
            if seen.isdisjoint(text.splitlines()):
                file.write(json.dumps(label(text[:5000]), ensure_ascii=False) + "\n")


def looks(source: str, limit: int) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Of each Chinese text the coarse features of the positions that nothing points to, and which are in a name."""
    model = scorer.load("zh")
    assert model is not None
    for text, *_ in itertools.islice(read(source), limit):
        found = grid("zh", text[:5000], lambda _: False)
        if not found.size or found.coarse is None:
            continue
        everywhere = np.arange(found.size)
        named = np.zeros(found.size, dtype=bool)
        for start, end in scorer.decode(model, scorer.emissions(model, found.at(everywhere)), everywhere, found.breaks):
            named[start:end] = True
        yield found.coarse[:, ~found.marked], named[~found.marked]


def write_gate(path: str, sources: Sequence[str], limit: int, bits: int, seed: int) -> None:
    """Add to the weights of ``path`` those of the first look, learned from what the shipped weights find in texts."""
    parts = [part for source in sources for part in looks(source, limit)]
    rows = np.concatenate([coarse for coarse, _ in parts], axis=1) >> np.uint32(32 - bits)
    table = train_gate(rows.astype(np.int32), np.concatenate([named for _, named in parts]), bits, seed)
    with np.load(path) as data:
        arrays = dict(data)
    about = json.loads(str(arrays.pop("about"))) | {"floor": round(_GATE_FLOOR * _GATE_UNIT)}
    gate = np.clip(np.round(table * _GATE_UNIT), -127, 127).astype(np.int8)
    np.savez_compressed(path, **arrays | {"gate": gate, "about": np.array(json.dumps(about))})
    print(f"{path}: a first look learned from {rows.shape[1]:,} positions", flush=True)


_GATE_UNIT = 24  # steps of a weight
_GATE_FLOOR = -4.0  # log odds below which a position is not looked at again


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["label", "train", "average", "gate"])
    parser.add_argument("lang", choices=["zh", "en"])
    parser.add_argument("out")
    parser.add_argument("sources", nargs="+", help="label: texts; train: labelled files; average: weights")
    parser.add_argument("--limit", type=int, default=1500, help="label: how many texts")
    parser.add_argument("--skip", help="label: leave out texts that share a line with those of these files (a,b)")
    parser.add_argument("--names", help="a file of names, one a line, to put in the place of others")
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--bits", type=int, default=19)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rate", type=float, default=0.1)
    parser.add_argument("--decay", type=float, default=1e-4)
    parser.add_argument("--about", default="", help="source and licence, kept in the file")
    a = parser.parse_args()
    if a.what == "label":
        write_labels(a.lang, a.sources[0], a.out, a.limit, a.skip)
        return
    if a.what == "average":
        average(a.out, a.sources, {"lang": a.lang, "about": a.about})
        return
    if a.what == "gate":
        write_gate(a.out, a.sources, a.limit, 16, a.seed)
        return
    names = Path(a.names).read_text(encoding="utf-8").splitlines() if a.names else []
    data = collect(a.lang, a.sources, names, a.seed, a.bits)
    table, moves = train(data, Plan(a.epochs, a.bits, a.seed, a.rate, a.decay))
    save(a.out, table, moves, {"lang": a.lang, "bits": a.bits, "seed": a.seed, "about": a.about})


if __name__ == "__main__":
    main()
