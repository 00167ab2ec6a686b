"""Hostile and awkward input: a right article or a row in ``problems``, never an exception, never much time or memory.

Every threat is made here by a few lines. ``process`` gets the bytes; faults of the file system are tests of the store.
"""

import gzip
import json
import zipfile
from collections.abc import Callable
from io import BytesIO

import pytest

from pipeline.steps import process, process_file

SEEN = "The storm came at night and went in the morning."
BODY = f"<div><p>{SEEN}</p><p>渡口今天开航。</p></div>"


def front(lines: str, body: str = BODY) -> bytes:
    return f"---\n{lines}\n---\n{body}\n".encode()


def aliases(levels: int, merge: bool) -> str:
    """Each level holds the one before it nine times."""
    sign = "<<: " if merge else ""
    rows = ["a0: &a0 {k: v}" if merge else "a0: &a0 [x]"]
    for n in range(1, levels):
        items = ", ".join([f"*a{n - 1}"] * 9)
        rows.append(f"a{n}: &a{n} " + ("{" + f"{sign}[{items}]" + "}" if merge else f"[{items}]"))
    return "\n".join(rows)


READABLE: dict[str, Callable[[], bytes]] = {
    "merge bomb": lambda: front("title: Storm\n" + aliases(9, True)),
    "alias bomb": lambda: front("title: Storm\n" + aliases(9, False)),
    "deep flow": lambda: front("title: Storm\nx: " + "[" * 20_000),
    "deep blocks": lambda: front("title: Storm\nx:\n" + "\n".join(" " * n + "- " for n in range(200))),
    "front matter of 1 MB": lambda: front("title: Storm\nx: " + "y" * 1_000_000),
    "many keys": lambda: front("title: Storm\n" + "\n".join(f"k{n}: v" for n in range(3000))),
    "python tags": lambda: front("title: Storm\nx: !!python/object/apply:os.system ['echo bad']"),
    "repeated keys": lambda: front("title: Storm\ntitle: Other"),
    "unclosed fence": lambda: f"---\ntitle: Storm\n\n{BODY}".encode(),
    "tabs": lambda: front("title: Storm\n\tx: y"),
    "colon in a title": lambda: front("x: y\ntitle: Storm"),
    "invalid date": lambda: front("title: Storm\ndate: 2022-99-99 99:99:99"),
    "huge year": lambda: front("title: Storm\ndate: 99999999999999999999"),
    "entity bomb": lambda: front(
        "title: Storm", '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><p>' + "&b;" * 1000 + "</p>" + BODY
    ),
    "100,000 nested tags": lambda: front("title: Storm", BODY + "<div>" * 100_000),
    "100,000 siblings": lambda: front("title: Storm", BODY + "<p></p>" * 100_000),
    "100,000 end tags": lambda: front("title: Storm", BODY + "</b></i>" * 50_000),
    "giant attribute": lambda: front("title: Storm", BODY + '<img src="data:' + "A" * 3_000_000 + '">'),
    "many attributes": lambda: front("title: Storm", BODY + "<p " + "a=b " * 100_000 + ">z</p>"),
    "unclosed quotes": lambda: front("title: Storm", BODY + "<a href='" * 20_000),
    "unclosed comments": lambda: front("title: Storm", BODY + "<!-- " * 50_000),
    "unclosed scripts": lambda: front("title: Storm", BODY + "<script>" * 20_000),
    "NUL bytes": lambda: front("title: Storm", BODY + "\x00" * 10),
    "invalid UTF-8": lambda: front("title: Storm") + b"\xff\xfe\xfd",
    "GBK": lambda: front("title: Storm").decode().encode("gbk"),
    "UTF-16": lambda: front("title: Storm").decode().encode("utf-16"),
    "UTF-16 without BOM": lambda: front("title: Storm").decode().encode("utf-16-le"),
    "UTF-32": lambda: front("title: Storm").decode().encode("utf-32"),
    "mislabelled": lambda: front("title: Storm", '<meta charset="big5">' + BODY).decode().encode("gb18030"),
    "surrogate entities": lambda: front("title: Storm", BODY + "<p>&#xD800;&#x110000;&#0;&#99999999;</p>"),
    "bidi and zero-width": lambda: front("title: Storm", BODY + "<p>\u202ea\u202c\u200b\u2066b\u2069</p>"),
    "terminal escapes": lambda: front("title: Storm", BODY + "<p>\x1b]0;bad\x07\x1b[31mred</p>"),
    "digits": lambda: front("title: Storm", BODY + "<p>" + "1" * 5_000 + "," + "9." * 3_000 + "</p>"),
    "dates all over": lambda: front("title: Storm", BODY + "<p>" + "2020年1月" * 1_000 + "</p>"),
    "Markdown brackets": lambda: front("title: Storm", f"{SEEN}\n\n# x\n" + "[" * 5_000),
    "Markdown stars": lambda: front("title: Storm", f"{SEEN}\n\n# x\n" + "*a **a " * 1_000),
    "table of spans": lambda: front("title: Storm", BODY + "<table><tr><td colspan=99999999>x</table>"),
    "broken JSON-LD": lambda: (
        b"<html><head><title>Storm</title><script type='application/ld+json'>" + b"[" * 50_000 + b"</script></head>"
        b"<body><article>" + BODY.encode() + b"</article></body></html>"
    ),
}  # fmt: skip


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


def deep_zip(levels: int) -> bytes:
    data = b"text"
    for _ in range(levels):
        out = BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("a.zip", data)
        data = out.getvalue()
    return data


REFUSED: dict[str, Callable[[], bytes]] = {
    "a line of 9 MB": lambda: b"a" * 9_000_000,
    "gzip bomb": lambda: gzip.compress(bytes(40_000_000)),
    "zips in zips": lambda: deep_zip(12),
    "JSON that is too deep": lambda: b'{"a":' * 50_000,
    "JSON without a text": lambda: json.dumps({"title": "x"}).encode(),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name: str) -> None:
    documents = list(process_file(REFUSED[name](), "hostile.jsonl"))
    assert documents
    assert all(document.article is None and document.problems for document in documents)


@pytest.mark.parametrize(
    "data",
    [b"", b"\xef\xbb\xbf", b"\n\n\n", b"---\n---\n", b"\x00" * 100, b"<html></html>", b"PK\x03\x04", b"\x1f\x8b"],
)
def test_nothing_to_read(data: bytes) -> None:
    for document in process_file(data, "hostile.txt"):
        assert document.text.strip("\ufffd\n") == ""
