"""What looks put into an article and is its own: the rest of the article goes on so, or all of it speaks so."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from pipeline.cleaning.apply import kept
from pipeline.cleaning.wording import BIGRAM
from pipeline.records import Cut

_LABELLED = re.compile(r"\s*([^\s:：][^:：\n]{0,18}[^\s:：])\s?[:：]")
_NUMBERED = re.compile(r"\s*(\d{1,2})([.、．)）])\s?\D")
_OFTEN = 2  # lines of its kind that must stay
_SURE = 0.93  # score of what is spam at however many places
_PLACES = 3  # of what has nothing in common
_COMMON = 0.2  # share of words that stretches of a campaign have in common
_WORD = re.compile("[a-z]{3,}")


def without_own(text: str, cuts: Sequence[Cut]) -> list[Cut]:
    """The cuts of a text, in order and disjoint, without those of what is its own."""
    cuts = [cut for cut, own in zip(cuts, in_series(text, cuts), strict=True) if not own]
    return of_campaigns(text, cuts) if len(cuts) >= _PLACES else cuts


def in_series(text: str, cuts: Sequence[Cut]) -> list[bool]:
    """Of each stretch, whether what stays goes on as it does: most of its lines have labels that lines have which stay,
    or it begins with a number near those of two such lines.
    """
    rest = _rest(text, cuts).split("\n")
    labels = Counter(match[1] for line in rest if (match := _LABELLED.match(line)))
    numbers = {(int(match[1]), match[2]) for line in rest if (match := _NUMBERED.match(line))}
    found = []
    for cut in cuts:
        words = text[cut.start : cut.end].strip()
        if match := _NUMBERED.match(words):
            near = [(int(match[1]) + step, match[2]) for step in (-2, -1, 1, 2)]
            found.append(sum(number in numbers for number in near) >= _OFTEN)
        else:
            lines = words.split("\n")
            told = sum(labels[match[1]] >= _OFTEN for line in lines if (match := _LABELLED.match(line)))
            found.append(2 * told > len(lines))
    return found


def of_campaigns(text: str, cuts: Sequence[Cut]) -> list[Cut]:
    """The cuts without those that have nothing in common and are not quite sure, if these are at many places: what is
    put into an article at many places mostly says the same; round-ups, guides and reviews speak so themselves.
    """
    words = [_words(text[cut.start : cut.end]) for cut in cuts]
    own = _words(_rest(text, cuts))
    often = Counter(word for some in words for word in some - own)
    strange = [
        cut.score < _SURE and sum(often[word] > 1 for word in some) < _COMMON * len(some)
        for cut, some in zip(cuts, words, strict=True)
    ]
    alone = [cut for cut, one in zip(cuts, strange, strict=True) if one]
    places = 1 + sum(text.count("\n", cut.end, after.start) > 1 for cut, after in pairwise(alone))
    return [cut for cut, one in zip(cuts, strange, strict=True) if places < _PLACES or not one]


def _rest(text: str, cuts: Sequence[Cut]) -> str:
    """What the cuts leave, each of them made the break of a line."""
    return "\n".join(text[start:end] for start, end in kept(cuts, len(text)))


def _words(text: str) -> set[str]:
    """The words, and the pairs of Chinese characters."""
    return {*_WORD.findall(text.lower()), *BIGRAM.findall(text)}
