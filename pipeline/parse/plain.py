"""Parse plain text: a page's lines with its headline found among them, or a body taken as it is."""

import html
import re
from itertools import pairwise, takewhile
from typing import NamedTuple

from pipeline import lexicon
from pipeline.parse.build import Body
from pipeline.parse.titles import folded, size, without_site
from pipeline.records import Block, OffsetMap, Run

_EDGE = " \t\r\n\f\x0b\xa0\xad\u3000\ufeff"
_BLANKS_BEFORE = re.compile(rf"(?:[{_EDGE}]|&nbsp;)*+")
_BLANKS_BEHIND = re.compile(rf"(?:[{_EDGE}]|;psbn&)*+")  # backwards
_SENTENCE = re.compile(r"[。！？!?][”’」』）)\"]?|\.(?:[\s”\"]|$)")
_CRUMBS = re.compile(r"\s[>›»→/|]\s|[>›»]|首页|^home\b", re.I)
_DATED = re.compile(
    r"(?:19|20)\d\d\s?[-/.年]\s?\d{1,2}|\d{1,2}:\d\d|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?\s\d{1,2},?\s(?:19|20)\d\d"
)
_META = re.compile(
    r"^[\s\[【（(]*(?:来源|來源|作者|记者|編輯|编辑|责编|责任编辑|时间|日期|发布|發布|更新|字号|字體|浏览|阅读|点击|分享|关键词|标签|摘要|导读|"
    r"上一篇|下一篇|当前位置|您的位置|你的位置|by|posted|published|updated|source|author|tags?|share|print|email|comments?|photo|image|credit)"
    r"(?:\s?[:：/|]|\s|$)",
    re.I,
)
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
_STATES_DAY = re.compile(
    r"(?:发布|發布|發佈|发表|發表|刊发|刊登|更新|上传)(?:日期|时间|時間|于|於)\s?[:：]|(?:posted|published)\b", re.I
)
_FOOTER = re.compile(r"©|copyright|版权|all rights reserved|ICP备|公网安备|备案", re.I)


class Line(NamedTuple):
    """A line of the source without its surrounding blanks."""

    start: int
    end: int
    text: str


class Page(NamedTuple):
    """A parsed plain-text page: its body, the headline lifted out of it, and the lines where its day may stand."""

    body: Body
    title: str
    near: tuple[str, ...] = ()


def _source_lines(source: str, start: int) -> list[Line]:
    found = []
    at = start
    for written in source[start:].splitlines(keepends=True):
        low = _BLANKS_BEFORE.match(written).end()  # type: ignore[union-attr]
        high = len(written) - _BLANKS_BEHIND.match(written[::-1]).end()  # type: ignore[union-attr]
        if low < high:
            found.append(Line(at + low, at + high, written[low:high]))
        at += len(written)
    return found


def parse_body(source: str, start: int = 0) -> Body:
    """Body text as it stands, with its lines as blocks: nothing is changed or lifted."""
    blocks = tuple(Block(line.start - start, line.end - start, "line") for line in _source_lines(source, start))
    text = source[start:]
    return Body(text, OffsetMap.identity(len(text), start), blocks, (), ())


def parse_lines(source: str, start: int = 0, lift_title: bool = True) -> Page:
    """The lines of a page, blank ones left out; the headline is lifted into ``title``, matter around it is aside."""
    found = _source_lines(source, start)
    headline = title_line(found) if lift_title else None
    asides = set() if headline is None else around(found, headline)
    blocks: list[Block] = []
    runs: list[Run] = []
    pieces: list[str] = []
    at = 0
    for n, line in enumerate(found):
        if n == headline:
            continue
        begin = at
        for written, low in _resolved(line):
            text = html.unescape(written).replace("\xa0", " ") if written[0] == "&" else written
            if written[0] == "\xad":  # soft hyphens are no part of a word
                continue
            runs.append(Run(at, len(text), low, len(written)))
            pieces.append(text)
            at += len(text)
        pieces.append("\n")
        blocks.append(Block(begin, at, "line", aside=n in asides))
        at += 1
    body = Body("".join(pieces[:-1]), OffsetMap(runs), tuple(blocks), (), ())
    return Page(body, "", ()) if headline is None else Page(body, _title(found[headline].text), _near(found, headline))


def _title(text: str) -> str:
    label = _LABELLED.match(text)
    return without_site(html.unescape(text[label.end() if label else 0 :]).strip(_EDGE))


def _near(found: list[Line], headline: int) -> tuple[str, ...]:
    """The lines under the headline and its repeats, those right above, and those that say what day they state."""
    texts = [line.text for line in found]
    title = folded(_title(texts[headline]))
    places = [headline, *(n for n, text in enumerate(texts[: _head_lines(found)]) if title and title in folded(text))]
    under = [text for n in places[:5] for text in takewhile(_is_short, texts[n + 1 : n + 6])]
    above = [text for n in places[:5] for text in texts[max(n - 2, 0) : n]]
    return *under, *above, *(text for text in texts if len(text) <= 100 and _STATES_DAY.match(text))


# What pages that were copied without their markup leave of it.
_ENTITY = re.compile("&(?:nbsp|amp|quot|lt|gt|apos|[lr][sd]quo|[mn]dash|hellip|middot|bull|copy|#[0-9]{1,6});|\xad+")


def _resolved(line: Line) -> list[tuple[str, int]]:
    """The line in pieces, each with its place: words as they stand, and entities."""
    pieces, at = [], 0
    for match in _ENTITY.finditer(line.text):
        pieces += [(line.text[at : match.start()], line.start + at), (match[0], line.start + match.start())]
        at = match.end()
    pieces.append((line.text[at:], line.start + at))
    return [piece for piece in pieces if piece[0]]


