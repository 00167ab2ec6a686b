"""Train what tells spam segments: ``pipeline/data/advert_language.npz`` and the trees of ``spam_model.npz``. Needs
scikit-learn (``pip install scikit-learn``); all is stored as plain arrays, and the pipeline needs numpy alone.

    python -m training.spam_model zh_news.jsonl.xz en_news.jsonl.xz [--samples N] [--seed N] [--held-out] [--out FOLDER]

Hosts are the articles that ``training.news_language`` left out. ``--held-out`` leaves out the families marked "shared",
so that a benchmark with such spam measures unseen families. Same input and seed, same bytes.
"""

import argparse
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import jieba
import numpy as np

from pipeline import lexicon
from pipeline.cleaning import boilerplate, context, features, language, trees
from pipeline.cleaning.context import Words
from pipeline.cleaning.language import Advert
from pipeline.cleaning.segments import Segmented, segment
from pipeline.cleaning.spam import plain
from pipeline.cleaning.view import Line, Page, lines
from pipeline.records import Block
from training import promotion
from training.news_language import articles, in_language_part, save
from training.spam_synthesis import OTHER, SPAM, Maker, Sample
from training.spam_texts import PARTS

_ROOT = 5.0  # of the number of words, pairs and triples in a sentence of usual length
_AT_A_TIME = 24  # samples
_TREES, _SECOND_TREES = 180, 100
_WORD = re.compile(r"[a-z]{4,12}")


def hosts(path: str) -> list[str]:
    """Articles to put spam into, without the boilerplate that is cut before spam is looked for."""
    texts = [_bare(text) for text in articles(path) if not in_language_part(text)]
    return [text for text in texts if len(text) > 80]


def _bare(text: str) -> str:
    rows = lines(text, [])
    ((known, _),) = boilerplate.find([boilerplate.Asked(rows, set(), "")])
    return "\n".join(row.text for number, row in enumerate(rows) if number not in known)


def nouns(english: Sequence[str]) -> dict[str, Sequence[str]]:
    """Random nouns: Chinese ones from jieba's dictionary, English ones from the hosts."""
    rows = [
        line.split(" ") for line in Path(jieba.__file__).with_name("dict.txt").read_text(encoding="utf-8").split("\n")
    ]

    def tagged(tags: str, low: int, high: int, least: int) -> list[str]:
        return [
            r[0]
            for r in rows
            if len(r) == 3 and r[2] in tags.split() and low <= len(r[0]) <= high and int(r[1]) >= least
        ]

    counts: dict[str, int] = {}
    for text in english:
        for word in _WORD.findall(text):
            counts[word] = counts.get(word, 0) + 1
    common = sorted(word for word, count in counts.items() if 3 <= count <= 400)
    return {
        "zh": tagged("n nz vn", 2, 5, 20),
        "en": common,
        "places": tagged("ns", 2, 4, 10),
        "people": tagged("nr", 2, 4, 10),
        "companies": tagged("nt", 3, 10, 1) or tagged("nz", 2, 4, 10),
    }


def view(sample: Sample) -> tuple[list[Line], list[tuple[int, int]]]:
    """The sample's lines and links, with the markup that injected text stands in."""
    blocks, links = [], []
    spammed = SPAM in sample.labels
    for line in re.finditer(r"[^\n]+", sample.text):
        for match in re.finditer(rb"\x01+|[^\x01]+", bytes(sample.labels[line.start() : line.end()])):
            start, end = line.start() + match.start(), line.start() + match.end()
            odd = match[0][0] == SPAM or not spammed
            blocks.append(Block(start, end, "line", sample.hidden and odd))
            legit = (len(blocks) % 3 == 0, True, end - start < 50)[len(sample.text) % 3] and not spammed
            if sample.links and (match[0][0] == SPAM or legit):
                links.append((start, end))
            elif sample.links and end - start > 30:
                links.append((start + 10, start + 16))
    return lines(sample.text, blocks if sample.hidden else []), links


def segmented(samples: Sequence[Sample], weights: Advert | None) -> Iterator[tuple[Segmented, list[Line], Any, Any]]:
    """Some samples at a time: segments, lines; per segment whether it is clear what it is, and whether it is spam."""
    for at in range(0, len(samples), _AT_A_TIME):
        some = samples[at : at + _AT_A_TIME]
        views = [view(sample) for sample in some]
        pages = [Page(sample.text, *seen) for sample, seen in zip(some, views, strict=True)]
        text = segment(pages, weights)
        if text is not None:
            yield text, [line for page in pages for line in page.lines], *_truth(some, text)


class Measured(NamedTuple):
    """Some samples: what the trees are given, and what they are to find."""

    matrix: Any
    words: Words
    clear: Any
    spam: Any


def measured(samples: Sequence[Sample], weights: Advert) -> list[Measured]:
    return [
        Measured(features.measure(text, page_lines), Words.of(text), clear, spam)
        for text, page_lines, clear, spam in segmented(samples, weights)
    ]


def clear_rows(batches: Sequence[Measured]) -> tuple[Any, Any]:
    """Features and labels of all segments, but boilerplate, that the trees are asked about at first sight."""
    asked = [batch.clear & ~plain(batch.matrix) for batch in batches]
    rows = np.concatenate([batch.matrix.T[which] for batch, which in zip(batches, asked, strict=True)])
    return rows, np.concatenate([batch.spam[which] for batch, which in zip(batches, asked, strict=True)])


