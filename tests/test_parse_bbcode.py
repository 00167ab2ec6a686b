"""Markup of forums in bodies: it is no text, and what stands between it keeps its place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.parse import parse
from pipeline.parse.bbcode import without_bbcode
from pipeline.read import read


@pytest.mark.parametrize(
    ("name", "body", "text"),
    [
        ("a.md", "## 一\n\n渡口的[b]第一[/b]班[color=#f00]船[/color]。\n", "一\n渡口的第一班船。"),
        ("a.md", "## One\n\n[url=https://a.example/x]Link[/url] here.\n", "One\nLink here."),
        ("a.md", "## 一\n\n[table=98%]\n[tr][td]项目[/td][td]金额[/td][/tr]\n[/table]\n", "一\n项目 金额"),
        (
            "a.md",
            "## 一\n\n[quote]引文。[/quote]\n[img=9,9]https://a.example/p.jpg[/img]\n后文。\n",
            "一\n引文。\n后文。",
        ),
        ("a.txt", "<p>渡口的[b]第一[/b]班船。</p>\n", "渡口的第一班船。"),
        (
            "a.txt",
            "渡口的[size=4]第一[/size]班船。\n[img]https://a.example/p.jpg[/img]\n后文。\n",
            "渡口的第一班船。\n后文。",
        ),
        # what only looks like it
        (
            "a.txt",
            "<p>See a[i], [b] and the [video] of “[u]sing”.</p>\n",
            "See a[i], [b] and the [video] of “[u]sing”.",
        ),
        ("a.txt", "<p>The folder [/etc] and [1] stay.</p>\n", "The folder [/etc] and [1] stay."),
        ("a.md", "## One\n\nPicked by [b](https://a.example/b) [/b]\n", "One\nPicked by b"),
        ("a.md", "## One\n\n```\n[b]x[/b]\n```\n", "One\n[b]x[/b]"),
    ],
)
def test_forum_markup(name: str, body: str, text: str) -> None:
    (raw,) = read(f"---\ntitle: Ferry\n---\n{body}".encode(), name)
    found = parse(raw)
    assert found.text == text
    start = found.text.index("船") if "船" in text else 0
    low, high = found.origin.locate(start, start + 1) or (0, 0)
    assert raw.text[low:high] == found.text[start]


@given(st.text("[/]bBtdimgurl=\n x数", max_size=80), st.integers(0, 10))
def test_nothing_moves(source: str, start: int) -> None:
    found = without_bbcode(source, start)
    assert len(found) == len(source)
    assert found[:start] == source[:start]
    assert all(new in (old, "\xad", " ", "\n") for old, new in zip(source, found, strict=True))
