"""Is it a figure at all? Names, versions, scores, times, phones, addresses and idioms hold numerals too."""

import re
from functools import cache

from pipeline import lexicon

from .figure import Figure
from .lexica import Longest


def is_figure(figure: Figure, text: str) -> bool:
    """True where a figure stands by itself and is no part of a name, a score, a version or an idiom."""
    if figure.kind == "ordinal":
        return True
    if _glued(figure, text):
        return False
    surface = text[figure.numeral.start]
    if surface.isdigit() and surface.isascii():
        return not _named(figure, text) and (_zh_digits if _in_chinese(figure, text) else _en_digits)(figure, text)
    if surface.isascii():
        return _en_words(figure, text)
    return _han(figure, text)


# ------------------------------------------------------------------------------------------------ what touches a number

_BEFORE = re.compile(
    r"[A-Za-z0-9_]\Z|[A-Z0-9][-–./:+_]\Z|[a-z][./:+_]\Z|[0-9][:：/]\Z|[#@№&^=\\*×]\Z|[0-9一二三四五六七八九]比\Z"
    r"|[Nn]o\. ?\Z|[A-Za-z]['’]\Z|[\u4e00-\u9fff][-－–]\Z"
)
_AFTER = re.compile(
    r"[A-Za-z0-9_&]|[*x×] ?[0-9]|[:：/.][0-9]|-[A-Z0-9]|\+[A-Za-z0-9]|比[0-9一二三四五六七八九]"
    r"|[/.:][A-Za-z]{2}|\.[A-Z](?![A-Za-z.])|号(?![称召])|°|'[0-9]|时(?![代候间常机段期刻])"
    r"| (?:BCE?\b|B\.C\.|U\.S\.(?:C\.)? [0-9§]|C\.F\.R\.|CFR\b|USC\b|F\.[23]d|S\. Ct\.)"
)


_GLUE = frozenset("比号时：／－")  # the Chinese signs among these

_PREFIX = re.compile(r"[a-z][-–]\Z")  # last-32, sub-10 without a unit


def _glued(figure: Figure, text: str) -> bool:
    start, end = figure.core_start, figure.end
    before, after = text[start - 1 : start], text[end : end + 1]
    side = before in {"×", "*", "x", "+"} and figure.kind == "quantity"  # 7.8米×5.6米, 8GB+256GB
    if not side and (before < "\u3000" or before in _GLUE) and _glued_before(figure, text, start):
        return True
    loose = ("\u3000" < after <= "\u9fff" and after not in _GLUE) or (
        text[end - 1] == "%" and (after.isalpha() or after == "/")
    )
    if after == "+" and figure.kind == "quantity" and text[end + 1 : end + 2].isdigit():
        return False
    return not loose and not "\u4e00" <= text[end - 1] <= "\u9fff" and _AFTER.match(text, end) is not None


def _glued_before(figure: Figure, text: str, start: int) -> bool:
    if (figure.currency is None or text[start].isdigit()) and _BEFORE.search(text, max(0, start - 4), start):
        return True
    return figure.kind == "number" and _PREFIX.search(text, max(0, start - 3), start) is not None


def _in_chinese(figure: Figure, text: str) -> bool:
    """Whether the nearest letter around is Chinese."""
    for char in text[max(0, figure.start - 2) : figure.start][::-1] + text[figure.end : figure.end + 2]:
        if "\u3000" <= char <= "\u9fff" or char in "，。；：、（）":
            return True
    return False


# ------------------------------------------------------------------------------------------------------ digits in names

_WORD_BEFORE = re.compile(r"(?:^|[^A-Za-z0-9_&.'’-])([A-Za-z][A-Za-z0-9_&.'’-]*)[ -]{1,2}\Z")


_ENDS_SENTENCE = re.compile(r"[a-z]{4}\.\Z")  # Court. Seven firms


def _word_before(text: str, pos: int) -> str:
    match = _WORD_BEFORE.search(text, max(0, pos - 24), pos)
    return match[1] if match and not _ENDS_SENTENCE.search(match[1]) else ""


def _is_label(word: str) -> bool:
    """Chapter, round, flight, number: the number behind is a name."""
    return word.lower() in lexicon.words("number_labels.txt")


# The name of a model goes on behind its number, in the singular: the 787 Dreamliner, but 163 Labour MPs.
_MODEL = re.compile(r" [A-Z][a-z]+(?<!an)(?<!ese)(?<!ish)(?<!ch)(?<!i)(?<!s)\b(?! (?:[A-Z]|[a-z]*(?:men|people|s)\b))")
_STREET = re.compile(
    r" (?:[A-Z][a-z’']+ ){1,3}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Drive|Square|Boulevard|Terrace|Crescent)\b"
)
_BOOK = re.compile(" [A-Z][a-z]+ [0-9]")  # 1 Corinthians 13
_LABEL_ZH = re.compile(
    r"(?:版本号?|型号|编号|号码|代码|文号|案号|邮编|账号|学号|证号|代号|批号|频道|航班|[国省县]道)(?:为|是|：|:)? ?\Z"
)


