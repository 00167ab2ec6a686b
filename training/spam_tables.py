"""What training text is put together from: families of spam, and the other lists."""

import tomllib
from pathlib import Path
from typing import Any


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / name).read_text(encoding="utf-8"))


FAMILIES, LISTS = _table("spam_families.toml"), _table("spam_parts.toml")
FAMILIES["family"] += _table("spam_ads.toml")["family"] + _table("spam_campaigns.toml")["family"]
KEEP = _table("spam_keep.toml")["keep"]
