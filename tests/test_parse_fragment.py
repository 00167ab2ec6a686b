"""HTML to text, blocks, images and links. The cases stand in ``parse/fragments.txt`` and ``tables.txt``."""

import html
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from pipeline.parse.fragment import parse_html
from pipeline.records import LinkRow
from tests.fixtures import fixture_cases

CASES = Path(__file__).parent / "parse" / "fragments.txt"
TABLES = CASES.with_name("tables.txt")


@pytest.mark.parametrize(("source", "expected"), fixture_cases(CASES))
def test_text(source: str, expected: str) -> None:
    body = parse_html(source).body
    assert body.text == expected
    assert [body.text[b.start : b.end] for b in body.blocks if b.kind != "code"] == [
        line for line in expected.split("\n") if "return" not in line and "def" not in line
    ]


def test_offsets_count_in_the_source() -> None:
    source = "xx<p>R&amp;D in <a href='https://a.example/'>Bern</a></p>"
    body = parse_html(source, 2).body
    assert body.text == "R&D in Bern"
    start = body.text.index("Bern")
    low, high = body.origin.locate(start, start + 4) or (0, 0)
    assert source[low:high] == "Bern"
    low, high = body.origin.locate(0, 3) or (0, 0)
    assert source[low:high] == "R&amp;D"
    assert body.links[0][:3] == (start, start + 4, "https://a.example/")


@pytest.mark.parametrize(
    "opening",
    [
        '<div style="display:none">',
        '<div style="position:absolute; left:-9999px">',
        '<p style="font-size:0">',
        '<p style="height:0;overflow:hidden">',
        '<p style="opacity:0;height:1px">',
        '<div style="text-indent:-9999px">',
        "<section hidden>",
        '<div style="color:#F4F4F4; background: #f4f4f4">',
        '<div style="clip-path:circle(0)">',
        '<div style="transform:translateX(-9999px)">',
        '<div style="font:0/0 a">',
        '<div style="filter:alpha(opacity=0)">',
        '<div style="visibility:collapse !important">',
        '<style>.gone{display:none}</style><p class="a gone">',
        '<style>.gone{DISPLAY:NONE}</style><p class="a gone">',
        '<style>p.x, div #gone { position:absolute; left:-80em }</style><div id="gone">',
        '<script>document.getElementById("gone").style.display="none"</script><div id="gone">',
        '<script>document.querySelector(".gone").hidden = true;</script><p class="gone">',
    ],
)
def test_hidden(opening: str) -> None:
    blocks = parse_html(f"<p>seen</p>{opening}<span>unseen</span></p></div></section><p>seen").body.blocks
    assert [block.hidden for block in blocks] == [False, True, False]


@pytest.mark.parametrize(
    "style",
    [
        "text-indent:2em",
        "opacity:0.8",
        "opacity:inherit",
        "zoom:normal;height",
        "transform:scale(0.9)",
        "margin-left:-12px",
        "color:#fff;background:#123",
        "font-size:12px",
        "height:100px",
        "width:0.5em;left:10px",
        "color:#fffaf0",
    ],
)
def test_not_hidden(style: str) -> None:
    assert not any(block.hidden for block in parse_html(f'<p style="{style}">seen</p>').body.blocks)


def test_a_sheet_hides_by_less_than_a_tag() -> None:
    """Rules for lines and bars have such heights, and words on coloured buttons are white."""
    source = '<style>.bar{height:1px} .pay{color:#fff}</style><p class="bar">seen</p><p class="pay">seen too</p>'
    assert not any(block.hidden for block in parse_html(source).body.blocks)


def test_hidden_words_within_a_paragraph_are_a_block_of_their_own() -> None:
    body = parse_html('<p>seen <span style="display:none">unseen</span> again</p>').body
    assert body.text == "seen unseen again"
    assert [body.text[b.start : b.end] for b in body.blocks if b.hidden] == ["unseen "]


@pytest.mark.parametrize(
    ("tag", "url"),
    [
        ('<img src="https://cors.example.dev/?http://i.example.com/a.jpg">', "http://i.example.com/a.jpg"),
        ('<img src="https://p.example/?url=https%3A%2F%2Fi.example.com%2Fa.jpg">', "https://i.example.com/a.jpg"),
        ('<img src="https://picsum.photos/400/300?random=3">', None),
        ('<img src="data:image/gif;base64,R0" data-original="//i.example.com/b.png">', "https://i.example.com/b.png"),
        ('<img src="/static/loading.gif" data-src="/c.png">', "https://site.example/c.png"),
        ('<img srcset="d.jpg 320w, https://i.example.com/e.jpg 1280w" src="d.jpg">', "https://i.example.com/e.jpg"),
        ('<img src="https://i.example.com/a.jpg?from=x&amp;w=2">', "https://i.example.com/a.jpg?from=x&w=2"),
    ],
)
def test_images(tag: str, url: str | None) -> None:
    images = parse_html(f"<p>one</p><p>{tag}</p><p>two</p>", base="https://site.example/n/1").body.images
    assert [(image.url, image.position) for image in images] == [(url, 4)]


