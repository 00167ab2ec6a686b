"""Numerals: a number written in any supported form reads back as itself."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import numerals

CASES = Path(__file__).parent / "numerals" / "cases.tsv"
DIGITS = "零一二三四五六七八九"
NAMES = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety"""
ONES, TENS = NAMES.split()[:20], NAMES.split()[20:]


def han_section(n: int) -> str:
    """1 to 9999 in Chinese."""
    out = ""
    for unit, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, n = divmod(n, unit)
        if digit:
            out += DIGITS[digit] + sign
        elif out and n and not out.endswith("零"):
            out += "零"
    return out


def han(n: int) -> str:
    """1 to 10**12 - 1 in Chinese."""
    out = ""
    for scale, sign in ((10**8, "亿"), (10**4, "万"), (1, "")):
        section, n = divmod(n, scale)
        if section:
            out += ("零" if out and section < 1000 else "") + han_section(section) + sign
    return out


def words(n: int, joint: str = " and ") -> str:
    """1 to 10**12 - 1 in English."""
    for scale, name in ((10**9, "billion"), (10**6, "million"), (10**3, "thousand")):
        if n >= scale:
            rest = n % scale
            return f"{words(n // scale, joint)} {name}" + (f" {words(rest, joint)}" if rest else "")
    if n >= 100:
        return f"{ONES[n // 100]} hundred" + (joint + words(n % 100, joint) if n % 100 else "")
    if n >= 20:
        return TENS[n // 10 - 2] + (f"-{ONES[n % 10]}" if n % 10 else "")
    return ONES[n]


NUMBERS = st.one_of(st.integers(1, 10**5), st.integers(1, 10**12 - 1))


@pytest.mark.parametrize("step", [1, 97, 9_973, 999_983, 99_999_989])
def test_thousands_of_numbers_read_back(step: int) -> None:
    for n in range(1, 1000 * step, step):
        assert numerals.read(han(n)) == n, han(n)
        assert numerals.read(words(n)) == n, words(n)
        assert numerals.read(f"{n:,}") == n


@given(NUMBERS)
def test_chinese_reads_back(n: int) -> None:
    assert numerals.read(han(n)) == n
    assert numerals.read(han(n).translate(str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟"))) == n
    assert numerals.read(han(n).replace("万", "萬").replace("亿", "億")) == n


@given(NUMBERS)
def test_english_reads_back(n: int) -> None:
    assert numerals.read(words(n)) == n
    assert numerals.read(words(n, " ")) == n
    assert numerals.read(words(n).capitalize()) == n


@given(NUMBERS, st.sampled_from(["", ".5", ".25", ".1", ".07"]))
def test_digits_and_mixed_read_back(n: int, decimals: str) -> None:
    exact = float(f"{n}{decimals}")
    assert numerals.read(f"{n:,}{decimals}") == exact
    assert numerals.read(f"{n:,}".replace(",", " ")) == n
    for scale, form in ((10**4, "万"), (10**4, " 万"), (10**8, "亿"), (10**6, "百万"), (10**6, " million")):
        assert numerals.read(f"{n}{decimals}{form}") == pytest.approx(exact * scale, rel=1e-12)


@given(st.text(max_size=40))
def test_numerals_stand_in_the_text_in_order(text: str) -> None:
    end = 0
    for numeral in numerals.find(text):
        assert end <= numeral.start < numeral.end <= len(text)
        assert (numeral.value is None) == (numeral.cmp == "range")
        end = numeral.end


@pytest.mark.parametrize("line", [x for x in CASES.read_text("utf-8").splitlines() if not x.startswith("#")])
def test_numeral_says(line: str) -> None:
    text, _, said = line.partition("\t")
    numeral = next(numerals.find(text))
    low, _, high = said.partition("..")
    assert (numeral.low, numeral.high) == (pytest.approx(float(low)), pytest.approx(float(high or low)))
    assert numeral.start == 0
    assert text[numeral.end :] in ("", "个")


@pytest.mark.parametrize("text", ["十百", "点", "half-", "abc", "一二三四五六七八九十百", ""])
def test_what_is_no_number_is_left_alone(text: str) -> None:
    assert numerals.read(text) is None
