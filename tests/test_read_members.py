"""Archives, mail, saved pages, tables and feeds as people drop them: no member lost, each record with its own name, and
what is wrong said in words."""

import bz2
import io
import tarfile
import zipfile
import zlib
from collections.abc import Callable

import pytest

from benchmarks.fuzz import tarred, zipped
from pipeline.read import read
from pipeline.records import Document
from pipeline.steps import process_file

TEXT = "Ferry opens\n\nThe ferry between the islands opened on Tuesday, the harbour board said.\n"
PAGE = (
    "<html><head><title>Ferry opens</title></head><body><h1>Ferry opens</h1><p>The ferry opened on Tuesday.</p>"
    "</body></html>"
)


def documents(data: bytes, name: str) -> list[Document]:
    return list(process_file(data, name))


def records(data: bytes, name: str) -> list[str | None]:
    return [document.record for document in documents(data, name) if document.article]


def test_members_of_one_name_are_two_articles() -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for text in (TEXT, TEXT.upper(), TEXT.lower()):
            info = tarfile.TarInfo("news/a.txt")
            info.size = len(text)
            archive.addfile(info, io.BytesIO(text.encode()))
    found = documents(out.getvalue(), "a.tar")
    assert [document.record for document in found] == ["news/a.txt", "news/a.txt#2", "news/a.txt#3"]
    assert len({document.article_id for document in found}) == 3


def test_members_packed_from_within_their_folder() -> None:
    members = {"./a.txt": TEXT.encode(), "./.hidden.txt": TEXT.encode(), "../b.txt": TEXT.encode()}
    assert records(tarred(members, {}), "a.tar") == ["a.txt", "../b.txt"]
    assert records(zipped(members), "a.zip") == ["a.txt", "../b.txt"]


@pytest.mark.parametrize("encoding", ["gb18030", "big5", "utf-8"])
def test_names_in_the_code_page_of_windows(encoding: str) -> None:
    names = {"gb18030": "渡口开航/海港新闻.txt", "big5": "渡口開航/海港新聞.txt", "utf-8": "渡口开航/海港新闻.txt"}
    wanted = names[encoding].encode(encoding)
    data = zipped({"x" * len(wanted): TEXT.encode()}).replace(b"x" * len(wanted), wanted)
    assert records(data, "a.zip") == [names[encoding]]


def _damaged() -> bytes:
    data = bytearray(zipped({"a.txt": TEXT.encode() * 20}))
    data[45:60] = bytes(15)
    return bytes(data)


def _strange() -> bytes:
    """A member packed by a method that nobody has."""
    data = bytearray(zipped({"a.txt": TEXT.encode()}))
    data[8:10] = data[(at := data.rindex(b"PK\x01\x02") + 10) : at + 2] = b"\x63\x62"
    return bytes(data)


