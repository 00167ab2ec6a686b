"""Injected spam: stretches that do not read like the prose of this article."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import Literal

import numpy as np

from pipeline import lexicon
from pipeline.cleaning import context, features, trees
from pipeline.cleaning.edges import end_of, start_of, whole_words
from pipeline.cleaning.fold import SMUGGLED, Array
from pipeline.cleaning.segments import Segmented, segment
from pipeline.cleaning.telling import is_told
from pipeline.cleaning.tokens import Groups, run_starts
from pipeline.cleaning.view import Line, Page
from pipeline.cleaning.view import lines as split
from pipeline.cleaning.voice import without_own
from pipeline.cleaning.wording import is_prose
from pipeline.records import Cut
from pipeline.text import HAN, count_han

Strictness = Literal["strict", "balanced", "gentle"]

# Log odds: a run of segments is cut if its surest one reaches the first and each one the second.
THRESHOLDS: dict[Strictness, tuple[float, float]] = {
    "strict": (-1.5, -2.2),
    "balanced": (-0.5, -1.6),
    "gentle": (0.5, -1.1),
}

ADVERTISES = 14.0  # how much a line does that is no site's
_TOKENS, _WHOLE, _HAN, _PAGE_HAN, _ENDS = (
    features.COLUMN[name] for name in ("tokens", "whole_line", "han_share", "doc_han", "ends")
)
_FUNCTION, _CALL, _CONTACT, _FOREIGN = (
    features.COLUMN[name] for name in ("function_share", "call_share", "contact_share", "foreign")
)
_ADVERT, _PROMOTION, _OF_LINE = (features.COLUMN[name] for name in ("advert_sum", "promotion_sum", "line_promotion"))
_PLAIN_PROMOTION, _PLAIN_LINE = -8.0, -4.0  # most promotion of a plain sentence and of its line, in units of features
_STRANGE_ADVERT = -4.0  # most advertising of a sentence that calls and yet is told
_CALLING_ADVERT, _CALLING_PROMOTION = 2.0, 4.0  # least of a sentence that may go with spam beside it
_LEAST_FUNCTION, _STRANGER = (
    0.15,
    0.5,
)  # least share of function words, greatest distance in script, of a plain sentence
_STRANGE = 4.0  # log odds above the first threshold that a sentence in another script needs if it advertises nothing
_FOREIGN_ODDS = -1.3  # log odds at which a sentence of a passage in another script is likely
_BRIDGE = 10  # tokens of a segment that spam on both sides takes along
_LINKED = 0.6  # share of a hidden line that is links
_MOST = 0.7  # share of a line's tokens that takes the rest along
_SINGLE = 0.1  # log odds above the first threshold that a sentence, or a piece of a line, needs if it is all there is
_EDGE = 2.3  # log odds that a line may lack at the edge of a column of spam
# Of a longer column that is spam on the whole: its lines, mean log odds (none counts more than the span), and those of
# one that is reached from the sure ones.
_COLUMN, _COLUMN_MEAN, _COLUMN_LEAST, _COLUMN_SPAN = 4, -2.0, -4.0, (-6.0, 4.0)
_ALONE = 1.5  # log odds above the first threshold at which a piece of a line needs no spam beside it
_TITLE = 2.0  # log odds above the first threshold that the first line needs without spam behind it
_SCARCE = 1.5  # log odds that a page with little prose asks for above the first threshold
_LEAST_PROSE, _PROSE_SHARE = 60, 0.5  # tokens in sentences with function words, and their share
_BILINGUAL = 5.0  # and one that is in two languages in turn
_LEAST_TURNS, _LEAST_OTHER = 6, 0.15  # how often they change, and the share of the rarer one
_SMUGGLED = 2.5  # log odds that disguises of letters add
_LEAST_SMUGGLED, _SMUGGLED_SHARE, _SMUGGLED_PAGE = 3, 0.15, 0.5  # number and share of letters; share of a page's
_LABEL = -1.2  # mean log odds of a label that is put before several lines
_AT_THE_END = 0.8  # log odds that the last phrases of a page, where spam is glued or cut short, may lack
_DIP = 3.0  # log odds that a segment may lack if both its neighbours are spam


_LATIN, _LEAST_ENGLISH = re.compile("[a-z]+"), 0.05
_KNOWN, _LEAST_KNOWN = re.compile(f"[A-Za-z{HAN}\u3041-\u30ff]+"), 0.25  # and the least share of the letters


def find(pages: Sequence[Page], strictness: Strictness = "balanced") -> list[list[Cut]]:
    """The stretches of each page that are spam. A page's do not depend on the others."""
    found = [list(_hidden_links(page.lines)) for page in pages]
    text = segment(pages)
    if text is None:
        return found
    lines = [line for page in pages for line in page.lines]
    matrix = features.measure(text, lines)
    high, low = THRESHOLDS[strictness]
    odds = _odds(matrix, text.page, context.LIKELY)
    smuggled = _smuggled(text)
    odds[smuggled] = np.maximum(odds[smuggled], low) + _SMUGGLED
    odds = _second(text, matrix, odds)
    odds[smuggled] = np.maximum(odds[smuggled], high)
    scarce, bilingual = _scarce(matrix, text.page), _bilingual(matrix, text.page)
    labels = _odd_labels(np.where(scarce.take(text.page), -1, text.label), odds)
    odds[labels] = np.maximum(odds[labels], high + _SMUGGLED)
    highs = high + np.maximum(_SCARCE * scarce, _BILINGUAL * bilingual)
    sentences = matrix[_ENDS] > 0
    ending = _at_the_end((odds >= low) & ~sentences, sentences, text)
    least = highs.take(text.page) - _AT_THE_END * ending + _STRANGE * _told_strangely(matrix)
    sure = odds >= least
    for number in np.unique(text.page[sure]).tolist():
        if _is_unknown(pages[number].text):
            continue
        first, last = text.page.searchsorted((number, number + 1)).tolist()
        here = slice(first, last)
        shift = int(text.offsets[number])
        ends = sentences[here]
        weighed = _weighed(matrix[:, here], odds[here], sure[here], text.line[here], ends, float(highs[number]), low)
        whole = (matrix[_WHOLE, here] > 0) & ~ends
        page = pages[number].text
        cuts = [
            whole_words(page, cut)
            for cut in _runs(text, lines, shift, weighed, whole, ends, first, least[here], low)
            if not is_told(page, cut.start, cut.end)
        ]
        found[number] += without_own(page, cuts)
    return found


