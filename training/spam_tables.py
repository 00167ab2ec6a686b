"""What training text is put together from: families of spam, and the other lists."""

import re
import tomllib
from pathlib import Path
from typing import Any

from training.site_text import written


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / name).read_text(encoding="utf-8"))


def _blocks(name: str) -> list[str]:
    """The pages, or blocks of lines, of a file, of which each has a line with its class above it."""
    text = (Path(__file__).parent / name).read_text(encoding="utf-8")
    return [block.strip() for block in re.split(r"(?m)^=== .*\n", text)[1:]]


FAMILIES, LISTS = _table("spam_families.toml"), _table("spam_parts.toml")
FAMILIES["family"] += _table("spam_ads.toml")["family"] + _table("spam_campaigns.toml")["family"]
OFFERS = _table("spam_offers.toml")["family"]
KEEP = _table("spam_keep.toml")["keep"]
ODD_PAGES = {lang: _blocks(f"odd_pages/{lang}.txt") for lang in ("zh", "en")}
ARTICLE_LISTS = {lang: _blocks(f"article_lists_{lang}.txt") for lang in ("zh", "en")}
SAID = {lang: [*written("keep", lang), *written("promotional", lang)] for lang in ("zh", "en")}