def _named(figure: Figure, text: str) -> bool:
    """A plain number behind a capitalised word or a label: Boeing 747, Section 12, Exit 7A; stars: 5A级."""
    n = figure.numeral
    if figure.unit == "A" and text[n.end : n.end + 1] == "A":
        return _is_label(_word_before(text, figure.start)) or text.startswith(_STARRED, figure.end)
    if n.form != "arabic" or figure.bound or figure.kind != "number" or figure.joined or "," in text[n.start : n.end]:
        return False
    if _LABEL_ZH.search(text, max(0, figure.start - 6), figure.start):
        return True
    word = _word_before(text, figure.start)
    if word.endswith(_POSSESSIVE):
        return False
    if figure.classifier:
        return figure.classifier not in _OF_PEOPLE and word != word.upper() and not word.islower()
    if _STREET.match(text, n.end) or (n.value in (1, 2, 3) and _BOOK.match(text, n.end)):
        return True
    if _MODEL.match(text, n.end) and re.fullmatch("[1-9](?![05]0)[0-9]{2}", text[n.start : n.end]):
        return True
    if word.islower() and _PLURAL.match(text, n.end) and _VERB.search(text, max(0, figure.start - 24), figure.start):
        return False  # to block 340 sites
    return _is_label(word) or (not word.islower() and bool(word) and word.lower() not in _function_words())


def _function_words() -> frozenset[str]:
    return lexicon.words("number_openers.txt")


_PLURAL = re.compile(
    r"[ -](?:[a-z][a-z'’-]* ){0,2}(?:[a-z][a-z'’-]*s|[a-z'’-]*(?:men|people|children|police|staff|women))\b"
)
_VERB = re.compile(r"\b(?:to|will|would|can|could|may|might|must|should|and|not|they|we|who|that|which) [a-z]+ \Z")
_POSSESSIVE = ("'s", "’s", "s'", "s’")
_OF_PEOPLE = frozenset("人名位例票")  # nothing is named so: Google 192人
_STARRED = ("级", "景区", "旅游", "标准", "办公", "甲级")
_RACE = re.compile(
    "米(?:蛙泳|自由泳|仰泳|蝶泳|混合泳|栏|跨栏|短跑|接力|决赛|预赛|半决赛|跑|赛|个人|障碍|步枪|气|速|T[0-9]|S[BM]?[0-9])"
)


def _en_digits(figure: Figure, text: str) -> bool:
    n = figure.numeral
    if figure.bound or figure.kind != "number" or figure.classifier:
        return True
    if figure.joined:
        return (
            "." in text[n.start : n.end]
            or _PLURAL.match(text, figure.end) is not None
            or figure.start < figure.core_start
        )
    if n.form == "arabic":
        clock = _CLOCK.match(text, n.start) or _DIALLED.search(text, max(0, n.start - 12), n.start)
        return not (clock and not _PLURAL.match(text, n.end)) and _plain(text[n.start : n.end], text, figure)
    return n.form != "slash" or (
        _is_fraction(text[n.start : n.end]) and not _SCORE.search(text, max(0, n.start - 6), n.start)
    )


# The hour of a day that is named, 3.15 on Saturday; what one dials.
_CLOCK = re.compile(
    r"(?:1?[0-9]|2[0-3])\.[0-5][0-9] (?:on (?:[A-Z][a-z]+day|the )|tomorrow|tonight|today|yesterday|this (?:m|af|e))"
)
_DIALLED = re.compile(r"\b(?:[Dd]ial(?:l?ing|l?ed)?|[Cc]all|[Rr]ing|[Pp]ress|[Tt]ext|extension|ext\.) \Z")
_SCORE = re.compile(r"[0-9][-–][0-9] ?\(\Z")  # of a set, and of its tie-break


def _is_fraction(surface: str) -> bool:
    """A share and no pair of numbers: 2/3, but not 80/90, 24/7, 9/11."""
    above, _, below = surface.partition("/")
    return (
        len(above) == 1
        and int(above) < int(below)
        and (int(below) in (16, 20, 32, 50, 100, 1000) or len(below) == 1 or below == "10")
    )


# A number between others, alone on its line or in its cell, in brackets by itself, or a short year: ’80.
_ALONE_BEFORE = re.compile(r"(?:^|[\n|])[ \t(（+]*\Z|[0-9][ \t]{1,4}\Z|[’']\Z|[(（\[［【*]\Z")
_ALONE_AFTER = re.compile(r"[ \t)）]*(?:$|[\n|])|[ \t]{1,4}[0-9]|[ )）\]］】]|\\?[.*]")


