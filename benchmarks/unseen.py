"""How pages and cuts come out that were written by hands which did not see the code: ``gold/unseen``.

    python -m benchmarks.unseen pages|cuts [--part read|kept] [--errors]

Part ``kept`` has only been counted, never read, while the code was written; part ``read`` has been learned from. Of
pages: F1 of 4-gram shingles as in ``benchmarks.pages``, share of right titles and days, precision and recall of names.
Of cuts: as in ``benchmarks.cleaning``.
"""

import argparse
import json
import re
import statistics
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from benchmarks.cleaning import lines_of, ours, print_table, score
from benchmarks.pages import page_f1
from pipeline.parse.titles import folded
from pipeline.steps import process

GOLD = Path(__file__).parent / "gold" / "unseen"
KINDS = ("plain", "mirror", "saved")
_ROW = re.compile(r"^=== (\S+) (text|html) (\S+)\n", re.M)
_MARK = re.compile("⟦(/?)([SB])⟧")
_ROLES = {"authors": "author", "editors": "editor", "sources": "source"}
_GOOD = 0.95  # F1 of a page that is not named among the errors
_READ_SINCE = {("mirror", 6), ("mirror", 22)}
_MARKED = {"S": "spam", "B": "boilerplate"}


def part_of(number: int, kind: str) -> str:
    """Of pages every fourth one was kept, of cuts every other; but for those that have been read since."""
    if (kind, number) in _READ_SINCE:
        return "read"
    return "kept" if (number % 2 == 0 if kind == "cuts" else number % 4 == 2) else "read"


def pages(kind: str, part: str) -> Iterator[tuple[str, dict[str, Any], bytes]]:
    """The name, the gold and the bytes of each page."""
    for path in sorted((GOLD / kind).glob("*.json")):
        if part_of(int(path.stem), kind) == part:
            (page,) = (other for other in path.parent.glob(f"{path.stem}.*") if other != path)
            yield page.name, json.loads(path.read_text("utf-8")), page.read_bytes()


def unmarked(marked: str) -> tuple[str, list[dict[str, Any]]]:
    """A text without its marks, and what stood between them."""
    text, at, removed = "", 0, []
    for mark in _MARK.finditer(marked):
        text += marked[at : mark.start()]
        at = mark.end()
        if mark[1]:
            removed[-1]["end"] = len(text)
        else:
            removed.append({"start": len(text), "end": len(text), "kind": _MARKED[mark[2]]})
    return text + marked[at:], removed


def rows(part: str) -> Iterator[dict[str, Any]]:
    """Rows as ``benchmarks.cleaning`` reads them."""
    for path in sorted(GOLD.glob("*_??.txt")):
        _, *fields = _ROW.split(path.read_text("utf-8"))
        for name, kind, lang, marked in zip(fields[::4], fields[1::4], fields[2::4], fields[3::4], strict=True):
            if part_of(int(re.sub(r"\D", "", name)), "cuts") != part:
                continue
            raw, removed = unmarked(marked.strip("\n"))
            row = {"id": name, "lang": lang[:2], "format": kind, "raw": raw, "removed": removed}
            if kind == "html":
                row["raw_text"], row["removed_text"] = unmarked("\n".join(lines_of(marked.strip("\n"), kind)))
            yield row | {"hard_negative": path.name.startswith("keep")}


def _names(written: Iterable[str | None]) -> set[str]:
    return {folded(name or "") for name in written} - {""}


def page_scores(kind: str, part: str, errors: bool) -> dict[str, float]:
    """The mean scores of the pages of a kind."""
    f1: list[float] = []
    count = Counter[str]()
    for name, gold, data in pages(kind, part):
        document = process(data, name)
        row = document.articles[0]._asdict() if document.articles else {}
        at = row.get("published_at")
        days = {str((at + timedelta(hours=hours)).date()) for hours in (0, 8)} if at else set()  # UTC, Beijing
        wanted = {role: _names(gold[role]) for role in ("authors", "editors")} | {"sources": _names([gold["source"]])}
        found = {role: _names((row.get(column) or "").split(",")) for role, column in _ROLES.items()}
        is_right = {role: found[role] == wanted[role] for role in _ROLES} | {
            "title": folded(document.title) == folded(gold["title"]),
            "day": not gold["date"] or gold["date"] in days,
        }
        f1.append(page_f1(gold["text"], document.text))
        count.update(column for column in ("title", "day") if is_right[column])
        for role in _ROLES:
            count[f"{role} right"] += len(found[role] & wanted[role])
            count[f"{role} found"] += len(found[role])
            count[f"{role} wanted"] += len(wanted[role])
        if errors and (f1[-1] < _GOOD or not all(is_right.values())):
            print(f"{kind}/{name}: F1 {f1[-1]:.3f}", *(column for column, right in is_right.items() if not right))
    scores = {"pages": float(len(f1)), "text F1": statistics.fmean(f1)}
    scores |= {column: count[column] / len(f1) for column in ("title", "day")}
    for role in _ROLES:
        scores[f"{role} P"] = count[f"{role} right"] / max(1, count[f"{role} found"])
        scores[f"{role} R"] = count[f"{role} right"] / max(1, count[f"{role} wanted"])
    return scores


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("pages", "cuts"))
    parser.add_argument("--part", choices=("read", "kept"), default="kept")
    parser.add_argument("--errors", action="store_true", help="of pages: which are not quite right, and in what")
    args = parser.parse_args()
    if args.what == "pages":
        print_table((kind, page_scores(kind, args.part, args.errors)) for kind in KINDS)
    else:
        all_rows = list(rows(args.part))
        print_table((lang, score([row for row in all_rows if row["lang"] == lang], ours())) for lang in ("zh", "en"))


if __name__ == "__main__":
    main()
