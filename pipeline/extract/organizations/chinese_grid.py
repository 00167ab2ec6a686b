"""The features of Chinese: every character by itself, with its neighbours, its word, and what lexicon and rules see."""

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from pipeline.extract.organizations import chinese
from pipeline.extract.organizations.features import Grid, Templates, lexicon_codes, spans_column, stirred, unpacked
from pipeline.extract.organizations.gazetteer import Hit
from pipeline.extract.organizations.spans import Span, Words

if TYPE_CHECKING:
    from pipeline.extract.organizations.features import Flags, Ints, Places

_COLUMNS = (
    *("c-3", "c-2", "c-1", "c", "c+1", "c+2", "c+3", "shape-1", "shape", "shape+1"),  # characters and their shapes
    *("word-1", "word", "word+1", "tag-1", "tag", "tag+1", "bounds"),  # words; where in its word a character stands
    *("lex-1", "lex", "lex+1", "rule", "rule+1", "head", "one"),
)


@cache
def templates() -> Templates:
    return Templates.of(
        _COLUMNS,
        *("c", "c-1", "c+1", "c-2", "c+2", "c-1 c", "c c+1", "c-2 c-1", "c+1 c+2", "c-1 c+1"),
        *("c-2 c-1 c", "c-1 c c+1", "c c+1 c+2", "c+1 c+2 c+3", "c-3 c-2 c-1"),
        *("word bounds", "word-1 bounds", "word+1 bounds", "tag bounds", "tag-1 tag tag+1 bounds"),
        *("word-1 tag bounds", "word+1 tag bounds", "lex lex+1", "lex lex-1", "lex tag-1", "lex c", "lex c+1"),
        *("rule lex", "rule rule+1 bounds", "head bounds", "head tag", "shape shape-1 shape+1 c", "one"),
    )


@cache
def _signs(signs: str) -> "Flags":
    """Which of the first 2^16 characters are among ``signs``."""
    import numpy as np

    table = np.zeros(1 << 16, dtype=bool)
    table[[ord(sign) for sign in signs]] = True
    return table


_ENDS = "\n。！？!?"
_STOPS = ' \n\t\r\v\f\x1c\x1d\x1e\x1f\x85\u2028\u2029，。！？；：、,;:!?（）()“”"《》的了在是与和'
_BEFORE_HEAD = 4  # characters in front of a name's last word that are looked at in any case
_EDGE = 3  # characters seen beyond each end of the text


def _codes(text: str) -> "Ints":
    """The characters as numbers, all digits as one, with three zeros at each end."""
    import numpy as np

    blank = "\0" * _EDGE
    code = np.frombuffer(f"{blank}{text}{blank}".encode("utf-32-le", "surrogatepass"), dtype="<u4").copy()
    code[code - np.uint32(48) < 10] = 48
    return code


def _shapes(code: "Ints") -> "Ints":
    """1 capital, 2 small letter, 3 digit, 4 other sign, 5 Han and the like."""
    import numpy as np

    small = (code | np.uint32(32)) - np.uint32(97) < 26
    shape = np.where(code < 0x3400, np.uint32(4), np.uint32(5))
    shape[code == 48] = 3
    shape[small] = 1 + (code[small] >= 97)
    return shape


def _head_column(at: "Places", heads: "Places", stops: "Places") -> "Ints":
    """How far the next last word of a name ends, if nothing parts it from there."""
    import numpy as np

    far = 1 << 30
    ends = np.append(heads, far)
    distance = ends[np.searchsorted(ends, at)] - at
    stop = np.append(stops, far)
    free = distance < stop[np.searchsorted(stop, at)] - at
    return np.where(free, np.minimum(distance, 16) + 1, 0).astype(np.uint32)


_COARSE = tuple(0x9E3779B1 * factor & 0xFFFFFFFF for factor in (1, 3, 5, 7, 9, 11))


def _coarse(code: "Ints", words: "Ints", lengths: "Places") -> "Ints":
    """The character, both pairs it is in, its word and the words beside it."""
    import numpy as np

    alone, first, second, own, before, after = map(np.uint32, _COARSE)
    here = code[_EDGE:-_EDGE]
    pairs = code[_EDGE - 1 : -_EDGE] * first + code[_EDGE : 1 - _EDGE] * second
    around = np.stack((words[2:-2] * own, words[1:-3] * before, words[3:-1] * after))
    return stirred(np.concatenate(((here * alone, pairs[:-1], pairs[1:]), np.repeat(around, lengths, axis=1))))


def grid(text: str, words: Words, hits: Sequence[Hit], spans: Sequence[Span]) -> Grid:
    """The positions of ``text`` (folded, simplified), one a character."""
    import numpy as np

    size = len(text)
    code = _codes(text)
    known = unpacked(words.hashes, 2)
    starts = np.array(words.starts, dtype=np.intp)
    lengths = np.array(words.ends, dtype=np.intp) - starts
    lex = np.zeros(size + 2, dtype=np.uint32)
    lex[1:-1] = spans_column(lexicon_codes(hits), size)
    rule = np.zeros(size + 2, dtype=np.uint32)
    rule[1:-1] = spans_column([(s.start, s.end, 1 + (s.score > 0.65)) for s in spans if s.evidence != "trade"], size)
    heads = np.array([end - 1 for _, end in words.heads], dtype=np.intp)
    low = code[_EDGE:-_EDGE] & np.uint32(0xFFFF)
    stops = np.flatnonzero(_signs(_STOPS)[low])
    of_word = np.repeat(np.arange(len(starts)), lengths)

    def at(places: "Places") -> "Ints":
        chars = code[places + np.arange(2 * _EDGE + 1)[:, None]]
        word = of_word[places]
        inside = places - starts[word]
        bounds = np.minimum(inside, 2) * 2 + (inside == lengths[word] - 1) + 1
        return templates().mix(
            np.concatenate(
                (
                    chars,
                    _shapes(chars[2:5]),
                    known[:, word + np.array([[1], [2], [3]])].reshape(6, -1),
                    bounds[None].astype(np.uint32),
                    lex[places + np.array([[0], [1], [2]])],
                    rule[places + np.array([[1], [2]])],
                    _head_column(places, heads, stops)[None],
                    np.zeros((1, len(places)), dtype=np.uint32),
                )
            )
        )

    marked = (lex[1:-1] | rule[1:-1]) > 0
    for start, end in words.heads:
        if chinese.heads()[text[start:end]][1] != "hint":
            marked[max(start - _BEFORE_HEAD, 0) : end] = True
    return Grid(size, at, _coarse(code, known[0], lengths), marked, _signs(_ENDS)[low], None, None)
