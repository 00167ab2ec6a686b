"""Text helpers that keep offsets: folding, sentences, language."""

import re
import unicodedata
from datetime import date
from functools import cache

from pipeline import lexicon
from pipeline.records import Field, Lang, Passage

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
MONTH = "(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]{0,6}"
_HAN_CHAR = re.compile(f"[{HAN}]")
_HAN_RUNS = re.compile(f"[{HAN}]+")
_LATIN_LETTER = re.compile("[A-Za-z]")
_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa]")
_LATIN_WORD = re.compile(r"[A-Za-z]+(?:['’\-][A-Za-z]+)*")


def _single(mapping: dict[int, str], codes: range) -> None:
    for code in codes:
        plain = unicodedata.normalize("NFKC", chr(code))
        if len(plain) == 1 and plain != chr(code):
            mapping[code] = plain


def _folding() -> dict[int, str]:
    table: dict[int, str] = {}
    _single(table, range(0xFF01, 0xFFE7))  # full-width forms
    for codes in (range(0x2000, 0x200B), (0xA0, 0x3000, 0x202F, 0x205F)):
        for code in codes:
            table[code] = " "
    for code in (0x2010, 0x2011, 0x2212, 0xFE63):
        table[code] = "-"
    return table


_FOLD = _folding()
# Full-width forms that Chinese prose uses as punctuation stay as they are: "，" parts clauses, "," groups digits.
for _code in map(ord, "，。！？：；（）"):
    _FOLD.pop(_code, None)
_FOLDABLE = re.compile("[" + "".join(re.escape(chr(code)) for code in sorted(_FOLD)) + "]+")


def fold(text: str) -> str:
    """``text`` with full-width digits, letters and signs, odd blanks and hyphens made plain; the length stays the same.

    >>> fold("70％，１０００＋")
    '70%，1000+'
    """
    return _FOLDABLE.sub(lambda run: run[0].translate(_FOLD), text)


# A sentence ends at strong punctuation with its closing quotes, or at a line's end. An English full stop ends one only
# before a blank and a capital, a digit or a quote, and not after an initial or a common abbreviation.
_SENTENCE_END = re.compile(
    r"""(?:[。！？!?…]+[”’"'」』）)\]】]*)
      | (?:(?<=[^\s])\.[”’"')\]]*(?=\s+[“‘"'(\[]?[A-Z0-9]))
      | \n+""",
    re.VERBOSE,
)
_ENDING = re.compile("[.。！？!?…\n]")  # what each of them begins with: one set of characters is found far quicker
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Col|Lt|Sgt|St|Jr|Sr|Inc|Ltd|Co|Corp|Bros|vs|etc|No|Nos|Vol|Fig|Jan|Feb|"
    r"Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|approx|est|dept|Univ|al|pp?)|\b[A-Z]|\b(?:[A-Za-z]\.)+[A-Za-z])$"
)


def sentences(text: str) -> list[tuple[int, int]]:
    """Spans of the sentences of ``text``, without surrounding white space; every other character is in one span.

    >>> text = "他来了。“好！”她说。A Mr. Li left. He ran."
    >>> [text[start:end] for start, end in sentences(text)]
    ['他来了。', '“好！”', '她说。', 'A Mr. Li left.', 'He ran.']
    """
    spans: list[tuple[int, int]] = []
    start = done = 0
    for found in _ENDING.finditer(text):
        match = _SENTENCE_END.match(text, found.start()) if found.start() >= done else None
        if not match:
            continue
        done = match.end()
        if match[0][0] == "." and _ABBREVIATION.search(text, max(0, match.start() - 12), match.start()):
            continue
        _append_stripped(spans, text, start, done)
        start = done
    _append_stripped(spans, text, start, len(text))
    return spans


