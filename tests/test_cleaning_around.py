"""Lines of sites that no rule knows: ``tests/cleaning/around.txt``."""

import re
from pathlib import Path

import pytest
from test_cleaning import article

from pipeline.cleaning import apply_cuts, around, find_cuts
from pipeline.cleaning.view import Line

CASES = re.split(r"(?m)^=== ", (Path(__file__).parent / "cleaning" / "around.txt").read_text(encoding="utf-8"))[1:]


def marked(case: str) -> object:
    missed = [pytest.mark.xfail(strict=True)] if case.startswith("not yet:") else []
    return pytest.param(case, id=case.partition("\n")[0], marks=missed)


@pytest.mark.parametrize("case", list(map(marked, CASES)))
def test_lines_of_the_site_by_their_place(case: str) -> None:
    _, title, *rows = case.strip().split("\n")
    parsed = article("\n".join(row.removeprefix("- ") for row in rows), title=title)
    cuts = find_cuts(parsed)
    assert apply_cuts(parsed, cuts).text.rstrip("\n").split("\n") == [row for row in rows if not row.startswith("- ")]
    assert {cut.kind for cut in cuts} <= {"boilerplate"}


def _view(*texts: str, title: str = "Ferry opens", furniture: int = 0, kinds: str = "") -> around.View:
    """:param kinds: of the lines, a letter each: h(eading), i(tem of a list); the others are mere lines"""
    names = [{"h": "heading", "i": "list"}.get(kind, "line") for kind in kinds.ljust(len(texts))]
    lines = [Line(0, len(text), text, kind, False, 0.0, furniture) for text, kind in zip(texts, names, strict=True)]
    return around.View(lines, list(texts), {}, title)


SENTENCE = "The ferry between the two islands opened on Tuesday."


@pytest.mark.parametrize(
    ("view", "odds", "likely"),
    [
        (_view("Stay close", SENTENCE), {0: 3.0}, [0]),
        (_view("Stay close", SENTENCE), {0: 1.5}, []),
        (_view("Stay close", SENTENCE, title=""), {0: 3.0}, []),  # it may be the title
        (_view("Stay close", SENTENCE, title=""), {0: 6.0}, [0]),
        (_view("Stay close", SENTENCE, title="", furniture=1), {0: 3.0}, [0]),
        (_view(SENTENCE, "Stay close", "Go far"), {1: 3.0, 2: -1.0}, [1, 2]),  # below another
        (_view(SENTENCE, "Stay close", "Go far"), {1: 1.0, 2: -1.0}, []),
        (_view(SENTENCE, "Stay close", SENTENCE), {1: 3.0, 2: -1.0}, [1]),  # a sentence needs as much as any
        (_view("The board said:", SENTENCE), {0: 9.0}, []),  # it leads on
        (_view(SENTENCE, "Μείνετε κοντά"), {1: 9.0}, []),  # in a script never seen
        (_view("The Ferry Gazette reports:", "Ferry to open", SENTENCE), {0: 9.0}, []),  # so does this
        (_view(SENTENCE, "Hull and deck: 7 x 2 mm"), {1: 9.0}, []),  # a measure
        (_view(SENTENCE, "What only the crew may read is set in this type:", "quay"), {1: 9.0}, []),  # to anything
        (_view(SENTENCE, "More to read:", "quay"), {1: 9.0}, [1]),
        (_view(SENTENCE, "Boats:", "Heron", "Tern"), {2: 3.0, 3: 3.0}, []),  # led to
        (_view(SENTENCE, "Boats:", "Heron", "Tern"), {1: 3.0, 2: 3.0, 3: 1.0}, [1, 2, 3]),  # by what is the site's
        (_view(SENTENCE, "- Heron", "- Stay close", "- Tern"), {2: 4.0}, []),  # one of the article's list
        (_view(SENTENCE, "- Heron", "- Stay close", "- Go far"), {2: 4.0, 3: 4.0}, [2, 3]),
        (_view(SENTENCE, "Sat 9 Nov, Harbour Park"), {1: 3.0}, []),  # figures
        (_view(SENTENCE, "Buy 3 tablets, get 1 free"), {1: 3.0}, [1]),  # an offer
        (_view(SENTENCE, "Orca: Super + Alt + S"), {1: 9.0}, []),  # keys
        (_view(SENTENCE, "Read by 912 people"), {1: 3.0}, [1]),
        (_view(SENTENCE, "Heron", "Stay close", "Tern", kinds="-iii"), {2: 4.0}, []),  # one of the article's list
        (_view(SENTENCE, "Heron", "Stay close", "Go far", kinds="-iii"), {2: 4.0, 3: 4.0}, [2, 3]),
        (_view(SENTENCE, "Stay close", SENTENCE, kinds="-h"), {1: 4.0}, []),  # a heading of the article's
        (_view(SENTENCE, "Stay close", "Go far", kinds="-h"), {1: 4.0, 2: 4.0}, [1, 2]),
        (_view(SENTENCE, "Stay close", "Heron", kinds="--i"), {1: 4.0}, []),  # above a list of the article's
        (_view(SENTENCE, "The whole list of boats is here:", "https://ferry.example/boats"), {1: 4.0, 2: 4.0}, []),
        (_view(SENTENCE, "More:", "https://ferry.example/boats"), {1: 4.0, 2: 4.0}, [1, 2]),
        (_view(SENTENCE, "References", "Moss, On ferries", "Stay close"), {1: 9.0, 2: 9.0, 3: 9.0}, []),
    ],
)
def test_what_is_likely_enough(view: around.View, odds: dict[int, float], likely: list[int]) -> None:
    assert around.likely(view, odds) == likely


