"""Containers: each article in them comes out, a fault in one harms no other, and bombs are refused."""

import bz2
import gzip
import io
import json
import lzma
import zlib
from collections.abc import Callable

import pytest
import zstandard

from benchmarks.fuzz import tarred, zipped
from pipeline.parse import parse
from pipeline.read import read
from pipeline.read.containers import TooLarge
from pipeline.steps import process_file

ROWS = [
    {"title": "Storm", "content": "<p>The storm came at night.</p>", "pubDate": "2024-03-05T10:00:00Z", "n": 7},
    {"headline": "渡口", "text": "渡口今天开航。", "author": {"name": "李四"}, "tags": ["水", "船"]},
]
LINES = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in ROWS).encode()
PAGE = b"<html><head><title>Storm at sea | Coast News</title></head><body><p>The storm came at night.</p></body></html>"


def tar(members: dict[str, bytes]) -> bytes:
    return tarred(members, {"link.txt": "/etc/hostname"})


def warc(pages: dict[str, bytes], coding: str = "") -> bytes:
    out = b""
    for n, (url, page) in enumerate(pages.items()):
        packed = f"Content-Encoding: {coding}\r\n".encode() if coding else b""
        http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n" + packed + b"\r\n" + page
        head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Record-ID: <urn:uuid:{n}>\r\n"
        head += "WARC-Date: 2024-03-05T10:00:00Z\r\nContent-Type: application/http; msgtype=response\r\n"
        out += head.encode() + b"Content-Length: %d\r\n\r\n" % len(http) + http + b"\r\n\r\n"
    return out


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.jsonl", LINES),
        ("a.txt", LINES),
        ("a.jsonl", b"\xef\xbb\xbf" + LINES.replace(b"\n", b"\r\n\r\n")),
        ("a.json", json.dumps(ROWS, indent=1).encode()),
        ("a.jsonl", LINES.decode().encode("gb18030")),
        ("a.jsonl", LINES.decode().encode("utf-16")),
        ("a.json", json.dumps(ROWS, indent=1, ensure_ascii=False).encode("gb18030")),
        ("a.json", json.dumps({"version": "1.1", "title": "Feed", "items": ROWS}).encode()),
        ("a.json", json.dumps({"code": "0", "data": {"page": "1", "list": ROWS}}).encode()),
        ("a.jsonl.gz", gzip.compress(LINES)),
        ("a.jsonl.zst", zstandard.compress(LINES)),
        ("a.jsonl.bz2", bz2.compress(LINES)),
        ("a.jsonl.xz", lzma.compress(LINES)),
    ],
)
def test_json(name: str, data: bytes) -> None:
    found = [parse(raw) for raw in read(data, name)]
    assert [article.title for article in found] == ["Storm", "渡口"]
    assert [article.text for article in found] == ["The storm came at night.", "渡口今天开航。"]
    assert (found[1].author, found[1].tags) == ("李四", ("水", "船"))
    assert found[0].front_matter == {"n": "7"}
    assert next(read(data, name)).record == "1"


MEMBERS = {"x/a.txt": "渡口今天开航\n\n正文。".encode("gb18030"), "b.jsonl": LINES, "p.png": b"\x89PNG", "c.html": PAGE}


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.tar", tar(MEMBERS)),
        ("a.tar.gz", gzip.compress(tar(MEMBERS))),
        ("a.tar.xz", lzma.compress(tar(MEMBERS))),
        ("a.zip", zipped(MEMBERS)),
    ],
)
def test_archives(name: str, data: bytes) -> None:
    assert [raw.record for raw in read(data, name)] == ["x/a.txt", "b.jsonl/1", "b.jsonl/2", "c.html"]
    assert next(read(io.BytesIO(data), name)).encoding == "gb18030"
    assert parse(list(read(data, name))[3]).title == "Storm at sea"


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_warc(pack: Callable[[bytes], bytes]) -> None:
    data = pack(warc({"https://a.example/1": PAGE, "https://a.example/2": PAGE.replace(b"Storm", b"Calm")}))
    found = [parse(raw) for raw in read(data, "crawl.warc.gz")]
    assert [(article.title, article.url) for article in found] == [
        ("Storm at sea", "https://a.example/1"),
        ("Calm at sea", "https://a.example/2"),
    ]


@pytest.mark.parametrize("ends", [b"\r\n", b"\n"])
def test_text_that_was_made_of_pages_in_a_warc_file(ends: bytes) -> None:
    text = "Storm at sea\n\nThe storm came at night and went in the morning, and nobody was hurt by it.\n"
    data = "WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 2\r\n\r\n{}\r\n\r\n"
    for n in (1, 2):
        data += f"WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Target-URI: https://a.example/{n}\r\n"
        data += f"Content-Type: text/plain\r\nContent-Length: {len(text)}\r\n\r\n{text}\r\n\r\n"
    found = [parse(raw) for raw in read(data.encode().replace(b"\r\n", ends), "a.wet")]
    assert [(article.title, article.url) for article in found] == [
        ("Storm at sea", "https://a.example/1"),
        ("Storm at sea", "https://a.example/2"),
    ]
    assert {article.text for article in found} == {text.split("\n")[2]}