def advertises(text: str, least: float = ADVERTISES) -> bool:
    """Whether a line by itself speaks as advertisements do.

    :param least: how much, by the root of the number of its words; by default as hardly any line of a site does
    """
    found = segment([Page(text, split(text, []))])
    return found is not None and bool(found.surprise.advert.sum() > least * len(found.tokens.start) ** 0.5)


def _is_unknown(text: str) -> bool:
    """Whether a page is written in a language of which nothing is known: all of it is unlike the news that was learned.

    So it is if few of its letters are Chinese or Latin, or few of its Latin words hold English sentences together.
    """
    known = sum(map(len, _KNOWN.findall(text)))
    if known < _LEAST_KNOWN * sum(map(str.isalpha, text)):
        return True
    words = _LATIN.findall(text.lower())
    english = sum(word in _function_words() for word in words)
    return len(words) * 10 > known and count_han(text) * 10 < known and english < _LEAST_ENGLISH * len(words)


@cache
def _function_words() -> frozenset[str]:
    return lexicon.words("function_words.txt")


def _weighed(matrix: Array, odds: Array, sure: Array, line: Array, ends: Array, high: float, low: float) -> Array:
    """The odds of a page's segments, each in the light of those beside it."""
    beside = np.concatenate(([False], sure[:-1])) | np.concatenate((sure[1:], [False]))
    calls = (matrix[_CALL] > 0) | (matrix[_ADVERT] > _CALLING_ADVERT) | (matrix[_PROMOTION] > _CALLING_PROMOTION)
    alone = ends & ~sure & ~(beside & calls)
    # So does the first line, which may be the title.
    least = np.where(np.append(sure[1:], False), high, high + _TITLE)
    alone |= (line == line[0]) & (odds < least) & (matrix[_WHOLE] > 0)
    alone |= _foreign(matrix, odds, line, ends)
    odds = np.where(alone, -np.inf, odds)  # a sentence that calls to nothing stands or falls by itself
    return _bridged(odds, matrix[_TOKENS], line, ends, high, low)


