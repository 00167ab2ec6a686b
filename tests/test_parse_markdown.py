"""Markdown to text with its place in the source. The cases stand in ``parse/markdown.txt``."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from hypothesis import assume, example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from pipeline.parse.markdown import parse_markdown
from pipeline.parse.shortcodes import without_shortcodes
from tests.fixtures import fixture_cases

CASES = Path(__file__).parent / "parse" / "markdown.txt"


@pytest.mark.parametrize(("source", "expected"), fixture_cases(CASES))
def test_text(source: str, expected: str) -> None:
    without, _ = without_shortcodes(source, markdown=True)
    assert len(without) == len(source)
    assert parse_markdown(without).body.text == expected


def test_links_images_and_title() -> None:
    source = "xxxx# The *Title*\n\nSee [here](https://a.example/) and ![alt](https://a.example/b.png).\n"
    found = parse_markdown(source, 4, lift_title=True)
    assert found.title == "The Title"
    assert [link[2:] for link in found.body.links] == [("https://a.example/", "here")]
    assert [image.url for image in found.body.images] == ["https://a.example/b.png"]
    link = found.body.links[0]
    low, high = found.body.origin.locate(link.start, link.end) or (0, 0)
    assert source[low:high] == "here"


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        ("渡口**二期**开工", "渡口二期开工"),
        ("渡口**“二期”**`开工`", "渡口“二期”开工"),
        ("![logo](a.png) Storm at <b>sea</b>", "Storm at sea"),
        ("![Storm at sea](a.png)", "Storm at sea"),
        ("[Storm](https://a.example) at *sea*", "Storm at sea"),
    ],
)
def test_titles(heading: str, title: str) -> None:
    assert parse_markdown(f"# {heading}\n\nBody\n", lift_title=True).title == title


PIECES = st.sampled_from(
    [
        "word ",
        "汉字",
        "。",
        "\n",
        "\n\n",
        "*",
        "**",
        "_",
        "`",
        "[a](b)",
        "# ",
        "> ",
        "- ",
        "1. ",
        "&amp;",
        "\\*",
        "|",
        "  ",
    ]
)


@example("*汉字*  *")
@example("`word \nword `")
@example("`\n`word ")
@given(st.lists(PIECES, max_size=30).map("".join))
def test_the_words_are_those_of_the_rendered_page(source: str) -> None:
    rendered = MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(source)
    expected = "".join(BeautifulSoup(rendered, "html.parser").get_text().split())
    assume("**" not in expected)  # CommonMark leaves stars beside Chinese signs, which are taken away here
    assert "".join(parse_markdown(source).body.text.split()) == expected


def test_table_cells() -> None:
    body = parse_markdown("| port | ships |\n|--|--|\n| north | **12** a day |\n| | 3 |\n").body
    assert [(c.row, c.column, c.header, c.text) for c in body.cells] == [
        (0, 0, True, "port"),
        (0, 1, True, "ships"),
        (1, 0, False, "north"),
        (1, 1, False, "12 a day"),
        (2, 1, False, "3"),
    ]
    assert all(body.text[c.start : c.end] == c.text for c in body.cells)
