"""Bytes to text: byte-order mark, UTF-8, else the encoding that reads most like Chinese, Japanese or Western text.

A declared encoding counts for little, since it is often wrong; a few bad bytes or a character cut in two count for
little too. What is judged is a stretch around the first bytes that are not ASCII, however long the ASCII before it is.
A file put together from pieces in UTF-8 and in another encoding is read piece by piece, between its tags and line ends.
"""

import codecs
import re
import unicodedata
from collections import Counter
from functools import cache
from typing import NamedTuple

from pipeline import lexicon

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_MULTIBYTE = ("gb18030", "big5hkscs", "cp932")
_WIDE = ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be")
_NAMES = {"big5hkscs": "big5", "cp932": "shift_jis"}
_SAMPLE = 6_000  # bytes
_UNREADABLE = re.compile("[\ud800-\udfff\x00]")
_THREE = re.compile("[\u0800-\U0010ffff]")
_SURROGATE = re.compile(rb"\xed[\xa0-\xbf]")
_NOT_ASCII = re.compile(rb"[\x80-\xff]")
_DECLARED = re.compile(rb"<meta[^<>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{3,20})|encoding=[\"']([\w-]{3,20})", re.I)
_ALIASES = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs", "shift_jis": "cp932", "iso-8859-1": "cp1252"}
# Bytes that are UTF-8 of three bytes a character and nothing else: text in another encoding hardly ever is so for long.
_THREES = re.compile(rb"(?<![\x80-\xff])(?:[\xe2-\xef][\x80-\xbf]{2})+(?![\x80-\xff])")
_MOST_PIECES = 100_000  # and of more no sense is made
_MOST_CHANGES = 8  # between two line ends or tags
_PIECES = re.compile(rb"[<>\r\n]+")  # none of them is the second byte of a character anywhere
_WELL_FORMED = re.compile(
    rb"(?:[\x00-\x7f]|[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3})*+"
)
_STRETCH = re.compile(rb"(?:[\xe2-\xef][\x80-\xbf]{2}){6}")
_BESIDE_ASCII = re.compile(rb"[A-Za-z,.;!?][\x80-\xff](?![\x80-\xff])|(?<![\x80-\xff])[\x80-\xff][A-Za-z]")
# Letters and signs that cp1252 text has between its ASCII letters.
_WESTERN = re.compile("(?<![\x80-\U0010ffff])[\xa0-\xff€‚„…†‡ŠŒŽ‘’“”•–—™šœžŸ]{1,2}(?![\x80-\U0010ffff])")


class Decoded(NamedTuple):
    """Text, the encoding it was read with, and how many characters are lost (U+FFFD put in their place).

    The encodings of a file of pieces in two are joined by ``+``, that of the greater part first.
    """

    text: str
    encoding: str
    replaced: int


def decode(data: bytes) -> Decoded:
    """Decode a file. Never raises; a byte-order mark is no part of the text."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            rest = data[len(mark) :]
            found = _read(rest, encoding)
            if not found.replaced or encoding != "utf-8":
                return found
            fits = 2 * found.replaced <= _beyond_ascii(found.text)
            return _mixed(rest) or (found if fits else _read(rest, _guess(rest)))
    nul = data.count(0, 0, _SAMPLE)
    if nul < 2 or nul * 20 < min(len(data), _SAMPLE):
        try:
            text = data.decode("utf-8")  # without surrogates: UTF-8 has none
            return readable(text, "utf-8", 0) if "\x00" in text else Decoded(text, "utf-8", 0)
        except UnicodeDecodeError:
            if (mended := _from_surrogates(data)) is not None:
                return readable(mended, "utf-8", mended.count("\ufffd"))
            if (pieces := _mixed(data)) is not None:
                return pieces
    return _read(data, _guess(data))


def _from_surrogates(data: bytes) -> str | None:
    """UTF-8 as some programs write it: characters beyond U+FFFF as two surrogates of three bytes each (CESU-8)."""
    if not _SURROGATE.search(data):
        return None
    try:
        text = data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return None
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _read(data: bytes, encoding: str) -> Decoded:
    text = data.decode(encoding, "resynchronize" if encoding in _MULTIBYTE else "replace")
    return readable(text, _NAMES.get(encoding, encoding), text.count("\ufffd"))


def _resynchronize(error: UnicodeError) -> tuple[str, int]:
    """Go on after a bad byte where what follows reads best: a step too short misreads all up to the next ASCII."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    starts = range(error.start + 1, min(error.start + 4, len(error.object) + 1))
    following = {start: error.object[start : start + 24].decode(error.encoding, "replace") for start in starts}
    return "\ufffd", max(starts, key=lambda start: (_score(following[start]), -start))


