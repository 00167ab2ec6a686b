"""What holds for all dates: written forms read back, rows are sound, odd input is harmless."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from work import work

from pipeline.extract.dates import extract
from pipeline.extract.dates.edtf import write
from pipeline.records import DateRow
from pipeline.temporal import calendar, parse, spans
from pipeline.text import fold, passage

ANCHOR = date(2022, 8, 25)
HAN = "〇一二三四五六七八九"
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
parse("2020年 in May")  # compile the grammar outside of the examples
days = st.dates(date(1900, 1, 1), date(2039, 12, 31))


def rows(text: str, published: date | None = ANCHOR) -> list[DateRow]:
    return extract([passage("text", text, published=published)])


def han(number: int) -> str:
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else HAN[tens] + "十") + (HAN[ones] if ones else "")


def ordinal(n: int) -> str:
    return f"{n}{'th' if 10 < n < 14 else {1: 'st', 2: 'nd', 3: 'rd'}.get(n % 10, 'th')}"


def written(day: date) -> list[str]:
    y, m, d, name = day.year, day.month, day.day, MONTHS[day.month - 1]
    digits = "".join(HAN[int(digit)] for digit in str(y))
    wide = str(y).translate({ord(str(i)): 0xFF10 + i for i in range(10)})
    return [
        f"会议于{y}年{m}月{d}日召开", f"会议于{y} 年 {m} 月 {d} 日召开",
        f"会议于{digits}年{han(m)}月{han(d)}日召开",
        f"会议于{wide}年{m:02}月{d:02}日召开", f"會議於{y}年{m}月{d}號召開",
        f"会议于{day}召开", f"会议于{y}/{m}/{d}召开",
        f"It met on {name} {d}, {y}.", f"It met on {d} {name} {y}.", f"It met on {name} {ordinal(d)}, {y}.",
        f"It met on the {ordinal(d)} of {name}, {y}.", f"It met on {name[:3]}{'.' * (m != 5)} {d}, {y}.",
        f"It met on {day}.",
        f"It met on {day:%A}, {d} {name} {y}.",
    ]  # fmt: skip


@settings(max_examples=40)
@given(days)
def test_a_day_reads_back_however_it_is_written(day: date) -> None:
    for text in written(day):
        found = [(row.start_date, row.end_date, row.grain, row.edtf) for row in rows(text)]
        assert found == [(day, day, "day", day.isoformat())], text


@settings(max_examples=40)
@given(days, st.integers(1, 900))
def test_a_range_reads_back(first: date, length: int) -> None:
    last = min(first + timedelta(length), date(2039, 12, 31))
    for text in (
        f"展期为{first.year}年{first.month}月{first.day}日至{last.year}年{last.month}月{last.day}日，免费",
        f"from {first.day} {MONTHS[first.month - 1]} {first.year} to {last.day} {MONTHS[last.month - 1]} {last.year}.",
    ):
        found = [(row.start_date, row.end_date) for row in rows(text)]
        assert found == [(first, max(first, last))], text


@settings(max_examples=40)
@given(st.integers(1900, 2039), st.integers(1, 12), st.integers(1, 4))
def test_months_quarters_and_years_read_back(y: int, m: int, q: int) -> None:
    name = MONTHS[m - 1]
    for text, period in (
        (f"在{y}年{m}月里", calendar.month(y, m)),
        (f"in {name} {y}.", calendar.month(y, m)),
        (f"在{y}年第{HAN[q]}季度", calendar.quarter(y, q)),
        (f"in Q{q} {y}.", calendar.quarter(y, q)),
        (f"在{y}年建成", calendar.year(y)),
        (f"in {y}.", calendar.year(y)),
    ):
        found = [(row.start_date, row.end_date, row.grain) for row in rows(text)]
        assert found == [(period.start, period.end, period.grain)], text


PIECES = [
    "年",
    "月",
    "日",
    "号",
    "天",
    "周",
    "个",
    "第",
    "前",
    "后",
    "上",
    "下",
    "半",
    "多",
    "至",
    "到",
    "—",
    "-",
    "/",
    ".",
    ",",
    "、",
    "今",
    "去",
    "明",
    "昨",
    "本",
    "近",
    "初",
    "底",
    "末",
    "旬",
    "季度",
    "世纪",
    "年代",
    "农历",
    "正月",
    "国庆",
    "春节",
    "期间",
    "0",
    "1",
    "2",
    "9",
    "12",
    "31",
    "2020",
    "1999",
    "20",
    "２０２２",
    "一",
    "十",
    "二〇",
    "三十",
    "百",
    "千万",
    "May",
    "March",
    "last",
    "next",
    "the",
    "of",
    "in",
    "since",
    "until",
    "week",
    "month",
    "year",
    "ago",
    "years",
    "two",
    "a",
    "3rd",
    "21st",
    "Q3",
    "1990s",
    "Christmas",
    "Monday",
    "Jan.",
    "’",
    "“",
    "”",
    "(",
    ")",
    "\n",
    "\x00",
    "🎉",
    "後",
    "週",
]
odd = st.lists(st.sampled_from(PIECES), max_size=24).map("".join) | st.text(max_size=60)


@settings(max_examples=200)
@given(odd, st.none() | st.dates(date(1, 1, 2), date(9999, 12, 30)))
def test_rows_are_sound_whatever_the_text(text: str, published: date | None) -> None:
    end = 0
    for row in rows(text, published):
        assert text[row.start : row.end] == row.surface
        assert row.start >= end
        assert row.surface.strip() == row.surface != ""
        assert row.rule
        end = row.end
        if row.start_date and row.end_date:
            assert row.start_date <= row.end_date
        assert (row.anchor_date is None) == (not row.relative or published is None)
        assert (row.kind == "duration") == (row.cmp is not None)


@given(odd)
def test_spans_are_those_of_the_rows_or_more(text: str) -> None:
    found = spans(fold(text))
    assert all(end <= start for (_, end, _), (start, _, _) in pairwise(found))
    assert {(row.start, row.end, row.kind) for row in rows(text)} <= {*found}


@given(days, days)
def test_edtf_of_a_period_names_its_ends(one: date, other: date) -> None:
    first, last = sorted((one, other))
    form = write(calendar.Period(first, last, "range"))
    assert form is not None
    low, _, high = form.partition("/")
    assert first.isoformat().startswith(low)
    assert last.isoformat().startswith(high or low)


@given(st.integers(1901, 2098), st.integers(1, 12), st.integers(1, 29))
def test_lunar_days_follow_each_other(y: int, m: int, d: int) -> None:
    day, after = calendar.lunar(y, m, d), calendar.lunar(y, m, d + 1)
    assert day is not None
    assert after is None or after - day == timedelta(1)


@pytest.mark.parametrize(("year", "easter", "new_year", "qingming"), [
    (2000, "2000-04-23", "2000-02-05", "2000-04-04"), (2019, "2019-04-21", "2019-02-05", "2019-04-05"),
    (2024, "2024-03-31", "2024-02-10", "2024-04-04"), (2033, "2033-04-17", "2033-01-31", "2033-04-04"),
])  # fmt: skip
def test_movable_days(year: int, easter: str, new_year: str, qingming: str) -> None:
    assert str(calendar.easter(year)) == easter
    assert str(calendar.lunar(year, 1, 1)) == new_year
    assert str(calendar.solar_term("清明", year)) == qingming


@pytest.mark.parametrize("unit", [
    "1", "12-", "2020年", "一二三四五", "前", "5月", "上上", "近3", "two ", "last ", "20 ", "2020-", "1月1日至",
    "三、", "the of ", "1,111", "3天前", "May ", "“十四五”", "half a ", "twenty-", "early ", "闰",
])  # fmt: skip
def test_long_runs_end(unit: str) -> None:
    """Backtracking over the whole run would take hours, and hit the suite's time limit."""
    assert parse(fold(unit * (60_000 // len(unit)))) is not None


@pytest.mark.parametrize(("text", "day_first", "value"), [
    ("on 3/4/2020 in", None, "2020-03-04"), ("on 3/4/2020 in", True, "2020-04-03"),
    ("on 3.4.2020 in", None, "2020-04-03"),
    ("on 3.4.2020 in", False, "2020-03-04"),
    ("on 25/12/2020 in", None, "2020-12-25"), ("on 12/25/2020 in", True, "2020-12-25"),
])  # fmt: skip
def test_the_order_of_day_and_month_can_be_told(text: str, day_first: bool | None, value: str) -> None:
    assert [row.edtf for row in extract([passage("text", text)], day_first)] == [value]


REPEATED = (
    "1|1-|2020-|2020/|1月|三|十|第|近一|9号，|上上|比上月|end of |this |three to |and |5 and 6 |May 1 |between 1 and "
)


@pytest.mark.parametrize("piece", REPEATED.split("|"))
def test_work_grows_no_faster_than_the_text(piece: str) -> None:
    work(rows, piece * 50)
    assert work(rows, piece * 2000) < 12 * work(rows, piece * 200) + 1000