def _alone(surface: str, text: str, figure: Figure) -> bool:
    if len(surface) == len(text):
        return False
    before = _ALONE_BEFORE.search(text, max(0, figure.start - 6), figure.start)
    if not before:
        return False
    if before[0] in "’'":
        return len(surface) == 2
    after = _ALONE_AFTER.match(text, figure.end)
    return after is not None and (after[0] != " " or (before[0][-1] == " " and before[0][0].isdigit()))


def _plain(surface: str, text: str, figure: Figure) -> bool:
    """A number without anything: not an id, a zip code with a leading zero, an item of a list, a line by itself."""
    digits = surface.replace(",", "").replace(" ", "").partition(".")[0]
    if (len(digits) > 7 and len(digits) == len(surface)) or (len(digits) > 1 and digits[0] == "0"):
        return False
    if _alone(surface, text, figure):
        return False
    listed = re.match(r"\\?[.)、）][\s\u4e00-\u9fff]|\s+[\u4e00-\u9fff]", text[figure.end : figure.end + 4])
    return not listed or not _starts_line(figure, text)


def _starts_line(figure: Figure, text: str) -> bool:
    return re.search(r"(?:^|\n)\s*[(（]?$", text[max(0, figure.start - 4) : figure.start]) is not None


def _zh_digits(figure: Figure, text: str) -> bool:
    n = figure.numeral
    if text.startswith(_ROADS, n.end):
        return False
    if figure.classifier in {"路", "世"} or _idioms().at(text, n.start):
        return figure.bound
    if (
        figure.classifier in {"级", "届", "款", "版"} and not figure.joined and _year(text[n.start : n.end])
    ):  # 2007级学生
        return figure.bound
    if figure.classifier == "期" and _PHASE.match(text, figure.end):
        return False
    if figure.unit == "m" and _RACE.match(text, figure.core_end - 1):
        return False
    if figure.unit == "point" and _is_clock(figure, text):
        return False
    if figure.bound or figure.kind != "number" or figure.classifier or n.form in {"mixed", "tail", "part"}:
        return True
    surface = text[n.start : n.end]
    if figure.joined or n.form == "slash":
        return n.form == "slash" and _is_fraction(surface)
    before = text[figure.start - 1 : figure.start]
    if "." in surface and text.startswith("版", figure.end):
        return False
    if surface.endswith(".0") and before not in _COUNTING and before != "分":  # a version: 微信1.0
        return False
    if "," in surface or "." in surface:
        return _plain(surface, text, figure)
    if not 3 <= len(surface) <= 6 or _year(surface) or not _plain(surface, text, figure):
        return False
    if _HOTLINE.fullmatch(surface):
        return before in _COUNTING
    return before in _COUNTING or (not _HAN.match(before) and _COUNTED.match(text, figure.end) is not None)


_ROADS = ("国道", "省道", "县道", "乡道")
_PHASE = re.compile("(?:临床|阶段|试验|研究|工程|项目|扩建|建设)")
_HAN = re.compile("[\u4e00-\u9fff]")
_HOTLINE = re.compile("1[0-2][0-9]{3}|9[56][0-9]{3}")  # 12345, 95588: what one dials in China
_COUNTED = re.compile("[\u4e00-\u9fff](?<![与和的等及或在是将已被从到])")
_COUNTING = frozenset("达为至有共到计是得增减")


def _year(surface: str) -> bool:
    return len(surface) == 4 and surface[:2] in {"18", "19", "20"}


def _is_clock(figure: Figure, text: str) -> bool:
    value = figure.high if figure.cmp == "range" else figure.value  # 两三点
    return (
        value is not None
        and 0 <= value <= 24
        and value == int(value)
        and not re.search("[涨跌升降挫弹扬]", text[max(0, figure.start - 4) : figure.start])
    )


# ----------------------------------------------------------------------------------------------------- Chinese numerals

_NUMBERED = ("号令", "号文", "号决定", "号公告", "号通知", "号条例", "号法", "号决议")
_HEADING = frozenset(["", "\n", "(", "（", ":", "："])
_ORDINAL_LIKE = frozenset({"级", "等", "线", "届", "期", "世", "次元", "号", "队", "声", "路", "角"})


@cache
def _idioms() -> Longest[bool]:
    return Longest(dict.fromkeys(lexicon.words("numeral_idioms.txt"), True))


def _is_idiom(text: str, start: int) -> bool:
    idioms = _idioms()
    for place in range(start, max(start - 4, -1), -1):
        if text[place] in idioms.heads and any(len(key) > start - place for key in idioms.at(text, place)):
            return True
    return False