codecs.register_error("resynchronize", _resynchronize)


def readable(text: str, encoding: str, replaced: int) -> Decoded:
    """NUL and lone surrogates can stand in no table: they count as lost, one for one."""
    if _UNREADABLE.search(text):
        text, found = _UNREADABLE.subn("\ufffd", text)
        replaced += found
    return Decoded(text, encoding, replaced)


def _mixed(data: bytes) -> Decoded | None:
    """A file of pieces in UTF-8 and pieces in one other encoding; None where UTF-8 is not plainly there."""
    pieces = _pieces(data) if _has_utf8(data) else []
    if not 0 < len(pieces) <= _MOST_PIECES:
        return None
    foreign = b"\n".join(piece for piece, fits in pieces if not fits)
    other = _other(foreign)
    text = "".join(
        piece.decode(other) if other and not fits else piece.decode("utf-8", "replace") for piece, fits in pieces
    )
    if not other:
        return readable(text, "utf-8", text.count("\ufffd"))
    names = ("utf-8", _NAMES.get(other, other))
    mostly_other = 2 * _high(foreign) > _high(data)
    return readable(text, "+".join(names[::-1] if mostly_other else names), text.count("\ufffd"))


def _pieces(data: bytes) -> list[tuple[bytes, bool]]:
    """``data`` cut where the encoding changes, and whether each piece is UTF-8; ASCII goes with what it follows."""
    cuts = [(0, True)]
    at = 0
    for sign in _PIECES.finditer(data):
        cuts += _changes(data, at, sign.start(), cuts[-1][1])
        at = sign.end()
        if len(cuts) > _MOST_PIECES:
            break
    cuts += _changes(data, at, len(data), cuts[-1][1])
    ends = [start for start, _ in cuts[1:]] + [len(data)]
    return [(data[start:end], fits) for (start, fits), end in zip(cuts, ends, strict=True)]


def _changes(data: bytes, start: int, stop: int, was: bool) -> list[tuple[int, bool]]:
    """Where UTF-8 begins and ends in ``data[start:stop]``, bad bytes apart."""
    piece = data[start:stop]
    if piece.isascii():
        return []
    cuts: list[tuple[int, bool]] = []
    for at, fits in _parted(piece):
        if fits != was:
            cuts.append((start + at, fits))
            was = fits
    return cuts


def _high(data: bytes) -> int:
    return len(data) - len(data.translate(None, bytes(range(0x80, 0x100))))


def _has_utf8(data: bytes) -> bool:
    """Rows of characters of three bytes that no other encoding would give."""
    if _STRETCH.search(data):
        return True
    count = 0
    for match in _THREES.finditer(data):
        count += len(match[0])
        if len(match[0]) >= 12:
            return True
    return count >= 9 and count * 30 >= _high(data)


def _parted(piece: bytes) -> list[tuple[int, bool]]:
    """Where parts of a piece start, and whether they are UTF-8: one, or a few where the encoding changes within it."""
    parts: list[tuple[int, bool]] = []
    at = 0
    for _ in range(_MOST_CHANGES):
        end = _end_of_utf8(piece, at)
        if end == len(piece) or _mostly_utf8(piece[end : end + _SAMPLE]):
            return [*parts, (at, True)]
        if _high(piece[at:end]) < 12:
            found = _STRETCH.search(piece, at)
            parts.append((at, False))
            if found is None:
                return parts
            at, end = found.start(), _end_of_utf8(piece, found.start())
        parts.append((at, True))
        at = end
    return [*parts, (at, False)]


def _end_of_utf8(piece: bytes, start: int) -> int:
    found = _WELL_FORMED.match(piece, start)
    return found.end() if found else start


def _other(foreign: bytes) -> str:
    """The encoding in which pieces that are no UTF-8 are text without a fault; empty where there is none."""
    encoding = _guess(foreign) if foreign else ""
    if encoding == "cp1252" and not _BESIDE_ASCII.search(foreign):
        return ""
    try:
        text = foreign.decode(encoding) if encoding in (*_MULTIBYTE, "cp1252") else ""
    except UnicodeDecodeError:
        return ""
    return encoding if _beyond_ascii(text) >= (1 if encoding == "cp1252" else 4) and _score(text) > 0.2 else ""