def _foreign(matrix: Array, odds: Array, line: Array, ends: Array) -> Array:
    """Passages of whole sentences in another script than their page's, of which the lesser part is likely: those that
    are spam are so from end to end.

    :param ends: whether a segment is a sentence
    """
    lines = Groups.by(line)
    own = (matrix[_HAN] > 0.5) == (matrix[_PAGE_HAN] > 0.5)
    whole = lines.total(own | ~ends) == 0
    tokens = matrix[_TOKENS].astype(np.int64)
    found: Array = whole & (lines.total(tokens * (odds >= _FOREIGN_ODDS)) * 2 < lines.total(tokens))
    return found


def plain(matrix: Array) -> Array:
    """Sentences in the article's script that call to nothing and speak like news, as their lines do: most text is that,
    and needs no walk through the trees."""
    told = (matrix[_ENDS] > 0) & (matrix[_FUNCTION] >= _LEAST_FUNCTION) & (matrix[_FOREIGN] < _STRANGER)
    found: Array = told & (matrix[_CALL] == 0) & (matrix[_CONTACT] == 0)
    return found & (matrix[_PROMOTION] < _PLAIN_PROMOTION) & (matrix[_OF_LINE] < _PLAIN_LINE)


def _odds(matrix: Array, page: Array, wanted: float) -> Array:
    """Log odds of each segment at first sight."""
    odds = np.full(matrix.shape[1], -np.inf)
    asked = (~plain(matrix)).nonzero()[0]
    if len(asked):
        odds[asked] = trees.log_odds(matrix[:, asked], page[asked], wanted)
    return odds


def _scarce(matrix: Array, page: Array) -> Array:
    """Per page: whether it has little prose for spam to be unlike: lists, menus, verse, recipes."""
    tokens = np.bincount(page, weights=matrix[_TOKENS])
    prose = np.bincount(page, weights=matrix[_TOKENS] * ((matrix[_ENDS] > 0) & (matrix[_FUNCTION] >= _LEAST_FUNCTION)))
    scarce: Array = (prose < _LEAST_PROSE) | (prose < _PROSE_SHARE * tokens)
    return scarce


def _told_strangely(matrix: Array) -> Array:
    """Sentences in another script than their page's that neither call to anything nor advertise: quotations
    and names of works are written so, too."""
    advert = matrix[_ADVERT]
    speaks = (advert < 0) & ((matrix[_CALL] == 0) | (advert < _STRANGE_ADVERT))
    found: Array = (matrix[_ENDS] > 0) & (matrix[_CONTACT] == 0) & (matrix[_FOREIGN] >= _STRANGER) & speaks
    return found


def _bilingual(matrix: Array, page: Array) -> Array:
    """Per page: whether it is in Chinese and in another language, in turn: neither is foreign to it."""
    size = page[-1] + 1
    han, tokens = matrix[_HAN] > 0.5, matrix[_TOKENS]
    turns = np.bincount(page[1:], weights=(han[1:] != han[:-1]) & (page[1:] == page[:-1]), minlength=size)
    total = np.maximum(np.bincount(page, weights=tokens, minlength=size), 1)
    share = np.bincount(page, weights=tokens * han, minlength=size) / total
    found: Array = (turns >= _LEAST_TURNS) & (np.minimum(share, 1 - share) >= _LEAST_OTHER)
    return found


