"""Names of organizations that no lexicon knows, ready to be pasted into the user's own lexicon."""

import csv
from collections.abc import Iterator
from typing import TextIO

from pipeline.places import Place
from pipeline.text import count_han

COLUMNS = ("org_id", "name_zh", "name_en", "kind", "country", "tickers", "parent", "aliases", "flags", "source")
NOTES = ("mentions", "articles", "example")  # the lexicon's reader does not look at these


def unknown(processed: str | Place = "processed", limit: int = 200) -> Iterator[dict[str, str]]:
    """The most frequent organizations without a lexicon entry, most articles first, as rows of the lexicon.

    :param processed: where the tables are
    :yields: the lexicon's columns, then ``mentions``, ``articles`` and an ``example``
    """
    from pipeline.catalog import load

    found = load("organization_mentions", processed=processed)
    found = found[found["org_id"].str.startswith("org:", na=False)]
    texts = load("articles", processed=processed).set_index("article_id")[["title", "text"]]
    groups = [(len(set(rows["article_id"])), len(rows), org_id, rows) for org_id, rows in found.groupby("org_id")]
    for articles, mentions, org_id, rows in sorted(groups, key=lambda group: (-group[0], -group[1], group[2]))[:limit]:
        names = list(dict.fromkeys(rows["surface"]))
        first = rows.iloc[0]
        text = texts.loc[first["article_id"], first["field"]]
        example = text[max(first["start"] - 30, 0) : first["end"] + 30].replace("\n", " ")
        yield _row(str(org_id), names, first["kind"]) | {
            "mentions": str(mentions),
            "articles": str(articles),
            "example": example,
        }


def _row(org_id: str, names: list[str], kind: str) -> dict[str, str]:
    zh = [name for name in names if count_han(name)]
    en = [name for name in names if not count_han(name)]
    row = dict.fromkeys(COLUMNS, "") | {"org_id": org_id.removeprefix("org:"), "kind": kind, "source": "local"}
    row |= {"name_zh": zh[0] if zh else "", "name_en": en[0] if en else ""}
    return row | {"aliases": "|".join(zh[1:] + en[1:])}


def write(rows: Iterator[dict[str, str]], file: TextIO) -> int:
    """Write the rows as CSV; returns how many."""
    writer = csv.DictWriter(file, [*COLUMNS, *NOTES], lineterminator="\n")
    writer.writeheader()
    count = 0
    for row in rows:
        writer.writerow(row)
        count += 1
    return count
