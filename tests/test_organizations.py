"""Names of organizations: cases as data, and what must hold for any text."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import lexicon
from pipeline.extract.organizations import extract, gazetteer
from pipeline.extract.organizations.names import key, new_id
from pipeline.records import OrganizationMentionRow
from pipeline.text import passage

_MARK = re.compile(r"【([^【】|]+)(?:\|([^【】]*))?】")
CASES = Path(__file__).parent / "organizations" / "cases.txt"


def _cases() -> list[object]:
    lines = [line for line in CASES.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
    return [
        pytest.param(line.removeprefix("!"), marks=pytest.mark.xfail(strict=True) if line[0] == "!" else ())
        for line in lines
    ]


def _parse(line: str) -> tuple[str, list[tuple[int, str, str | None]]]:
    """The text of a case, and the start, surface and id of each organization in it."""
    text, gold, end = "", [], 0
    for match in _MARK.finditer(line):
        text += line[end : match.start()]
        gold.append((len(text), match[1], match[2]))
        text += match[1]
        end = match.end()
    return text + line[end:], gold


def _rows(text: str, *more: str) -> list[OrganizationMentionRow]:
    return extract([passage("title", text), *(passage("text", other) for other in more)])


@pytest.mark.parametrize("line", _cases())
def test_case(line: str) -> None:
    text, gold = _parse(line)
    rows = _rows(text)
    assert [(row.start, row.surface) for row in rows] == [(start, surface) for start, surface, _ in gold]
    for row, (_, _, org_id) in zip(rows, gold, strict=True):
        assert org_id is None or row.org_id == (org_id or None)


def test_one_name_has_one_id_in_every_form() -> None:
    ids = {row.org_id for row in _rows("海尔集团与海尔合作。\nHaier and Haier Group are one.", "海爾集團的創新。")}
    assert ids == {"haier"}


def test_a_name_found_once_counts_in_the_whole_article() -> None:
    rows = _rows("Velmarisa rises", "The group signed its first client Velmarisa (a maker of seats). Velmarisa grew.")
    assert [row.surface for row in rows] == ["Velmarisa"] * 3
    assert len({row.org_id for row in rows}) == 1


def test_a_new_id_follows_from_the_name_alone() -> None:
    assert new_id("绿帆科技有限公司") == new_id("綠帆科技") == "org:绿帆科技"
    assert new_id("The Velmarisa Group") == new_id("VELMARISA Inc.") == "org:velmarisa"


@pytest.mark.parametrize(
    ("one", "other"),
    [("IT之家", "IT 之家"), ("《环球时报》", "环球时报"), ("Ｈａｉｅｒ", "haier"), ("Acme, Inc.", "ACME")],
)
def test_ways_of_writing_a_name_share_a_key(one: str, other: str) -> None:
    assert key(one) == key(other)


def test_no_id_where_a_name_has_several_owners_and_nothing_tells() -> None:
    shared = [alias for alias in gazetteer.gazetteer().aliases if len(alias.owners) > 1]
    assert shared, "the lexicon holds names of several owners"
    for alias in shared[:50]:
        assert all(row.org_id not in alias.owners for row in _rows(alias.surface) if row.surface == alias.surface)


def test_the_users_own_lexicon_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    header = "org_id,name_zh,name_en,kind,country,tickers,parent,aliases,flags,source,mentions,articles,example\n"
    for file in lexicon.DATA.iterdir():
        (tmp_path / file.name).symlink_to(file)
    own = tmp_path / gazetteer.LOCAL
    own.write_text(header + "my-haier,海尔,Velmarisa,company,,,,,,local,3,2,an example\n", encoding="utf-8")
    monkeypatch.setattr(lexicon, "DATA", tmp_path)
    gazetteer._gazetteer.cache_clear()
    try:
        assert gazetteer.owners("海尔") == ("my-haier",)
        assert gazetteer.owners("Velmarisa Inc.") == ("my-haier",)
        assert gazetteer.owners("腾讯") == ("tencent",)
    finally:
        gazetteer._gazetteer.cache_clear()


_PIECES = [*"海尔集团公司与的在，。、（）《》\n", "Haier ", "Inc. ", "Bank of ", "(ABC) ", "The ", "said ", "9988.HK "]
_TEXTS = st.one_of(st.text(max_size=80), st.lists(st.sampled_from(_PIECES), max_size=40).map("".join))


@settings(deadline=None)  # the first text waits for the lexicon and the weights
@given(_TEXTS, _TEXTS)
def test_any_text_gives_grounded_disjoint_mentions_in_order(title: str, body: str) -> None:
    texts = {"title": title, "text": body}
    end = {"title": 0, "text": 0}
    for row in extract([passage("title", title), passage("text", body)]):
        assert texts[row.field][row.start : row.end] == row.surface != ""
        assert row.start >= end[row.field]
        end[row.field] = row.end
        assert 0 <= row.confidence <= 1


@pytest.mark.parametrize("piece", ["（", "A ", "公司", "有限公司、", "据", "Bank of ", "the A of ", "a.", "Inc., "])
def test_long_repetition_is_no_trouble(piece: str) -> None:
    extract([passage("text", piece * 5000)])
