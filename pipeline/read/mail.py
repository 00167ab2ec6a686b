"""Mail and what browsers save in its form: MHTML pages, messages, newsletters. The standard library parses them."""

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.errors import HeaderParseError, MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import getaddresses
from typing import Any, NamedTuple

_HEADERS = re.compile(rb"(?:[A-Za-z][\w-]{0,60}:[^\n]{0,2000}\n(?:[ \t][^\n]{0,2000}\n){0,100}){2,100}")
_MIME = re.compile(rb"^(?:MIME-Version|Message-ID|Received|Snapshot-Content-Location):", re.I | re.M)
_SHAPE = re.compile(rb"^(?:Content-Type|Subject|Date):", re.I | re.M)
_NAME = re.compile(r"\.(?:eml|mht|mhtml)$", re.I)
_MOST_PARTS = 2000


class Letter(NamedTuple):
    """The text of a message, or the page that was saved: its bytes, and what the headers say of it."""

    data: bytes
    front: dict[str, Any]


def is_mail(head: bytes, name: str = "") -> bool:
    r"""Whether a file starts with the headers of a message: two at least, and one that only messages have.

    >>> is_mail(b"Subject: Port\nMIME-Version: 1.0\n\nText"), is_mail(b"Subject: Port\nDate: today\n\nText")
    (True, False)
    """
    headers = _HEADERS.match(head)
    return bool(headers and (_NAME.search(name) or _MIME.search(headers[0])) and _SHAPE.search(headers[0]))


def letter(data: bytes) -> Letter | None:
    """What there is to read in a message; None: nothing.

    A saved page says of itself what its markup says; a message by its headers who wrote it, when and of what.
    """
    message = message_from_bytes(data)
    parts = [part for _, part in zip(range(_MOST_PARTS), message.walk(), strict=False) if not part.is_multipart()]
    shown = [part for part in parts if part.get_content_disposition() != "attachment"]
    kinds = ("text/html", "application/xhtml+xml", "text/plain")
    part = next((part for kind in kinds for part in shown if part.get_content_type() == kind), None)
    if part is None:
        return None
    page = message.get("Snapshot-Content-Location") or part.get("Content-Location")
    if page:
        return Letter(_content(part), {"url": _read(page)})
    return Letter(_content(part), dict(_said(message)))


def _content(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    data = content if isinstance(content, bytes) else b""
    charset = str(part.get_param("charset", "") or "").lower()
    if charset.startswith(("iso-2022", "hz", "utf-7")):  # seven bits: not to be told by the bytes
        try:
            return data.decode(charset).encode()
        except (LookupError, ValueError):
            pass
    return data


def _said(message: Message) -> Iterator[tuple[str, Any]]:
    if subject := _read(message.get("Subject", "")):
        yield "title", subject
    names = [name or address for name, address in getaddresses([_read(message.get("From", ""))])]
    if any(names):
        yield "author", [name for name in names if name]
    if day := _read(message.get("Date", "")):
        yield "date", day


def _read(header: Any) -> str:
    """A header with its encoded words read, on one line."""
    try:
        return " ".join(str(make_header(decode_header(str(header)[:5000]))).split())
    except (HeaderParseError, MessageError, LookupError, ValueError):
        return " ".join(str(header)[:5000].split())
