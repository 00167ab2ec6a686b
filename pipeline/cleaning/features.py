"""What tells a segment that belongs from one that does not: language, shape, script, place, repetition, markup.

Whatever is counted is counted in whole numbers and divided once, so that every machine finds the same.
"""

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import numpy as np

from pipeline.cleaning import topics
from pipeline.cleaning.fold import (
    COMMA,
    DIGIT,
    DISGUISED,
    EMOJI,
    LETTER,
    OPENER,
    OTHER,
    PARTER,
    STOP,
    TRADITIONAL,
    UPPER,
    Array,
)
from pipeline.cleaning.segments import Segmented
from pipeline.cleaning.tokens import Groups, run_starts, sums
from pipeline.cleaning.view import Line

_SIGNS = {PARTER: "parters", COMMA: "commas", STOP: "stops", EMOJI: "emoji", OTHER: "other", OPENER: "brackets"}
_COUNTED = (
    "tokens", "pair", "single", "new_pair", "new_triple", "function", "han", "number", "spaced", "spaced_han",
    "disguised", "traditional", "upper", "long_number", "linked", "letter", "mixed", "number_row",
    "advert", "advert_up", "promotion",
    *_SIGNS.values(), "call", "query", "contact", "items", "entities",
)  # fmt: skip
_TOKENS = 20  # of them are counted token by token
_AT = {name: number for number, name in enumerate(_COUNTED)}
_RUN = (
    "advert",
    "pair",
    "new_pair",
    "function",
    "query",
    "call",
    "contact",
    "items",
    "entities",
    "han",
    "upper",
    "spaced_han",
)
_DOC = ("pair", "function", "han", "advert", "promotion")
_BESIDE = (
    "advert", "advert_up", "promotion", "pair", "function", "han", "new_triple", "call", "contact", "ends", "tokens",
)  # fmt: skip
_RUN_AT, _DOC_AT = [_AT[name] for name in _RUN], [_AT[name] for name in _DOC]
NAMES = (
    "tokens",
    *(f"{name}_share" for name in _COUNTED[1:]),
    "longest_item", "ends", "comma_share", "long_numbers", "entity_share", "advert_sum", "promotion_sum",
    "line_promotion", "page_advert",
    "run_segments", "run_tokens", *(f"run_{name}" for name in _RUN), "run_before", "run_after", "repeated", "elsewhere",
    "same_heads", "headed", "hidden", "from_start", "from_end", "first_line", "last_line", "whole_line", "line_tokens",
    "foreign", "odd_pair", "odd_function", "odd_advert", "odd_promotion",
    *(f"doc_{name}" for name in _DOC), "doc_segments", "doc_listy",
    *(f"topic_{name}" for name in topics.Topics._fields), "topic_rest_before", "topic_rest_after",
    *(f"before_{name}" for name in _BESIDE), *(f"after_{name}" for name in _BESIDE),
)  # fmt: skip
COLUMN = {name: number for number, name in enumerate(NAMES)}

_SIGN_OF = np.full(16, -1, dtype=np.int64)
_SIGN_OF[list(_SIGNS)] = range(len(_SIGNS))
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范石"
    "廖贾夏韦付方邹熊孟秦邱江尹薛闫段雷侯龙史陶贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
_ENTITY_ENDS = "省市区县州镇乡村路街站局院校厂社部厅司会团队馆园湖山河江岛港湾门桥寺塔东南西北"
_SURE_ADVERT = 10.0  # advertising, by the root of the number of words, of a segment that speaks clearly
_FEW = 0.25  # share of function words below which a segment may be part of a list
_SHORT = 24  # tokens of the longest item of such a segment
_LINE = 20  # tokens of a line that is no sentence
_LABEL = 14  # characters of a label and its colon
_MUCH_COMPANY = 9


@cache
def _members(characters: str) -> Array:
    table = np.zeros(0x10000, dtype=bool)
    table[[ord(char) for char in characters]] = True
    return table


