"""Lines broken at a width become paragraphs again, every word of them still found in the source; labelled heads."""

import textwrap
from datetime import UTC, datetime
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from pipeline.parse import parse
from pipeline.read import read
from pipeline.records import Article

WORDS = ("harbour", "the", "a", "boat", "of", "morning", "council", "said", "night", "rope", "crossing", "it", "would")


@st.composite
def stories(draw: st.DrawFn) -> list[str]:
    """Paragraphs of sentences whose lengths differ, as those of real texts do."""
    dice = Random(draw(st.integers(0, 2**32)))
    sentences = [" ".join(dice.choices(WORDS, k=dice.randint(6, 25))).capitalize() + "." for _ in range(20)]
    return [" ".join(sentences[n : n + 5]) for n in range(0, 20, 5)]


def article(text: str) -> Article:
    (raw,) = read(text.encode(), "page.txt")
    return parse(raw)


@given(stories(), st.integers(50, 90))
def test_paragraphs_come_back_as_they_were(paragraphs: list[str], width: int) -> None:
    source = "Boats of the night\n\n" + "\n\n".join(textwrap.fill(text, width) for text in paragraphs)
    found = article(source)
    assert found.text.split("\n") == paragraphs
    for block in found.blocks:
        low, high = found.origin.locate(block.start, block.end) or (0, 0)
        assert source[low:high].split() == found.text[block.start : block.end].split()


@given(stories())
def test_paragraphs_a_line_stay_lines(paragraphs: list[str]) -> None:
    assert article("Boats of the night\n\n" + "\n".join(paragraphs)).text.split("\n") == paragraphs


POSTING = """From: Ann Bell <ann@marsh.example>
Newsgroups: marsh.local.news
Subject: Old mill opens to visitors
Date: Tue, 4 Mar 2003 10:00:00 GMT

The mill by the river opens on Saturday. It was closed for nine years, and its wheel has been built anew.
"""


def test_who_posts_to_a_news_group_has_written_it() -> None:
    found = article(POSTING)
    assert (found.title, found.author, found.source) == ("Old mill opens to visitors", "Ann Bell", None)
    assert (found.published_at, found.published_from) == (datetime(2003, 3, 4, 10, tzinfo=UTC), "text")


def test_who_sends_a_mail_need_not_have_written_what_it_holds() -> None:
    found = article(POSTING.replace("Newsgroups: marsh.local.news", "To: desk@marsh.example"))
    assert (found.title, found.author, found.source) == ("Old mill opens to visitors", None, None)


def test_a_label_in_prose_is_no_head() -> None:
    found = article("Old mill opens\n\nSource: the council. The mill by the river opens on Saturday, and it is free.\n")
    assert (found.title, found.source) == ("Old mill opens", None)


def test_the_properties_that_a_notebook_exports_above_its_markdown() -> None:
    source = (
        "# 渡口昨日复航\n\n作者: 林小雨\n发布日期: 2022年5月9日\n标签: 渡口, 港口\n状态: 已归档\n\n"
        "第一批乘客在清晨六点前就到了，队伍从入口一直排到**桥头**，有人还带了板凳。\n\n## 票价\n\n"
        "票价不变，仍是两元。\n"
    )
    (raw,) = read(source.encode(), "note.md")
    found = parse(raw)
    assert (found.title, found.author, found.tags) == ("渡口昨日复航", "林小雨", ("渡口", "港口"))
    assert found.published_at == datetime(2022, 5, 9, tzinfo=UTC)
    main = [found.text[block.start : block.end] for block in found.blocks if not block.aside]
    assert [line[:3] for line in main] == ["第一批", "票价", "票价不"]


def test_a_mail_above_its_markdown_loses_its_head_alone() -> None:
    told = textwrap.fill("The ferry will sail at night again, which pleased nobody in the harbour. " * 3, 60)
    (raw,) = read(
        f"""From: Ann Bell <ann@coast.example>
To: list@coast.example
Subject: The night ferry
Date: Thu, 14 Oct 2010 07:12:33 -0400

THE NIGHT FERRY
---------------

{told}
It will cost two crowns [1].

[1] Twice as much as by day: <http://coast.example/fares>

- Why it had stopped
- Who pays for it

{told}
""".encode(),
        "mail.md",
    )
    found = parse(raw)
    kept = [found.text[block.start : block.end] for block in found.blocks if not block.aside]
    assert (found.title, found.format) == ("The night ferry", "markdown")
    assert sum(line.startswith("The ferry will sail") for line in kept) == 2
    assert not any("list@coast" in line for line in kept)
