"""Dates and figures against other tools, through one function shape, on labelled files that you supply.

    python -m benchmarks.datesfigures GOLD.jsonl [...] [--tools ours naive ...]

A gold line is ``{"id", "text", "reference"?, "expected": [{"kind", "start", "end", "value": {...}, "optional"?}]}``.
The value of a figure has ``value`` (or ``low`` and ``high``), ``cmp`` and ``dir``, that of a date ``start`` and ``end``
(ISO), that of a duration ``iso``. Rivals are used if they are installed, best in an environment of their own
(``pip install recognizers-text-suite emoji==1.7.0 quantulum3 jionlp dateparser``). Scores: F1 of exact spans, F1 of
overlapping spans with the right value, share of comparators and of directions that are right.
"""

import argparse
import json
import re
import time
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from benchmarks import date_tools
from pipeline.extract import dates, figures
from pipeline.text import passage

Item = dict[str, Any]
Tool = Callable[[str, str | None], list[Item]]
FAMILY = {"number": "count", "quantity": "count"}


def ours(text: str, reference: str | None) -> list[Item]:
    view = [passage("text", text, None, date.fromisoformat(reference[:10]) if reference else None)]
    items = []
    for d in dates.extract(view):
        value = {"start": d.start_date and str(d.start_date), "end": d.end_date and str(d.end_date), "cmp": d.cmp}
        items.append({"kind": d.kind, "start": d.start, "end": d.end, "value": value | {"iso": d.duration}})
    for f in figures.extract(view):
        value = f._asdict() | {"dir": f.direction}
        items.append({"kind": f.kind, "start": f.start, "end": f.end, "value": value})
    return [item for item in items if item["kind"] != "ordinal"]


_NAIVE = re.compile(
    r"(?P<percent>\d+(?:\.\d+)?[%％])"
    r"|(?P<money>[$£€]\d[\d,]*(?:\.\d+)?(?:bn|m| million| billion)?|\d[\d,.]*[万亿]*(?:元|美元|欧元|港元))"
    r"|(?P<date>\d{4}年(?:\d{1,2}月(?:\d{1,2}日)?)?|\d{1,2}月\d{1,2}日|(?:19|20)\d{2}\b)"
    r"|(?P<number>\d[\d,]*(?:\.\d+)?[万亿]*)"
)
_SCALES = {"万": 1e4, "亿": 1e8, "m": 1e6, "bn": 1e9, " million": 1e6, " billion": 1e9}


def naive(text: str, reference: str | None) -> list[Item]:
    """What a first script does: one expression, digits only."""
    items = []
    for match in _NAIVE.finditer(text):
        kind = match.lastgroup or ""
        digits = re.sub(r"[^\d.]", "", match[0]).strip(".") or "0"
        scale = 1.0
        for sign in re.findall("|".join(_SCALES), match[0]):
            scale *= _SCALES[sign]
        number = float(digits) * scale if digits.count(".") < 2 else None
        value = {"start": None} if kind == "date" else {"value": number, "cmp": "eq"}
        items.append({"kind": kind, "start": match.start(), "end": match.end(), "value": value})
    return items


def recognizers(text: str, reference: str | None) -> list[Item]:
    from recognizers_number_with_unit import recognize_currency, recognize_dimension  # type: ignore[import-not-found]
    from recognizers_number import recognize_number, recognize_percentage  # type: ignore[import-not-found] # isort: skip

    culture = "zh-cn" if re.search("[\u4e00-\u9fff]", text) else "en-us"
    found: list[Item] = []
    for kind, recognize in (
        ("percent", recognize_percentage), ("money", recognize_currency), ("quantity", recognize_dimension),
        ("number", recognize_number),
    ):  # fmt: skip
        for result in recognize(text, culture):
            start, end = result.start, result.end + 1
            if not any(start < item["end"] and item["start"] < end for item in found):
                said = str((result.resolution or {}).get("value") or "").rstrip("%")
                value = float(said) if re.fullmatch(r"-?[\d.]+(?:E[+-]?\d+)?", said) else None
                found.append({"kind": kind, "start": start, "end": end, "value": {"value": value, "cmp": "eq"}})
    return found


def quantulum3(text: str, reference: str | None) -> list[Item]:
    from quantulum3 import parser  # type: ignore[import-not-found]

    kinds = {"currency": "money", "dimensionless": "number"}
    return [
        {
            "kind": "percent" if q.unit.name == "percentage" else kinds.get(q.unit.entity.name, "quantity"),
            "start": q.span[0],
            "end": q.span[1],
            "value": {"value": q.value, "cmp": "eq"},
        }
        for q in parser.parse(text)
    ]


TOOLS: dict[str, tuple[Tool, str]] = {
    "ours": (ours, "news-pipeline"),
    "naive": (naive, ""),
    "recognizers": (recognizers, "recognizers-text-suite"),
    "quantulum3": (quantulum3, "quantulum3"),
    **date_tools.TOOLS,
}


def _close(a: object, b: object) -> bool:
    if a is None or b is None:
        return a is b
    return abs(float(a) - float(b)) <= 1e-6 * max(1, abs(float(b))) if not isinstance(a, str) else a == b  # type: ignore[arg-type]


