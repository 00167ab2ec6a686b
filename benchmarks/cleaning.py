"""Cleaning against what else there is, on labelled articles: how much spam and boilerplate goes, and what goes with it.

    python -m benchmarks.cleaning --data FILE.jsonl [--curve | --by FIELD]

A row of the data: ``raw``, ``format`` (text or html), ``removed`` (``start``, ``end``, ``kind`` spam or boilerplate,
in ``raw``), for html also ``raw_text`` and ``removed_text`` (the same in its plain text), ``hard_negative``, ``lang``.
Every system is a function from (raw, format) to the text that it keeps. jusText is run where it is installed
(``pip install justext lxml_html_clean``). Counted are characters that are not white space.
"""

import argparse
import contextlib
import difflib
import html
import json
import re
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from pipeline.cleaning import apply_cuts, find_cuts
from pipeline.cleaning.spam import THRESHOLDS, Strictness
from pipeline.parse import parse
from pipeline.records import Raw

System = Callable[[str, str], str]

# What a person would list who has seen some gambling, loan and pill spam.
BLACKLIST = (
    "博彩", "赌场", "棋牌", "百家乐", "时时彩", "六合彩", "彩票", "娱乐城", "真人荷官", "老虎机",
    "捕鱼", "麻将", "斗地主", "炸金花", "开奖", "投注", "下注", "返水", "彩金", "外围",
    "配资", "荐股", "刷单", "网赚", "兼职日结", "代孕", "代开发票", "办证", "成人", "casino",
    "viagra", "cialis", "payday", "loans", "replica", "slots", "poker", "jackpot", "betting", "outlet",
)  # fmt: skip
_C4_ENDS = (".", "?", "!", '"', "'", ";", "…", "”")
_ZH_ENDS = ("。", "！", "？", "…", "”", "：", "；", "》", "）")
_TOKEN = re.compile(r"[A-Za-z0-9]+|\S")


def lines_of(raw: str, kind: str) -> list[str]:
    """The lines of a row; of a page, its blocks."""
    if kind == "html":
        raw = re.sub(r"(?is)<(script|style)\b.*?</\1>", "", raw)
        raw = html.unescape(re.sub(r"<[^>]*>", "", re.sub(r"(?i)</?(p|div|br|li|h\d|ul|marquee)\b[^>]*>", "\n", raw)))
    return [line for line in raw.split("\n") if line.strip()]


def blacklist(raw: str, kind: str) -> str:
    return "\n".join(line for line in lines_of(raw, kind) if not any(word in line.casefold() for word in BLACKLIST))


def c4(raw: str, kind: str) -> str:
    """Raffel et al. 2020: keep lines that end in terminal punctuation and have three words."""
    return "\n".join(line for line in lines_of(raw, kind) if line.rstrip().endswith(_C4_ENDS) and len(line.split()) > 2)


def chinese_c4(raw: str, kind: str) -> str:
    """The same with the punctuation of Chinese, without the count of words."""
    return "\n".join(line for line in lines_of(raw, kind) if line.rstrip().endswith((*_C4_ENDS, *_ZH_ENDS)))


def _page(raw: str, kind: str) -> str:
    body = raw if kind == "html" else "".join(f"<p>{html.escape(line)}</p>\n" for line in lines_of(raw, kind))
    return f"<html><body>{body}</body></html>"


def justext(raw: str, kind: str) -> str:
    import justext as module

    chinese = len(re.findall("[\u4e00-\u9fff]", raw)) > 0.2 * len(raw)
    words = frozenset() if chinese else module.get_stoplist("English")
    options = {"length_low": 10, "length_high": 40, "stopwords_low": 0, "stopwords_high": 0} if chinese else {}
    found = module.justext(_page(raw, kind).encode(), words, encoding="utf-8", **options)
    return "\n".join(paragraph.text for paragraph in found if not paragraph.is_boilerplate)


def trafilatura(raw: str, kind: str) -> str:
    import trafilatura as module

    return module.extract(_page(raw, kind), include_comments=False) or ""


def ours(strictness: Strictness = "balanced") -> System:
    def clean(raw: str, kind: str) -> str:
        article = parse(Raw("", raw, format="body" if kind == "text" else kind))
        return (article.title + "\n" if kind == "html" else "") + apply_cuts(
            article, find_cuts(article, strictness)
        ).text

    return clean


