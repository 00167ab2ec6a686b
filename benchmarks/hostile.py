"""Hostile and awkward input, and how long it takes and how much memory, each case in a process of its own.

    python -m benchmarks.hostile [NAME ...]

Every threat is made here by a few lines. Memory is the peak of the process beyond that of an ordinary article, in MiB.
It fails where a case takes more than 10 seconds or 200 MiB.
"""

import argparse
import bz2
import gzip
import json
import lzma
import resource
import subprocess
import sys
import tarfile
import time
import zipfile
from collections.abc import Callable
from io import BytesIO, RawIOBase
from typing import Any, BinaryIO, cast

import zstandard

MAX_SECONDS, MAX_MEMORY = 10, 200
SEEN = "The storm came at night and went in the morning."
MARKED = f"{SEEN}\n\n# x\n"  # Markdown
BODY = f"<div><p>{SEEN}</p><p>渡口今天开航。</p></div>"


def front(lines: str, body: str = BODY) -> bytes:
    return f"---\n{lines}\n---\n{body}\n".encode()


def page(head: str, body: str) -> bytes:
    text = f"<p>{SEEN} " + "The ferry to the islands will not sail before the pier has been mended. " * 3 + "</p>"
    return f"<!doctype html><html><head><title>Storm</title>{head}</head><body>{text}{body}</body></html>".encode()


def feed(encoding: str, body: str = BODY.replace("<", "&lt;")) -> str:
    head = f"<?xml version='1.0' encoding='{encoding}'?><rss><channel><title>Coast</title><item><title>Storm</title>"
    return f"{head}<description>{body}</description></item></channel></rss>"


def turns(before: str, between: bytes) -> bytes:
    return f"{before}海港二期工程今天开工".encode() + between + "海港".encode("gb18030")


