"""Times of publication as front matter, pages and feeds write them."""

import csv
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from pipeline.parse.dates import day_in, moment

LINES = (Path(__file__).parent / "parse" / "published.csv").read_text(encoding="utf-8").splitlines()
CASES = list(csv.DictReader(line for line in LINES if not line.startswith("#")))


@pytest.mark.parametrize(("written", "offset", "utc"), [tuple(row.values()) for row in CASES])
def test_moment(written: str, offset: str, utc: str) -> None:
    found = moment(written, timezone(timedelta(hours=int(offset))))
    assert (found.at if found else None) == (datetime.fromisoformat(utc).replace(tzinfo=UTC) if utc else None)


def test_day_within_a_line() -> None:
    found = day_in("By Ann Bell | March 4, 2021 at 2:26 PM HST - Updated March 4 at 4:46 PM")
    assert found is not None
    assert found.at == datetime(2021, 3, 5, 0, 26, tzinfo=UTC)