@pytest.mark.parametrize(
    ("coding", "data"),
    [
        ("gzip", gzip.compress(PAGE)),
        ("gzip", PAGE),
        ("deflate", zlib.compress(PAGE)),
        ("deflate", zlib.compress(PAGE)[2:-4]),
        ("zstd", zstandard.compress(PAGE)),
        ("br", PAGE),  # unpacked by the crawler, which left the header as it was
    ],
)
def test_packed_responses(coding: str, data: bytes) -> None:
    (raw,) = read(warc({"https://a.example/1": data}, coding), "a.warc")
    assert parse(raw).title == "Storm at sea"


def test_a_response_packed_in_an_unknown_way_is_named() -> None:
    data = warc({"https://a.example/1": b"\x8b\x02\x80" + PAGE, "https://a.example/2": PAGE}, "br")
    packed, _ = read(data.replace(b"br\r\n\r\n<html>", b"  \r\n\r\n<html>"), "a.warc")
    assert packed.problems[0].error == "unreadable-member"
    assert "packed with br" in packed.problems[0].message


@pytest.mark.parametrize("behind", [b"garbage", b"\r\n"])
def test_what_stands_before_garbage_is_kept(behind: bytes) -> None:
    *found, last = process_file(gzip.compress(LINES) + gzip.compress(LINES) + behind, "a.jsonl.gz")
    assert [document.title for document in found] == ["Storm", "渡口"] * 2
    assert [problem.error for problem in last.problems] == ["damaged-end"]
    assert last.article is None
    article, last = process_file(gzip.compress(PAGE) + behind, "a.html.gz")
    assert article.title == "Storm at sea"
    assert [problem.error for problem in last.problems] == ["damaged-end"]
    (none,) = process_file(b"\x1f\x8b" + behind, "a.jsonl.gz")
    assert none.problems


@pytest.mark.parametrize(
    ("record", "text"),
    [
        ({"text": ["The storm came.", "It went."]}, "The storm came.\nIt went."),
        (
            {"content": "&lt;p&gt;The &lt;b&gt;storm&lt;/b&gt; came.&lt;/p&gt;&lt;p&gt;It went.&lt;/p&gt;"},
            "The storm came.\nIt went.",
        ),
        ({"content": "<p>A &lt;p&gt; starts a paragraph.</p>"}, "A <p> starts a paragraph."),
        ({"data": {"article": {"title": "Storm", "content": "The storm came."}}}, "The storm came."),
    ],
)
def test_forms_of_json(record: dict[str, object], text: str) -> None:
    (raw,) = read(json.dumps({"title": "Storm", **record}).encode(), "a.json")
    assert parse(raw).text == text


def test_unreadable_characters_of_records_are_told() -> None:
    (document,) = process_file(
        b'{"title": "Storm", "text": "' + "渡口今天开航\uff0c".encode() + b'\xff and more"}', "a.jsonl"
    )
    assert [problem.error for problem in document.problems] == ["unreadable-characters"]
    assert document.article is not None
    assert document.article.encoding == "utf-8"


@pytest.mark.parametrize(("written", "really"), [("gb2312", "gb18030"), ("gb2312", "utf-8"), ("utf-8", "gb18030")])
def test_feeds_in_other_encodings(written: str, really: str) -> None:
    feed = f"""<?xml version="1.0" encoding="{written}"?><rss><channel><title>东岸</title><item><title>渡口</title>
    <description>&lt;p&gt;渡口今天开航，第一批乘客到了对岸。&lt;/p&gt;</description></item></channel></rss>"""
    (article,) = (parse(raw) for raw in read(feed.encode(really), "a.xml"))
    assert (article.title, article.text) == ("渡口", "渡口今天开航，第一批乘客到了对岸。")


def test_odd_items_of_feeds() -> None:
    item = (
        "<item><media:content url='https://a.example/b.jpg'><media:title>A picture</media:title></media:content>"
        "<media:title>A picture</media:title><title>Storm</title><dc:creator>Ann Bell</dc:creator>"
        "<dc:creator>Bo Chen</dc:creator><description>The storm\x0b came.</description></item>"
    )
    names = "xmlns:media='http://search.yahoo.com/mrss/' xmlns:dc='http://purl.org/dc/elements/1.1/'"
    (article,) = (parse(raw) for raw in read(f"<rss {names}><channel>{item}</channel></rss>".encode(), "a.xml"))
    assert (article.title, article.author, article.text) == ("Storm", "Ann Bell, Bo Chen", "The storm came.")


def test_chinese_keys_of_records() -> None:
    record = {"标题": "渡口", "作者": "顾小川", "来源": "东岸报", "发布时间": "2024-03-05", "正文": "渡口今天开航。"}
    (raw,) = read(json.dumps(record).encode(), "a.jsonl")
    article = parse(raw)
    assert (article.title, article.author, article.source) == ("渡口", "顾小川", "东岸报")
    assert (article.text, str(article.published_at)[:10]) == ("渡口今天开航。", "2024-03-05")


