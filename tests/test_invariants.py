"""The promises that hold for every input, over generated articles and over arbitrary bytes."""

from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import pipeline
from pipeline.cleaning.apply import restore
from pipeline.parse import parse
from pipeline.read import read
from pipeline.records import TABLES

ZH = [
    "海尔集团去年营收超2000亿元，同比增长8.5%。",
    "青岛市科技局公示了231家单位，最高奖补30万元。",
    "記者從臺灣大學獲悉，該項目已於2021年3月完成。",
    "截至9月30日，公司累计拥有２万多名员工。",
    "“十三五”期间，１０＋Ｎ体系建成；20多家平台落地！",
]
EN = [
    "Shares of Haier Group rose nearly 12% to $27.5bn on Friday.",
    "Over 100 firms joined the Open Innovation Week in June, 2014.",
    "The University of Leeds said up to 3,000 people could be hired by 2030.",
]
SPAM = [
    "澳洲幸运8开奖时间 湖南棋牌红中麻将下载 网上棋牌怎么开",
    "best online casino bonus free spins no deposit",
    "棋•牌•下•载 V信:ab888",
]
BOILERPLATE = ["责任编辑：李明", "Copyright © 2021 Example Media. All rights reserved.", "扫描二维码关注我们"]
ODD = [
    "",
    " ",
    "\u200b零\u200d宽",
    "\ufeff",
    "😀👍🏽",
    "a\tb",
    "\u3000\u3000缩进",
    "&amp;lt;b&gt;",
    "e\u0301",
    "\u202e反向",
]

line = st.sampled_from(ZH + EN + SPAM + BOILERPLATE + ODD) | st.text(max_size=40)
body = st.lists(line, max_size=12).map("\n".join)


@st.composite
def article_files(draw: st.DrawFn) -> bytes:
    """An article file in one of the dialects, in one of the encodings met."""
    text = draw(body)
    if draw(st.booleans()):
        tag = draw(st.sampled_from(["<p>{}</p>", "<table><tr><td>x</td><td>{}</td></tr></table>"]))
        paragraphs = "".join(map(tag.format, text.split("\n")))
        title = draw(st.sampled_from([*ZH, *EN]))
        text = (
            f"\n---\ntitle: '{title}'\ndate: Thu, 25 Aug 2022 03:18:00 GMT\n---\n\n<div>   \n{paragraphs}  \n</div>\n"
        )
    encoding = draw(st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"]))
    return text.encode(encoding, "replace")


anything = article_files() | st.binary(max_size=400)
relaxed = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@relaxed
@given(anything)
def test_every_mention_is_grounded(data: bytes) -> None:
    document = pipeline.process(data, "a.txt")
    field = {"title": document.title, "text": document.text}
    for row in (*document.dates, *document.figures, *document.organization_mentions):
        assert field[row.field][row.start : row.end] == row.surface != ""
    for token in document.tokens:
        assert field[token.field][token.start : token.end] == token.token != ""
    for sentence in document.sentences:
        assert field[sentence.field][sentence.start : sentence.end] == sentence.text != ""
    for link in document.links:
        assert field["text"][link.start : link.end] == link.text
    for cell in document.table_cells:
        assert field["text"][cell.start : cell.end] == cell.text != ""


@relaxed
@given(anything)
def test_mentions_of_a_table_do_not_overlap(data: bytes) -> None:
    document = pipeline.process(data, "a.txt")
    for rows in (document.dates, document.figures, document.organization_mentions):
        spans = sorted((row.field, row.start, row.end) for row in rows)
        assert all(a[0] != b[0] or a[2] <= b[1] for a, b in pairwise(spans))


@relaxed
@given(anything)
def test_cuts_put_back_give_the_parsed_text(data: bytes) -> None:
    document = pipeline.process(data, "a.txt")
    if document.article:
        assert restore(document.text, document.cuts) == parse(next(read(data, "a.txt"))).text


@relaxed
@given(anything)
def test_raw_places_are_in_the_file(data: bytes) -> None:
    document = pipeline.process(data, "a.txt")
    for cut in document.cuts:
        if cut.raw_start is not None and cut.raw_end is not None:
            assert 0 <= cut.raw_start < cut.raw_end <= len(document.source)


@relaxed
@given(body)
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    once = pipeline.clean(text, "text")["text"]
    assert pipeline.clean(once, "text")["text"] == once


@relaxed
@given(body)
def test_clean_reports_every_character_it_takes(text: str) -> None:
    answer = pipeline.clean(text, "text")
    kept = list(text)
    for cut in answer["cuts"]:
        assert text[cut["start"] : cut["end"]] == cut["text"]
        kept[cut["start"] : cut["end"]] = [""] * (cut["end"] - cut["start"])
    assert "".join(kept) == answer["text"]


@settings(relaxed, max_examples=150)
@given(st.binary(max_size=600), st.sampled_from(["a.txt", "a.html", "a.md", "a.jsonl", "a.xml", "", "x/..\x00"]))
def test_no_bytes_make_it_raise(data: bytes, path: str) -> None:
    document = pipeline.process(data, path)
    assert document.article is not None or document.problems
    assert all(problem.message and problem.error for problem in document.problems)


@relaxed
@given(anything)
def test_the_same_bytes_give_the_same_rows(data: bytes) -> None:
    first, second = pipeline.process(data, "a.txt"), pipeline.process(data, "a.txt")
    for table in TABLES.keys() - {"organizations"}:
        assert getattr(first, table) == getattr(second, table)


@relaxed
@given(anything)
def test_every_date_starts_before_it_ends(data: bytes) -> None:
    for row in pipeline.process(data, "a.txt").dates:
        assert row.start_date is None or row.end_date is None or row.start_date <= row.end_date


@relaxed
@given(st.text(max_size=200))
def test_annotate_takes_the_text_as_it_is(text: str) -> None:
    answer = pipeline.annotate(text)
    for name in ("dates", "figures", "organizations"):
        assert all(text[row["start"] : row["end"]] == row["surface"] for row in answer[name])
    assert all(0 <= start < end <= len(text) for start, end in answer["tokens"])
