"""Keep the organization lexicon: merge batches into it, check it, count its names in news.

python -m training.lexicon merge BATCH.csv...     add rows (same columns; a known org_id is joined), sort, write
python -m training.lexicon check                  print what is wrong with it
python -m training.lexicon counts NEWS.jsonl[.xz] how often each name stands in news, most frequent first

The columns and flags are explained in docs/organization-lexicon.md.
"""

import csv
import gzip
import json
import lzma
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, get_args

import ahocorasick_rs

from pipeline import lexicon, text
from pipeline.records import OrganizationKind

Row = dict[str, str]

MAIN = "organizations.csv"
CEDICT = "organizations_cedict.csv"
GENERIC = "organization_generic.txt"
COLUMNS = ("org_id", "name_zh", "name_en", "kind", "country", "tickers", "parent", "aliases", "flags", "source")
SOURCES = ("own", "sp500", "cedict")
TEXT_KEYS = ("text", "html", "raw")  # where a line of news holds its text
# Two Latin letters that news uses for nothing else.
PLAIN_PAIRS = frozenset({"3M", "AP", "BP", "EU", "G7", "G8", "HP", "LG", "UN"})
# Traditional forms that simplified Chinese keeps in some words (瞭望).
BOTH_SCRIPTS = frozenset("瞭乾")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_HAN = re.compile(f"[{text.HAN}]")
_FLAG = re.compile(r"context|(?:not|notafter):[^/~|]+(?:/[^/~|]+)*")


def split_list(cell: str) -> list[str]:
    return [part for part in cell.split("|") if part]


def names(row: Row) -> dict[str, list[str]]:
    """Every surface of a row with its flags: both names and the aliases; a name repeated as alias takes its flags."""
    found: dict[str, list[str]] = {name: [] for name in (row["name_zh"], row["name_en"]) if name}
    for alias in split_list(row["aliases"]):
        surface, *flags = alias.split("~")
        found[surface] = flags
    if "context" in row["flags"].split():
        found = {surface: [*flags, "context"] for surface, flags in found.items()}
    return found


def read(name: str) -> list[Row]:
    """The rows of one file of the lexicon; empty where it does not exist yet."""
    return list(lexicon.rows(name)) if (lexicon.DATA / name).exists() else []


def write(name: str, rows: Iterable[Row], header: str = "") -> None:
    """Write rows sorted by org_id, under the comment lines that the file has already (or ``header``)."""
    path = lexicon.DATA / name
    if path.exists():
        with open(path, encoding="utf-8") as file:
            header = "".join(line for line in file if line.startswith("#"))
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write(header)
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(sorted(rows, key=lambda row: row["org_id"]))


# --------------------------------------------------------------------------------------------------------------- merge


def join(old: Row, new: Row) -> Row:
    """One row of two for the same organization: the first one's cells win, names add up, a flag stays."""
    merged = {column: old[column] or new[column] for column in COLUMNS}
    aliases = {name: name for name in (new["name_zh"], new["name_en"]) if name}
    for alias in sorted((*split_list(new["aliases"]), *split_list(old["aliases"])), key=lambda alias: "~" in alias):
        aliases[alias.partition("~")[0]] = alias
    named = (merged["name_zh"], merged["name_en"])
    return merged | {"aliases": "|".join(alias for _, alias in sorted(aliases.items()) if alias not in named)}


def merge(rows: Iterable[Row], batch: Iterable[Row]) -> list[Row]:
    """``rows`` and ``batch`` with rows of the same org_id joined."""
    merged: dict[str, Row] = {}
    for row in (*rows, *batch):
        row = {column: row.get(column) or "" for column in COLUMNS}
        known = merged.get(row["org_id"])
        merged[row["org_id"]] = join(known or row, row)
    return list(merged.values())


# --------------------------------------------------------------------------------------------------------------- check


def faults_of_row(row: Row, ids: set[str]) -> Iterator[str]:
    """What is wrong with the cells of one row."""
    if not _SLUG.fullmatch(row["org_id"]):
        yield "org_id is no slug"
    if not (row["name_zh"] or row["name_en"]):
        yield "no name"
    if row["kind"] not in get_args(OrganizationKind):
        yield f"unknown kind {row['kind']!r}"
    if row["source"] not in SOURCES:
        yield f"unknown source {row['source']!r}"
    if row["parent"] and row["parent"] not in ids:
        yield f"unknown parent {row['parent']!r}"
    if row["country"] and not re.fullmatch("[A-Z]{2}", row["country"]):
        yield f"country {row['country']!r} is no ISO 3166 code"
    if row["flags"] not in ("", "context"):
        yield f"unknown flags {row['flags']!r}"
    if row["name_en"] and _HAN.search(row["name_en"]):
        yield "name_en holds Chinese"
    for column, cell in row.items():
        if cell != unicodedata.normalize("NFC", cell) or cell != " ".join(cell.split()) or "| " in cell or " |" in cell:
            yield f"{column}: not NFC, or stray blanks"