@pytest.mark.parametrize("names", [["[Content_Types].xml", "word/document.xml"], ["mimetype", "content.xml"]])
def test_documents_of_an_office_are_no_archives(names: list[str]) -> None:
    (raw,) = read(zipped(dict.fromkeys(names, b"<w>The storm came.</w>")), "a.docx")
    assert [problem.error for problem in raw.problems] == ["no-text"]


def test_feeds() -> None:
    rss = """<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hostname"><!ENTITY a "aaaa">]>
    <rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
    xmlns:dc="http://purl.org/dc/elements/1.1/">
    <channel><title>Coast News</title><item><title>Storm</title>
    <link>https://a.example/1</link><dc:creator>Ann Bell</dc:creator>
    <pubDate>Tue, 05 Mar 2024 10:00:00 GMT</pubDate><category>sea</category><description>Short &x;.</description>
    <content:encoded><![CDATA[<p>The storm <b>came</b>.</p>]]></content:encoded></item>
    <item><title>Calm</title><description>&lt;p&gt;It is calm.&lt;/p&gt;</description></item></channel></rss>"""
    first, second = (parse(raw) for raw in read(rss.encode(), "feed.xml"))
    assert (first.title, first.text, first.site, first.author) == ("Storm", "The storm came.", "Coast News", "Ann Bell")
    assert (first.url, first.categories) == ("https://a.example/1", ("sea",))
    assert first.published_at is not None
    assert (second.title, second.text) == ("Calm", "It is calm.")
    atom = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Coast</title><entry>
    <title type="html">A &lt;b&gt;high&lt;/b&gt; tide &amp;amp; 1 &amp;lt; 2</title>
    <link href="https://a.example/3"/><author><name>Bo Chen</name></author><published>2024-03-05T10:00:00Z</published>
    <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>High <i>tide</i>.</p></div>
    </content></entry></feed>"""
    (tide,) = (parse(raw) for raw in read(atom.encode(), "atom.xml"))
    assert (tide.title, tide.text, tide.author, tide.url) == (
        "A high tide & 1 < 2",
        "High tide.",
        "Bo Chen",
        "https://a.example/3",
    )


def test_a_bad_record_harms_no_other() -> None:
    lines = LINES.split(b"\n")
    data = b"\n".join([lines[0], b'{"title": broken', b'{"title": "no text"}', b"[" * 100_000, lines[1], b""])
    documents = list(process_file(data, "a.jsonl"))
    assert [bool(document.article) for document in documents] == [True, False, False, False, True]
    assert [document.problems[0].error for document in documents if not document.article] == [
        "bad-json",
        "no-text",
        "bad-json",
    ]
    assert len({document.article_id for document in documents}) == 5


def test_bombs_are_refused() -> None:
    bomb = gzip.compress(bytes(60_000_000))
    with pytest.raises(TooLarge):
        list(read(bomb, "bomb.txt.gz"))
    (raw,) = read(zipped({"bomb.txt": bytes(60_000_000)}), "bomb.zip")
    assert raw.problems[0].error == "too-large"
    with pytest.raises(TooLarge):
        list(read(gzip.compress(gzip.compress(gzip.compress(gzip.compress(b"a")))), "a.gz"))
    with pytest.raises(TooLarge):
        list(read(b"a" * 9_000_000, "long.txt"))


@pytest.mark.parametrize(
    "data",
    [gzip.compress(LINES)[:-20], zipped(MEMBERS)[:-30], tar(MEMBERS)[:700], b"PK\x03\x04", b"\x1f\x8b", b"WARC/"],
)
def test_cut_off_containers_are_problems(data: bytes) -> None:
    documents = list(process_file(data, "cut"))
    assert all(document.article or document.problems for document in documents)


@pytest.mark.parametrize("data", [b"<rss><channel></channel></rss>", b"[]", b"PK\x05\x06" + bytes(18)])
def test_a_container_without_an_article_is_a_problem(data: bytes) -> None:
    (raw,) = read(data, "a.jsonl" if data == b"[]" else "a")
    assert [problem.error for problem in raw.problems] == ["no-articles"]


def test_a_page_that_speaks_of_feeds_is_no_feed() -> None:
    (raw,) = read(b"---\ntitle: What <rss> is\n---\n<p>A feed starts with <rss> or <feed>.</p>\n", "a.md")
    assert raw.front["title"] == "What <rss> is"


@pytest.mark.parametrize("opening", ["", "["])
def test_long_lines_of_json_whatever_the_name(opening: str) -> None:
    row = json.dumps({"title": "Storm", "content": "The storm came at night. " * 400})
    data = f"{opening}{row}{']' if opening else ''}\n".encode()
    (raw,) = read(data, "a.txt")
    assert raw.front["title"] == "Storm"
    (page,) = read(b"{ {storm} } is a name\n" + b"x" * 5000, "a.txt")
    assert page.text.startswith("{ {storm}")
