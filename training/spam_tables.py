"""What training text is put together from: families of spam, and the other lists."""

import re
import tomllib
from pathlib import Path
from typing import Any


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / name).read_text(encoding="utf-8"))


def _pages(name: str) -> list[str]:
    """The pages of a file, of which each has a line with its class above it."""
    text = (Path(__file__).parent / name).read_text(encoding="utf-8")
    return [page.strip() for page in re.split(r"(?m)^=== .*\n", text)[1:]]


FAMILIES, LISTS = _table("spam_families.toml"), _table("spam_parts.toml")
FAMILIES["family"] += _table("spam_ads.toml")["family"] + _table("spam_campaigns.toml")["family"]
KEEP = _table("spam_keep.toml")["keep"]
ODD_PAGES = {lang: _pages(f"odd_pages/{lang}.txt") for lang in ("zh", "en")}
