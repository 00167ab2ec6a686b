"""Read the case files: title, ".", input, ".", expected, "."; blank lines between cases."""

import re
from pathlib import Path
from typing import Any

import pytest


def fixture_cases(path: Path) -> list[Any]:
    text = path.read_text(encoding="utf-8")
    pattern = r"(?ms)^(?P<title>[^\n]+)\n\.\n(?P<source>.*?)\n\.\n(?P<expected>.*?)\n\.$"
    return [pytest.param(m["source"], m["expected"], id=m["title"]) for m in re.finditer(pattern, text)]