def _is_prose(text: str) -> bool:
    """Whole sentences: a full stop, or more than the one mark that a headline may have."""
    words, marks = size(text), [match[0][0] for match in _SENTENCE.finditer(text)]
    whole = "。" in marks or "." in marks or len(marks) > (1 if words < 45 else 0)
    return words >= 16 and whole and not _FOOTER.search(text)


def title_line(found: list[Line]) -> int | None:
    """Which line is the headline: the best before the first paragraphs of prose; None where there is none."""
    limit = _head_lines(found)
    if len(found) == 1 and not _LABELLED.match(found[0].text):  # all there is
        return None
    if (named := next((n for n, line in enumerate(found[:40]) if _LABELLED.match(line.text)), None)) is not None:
        return named
    body = next((n for n, line in enumerate(found[:limit]) if _is_prose(line.text)), None)
    if body is None:
        body = min(len(found), 3)
    prose = " ".join(line.text for line in found[body : body + 12])[:4000]
    scored = [(_score(n, found, body, prose), -n) for n in range(min(body, limit))]
    if not scored:
        return None
    best, n = max(scored)
    return -n if best > 0 else None


def around(found: list[Line], headline: int) -> set[int]:
    """Lines that are not the article: navigation above its headline, which saved pages repeat; lines of time, place and
    people right under it.
    """
    texts = [line.text for line in found[: _head_lines(found)]]
    end = next((n for n, text in enumerate(texts) if n > headline and _is_prose(text)), headline + 1)
    title = folded(_title(texts[headline]))
    repeats = [n for n in range(end) if n == headline or (title and title in folded(html.unescape(texts[n])))]
    start = repeats[-1]
    named = len(repeats) > 1 and (
        start < 5 or len(folded(texts[0])) > len(title) > 0 == repeats[0]
    )  # "headline - site"
    saved = named or sum(map(_is_menu, texts[:end])) >= 3
    above = {n for n in range(start) if saved and size(texts[n]) <= 20 and not _is_prose(texts[n])}
    if _LABELLED.match(texts[headline]):
        return {n for n in range(end) if _RECORD.match(texts[n]) and size(texts[n]) <= 14} - {headline}
    under = takewhile(lambda n: _is_matter(texts[n]) or (saved and _is_scrap(texts[n])), range(start + 1, end))
    return above.union(repeats, under) - {headline}


def _head_lines(found: list[Line]) -> int:
    """Among how many lines headline and first sentences are looked for: long menus are only met on saved pages."""
    return 400 if sum(_is_menu(line.text) for line in found[:120]) >= 5 else 120


def _is_matter(text: str) -> bool:
    return _is_menu(text) or _says_when_or_who(text)


def _is_scrap(text: str) -> bool:
    return size(text) < 4 and not _SENTENCE.search(text)


def _is_short(text: str) -> bool:
    return not _is_prose(text) and not text.endswith("。")


def _is_menu(text: str) -> bool:
    return text.casefold().strip(" :：[]【】|") in lexicon.words("nav_words.txt") or bool(_PATH.match(text))


def _says_when_or_who(text: str) -> bool:
    return size(text) <= 14 and not text.endswith("。") and bool(_META.match(text) or _DATE_LINE.match(text))


def _is_byline(text: str) -> bool:
    """Names of persons and what they are, and nothing else: 王小五　本报特约通讯员　李小六."""
    words = re.split(r"[\s、,，/／|｜]+", text)
    return any(map(_PERSON_WORDS.search, words)) and all(
        _HAN_WORD.fullmatch(word) or (len(word) <= 9 and _PERSON_WORDS.search(word)) for word in words
    )


def _score(n: int, found: list[Line], body: int, prose: str) -> float:
    text = found[n].text
    words = size(text)
    if words < 2 or words > 45 or len(text) > 250 or text.endswith(("。", "，", ",", ";", "；", ":", "：")):
        return 0.0
    if _META.match(text) or _FOOTER.search(text) or _is_byline(text) or _is_wrapped(n, found):
        return 0.0
    score = min(words, 9) / 9 + 1.5 * _overlap(text, prose)
    if any(
        other.text == text or (words >= 4 and text in other.text) for m, other in enumerate(found[: body + 2]) if m != n
    ):
        score += 0.8
    if n == 0:
        score += 0.5
    elif len(without_site(text)) < len(text):  # a saved page's name: the headline and the site
        score += 0.4
    if words >= 8 and text.endswith("."):  # what stands under a headline is a sentence, it is none
        score -= 1.2
    score += 0.6 * (n + 1) / max(body, 1)
    if _CRUMBS.search(text):
        score -= 0.9
    if _DATED.search(text):
        score -= 0.7
    return score - (0.6 if words < 3.5 else 0.0)


def _is_wrapped(n: int, found: list[Line]) -> bool:
    """A line of a paragraph wrapped at a width, which goes on or is gone on with in small letters; or an address."""
    text = found[n].text
    if (n > 0 and text[0].islower()) or text.startswith(("http://", "https://")):
        return True
    if n + 1 == len(found) or len(text) < 35:
        return False
    after = found[n + 1]
    return after.start - found[n].end <= 2 and after.text[0].islower() and 2 * len(after.text) >= len(text)


def _overlap(text: str, prose: str) -> float:
    """Share of the line's words (of Chinese: pairs of characters) that the prose has too."""
    parts = [word for word in _WORD.findall(text.lower()) if len(word) > 2]
    chinese = re.findall("[\u4e00-\u9fff]", text)
    parts += ["".join(pair) for pair in pairwise(chinese)]
    folded = prose.lower()
    return sum(part in folded for part in parts) / len(parts) if parts else 0.0
