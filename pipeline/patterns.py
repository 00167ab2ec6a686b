"""Regular expressions that are compiled when they are first needed: short runs need few of them."""

import re
from collections.abc import Iterable
from functools import cached_property


class Pattern:
    """As :class:`re.Pattern`, but compiled when a text is first asked about that may match.

    :param words: with blanks between: without one of these in it no text matches; none at all: any may
    """

    def __init__(self, written: str, words: str = "", flags: int = 0) -> None:
        self._written, self._words, self._flags = written, words.split(), flags

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        return re.compile(self._written, self._flags)

    def _may_match(self, text: str) -> bool:
        return not self._words or any(map(text.__contains__, self._words))

    def match(self, text: str, start: int = 0) -> re.Match[str] | None:
        return self.compiled.match(text, start) if self._may_match(text) else None

    def fullmatch(self, text: str) -> re.Match[str] | None:
        return self.compiled.fullmatch(text) if self._may_match(text) else None

    def search(self, text: str) -> re.Match[str] | None:
        return self.compiled.search(text) if self._may_match(text) else None

    def finditer(self, text: str) -> Iterable[re.Match[str]]:
        return self.compiled.finditer(text) if self._may_match(text) else ()
