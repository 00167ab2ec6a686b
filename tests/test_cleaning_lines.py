"""Lines of sites that rules and words tell, without their place: lists under a head, last lines, figures."""

import pytest

from pipeline.cleaning import boilerplate, find, lists, menus, sounds
from pipeline.cleaning.rules import match, plain
from pipeline.cleaning.view import Line
from pipeline.records import Cut

PROSE = (
    "The ferry between the two islands opened on Tuesday after nine years of repairs, and the first boat carried the "
    "mayor, two cows and a piano. People stood on both quays and waved. Nobody had thought of a ramp for the piano, so "
    "it went back and forth until the evening, when four men from the brewery lifted it ashore. The captain said he "
    "had grown used to it, and that the cows had been no trouble, as they had slept through both crossings. "
    "The brewery sent him a barrel in the spring."
)
OWN = "© 2024 Harbour Media. All rights reserved."


def lines(*texts: str) -> list[Line]:
    return [Line(0, len(text), text, "line", False, 0.0) for text in texts]


def reasons(*texts: str) -> boilerplate.Reasons:
    return boilerplate.known(lines(*texts), list(map(plain, texts)), set(), "Ferry opens")


@pytest.mark.parametrize("text", ["Little Harrow", "Safari 14+", "Sat 9 Nov, Northmoor, home, 1.40pm"])
def test_a_last_line_needs_more_than_one_above_lines_of_the_site(text: str) -> None:
    assert reasons(PROSE, text) == {}
    assert reasons(PROSE, text, OWN) == {1: "footer", 2: "copyright"}


def test_last_lines_that_only_a_site_writes_go_alone() -> None:
    assert reasons(PROSE, "In our other papers") == {1: "footer"}


@pytest.mark.parametrize("text", ["Meet the team", "Ring the newsroom"])
def test_what_a_line_leads_to_needs_more(text: str) -> None:
    assert reasons(PROSE, text) == {1: "footer"}
    assert reasons(PROSE, "Whoever has seen the piano since can ring:", text) == {}
    assert reasons(PROSE, "Contact us:", text) == {1: "follow", 2: "footer"}
    assert reasons(PROSE, "Harbour:", text) == {2: "footer"}


def test_an_offer_with_figures_is_a_last_line_as_any_other() -> None:
    assert reasons(PROSE, "Buy 3 tablets, get 1 free") == {1: "footer"}


@pytest.mark.parametrize("text", ["Orca: Super + Alt + S", "The rest of the boats can be told by these marks:"])
def test_code_and_what_leads_on_are_never_the_sites(text: str) -> None:
    assert 1 not in reasons(PROSE, text, "print(marks)", OWN)


def test_an_item_goes_with_its_list_alone() -> None:
    item = "- Write to our papers"
    assert reasons(PROSE, item, OWN)[1] == "footer"
    others = ["- Fixed steady, travelling steady", "- Three-jaw chuck, faceplate", "- A drawer of worn taps and dies"]
    assert 4 not in reasons(PROSE, *others, item, OWN)


@pytest.mark.parametrize(
    ("texts", "head"),
    [
        (["In our other papers", "Place a notice", "Work with us"], 1),
        (
            ["As it stands today:", "Fixed steady, travelling steady", "Three-jaw chuck, faceplate"],
            None,
        ),  # no headlines
        (["In our other papers", "Sat 9 Nov, Northmoor, 1.40pm", "Sun 17 Nov, Oldgate, 4.10pm"], None),  # figures
        (["Papers", "Ada Moss", "Benedict Reed", "Cy Hale"], None),  # a word may be a name, as those below it are
        (["Related articles:", "Ferry opens again", "Who owns the old quay"], 1),
        (["Related articles:", "9 Nov: 7.1m, not won", "2 Nov: 5.6m, not won"], None),
    ],
)
def test_the_head_of_a_list(texts: list[str], head: int | None) -> None:
    page = [PROSE, *texts]
    assert lists.head(lines(*page), list(map(plain, page)), len(page) - 1) == head


def test_loose_rules_do_not_hold_for_what_speaks_like_news() -> None:
    news = "办案民警须进入小程序后台逐一核对聊天记录与转账流水，受害人的照片多数已在境外服务器上被反复转手"
    assert match(plain(news), "loose") == "follow"
    assert sounds.known_below(plain(news)) is None
    assert sounds.known_below(plain("进入小程序，点击右下角查看更多")) == "follow"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Music | Film | Politics | Pubs", "navigation"),
        ("Music, film, politics, pubs", None),  # as a sentence parts things of one kind
        ("Music, film, politics, weather, pubs", "navigation"),
    ],
)
def test_words_that_commas_part_are_a_menu_only_if_nearly_all_are_known(line: str, reason: str | None) -> None:
    assert menus.navigation(line) == reason


def test_cuts_that_end_a_text_together_take_the_break_before_them() -> None:
    text = "The ferry sailed.\nShare\nbuy pills"
    cuts = [Cut(18, 23, "boilerplate", "share", 1.0), Cut(24, 33, "spam", "advertising", 1.0)]
    assert [(cut.start, cut.end) for cut in find._tidied(text, cuts)] == [(17, 24), (24, 33)]