def _guess(data: bytes) -> str:
    sample = _sample(data)
    if _mostly_utf8(sample):
        return "utf-8"
    for encoding in ("gb18030", "big5hkscs"):
        if _is_plainly(sample, encoding):
            return encoding
    hint = _declared(data)
    scores = {encoding: _score(sample.decode(encoding, "resynchronize")) for encoding in _MULTIBYTE}
    scores["cp1252"] = _score(sample.decode("cp1252", "replace"))
    if hint in scores:
        scores[hint] += 0.05
    wide = data[: _SAMPLE // 4 * 4]
    if 0 in wide or sum(byte < 0x80 for byte in wide) < 0.8 * len(wide):
        scores |= {encoding: _score(wide.decode(encoding, "replace"), wide=True) for encoding in _WIDE}
    return max(scores, key=lambda encoding: scores[encoding])


def _is_plainly(sample: bytes, encoding: str) -> bool:
    """Without a fault, and so much like real text that no other reading can be more so."""
    try:  # a character cut in two at the sample's end is left out
        text = codecs.getincrementaldecoder(encoding)().decode(sample)
    except UnicodeDecodeError:
        return False
    return _beyond_ascii(text) >= 40 and _score(text) > 0.75


def _beyond_ascii(text: str) -> int:
    return len(text) - len(text.encode("ascii", "ignore"))


def _sample(data: bytes) -> bytes:
    """A stretch of the file from the line on that holds its first byte beyond ASCII."""
    first = _NOT_ASCII.search(data)
    start = data.rfind(b"\n", 0, first.start()) + 1 if first else 0
    if first and first.start() - start > 1000:
        start = first.start() - 1000
    return data[start : start + _SAMPLE]


def _mostly_utf8(sample: bytes) -> bool:
    text = sample.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    good = _beyond_ascii(text) - bad
    # Two bytes may make a character of UTF-8 by chance, three hardly ever.
    threes = len(_THREE.findall(text)) - bad
    return good >= 3 and (good >= max(8 * bad - 8, 4 * bad - 4) or threes >= max(3, 2 * bad))


def _declared(data: bytes) -> str:
    match = _DECLARED.search(data[:4000])
    name = (match[1] or match[2]).decode("ascii").lower() if match else ""
    return _ALIASES.get(name, name)


@cache
def _common() -> frozenset[str]:
    """The commonest characters of Chinese, simplified and traditional, with East Asian punctuation and kana."""
    simplified = frozenset("".join(lexicon.lines("common_han.txt")))
    pairs = (pair for line in lexicon.lines("hant_hans.txt") for pair in line.split())
    traditional = frozenset(pair[0] for pair in pairs if pair[1] in simplified)
    kana = frozenset(map(chr, (*range(0x3041, 0x3094), *range(0x30A1, 0x30FB), 0x30FC)))
    return simplified | traditional | kana | frozenset("，。、；：？！“”‘’「」『』（）《》【】—…·\u3000％")


_WORTH = {"Cn": -3.0, "Co": -3.0, "Cc": -2.0, "Cs": -3.0, "Cf": -1.0, "Lm": -0.5, "Mn": -0.5, "So": -0.5}


def _score(text: str, wide: bool = False) -> float:
    """How much the characters beyond ASCII look like those of real text, about -3 to 1 a character.

    :param wide: the reading takes two or four bytes a character, so that ASCII counts too
    """
    common = _common()
    western = sum(len(match[0]) for match in _WESTERN.finditer(text))
    total, count = 0.7 * western, western
    for char, times in Counter(_WESTERN.sub("", text)).items():
        if char > "\x7f":
            count += times
            total += times * (1.0 if char in common else -3.0 if char == "\ufffd" else _worth(char))
        elif wide:
            count += times
            total += times * (1.0 if char.isprintable() or char in "\t\r\n" else -2.0)
    return total / count if count else -1.0


@cache
def _worth(char: str) -> float:
    """What a character that is not common says: rare Han are rare, and a wrong reading is full of them."""
    if "\u4e00" <= char <= "\u9fff":
        return -0.2
    if "\uff61" <= char <= "\uff9f":  # half-width katakana: what Shift-JIS makes of any other encoding
        return -0.6
    if "\uff01" <= char <= "\uff5e":
        return 0.5
    return _WORTH.get(unicodedata.category(char), -0.5)
