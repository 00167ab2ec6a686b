"""How much of the text of saved pages is right: ours beside trafilatura alone, with a paired bootstrap.

    python -m benchmarks.pages FOLDER... [--samples 2000]

A folder holds ``items.jsonl`` (``id``, ``html_path``, ``gold_text``, and ``lang``, where known) and ``pages.tar.xz``.
Measured is the page F1 of 4-gram shingles (Chinese in single characters), as in Scrapinghub's benchmark of article
extraction; a page without text counts 0. The chooser is to be better than trafilatura alone (precision, on text that we
decoded), or to be left out. readability-lxml is measured too, where it is installed.
"""

import argparse
import json
import random
import re
import statistics
import tarfile
from collections import Counter
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path, PurePosixPath
from typing import Any

import trafilatura

from pipeline.parse.fragment import parse_html
from pipeline.read import read
from pipeline.steps import process

_WORD = re.compile(
    "[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]|[^\\W\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+"
)


def ours(data: bytes) -> str:
    return process(data, "page.html").text


def alone(data: bytes) -> str:
    """trafilatura, set to precision."""
    page = next(read(data, "page.html")).text
    return trafilatura.extract(page, favor_precision=True, include_comments=False) or ""


def readability(data: bytes) -> str:
    page = next(read(data, "page.html")).text
    return parse_html(import_module("readability").Document(page).summary()).body.text


EXTRACTORS: tuple[tuple[str, Callable[[bytes], str]], ...] = (
    ("ours", ours),
    ("trafilatura", alone),
    ("readability", readability),
)


def shingles(text: str) -> Counter[tuple[str, ...]]:
    words = _WORD.findall(text)
    return Counter(tuple(words[n : n + 4]) for n in range(max(1, len(words) - 3)))


def page_f1(gold: str, text: str) -> float:
    wanted, found = shingles(gold), shingles(text)
    return 2 * (wanted & found).total() / (wanted.total() + found.total())


def pages(folder: Path) -> Iterator[tuple[dict[str, Any], bytes]]:
    """The items with a gold text, each with its page."""
    with tarfile.open(folder / "pages.tar.xz") as archive:
        members = (member for member in archive if member.isfile())
        data = {PurePosixPath(member.name).name: archive.extractfile(member) for member in members}
        found = {name: file.read() for name, file in data.items() if file}
    for line in (folder / "items.jsonl").read_text("utf-8").splitlines():
        item = json.loads(line)
        if item.get("gold_text"):
            yield item, found[PurePosixPath(item["html_path"]).name]


def bootstrap(differences: list[float], samples: int, seed: int = 0) -> tuple[float, float]:
    """Between which means 95 % of the samples lie."""
    chance = random.Random(seed)
    means = sorted(statistics.fmean(chance.choices(differences, k=len(differences))) for _ in range(samples))
    return means[int(0.025 * samples)], means[int(0.975 * samples)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--samples", type=int, default=2000)
    args = parser.parse_args()
    rivals = [name for name, _ in EXTRACTORS if name != "readability" or _installed("readability")]
    scores: dict[str, dict[str, list[float]]] = {}
    for folder in args.folders:
        for item, data in pages(folder):
            found = {name: page_f1(item["gold_text"], extract(data)) for name, extract in EXTRACTORS if name in rivals}
            for kind in (f"{folder.name} {item.get('lang') or ''}".strip(), "all"):
                for name, score in found.items():
                    scores.setdefault(kind, {}).setdefault(name, []).append(score)
    print(f"| set | pages | {' | '.join(rivals)} | ours - trafilatura | 95 % of {args.samples:,} samples |")
    print("|--" * (len(rivals) + 4) + "|")
    for kind in sorted(scores, key=lambda kind: (kind == "all", kind)):
        of = scores[kind]
        difference = [one - other for one, other in zip(of["ours"], of["trafilatura"], strict=True)]
        low, high = bootstrap(difference, args.samples)
        means = " | ".join(f"{statistics.fmean(of[name]):.3f}" for name in rivals)
        gain = f"{statistics.fmean(difference):+.3f} | {low:+.3f} to {high:+.3f}"
        print(f"| {kind} | {len(difference)} | {means} | {gain} |")


def _installed(module: str) -> bool:
    try:
        import_module(module)
    except ImportError:
        return False
    return True


if __name__ == "__main__":
    main()
