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
from typing import Any

import jieba
import numpy as np

from pipeline import lexicon
from pipeline.cleaning import features, language, trees
from pipeline.cleaning.language import Advert
from pipeline.cleaning.segments import Segmented, segment
from pipeline.cleaning.view import Line, Page, lines
from pipeline.records import Block
from training.news_language import articles, in_language_part, save
from training.spam_synthesis import OTHER, SPAM, Maker, Sample
from training.spam_texts import PARTS

_ROOT = 5.0  # of the number of words, pairs and triples in a sentence of usual length
_WORD = re.compile(r"[a-z]{4,12}")


def hosts(path: str) -> list[str]:
    return [text for text in articles(path) if not in_language_part(text) and len(text) > 80]


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


def labelled(samples: Iterator[Sample], weights: Advert | None = None) -> tuple[Any, Any]:
    """Features and labels of all segments that are not boilerplate."""
    rows, truths = [], []
    for sample in samples:
        view_lines, links = view(sample)
        text = segment([Page(sample.text, view_lines, links)], weights)
        if text is None:
            continue
        clear, spam = _truth(sample, text)
        matrix = features.measure(text, view_lines)
        rows.append(matrix.T[clear])
        truths.append(spam[clear])
    return np.vstack(rows), np.concatenate(truths)


def _truth(sample: Sample, text: Segmented) -> tuple[Any, Any]:
    """Per segment: whether it is clear what it is, and whether it is spam."""
    labels = np.frombuffer(bytes(sample.labels), dtype=np.uint8)[text.folded.origin[text.tokens.start]]
    bounds = text.first
    spam = np.add.reduceat((labels == SPAM).astype(float), bounds)
    other = np.add.reduceat((labels == OTHER).astype(float), bounds)
    share = spam / np.diff(np.concatenate((bounds, [len(labels)])))
    return (other == 0) & ((share < 0.2) | (share > 0.8)), share > 0.5


_SIZES = (1 << language.SINGLE_BITS, 1 << language.ADVERT_BITS, 1 << language.ADVERT_BITS)


def sentences(samples: Sequence[Sample]) -> tuple[list[Any], list[bool]]:
    """Per segment that is clear: its words, pairs and triples as columns of one matrix; whether it is spam."""
    columns, truths = [], []
    nothing = Advert(*(np.zeros(size, np.int8) for size in _SIZES))
    for sample in samples:
        view_lines, links = view(sample)
        text = segment([Page(sample.text, view_lines, links)], nothing)
        if text is None:
            continue
        opens = np.zeros(len(text.tokens.start), bool)
        opens[text.first] = True
        single, pair, triple = language.keys(text.tokens.hash, opens)
        pair, triple = pair & (_SIZES[1] - 1), triple & (_SIZES[2] - 1)
        ids = np.stack((single, pair + _SIZES[0], triple + _SIZES[0] + _SIZES[1])).astype(np.int32)
        clear, spam = _truth(sample, text)
        ends = np.append(text.first[1:], len(opens))
        columns += [np.unique(ids[:, low:high]) for low, high in zip(text.first[clear], ends[clear], strict=True)]
        truths += spam[clear].tolist()
    return columns, truths


def advert_weights(parts: Sequence[tuple[list[Any], list[bool]]], seed: int) -> Advert:
    """Weights of words, pairs and triples by which advertising differs from news: logistic regression."""
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import SGDClassifier

    columns = [ids for part, _ in parts for ids in part]
    truths = [truth for _, part in parts for truth in part]
    lengths = np.array([len(ids) for ids in columns])
    # A short sentence says as much as a long one: each row is divided by the root of the number of its words.
    data = np.repeat(1.0 / np.sqrt(lengths), lengths)
    places = np.append(0, np.cumsum(lengths))
    matrix = csr_matrix((data, np.concatenate(columns), places), shape=(len(truths), sum(_SIZES)))
    model = SGDClassifier("log_loss", alpha=2e-6, max_iter=10, tol=None, random_state=seed, average=True)
    model.fit(matrix, np.array(truths))
    units = np.clip(np.round(model.coef_.ravel() * language.ADVERT_SCALE / _ROOT), -127, 127).astype(np.int8)
    return Advert(*np.split(units, np.cumsum(_SIZES)[:-1]))


def train(matrix: Any, truth: Any, seed: int) -> dict[str, Any]:
    from sklearn.ensemble import HistGradientBoostingClassifier

    model = HistGradientBoostingClassifier(
        max_iter=260,
        max_depth=6,
        max_leaf_nodes=32,
        learning_rate=0.1,
        min_samples_leaf=30,
        l2_regularization=5.0,
        max_features=0.5,
        random_state=seed,
    )
    model.fit(matrix, truth)
    return trees.pack(
        [row[0].nodes for row in model._predictors], float(model._baseline_prediction.ravel()[0]), list(features.NAMES)
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("chinese")
    parser.add_argument("english")
    parser.add_argument("--samples", type=int, default=36000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--held-out", action="store_true")
    parser.add_argument("--out", type=Path, default=lexicon.DATA)
    arguments = parser.parse_args()
    zh, en = hosts(arguments.chinese), hosts(arguments.english)
    words, shared, seed = nouns(en), not arguments.held_out, arguments.seed
    makers = [Maker(seed + part, zh[part::PARTS], en[part::PARTS], words, shared, part) for part in range(PARTS)]
    samples = [[maker.sample() for _ in range(arguments.samples // PARTS)] for maker in makers]
    words_of = [sentences(part) for part in samples]
    # The trees see what the weights say of families and sentences that these were not made from.
    found = [
        labelled(iter(samples[part]), advert_weights(words_of[:part] + words_of[part + 1 :], seed))
        for part in range(PARTS)
    ]
    matrix, truth = (np.concatenate(each) for each in zip(*found, strict=True))
    print(f"{len(matrix)} segments, {truth.mean():.3f} spam")
    save(advert_weights(words_of, seed)._asdict(), arguments.out / language.ADVERT_FILE)
    save(train(matrix, truth, seed), arguments.out / trees.FILE)


if __name__ == "__main__":
    main()
