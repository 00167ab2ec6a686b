"""Numerals: every supported form reads back as the number it was written from."""

import pytest

from pipeline import numerals


@pytest.mark.parametrize("text", ["十百", "点", "half-", "abc"])
def test_what_is_no_number_is_left_alone(text: str) -> None:
    assert numerals.read(text) is None
