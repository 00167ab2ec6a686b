"""Cut a text into segments: sentences, lines, passages in another script, and heads of sentences unlike the rest."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from pipeline.cleaning import cues, language
from pipeline.cleaning.cues import QUERY, Cues
from pipeline.cleaning.fold import BLANK, PARTER, UPPER, Array, Folded, fold_hard
from pipeline.cleaning.language import Advert, Surprise
from pipeline.cleaning.tokens import Tokens, boundaries, sums, tokenize
from pipeline.cleaning.view import Page

# Log odds, in 64ths, that a token belongs to spam, from a logistic regression over tokens:
_ADVERT, _SINGLE, _FLAGS, _NUMBER, _HAN = (
    8,
    5,
    (40, 41, 13),
    58,
    27,
)  # _SINGLE in 16ths; a new pair, triple, function word
_OTHER = -109  # what speaks against, with as much spam as news
_GAIN, _LOSS = 120, -80  # least that a stretch and most that the rest of its sentence must reach
_BLANK_EDGE, _PARTED_EDGE, _UNSEEN_EDGE, _SEEN_EDGE, _NO_EDGE = -90, 40, 130, 320, 1500  # cost of an edge in a sentence
_APART = 1 << 32

_REST = 6  # tokens that must follow it
_FEW_BLANKS, _SENTENCE = 3, 24  # blanks, at most, in a Chinese sentence of so many tokens at least, that are odd there
_LEAST_BEFORE = 2  # tokens of the sentence that must stand before or behind an insert
_LONGEST_HEAD = 80  # tokens
_LEAST_QUERY = 6  # tokens of a head without signs
_LONGEST_LABEL = 12  # tokens
_LONG_LINK = 6  # tokens of a stretch of links that is a segment of its own
_BETWEEN = "\n\n"  # behind each page: as far as any rule looks across a line break
_MOST_FUNCTION = 0.34  # share of function words in a head


class Segmented(NamedTuple):
    """The tokens of some pages in segments. A page without words has none."""

    text: str  # of all pages, with line breaks between them
    folded: Folded
    tokens: Tokens
    surprise: Surprise
    cues: Cues
    first: Array  # per segment: its first token
    line: Array  # per segment: the line it stands in, counted through all pages
    page: Array  # per segment: the page it stands in
    linked: Array  # per token: inside a link
    offsets: Array  # per page: where it begins in the text
    label: Array  # per segment: what label it is of those that several lines of a page begin with; -1: none


def segment(pages: Sequence[Page], weights: Advert | None = None) -> Segmented | None:
    """The segments of ``pages``, each of which comes out as it would alone; None where there are no words.

    :param weights: other weights of advertising than the stored ones
    """
    text = "".join([page.text + _BETWEEN for page in pages])
    offsets = np.cumsum([0, *(len(page.text) + len(_BETWEEN) for page in pages)])[:-1]
    folded = fold_hard(text)
    tokens = tokenize(folded)
    if not len(tokens.start):
        return None
    places = [line.start + at for page, at in zip(pages, offsets.tolist(), strict=True) for line in page.lines]
    starts = folded.origin.searchsorted(places)
    begins = np.append(folded.origin.searchsorted(offsets), len(folded.codes))
    heads = tokens.start.searchsorted(begins)
    for wordless in (heads[1:] == heads[:-1]).nonzero()[0].tolist():  # what stands there is nobody else's
        folded.classes[begins[wordless] : begins[wordless + 1]] = BLANK
    heads = heads[heads < len(tokens.start)]
    tokens.parted[heads] = tokens.spaced[heads] = False
    opens = boundaries(folded, tokens, starts, heads)
    linked = _linked(folded, tokens, pages, offsets, len(text))
    opens |= _link_edges(linked)
    surprise = language.surprise(folded, tokens, opens, weights)
    hits = cues.find(folded)
    opens[_heads(folded, tokens, surprise, hits, opens)] = True
    opens |= _odd_blanks(tokens, opens)
    opens[_inserts(folded, tokens, surprise, opens)] = True
    labels = _labels(folded, tokens, starts, begins[:-1])
    opens[labels.behind] = True
    first = opens.nonzero()[0]
    label = np.full(len(first), -1)
    place = first.searchsorted(labels.first)
    whole = np.append(first, -1).take(place + 1) == labels.behind
    label[place[whole]] = labels.name[whole]
    at = tokens.start.take(first)
    line = (starts.searchsorted(at, side="right") - 1).clip(min=0)
    page = offsets.searchsorted(folded.origin.take(at), side="right") - 1
    return Segmented(text, folded, tokens, surprise, hits, first, line, page, linked, offsets, label)


def _linked(folded: Folded, tokens: Tokens, pages: Sequence[Page], offsets: Array, length: int) -> Array:
    if not any(page.links for page in pages):
        return np.zeros(len(tokens.start), dtype=bool)
    inside = np.zeros(length, dtype=bool)
    for page, at in zip(pages, offsets.tolist(), strict=True):
        for start, end in page.links:
            inside[at + start : at + end] = True
    return inside[folded.origin[tokens.start]]


def _link_edges(linked: Array) -> Array:
    """Where a long stretch of links begins or ends."""
    edges = np.zeros(len(linked), dtype=bool)
    if linked.any():
        change = np.nonzero(np.diff(np.concatenate(([False], linked, [False])).astype(np.int8)))[0].reshape(-1, 2)
        long = change[change[:, 1] - change[:, 0] >= _LONG_LINK].ravel()
        edges[long[long < len(linked)]] = True
    return edges


def _heads(folded: Folded, tokens: Tokens, surprise: Surprise, hits: Cues, opens: Array) -> list[int]:
    """Where sentences that begin with a phrase glued to their front go on: candidates for the model to judge."""
    first = opens.nonzero()[0]
    last = np.append(first[1:], len(opens))
    places = [
        *_lower_case(folded, tokens, surprise, first, last),
        *_queries(tokens, surprise, hits, first, last),
    ]
    return list({int(np.searchsorted(first, place)): place for place in places}.values())  # one a sentence, the surest


class _Labels(NamedTuple):
    first: Array  # their first tokens
    behind: Array  # the tokens behind them
    name: Array  # the same number for the same label of the same page


def _labels(folded: Folded, tokens: Tokens, starts: Array, pages: Array) -> _Labels:
    """Labels of two words and more that stand before several lines of a page.

    :param starts: where the lines begin
    :param pages: where the pages do
    """
    head = tokens.start.searchsorted(starts)
    next_head = np.append(head[1:], len(tokens.start))
    signs = np.append(((folded.classes == PARTER) | (folded.codes == ord(":"))).nonzero()[0], len(folded.codes))
    sign = signs.take(signs.searchsorted(starts))
    behind = tokens.start.searchsorted(sign)
    size = behind - head
    # What a sign joins to a Latin word, as in an address, is no label.
    apart = tokens.han.take(behind - 1, mode="clip") | (folded.classes.take(sign + 1, mode="clip") == BLANK)
    label = (apart & (size >= 2) & (size <= _LONGEST_LABEL) & (behind < next_head)).nonzero()[0]
    head, behind = head[label], behind[label]
    words = sums(tokens.hash)
    key = words.take(behind) - words.take(head)
    key += pages.searchsorted(starts[label], side="right").astype(np.uint64) << np.uint64(40)
    _, name, count = np.unique(key, return_inverse=True, return_counts=True)
    several = count.take(name) > 1
    return _Labels(head[several], behind[several], name[several])


def _odd_blanks(tokens: Tokens, opens: Array) -> Array:
    """Blanks between Chinese characters of a sentence that is written without them but for a few."""
    first = opens.nonzero()[0]
    odd = tokens.spaced & tokens.han & ~opens
    odd[1:] &= tokens.han[:-1]
    if not odd.any():
        return odd
    count = np.add.reduceat(odd, first, dtype=np.int32)
    few = (count <= _FEW_BLANKS) & (np.append(first[1:], len(opens)) - first >= _SENTENCE)
    return odd & few.take(opens.cumsum() - 1)


def _inserts(folded: Folded, tokens: Tokens, surprise: Surprise, opens: Array) -> list[int]:
    """Where a stretch begins and ends that was put into a sentence: of all its stretches the one of which language says
    most surely that it is no news, while the rest of the sentence is (Kadane's search, all sentences at once).

    Its ends are sought where blanks and signs stand, and not between words that news often has side by side.
    """
    first = opens.nonzero()[0]
    last = np.append(first[1:], len(opens))
    cost = surprise.advert * _ADVERT + (surprise.single.astype(np.int32) * _SINGLE >> 4) + _OTHER
    for flag, weight in zip((surprise.new_pair, surprise.new_triple, surprise.function), _FLAGS, strict=True):
        cost += flag * weight
    cost += tokens.number * _NUMBER + tokens.han * _HAN
    total = sums(cost)
    edge = np.append(_edge_cost(folded, tokens, surprise), 0)
    edge[first] = 0
    number = opens.cumsum() - 1
    # The least sum before each token of its own segment: segments are set so far apart that none reaches the next.
    apart = number * _APART
    before = np.minimum.accumulate(total[:-1] + edge[:-1] - apart) + apart
    behind = total[1:] - edge[1:]
    behind[last - 1] = total[last]
    gain = behind - before
    best = np.maximum.reduceat(gain, first)
    rest = total.take(last) - total.take(first) - best
    places = []
    for at in ((best > _GAIN) & (rest < _LOSS)).nonzero()[0].tolist():
        low, high = int(first[at]), int(last[at])
        end = low + int(gain[low:high].argmax()) + 1
        start = low + int((total[low:end] + edge[low:end]).argmin())
        if start - low >= _LEAST_BEFORE:
            places.append(start)
        if high - end >= _LEAST_BEFORE:
            places.append(end)
    return places


def _edge_cost(folded: Folded, tokens: Tokens, surprise: Surprise) -> Array:
    """What it costs to let a stretch begin or end before each token."""
    both = tokens.han.copy()
    either = tokens.han.copy()
    both[1:] &= tokens.han[:-1]
    either[1:] |= tokens.han[:-1]
    cost = np.where(surprise.new_pair, _UNSEEN_EDGE, _SEEN_EDGE)
    cost[tokens.parted & (either | tokens.spaced)] = _PARTED_EDGE
    joined = ~either & ~tokens.spaced  # to the word before, as in an address
    cost[joined] = _NO_EDGE
    cost[1:][tokens.spaced[1:] & joined[:-1]] = _PARTED_EDGE
    cost[tokens.spaced & both] = _BLANK_EDGE
    # A capital on "the" or "your" amid small letters begins another sentence.
    upper = (folded.marks.take(tokens.start) & UPPER) > 0
    capital = upper & surprise.function & ~tokens.parted & ~tokens.han
    capital[1:] &= ~upper[:-1]
    capital[:-1] &= ~upper[1:]
    cost[capital] = _BLANK_EDGE
    return cost


def _lower_case(folded: Folded, tokens: Tokens, surprise: Surprise, first: Array, last: Array) -> list[int]:
    """By case: a sentence that opens with small letters, up to its first capital."""
    upper = (folded.marks.take(tokens.start) & UPPER) > 0
    if not upper.any():
        return []
    word = ~(tokens.han | tokens.number)
    capital = (upper & word).nonzero()[0]
    if not len(capital):
        return []
    place = np.searchsorted(capital, first)
    at = capital[place.clip(max=len(capital) - 1)]
    inside = word[first] & ~upper[first] & (at > first + 1) & (at + _REST <= last) & (at < first + _LONGEST_HEAD)
    function = sums(surprise.function)
    few = function[at] - function[first] < _MOST_FUNCTION * (at - first)
    return [int(value) for value in at[inside & few]]


def _queries(tokens: Tokens, surprise: Surprise, hits: Cues, first: Array, last: Array) -> list[int]:
    """By words: a clause that opens with phrases as people type them into a search box, up to the end of the last."""
    query = hits.category == QUERY
    if not query.any():
        return []
    starts, ends = tokens.start.searchsorted((hits.start[query], hits.end[query]))
    plain = surprise.function.copy()
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        plain[start:end] = False
    ends = np.unique(ends[ends < last[-1]])
    if not len(ends):
        return []
    owner = np.searchsorted(first, ends, side="right") - 1
    function = sums(plain)
    signs = sums(tokens.parted | (tokens.spaced & tokens.han))
    low = first[owner]
    whole = (function[ends] == function[low]) & (ends - low <= _LONGEST_HEAD) & (ends > low + 1)
    found: dict[int, tuple[int, int]] = {}
    for segment_number, end in zip(owner[whole].tolist(), ends[whole].tolist(), strict=True):
        count = found.get(segment_number, (0, 0))[1]
        found[segment_number] = (end, count + 1)
    return [
        end
        for number, (end, count) in found.items()
        if end + _REST <= last[number]
        and (signs[end] > signs[first[number] + 1] or (count > 1 and end - first[number] > _LEAST_QUERY))
    ]