def _append_stripped(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    piece = text[start:end].lstrip()
    start = end - len(piece)
    piece = piece.rstrip()
    if piece:
        spans.append((start, start + len(piece)))


@cache
def _hant_hans() -> dict[int, str]:
    return {ord(pair[0]): pair[1] for line in lexicon.lines("hant_hans.txt") for pair in line.split()}


@cache
def _hant_char() -> re.Pattern[str]:
    return re.compile("[" + "".join(map(chr, _hant_hans())) + "]")


@cache
def _no_plain_chinese() -> re.Pattern[str]:
    """A character that makes a text other than simplified Chinese with its signs and digits, or may do so."""
    return re.compile("[A-Za-z\u3041-\u3096\u30a1-\u30fa" + "".join(map(chr, _hant_hans())) + "]")


def simplify(text: str) -> str:
    """``text`` with traditional Chinese characters made simplified, one by one: the length stays the same.

    >>> simplify("海爾集團")
    '海尔集团'
    """
    return text if text.isascii() or not _hant_char().search(text) else text.translate(_hant_hans())


def count_han(text: str) -> int:
    return sum(map(len, _HAN_RUNS.findall(text)))


def language(text: str) -> Lang:
    """Language of ``text`` by script: shares of Han characters and Latin words, and of characters only written in
    traditional Chinese (more than 2 % of the Han: zh-Hant). ``mixed``: more Latin words, or whole
    lines of them.

    >>> language("海尔的创新"), language("海爾的創新平臺"), language("Haier opened a centre")
    ('zh-Hans', 'zh-Hant', 'en')
    >>> language("海尔集团在青岛开设了一个新的创新中心。\\nHaier opened a new innovation centre in Qingdao.")
    'mixed'
    """
    if text.isascii():
        return "en" if _LATIN_LETTER.search(text) and not _foreign(text) else "other"
    if not _no_plain_chinese().search(text):
        return "zh-Hans" if _HAN_CHAR.search(text) else "other"
    han = count_han(text)
    words = len(_LATIN_WORD.findall(text)) if len(text) > han else 0
    if not han and not words:
        return "other"
    # A Chinese word is about 1.6 characters, so that both counts are in words.
    share = han / 1.6 / (han / 1.6 + words)
    if share < 0.15:
        letters = sum(map(str.isalpha, text)) - han
        ascii_letters = sum(map(len, _LATIN_WORD.findall(text)))
        return "en" if ascii_letters > 0.8 * letters and not _foreign(text) else "other"
    if share < 0.5 or (share < 0.85 and _words_in_latin_lines(text) > 0.3 * (han / 1.6 + words)):
        return "mixed"
    if len(_KANA.findall(text)) > 0.2 * han:
        return "other"
    return "zh-Hant" if len(_hant_char().findall(text)) > 0.02 * han else "zh-Hans"


# The commonest words of French, Spanish, Portuguese, Italian, German, Dutch, Indonesian, Turkish; and of English.
_FOREIGN = frozenset(
    (
        *(
            "de",
            "la",
            "le",
            "les",
            "des",
            "et",
            "un",
            "une",
            "du",
            "est",
            "en",
            "que",
            "el",
            "los",
            "las",
            "del",
            "y",
            "con",
        ),
        *(
            "por",
            "para",
            "il",
            "di",
            "che",
            "per",
            "non",
            "do",
            "da",
            "dos",
            "em",
            "uma",
            "com",
            "der",
            "die",
            "das",
            "und",
        ),
        *("ist", "von", "zu", "den", "mit", "auf", "het", "een", "van", "op", "dat", "yang", "dan", "untuk", "dengan"),
        *("dari", "bir", "ve", "bu"),
    )
)
_ENGLISH = frozenset(("the", "of", "and", "to", "in", "a", "for", "on", "that", "with", "is", "was", "at", "by"))


def _foreign(text: str) -> bool:
    """Whether a text in Latin letters is of a European language other than English: a word in seven is of theirs, more
    than are of English.
    """
    words = text[:2000].lower().split()
    theirs = sum(map(_FOREIGN.__contains__, words)) if len(words) >= 12 else 0
    return 7 * theirs > len(words) and theirs > sum(map(_ENGLISH.__contains__, words))


def _words_in_latin_lines(text: str) -> int:
    lines = (line for line in text.split("\n") if not _HAN_CHAR.search(line))
    return sum(len(_LATIN_WORD.findall(line)) for line in lines)


def passage(field: Field, text: str, lang: Lang | None = None, published: date | None = None) -> Passage:
    """The view of a title or body that segmenter and extractors take."""
    return Passage(field, text, fold(text), lang or language(text), published)
