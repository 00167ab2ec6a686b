"""Train what tells a site's lines from an article's: ``pipeline/data/site_language.npz``. Needs scikit-learn.

    python -m training.site_model zh_news.jsonl.xz en_news.jsonl.xz --pages FOLDER [FOLDER ...] [--out FILE]

Lines of sites are those of ``training/site_lines`` and what the parser holds for matter around the article in the
saved pages below the folders (``*.html``, alone or in a ``pages.tar.xz``), but for headlines; lines of articles are
the first, last and some other lines of the news, and lists, tables, verse. Same input, same bytes.
"""

import argparse
import random
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from pipeline import lexicon
from pipeline.cleaning import rules, site
from pipeline.parse import parse
from pipeline.read import read
from training.news_language import articles, save
from training.site_text import filled, written
from training.spam_model import nouns
from training.spam_oddities import ODDITIES
from training.spam_synthesis import Maker
from training.spam_texts import PARTS, part_of

_PER_PAGE = 60
_VARIANTS = 4
_ODD = 4000  # passages of lists, tables, verse and the like
_HEADLINE = -4.0  # lines of pages whose words are less a site's than this are not learned from
# A site has some too.
_OF_SITES = ("keywords", "contacts", "tags", "byline", "links", "topic", "service", "written", "said")


def page_lines(folder: Path, rng: random.Random) -> Iterator[str]:
    """What stands around the article in each saved page."""
    for name, data in _pages(folder):
        for raw in read(data, name):
            article = parse(raw)
            lines = {article.text[block.start : block.end].strip() for block in article.blocks if block.aside}
            known = sorted(line for line in lines if 1 < len(line) < 300)
            yield from rng.sample(known, min(_PER_PAGE, len(known)))


def _pages(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*.html")):
        yield path.name, path.read_bytes()
    for path in sorted(folder.rglob("pages.tar.xz")):
        with tarfile.open(path) as archive:
            for member in sorted(archive.getmembers(), key=lambda member: member.name):
                file = archive.extractfile(member) if member.name.endswith(".html") else None
                if file:
                    yield member.name, file.read()


def news_lines(path: str, rng: random.Random) -> Iterator[str]:
    """Of each article the first two and last three lines, and some between; without what the rules know."""
    for text in articles(path):
        lines = [line for line in text.split("\n") if 1 < len(line) < 400]
        chosen = {*lines[:2], *lines[-3:], *rng.sample(lines, min(12, len(lines)))}
        yield from (line for line in sorted(chosen) if not rules.known(rules.plain(line)))


def odd_lines(zh: str, en: str, seed: int) -> Iterator[str]:
    """Lines of articles that are no sentences: lists of places and names, tables, menus, verse, code."""
    chinese, english = hosts(zh), hosts(en)
    maker = Maker(seed, chinese, english, nouns(english), True)
    kinds = sorted(ODDITIES.keys() - set(_OF_SITES))
    for number in range(_ODD):
        lang = ("zh", "en")[number % 2]
        yield from ODDITIES[maker.random.choice(kinds)](maker, lang, ()).split("\n")


def hosts(path: str) -> list[str]:
    """Articles without the lines that the rules know: those of the model stay, so that it is not made from itself."""
    known = rules.known
    texts = ([line for line in text.split("\n") if not known(rules.plain(line))] for text in articles(path))
    return [text for lines in texts if len(text := "\n".join(lines)) > 80]


def samples(arguments: argparse.Namespace, without: int | None = None) -> tuple[list[str], list[bool], list[float]]:
    """Lines, whether they are the site's, and their weights.

    :param without: the part of the lines written for this to leave out
    """
    rng = random.Random(arguments.seed)
    news = {lang: list(news_lines(getattr(arguments, lang), rng)) for lang in ("zh", "en")}
    lines: list[str] = []
    truths: list[bool] = []
    weights: list[float] = []

    def add(found: list[str], truth: bool, weight: float) -> None:
        lines.extend(found)
        truths.extend([truth] * len(found))
        weights.extend([weight] * len(found))

    for lang in ("zh", "en"):
        for kind in ("site", "keep"):
            left_out = set(part_of(written(kind, lang), without, PARTS)) if without is not None else set()
            lines_of = [line for line in written(kind, lang) if line not in left_out]
            times = {line: _VARIANTS if "{" in line else 1 for line in lines_of}
            made = [filled(line, lang, rng) for line, number in times.items() for _ in range(number)]
            add(made, kind == "site", arguments.own)
        add(news[lang], False, 1.0)
    add([line for line in odd_lines(arguments.zh, arguments.en, arguments.seed) if len(line) > 1], False, 1.0)
    first = train(lines, truths, weights)
    known = first["weights"].tolist(), int(first["bias"])
    found = [line for folder in arguments.pages for line in page_lines(folder, rng)]
    # headlines of other articles left out
    add([line for line in found if site.log_odds(rules.plain(line), *known) > _HEADLINE], True, 1.0)
    return lines, truths, weights


def train(lines: list[str], truths: list[bool], weights: list[float]) -> dict[str, Any]:
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression

    rows = [site.features(rules.plain(line)) for line in lines]
    ends = np.cumsum([0, *map(len, rows)])
    columns = np.concatenate([np.asarray(row, np.int32) for row in rows])
    matrix = csr_matrix((np.ones(len(columns), np.float32), columns, ends), shape=(len(rows), 1 << site.BITS))
    model = LogisticRegression(C=1.0, max_iter=300)
    model.fit(matrix, np.asarray(truths), sample_weight=np.asarray(weights))
    scaled = np.clip(np.round(model.coef_[0] * site.SCALE), -127, 127).astype(np.int8)
    return {"weights": scaled, "bias": np.int32(round(float(model.intercept_[0]) * site.SCALE))}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("zh")
    parser.add_argument("en")
    parser.add_argument("--pages", type=Path, nargs="+", required=True)
    parser.add_argument("--own", type=float, default=8.0, help="weight of the lines written for this")
    parser.add_argument("--seed", type=int, default=2)
    parser.add_argument("--out", type=Path, default=lexicon.DATA / site.FILE)
    arguments = parser.parse_args()
    lines, truths, weights = samples(arguments)
    print(f"{len(lines)} lines, {sum(truths)} of sites")
    save(train(lines, truths, weights), arguments.out)


if __name__ == "__main__":
    main()
