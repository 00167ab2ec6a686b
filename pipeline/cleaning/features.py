"""What tells a segment that belongs from one that does not: language, shape, script, place, repetition, markup."""

from collections.abc import Sequence
from functools import cache

import numpy as np

from pipeline.cleaning.fold import (
    BLANK,
    COMMA,
    DIGIT,
    DISGUISED,
    EMOJI,
    OPENER,
    OTHER,
    PARTER,
    STOP,
    TRADITIONAL,
    UPPER,
    Array,
)
from pipeline.cleaning.segments import Segmented
from pipeline.cleaning.view import Line

_OWN = (
    "tokens", "pair", "single", "new_pair", "new_triple", "function", "han", "number", "spaced_han", "disguised",
    "traditional", "upper", "parters", "commas", "stops", "emoji", "other", "brackets", "digits", "items",
    "longest_item", "call", "query", "contact", "ends", "comma_share", "long_number", "entity",
)  # fmt: skip
_RUN = (
    "segments",
    "tokens",
    "pair",
    "new_pair",
    "function",
    "repeated",
    "elsewhere",
    "query",
    "items",
    "entity",
    "han",
)
_PLACE = (
    "hidden",
    "links",
    "from_start",
    "from_end",
    "first_line",
    "last_line",
    "whole_line",
    "foreign",
    "line_tokens",
)
_DOC = ("pair", "function", "han", "segments", "listy")
_BESIDE = ("pair", "function", "ends", "han", "new_triple", "call", "contact")
NAMES = (
    *_OWN,
    *(f"run_{name}" for name in _RUN),
    *_PLACE,
    *(f"doc_{name}" for name in _DOC),
    *(f"before_{name}" for name in _BESIDE),
    *(f"after_{name}" for name in _BESIDE),
    "odd_pair", "odd_function",
)  # fmt: skip

_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范石"
    "廖贾夏韦付方邹熊孟秦邱江尹薛闫段雷侯龙史陶贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
_ENTITY_ENDS = "省市区县州镇乡村路街站局院校厂社部厅司会团队馆园湖山河江岛港湾门桥寺塔东南西北"


@cache
def _members(characters: str) -> Array:
    table = np.zeros(0x10000, dtype=bool)
    table[[ord(char) for char in characters]] = True
    return table


def measure(text: Segmented, lines: Sequence[Line]) -> Array:
    """One row a segment, columns as in :data:`NAMES`."""
    own = _own(text)
    run = _runs(text, own)
    place = _place(text, own, lines)
    doc = _document(text, own)
    beside = own[:, [_OWN.index(name) for name in _BESIDE]]
    edge = np.full((1, beside.shape[1]), -1.0, dtype=np.float32)
    odd = own[:, [1, 5]] - doc[:, :2]
    return np.hstack((own, run, place, doc, np.vstack((edge, beside[:-1])), np.vstack((beside[1:], edge)), odd))


def _own(text: Segmented) -> Array:
    tokens, first, kinds = text.tokens, text.first, text.folded.classes
    size = len(first)
    count = np.diff(np.concatenate((first, [len(tokens.start)]))).astype(np.float32)
    surprise = text.surprise
    items, longest, entity = _items(text)
    marks = text.folded.marks.take(tokens.start)
    columns = np.empty((11, len(tokens.start)), dtype=np.float32)
    for row, values in enumerate((
        surprise.pair, surprise.single, surprise.new_pair, surprise.new_triple, surprise.function, tokens.han,
        tokens.number, tokens.spaced & tokens.han, (marks & DISGUISED) > 0,
        (marks & TRADITIONAL) > 0, (marks & UPPER) > 0,
    )):  # fmt: skip
        columns[row] = values
    means = (np.add.reduceat(columns, first, axis=1) / count).T
    chars = np.concatenate((tokens.start[first], [len(kinds)]))
    chars[0] = 0
    segment_of = np.repeat(np.arange(size), np.diff(chars))
    classes = np.bincount(segment_of * 14 + kinds, minlength=size * 14).reshape(size, 14)
    per_token = classes[:, [PARTER, COMMA, STOP, EMOJI, OTHER, OPENER, DIGIT]] / count[:, None]
    cues = _count_cues(text, segment_of, size) / count[:, None]
    ends = _ends(text)
    long_number = np.add.reduceat((tokens.number & (tokens.end - tokens.start >= 5)).astype(np.float32), first)
    comma_share = classes[:, COMMA] / (classes[:, COMMA] + classes[:, BLANK] + classes[:, PARTER] + 1.0)
    return np.column_stack((
        np.log1p(count), means, per_token, items / count, longest, cues, ends, comma_share, long_number, entity,
    )).astype(np.float32)  # fmt: skip


def _ends(text: Segmented) -> Array:
    """Whether sentence-final punctuation closes the segment."""
    chars = text.tokens.end[np.concatenate((text.first[1:], [len(text.tokens.end)])) - 1]
    kinds = np.concatenate((text.folded.classes, [BLANK, BLANK]))
    codes = np.concatenate((text.folded.codes, [32, 32]))
    return (kinds[chars] == STOP) | (codes[chars] == ord(".")) | (kinds[chars + 1] == STOP) | (codes[chars + 1] == 46)


