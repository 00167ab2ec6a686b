"""Names of organizations: cases as data, and what must hold for any text."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import pipeline
from pipeline.extract.organizations import chinese, describe, english_grid, extract, extract_all, gazetteer
from pipeline.extract.organizations.names import key, new_id
from pipeline.extract.organizations.recent import Recent
from pipeline.records import OrganizationMentionRow
from pipeline.run import ingest
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


def test_the_users_own_lexicon_wins(tmp_path: Path) -> None:
    header = "org_id,name_zh,name_en,kind,country,tickers,parent,aliases,flags,source,mentions,articles,example\n"
    own = tmp_path / gazetteer.LOCAL
    own.write_text(header + "my-haier,海尔,Velmarisa,company,,VLM,,,,local,3,2,an example\n", encoding="utf-8")
    with gazetteer.using(own):
        assert gazetteer.owners("海尔") == ("my-haier",)
        assert gazetteer.owners("Velmarisa Inc.") == ("my-haier",)
        assert gazetteer.owners("腾讯") == ("tencent",)
        assert describe("my-haier").tickers == ("VLM",)  # type: ignore[union-attr]
    assert describe("my-haier") is None


def test_the_table_of_organizations_has_tickers_and_no_name_from_what_was_cut(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    article = "渡口开航\n\n海尔集团今天宣布，第一座新渡口在青岛开航，船长说他很高兴，三百人到场观看。\n"
    tail = "六合彩平台 bet188投注网址 腾讯娱乐城官网开户送彩金 澳门赌场注册 nba投注app下载\n"
    (tmp_path / "raw" / "a.txt").write_text(article + tail, encoding="utf-8")
    ingest(tmp_path / "raw", tmp_path / "out", workers=1)
    table = pipeline.load("organizations", tmp_path / "out").set_index("org_id")
    cuts = pipeline.load("cuts", tmp_path / "out")
    assert "腾讯" in "".join(cuts["text"])
    assert list(table.loc["haier", "tickers"]) == ["600690.SH", "6690.HK"]
    assert list(table.index) == ["haier"]


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


@settings(deadline=None, max_examples=30)
@given(st.lists(_TEXTS, max_size=4))
def test_an_article_has_the_same_names_whatever_is_read_with_it(texts: list[str]) -> None:
    articles = [[passage("title", "海尔与 Acme Corp"), passage("text", text)] for text in texts]
    assert extract_all(articles) == [extract(article) for article in articles]


@pytest.mark.parametrize("piece", ["（", "A ", "公司", "有限公司、", "据", "Bank of ", "the A of ", "a.", "Inc., "])
def test_long_repetition_is_no_trouble(piece: str) -> None:
    extract([passage("text", piece * 5000)])


def test_words_met_lately_are_remembered_others_are_let_go() -> None:
    words: Recent[int] = Recent(2)
    words |= {"ferry": 1, "pier": 2, "mill": 3}
    words.renew()
    assert words["mill"] == 3
    words |= {"tide": 4, "dune": 5}
    words.renew()
    assert {**words, **words.older} == {"mill": 3, "tide": 4, "dune": 5}
    with pytest.raises(KeyError):
        words["ferry"]


@pytest.mark.parametrize("most", [0, 3, 1 << 15])
def test_what_is_remembered_of_words_changes_nothing(most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = ["滨海市教育局昨日与云岭大学签约。", "云岭大学昨日公布名单，滨海市教育局参加。"] * 2
    texts += ["Norhaven Council met Tide Bank.", "Tide Bank sued Norhaven Council."] * 2
    found = [_rows(text) for text in texts]
    monkeypatch.setattr(chinese, "_known", Recent(most))
    monkeypatch.setattr(english_grid, "_known", type(english_grid._known)(most))
    assert [_rows(text) for text in texts] == found