def measure(text: Segmented, lines: Sequence[Line]) -> Array:
    """A row a feature, as in :data:`NAMES`; a column a segment. ``lines`` are those of all pages, one after another."""
    pages = _Pages.by(text)
    counts, longest = _counts(text, pages)
    tokens = counts[0]
    shares = counts / tokens
    shares[0] = tokens
    ends = _ends(text)
    run = _runs(text, pages, counts, longest, ends)
    means, size, listy = _document(pages, counts, ends)
    in_line = Groups.by(text.line)
    advert, promotion = counts[_AT["advert"]] / np.sqrt(tokens), counts[_AT["promotion"]]
    beside = np.full((len(_BESIDE), len(tokens) + 2), -1.0)
    beside[:-2, 1:-1] = shares[[_AT[name] for name in _BESIDE[:-2]]]
    beside[-2, 1:-1], beside[-1, 1:-1] = ends, tokens
    before, after = beside[:, :-2], beside[:, 2:].copy()
    before[:, pages.first], after[:, pages.last] = -1.0, -1.0
    topic = topics.measure(text.surprise.term, text.first, pages.of, text.line)
    topic_beside = np.full((2, len(tokens)), -1.0)
    topic_beside[0, 1:], topic_beside[1, :-1] = topic.rest[:-1], topic.rest[1:]
    topic_beside[0, pages.first] = topic_beside[1, pages.last] = -1.0
    blocks = (
        shares,
        longest,
        ends,
        counts[_AT["commas"]] / (counts[_AT["commas"]] + counts[_AT["spaced"]] + counts[_AT["parters"]] + 1),
        counts[_AT["long_number"]],
        counts[_AT["entities"]] / counts[_AT["items"]],
        advert,
        promotion / np.sqrt(tokens),
        in_line.total(promotion) / np.sqrt(in_line.total(tokens)),
        _others(pages, advert > _SURE_ADVERT),
        *run,
        *_heads(text, pages),
        *_place(text, pages, tokens, lines),
        np.abs(shares[_AT["han"]] - means[2]),
        shares[_AT["pair"]] - means[0],
        shares[_AT["function"]] - means[1],
        shares[_AT["advert"]] - means[3],
        shares[_AT["promotion"]] - means[4],
        means,
        size,
        listy,
        topic.known / tokens,
        *topic[1:],
        topic_beside,
        before,
        after,
    )
    matrix = np.empty((len(NAMES), len(tokens)), dtype=np.float32)
    row = 0
    for block in blocks:
        height = block.shape[0] if block.ndim == 2 else 1
        matrix[row : row + height] = block
        row += height
    return matrix


class _Pages(NamedTuple):
    """The pages that have words."""

    first: Array  # segment of each page
    last: Array
    of: Array  # per segment: the number of its page
    token: Array  # per page: its first token
    tokens: Array  # per page: how many it has

    @classmethod
    def by(cls, text: Segmented) -> "_Pages":
        groups = Groups.by(text.page)
        token = text.first.take(groups.first)
        return cls(*groups, token, np.append(token[1:], len(text.tokens.start)) - token)


def _counts(text: Segmented, pages: _Pages) -> tuple[Array, Array]:
    """Per segment: how many of everything in :data:`_COUNTED`, surprise in units of the tables; the longest item."""
    tokens, surprise, first = text.tokens, text.surprise, text.first
    size = len(tokens.start)
    counts = np.empty((len(_COUNTED), len(first)), dtype=np.int64)
    counts[0, :-1] = first[1:] - first[:-1]
    counts[0, -1] = size - first[-1]
    marks = text.folded.marks.take(tokens.start)
    classes = text.folded.classes
    in_row = tokens.number.copy()  # the third number in a row and on: telephone numbers are written so
    in_row[1:] &= tokens.number[:-1]
    in_row[2:] &= tokens.number[:-2]
    in_row[pages.token] = in_row[np.minimum(pages.token + 1, size - 1)] = False
    columns = np.empty((_TOKENS, size), dtype=np.int32)
    for row, values in enumerate((
        surprise.pair, surprise.single, surprise.new_pair, surprise.new_triple, surprise.function, tokens.han,
        tokens.number, tokens.spaced, tokens.spaced & tokens.han, marks & DISGUISED > 0, marks & TRADITIONAL > 0,
        marks & UPPER > 0, tokens.number & (tokens.end - tokens.start >= 5), text.linked,
        classes.take(tokens.start) == LETTER, ~tokens.number & (classes.take(tokens.end - 1) == DIGIT), in_row,
        surprise.advert, np.maximum(surprise.advert, 0), surprise.promotion,
    )):  # fmt: skip
        columns[row] = values
    np.add.reduceat(columns, first, axis=1, out=counts[1 : 1 + _TOKENS])
    edges = tokens.start.take(first)
    edges[pages.first] = text.folded.origin.searchsorted(text.offsets.take(text.page.take(pages.first)))
    signs: Array = _SIGN_OF.take(classes)
    at = (signs >= 0).nonzero()[0]
    counts[1 + _TOKENS : 7 + _TOKENS] = _count(edges, at, signs.take(at), 6)
    counts[7 + _TOKENS : 10 + _TOKENS] = _count(edges, text.cues.start, text.cues.category, 3)
    longest, counts[-2], counts[-1] = _items(text, marks)
    return counts, longest