@pytest.mark.parametrize(
    ("texts", "odds", "ended", "last"),
    [
        ([SENTENCE, SENTENCE, "Stay close"], {2: 0.5}, False, [2]),
        ([SENTENCE, SENTENCE, "Stay close"], {2: -0.5}, False, []),
        ([SENTENCE, SENTENCE, "Stay close"], {2: -0.5}, True, [2]),  # above what has been cut
        ([SENTENCE, SENTENCE, "Go far", "Stay close"], {2: -0.5, 3: 0.5}, False, [3, 2]),
        ([SENTENCE, SENTENCE, "Go far", SENTENCE], {2: 1.5, 3: -9.0}, True, []),
        ([SENTENCE, "Stay close", "Go far"], {1: 1.5, 2: 1.5}, True, []),  # too little would be left
        ([SENTENCE, SENTENCE, "Stay close, the mate said."], {2: 1.5}, True, []),  # told
        ([SENTENCE, SENTENCE, "Sat 9 Nov, Harbour Park"], {2: 1.5}, True, []),
        ([SENTENCE, SENTENCE, "- Heron", "- Stay close"], {3: 1.5}, True, []),  # one of the article's list
        ([SENTENCE, SENTENCE, "Ask us about it on the blog of the islands' harbour."], {2: 1.5}, True, [2]),
        (
            [SENTENCE, SENTENCE, "Ask us about the Ferry on the blog of the harbour."],
            {2: 1.5},
            True,
            [],
        ),  # of the title
        ([SENTENCE, SENTENCE, "The list of boats is here:", "https://ferry.example/boats"], {3: 1.5}, True, []),
    ],
)
def test_last_lines_need_less(texts: list[str], odds: dict[int, float], ended: bool, last: list[int]) -> None:
    assert around.ending(_view(*texts)._replace(ended=ended), odds) == last


def test_lines_that_are_never_asked_about() -> None:
    view = _view(SENTENCE, "Stay close", "Read more" * 200, "a list of things;")
    assert around.measure(view, lambda _: 5.0)[0] == [0, 1]
    assert around.measure(view._replace(known={1}), lambda _: 5.0)[0] == [0]
    hidden = [line._replace(hidden=True) for line in view.lines]
    assert around.measure(view._replace(lines=hidden), lambda _: 5.0)[0] == []


@pytest.mark.parametrize(
    ("line", "asked"), [("Harbour board ferry Tidewater Millbrook", False), ("Lemon cake tonight", True)]
)
def test_a_line_that_shares_its_words_with_the_article_is_not_the_sites(line: str, asked: bool) -> None:
    told = "The harbour board of Tidewater runs a ferry, which sails from there to Millbrook on all days since Tuesday."
    found, columns = around.measure(_view(told, line), lambda _: 5.0)
    assert (1 in found, columns.shape[1]) == (asked, len(found))


def test_a_line_that_goes_on_behind_what_it_hides_is_never_asked_about() -> None:
    view = _view("Hale's (HLS)", "sailed on Sunday")
    broken = [view.lines[0], view.lines[1]._replace(start=12, end=28)]
    assert around.measure(view, lambda _: 5.0)[0] == [0, 1]
    assert around.measure(view._replace(lines=broken), lambda _: 5.0)[0] == [1]
