"""Where the article stands on a plain page: its headline, what is above and under it, lines of time and people."""

import html
import re
from collections.abc import Mapping, Sequence
from itertools import accumulate, pairwise, takewhile
from typing import NamedTuple

from pipeline import lexicon
from pipeline.parse import byline_forms as forms
from pipeline.parse import labelled as labels
from pipeline.parse.names import is_outlet
from pipeline.parse.titles import folded, size, without_site
from pipeline.parse.wrapped import EDGE, Line, columns
from pipeline.text import MONTH

_BY = re.compile(r"by:? (?:[A-Z]\w*\s?){1,3}$")  # and an agency
_CENTRED = 2  # columns before the longer of two lines
_BROKEN = 2  # lines below its first that a headline may go on over
_NEAR = 15  # lines above a text where its headline stands
_NO_WORDS, _OWN_WORDS = 0.2, 0.4  # share of a line's words that the text has, where it is no headline, where it is
_NAME, _LONG_NAME = 4.0, 8.0  # words of what may be a site's name; of what is called as sites are
_LIKELY, _CLOSE, _OWN_DECK = 2.0, 0.7, 0.3  # score and words of a line above another one that says more of the text
_SURE = 1.5  # score of a line that is taken for the headline though nothing else says so
_GAP = 8  # lines without prose within the article, at most
_SHARE = 0.4  # of the words of the longest stretch of prose that the article's has at least
_MENU = 6  # short lines that make a menu
_SENTENCE = re.compile(r"[。！？!?][”’」』）)\"]?|\.(?:[\s”\"]|$)")
_CRUMBS = re.compile(r"\s[>›»→/|]\s|[>›»]|首页|^home\b", re.I)
_MONTH = rf"{MONTH}\.?"
_DATED = re.compile(
    r"(?:19|20)\d\d\s?[-/.年]\s?\d{1,2}|\d{1,2}:\d\d"
    rf"|{_MONTH}\s\d{{1,2}},?\s(?:19|20)\d\d|\d{{1,2}}\s{_MONTH},?\s(?:19|20)\d\d"
)
_META = re.compile(
    r"^[\s\[【（(]*(?:来源|來源|作者|记者|編輯|编辑|责编|责任编辑|时间|日期|发布|發布|更新|字号|字體|浏览|阅读|点击|分享|关键词|标签|摘要|导读|"
    r"上一篇|下一篇|当前位置|您的位置|你的位置|by|posted|published|updated|source|author|tags?|share|print|email|comments?|photo|image|credit)"
    r"(?:\s?[:：/|]|\s|$)",
    re.I,
)
_TWO = re.compile(r"[a-z]\. [A-Z]")  # sentences
_ITEM = re.compile(r"[-*•●·◦▪+]\s")
_TIMED = re.compile(r"(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?\s\d{1,2}:\d\d(?::\d\d)?$")
_DATE_LINE = re.compile(rf"\W{{0,4}}(?:{_DATED.pattern})")
_PATH = re.compile(r"(?:首页|主页|网站首页|home|当前位置|您的位置)[^\n]{0,30}?(?:[>›»→/|]|$)", re.I)
_WORD = re.compile(r"[A-Za-z0-9'’]+")
_LABELLED = re.compile(  # 【标 题】…, as databases print their records; Title: …
    r"\s{0,9}(?:[【\[]\s{0,9}(?:[标標]\s{0,9}题|[标標]\s{0,9}題|题\s{0,9}目|題\s{0,9}目|title|headline)\s{0,9}[】\]]\s{0,9}[:：]?"
    r"|(?:[标標]\s{0,9}[题題]|[题題]\s{0,9}目|title|headline)\s{0,9}[:：])\s{0,9}(?=\S)",
    re.I,
)
_RECORD = re.compile(r"【[^【】]{1,12}】")  # another label of such a record
_PERSON_WORDS = re.compile(r"(?:记者|記者|通讯员|通訊員|撰稿人|撰稿|编辑|編輯)$")
_HAN_WORD = re.compile("[\u4e00-\u9fff·]{2,4}|[\u4e00-\u9fff]")
_DATELINE = re.compile(
    rf"[A-Z][^.!?]{{2,40}}?{_MONTH}\s\d{{1,2}},?\s(?:19|20)\d\d(?=\s?(?:[-–—(/]|\.\s--))"
)  # DERBY, May 4, 2021 --
_STATES_DAY = re.compile(
    r"(?:发布|發布|發佈|发表|發表|刊发|刊登|更新|上传)(?:日期|时间|時間|于|於)\s?[:：]|(?:posted|published)\b", re.I
)
_FOOTER = re.compile(r"©|copyright|版权|all rights reserved|ICP备|公网安备|备案", re.I)