def kept(text: str, output: str) -> list[bool]:
    """Which characters of ``text`` are still in ``output``, aligned word by word."""
    old = [(match[0], match.start()) for match in _TOKEN.finditer(text)]
    new = [match[0] for match in _TOKEN.finditer(output)]
    mask = [False] * len(text)
    matcher = difflib.SequenceMatcher(None, [word for word, _ in old], new, autojunk=False)
    for block in matcher.get_matching_blocks():
        for word, start in old[block.a : block.a + block.size]:
            mask[start : start + len(word)] = [True] * len(word)
    return mask


def score(rows: list[dict[str, Any]], system: System) -> dict[str, float]:
    """Recall of spam and boilerplate, precision, rows exactly right, hard negatives damaged, MB a second."""
    total: dict[str, int] = dict.fromkeys(("spam", "boilerplate", "legit", "got_spam", "got_boilerplate", "lost"), 0)
    exact = damaged = 0
    started = time.process_time()
    outputs = [system(row["raw"], row["format"]) for row in rows]
    seconds = time.process_time() - started
    for row, output in zip(rows, outputs, strict=True):
        text = row.get("raw_text") or row["raw"]
        kinds = ["legit"] * len(text)
        for cut in row.get("removed_text") or row["removed"]:
            kinds[cut["start"] : cut["end"]] = [cut["kind"]] * (cut["end"] - cut["start"])
        before = dict(total)
        for char, kind, stays in zip(text, kinds, kept(text, output), strict=True):
            if not char.isspace():
                total[kind] += 1
                total["lost" if kind == "legit" else f"got_{kind}"] += not stays
        lost = total["lost"] > before["lost"]
        new = {key: total[key] - before[key] for key in total}
        missed = new["spam"] > new["got_spam"] or new["boilerplate"] > new["got_boilerplate"]
        damaged += lost and row["hard_negative"]
        exact += not lost and not missed and not row["hard_negative"]
    negatives = sum(row["hard_negative"] for row in rows)
    right = total["got_spam"] + total["got_boilerplate"]
    return {
        "spam recall": total["got_spam"] / max(1, total["spam"]),
        "boilerplate recall": total["got_boilerplate"] / max(1, total["boilerplate"]),
        "precision": right / max(1, right + total["lost"]),
        "exact": exact / max(1, len(rows) - negatives),
        "damaged": damaged / max(1, negatives),
        "MB/s": sum(len(row["raw"].encode()) for row in rows) / 1e6 / max(seconds, 1e-9),
    }


def scores(rows: list[dict[str, Any]], systems: dict[str, System]) -> Iterator[tuple[str, dict[str, float]]]:
    """Of the systems that are installed."""
    for name, system in systems.items():
        with contextlib.suppress(ImportError):
            yield name, score(rows, system)


def print_table(found: Iterable[tuple[str, dict[str, float]]]) -> None:
    for number, (name, columns) in enumerate(found):
        if not number:
            print("| what |" + "".join(f" {column} |" for column in columns) + "\n|--|" + "--|" * len(columns))
        print(f"| {name} |" + "".join(f" {value:.3f} |" for value in columns.values()), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--curve", action="store_true", help="only this project, at each strictness")
    parser.add_argument("--by", metavar="FIELD", help="only this project, for each value of a field of the rows")
    arguments = parser.parse_args()
    rows = [json.loads(line) for line in arguments.data.read_text(encoding="utf-8").splitlines() if line.strip()]
    if arguments.by:
        groups: dict[str, list[dict[str, Any]]] = {}
        for row in rows:
            groups.setdefault(str(row[arguments.by]), []).append(row)
        print_table((f"{value}, {len(some)} rows", score(some, ours())) for value, some in sorted(groups.items()))
        return
    systems: dict[str, System] = {f"pipeline, {name}": ours(name) for name in THRESHOLDS}
    if not arguments.curve:
        systems |= {
            "blacklist": blacklist,
            "C4": c4,
            "Chinese C4": chinese_c4,
            "jusText": justext,
            "trafilatura": trafilatura,
        }
    print_table(scores(rows, systems))


if __name__ == "__main__":
    main()
