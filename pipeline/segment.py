"""Segment: sentences and tokens. Sentences that hold Chinese are cut as jieba cuts them, others into words.

The engine is rjieba, which holds jieba's dictionary and model; what it does otherwise is mended, so that the tokens are
those of jieba 0.42.1. jieba itself is used where a user dictionary asks for what rjieba cannot do.
"""

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, partial
from itertools import accumulate, chain
from operator import add
from pathlib import Path
from typing import NamedTuple

from pipeline.records import Columns, Passage, SentenceRow, TokenRow
from pipeline.text import HAN, language, sentences

Cutter = Callable[[str], list[str]]

_HAN = re.compile(f"[{HAN}]")
# Han that jieba does not know as Han: it makes a token of each.
_RARE_HAN = re.compile("[\u3400-\u4dbf\u9fd6-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_NO_HAN = "、"  # stands in for it: a token by itself, too
_JOINED_ASCII = re.compile(r"[.\-_+#&%](?:(?=[A-Za-z0-9.\-_+#&%])|(?<=[A-Za-z0-9].))")
_ASCII_PARTS = re.compile(r"([a-zA-Z0-9]+(?:\.\d+)?%?)")  # jieba.finalseg.re_skip
_BLANK = re.compile(r"\s+")
_USER_LINE = re.compile(r"^(.+?)( [0-9]+)?( [a-z]+)?$")  # jieba.re_userdict

# A word outside Chinese: an abbreviation with full stops; a number with its ending (1,000 3.5% 10th 5-year-old);
# letters joined by an apostrophe, hyphen or ampersand (don't, state-of-the-art, R&D, COVID-19); any other sign.
_WORD = re.compile(
    r"""(?:[^\W\d_]\.){2,}
      | \d+(?:[.,:]\d+)*(?:%|[^\W\d_]+)?(?:-[^\W\d_][^\W_]*)*
      | [^\W\d_][^\W_]*(?:['’&\-‐‑][^\W_]+)*
      | \S""",
    re.VERBOSE,
)


class UserWord(NamedTuple):
    """A line of a user dictionary in jieba's format: ``word [frequency] [tag]``."""

    word: str
    freq: int | None
    tag: str | None


_active: ContextVar[Cutter | None] = ContextVar("cutter of the user's words", default=None)


@contextmanager
def using(user_dictionary: str | Path | None) -> Iterator[None]:
    """Cut with the words of a user dictionary, in jieba's format, added to jieba's own; None: with its own alone."""
    token = _active.set(cutter(read_user_words(user_dictionary)) if user_dictionary else None)
    try:
        yield
    finally:
        _active.reset(token)


def read_user_words(path: str | Path) -> tuple[UserWord, ...]:
    """The words of a user dictionary, sorted; of a word that stands there twice, the last line.

    :raises OSError: it cannot be read
    """
    found = {}
    for line in Path(path).read_text(encoding="utf-8-sig", errors="replace").splitlines():
        match = _USER_LINE.match(line.strip())
        if match:
            word, freq, tag = match.groups()
            found[word] = UserWord(word, int(freq) if freq else None, tag and tag.strip())
    return tuple(found[word] for word in sorted(found))


@cache
def cutter(words: tuple[UserWord, ...] = ()) -> Cutter:
    """What cuts text as jieba does that was given the user's ``words`` in this order."""
    import rjieba

    engine = rjieba.Jieba() if words else rjieba._DEFAULT_JIEBA
    if any(word.freq == 0 or engine.has_word(word.word) for word in words):
        return _pure_jieba(words)  # a word of the dictionary weighed anew, or deleted
    for word in words:
        engine.add_word(word.word, engine.suggest_freq(word.word) if word.freq is None else word.freq, word.tag)
    return partial(_cut, engine.cut, engine.has_word)


@cache
def _jieba_frequencies() -> tuple[dict[str, int], int]:
    """jieba's dictionary, read without the cache it would leave in a folder shared with other users."""
    import jieba

    frequencies, total = jieba.dt.gen_pfdict(jieba.dt.get_dict_file())
    return frequencies, total


def _pure_jieba(words: tuple[UserWord, ...]) -> Cutter:
    import logging

    import jieba

    jieba.setLogLevel(logging.WARNING)
    engine = jieba.Tokenizer()
    frequencies, engine.total = _jieba_frequencies()
    engine.FREQ, engine.initialized = dict(frequencies), True
    for word in words:
        engine.add_word(*word)
    return lambda text: list(engine.cut(text))


def _cut(cut: Cutter, has_word: Callable[[str], bool], text: str) -> list[str]:
    """The tokens as jieba has them: runs of ASCII parted, rare Han as it was."""
    rare = _RARE_HAN.search(text) is not None
    words = cut(_RARE_HAN.sub(_NO_HAN, text) if rare else text)
    joined = [match.start() for match in _JOINED_ASCII.finditer(text)]
    if joined:
        starts = _starts(words)
        for index in sorted({bisect_right(starts, place) - 1 for place in joined}, reverse=True):
            words[index : index + 1] = _ascii_parts(words[index], has_word)
    if rare:
        words = [text[start : start + len(word)] for start, word in zip(_starts(words), words, strict=True)]
    return words


def _starts(words: list[str]) -> list[int]:
    starts = list(accumulate(map(len, words), initial=0))
    starts.pop()
    return starts


def _ascii_parts(word: str, has_word: Callable[[str], bool]) -> Sequence[str]:
    if len(word) == 1 or not word.isascii() or has_word(word):
        return (word,)
    return [part for part in _ASCII_PARTS.split(word) if part]


def cut(text: str) -> list[str]:
    """The tokens of ``text`` as ``jieba.lcut(text)`` has them, white space among them: joined, they are the text.

    >>> cut("小明硕士毕业于third-party研究所")
    ['小明', '硕士', '毕业', '于', 'third', '-', 'party', '研究所']
    """
    return (_active.get() or cutter())(text)


def words(text: str) -> list[tuple[int, int]]:
    """Spans of the words and signs of a text without Chinese.

    >>> text = "Don't sell U.S. chips: 3.5% of state-of-the-art R&D."
    >>> [text[start:end] for start, end in words(text)]
    ["Don't", 'sell', 'U.S.', 'chips', ':', '3.5%', 'of', 'state-of-the-art', 'R&D', '.']
    """
    return [match.span() for match in _WORD.finditer(text)]


def tokenize(text: str) -> list[tuple[int, int]]:
    """Spans of the tokens of ``text``, white space left out; none crosses the end of a sentence."""
    starts, tokens, _ = _tokens(text, sentences(text))
    return [(start, start + len(token)) for start, token in zip(starts, tokens, strict=True)]


def _tokens(text: str, spans: Sequence[tuple[int, int]]) -> tuple[list[int], list[str], list[int]]:
    """The starts and words of the tokens, and the number of the first token of each sentence.

    Chinese is cut in one call, which is quicker; sentences without it have their own words.
    """
    if not _HAN.search(text):
        matches = [match for start, end in spans for match in _WORD.finditer(text, start, end)]
        starts, tokens = [match.start() for match in matches], [match[0] for match in matches]
        return starts, tokens, [bisect_left(starts, start) for start, _ in spans]
    tokens = cut(text)
    starts = _starts(tokens)
    for match in reversed(list(_BLANK.finditer(text))):
        at = bisect_left(starts, match.start())
        end = bisect_left(starts, match.end(), at)
        del starts[at:end], tokens[at:end]
    for start, end in reversed(spans):
        if not _HAN.search(text, start, end):
            matches = list(_WORD.finditer(text, start, end))
            at = bisect_left(starts, start)
            whole = slice(at, bisect_left(starts, end, at))
            starts[whole], tokens[whole] = [match.start() for match in matches], [match[0] for match in matches]
    return starts, tokens, [bisect_left(starts, start) for start, _ in spans]


def segment(passages: Sequence[Passage]) -> tuple[list[SentenceRow], Sequence[TokenRow]]:
    """The sentences and tokens of an article; a token never crosses a sentence's end.

    :returns: sentence rows, and token rows held by column
    """
    found: list[SentenceRow] = []
    ids, starts, ends = array("i"), array("i"), array("i")
    fields: list[str] = []
    tokens: list[str] = []
    for passage in passages:
        text, field = passage.text, passage.field
        spans = sentences(text)
        places, pieces, firsts = _tokens(text, spans)
        for (start, end), first, last in zip(spans, firsts, chain(firsts[1:], (len(pieces),)), strict=False):
            ids.extend(_same(len(found)) * (last - first))
            said = text[start:end]
            found.append(SentenceRow(field, start, end, language(said), said, " ".join(pieces[first:last])))
        starts.fromlist(places)
        ends.extend(map(add, places, map(len, pieces)))
        tokens += pieces
        fields += [field] * len(pieces)
    return found, Columns(TokenRow, (ids, fields, starts, ends, tokens))


def _same(number: int) -> "array[int]":
    return array("i", (number,))
