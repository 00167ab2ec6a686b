"""Train the trees that tell a site's lines by their place: ``pipeline/data/site_trees.npz``. Needs scikit-learn.

    python -m training.site_trees zh_news.jsonl.xz en_news.jsonl.xz [--out FILE]

Pages are put together from news and from odd pages, lines of ``training/site_lines`` at their edges and between
paragraphs, headlines of other articles under a head; lines that only sound so stay. What the trees see of the words of
a line comes from weights made from other lines. Same input, same bytes.
"""

import argparse
import random
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from pipeline import lexicon
from pipeline.cleaning import around, boilerplate, site
from pipeline.cleaning.rules import Folded
from pipeline.cleaning.view import lines
from pipeline.cleaning.wording import is_prose
from pipeline.records import Block
from training import site_model
from training.news_language import save
from training.site_text import filled, written
from training.spam_model import nouns, packed, train
from training.spam_tables import ODD_PAGES
from training.spam_texts import PARTS, Writer, part_of

_ODD = 0.3  # of the pages
_TREES, _RATE = 64, 0.15


class Row(NamedTuple):
    """A line of a page."""

    text: str
    site: bool
    links: float = 0.0
    furniture: int = 0
    head: bool = False  # of a list of headlines


class Maker:
    """Makes pages of lines of one part."""

    def __init__(self, seed: int, part: int, news: dict[str, list[str]], words: dict[str, Sequence[str]]):
        self.rng = random.Random(seed + part)
        self.writer = Writer(seed + part, words, True, part)
        self.site = {lang: part_of(written("site", lang), part, PARTS) for lang in ("zh", "en")}
        self.keep = {lang: part_of(written("keep", lang), part, PARTS) for lang in ("zh", "en")}
        self.odd = {lang: part_of(ODD_PAGES[lang], part, PARTS) for lang in ("zh", "en")}
        self.news = {lang: news[lang][part::PARTS] for lang in ("zh", "en")}
        self.heads = {
            lang: [
                line
                for line in self.site[lang]
                if len(line) < (12 if lang == "zh" else 30) and line[-1] not in "。.!！"
            ]
            for lang in ("zh", "en")
        }
        self.headlines = {
            lang: [text.split("\n", 1)[0] for text in (*self.news[lang], *self.odd[lang])] for lang in ("zh", "en")
        }

    def page(self) -> tuple[list[Row], str]:
        rng = self.rng
        lang = rng.choice(["zh", "en"])
        odd = rng.random() < _ODD
        texts = rng.choice(self.odd[lang] if odd else self.news[lang]).split("\n")
        texts = [text for text in texts if text.strip()]
        title = texts.pop(0) if rng.random() < 0.5 and len(texts) > 3 else ""
        if not odd:
            size = rng.choice([3, 5, 8, 12, 20, 30])
            if rng.random() < 0.5:
                texts = texts[-size:]
            else:
                at = rng.randrange(max(1, len(texts) - size))
                texts = texts[at : at + size]
        page = [Row(text.strip(), False) for text in texts]
        if rng.random() < 0.35:
            self.put(page, [Row(self.line(self.keep, lang), False) for _ in range(rng.choice([1, 1, 2, 3, 5]))])
        if rng.random() < 0.25:  # spam is no matter of the site's
            self.put(page, [Row(text, False) for text in self.writer.spam(lang)[0].split("\n") if text.strip()])
        if rng.random() < 0.8:
            for _ in range(rng.choice([1, 1, 2, 3])):
                self.put(page, self.block(lang))
        if rng.random() < 0.4:
            page = [self.marked(row) for row in page]
        return page, title

    def put(self, page: list[Row], block: list[Row]) -> None:
        where = self.rng.uniform(0.25 if len(block) > 1 and block[0].head else 0, 1)
        at = 0 if where < 0.25 else len(page) if where < 0.7 else self.rng.randint(0, len(page))
        page[at:at] = block

    def line(self, lists: dict[str, list[str]], lang: str) -> str:
        if self.rng.random() < 0.04:
            lang = "en" if lang == "zh" else "zh"
        return filled(self.rng.choice(lists[lang]), lang, self.rng)

    def block(self, lang: str) -> list[Row]:
        rng = self.rng
        if rng.random() < 0.3:
            return self.listed(lang)
        return [Row(self.line(self.site, lang), True) for _ in range(rng.choice([1, 1, 1, 2, 2, 3, 4, 6]))]

    def listed(self, lang: str) -> list[Row]:
        """Headlines of other articles under a head, or one behind it."""
        rng = self.rng
        head = filled(rng.choice(self.heads[lang]), lang, rng).strip(":： ")
        found = [line for line in rng.sample(self.headlines[lang], 6) if 4 < len(line) < 120][
            : rng.choice([1, 2, 3, 4, 6])
        ]
        if len(found) < 2:
            return [Row(f"{head}{rng.choice(['：', ': ', '：《'])}{line}", True) for line in found[:1]]
        mark = rng.choice(["", "", "", "• ", "- ", "#"])
        heads = [Row(rng.choice([head, head, head + ":", head.upper()]), True, head=True)]
        return heads + [Row((f"{n}. " if mark == "#" else mark) + line, True) for n, line in enumerate(found, 1)]

    def marked(self, row: Row) -> Row:
        """With links, and what names of elements say, as in HTML."""
        rng = self.rng
        if row.site:
            linked = rng.choice([1.0, 1.0, 0.9, 0.5]) if rng.random() < (0.2 if is_prose(row.text) else 0.6) else 0.0
            return row._replace(links=linked, furniture=rng.choice([1, 2, 3, 3, 4, 4, 7]) if rng.random() < 0.45 else 0)
        linked = rng.choice([0.05, 0.1, 0.2, 1.0]) if rng.random() < 0.12 else 0.0
        return row._replace(links=linked, furniture=rng.choice([1, 2, 3, 4]) if rng.random() < 0.02 else 0)


