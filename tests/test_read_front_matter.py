"""Front matter: strings as written, faults salvaged and named."""

from pathlib import Path

import frontmatter
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.read import from_text, read
from pipeline.read.front_matter import StringHandler, _document, _simple, part


@pytest.mark.parametrize(
    ("written", "values"),
    [
        (
            "on: off\nid: 007\ncode: 000333\nat: 12:30:45\nv: 1e3",
            {"on": "off", "id": "007", "code": "000333", "at": "12:30:45", "v": "1e3"},
        ),
        ("date: 2021-03-22\nx: null\ny:", {"date": "2021-03-22", "x": "null", "y": ""}),
        ("tags: [a, 'b c']\nlist:\n - x\n - y", {"tags": ["a", "b c"], "list": ["x", "y"]}),
        ("t: 'it''s'\nu: \"a\\tb\"", {"t": "it's", "u": "a\tb"}),
    ],
)
def test_values_stay_strings(written: str, values: dict[str, object]) -> None:
    text = f"---\n{written}\n---\nBody\n"
    found = part(text)
    assert found is not None
    assert found.values == values
    assert text[found.body :].strip() == "Body"
    assert frontmatter.loads(text, handler=StringHandler()).metadata == values


@pytest.mark.parametrize(
    ("written", "key", "value", "fault"),
    [
        ("title: A: B", "title", "A: B", "broken-front-matter"),
        ("title: *ST 海港拟重组", "title", "*ST 海港拟重组", "broken-front-matter"),
        ("title: 'He's \"back\"'", "title", 'He\'s "back"', "broken-front-matter"),
        ("a: 1\n\ttitle: x\nb: 2", "b", "2", "broken-front-matter"),
        ("a: &x [1]\nb: *x\nc: 3", "c", "3", "broken-front-matter"),
        ("a: " + "[" * 5000 + "\nc: 3", "c", "3", "broken-front-matter"),
        ("title: &t Storm at sea\nseo: *t", "title", "Storm at sea", "broken-front-matter"),
        ("title: !!str AT&T: a call\nx: y", "title", "AT&T: a call", "broken-front-matter"),
        ("title: A: B &c D\nx: y", "title", "A: B &c D", "broken-front-matter"),
        ("title: one\ntitle: two", "title", "one", "repeated-key"),
    ],
)
def test_faults_are_salvaged_and_named(written: str, key: str, value: str, fault: str) -> None:
    found = part(f"---\n{written}\n---\nBody\n")
    assert found is not None
    assert found.values[key] == value
    assert [name for name, _ in found.faults] == [fault]


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("closing", ["---", "...", "...\n---"])
def test_closing_lines_and_line_ends(ends: str, closing: str) -> None:
    text = f"---\ntitle: Storm\ntags:\n - sea\n{closing}\nBody\n...\nMore\n"
    raw = from_text(text.replace("\n", ends))
    assert raw.front == {"title": "Storm", "tags": ["sea"]}
    assert raw.text[raw.body :].split() == ["Body", "...", "More"]
    assert len(raw.text) == len(text.replace("\n", ends))


@pytest.mark.parametrize(
    "head",
    [
        "-----\ntitle: Storm\n-----",
        "---\ntitle：Storm\ndate：2024-01-02\n---",
        "---\ntitle: Storm\ndate：2024-01-02\n---",
        "---\ntitle:\u00a0Storm\n作者：顾小川\n---",
        "<!-- saved by hand -->\n---\ntitle: Storm\n---",
        '{\n  "title": "Storm",\n  "draft": false\n}\n',
        '{"title": "Storm", "tags": ["sea"]}\n',
    ],
)
def test_other_fences_and_signs(head: str) -> None:
    text = head + "\nBody\n"
    found = part(text)
    assert found is not None
    assert found.values["title"] == "Storm"
    assert text[found.body :].strip() == "Body"


@pytest.mark.parametrize(
    "text",
    [
        '{"title": "Storm"}',
        '{"title": "Storm"} said he\nBody',
        "{\nBody\n",
        "{}\n\nBody\n",
        "---\n编者按：今天\n---\nBody\n",
    ],
)
def test_braces_that_are_no_front_matter(text: str) -> None:
    assert part(text) is None


def test_dots_in_the_body_close_nothing() -> None:
    text = "---\ntitle: Storm\n\nWords of the body.\n...\nMore of them.\n"
    found = part(text)
    assert found is not None
    assert text[found.body :].startswith("Words of the body.")
    found = part("---\ntitle: Storm\n---\n...\n")
    assert found is not None
    assert found.values == {"title": "Storm"}