def ld(written: str) -> str:
    return f'<script type="application/ld+json">{written}</script>'


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
    "star in a title": lambda: front("title: Storm\nname: *ST Harbour"),
    "colon in a value": lambda: front("title: Storm\nsubtitle: A: B"),
    "invalid date": lambda: front("title: Storm\ndate: 2022-99-99 99:99:99"),
    "huge year": lambda: front("title: Storm\ndate: 99999999999999999999"),
    "entity bomb": lambda: front(
        "title: Storm", '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><p>' + "&b;" * 1000 + "</p>" + BODY
    ),
    "external entity": lambda: front(
        "title: Storm", '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><p>&a;</p>' + BODY
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
    "lone surrogates": lambda: front("title: Storm") + b"<p>\xed\xa0\x80\xed\xb0\x80\xed\xbf\xbf</p>",
    "UTF-32 without BOM": lambda: front("title: Storm").decode().encode("utf-32-le"),
    "a tail in another encoding": lambda: front("title: Storm") + "<p>海港二期工程</p>".encode("gb18030"),
    "cut in a character": lambda: front("title: Storm", BODY + "<p>海港</p>").decode().encode("gb18030")[:-7],
    "a long head of ASCII": lambda: front("title: Storm", "<style>" + "a{b:c} " * 100_000 + "</style>" + BODY)
    .decode()
    .encode("gb18030"),
    "GB18030 with BOM": lambda: front("title: Storm").decode().encode("gb18030").join([b"\x84\x31\x95\x33", b""]),
    "Big5": lambda: front("title: Storm", BODY.replace("渡口今天开航", "渡口今天開航")).decode().encode("big5"),
    "UTF-8 with BOM": lambda: front("title: Storm").decode().encode("utf-8-sig"),
    "line ends of an old Mac": lambda: front("title: Storm").replace(b"\n", b"\r"),
    "dots for a fence": lambda: f"---\ntitle: Storm\n...\n{BODY}\n".encode(),
    "anchor and tag": lambda: front("title: !!str &t Storm\nx: *t"),
    "tags in a title": lambda: front("title: <b>Sto</b>rm"),
    "marks in the middle": lambda: front("title: Storm", "\ufeff" + BODY.replace("<p>", "<p>\ufeff")),
    "front matter of JSON": lambda: f'{{\n "title": "Storm"\n}}\n\n{BODY}\n'.encode(),
    "colons of a Chinese keyboard": lambda: front("title：Storm\ndate：2024-01-02"),
    "GB18030 behind a mark of UTF-8": lambda: b"\xef\xbb\xbf" + front("title: Storm").decode().encode("gb18030"),
    "a feed in another encoding than it says": lambda: feed("gb2312").encode(),
    "a feed escaped twice": lambda: feed("utf-8", BODY.replace("<", "&amp;lt;")).encode(),
    "garbage behind gzip": lambda: gzip.compress(front("title: Storm")) + b"garbage",
    "UTF-16": lambda: front("title: Storm").decode().encode("utf-16"),
    "UTF-16 without BOM": lambda: front("title: Storm").decode().encode("utf-16-le"),
    "UTF-32": lambda: front("title: Storm").decode().encode("utf-32"),
    "mislabelled": lambda: front("title: Storm", '<meta charset="big5">' + BODY).decode().encode("gb18030"),
    "surrogate entities": lambda: front("title: Storm", BODY + "<p>&#xD800;&#x110000;&#0;&#99999999;</p>"),
    "bidi and zero-width": lambda: front("title: Storm", BODY + "<p>\u202ea\u202c\u200b\u2066b\u2069</p>"),
    "terminal escapes": lambda: front("title: Storm", BODY + "<p>\x1b]0;bad\x07\x1b[31mred</p>"),
    "formula in a title": lambda: front("title: Storm\nauthor: \"=cmd|' /C calc'!A0\""),
    "digits": lambda: front("title: Storm", BODY + "<p>" + "1" * 5_000 + "," + "9." * 3_000 + "</p>"),
    "dates all over": lambda: front("title: Storm", BODY + "<p>" + "2020年1月" * 1_000 + "</p>"),
    "bylines all over": lambda: front("title: Storm", BODY + "<p>" + "（记者 王小明、" * 10_000 + "</p>"),
    "labels all over": lambda: front("title: Storm", BODY + "<p>来源：作者：编辑/</p>" * 5_000),
    "blanks in a byline": lambda: front("title: Storm", BODY + "<p>By" + " " * 50_000 + "A</p>"),
    "signs in a title": lambda: front("title: Storm", BODY + "<p>" + "_a:" * 20_000 + "</p>"),
    "many <meta>": lambda: page("<meta name=author content=x>" * 50_000, ""),
    "JSON-LD of many persons": lambda: page(ld("[" + '{"@type":"Person","@id":"a","name":"b"},' * 20_000 + "{}]"), ""),
    "JSON-LD that is too deep": lambda: page(ld('{"@graph":[' * 50_000), ""),
    "a number in JSON-LD": lambda: page(ld('{"@type":"Article","wordCount":' + "9" * 100_000 + "}"), ""),
    "a long class": lambda: page("", '<p class="' + "author byline " * 50_000 + '">Ann</p>'),
    "many bylines": lambda: page("", "<span class=author rel=author>Ann Bell</span>" * 20_000),
    "many headings": lambda: page("", "<h1><a href=/>x</a></h1>" * 20_000),
    "many hidden classes": lambda: page("<style>" + ".a{display:none}" * 50_000 + "</style>", ""),
    "2 MB of text": lambda: front("title: Storm", BODY + "<p>海港今天开航，第一批船到了。</p>" * 40_000),
    "7 MB of text": lambda: front("title: Storm", f"{SEEN}\n" + "海港今天开航，第一批船到了。\n" * 170_000),
    "a page that is one line": lambda: page("", "<p>" + "word " * 200_000),
    "quotation marks without an end": lambda: front("title: Storm", f"{SEEN}\n" * 8 + "“买药 " * 50_000),
    "single ones": lambda: front("title: Storm", f"{SEEN}\n" * 8 + "'买药 " * 50_000),
    "tables in tables": lambda: front("title: Storm", BODY + "<table><tr><td>" * 5_000),
    "lists in lists": lambda: front("title: Storm", BODY + "<ul><li>" * 20_000),
    "forum markup": lambda: front("title: Storm", SEEN + "\n" + "[b][url=x]" * 20_000 + "[/b]"),
    "Markdown quotes": lambda: front("title: Storm", MARKED + "> " * 5_000),
    "Markdown lists": lambda: front("title: Storm", MARKED + "".join(" " * n + "- a\n" for n in range(400))),
    "Markdown table": lambda: front("title: Storm", MARKED + "|a" * 5_000 + "\n" + "|-" * 5_000 + "\n"),
    "Markdown references": lambda: front("title: Storm", MARKED + "[a]: b\n[a]" * 5_000),
    "Markdown backticks": lambda: front("title: Storm", MARKED + "".join("`" * n + "a" for n in range(300))),
    "Markdown brackets": lambda: front("title: Storm", MARKED + "[" * 5_000),
    "Markdown stars": lambda: front("title: Storm", MARKED + "*a **a " * 1_000),
    "table of spans": lambda: front("title: Storm", BODY + "<table><tr><td colspan=99999999>x</table>"),
    "table of 10,000 cells": lambda: front(
        "title: Storm", BODY + "<table>" + ("<tr>" + "<td rowspan=99 colspan=99>x" * 50) * 200 + "</table>"
    ),
}  # fmt: skip