def _message(size: int) -> bytes:
    return b"Subject: Ferry\nMIME-Version: 1.0\n\n" + b"It opened. " * (size // 11)


def _locked() -> bytes:
    data = bytearray(zipped({"a.txt": TEXT.encode()}))
    data[6] |= 1
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


@pytest.mark.parametrize(
    ("name", "make", "fault", "says"),
    [
        ("a.zip", _locked, "encrypted", "password"),
        ("a.zip", _damaged, "damaged-archive", "anew"),
        ("a.zip", lambda: zipped({"a.txt": TEXT.encode()})[:-40], "damaged-archive", "anew"),
        ("a.7z", lambda: b"7z\xbc\xaf\x27\x1c" + bytes(50), "no-text", "unpack"),
        ("a.rar", lambda: b"Rar!\x1a\x07\x01\x00" + bytes(50), "no-text", "unpack"),
        ("a.mbox", lambda: b"From a@b.example Tue Nov  3 09:00:00 2020\nSubject: x\n\nx\n", "no-text", ".eml"),
        ("a.webarchive", lambda: b"bplist00\xd1" + bytes(50), "no-text", "HTML"),
        ("a.br", lambda: zlib.compress(TEXT.encode() * 3)[2:], "no-text", "binary"),
        ("a.js", lambda: b"function f() { return 1 }", "no-text", "script"),
        ("a.opml", lambda: b'<opml version="2.0"><body><outline text="x"/></body></opml>', "no-articles", "without an"),
        ("a.jsonl", lambda: b'{"title": "Ferry", "text": "The fer', "bad-json", "cut off"),
        ("a.csv", lambda: b'title,text\nFerry,"It opened.\n' + b"\n", "", ""),
        ("a.csv", lambda: b'title,text\nFerry,"' + b"x" * 9_000_000 + b'"\n', "damaged-table", "cannot be read on"),
        ("a.bz2", lambda: bz2.compress(TEXT.encode() * 20)[:40] + bytes(40), "damaged-archive", "anew"),
        ("a.zip", _strange, "unknown-packing", "unpack"),
        ("a.eml", lambda: _message(8_100_000), "too-large", "no article"),
    ],
)
def test_faults_say_what_to_do(name: str, make: Callable[[], bytes], fault: str, says: str) -> None:
    problems = [problem for document in documents(make(), name) for problem in document.problems if problem.fatal]
    assert [problem.error for problem in problems] == ([fault] if fault else [])
    assert all(says in problem.message and "Error" not in problem.message for problem in problems)


SAVED = (
    "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://a.example/ferry\r\nSubject: Ferry\r\n"
    'MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="B"\r\n\r\n'
    "--B\r\nContent-Type: text/css\r\nContent-Location: https://a.example/s.css\r\n\r\np {}\r\n"
    "--B\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n"
    "Content-Location: https://a.example/ferry\r\n\r\n" + PAGE.replace("ferry", "fer=\r\nry") + "\r\n--B--\r\n"
)
MESSAGE = (
    "From: =?utf-8?B?5p2O5Zub?= <li@a.example>\nTo: b@a.example\nSubject: =?utf-8?B?5rih5Y+j5byA6Iiq?=\n"
    "Date: Tue, 3 Nov 2020 09:00:00 +0800\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n"
    "Content-Transfer-Encoding: base64\n\n5rih5Y+j5LuK5aSp5byA6Iiq44CC\n"
)


def test_a_page_saved_as_one_file() -> None:
    (found,) = documents(SAVED.encode(), "ferry.mhtml")
    assert found.article
    assert (found.article.title, found.article.url) == ("Ferry opens", "https://a.example/ferry")
    assert found.article.text == "The ferry opened on Tuesday."
    assert not found.problems


def test_a_message() -> None:
    (found,) = documents(MESSAGE.encode(), "a.eml")
    assert found.article
    assert (found.article.title, found.article.author, found.article.text) == ("渡口开航", "李四", "渡口今天开航。")
    assert str(found.article.published_at) == "2020-11-03 01:00:00+00:00"


def test_a_message_of_several_parts() -> None:
    parts = (
        'Content-Type: text/plain; name="list.txt"\nContent-Disposition: attachment\n\nNo article.\n',
        "Content-Type: text/plain\n\nThe plain words.\n",
        "Content-Type: text/html\n\n" + PAGE + "\n",
    )
    head = 'Subject: Ferry\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="B"\n\n'
    (found,) = documents((head + "".join(f"--B\n{part}" for part in parts) + "--B--\n").encode(), "a.eml")
    assert found.article
    assert found.article.text == "The ferry opened on Tuesday."
    (found,) = documents((head + f"--B\n{parts[0]}--B--\n").encode(), "a.eml")
    assert [(problem.error, problem.message) for problem in found.problems] == [
        ("no-text", "a message without a text in it")
    ]


def test_a_message_in_seven_bits() -> None:
    head = b"Subject: Ferry\nMIME-Version: 1.0\nContent-Type: text/plain; charset=iso-2022-jp\n\n"
    (found,) = documents(head + "港の船は火曜日に出た。\n".encode("iso-2022-jp"), "a.eml")
    assert found.article
    assert found.article.text == "港の船は火曜日に出た。"


def test_lines_that_only_look_like_a_message() -> None:
    (raw,) = read(b"Subject: ferries\nDate: unknown\n\nThey are late.\n", "a.txt")
    assert raw.text.startswith("Subject:")


@pytest.mark.parametrize(("name", "sign"), [("a.csv", ","), ("a.csv", ";"), ("a.tsv", "\t")])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_a_table_of_articles(name: str, sign: str, encoding: str) -> None:
    rows = [
        "标题,正文,发布时间,作者",
        '渡口开航,"渡口今天开航。\n船票十元。",2020-11-03 09:00:00,李四',
        ",,,",
        "无文,,,",
    ]
    found = documents("\r\n".join(row.replace(",", sign) for row in rows).encode(encoding), name)
    articles = [document.article for document in found if document.article]
    assert [(one.title, one.author, one.text) for one in articles] == [
        ("渡口开航", "李四", "渡口今天开航。\n船票十元。")
    ]
    assert [(problem.record, problem.error) for document in found for problem in document.problems] == [
        ("3", "no-text")
    ]


def test_characters_of_a_table_that_could_not_be_read_are_counted() -> None:
    rows = "标题,正文\n渡口开航,渡口今天开航，船票十元。\n二期开工,二期工程今天开工。\n".encode()
    broken = rows.replace("船票".encode(), b"\xe8\x88" + "票".encode())
    first, second = documents(broken, "a.csv")
    assert [problem.error for problem in first.problems] == ["unreadable-characters"]
    assert not second.problems


def test_a_table_that_is_none_of_articles_is_text() -> None:
    (raw,) = read(b"year,tons\n2019,5\n2020,6\n", "a.csv")
    assert raw.record is None
    assert raw.text.startswith("year")


FEED = """<rss xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Coast</title>
<link>https://a.example/blog/</link>
<item><title>Fish & chips at the caf&eacute;</title><link>/1?a=1&b=2</link>
<description><![CDATA[<p>R&D costs &amp; more.
<img src="b.png"></p>]]></description></item>
<item><link>post/2</link><description>The ferry opened on Tuesday, the harbour board said.</description></item>"""


def test_feeds_with_loose_signs_relative_links_and_no_end() -> None:
    first, second, end = documents(FEED.encode(), "feed.xml")
    assert first.article
    assert first.article.title == "Fish & chips at the café"
    assert first.article.url == "https://a.example/1?a=1&b=2"
    assert first.article.text == "R&D costs & more."
    assert first.images[0].url == "https://a.example/b.png"
    assert second.article
    assert (second.article.title, second.article.text) == (
        "",
        "The ferry opened on Tuesday, the harbour board said.",
    )
    assert second.article.url == "https://a.example/blog/post/2"
    assert [problem.error for problem in end.problems] == ["cut-short"]
    whole = documents((FEED + "</channel></rss>").encode(), "feed.xml")
    assert not any(document.problems for document in whole)


def test_atom_with_the_one_time_that_it_asks_for() -> None:
    data = b"""<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://a.example/b/"><title>Coast</title>
<entry><title>Ferry</title><link href="p1"/><updated>2020-11-05T09:00:00Z</updated>
<summary>It opened.</summary></entry></feed>"""
    (found,) = documents(data, "atom.xml")
    assert found.article
    assert found.article.url == "https://a.example/b/p1"
    assert str(found.article.published_at) == "2020-11-05 09:00:00+00:00"


def test_zeros_at_the_end_are_no_text() -> None:
    (found,) = documents(TEXT.encode() + bytes(300), "a.txt")
    assert found.article
    assert found.article.text.endswith("said.")


def test_members_of_zip_files_with_their_own_flag() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("渡口.txt", TEXT)
    assert records(out.getvalue(), "a.zip") == ["渡口.txt"]
