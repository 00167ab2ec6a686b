"""Figures: cases that a journalist can extend (``tests/figures/*.tsv``), and what must hold for any text."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from work import work

from pipeline.extract.figures import extract
from pipeline.records import FigureRow
from pipeline.text import passage

CASES = Path(__file__).parent / "figures"
COMPARATORS = {"eq", "gt", "ge", "lt", "le", "approx", "range"}


def figures(text: str) -> list[FigureRow]:
    return extract([passage("text", text)])


def lines(name: str) -> list[str]:
    return [line for line in (CASES / name).read_text("utf-8").splitlines() if line and not line.startswith("#")]


def facts(row: FigureRow) -> set[str]:
    """What a case may say about a figure, as words."""
    said = {row.kind, row.cmp, row.direction, row.basis, row.unit, row.currency, row.classifier}
    value = f"{row.low:.12g}..{row.high:.12g}" if row.cmp == "range" else f"{row.value:.12g}"
    return {str(fact) for fact in said if fact} | {value}


def expected(case: str) -> dict[str, set[str]]:
    """The words of each figure of a case, and what is said about it; numbers are brought to one form."""
    found = {}
    for figure in case.split(" ; "):
        surface, _, said = figure.partition(" = ")
        kind, _, rest = said.partition(" ")
        value, *others = rest.split()
        found[surface.strip()] = {kind, "..".join(f"{float(bound):.12g}" for bound in value.split("..")), *others}
    return found


def check(line: str) -> None:
    text, _, case = line.replace("\\n", "\n").partition("\t")
    rows = {row.surface: facts(row) for row in figures(text)}
    for surface, said in expected(case).items():
        assert surface in rows, rows
        assert said <= rows[surface], rows
        assert COMPARATORS & said or "eq" in rows[surface], rows
    assert set(rows) - set(expected(case)) <= {row.surface for row in figures(text) if row.kind == "ordinal"}


@pytest.mark.parametrize("line", lines("zh.tsv") + lines("en.tsv"))
def test_figures_are_found(line: str) -> None:
    check(line)


@pytest.mark.parametrize("text", lines("none.tsv"))
def test_what_is_no_figure(text: str) -> None:
    assert [row.surface for row in figures(text) if row.kind != "ordinal"] == []


@pytest.mark.xfail(strict=True, raises=AssertionError)
@pytest.mark.parametrize("line", lines("known_failures.tsv"))
def test_known_failures(line: str) -> None:
    check(line)


# -------------------------------------------------------------------------------------------- what holds for any text

PIECES = """1 22 3,456 0.5 2021 百分之 三 十 万 亿 一 两 几 数 多 余 约 超过 以上 元 美元 % 个 公里 到 - ~ – $ £ and
    between to of about million bn one half third . , ， 。 ( ) （ ） / : + x 第 成 折 倍 k m p × 同比 增长 fell rose A
    Z ’ ° ½ 点 分之"""
pieces = st.sampled_from([*PIECES.split(), "\n"])


@given(st.one_of(st.text(max_size=60), st.lists(pieces, max_size=25).map("".join), st.lists(pieces).map(" ".join)))
def test_any_text_gives_sound_rows(text: str) -> None:
    end = 0
    for row in figures(text):
        assert row.surface == text[row.start : row.end]
        assert end <= row.start <= row.core_start < row.core_end <= row.end
        assert row.rule
        assert (row.value is None) == (row.cmp == "range")
        if row.low is not None and row.high is not None:
            assert row.low <= row.high
        end = row.end


def test_a_figure_reads_the_same_in_full_width_and_traditional_characters() -> None:
    plain = [row._replace(field="text", surface="", lang="en") for row in figures("共有1200家企业,增长35%。")]
    wide = [row._replace(field="text", surface="", lang="en") for row in figures("共有１２００家企业,增长３５％。")]
    hant = [row._replace(field="text", surface="", lang="en") for row in figures("共有1200家企業,增長35%。")]
    assert plain == wide == hant


REPEATED = "1|1,|1 000 |1.|1-|三|百分之|1/|$|1%、|one hundred and |between 1 and |1元到|约|about |first in 2020 "


@pytest.mark.parametrize("piece", REPEATED.split("|"))
def test_work_grows_no_faster_than_the_text(piece: str) -> None:
    work(figures, piece * 50)
    assert work(figures, piece * 2000) < 12 * work(figures, piece * 200) + 1000


def test_examples_of_the_docs() -> None:
    page = (Path(__file__).parent.parent / "docs" / "figures.md").read_text("utf-8")
    table = page.partition("| text | figure | reading |")[2].partition("\n\n")[0]
    rows = [line.strip("| ").split(" | ") for line in table.splitlines()[2:]]
    assert len(rows) > 10
    for text, surface, said in rows:
        found = {row.surface: facts(row) for row in figures(text)}
        assert expected(f"{surface} = {said}")[surface] <= found[surface]


@pytest.mark.parametrize(
    "text", ["The match raised £5.9m.", "A firm set up 12 shops.", "The panel is made up of 14% women."]
)
def test_words_that_only_look_like_a_change(text: str) -> None:
    assert [row.direction for row in figures(text)] == [None]
