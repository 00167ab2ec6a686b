"""Lines that sites put around any article, and lines of articles that only sound like them or like advertisements, from
``training/site_lines``."""

import random
import re
from functools import cache
from pathlib import Path

_GAP = re.compile(r"\{(name|n)\}")


@cache
def written(kind: str, lang: str) -> list[str]:
    """The lines of a kind (``site``, ``keep``, ``promotional``, ``names``), without headings."""
    path = Path(__file__).with_name("site_lines") / f"{kind}_{lang}.txt"
    return [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("# ")]


def filled(line: str, lang: str, rng: random.Random) -> str:
    """The line with random names and numbers in its gaps."""
    names = written("names", lang)
    return _GAP.sub(lambda gap: rng.choice(names) if gap[1] == "name" else str(rng.randrange(1, 3000)), line)
