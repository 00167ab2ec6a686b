"""Read: bytes to decoded text, front matter parted from the body, containers to their records."""

import hashlib
from collections.abc import Iterator
from typing import BinaryIO

from pipeline.read.encoding import decode
from pipeline.read.front_matter import part
from pipeline.records import ProblemRow, Raw


def read(source: bytes | BinaryIO, path: str = "") -> Iterator[Raw]:
    """The articles in one file: one, or one a record for a container."""
    data = source if isinstance(source, bytes) else source.read()
    yield from_bytes(data, path)


def from_bytes(data: bytes, path: str = "", record: str | None = None) -> Raw:
    """One article from its bytes."""
    text, encoding, replaced = decode(data)
    problems: list[ProblemRow] = []
    if replaced:
        message = f"{replaced} characters could not be read as {encoding}"
        problems.append(ProblemRow(path, record, "read", "unreadable-characters", message, False))
    return from_text(text, path, hashlib.sha256(data).hexdigest(), record, encoding, problems)


def from_text(
    text: str,
    path: str = "",
    sha256: str = "",
    record: str | None = None,
    encoding: str = "utf-8",
    problems: list[ProblemRow] | None = None,
) -> Raw:
    """One article from text that is decoded already: its front matter parted from the body."""
    faults = list(problems or ())
    front = part(text)
    if front is None:
        return Raw(path, text, record, sha256, encoding, problems=tuple(faults))
    faults += [ProblemRow(path, record, "read", name, message, False) for name, message in front.faults]
    return Raw(path, text, record, sha256, encoding, front.values, front.body, True, problems=tuple(faults))
