"""Bytes to text: byte-order mark, strict UTF-8, then the encoding that reads most like Chinese or English."""

import codecs
import re
from typing import NamedTuple

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_UNREADABLE = re.compile("[\ud800-\udfff\x00]")


class Decoded(NamedTuple):
    """Text, the encoding it was read with, and how many characters are lost (U+FFFD put in their place)."""

    text: str
    encoding: str
    replaced: int


def decode(data: bytes) -> Decoded:
    """Decode a file. Never raises; a byte-order mark is no part of the text."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _read(data[len(mark) :], encoding)
    try:
        return _readable(data.decode("utf-8"), "utf-8", 0)
    except UnicodeDecodeError:
        return _guess(data)


def _read(data: bytes, encoding: str) -> Decoded:
    text = data.decode(encoding, "replace")
    return _readable(text, encoding, text.count("\ufffd"))


def _readable(text: str, encoding: str, replaced: int) -> Decoded:
    """NUL and lone surrogates can stand in no table: they count as lost, one for one."""
    if _UNREADABLE.search(text):
        text, found = _UNREADABLE.subn("\ufffd", text)
        replaced += found
    return Decoded(text, encoding, replaced)


def _guess(data: bytes) -> Decoded:
    try:
        return _read(data, "gb18030") if data.decode("gb18030") else _read(data, "utf-8")
    except UnicodeDecodeError:
        return _read(data, "utf-8")
