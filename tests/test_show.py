"""What the terminal shows: lines of 80 cells, with colour and without, none of the text lost."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from pipeline.records import Document
from pipeline.show import folded, show


def shown(document: Document, colour: bool, width: int = 80) -> str:
    file = io.StringIO()
    system = "truecolor" if colour else None
    show(document, Console(file=file, width=width, highlight=False, color_system=system, force_terminal=colour))
    return file.getvalue()


def plain(text: str) -> str:
    return Text.from_ansi(text).plain


@pytest.mark.parametrize("width", [80, 40])
@pytest.mark.parametrize("colour", [False, True])
def test_no_line_is_too_long(haier_list: Document, haier_history: Document, colour: bool, width: int) -> None:
    for document in (haier_list, haier_history):
        lines = plain(shown(document, colour, width)).splitlines()
        assert max(map(cell_len, lines)) <= width


def test_all_of_the_text_is_there(haier_list: Document) -> None:
    out = "".join(plain(shown(haier_list, True)).split())
    assert "".join(haier_list.text.split()) in out
    assert all("".join(cut.text.split()) in out for cut in haier_list.cuts)


def test_without_colour_signs_mark(haier_history: Document) -> None:
    out = shown(haier_history, False)
    assert "[O:Haier]" in out
    assert "[-spam: 扑克王" in out
    assert "\x1b" not in out


def test_with_colour_styles_mark(haier_history: Document) -> None:
    out = shown(haier_history, True)
    assert "\x1b[" in out
    assert "[O:" not in out


def test_a_line_does_not_begin_with_a_closing_sign() -> None:
    lines = folded(Text("海尔在青岛，“创新”。" * 3), 10)
    assert [line.plain for line in lines][:3] == ["海尔在青", "岛，“创", "新”。海尔"]


words = st.text(st.sampled_from("海尔，。（）“” ab[O:]-\u3000😀é\u0301"), max_size=80)


@given(words, st.integers(4, 20))
def test_folding_loses_nothing_and_fits(text: str, width: int) -> None:
    lines = [line.plain for line in folded(Text(text), width)]
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(cell_len(line) <= width for line in lines)