def test_captions() -> None:
    source = (
        '<p>Text.</p><p style="text-align:center"><img src="a.jpg" alt="A"></p><p class="img-desc">Harbour at dawn</p>'
        '<figure><img src="b.jpg"><figcaption>Two boats</figcaption></figure>'
        '<img src="c.jpg"><p style="text-align: center">（图片来源：本报）</p><p>Photography is an art.</p>'
    )
    body = parse_html(source).body
    captions = [body.text[b.start : b.end] for b in body.blocks if b.kind == "caption"]
    assert captions == ["Harbour at dawn", "Two boats", "（图片来源：本报）"]
    assert [image.caption for image in body.images] == captions


@pytest.mark.parametrize(
    ("words", "is_caption"),
    [
        ("▲ 船停在旧码头，下午没有风。", True),
        ("图3 二期工程的位置", True),
        ("二月的旧码头，船都在。（顾小川 摄）", True),
        ("二月的旧码头，船都在。东岸社记者 顾小川 摄", True),
        ("The old quay on Monday. (Photo by Ann Bell)", True),
        ("The old quay, built in 1951, last ran in 1989. Ann Bell", True),
        ("The old quay on Monday | Getty Images", True),
        ("船停在旧码头，下午没有风。", False),
        ("The old quay was built in 1951 by Ann Bell.", False),
        ("He said (in 1951) that the quay was old.", False),
    ],
)
def test_captions_by_their_words(words: str, is_caption: bool) -> None:
    (block,) = parse_html(f"<img src=a.jpg><p>{words}</p>").body.blocks
    assert (block.kind == "caption") == is_caption
    (block,) = parse_html(f"<p>{words}</p>").body.blocks
    assert block.kind == "paragraph"


@pytest.mark.parametrize(("source", "expected"), fixture_cases(TABLES))
def test_table_cells(source: str, expected: str) -> None:
    body = parse_html(source).body
    found = [f"{c.table} {c.row} {c.column}{' head' * c.header}: {c.text}" for c in body.cells]
    assert found == expected.split("\n")
    assert all(body.text[cell.start : cell.end] == cell.text for cell in body.cells)


@given(st.lists(st.lists(st.text("ab 汉<>\n", max_size=5), min_size=2, max_size=5), min_size=1, max_size=5))
def test_rows_of_cells_are_lines_of_the_text(grid: list[list[str]]) -> None:
    rows = ("<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>" for row in grid)
    body = parse_html(f"<table>{''.join(rows)}</table>").body
    lines: dict[int, list[str]] = {}
    for cell in body.cells:
        assert body.text[cell.start : cell.end] == cell.text
        lines.setdefault(cell.row, []).append(cell.text)
    assert [list(filter(None, line.split("\t"))) for line in body.text.split("\n") if line] == list(lines.values())


def test_words_under_a_centred_image_are_not_centred_by_it() -> None:
    source = '<section style="text-align:center"><img src="a.jpg"></section><p>The boats came home (all of them)</p>'
    assert [block.kind for block in parse_html(source).body.blocks] == ["paragraph"]


def test_embeds_are_links_without_words() -> None:
    body = parse_html(
        '<p>one</p><iframe src="//v.example/1">fallback</iframe><p>two</p><video src="/2.mp4"></video>'
    ).body
    assert body.text == "one\ntwo"
    assert body.links == (LinkRow(4, 4, "https://v.example/1", ""), LinkRow(7, 7, "/2.mp4", ""))


WORDS = st.text("abc 汉字。&<>\n\u3000\xa0\"'", max_size=12)
TAGS = st.sampled_from(
    ["<p>", "</p>", "<br>", "<b>", "</b>", "<div>", "</div>", '<a href="x">', "</a>", "<li>", "<!--x-->"]
)


@given(st.lists(st.one_of(WORDS.map(html.escape), TAGS)).map("".join))
def test_no_character_is_lost_or_made_up(source: str) -> None:
    """The characters are those a browser-like parser finds, white space apart; each is where ``origin`` says."""
    body = parse_html(source).body
    assert "".join(body.text.split()) == "".join(BeautifulSoup(source, "html.parser").get_text().split())
    for run in body.origin.runs:
        written = html.unescape(source[run.source : run.source + run.source_length])
        derived = body.text[run.start : run.start + run.length]
        assert derived.isspace() or derived.split() == written.split()
    assert body.text == "\n".join(body.text[b.start : b.end] for b in body.blocks)


@given(st.text("<>/!-=\"' apdivscrtbl&#;x1\n"))
def test_any_text_is_parsed(source: str) -> None:
    body = parse_html(source).body
    assert all(0 <= block.start < block.end <= len(body.text) for block in body.blocks)


@pytest.mark.parametrize(
    "unit",
    [
        "<div>",
        "<p ",
        "<a='",
        '<a ="',
        "<!--",
        "&",
        "<table>",
        "</p>",
        "<script>",
        "<",
        "&#",
        "<a href=x>",
        "<pre>\n",
        "<style>",
    ],
)
def test_long_input_of_one_sort_is_linear(unit: str) -> None:
    body = parse_html(unit * 20_000).body
    assert len(body.text) <= len(unit) * 20_000


def test_an_entity_that_is_no_character_stands_for_nothing() -> None:
    assert parse_html("<pre>a&#xE;b</pre><pre>&#xE</pre>").body.text == "ab"