class Zones(NamedTuple):
    """Where the article stands among lines."""

    headline: int | None
    title: str
    asides: set[int]  # lines that are not the article's
    near: tuple[str, ...]  # lines where the day of publication may stand
    told: Mapping[str, str]  # by labels, by keys of front matter


def read(found: Sequence[Line], lift_title: bool = True) -> Zones:
    """Find the headline and what stands around it.

    :param lift_title: whether there is a headline to be found
    """
    body = _body(found)
    labelled = labels.read(found, body)
    lines = labelled.lines if labelled else set[int]()
    told = labelled.told if labelled else {}
    headline = None
    if lift_title:
        headline = labelled.headline if labelled and labelled.headline is not None else _title_line(found, body, lines)
    if headline is None:
        return Zones(None, "", lines, (), told)
    title = told.get("title") or _title(found[headline].text)
    around = _around(found, headline, body, title, lines)
    last = headline
    while last + 1 < body and last < headline + _BROKEN and _goes_on(found[last], found[last + 1]):
        last += 1
        title = f"{title} {found[last].text}"
        around |= {last} | _around(found, last, body, title, lines)
    return Zones(headline, title, (lines | around) - {headline}, _near(found, headline), told)


def above(lines: Sequence[str], main: Sequence[bool]) -> list[str]:
    """Of a saved page, the short lines about where the article begins.

    :param main: which lines are the article's
    """
    first = _first(lines, main)
    return [text for text in lines[max(first - _NEAR, 0) : first + 3] if size(text) <= 45 and not is_prose(text)]


def likelier(title: str, lines: Sequence[str], main: Sequence[bool]) -> str:
    """Of a saved page, the headline above its text, where ``title`` shares no words with that and is no line of the
    page, unless a short one, as names are, or where it is an outlet's name; else ``title``.

    :param main: which lines are the article's
    """
    first = _first(lines, main)
    prose = " ".join(line for line, is_main in zip(lines[first:], main[first:], strict=True) if is_main)[:4000]
    is_name = size(title) <= _LONG_NAME and is_outlet(title)
    if not is_name and (_overlap(title, prose, least=4) >= _NO_WORDS or _is_shown(title, lines)):
        return title
    low = max(first - _NEAR, 0)
    starts = accumulate((len(line) + 3 for line in lines[low : first + 1]), initial=0)
    found = [Line(at, at + len(line), line) for at, line in zip(starts, lines[low : first + 1], strict=False)]
    fit = [n for n, line in enumerate(found[:-1]) if _overlap(line.text, prose) >= _OWN_WORDS]
    best, n = max(((_score(n, found, len(found) - 1, prose), -n) for n in fit), default=(0.0, 0))
    return without_site(found[-n].text) if best >= _SURE else title


def _is_shown(title: str, lines: Sequence[str]) -> bool:
    return size(title) > _NAME and folded(title) in map(folded, lines)


def _first(lines: Sequence[str], main: Sequence[bool]) -> int:
    return next((n for n, is_main in enumerate(main) if is_main and is_prose(lines[n])), 0)


def _goes_on(line: Line, after: Line) -> bool:
    """Whether the line below a headline is the rest of it, as printed columns break headlines, and centre them."""
    if after.apart or _is_by(after.text):
        return False
    centred = _CENTRED <= line.indent < after.indent and abs(_middle(line) - _middle(after)) <= 1
    least = 2 if size(line.text) > 2 or line.apart else 1  # the last word of several short lines
    short = size(line.text) <= 10 and least <= size(after.text) <= 10
    return centred or (short and after.text[0].islower())


def _is_by(text: str) -> bool:
    return bool(forms.BY.match(text) or _BY.match(text))


def _middle(line: Line) -> float:
    return line.indent + columns(line.text) / 2


def _title(text: str) -> str:
    label = _LABELLED.match(text)
    return without_site(html.unescape(text[label.end() if label else 0 :]).replace("\xad", "").strip(EDGE))


def _near(found: Sequence[Line], headline: int) -> tuple[str, ...]:
    """The lines under the headline and its repeats, those right above, and those that say what day they state."""
    texts = [line.text for line in found]
    title = folded(_title(texts[headline]))
    places = [headline, *(n for n, text in enumerate(texts[: _head_lines(found)]) if title and title in folded(text))]
    under = [text for n in places[:5] for text in texts[n + 1 : n + 6] if _is_short(text)]
    above = [text for n in places[:5] for text in texts[max(n - 2, 0) : n]]
    opening = (match[0] for text in texts[headline + 1 : headline + 30] if (match := _DATELINE.match(text)))
    return *under, *above, *opening, *(text for text in texts if len(text) <= 100 and _STATES_DAY.match(text))