def _han(figure: Figure, text: str) -> bool:
    n = figure.numeral
    if n.form != "part" and _is_idiom(text, n.start):  # 十分之一 is no 十分
        return False
    surface = text[n.start : n.end]
    if n.form == "han" and len(surface) > 1 and surface[0] in "零〇" and surface[1] not in "点零〇":  # 零一万物
        return False
    if n.form == "moiety":
        return True
    if figure.kind == "number" and text.startswith(_NUMBERED, figure.end):  # 四十六号令
        return False
    if len(surface) == 1 and surface in "壹贰叁参肆伍陆柒捌玖":
        return False
    if surface[0] == "一" and len(surface) == 1 and not figure.joined and figure.kind == "number":
        counts = figure.classifier or not _HAN.match(text, figure.end)  # 至少一开始
        return bool(figure.bound and figure.start < figure.core_start and counts)
    if n.form == "scale":  # 千万元, but not the heading 单位：百万元
        amount = figure.kind == "money" and len(surface) > 1 and not text.startswith(("级", "户"), figure.end)
        return figure.bound or (amount and text[n.start - 1 : n.start] not in _HEADING)
    if surface == "一" and figure.unit_text in ("点", "度"):
        return False
    if figure.unit == "point" and _is_clock(figure, text):
        return False
    if figure.kind != "number" or figure.joined:
        return n.form != "digits" or n.cmp == "range" or figure.unit == "%"
    if figure.classifier in _ORDINAL_LIKE:
        return figure.bound
    if figure.classifier or figure.bound or n.form in {"some", "part", "glyph"}:
        return n.form != "digits" or n.cmp == "range"
    large = len(surface) > 1 and surface[-1] in "万亿"
    return n.form == "han" and (large or (len(surface) > 2 and not set(surface).isdisjoint("十百千万亿点")))


# -------------------------------------------------------------------------------------------------------- English words

_NOT_ONE = frozenset(
    ["no", "any", "some", "every", "each", "this", "that", "the", "another", "which", "not", "a", "an", "as", "same"]
)
_ONE_MORE = re.compile(
    r" (?:of|another|after|in|at|on|for|with|to|from|as|and|or|but|has|had|will|under|day|by one|can|could|who|that"
    r"|which|is|was|more|thing|might|would|may|must|should|way|such)\b"
    r"|[-’'.,;:?!)]"
)
_HALF = re.compile(r" (?:of|the|a|an|its|their|his|her|our|as|that|these|those|all)\b")
# What makes "a fifth" a share: a fifth of it, a fifth the size, a fifth as big, a fifth more.
_SHARE = re.compile(
    r" (?:of\b|the (?:size|price|cost|odds|rate|number|amount|weight|length|speed|level|value|distance|volume|height"
    r"|width|area|population|power|energy|strength|money|staff)\b"
    r"|as (?:much|many|big|large|long|high|low|likely|fast|tall|wide|heavy|strong|expensive|common)\b"
    r"|(?:more|less|fewer|larger|smaller|higher|lower|cheaper|bigger|longer|shorter|faster|slower)\b)"
)
_OTHER_HALF = re.compile(r"(?:first|second|other|better|[-’'])\s?\Z")


_IN_NAME = re.compile("[a-z0-9],? \\Z")  # capitals within a sentence: Group of Seven, the Six Nations


def _en_words(figure: Figure, text: str) -> bool:
    n = figure.numeral
    surface = text[n.start : n.end].lower()
    if text[n.start - 1 : n.start] == "-":
        return False
    if figure.bound or figure.kind != "number" or figure.joined:
        return surface != "one" or figure.kind != "number" or figure.joined or figure.start < n.start
    word = _word_before(text, n.start).lower()
    if surface[0] != text[n.start] and _word_before(text, n.start)[:1].isupper() and word not in _function_words():
        return False
    if n.form == "words" and text[n.start].isupper() and _IN_NAME.search(text, max(0, n.start - 3), n.start):
        return False
    if surface == "one":
        return word not in _NOT_ONE and not _is_label(word) and not _ONE_MORE.match(text, n.end)
    if surface == "half":
        return _HALF.match(text, n.end) is not None and not _OTHER_HALF.search(text, max(0, n.start - 8), n.start)
    if n.form == "thirds" and surface.startswith(("a ", "an ")):
        return word == "by" or _SHARE.match(text, n.end) is not None or text[n.end : n.end + 1] in ".,;)"
    if n.form == "dozen" and " " not in surface and "-" not in surface:
        return False
    return not _is_label(word) and not text.startswith(("-", " o'clock", " o’clock"), n.end)