def _count(edges: Array, places: Array, sorts: Array, number: int) -> Array:
    """How many of each sort lie in each stretch that begins at an edge."""
    size = len(edges)
    where = sorts * size + edges.searchsorted(places, side="right") - 1
    return np.bincount(where, minlength=number * size).reshape(number, size)


def _ends(text: Segmented) -> Array:
    """Whether sentence-final punctuation closes the segment."""
    kinds, codes = text.folded.classes, text.folded.codes
    at = np.empty((2, len(text.first)), dtype=np.int64)
    at[0, :-1] = text.tokens.end.take(text.first[1:] - 1)
    at[0, -1] = text.tokens.end[-1]
    at[1] = at[0] + 1
    final = (kinds.take(at, mode="clip") == STOP) | (codes.take(at, mode="clip") == ord("."))
    return final[0] | final[1]


def _items(text: Segmented, marks: Array) -> tuple[Array, Array, Array]:
    """Per segment: the longest of the items that signs and blanks part it into, how many they are, and how many look
    like names of persons, places or bodies."""
    tokens, first = text.tokens, text.first
    beside_han = tokens.han.copy()
    beside_han[1:] |= tokens.han[:-1]
    opens = tokens.parted | (tokens.spaced & beside_han)
    opens[first] = True
    starts = opens.nonzero()[0]
    last = np.append(starts[1:], len(opens)) - 1
    lengths = last - starts + 1
    heads = tokens.start.take(starts)
    head = _members(_SURNAMES).take(text.folded.codes.take(heads), mode="clip")
    tail = _members(_ENTITY_ENDS).take(text.folded.codes.take(tokens.start.take(last)), mode="clip")
    few = (lengths >= 2) & (lengths <= 12)
    entities = (few & ((head & (lengths <= 3)) | tail)) | ((lengths <= 5) & (marks.take(starts) & UPPER > 0))
    place = starts.searchsorted(first)
    counts = np.append(place[1:], len(starts)) - place
    return np.maximum.reduceat(lengths, place), counts, np.add.reduceat(entities, place, dtype=np.int64)


def _runs(text: Segmented, pages: _Pages, counts: Array, longest: Array, ends: Array) -> tuple[Array, ...]:
    """Features of the stretch of list-like segments that each segment belongs to."""
    listy = ~ends & (counts[_AT["function"]] < _FEW * counts[0]) & (longest < _SHORT)
    opens = np.ones(len(listy), dtype=bool)
    opens[1:] = ~(listy[1:] & listy[:-1])
    opens[pages.first] = True
    starts = opens.nonzero()[0]
    run_of = opens.cumsum() - 1
    total = np.add.reduceat(counts[0], starts)
    shares = np.add.reduceat(counts[_RUN_AT], starts, axis=1) / total
    segments = np.append(starts[1:], len(listy)) - starts
    page_of = pages.of.take(starts)
    repeated, elsewhere = _recurrence(text, pages.token, page_of, run_of)
    before = text.first.take(starts) - pages.token.take(page_of)
    behind = pages.tokens.take(page_of) - before - total
    rows = (segments, total, shares, before, behind, repeated, elsewhere)
    return tuple(row.take(run_of, axis=-1) for row in rows)