def second_rows(batches: Sequence[Measured], model: Any) -> tuple[Any, Any]:
    """The same with what :mod:`context` measures, of pages worth a second look.

    :param model: of first sight, made from other families and articles
    """
    rows, truths = [], []
    for batch in batches:
        odds = np.where(plain(batch.matrix), -np.inf, model.decision_function(batch.matrix.T))
        likely = np.isin(batch.words.page, batch.words.page[odds >= context.LIKELY])
        if likely.any():
            found = np.stack(context.measure(batch.words.only(likely), odds[likely])).astype(np.float32)
            rows.append(np.vstack((batch.matrix[:, likely], found)).T[batch.clear[likely]])
            truths.append(batch.spam[likely][batch.clear[likely]])
    return np.concatenate(rows), np.concatenate(truths)


def _truth(samples: Sequence[Sample], text: Segmented) -> tuple[Any, Any]:
    label = np.zeros(len(text.text), np.uint8)
    for sample, start in zip(samples, text.offsets.tolist(), strict=True):
        label[start : start + len(sample.labels)] = np.frombuffer(bytes(sample.labels), np.uint8)
    labels = label[text.folded.origin[text.tokens.start]]
    bounds = text.first
    spam = np.add.reduceat((labels == SPAM).astype(float), bounds)
    other = np.add.reduceat((labels == OTHER).astype(float), bounds)
    share = spam / np.diff(np.concatenate((bounds, [len(labels)])))
    return (other == 0) & ((share < 0.2) | (share > 0.8)), share > 0.5


_SIZES = language.SIZES[:3]


class Sentences(NamedTuple):
    """Per segment that is clear."""

    columns: list[Any]  # its words, pairs and triples as columns of one matrix
    spam: Any


def sentences(samples: Sequence[Sample]) -> Sentences:
    columns, truths = [], []
    for text, _, clear, spam in segmented(samples, promotion.NOTHING):
        single, pair, triple = promotion.advert_keys(text)
        ids = np.stack((single, pair + _SIZES[0], triple + _SIZES[0] + _SIZES[1])).astype(np.int32)
        ends = np.append(text.first[1:], len(single))
        columns += [np.unique(ids[:, low:high]) for low, high in zip(text.first[clear], ends[clear], strict=True)]
        truths.append(spam[clear])
    return Sentences(columns, np.concatenate(truths))


def advert_weights(parts: Sequence[Sentences], lines_of: Sequence[promotion.Places], seed: int) -> Advert:
    """Weights of words, pairs and triples by which spam differs from news: logistic regression; and those of
    :mod:`training.promotion`."""
    from sklearn.linear_model import SGDClassifier

    matrix = promotion.sparse_rows([ids for part in parts for ids in part.columns], sum(_SIZES))
    model = SGDClassifier("log_loss", alpha=2e-6, max_iter=10, tol=None, random_state=seed, average=True)
    model.fit(matrix, np.concatenate([part.spam for part in parts]))
    return Advert(*promotion.tables(model, _ROOT, _SIZES), *promotion.weights(lines_of, seed))


def train(matrix: Any, truth: Any, seed: int, number: int, rate: float = 0.14) -> Any:
    from sklearn.ensemble import HistGradientBoostingClassifier

    model = HistGradientBoostingClassifier(
        max_iter=number,
        max_depth=6,
        max_leaf_nodes=32,
        learning_rate=rate,
        min_samples_leaf=30,
        l2_regularization=5.0,
        max_features=0.5,
        random_state=seed,
    )
    return model.fit(matrix, truth)


def packed(model: Any, names: Sequence[str]) -> dict[str, Any]:
    nodes = [row[0].nodes for row in model._predictors]
    return trees.pack(nodes, float(model._baseline_prediction.ravel()[0]), names)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("chinese")
    parser.add_argument("english")
    parser.add_argument("--samples", type=int, default=100000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--held-out", action="store_true")
    parser.add_argument("--out", type=Path, default=lexicon.DATA)
    arguments = parser.parse_args()
    zh, en = hosts(arguments.chinese), hosts(arguments.english)
    words, shared, seed = nouns(en), not arguments.held_out, arguments.seed
    makers = [Maker(seed + part, zh[part::PARTS], en[part::PARTS], words, shared, part) for part in range(PARTS)]
    samples = [[maker.sample() for _ in range(arguments.samples // PARTS)] for maker in makers]
    words_of = [sentences(part) for part in samples]
    lines_of = [promotion.places(maker) for maker in makers]
    # The trees see what the weights say of families and sentences that these were not made from.
    parts = [
        measured(samples[part], advert_weights(*(of[:part] + of[part + 1 :] for of in (words_of, lines_of)), seed))
        for part in range(PARTS)
    ]
    save(advert_weights(words_of, lines_of, seed)._asdict(), arguments.out / language.ADVERT_FILE)
    matrix, truth = clear_rows([batch for part in parts for batch in part])
    print(f"{len(matrix)} segments, {truth.mean():.3f} spam")
    save(packed(train(matrix, truth, seed, _TREES), features.NAMES), arguments.out / trees.FIRST_FILE)
    # Trees of a second look see what those of first sight say of parts that they were not made from.
    halves = [parts[half] + parts[half + 2] for half in (0, 1)]
    second = [
        second_rows(half, train(*clear_rows(other), seed, _TREES // 2))
        for half, other in zip(halves, halves[::-1], strict=True)
    ]
    matrix, truth = (np.concatenate(each) for each in zip(*second, strict=True))
    print(f"{len(matrix)} segments at a second look, {truth.mean():.3f} spam")
    names = (*features.NAMES, *context.NAMES)
    save(packed(train(matrix, truth, seed, _SECOND_TREES), names), arguments.out / trees.SECOND_FILE)


if __name__ == "__main__":
    main()