def is_prose(text: str) -> bool:
    """Whole sentences: a full stop, or more than the one mark that a headline may have."""
    words, marks = size(text), [match[0][0] for match in _SENTENCE.finditer(text)]
    whole = "。" in marks or "." in marks or len(marks) > (1 if words < 45 else 0)
    return words >= 16 and whole and not _FOOTER.search(text)


def extent(lines: Sequence[str]) -> tuple[int, int]:
    """The numbers of the first line of the article's sentences and of the one behind the last; of all lines without
    sentences.
    """
    first, last = _prose(lines, len(lines)) or (0, len(lines) - 1)
    return first, last + 1


def _body(found: Sequence[Line]) -> int:
    """Where the article's sentences begin."""
    stretch = _prose([line.text for line in found], _head_lines(found))
    return stretch[0] if stretch else min(len(found), 3)


def _prose(lines: Sequence[str], limit: int) -> tuple[int, int] | None:
    """The first and last line of the first stretch of prose that is not much shorter than the longest: a forecast or
    teaser in a menu is passed over.

    :param limit: among how many lines it begins, if any does
    """
    stretches: list[tuple[int, int, float]] = []  # where each begins and ends, and how many words it has
    for n, line in enumerate(lines):
        if is_prose(line):
            if stretches and n - stretches[-1][1] <= _GAP:
                first, _, words = stretches.pop()
                stretches.append((first, n, words + size(line)))
            elif n < limit or not stretches:
                stretches.append((n, n, size(line)))
    most = max((words for _, _, words in stretches), default=0)
    return next(((first, last) for first, last, words in stretches if words >= _SHARE * most), None)


def _title_line(found: Sequence[Line], body: int, told: set[int]) -> int | None:
    """Which line is the headline: the best above the article's sentences; None where there is none.

    :param told: lines that labels make known
    """
    limit = _head_lines(found)
    if len(found) == 1 and not _LABELLED.match(found[0].text):  # all there is
        return None
    if (named := next((n for n, line in enumerate(found[:40]) if _LABELLED.match(line.text)), None)) is not None:
        return named
    prose = " ".join(line.text for line in found[body : body + 12])[:4000]
    scores = {n: _score(n, found, body, prose) for n in range(min(body, limit)) if n not in told}
    best = max(scores, key=lambda n: (scores[n], -n), default=0)
    if scores.get(best, 0.0) <= 0:
        return None
    above, close = best - 1, max(_LIKELY, scores[best] - _CLOSE)
    if scores.get(above, 0.0) < close or found[best].apart or _is_repeated(best, found, body):
        return best
    return above if _overlap(found[above].text, prose) >= _OWN_DECK else best  # a deck explains what stands above it


def _around(found: Sequence[Line], headline: int, body: int, title: str, told: set[int]) -> set[int]:
    """Lines that are not the article: navigation above its headline, which saved pages repeat; lines of time, place and
    people right under it.

    :param told: lines that labels make known
    """
    texts = [line.text for line in found[: max(_head_lines(found), body + 1)]]
    end = body if headline < body < len(texts) else headline + 1
    title = folded(title)
    repeats = [n for n in range(end) if n == headline or (title and title in folded(html.unescape(texts[n])))]
    start = repeats[-1]
    named = len(repeats) > 1 and (
        start < 5 or len(folded(texts[0])) > len(title) > 0 == repeats[0]
    )  # "headline - site"
    if _LABELLED.match(texts[headline]):
        top = min(told, default=0)
        menu = range(top) if _is_menu_above(texts[:top]) else ()
        record = {n for n in range(end) if _RECORD.match(texts[n]) and size(texts[n]) <= 14}
        return record.union((n for n in menu if size(texts[n]) <= 20), _in_pieces(texts[:end], title)) - {headline}
    menu_above = _is_menu_above(texts[:start])
    saved = named or menu_above or sum(map(_is_menu, texts[:end])) >= 3
    above = {n for n in range(start) if saved and (menu_above or size(texts[n]) <= 20)}
    under = takewhile(lambda n: _is_matter(texts[n]) or (saved and _is_scrap(texts[n])), range(start + 1, end))
    return above.union(repeats, under) - {headline}


def _is_menu_above(texts: Sequence[str]) -> bool:
    return sum(map(_is_label, texts)) >= _MENU