def faults_of_name(surface: str, flags: list[str]) -> Iterator[str]:
    """What is wrong with one surface and its flags."""
    if any(not _FLAG.fullmatch(flag) for flag in flags):
        yield f"{surface}: unknown flag"
    if len(surface) < 2:
        yield f"{surface}: one character"
    if any(text.simplify(char) != char for char in surface if char not in BOTH_SCRIPTS):
        yield f"{surface}: traditional characters (folded at run time)"
    if "context" not in flags and surface.casefold() in lexicon.words(GENERIC):
        yield f"{surface}: generic word"
    if "context" not in flags and re.fullmatch("[A-Za-z0-9]{2}", surface) and surface not in PLAIN_PAIRS:
        yield f"{surface}: two Latin letters need context"


def shared_names(rows: Iterable[Row]) -> Iterator[str]:
    """Surfaces that belong to several organizations without each one being flagged ``context``."""
    owners: dict[str, dict[str, bool]] = defaultdict(dict)
    for row in rows:
        for surface, flags in names(row).items():
            owners[surface.casefold()][row["org_id"]] = "context" in flags
    for surface, by_id in owners.items():
        if len(by_id) > 1 and not all(by_id.values()):
            yield f"{surface}: belongs to {', '.join(by_id)}, not all flagged context"


def check(rows: list[Row]) -> list[str]:
    """All that is wrong with the lexicon, one line a fault."""
    ids = {row["org_id"] for row in rows}
    faults = [
        f"{org_id}: {count} rows" for org_id, count in Counter(row["org_id"] for row in rows).items() if count > 1
    ]
    for row in rows:
        faults += [f"{row['org_id']}: {fault}" for fault in faults_of_row(row, ids)]
        for surface, flags in names(row).items():
            faults += [f"{row['org_id']}: {fault}" for fault in faults_of_name(surface, flags)]
    return faults + list(shared_names(rows))


# -------------------------------------------------------------------------------------------------------------- counts


def _open(path: str) -> IO[str]:
    opener = {".xz": lzma.open, ".gz": gzip.open}.get(Path(path).suffix, open)
    return opener(path, "rt", encoding="utf-8")  # type: ignore[operator,no-any-return]


def count(rows: Iterable[Row], news: Iterable[str]) -> Counter[str]:
    """How often each surface stands in ``news``, leftmost longest, Latin ones at word boundaries."""
    surfaces = sorted({surface for row in rows for surface in names(row)})
    automaton = ahocorasick_rs.AhoCorasick(surfaces, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
    counts: Counter[str] = Counter()
    for article in news:
        for _, start, end in automaton.find_matches_as_indexes(article):
            before, after = article[start - 1 : start], article[end : end + 1]
            if not (_joined(before, article[start]) or _joined(article[end - 1], after)):
                counts[article[start:end]] += 1
    return counts


def _joined(left: str, right: str) -> bool:
    return left.isascii() and right.isascii() and left.isalnum() and right.isalnum()


def _articles(path: str) -> Iterator[str]:
    with _open(path) as file:
        for line in file:
            record = json.loads(line)
            yield text.simplify(re.sub("<[^>]*>", " ", next((record[key] for key in TEXT_KEYS if record.get(key)), "")))


# ---------------------------------------------------------------------------------------------------------------- main


def main(command: str = "check", *paths: str) -> int:
    rows = read(MAIN)
    if command == "merge":
        for path in paths:
            with open(path, encoding="utf-8", newline="") as file:
                rows = merge(rows, csv.DictReader(line for line in file if not line.startswith("#")))
        write(MAIN, rows)
    elif command == "counts":
        for surface, number in count(rows, (article for path in paths for article in _articles(path))).most_common():
            print(number, surface, sep="\t")
    faults = check(rows + read(CEDICT))
    size = f"{len(rows)} organizations, {sum(len(names(row)) for row in rows)} names"
    print(*faults, size, sep="\n", file=sys.stderr)
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
