"""What training text is put together from: families of spam, and the other lists."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from training.site_text import written


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / name).read_text(encoding="utf-8"))


def _blocks(name: str) -> list[str]:
    """The pages, or blocks of lines, of a file, of which each has a line with its class above it."""
    text = (Path(__file__).parent / name).read_text(encoding="utf-8")
    return [block.strip() for block in re.split(r"(?m)^=== .*\n", text)[1:]]


_KINDS = {"p": "plain", "s": "sober", "c": "prose", "o": "lines", "z": "closers", "k": "texts"}


def _trades() -> Iterator[dict[str, Any]]:
    """The trades of ``trades/`` (its README says how they are written): each is a family of spam and one of offers, and
    has sentences that are kept."""
    for path in sorted((Path(__file__).parent / "trades").glob("*.txt")):
        for block in re.split(r"(?m)^== ", path.read_text(encoding="utf-8"))[1:]:
            head, *lines = block.strip().split("\n")
            name, _, words = head.partition(" | ")
            heads = re.split(r"[,，、]\s*", words.strip())
            trade: dict[str, Any] = {kind: [] for kind in _KINDS.values()}
            trade |= {"name": f"{path.stem}-{name}", "lang": path.stem[:2], "heads": heads, "words": heads}
            for line in lines:
                trade[_KINDS[line[0]]].append(line[2:])
            yield trade


FAMILIES, LISTS = _table("spam_families.toml"), _table("spam_parts.toml")
FAMILIES["family"] += _table("spam_ads.toml")["family"] + _table("spam_campaigns.toml")["family"]
OFFERS = _table("spam_offers.toml")["family"]
KEEP = _table("spam_keep.toml")["keep"]
for _known in (FAMILIES["family"], OFFERS, KEEP):
    _known += _trades()
ODD_PAGES = {lang: _blocks(f"odd_pages/{lang}.txt") for lang in ("zh", "en")}
ARTICLE_LISTS = {lang: _blocks(f"article_lists_{lang}.txt") for lang in ("zh", "en")}
SAID = {lang: [*written("keep", lang), *written("promotional", lang)] for lang in ("zh", "en")}