def _in_pieces(texts: Sequence[str], title: str) -> set[int]:
    """Two or three lines one below the other that the title was broken into."""
    for many in (2, 3):
        for n in range(len(texts) - many + 1):
            if title and folded("".join(texts[n : n + many])) == title:
                return set(range(n, n + many))
    return set()


def _head_lines(found: Sequence[Line]) -> int:
    """Among how many lines headline and first sentences are looked for: long menus are only met on saved pages."""
    return 400 if sum(_is_menu(line.text) for line in found[:120]) >= 5 else 120


def _is_label(text: str) -> bool:
    """A few words without an end: of a menu, or a heading."""
    return size(text) <= 5 and not _SENTENCE.search(text)


def _is_matter(text: str) -> bool:
    return _is_menu(text) or _says_when_or_who(text)


def _is_scrap(text: str) -> bool:
    return size(text) < 4 and not _SENTENCE.search(text)


def _is_short(text: str) -> bool:
    return not is_prose(text) and not text.endswith("。")


def _is_menu(text: str) -> bool:
    return text.casefold().strip(" :：[]【】|") in lexicon.words("nav_words.txt") or bool(_PATH.match(text))


def _says_when_or_who(text: str) -> bool:
    says = _META.match(text) or _DATE_LINE.match(text) or _TIMED.search(text)
    return size(text) <= 14 and not text.endswith("。") and bool(says)


def _is_byline(text: str) -> bool:
    """Names of persons and what they are, and nothing else: 王小五　本报特约通讯员　李小六."""
    words = re.split(r"[\s、,，/／|｜]+", text)
    return any(map(_PERSON_WORDS.search, words)) and all(
        _HAN_WORD.fullmatch(word) or (len(word) <= 9 and _PERSON_WORDS.search(word)) for word in words
    )


def _score(n: int, found: Sequence[Line], body: int, prose: str) -> float:
    text = found[n].text
    words = size(text)
    if words < 2 or words > 45 or len(text) > 250 or text.endswith(("。", "，", ",", ";", "；", ":", "：")):
        return 0.0
    if _META.match(text) or _ITEM.match(text) or _FOOTER.search(text) or _is_byline(text) or _is_wrapped(n, found):
        return 0.0
    overlap = _overlap(text, prose)
    score = min(words, 9) / 9 + 1.5 * overlap
    repeated = _is_repeated(n, found, body)
    if repeated:
        score += 0.8 if overlap >= 0.25 or body <= _MENU else 0.3
    if n == 0 and (repeated or body <= 2 * _MENU):
        score += 0.5
    elif len(without_site(text)) < len(text):  # a saved page's name: the headline and the site
        score += 0.4
    if words >= 5 and (text.endswith(".") or _TWO.search(text)):  # a sentence stands under a headline, it is none
        score -= 1.2 if words >= 8 else 0.6
    score += 0.6 * (n + 1) / max(body, 1)
    if any(_says_when_or_who(line.text) or forms.BY.match(line.text) for line in found[n + 1 : min(n + 4, body)]):
        score += 0.5
    if _CRUMBS.search(text):
        score -= 0.9
    if _DATED.search(text):
        score -= 0.7
    return score - (0.6 if words < 3.5 else 0.0)


def _is_repeated(n: int, found: Sequence[Line], body: int) -> bool:
    """Whether another line above the text is the same, or holds a long one."""
    text, long = found[n].text, size(found[n].text) >= 4
    others = (line.text for m, line in enumerate(found[: body + 2]) if m != n)
    return any(other == text or (long and text in other) for other in others)


def _is_wrapped(n: int, found: Sequence[Line]) -> bool:
    """A line of a paragraph wrapped at a width, which goes on or is gone on with in small letters; or an address."""
    text = found[n].text
    if (n > 0 and text[0].islower()) or text.startswith(("http://", "https://")):
        return True
    if n + 1 == len(found) or len(text) < 35:
        return False
    after = found[n + 1]
    return not after.apart and not _is_by(after.text) and after.text[0].islower() and 2 * len(after.text) >= len(text)


def _overlap(text: str, prose: str, least: int = 3) -> float:
    """Share of the line's words (of Chinese: pairs of characters) that the prose has too.

    :param least: letters of a word that counts
    """
    parts = [word for word in _WORD.findall(text.lower()) if len(word) >= least]
    chinese = re.findall("[\u4e00-\u9fff]", text)
    parts += ["".join(pair) for pair in pairwise(chinese)]
    folded = prose.lower()
    return sum(part in folded for part in parts) / len(parts) if parts else 0.0
