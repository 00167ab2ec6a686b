"""What can be read in two ways is read as raw/conventions.toml says."""

from pathlib import Path

import pytest

import pipeline
from pipeline import conventions
from pipeline.run import ingest
from pipeline.scan import BadSetting

NEWS = "渡口的票价\n\n渡船公司说，票价为30元，每天有两三百名乘客。The fare is $4, from 3/4/2020.\n"
SAID = """
[dates]
day_first = true
[figures]
pairs = "approx"
[currency]
"$" = "CAD"
"元" = "HKD"
[currency.en]
"$" = "AUD"
"""


def figures(text: str) -> dict[str, tuple[object, ...]]:
    return {row["surface"]: (row["value"], row["cmp"], row["currency"]) for row in pipeline.annotate(text)["figures"]}


def test_by_default() -> None:
    assert figures("票价30元，两三百名乘客，$4") == {
        "30元": (30, "eq", "CNY"), "两三百名": (None, "range", None), "$4": (4, "eq", "USD"),
    }  # fmt: skip
    assert pipeline.annotate("on 3/4/2020")["dates"][0]["edtf"] == "2020-03-04"


def test_as_said() -> None:
    with conventions.using(conventions.read(SAID)):
        assert figures("票价30元，两三百名乘客，几百名乘客，$4，港币5元，US$6") == {
            "30元": (30, "eq", "HKD"), "两三百名": (250, "approx", None), "几百名": (None, "range", None),
            "$4": (4, "eq", "CAD"), "港币5元": (5, "eq", "HKD"), "US$6": (6, "eq", "USD"),
        }  # fmt: skip
        assert figures("The fare is $4") == {"$4": (4, "eq", "AUD")}
        assert pipeline.annotate("on 3/4/2020")["dates"][0]["edtf"] == "2020-04-03"
    assert figures("The fare is $4") == {"$4": (4, "eq", "USD")}


@pytest.mark.parametrize(
    "text",
    [
        "[dates]\nday_first = 1",
        "[figures]\npairs = 2",
        "[money]",
        "[currency]\na = 'x'",
        "dates = 1",
        "[",
        "[currency.fr]",
    ],
)
def test_what_is_no_convention(text: str) -> None:
    with pytest.raises(ValueError, match=r"is|unknown|Expected|has|Unclosed|at end"):
        conventions.read(text)


def test_the_file_is_obeyed_and_a_change_is_noticed(tmp_path: Path) -> None:
    raw, out = tmp_path / "raw", tmp_path / "out"
    raw.mkdir()
    (raw / "a.txt").write_text(NEWS, "utf-8")
    ingest(raw, out, workers=1)
    assert set(pipeline.load("figures", out)["currency"].dropna()) == {"CNY", "USD"}
    (raw / "conventions.toml").write_text(SAID, "utf-8")
    assert ingest(raw, out, workers=1).anew == "the settings in raw/ were changed"
    assert "HKD" in set(pipeline.load("figures", out)["currency"].dropna())
    (raw / "conventions.toml").write_text("[money]", "utf-8")
    with pytest.raises(BadSetting, match=r"conventions\.toml"):
        ingest(raw, out, workers=1)