def _at_the_end(likely: Array, ends: Array, text: Segmented) -> Array:
    """Which of the likely phrases nothing stands behind on their page but such, nor before them in their line but a
    sentence.

    :param ends: whether a segment is a sentence
    """
    last = np.full(text.page[-1] + 1, -1)  # of what is not likely, by page
    others = (~likely).nonzero()[0]
    last[text.page[others]] = others
    before = last.take(text.page)
    behind = np.minimum(before + 1, len(likely) - 1)
    glued = ends.take(before) | (text.line.take(before) != text.line.take(behind)) | (before < 0)
    found: Array = glued & (np.arange(len(likely)) > before)
    return found


def _smuggled(text: Segmented) -> Array:
    """Whether many of a segment's letters are disguised so that no rule may know them, as few on its page are."""
    marked = (text.folded.marks & SMUGGLED) > 0
    found = np.zeros(len(text.first), dtype=bool)
    if not marked.any():
        return found
    places = text.tokens.start.take(text.first)
    size = np.diff(np.append(places, len(marked)))
    count = np.add.reduceat(marked, places, dtype=np.int64)
    share = np.bincount(text.page, weights=count) / np.maximum(np.bincount(text.page, weights=size), 1)
    return (count >= _LEAST_SMUGGLED) & (count >= _SMUGGLED_SHARE * size) & (share.take(text.page) < _SMUGGLED_PAGE)


def _odd_labels(label: Array, odds: Array) -> Array:
    """Segments that are a label of several lines of their page, and on the whole not much unlike spam: what articles
    have there are speakers' names and key words, which are very unlike it."""
    members = (label >= 0).nonzero()[0]
    name = label.take(members)
    mean = np.bincount(name, weights=odds.take(members)) / np.maximum(np.bincount(name), 1)
    return members[mean.take(name) >= _LABEL]


def _second(text: Segmented, matrix: Array, odds: Array) -> Array:
    """Log odds in the light of those of the whole page, where any of them is likely."""
    likely = np.zeros(text.page[-1] + 1, dtype=bool)
    likely[text.page[odds >= context.LIKELY]] = True
    again = likely.take(text.page)
    if again.any():
        found = context.measure(context.Words.of(text).only(again), odds[again])
        odds[again] = trees.all_log_odds(
            trees.SECOND_FILE, np.vstack((matrix[:, again], np.stack(found).astype(np.float32)))
        )
    return odds


def _hidden_links(lines: Sequence[Line]) -> Iterator[Cut]:
    """Lines that the markup hides and that are mostly links: nothing legitimate is both, but for a sentence of a body
    that is hidden.
    """
    hidden = [line for line in lines if line.hidden]
    linked = [line for line in hidden if line.links > _LINKED]
    body = sum(len(line.text) for line in hidden) > 2 * sum(len(line.text) for line in linked)
    for line in linked:
        if not (body and is_prose(line.text)):
            yield Cut(line.start, line.end, "spam", "hidden-links", 0.95)


def _bridged(odds: Array, sizes: Array, line: Array, ends: Array, high: float, low: float) -> Array:
    """Lift what stands between spam and spam on one line, or is the rest of a line that is mostly spam."""
    odds = odds.copy()
    for number in set(line[odds >= high].tolist()):
        at = np.nonzero(line == number)[0]
        spam = odds[at] >= low
        inner = np.nonzero(spam)[0]
        between = at[inner[0] : inner[-1] + 1]
        small = (sizes[between] <= _BRIDGE) & ~ends[between]
        odds[between[small]] = np.maximum(odds[between[small]], low)
        most = sizes[at[spam]].sum() > _MOST * sizes[at].sum()
        # The first line may be the title, with spam behind it.
        if most and number != line[0] and not ends[at[~spam]].any():
            odds[at] = np.maximum(odds[at], low)
    single = (odds[1:-1] >= low - _DIP) & (odds[:-2] >= high) & (odds[2:] >= high) & ~ends[1:-1]
    odds[1:-1][single] = np.maximum(odds[1:-1][single], low)
    odds[_column_edges(odds, line, ends, high, low)] = low
    for first, last in _columns(odds, sizes, line, ends, high):
        odds[first:last] = np.maximum(odds[first:last], low)
    return np.where(_leaning(odds, line, low) & (odds < high + _ALONE), -np.inf, odds)