def measured(page: list[Row], title: str, rng: random.Random, like: Callable[[str], float]) -> tuple[Any, Any]:
    text = "\n".join(row.text for row in page)
    blocks, at = [], 0
    for row in page:
        size = len(row.text)
        blocks.append(Block(at, at + size, "line", link_chars=int(row.links * size), furniture=row.furniture))
        at += size + 1
    rows = lines(text, blocks)
    texts = Folded(rows)
    known = set(boilerplate.known(rows, texts, set(), title, words=False))
    known |= {n for n, row in enumerate(page) if row.site and rng.random() < 0.1}
    asked, columns = around.measure(around.View(rows, texts, known, title), like)
    return columns.T, np.array([page[n].site for n in asked], bool)


def likeness(weights: dict[str, Any]) -> Callable[[str], float]:
    units, bias = weights["weights"].tolist(), int(weights["bias"])
    return cache(lambda text: site.log_odds(text, units, bias))


def news(path: str) -> list[str]:
    """Articles, the title in the first line, without lines that the rules know."""
    return [text for text in site_model.hosts(path) if text.count("\n") > 1]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("zh")
    parser.add_argument("en")
    parser.add_argument("--pages", type=Path, nargs="+", default=[])
    parser.add_argument("--own", type=float, default=8.0)
    parser.add_argument("--samples", type=int, default=48000)
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("--out", type=Path, default=lexicon.DATA / around.FILE)
    arguments = parser.parse_args()
    texts = {"zh": news(arguments.zh), "en": news(arguments.en)}
    words = nouns(texts["en"])
    matrix, truth = [], []
    for part in range(PARTS):
        like = likeness(site_model.train(*site_model.samples(arguments, part)))
        maker = Maker(arguments.seed, part, texts, words)
        for _ in range(arguments.samples // PARTS):
            page, title = maker.page()
            if len(page) > 1:
                rows, truths = measured(page, title, maker.rng, like)
                matrix.append(rows)
                truth.append(truths)
    matrix, truth = np.concatenate(matrix), np.concatenate(truth)
    print(f"{len(matrix)} lines, {truth.mean():.3f} of sites", flush=True)
    model = train(matrix, truth, arguments.seed, _TREES, _RATE)
    save(packed(model, around.NAMES), arguments.out)


if __name__ == "__main__":
    main()
