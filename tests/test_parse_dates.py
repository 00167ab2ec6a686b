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


@pytest.mark.parametrize(
    ("line", "utc"),
    [
        ("发布时间: 21-03-04 10:23", "2021-03-04T10:23"),
        ("18-03-0823:16 东岸晚报", "2018-03-08T23:16"),
        ("Tue, 03/07/2023 - 14:05", "2023-03-07T14:05"),
        ("二○○一年七月十四日　星期六", "2001-07-14T00:00"),
        ("Fri 07/04/2023", "2023-04-07T00:00"),
        ("25/12/2022", "2022-12-25T00:00"),
        ("03/07/2023", ""),
        ("电话 21-03-0410", ""),
    ],
)
def test_a_day_within_a_line(line: str, utc: str) -> None:
    found = day_in(line)
    assert (found.at.isoformat()[:16] if found else "") == utc
