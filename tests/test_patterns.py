"""Patterns that are compiled when first needed find what patterns of ``re`` find."""

import re

import pytest

from pipeline.patterns import Pattern


def test_a_pattern_is_compiled_for_the_first_text_that_may_match() -> None:
    broken = Pattern("(", "ferry boat")
    assert broken.search("The mill.") is None
    with pytest.raises(re.error):
        broken.search("The ferry.")


@pytest.mark.parametrize("text", ["By Ann", "by Ann, By Bo", "BY ANN", "Ann by By", "by", "Ann", ""])
def test_it_finds_the_same(text: str) -> None:
    plain, lazy = re.compile(r"by \w+", re.I), Pattern(r"by \w+", "by By BY bY", re.I)

    def spans(found: re.Match[str] | None) -> tuple[int, int] | None:
        return found and found.span()

    assert spans(lazy.match(text)) == spans(plain.match(text))
    assert spans(lazy.match(text, 4)) == spans(plain.match(text, 4))
    assert spans(lazy.fullmatch(text)) == spans(plain.fullmatch(text))
    assert spans(lazy.search(text)) == spans(plain.search(text))
    assert [found.span() for found in lazy.finditer(text)] == [found.span() for found in plain.finditer(text)]
    assert spans(Pattern(r"\w+").search(text)) == spans(re.search(r"\w+", text))