def _items(text: Segmented) -> tuple[Array, Array, Array]:
    """Per segment: how many items signs and blanks part it into, the longest one's tokens, the share that look like
    names of persons, places or bodies."""
    tokens, first = text.tokens, text.first
    after_han = np.concatenate(([False], tokens.han[:-1]))
    opens = tokens.parted | (tokens.spaced & (tokens.han | after_han))
    opens[first] = True
    starts = np.nonzero(opens)[0]
    lengths = np.diff(np.concatenate((starts, [len(opens)])))
    codes = np.minimum(text.folded.codes, 0xFFFF)
    head, tail = codes[tokens.start[starts]], codes[tokens.start[starts + lengths - 1]]
    named = _members(_SURNAMES)[head] & (lengths >= 2) & (lengths <= 3)
    placed = _members(_ENTITY_ENDS)[tail] & (lengths >= 2) & (lengths <= 12)
    titled = ((text.folded.marks[tokens.start[starts]] & UPPER) > 0) & (lengths <= 5)
    place = np.searchsorted(starts, first)
    count = np.diff(np.concatenate((place, [len(starts)])))
    entity = np.add.reduceat((named | placed | titled).astype(np.float32), place) / count
    return count.astype(np.float32), np.log1p(np.maximum.reduceat(lengths, place)), entity


def _count_cues(text: Segmented, segment_of: Array, size: int) -> Array:
    where = segment_of[text.cues.start] * 3 + text.cues.category
    return np.bincount(where, minlength=size * 3).reshape(size, 3).astype(np.float32)


def _runs(text: Segmented, own: Array) -> Array:
    """Features of the stretch of list-like segments that each segment belongs to."""
    column = {name: own[:, number] for number, name in enumerate(_OWN)}
    listy = (column["ends"] == 0) & (column["function"] < 0.25) & (column["longest_item"] < 3.2)
    opens = ~(listy & np.concatenate(([False], listy[:-1])))
    run_of = np.cumsum(opens) - 1
    weights = np.expm1(column["tokens"])
    total = np.bincount(run_of, weights=weights)
    repeated, elsewhere = _recurrence(text, run_of)

    def mean(name: str) -> Array:
        return np.bincount(run_of, weights=column[name] * weights) / total

    runs = np.column_stack((
        np.bincount(run_of), np.log1p(total), mean("pair"), mean("new_pair"), mean("function"), repeated, elsewhere,
        mean("query"), mean("items"), mean("entity"), mean("han"),
    ))  # fmt: skip
    return runs[run_of].astype(np.float32)


def _recurrence(text: Segmented, run_of: Array) -> tuple[Array, Array]:
    """Per run: the share of its words that recur within it, and the share that the rest of the article has too."""
    tokens = text.tokens
    sizes = np.diff(np.concatenate((text.first, [len(tokens.start)])))
    run = np.repeat(run_of, sizes)
    content = ~text.surprise.function & ~tokens.number
    before = np.concatenate((np.zeros(1, np.uint64), tokens.hash[:-1]))
    key = np.where(tokens.han, tokens.hash + before * np.uint64(3), tokens.hash) & np.uint64(0xFFFF)
    runs = int(run_of[-1]) + 1
    key, run = key[content].astype(np.int64), run[content]
    if not len(key):
        return np.zeros(runs), np.zeros(runs)
    order = np.argsort(key.astype(np.uint16), kind="stable")
    key, run = key.take(order), run.take(order)
    new_key = np.concatenate(([True], key[1:] != key[:-1]))
    starts = np.nonzero(new_key | np.concatenate(([True], run[1:] != run[:-1])))[0]  # of each word in each run
    counts = np.diff(np.concatenate((starts, [len(key)])))
    opens = np.nonzero(new_key)[0]  # of each word
    sizes = np.diff(np.concatenate((opens, [len(key)])))
    whole = sizes[np.cumsum(new_key)[starts] - 1]
    owner = run[starts]
    total = np.bincount(run, minlength=runs) + 1.0
    repeated = np.bincount(owner, weights=np.where(counts > 1, counts, 0), minlength=runs) / total
    outside = np.where(whole > counts, counts, 0)
    return repeated, np.bincount(owner, weights=outside, minlength=runs) / total


def _place(text: Segmented, own: Array, lines: Sequence[Line]) -> Array:
    size = len(text.first)
    hidden = np.array([line.hidden for line in lines], dtype=np.float32)[text.line]
    links = np.add.reduceat(text.linked.astype(np.float32), text.first) / np.expm1(own[:, 0])
    at = text.first / len(text.tokens.start)
    behind = np.concatenate((at[1:], [1.0]))
    alone = np.bincount(text.line, minlength=len(lines))[text.line] == 1
    weights = np.expm1(own[:, 0])
    line_tokens = np.log1p(np.bincount(text.line, weights=weights, minlength=len(lines)))[text.line]
    han = own[:, _OWN.index("han")]
    share = float(np.sum(han * weights) / np.sum(weights))
    return np.column_stack((
        hidden, links, at, 1.0 - behind, text.line == text.line[0], text.line == text.line[-1], alone,
        np.abs(han - share), line_tokens,
    )).astype(np.float32).reshape(size, len(_PLACE))  # fmt: skip


def _document(text: Segmented, own: Array) -> Array:
    weights = np.expm1(own[:, 0])
    weights = weights * (own[:, _OWN.index("ends")] + 0.05)
    total = weights.sum()
    pair, function, han = (float((own[:, _OWN.index(n)] * weights).sum() / total) for n in ("pair", "function", "han"))
    listy = float(np.mean((own[:, _OWN.index("ends")] == 0) & (own[:, 0] < 3.0)))
    return np.tile(np.array([pair, function, han, np.log1p(len(own)), listy], dtype=np.float32), (len(own), 1))
