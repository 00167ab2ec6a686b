"""Tokens: those of jieba where there is Chinese, words elsewhere; places that hold; user dictionaries."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.segment import UserWord, _pure_jieba, cut, cutter, read_user_words, segment, tokenize, using
from pipeline.text import passage, sentences

RAW = Path(__file__).parent.parent / "raw"
COMMON = "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动"
ODD = "abXYZ0189.-_+#&% 　,，。！？、“”（）…—~@\r\n\t\x00\x0b\x85\u200b\ufeff€￥％０ａあア가😀👍🏽éß㐀䶵鿖豈𠀀〇々㊣Ⅳ①²"
ASCII_SNIPPETS = [
    "PM2.5",
    "C++",
    "5G",
    "AT&T",
    "1.3nm",
    "third-party",
    "2022-08",
    "c#",
    "--",
    "...",
    "%",
    "3.5%",
    "100.",
]
SNIPPETS = [*ASCII_SNIPPETS, "T恤", "卡拉OK", "开放式", "创新平台"]

jieba_cut = pytest.fixture(scope="module")(lambda: _pure_jieba(()))


def fuzz(number: int, words: list[str]) -> Iterator[str]:
    draw = random.Random(7)
    for _ in range(number):
        kinds = draw.choices((words, ODD, COMMON), (12, 28, 60), k=draw.randint(1, 30))
        yield "".join(draw.choice(kind) for kind in kinds)


def test_tokens_are_those_of_jieba_in_articles(jieba_cut) -> None:
    for file in RAW.glob("*.txt"):
        for line in file.read_bytes().decode("utf-8", "replace").splitlines():
            assert cut(line) == jieba_cut(line)


def test_tokens_are_those_of_jieba_in_odd_strings(jieba_cut) -> None:
    differ = [text for text in fuzz(5000, SNIPPETS) if cut(text) != jieba_cut(text)]
    assert differ == []


def test_user_dictionary_cuts_as_jieba_does() -> None:
    words = tuple(UserWord(word, freq, None) for word, freq in [("兰石海", None), ("卡奥云", 900), ("时来用们", None)])
    mine, theirs = cutter(words), _pure_jieba(words)
    texts = list(fuzz(3000, [word.word for word in words]))
    assert [text for text in texts if mine(text) != theirs(text)] == []
    assert "卡奥云" in mine("我们说卡奥云平台")


def test_user_words_are_sorted_and_unique(tmp_path: Path) -> None:
    file = tmp_path / "user_dict.txt"
    file.write_bytes("\ufeff乙词 5 n\r\n甲词\r\n\r\n乙词 7\r\n含 空格 3\r\n".encode())
    words = [UserWord("乙词", 7, None), UserWord("含 空格", 3, None), UserWord("甲词", None, None)]
    assert list(read_user_words(file)) == words


def test_a_built_in_word_weighed_anew_goes_through_jieba() -> None:
    words = (UserWord("研究", 0, None), UserWord("生命", 100000, None))
    assert cutter(words)("研究生命起源") == _pure_jieba(words)("研究生命起源")


def test_the_dictionary_in_use(tmp_path: Path) -> None:
    file = tmp_path / "user_dict.txt"
    file.write_text("石老人浴场\n", encoding="utf-8")
    with using(file):
        assert "石老人浴场" in cut("我去石老人浴场游泳")
    assert "石老人浴场" not in cut("我去石老人浴场游泳")


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Don't go.", "Don't|go|."),
        ("The U.S. and the U.K.", "The|U.S.|and|the|U.K."),
        ("a state-of-the-art co-op", "a|state-of-the-art|co-op"),
        ("R&D rose 3.5% to $1,000.50", "R&D|rose|3.5%|to|$|1,000.50"),
        ("COVID-19, 10th, 5-year-old", "COVID-19|,|10th|,|5-year-old"),
        ("caf\u00e9 na\u00efve \u2014 yes", "caf\u00e9|na\u00efve|\u2014|yes"),
        ("", ""),
        (" \n ", ""),
    ],
)
def test_words_outside_chinese(text: str, tokens: str) -> None:
    assert "|".join(text[start:end] for start, end in tokenize(text)) == tokens


PIECES = st.lists(
    st.sampled_from([*SNIPPETS, *ODD, *COMMON[:20], "海尔。", "Mr. Li left. ", "\n\n", "他说：“好！”"]), max_size=40
)


@given(PIECES.map("".join))
def test_tokens_stand_where_they_say_and_cross_no_sentence(text: str) -> None:
    found, tokens = segment([passage("text", text)])
    assert [(row.start, row.end) for row in found] == sentences(text)
    assert [(token.start, token.end) for token in tokens] == tokenize(text)
    end = 0
    for token in tokens:
        assert text[token.start : token.end] == token.token
        assert not token.token.isspace()
        assert token.start >= end
        assert found[token.sentence_id].start <= token.start
        assert token.end <= found[token.sentence_id].end
        end = token.end
    left = set(range(len(text))) - {place for token in tokens for place in range(token.start, token.end)}
    assert all(text[place].isspace() for place in left)
    for number, row in enumerate(found):
        assert row.segmented == " ".join(token.token for token in tokens if token.sentence_id == number)


def test_title_and_text_are_numbered_through() -> None:
    found, tokens = segment([passage("title", "渡口开航"), passage("text", "船来了。We sailed.")])
    assert [row.field for row in found] == ["title", "text", "text"]
    assert {(token.sentence_id, token.field) for token in tokens} == {(0, "title"), (1, "text"), (2, "text")}