def _column_edges(odds: Array, line: Array, ends: Array, high: float, low: float) -> Array:
    """Lines, no sentences, that open or close a column of lines of which the next two are spam."""
    other = np.ones(len(odds) + 1, dtype=bool)
    other[1:-1] = line[1:] != line[:-1]
    own = other[:-1] & other[1:] & ~ends & (line != line[0])  # the first line may be the title
    spam, sure = own & (odds >= low), own & (odds >= high)
    two = np.zeros(len(odds) + 3, dtype=bool)  # whether two in a row from two places before are
    two[2:-2] = spam[:-1] & spam[1:] & (sure[:-1] | sure[1:])
    return own & (odds < low) & (odds >= low - _EDGE) & (two[: len(odds)] | two[3:])


def _columns(odds: Array, sizes: Array, line: Array, ends: Array, high: float) -> Iterator[tuple[int, int]]:
    """Stretches of several lines, no sentences, of which some are surely spam and all are likely on the whole."""
    starts = run_starts(line)
    told = np.maximum.reduceat(ends, starts)
    told[0] = True  # the first line may be the title
    each = np.add.reduceat(odds.clip(*_COLUMN_SPAN) * sizes, starts) / np.add.reduceat(sizes, starts)
    over = np.append(0.0, (each - _COLUMN_MEAN).cumsum())  # it does not fall over a stretch that is likely on the whole
    sure = np.maximum.reduceat(odds, starts) >= high
    edges = [-1, *told.nonzero()[0].tolist(), len(starts)]
    bounds = np.append(starts, len(odds))
    for before, behind in pairwise(edges):
        surely = sure[before + 1 : behind].nonzero()[0] + before + 1
        if behind - before <= _COLUMN or not len(surely):
            continue
        low, top = int(surely[0]), int(surely[-1]) + 1
        while low - 1 > before and each[low - 1] >= _COLUMN_LEAST and over[low - 1] <= over[top]:
            low -= 1
        while top < behind and each[top] >= _COLUMN_LEAST and over[low] <= over[top + 1]:
            top += 1
        if top - low >= _COLUMN and over[low] <= over[top]:
            yield int(bounds[low]), int(bounds[top])


def _leaning(odds: Array, line: Array, low: float) -> Array:
    """Segments at a line's end or start that lean on spam beyond it, while the rest of their own line belongs."""
    spam = odds >= low
    same = np.concatenate((line[1:] == line[:-1], [False]))  # with the segment behind
    before, behind = np.concatenate(([False], spam[:-1])), np.concatenate((spam[1:], [False]))
    same_before = np.concatenate(([False], same[:-1]))
    starts = ~same_before & same & before & ~behind
    stops = same_before & ~same & behind & ~before
    return spam & (starts | stops)


def _runs(
    text: Segmented,
    lines: Sequence[Line],
    shift: int,
    odds: Array,
    whole: Array,
    ends: Array,
    first: int,
    least: Array,
    low: float,
) -> Iterator[Cut]:
    """Stretches of segments that are all likely, and at least one of them surely spam.

    :param shift: where the page begins, whose segments count from ``first``
    :param whole: whether a segment is a line of its own and no sentence
    :param ends: whether it is a sentence
    :param least: the odds at which it is surely spam
    """
    size = len(odds)
    at = 0
    while at < size:
        if odds[at] < low:
            at += 1
            continue
        end = at + 1
        while end < size and odds[end] >= low:
            end += 1
        best = float(np.max(odds[at:end]))
        single = end == at + 1 and not whole[at] and (ends[at] or end < size)
        if np.any(odds[at:end] >= least[at:end] + _SINGLE * single):
            start, stop = start_of(text, lines, shift, first + at), end_of(text, lines, shift, first + end)
            score = round(1.0 / (1.0 + float(np.exp(-best))), 4)
            yield Cut(start, stop, "spam", "unlike-article", score)
        at = end
