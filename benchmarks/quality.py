"""How good the answers are on our own small texts, and floors below which no score may fall.

    python -m benchmarks.quality [--errors] [--check] [--update [--allow-regression]]

``--check`` fails if a score is below its floor in floors.json; ``--update`` sets the floors to what is measured, and
refuses to lower one without ``--allow-regression``. The texts are few: they guard what works and rank no methods.
"""

import argparse
import json
import math
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import combinations
from pathlib import Path
from typing import Any

from pipeline.steps import annotate, clean, process

HERE = Path(__file__).parent
FLOORS = HERE / "floors.json"
Row = dict[str, Any]
Span = tuple[int, int]


class Tally:
    """Hits, misses and false alarms of one score, and what they were."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.hits = self.missed = self.wrong = 0
        self.errors: list[str] = []

    def hit(self) -> None:
        self.hits += 1

    def miss(self, what: object) -> None:
        self.missed += 1
        self.errors.append(f"missed  {what}")

    def alarm(self, what: object) -> None:
        self.wrong += 1
        self.errors.append(f"wrong   {what}")

    def check(self, right: bool, what: object) -> None:
        if right:
            self.hit()
        else:
            self.miss(what)

    @property
    def score(self) -> float:
        """F1, which is the plain share of hits where nothing can be a false alarm."""
        if not self.wrong:
            return self.hits / ((self.hits + self.missed) or 1)
        return 2 * self.hits / (2 * self.hits + self.missed + self.wrong)


class Score(dict[str, Tally]):
    def __missing__(self, name: str) -> Tally:
        return self.setdefault(name, Tally(name))


def rows(name: str) -> Iterator[Row]:
    with open(HERE / "fixtures" / f"{name}.jsonl", encoding="utf-8") as file:
        yield from map(json.loads, file)


def spans(text: str, words: list[str]) -> list[Span]:
    """Where ``words`` stand in ``text``, each after the start of the one before; of "a|b" the first.

    :raises ValueError: one does not
    """
    found, at = [], 0
    for word in words:
        word = word.partition("|")[0]
        start = text.index(word, at)
        found.append((start, start + len(word)))
        at = start + 1
    return found


def _choices(text: str, words: str, place: Span) -> set[Span]:
    """``place``, and where the other readings of "a|b" stand over it."""
    others = ((at, at + len(word)) for word in words.split("|") for at in _all(text, word))
    return {place} | {other for other in others if overlap(place, other)}


def overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _match(
    name: str, row: Row, gold: list[Any], found: list[Row], score: Score, same: Callable[[Any, Row], bool]
) -> None:
    """Count exact spans, and overlapping ones whose value is right. What is optional is left out of both."""
    places = spans(row["text"], [item[0] for item in gold])
    optional = [(at, at + len(word)) for word in row["optional"] for at in _all(row["text"], word)]
    exact, value = score[f"{name} exact"], score[f"{name} value"]
    free = list(found)
    exact_found = {(item["start"], item["end"]) for item in found}
    right_places = set[Span]()
    for place, item in zip(places, gold, strict=True):
        choices = _choices(row["text"], item[0], place)
        right_places |= choices
        exact.check(bool(choices & exact_found), f"{row['id']}: {item}")
        near = [one for one in free if overlap(place, (one["start"], one["end"]))]
        right = next((one for one in near if same(item, one)), None)
        value.check(right is not None, f"{row['id']}: {item}, found {[_brief(one) for one in near]}")
        for one in near[:1] if right is None else [right]:
            free.remove(one)
    for one in found:
        place = (one["start"], one["end"])
        if place not in right_places and not any(overlap(place, other) for other in optional):
            exact.alarm(f"{row['id']}: {_brief(one)}")
    for one in free:
        place = (one["start"], one["end"])
        if not any(overlap(place, other) for other in [*optional, *places]):
            value.alarm(f"{row['id']}: {_brief(one)}")


def _all(text: str, word: str) -> Iterator[int]:
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + 1)


def _brief(found: Row) -> str:
    keys = ("surface", "start_date", "end_date", "duration", "kind", "cmp", "value", "low", "high", "unit", "currency")
    return " ".join(str(found[key]) for key in keys if found.get(key) is not None)


def _same_date(gold: list[Any], found: Row) -> bool:
    if len(gold) == 2:
        return bool(found["duration"] == gold[1])
    ends = [str(found[key] or "open") for key in ("start_date", "end_date")]
    return gold[1] is None or ends == gold[1:]


def _same_figure(gold: list[Any], found: Row) -> bool:
    _, kind, _, value, unit = gold
    if isinstance(value, list):
        pairs = zip((found["low"], found["high"]), value, strict=True)
    else:
        pairs = zip((found["value"],), (value,), strict=True)
    counts = {"number", "quantity"}  # a count with an unusual unit may go as either
    return (
        (found["kind"] == kind or {found["kind"], kind} == counts)
        and all(one is not None and math.isclose(one, other, rel_tol=1e-6) for one, other in pairs)
        and unit in (None, found["unit"], found["currency"])
    )


def score_annotate(score: Score) -> None:
    linked: list[tuple[str, str]] = []
    for row in rows("annotate"):
        found = annotate(row["text"], row["lang"], row["published"])
        _match("dates", row, row["dates"], found["dates"], score, _same_date)
        _match("figures", row, row["figures"], found["figures"], score, _same_figure)
        places = spans(row["text"], [item[0] for item in row["figures"]])
        for place, (words, _, cmp, _, _) in zip(places, row["figures"], strict=True):
            near = [one["cmp"] for one in found["figures"] if overlap(place, (one["start"], one["end"]))]
            if cmp:
                score["comparators"].check(cmp in near, f"{row['id']}: {words} {cmp}, found {near}")
        linked += _score_organizations(row, found["organizations"], score)
    for (key, org_id), (other, other_id) in combinations(linked, 2):
        if key == other:
            score["organizations linked"].check(org_id == other_id, key)
        elif org_id == other_id:
            score["organizations linked"].alarm(f"{key} = {other}")


def _score_organizations(row: Row, found: list[Row], score: Score) -> list[tuple[str, str]]:
    """Count exact mentions; returns key and id of those that were found."""
    tally, ids = score["organizations exact"], {(one["start"], one["end"]): one["org_id"] for one in found}
    places = spans(row["text"], [item[0] for item in row["organizations"]])
    optional = [(at, at + len(word)) for word in row["optional"] for at in _all(row["text"], word)]
    choices = [_choices(row["text"], item[0], at) for at, item in zip(places, row["organizations"], strict=True)]
    for wanted, (words, _) in zip(choices, row["organizations"], strict=True):
        tally.check(bool(wanted & ids.keys()), f"{row['id']}: {words}")
    for one in found:
        place = (one["start"], one["end"])
        if place not in set().union(*choices) and not any(overlap(place, other) for other in optional):
            tally.alarm(f"{row['id']}: {one['surface']}")
    return [
        (key, ids[place])
        for wanted, (_, key) in zip(choices, row["organizations"], strict=True)
        for place in sorted(wanted & ids.keys())
        if ids[place] is not None
    ]


def score_cuts(score: Score) -> None:
    for row in rows("cuts"):
        raw, found = row["raw"], clean(row["raw"], row["format"])["cuts"]
        gold = {at for start, end in spans(raw, row["cuts"]) for at in range(start, end)}
        cut = {at for one in found for at in range(one["start"] or 0, one["end"] or 0) if not raw[at].isspace()}
        gold = {at for at in gold if not raw[at].isspace()}
        if row["id"].startswith("no-"):
            score["news left whole"].check(not cut, f"{row['id']}: {[one['text'] for one in found]}")
        else:
            score["cuts complete"].check(gold <= cut, f"{row['id']}: {''.join(raw[at] for at in sorted(gold - cut))}")
            score["cuts only spam"].check(cut <= gold, f"{row['id']}: {''.join(raw[at] for at in sorted(cut - gold))}")


def _lines(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def score_parse(score: Score) -> None:
    for row in rows("parse"):
        document = process(row["raw"].encode(), row["path"])
        article = document.article
        title, text = (article.title, article.text) if article else ("", "")
        score["title"].check(title == row["title"], f"{row['id']}: {title!r}")
        score["text"].check(_lines(text) == _lines(row["text"]), f"{row['id']}: {text!r}")
        if row["published_at"]:
            when = article and article.published_at
            right = when == datetime.fromisoformat(row["published_at"])
            score["published"].check(right, f"{row['id']}: {when}")
        for name in ("site", "author"):
            if row[name]:
                got = getattr(article, name, None)
                score[name].check(got == row[name], f"{row['id']}: {got!r}")
        if row["images"]:
            score["images"].check([one.url for one in document.images] == row["images"], f"{row['id']}")


def measure() -> Score:
    """All scores, on all fixtures."""
    score = Score()
    for part in (score_annotate, score_cuts, score_parse):
        part(score)
    return score


def floors() -> dict[str, float]:
    return json.loads(FLOORS.read_text("utf-8")) if FLOORS.exists() else {}


def fallen(scores: dict[str, float], least: dict[str, float]) -> list[str]:
    """The scores below their floor, in words."""
    now = {name: scores.get(name, 0.0) for name in least}
    return [f"{name}: {now[name]:.3f} is below its floor {low:.3f}" for name, low in least.items() if now[name] < low]


def main() -> int:
    parser = argparse.ArgumentParser(description="Score the answers on our own small texts.")
    parser.add_argument("--errors", action="store_true", help="print every miss and false alarm")
    parser.add_argument("--check", action="store_true", help="say only what fell below its floor, and fail")
    parser.add_argument("--update", action="store_true", help="make what is measured the new floors")
    parser.add_argument("--allow-regression", action="store_true", help="with --update: floors may fall")
    args = parser.parse_args()
    tallies = measure()
    scores = {name: math.floor(tally.score * 1000) / 1000 for name, tally in tallies.items()}
    below = fallen(scores, floors())
    if not args.check:
        print("| score | now | floor | cases |\n|--|--|--|--|")
        for name, tally in tallies.items():
            print(f"| {name} | {scores[name]:.3f} | {floors().get(name, 0):.3f} | {tally.hits + tally.missed} |")
    if args.errors:
        for name, tally in tallies.items():
            print("\n".join(f"{name}: {error}" for error in tally.errors))
    for line in below:
        print(line, file=sys.stderr)
    if args.update and (not below or args.allow_regression):
        FLOORS.write_text(json.dumps(scores, indent=2) + "\n", "utf-8")
        return 0
    return 1 if below else 0


if __name__ == "__main__":
    sys.exit(main())