class Endless(RawIOBase):
    """A file of one line, made as it is read."""

    def __init__(self, size: int) -> None:
        self.left = size

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        count = min(len(buffer), self.left)
        buffer[:count] = b"a" * count
        self.left -= count
        return count


def deep_zip(levels: int) -> bytes:
    data = b"text"
    for _ in range(levels):
        out = BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("a.zip", data)
        data = out.getvalue()
    return data


def many_members(count: int) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number in range(count):
            archive.writestr(f"{number}.png", b"")
    return out.getvalue()


def overlapping(count: int) -> bytes:
    """A zip file whose members are all the same bytes."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", bytes(30_000_000))
        archive.filelist *= count
    return out.getvalue()


def odd_tar() -> bytes:
    """Links out of it, a device, a pipe, a path upwards."""
    out = BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE):
            info = tarfile.TarInfo("../../etc/odd.txt")
            info.type, info.linkname = kind, "/etc/hostname"
            archive.addfile(info)
    return out.getvalue()


def feed_bomb() -> bytes:
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "x" * 10}">' for n in range(9))
    return f"<!DOCTYPE rss [{entities}]><rss><channel><item><title>&a8;</title></item></channel></rss>".encode()


REFUSED: dict[str, Callable[[], bytes | RawIOBase]] = {
    "a line of 9 MB": lambda: b"a" * 9_000_000,
    "a line of 500 MB": lambda: Endless(500_000_000),
    "encodings that change all the time": lambda: front("title: Storm") + turns("<p>", b"<\xe5<a>") * 90_000,
    "encodings that change in one line": lambda: front("title: Storm") + turns("", b"") * 100_000,
    "gzip bomb": lambda: gzip.compress(bytes(40_000_000)),
    "zstd bomb": lambda: zstandard.compress(bytes(40_000_000)),
    "zips in zips": lambda: deep_zip(12),
    "bz2 bomb": lambda: bz2.compress(bytes(40_000_000)),
    "xz bomb": lambda: lzma.compress(bytes(40_000_000)),
    "zip bomb": lambda: overlapping(200),
    "zip of 60,000 pictures": lambda: many_members(60_000),
    "tar of links and devices": odd_tar,
    "feed with an entity bomb": feed_bomb,
    "WARC with a wrong length": lambda: b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 99999999999\r\n\r\nx",
    "JSON that is too deep": lambda: b'{"a":' * 50_000,
    "JSON without a text": lambda: json.dumps({"title": "x"}).encode(),
}

CASES: dict[str, Callable[[], bytes | RawIOBase]] = {"an ordinary article": lambda: front("title: Storm")}
CASES |= READABLE | REFUSED


def run(name: str) -> tuple[float, float]:
    """Process one case here: seconds of CPU, and MiB at the peak."""
    from pipeline.steps import process_file

    list(process_file(front("title: Warm"), "a.txt"))
    data = CASES[name]()
    began = time.process_time()
    list(process_file(cast(bytes | BinaryIO, data), "hostile.jsonl" if name in REFUSED else "hostile.txt"))
    return time.process_time() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", help="cases; all if none is named")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.here:
        print(*run(args.names[0]))
        return
    usual, failed = 0.0, 0
    print("| case | seconds | MiB more |\n|--|--|--|")
    for name in ["an ordinary article", *(args.names or list(CASES)[1:])]:
        command = [sys.executable, "-m", "benchmarks.hostile", "--here", name]
        seconds, memory = map(float, subprocess.run(command, check=True, capture_output=True, text=True).stdout.split())
        usual = usual or memory
        bad = seconds > MAX_SECONDS or memory - usual > MAX_MEMORY
        failed += bad
        print(f"| {name} | {seconds:.2f} | {memory - usual:.0f} |{' TOO MUCH' * bad}", flush=True)
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()
