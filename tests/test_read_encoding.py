"""Decoding: every kind of encoding and fault in ``benchmarks/encodings.py``."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.encodings import measure
from pipeline.read.encoding import decode
from pipeline.steps import process


@pytest.mark.parametrize(("length", "least"), [(20, 0.8), (100, 0.99), (500, 0.99)])
def test_samples_are_read_right(length: int, least: float) -> None:
    wrong = {
        kind: share for kind, share in measure(lambda data: decode(data).text, length, 20).items() if share < least
    }
    assert not wrong


@pytest.mark.parametrize(
    ("data", "text", "encoding", "replaced"),
    [
        (b"", "", "utf-8", 0),
        (b"plain", "plain", "utf-8", 0),
        (b"\xef\xbb\xbfabc", "abc", "utf-8", 0),
        ("早安".encode("utf-16-be"), "早安", "utf-16-be", 0),
        ("a早".encode("utf-16"), "a早", "utf-16-le", 0),
        ("A headline".encode("utf-16-le"), "A headline", "utf-16-le", 0),
        ("caf\xe9 au lait".encode("cp1252"), "caf\xe9 au lait", "cp1252", 0),
        (
            b"\xef\xbb\xbf" + "渡口今天开航，乘客到了对岸。".encode("gb18030"),
            "渡口今天开航，乘客到了对岸。",
            "gb18030",
            0,
        ),
        (b"a\x00b", "a\ufffdb", "utf-8", 1),
        ("今天天气很好".encode()[:-1], "今天天气很\ufffd", "utf-8", 1),
        ("今天".encode("utf-8-sig") + b"\xff", "今天\ufffd", "utf-8", 1),
    ],
)
def test_cases(data: bytes, text: str, encoding: str, replaced: int) -> None:
    assert decode(data) == (text, encoding, replaced)


ARTICLE = "渡口今天开航，第一批乘客到了对岸。\n海港二期工程也在当天开工。\n"
TAIL = "第二码头将于明年建成"
QUOTED = "The pier is “open”, she said – and it’s “free”.\n"


@pytest.mark.parametrize(
    ("parts", "encoding"),
    [
        ([(ARTICLE, "utf-8"), (TAIL, "gb18030")], "utf-8+gb18030"),
        ([(ARTICLE.strip(), "utf-8"), (TAIL, "gb18030")], "utf-8+gb18030"),
        ([("\ufeff" + ARTICLE, "utf-8"), (TAIL, "gb18030")], "utf-8+gb18030"),
        ([(ARTICLE, "utf-8"), ("第二碼頭將於明年建成", "big5")], "utf-8+big5"),
        ([(ARTICLE, "utf-8"), ("The café opens “soon”, they say.", "cp1252")], "utf-8+cp1252"),
        ([(QUOTED, "utf-8"), ("The café opens “soon”, they say. " * 20, "cp1252")], "cp1252+utf-8"),
        ([(QUOTED, "utf-8"), (TAIL * 10, "gb18030")], "gb18030+utf-8"),
        ([(ARTICLE, "gb18030"), (TAIL, "utf-8")], "gb18030+utf-8"),
        ([(ARTICLE.strip(), "gb18030"), (TAIL, "utf-8")], "gb18030+utf-8"),
        ([("<p>渡口开航</p>" * 9, "gb18030"), (f"<p>{TAIL}</p>", "utf-8")], "gb18030+utf-8"),
    ],
)
def test_pieces_in_two_encodings(parts: list[tuple[str, str]], encoding: str) -> None:
    data = b"".join(text.encode(name) for text, name in parts)
    whole = "".join(text for text, _ in parts).removeprefix("\ufeff")
    assert decode(data) == (whole, encoding, 0)
    assert "mixed-encodings" in [problem.error for problem in process(data, "pier.txt").problems]


@pytest.mark.parametrize(
    ("data", "lost"),
    [
        (ARTICLE.encode() + b"\xff\xfe\xfd", 3),
        (
            f"<p>{ARTICLE}</p><b>".encode() + b"\xe5\xa4</b><b>\xe5</b>",
            2,
        ),  # characters cut in two are no other encoding
        (ARTICLE.encode()[:30] + ARTICLE.encode()[32:], 1),
    ],
)
def test_bad_bytes_are_no_other_encoding(data: bytes, lost: int) -> None:
    found = decode(data)
    assert (found.encoding, found.replaced) == ("utf-8", lost)


@given(st.binary(max_size=200))
def test_any_bytes_are_text_that_can_be_stored(data: bytes) -> None:
    found = decode(data)
    found.text.encode("utf-8")
    assert "\x00" not in found.text
    assert found.replaced >= 0


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"%PDF-1.7\n1 0 obj <</Type/Catalog>>", "a PDF file"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "a picture"),
        (b"\x7fELF\x02\x01\x01" + bytes(600), "a program"),
        (random.Random(3).randbytes(5000), "a binary file"),
    ],
)
def test_what_is_no_text_is_a_problem_and_no_article(data: bytes, what: str) -> None:
    document = process(data, "thing.txt")
    assert document.article is None
    assert [(p.step, p.error, p.fatal) for p in document.problems] == [("read", "no-text", True)]
    assert document.problems[0].message.startswith(what)


def test_utf8_with_surrogates() -> None:
    text = "渡口𠮷今天开航😀。"
    data = text.encode("utf-16-le").decode("utf-16-le")
    wrong = "".join(
        chr(0xD800 + (ord(char) - 0x10000 >> 10)) + chr(0xDC00 + (ord(char) & 0x3FF)) if ord(char) > 0xFFFF else char
        for char in data
    ).encode("utf-8", "surrogatepass")
    assert decode(wrong) == (text, "utf-8", 0)
    assert decode(wrong + b"\xed\xa0\x80!") == (text + "\ufffd!", "utf-8", 1)
