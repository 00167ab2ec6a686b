"""Segment: sentences and tokens. Sentences that hold Chinese are cut as jieba cuts them, others into words.

The engine is rjieba, which holds jieba's dictionary and model; what it does otherwise is mended, so that the tokens are
those of jieba 0.42.1. jieba itself is used where a user dictionary asks for what rjieba cannot do.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from itertools import accumulate
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
_BLANK = re.compile(r"\s")
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
    return lambda text: _mend(engine.cut(_RARE_HAN.sub(_NO_HAN, text)), text, engine.has_word)


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


def _mend(words: list[str], text: str, has_word: Callable[[str], bool]) -> list[str]:
    """The tokens as jieba has them: runs of ASCII parted, rare Han put back."""
    joined = [match.start() for match in _JOINED_ASCII.finditer(text)]
    if joined:
        starts = _starts(words)
        for index in sorted({bisect_right(starts, place) - 1 for place in joined}, reverse=True):
            words[index : index + 1] = _ascii_parts(words[index], has_word)
    if _RARE_HAN.search(text):
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
    found = ((start, token) for _, *columns in _sentences(text) for start, token in zip(*columns, strict=True))
    return [(start, start + len(token)) for start, token in found]


def _sentences(text: str) -> Iterator[tuple[tuple[int, int], list[int], list[str]]]:
    """Each sentence's span, and the starts and words of its tokens. Chinese is cut in one call: that is faster."""
    spans = sentences(text)
    pieces = cut(text) if _HAN.search(text) else []
    starts = _starts(pieces)
    low = 0
    for start, end in spans:
        if pieces and _HAN.search(text, start, end):
            low = bisect_left(starts, start, low)
            high = bisect_left(starts, end, low)
            found, places = pieces[low:high], starts[low:high]
            yield (
                (start, end),
                *(_without_blanks(places, found) if _BLANK.search(text, start, end) else (places, found)),
            )
        else:
            matches = list(_WORD.finditer(text, start, end))
            yield (start, end), [match.start() for match in matches], [match[0] for match in matches]


def _without_blanks(starts: list[int], pieces: list[str]) -> tuple[list[int], list[str]]:
    blanks = [index for index, piece in enumerate(pieces) if piece.isspace()]
    for index in reversed(blanks):
        del starts[index], pieces[index]
    return starts, pieces


def segment(passages: Sequence[Passage]) -> tuple[list[SentenceRow], Sequence[TokenRow]]:
    """The sentences and tokens of an article; a token never crosses a sentence's end.

    :returns: sentence rows, and token rows held by column
    """
    found: list[SentenceRow] = []
    ids: list[int] = []
    fields: list[str] = []
    starts: list[int] = []
    tokens: list[str] = []
    for passage in passages:
        for (start, end), places, pieces in _sentences(passage.text):
            ids += [len(found)] * len(pieces)
            starts += places
            tokens += pieces
            text = passage.text[start:end]
            found.append(SentenceRow(passage.field, start, end, language(text), text, " ".join(pieces)))
        fields += [passage.field] * (len(tokens) - len(fields))
    ends = list(map(add, starts, map(len, tokens)))
    return found, Columns(TokenRow, (ids, fields, starts, ends, tokens))
