"""Read: bytes to decoded text, front matter parted from the body, containers to their records."""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, BinaryIO

from pipeline.read import foreign
from pipeline.read.containers import Found, articles
from pipeline.read.encoding import decode, readable
from pipeline.read.front_matter import part
from pipeline.records import ProblemRow, Raw

_LONE_RETURN = re.compile(r"\r(?!\n)")


def read(source: bytes | BinaryIO, path: str = "") -> Iterator[Raw]:
    """The articles in one file: one, or one a record for a container, in its order.

    A record that can't be read comes as a :class:`Raw` without text, with a problem that is fatal.

    :raises TooLarge: more than an article can be, or than text can unpack to
    """
    for found in articles(source, path):
        yield _raw(found, path)


def _raw(found: Found, path: str) -> Raw:
    if found.fault:
        return _none(path, found.record, found.fault, found.message)
    if found.text is not None:
        text, encoding, lost = readable(found.text, found.encoding, found.lost)
        digest = hashlib.sha256(repr((sorted(found.front.items()), text)).encode()).hexdigest()
        raw = from_text(text, path, digest, found.record, encoding, _lost(path, found.record, encoding, lost))
    else:
        raw = from_bytes(found.data, path, found.record)
    return replace(raw, front={**found.front, **raw.front}) if found.front else raw


def from_bytes(data: bytes, path: str = "", record: str | None = None) -> Raw:
    """One article from its bytes; without text and with a fatal problem if there is none in them."""
    if what := foreign.kind(data, record or path):
        return _none(path, record, "no-text", what)
    text, encoding, lost = decode(_unfilled(data))
    if not foreign.is_text(text):
        return _none(path, record, "no-text", "a binary file")
    problems = _lost(path, record, encoding, lost)
    return from_text(text, path, hashlib.sha256(data).hexdigest(), record, encoding, problems)


def _unfilled(data: bytes) -> bytes:
    """``data`` without the zeros that fill up what a crash or a block of tape has left empty at its end."""
    if not data.endswith(bytes(8)):
        return data
    rest = data.rstrip(b"\0")
    return data if b"\0" in rest else rest


def _none(path: str, record: str | None, fault: str, message: str) -> Raw:
    return Raw(path, "", record, problems=(ProblemRow(path, record, "read", fault, message, True),))


def _lost(path: str, record: str | None, encoding: str, lost: int) -> list[ProblemRow]:
    message = f"{lost} characters could not be read as {encoding}"
    rows = [ProblemRow(path, record, "read", "unreadable-characters", message, False)] if lost else []
    if "+" in encoding:
        message = f"parts of the file are in different encodings: {encoding}"
        rows.append(ProblemRow(path, record, "read", "mixed-encodings", message, False))
    return rows


def from_text(
    text: str,
    path: str = "",
    sha256: str = "",
    record: str | None = None,
    encoding: str = "utf-8",
    problems: Sequence[ProblemRow] = (),
) -> Raw:
    """One article from text that is decoded already: its front matter parted from the body."""
    if "\r" in text and text.count("\r") > 2 * text.count("\n"):  # the line ends of old: each stays one character
        text = _LONE_RETURN.sub("\n", text)
    front = part(text)
    if front is None:
        return Raw(path, text, record, sha256, encoding, problems=tuple(problems))
    faults = [ProblemRow(path, record, "read", name, message, False) for name, message in front.faults]
    values: Mapping[str, Any] = front.values
    return Raw(path, text, record, sha256, encoding, values, front.body, True, problems=(*problems, *faults))
