"""Hostile and awkward input: a right article or a row in ``problems``, never an exception, never much time or memory.

The cases stand in ``benchmarks/hostile.py``, which measures them. Faults of the file system are tests of the store.
"""

from typing import Any, cast

import pytest

from benchmarks.hostile import READABLE, REFUSED, SEEN
from pipeline.steps import process, process_file


@pytest.mark.parametrize("name", READABLE)
def test_readable(name: str) -> None:
    document = process(READABLE[name](), "hostile.txt")
    assert document.article is not None, document.problems
    assert document.title == "Storm"
    assert SEEN in document.text
    assert not any(problem.fatal for problem in document.problems)
    (document.title + document.text).encode("utf-8")
    assert "\x00" not in document.text
    assert "\x1b" not in document.text


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name: str) -> None:
    documents = list(process_file(cast(Any, REFUSED[name]()), "hostile.jsonl"))
    assert documents
    assert all(document.article is None and document.problems for document in documents)


@pytest.mark.parametrize(
    "data",
    [b"", b"\xef\xbb\xbf", b"\n\n\n", b"---\n---\n", b"\x00" * 100, b"<html></html>", b"PK\x03\x04", b"\x1f\x8b"],
)
def test_nothing_to_read(data: bytes) -> None:
    for document in process_file(data, "hostile.txt"):
        assert document.text.strip("\ufffd\n") == ""
