"""What lies among articles and is none: pictures, documents of other programs, databases, programs."""

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
)
_ODD_SHARE = 0.1  # of signs that no text has: more is no text


def kind(head: bytes) -> str:
    """What a file that starts like this is, in words, with what to do about it; empty: perhaps an article.

    >>> kind(b"%PDF-1.7 ..."), kind(b"Ferry opens")
    ('a PDF file; save its text as a web page or plain text', '')
    """
    return next((what for start, what in _STARTS if head.startswith(start)), "")


def is_text(text: str) -> bool:
    """Whether decoded bytes are text, by the share of control characters and of those that could not be read."""
    odd = sum(map(text.count, _ODD))
    return odd <= _ODD_SHARE * len(text)


_ODD = "".join(map(chr, set(range(32)) - set(b"\t\n\r\f\x1b"))) + "\x7f\ufffd"
