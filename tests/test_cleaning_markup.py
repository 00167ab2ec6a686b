"""What the names of elements say of their words is evidence for the cleaner, and no more than that."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.cleaning import apply_cuts, find_cuts
from pipeline.cleaning.apply import restore
from pipeline.parse import parse
from pipeline.records import Article, Raw
from tests.fixtures import fixture_cases
from tests.test_cleaning import HOSTS, article

CASES = Path(__file__).parent / "cleaning" / "markup.txt"
_LINES = re.compile(r"(?m)^@(\S+)(?: (\d*):(\d*))?$")


def filled(case: str, form: str) -> str:
    """The case with the lines of its articles in it, each as ``form`` says."""

    def lines(match: re.Match[str]) -> str:
        chosen = HOSTS[match[1]].split("\n")[int(match[2] or 0) : int(match[3] or 99)]
        return "\n".join(form.format(line) for line in chosen)

    return _LINES.sub(lines, case)


def parsed(source: str) -> Article:
    return parse(Raw("a.html", source, format="html"))


@pytest.mark.parametrize(("source", "expected"), fixture_cases(CASES))
def test_names_of_elements(source: str, expected: str) -> None:
    page = parsed(filled(source, "<p>{}</p>"))
    cleaned = apply_cuts(page, find_cuts(page))
    assert cleaned.text == filled(expected, "{}")
    assert restore(cleaned.text, cleaned.cuts) == page.text
    again = article(cleaned.text)
    assert find_cuts(again) == []


PARAGRAPH = "<p>" + "The ferry crossed the river twice before noon, and the mill sent nobody to meet it. " * 3 + "</p>"
REST = "<p>" + "The rain had stopped by then, and the pier was full of people. " * 30 + "</p>"


@pytest.mark.parametrize(
    ("source", "odds"),
    [
        ("<div class=share>Ask</div>" + REST, [4, 0]),
        ("<nav>Ask</nav>" + REST, [3, 0]),
        (f"<div class=share>{PARAGRAPH}</div>" + REST, [4, 0]),
        (f"<div class=share>{PARAGRAPH}{PARAGRAPH}</div>" + REST, [0, 0, 0]),
        (f"<div class=share>{PARAGRAPH}</div>Ask", [0, 0]),
        (f"<div class=share>{REST}</div><div class=share>Ask</div>The ferry left.", [0, 4, 0]),
        ("<div class=share>Ask</div>" * 9 + "The ferry left.", [0] * 10),
        ("<aside><div class=newsletter>Ask</div></aside>" + REST, [4, 0]),
        ("<div class=newsletter><aside>Ask</aside></div>" + REST, [4, 0]),
        ("<div class='aside share'>Ask</div>" + REST, [4, 0]),
    ],
)
def test_the_surest_name_counts_unless_it_holds_the_article(source: str, odds: list[int]) -> None:
    assert [block.furniture for block in parsed(source).blocks] == odds


LINES = [
    *(line for text in HOSTS.values() for line in text.split("\n")),
    "Share this story", "分享到：微信 微博", "Sign up to our weekly newsletter", "责任编辑：周小满",
    "More on this topic", "River news",
]  # fmt: skip
NAMES = ["share", "related-posts", "author-bio", "footer", "body", "nav", "text"]
elements = st.tuples(st.sampled_from(["div", "p", "aside", "span", "nav"]), st.sampled_from(NAMES))


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(elements, st.lists(st.sampled_from(LINES), max_size=3), st.booleans()), max_size=6))
def test_cleaning_is_done_at_once_and_can_be_undone(pieces: list[tuple[tuple[str, str], list[str], bool]]) -> None:
    source = "".join(
        f'<{tag} class="{name}">{"<br>".join(lines)}{f"</{tag}>" if closed else ""}'
        for (tag, name), lines, closed in pieces
    )
    page = parsed(source)
    cleaned = apply_cuts(page, find_cuts(page))
    assert restore(cleaned.text, cleaned.cuts) == page.text
    assert find_cuts(article(cleaned.text)) == []


@pytest.mark.parametrize(
    ("hidden", "found"),
    [
        (", opens new tab", ("boilerplate", "label")),
        (", a free spin for each of you" * 3, ("spam", "hidden-links")),
    ],
)
def test_what_a_link_hides_behind_its_words_is_a_label_if_short(hidden: str, found: tuple[str, str]) -> None:
    link = f"<a href=/q>(HLS.X)<span style='display:none'>{hidden}</span></a>"
    told = [f"<p>{line}</p>" for line in HOSTS["en-bees"].split("\n")]
    page = parsed("".join([*told[:2], f"<p>Hale {link} fell on Monday, as all makers of honey did.</p>", *told[2:]]))
    assert [(cut.kind, cut.reason) for cut in find_cuts(page)] == [found]