def test_unclosed() -> None:
    text = "\n---\ntitle: Storm\ntags:\n - sea\n\n<div><p>Body: text</p></div>\n"
    found = part(text)
    assert found is not None
    assert found.values == {"title": "Storm", "tags": ["sea"]}
    assert text[found.body :].startswith("<div>")
    assert found.faults[0][0] == "unclosed-front-matter"


@pytest.mark.parametrize(
    "text", ["", "Text\n---\nmore\n---\n", "---\nJust a line between rules.\n---\nText\n", "--- a\nb: c\n---\n"]
)
def test_no_front_matter(text: str) -> None:
    assert part(text) is None


def test_toml() -> None:
    text = (
        '+++\npath = "2015/04/03/storm"\ntitle = "Storm"\nauthors = ["Ann Bell"]\ndraft = false\nn = 007.5\n+++\nBody\n'
    )
    found = part(text.replace("007", "7"))
    assert found is not None
    assert found.values == {
        "path": "2015/04/03/storm",
        "title": "Storm",
        "authors": ["Ann Bell"],
        "draft": "false",
        "n": "7.5",
    }
    broken = part(text)
    assert broken is not None
    assert broken.values["title"] == "Storm"
    assert [name for name, _ in broken.faults] == ["broken-front-matter"]


def test_reference_lines() -> None:
    text = '[#]: subject: "Eight Features"\n[#]: via: (https://a.example/8)\n[#]: author: "Ann Bell https://a.example/ann"\n\n八个功能\n===\n'
    found = part(text)
    assert found is not None
    assert found.values == {
        "original_title": "Eight Features",
        "original_link": "https://a.example/8",
        "author": "Ann Bell https://a.example/ann",
    }
    assert text[found.body :].strip().startswith("八个功能")


LINES = (Path(__file__).parent / "read" / "front_matter_lines.txt").read_text(encoding="utf-8").split("\n")
VALUES = st.text("ab:-#'\" \\\t\r\n汉\x85\ufeff?[{&*!>%@~", max_size=8).map("p: {}".format)
WRITTEN = st.lists(st.sampled_from(LINES) | VALUES, max_size=6)


@given(WRITTEN.map("\n".join))
@example("title: Storm\ncategories:\n - sea\n - 'it''s'\ndate: Thu, 25 Aug 2022 03:18:00 GMT")
def test_lines_read_at_first_sight_are_what_yaml_makes_of_them(written: str) -> None:
    simple = _simple(written)
    assert simple is None or simple == _document(written)


def test_the_commonest_front_matter_is_read_at_first_sight() -> None:
    written = "title: 'Storm: it''s here'\ncategories: \n - sea\n - 海港\nimage: 'https://a.example/?b=1'\nid: 007\n"
    assert _simple(written) is not None


def test_large_front_matter_is_no_text() -> None:
    found = part("---\ntitle: Storm\nx: " + "y" * 100_000 + "\nz: 1\n---\nBody\n")
    assert found is not None
    assert found.values["title"] == "Storm"
    assert [name for name, _ in found.faults] == ["large-front-matter"]
    assert found.body == 100_000 + len("---\ntitle: Storm\nx: \nz: 1\n---\n")


def test_lists_in_broken_yaml_stay_lists() -> None:
    (raw,) = read(b"---\ntitle:\t*ST Harbour\nauthor: [Ann Bell, 'Bo Chen', ]\nsummary: '[sic]'\n---\nText.\n", "a.md")
    assert raw.front == {"title": "*ST Harbour", "author": ["Ann Bell", "Bo Chen"], "summary": "[sic]"}


@pytest.mark.parametrize("closing", ["---\n", "---"])
def test_front_matter_without_an_opening_line(closing: str) -> None:
    found = part(f"title: 渡口: 开航\ndate: 2020-11-03 20:15:00\ntags:\n- 船\n- 水\n{closing}")
    assert found is not None
    assert found.values == {"title": "渡口: 开航", "date": "2020-11-03 20:15:00", "tags": ["船", "水"]}
    assert [name for name, _ in found.faults] == ["broken-front-matter"]


@pytest.mark.parametrize(
    "text", ["title: a ferry opens\n---\nText\n", "title: A\nIt opened.\n---\n", "title: A\ndate: B\n\nText\n"]
)
def test_lines_that_only_look_like_front_matter(text: str) -> None:
    assert part(text) is None


def test_a_quotation_mark_that_is_missing() -> None:
    found = part('---\ntitle: "Ferry: opens\nauthor: Ann\n---\nText')
    assert found is not None
    assert found.values == {"title": "Ferry: opens", "author": "Ann"}
    assert "line by line" in found.faults[0][1]
    assert "unicode string" not in found.faults[0][1]