def right(gold: Item, found: Item) -> bool:
    """Whether the value is right: both ends of a date in one of its accepted readings, the length of a duration, the
    number, or both bounds of a range."""
    said, got = gold.get("value") or {}, found.get("value") or {}
    if gold["kind"] == "date":
        readings = [said, *said.get("alts", [])]
        return any(all(_close(reading.get(key), got.get(key)) for key in ("start", "end")) for reading in readings)
    if gold["kind"] == "duration":
        return said.get("iso") is not None and said["iso"] == got.get("iso")
    keys = ("value",) if said.get("value") is not None else ("low", "high")
    return all(_close(said.get(key), got.get(key)) for key in keys)


def _kind(item: Item) -> str:
    return FAMILY.get(item["kind"], item["kind"])


def _overlap(a: Item, b: Item) -> bool:
    return bool(a["start"] < b["end"] and b["start"] < a["end"])


def _compare(gold: Item, found: list[Item], count: Counter[str]) -> None:
    """Count one labelled item, and take what matches it best out of what was found."""
    count["gold"] += 1
    same = [item for item in found if _kind(item) == _kind(gold) and _overlap(item, gold)]
    if not same:
        return
    best = max(same, key=lambda item: (item["start"] == gold["start"]) + (item["end"] == gold["end"]))
    found.remove(best)
    count["hit"] += 1
    count["exact"] += (best["start"], best["end"]) == (gold["start"], gold["end"])
    count["value"] += right(gold, best)
    for field, silent in (("cmp", {"eq", "range", None}), ("dir", {None})):
        said = (gold.get("value") or {}).get(field)
        if said not in silent:
            count[field] += 1
            count[f"{field} right"] += said == (best.get("value") or {}).get(field)


def score(rows: Sequence[Item], tool: Tool) -> tuple[dict[str, Counter[str]], float]:
    """Hits by kind, and the CPU seconds it took."""
    kinds: dict[str, Counter[str]] = {}
    seconds = 0.0
    for row in rows:
        clock = time.process_time()
        found = tool(row["text"], row.get("reference"))
        seconds += time.process_time() - clock
        optional = [gold for gold in row["expected"] if gold.get("optional")]
        for gold in row["expected"]:
            if not gold.get("optional"):
                _compare(gold, found, kinds.setdefault(_kind(gold), Counter()))
        for item in found:
            if not any(_overlap(item, gold) for gold in optional):
                kinds.setdefault(_kind(item), Counter())["alarm"] += 1
    return kinds, seconds


def _line(name: str, c: Counter[str]) -> str:
    total = c["gold"] + c["hit"] + c["alarm"] or 1
    shares = [2 * c[what] / total for what in ("exact", "value")]
    ratios = [f"{c[f'{what} right'] / c[what]:.3f}" if c[what] else "-" for what in ("cmp", "dir")]
    return f"| {name} | {c['gold']} | {shares[0]:.3f} | {shares[1]:.3f} | {ratios[0]} | {ratios[1]} |"


def _version(package: str) -> str:
    try:
        return version(package) if package else ""
    except PackageNotFoundError:
        return "missing"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="+")
    parser.add_argument("--tools", nargs="+", default=list(TOOLS), choices=list(TOOLS))
    args = parser.parse_args()
    rows = []
    for path in args.gold:
        with open(path, encoding="utf-8") as file:
            rows += [json.loads(line) for line in file]
    characters = sum(len(row["text"]) for row in rows)
    summary = []
    for name in args.tools:
        tool, package = TOOLS[name]
        try:
            for row in rows[:: max(1, len(rows) // 40)]:  # load lexicons and models outside of the clock
                tool(row["text"], row.get("reference"))
            kinds, seconds = score(rows, tool)
        except ImportError as error:
            print(f"\n{name}: not installed ({error.name})")
            continue
        speed = f"{characters / (seconds or 1e-9):,.0f}"
        summary.append(_summary(f"{name} {_version(package)}".strip(), kinds, speed))
        print(f"\n{name}\n\n| kind | gold | exact F1 | value F1 | comparator | direction |\n|--|--|--|--|--|--|")
        for kind, count in sorted(kinds.items()):
            print(_line(kind, count))
        print(_line("all", sum(kinds.values(), Counter())))
    print(f"\n| tool | value F1: {' | '.join(_FAMILIES)} | comparator | direction | characters a CPU second |")
    print("|--" * (len(_FAMILIES) + 4) + "|", *summary, sep="\n")


_FAMILIES = ("date", "duration", "money", "percent", "count")


def _summary(name: str, kinds: dict[str, Counter[str]], speed: str) -> str:
    """A line for a tool: by kind, as a tool may be made for some only."""
    values = [_line("", kinds.get(kind, Counter())).split("|")[4].strip() for kind in _FAMILIES]
    *_, cmp, direction, _ = _line("", sum(kinds.values(), Counter())).split("|")
    return f"| {name} | {' | '.join(values)} | {cmp.strip()} | {direction.strip()} | {speed} |"


if __name__ == "__main__":
    main()
