"""Where a cut begins and ends: with the line, with whole words, and with the punctuation that is its own."""

import re
from collections.abc import Sequence

from pipeline.cleaning.fold import BLANK, OPENER
from pipeline.cleaning.segments import Segmented
from pipeline.cleaning.view import Line
from pipeline.records import Cut

_STRAIGHT = (ord('"'), ord("'"))
_CLOSED = re.compile(r".*[。！？!?….,，、；;：:”’\"'」』）)】》〉\]]", re.DOTALL)
# An address, or what stands between blanks without a word of prose in it: disguised letters, numbers, accounts.
_ADDRESS = re.compile(r"(?:https?://|www\.|\bt\.me/)[!-~]{1,300}|\]\([!-~]{1,300}")
_BEFORE = re.compile(r"(?:(?<=\s)|^)[!-@\[-`{-~]{0,11}[\d/_*~#-]$")
_BEHIND = re.compile(r"(?=[!-~]{0,30}\d)[!-~]{1,30}(?=\s|$)")


def whole_words(text: str, cut: Cut) -> Cut:
    """The cut with the whole of what it begins or ends amid."""
    start, end = cut.start, cut.end
    for match in _ADDRESS.finditer(text, max(0, start - 320), end + 320):
        if match.start() < start < match.end():
            start = match.start()
        if match.start() < end < match.end():
            end = match.end()
    if not text[start].isspace() and (before := _BEFORE.search(text[max(0, start - 13) : start])):
        start -= len(before[0])
    if not text[end - 1].isspace() and (behind := _BEHIND.match(text, end)):
        end = behind.end()
    return cut._replace(start=start, end=end)


def start_of(text: Segmented, lines: Sequence[Line], shift: int, number: int) -> int:
    """Where on its page a segment begins: with its line, or behind the punctuation of the segment before it.

    :param shift: where in ``text`` the page begins
    """
    if number == 0 or text.line[number - 1] != text.line[number]:
        return lines[int(text.line[number])].start
    index = text.folded.origin
    token = int(text.first[number])
    start = int(index[text.tokens.end[token - 1] - 1]) + 1
    end = int(index[text.tokens.start[token]])
    closed = _CLOSED.match(text.text, start, end)
    return (closed.end() if closed else start) - shift


def end_of(text: Segmented, lines: Sequence[Line], shift: int, number: int) -> int:
    """Where on its page the segment before ``number`` ends: with its line, or before the next one and what opens it."""
    if number == len(text.first) or text.line[number] != text.line[number - 1]:
        return lines[int(text.line[number - 1])].end
    folded = text.folded
    at = int(text.tokens.start[text.first[number]])
    while at and (folded.classes[at - 1] in (OPENER, BLANK) or folded.codes[at - 1] in _STRAIGHT):
        at -= 1
    return int(folded.origin[at - 1]) + 1 - shift