def _recurrence(text: Segmented, token: Array, page_of: Array, run_of: Array) -> tuple[Array, Array]:
    """Per run: the share of its words that recur within it, and the share that the rest of its page has too."""
    tokens, runs = text.tokens, len(page_of)
    words = tokens.hash.copy()
    words[1:] += tokens.hash[:-1] * np.uint64(3) * tokens.han[1:]  # a Han character counts with the one before it
    words[token] = tokens.hash.take(token)
    opens = np.zeros(len(words), dtype=np.int64)
    opens[text.first[1:]] = run_of[1:] - run_of[:-1]
    content = ~(text.surprise.function | tokens.number)
    run = opens.cumsum()[content]
    # One number holds the page, 16 bits of the word, and the run.
    found = np.sort((words[content] & np.uint64(0xFFFF)).view(np.int64) << 28 | page_of.take(run) << 44 | run)
    if not len(found):
        return np.zeros(runs), np.zeros(runs)
    starts = run_starts(found)  # of each word in each run
    counts = np.append(starts[1:], len(found)) - starts
    word = found.take(starts) >> 28
    whole = Groups.by(word).total(counts)
    owner = found.take(starts) & 0xFFFFFFF
    total = np.bincount(run, minlength=runs) + 1
    repeated = np.bincount(owner, weights=np.where(counts > 1, counts, 0), minlength=runs)
    return repeated / total, np.bincount(owner, weights=np.where(whole > counts, counts, 0), minlength=runs) / total


def _heads(text: Segmented, pages: _Pages) -> tuple[Array, Array]:
    """Per segment: how many other lines of its page begin with the same label as its own, or with a number as it does;
    the share of the page's lines that have such company. Guides and lists are made of such lines."""
    opens = np.ones(len(text.line), dtype=bool)
    opens[1:] = text.line[1:] != text.line[:-1]
    starts = opens.nonzero()[0]  # the first segment of each line
    line = opens.cumsum() - 1
    head, page = text.first.take(starts), pages.of.take(starts)
    at = text.tokens.start.take(head)
    colons = (text.folded.codes == ord(":")).nonzero()[0]
    colon = np.append(colons, 1 << 40).take(colons.searchsorted(at))
    behind = text.tokens.start.searchsorted(colon)
    label = sums(text.tokens.hash)
    words = label.take(behind) - label.take(head)
    numbered = text.tokens.number.take(head) & text.tokens.parted.take(np.minimum(head + 1, len(text.tokens.start) - 1))
    words = np.where(numbered, np.uint64(1), words)
    headed = numbered | ((colon - at < _LABEL) & (behind > head))
    key = page.astype(np.uint64) << np.uint64(40) | words & np.uint64(0xFFFFFFFF)
    key = np.where(headed, key, np.uint64(0xFFFFFFFF) << np.uint64(32) | np.arange(len(key), dtype=np.uint64))
    _, which, count = np.unique(key, return_inverse=True, return_counts=True)
    company = np.minimum(count.take(which) - 1, _MUCH_COMPANY)
    share = np.bincount(page, weights=company > 1) / np.bincount(page)
    return company.take(line), share.take(pages.of)


def _place(text: Segmented, pages: _Pages, tokens: Array, lines: Sequence[Line]) -> tuple[Array, ...]:
    size, begin = pages.tokens.take(pages.of), pages.token.take(pages.of)
    hidden = np.array([line.hidden for line in lines])
    line = text.line
    alone = np.bincount(line, minlength=len(lines)) == 1
    in_line = np.bincount(line, weights=tokens, minlength=len(lines))
    return (
        hidden.take(line),
        (text.first - begin) / size,
        (size - text.first + begin - tokens) / size,
        line == line.take(pages.first).take(pages.of),
        line == line.take(pages.last).take(pages.of),
        alone.take(line),
        in_line.take(line),
    )


def _others(pages: _Pages, sure: Array) -> Array:
    """Per segment: how many others of its page are so."""
    total = np.add.reduceat(sure, pages.first, dtype=np.int64)
    return total.take(pages.of) - sure


def _document(pages: _Pages, counts: Array, ends: Array) -> tuple[Array, Array, Array]:
    """Per segment, of its page: means, of whole sentences most of all; number of segments; share of short ones."""
    weights = ends * 19 + 1
    sums = np.add.reduceat(counts[[0, *_DOC_AT]] * weights, pages.first, axis=1)
    size = pages.last - pages.first + 1
    listy = np.add.reduceat(~ends & (counts[0] < _LINE), pages.first, dtype=np.int64) / size
    return tuple(row.take(pages.of, axis=-1) for row in (sums[1:] / sums[0], size, listy))
