"""What lies among articles and is none: pictures, documents of other programs, databases, programs."""

import re

from pipeline.read.faults import UNPACK

_PACKED = f"packed in a way that is not read here: {UNPACK}, or make it a zip file"
# How a file starts, and what it is then.
_STARTS = (
    (b"%PDF", "a PDF file; save its text as a web page or plain text"),
    (b"\xd0\xcf\x11\xe0", "an Office file; save it as a web page or plain text"),
    (b"{\\rtf", "an RTF file; save it as a web page or plain text"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"PAR1", "a Parquet file"),
    (b"SQLite format 3", "a database"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\x00", "a program"),
    (b"bplist00", "a web archive of Safari or other list of properties; save the page as its source (HTML)"),
    (b"7z\xbc\xaf\x27\x1c", _PACKED),
    (b"Rar!\x1a\x07", _PACKED),
    (b"\x04\x22\x4d\x18", _PACKED),
    (b"\x1f\x9d", _PACKED),
    (b"LZIP", _PACKED),
    (b"RIFF", "a picture, sound or film"),
    (b"ID3", "a sound"),
    (b"wOF", "a font"),
    (b"\0\1\0\0\0", "a font"),
)
_MAILBOX = re.compile(rb"From \S{1,200} {1,3}(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) ")
_ODD_SHARE = 0.1  # of signs that no text has: more is no text
_CONTROL_SHARE = 0.04  # of control characters alone; bytes drawn by lot have ten of a hundred
_HELPERS = re.compile(r"\.(?:css|js|mjs|js\.map|css\.map)$", re.I)


def kind(head: bytes, name: str = "") -> str:
    """What a file that starts like this is, in words, with what to do about it; empty: perhaps an article.

    >>> kind(b"%PDF-1.7 ..."), kind(b"Ferry opens")
    ('a PDF file; save its text as a web page or plain text', '')
    """
    if _HELPERS.search(name):
        return "a script or style sheet that a page was saved with"
    if _MAILBOX.match(head):
        return "a mailbox of many messages; save each as a file of its own (.eml)"
    return next((what for start, what in _STARTS if head.startswith(start)), "")


def is_text(text: str) -> bool:
    """Whether decoded bytes are text, by the share of control characters and of those that could not be read."""
    controls = sum(map(text.count, _CONTROLS))
    return controls <= _CONTROL_SHARE * len(text) + 1 and controls + text.count("\ufffd") <= _ODD_SHARE * len(text)


_CONTROLS = "".join(map(chr, set(range(32)) - set(b"\t\n\r\f\x1b"))) + "\x7f"
