"""Read: bytes to decoded text, front matter parted from the body, containers to their records."""

import hashlib
from collections.abc import Iterator
from typing import BinaryIO

from pipeline.records import Raw


def read(source: bytes | BinaryIO, path: str = "") -> Iterator[Raw]:
    """The articles in one file: one, or one a record for a container."""
    data = source if isinstance(source, bytes) else source.read()
    yield from_text(data.decode("utf-8", "replace"), path, hashlib.sha256(data).hexdigest())


def from_text(text: str, path: str = "", sha256: str = "") -> Raw:
    """One article from text that is decoded already."""
    return Raw(path, text, sha256=sha256)
