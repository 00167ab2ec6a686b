"""Lines that belong to the site by their place on the page: what stands beside them, and whether they speak of what
the article speaks of. Small trees (``pipeline/data/site_trees.npz``, made by ``training/site_trees.py``) weigh it.
"""

import re
from collections.abc import Callable, Container, Sequence
from itertools import accumulate, islice
from math import log2
from typing import NamedTuple

import numpy as np

from pipeline.cleaning import lists, site, trees
from pipeline.cleaning.code import is_code
from pipeline.cleaning.fold import Array
from pipeline.cleaning.rules import LONGEST
from pipeline.cleaning.spam import advertises
from pipeline.cleaning.telling import heads_works, leads
from pipeline.cleaning.view import Line
from pipeline.cleaning.wording import (
    BIGRAM,
    SITE,
    TO_VISITORS,
    TOLD,
    gives_figures,
    is_prose,
    is_specification,
    may_be_the_sites,
)
from pipeline.text import HAN

FILE = "site_trees.npz"
_ODDS = 2.0  # log odds above which a line is the site's
_ODDS_AT_END, _ODDS_LAST = -1.8, 0.0  # of the last lines, above others of the site's; of the very last one
_ODDS_OF_TITLE = 2.5  # more for the first one
ODDS_LED = 2.0  # more for one that the article leads to
_OFFERS = 6.0  # how much a line that gives figures may advertise
_ODDS_OF_FIGURES = 1.5  # more for one that gives figures
_ODDS_BELOW = -2.0  # for a line without an end right below another one that is the site's
NAMES = (
    "like", "like_before", "like_behind", "like_near", "known_before", "known_behind", "unknown_above", "unknown_below",
    "prose_above", "prose_below", "is_prose", "end", "size", "han", "script", "furniture", "links", "kind",
    "terms", "shared", "title", "site_words", "visitors", "told", "digits", "signs", "address",
    "quote", "run_above", "run_below", "prose", "capitals", "stops", "size_before", "size_behind",
)  # fmt: skip
_FAR = -8.0  # likeness of what is too long to be a site's
_NONE = 12.0  # likeness beyond the edge of the page
_SHORT, _LONGEST = 70, 200  # characters of a sentence that is asked about; longer Chinese ones need a word of sites
_NEAR_TAIL, _NEAR_HEAD = 3, 2  # unknown lines from an edge among which sentences are asked about, too
_TERMS, _SHARED = 8, 3  # terms of a line that are looked for elsewhere; of lines that share more none is the site's
_LEAST = -4.0  # likeness below which no sentence is, nor a short line between sentences
_LINKED = 0.5  # of a line that may be a headline
_GOES_ON = "；;，,、"  # at the end of a line
_LEADING = 40  # characters of a line with a colon at its end that leads to anything, as to code
_QUOTING = re.compile(r"\b(?:reports|reported|writes|wrote|says|said|tweeted|posted):$")  # so does whose words they are
_MOST_WORKS = 20  # lines below their heading
_MOST = 40  # lines from either edge that are asked about
_END = {**dict.fromkeys("。！？!?.…", 1), **dict.fromkeys(":：", 2), **dict.fromkeys('”"’」』)）', 3)}
_KINDS = {"line": 0, "paragraph": 0, "heading": 1, "list": 2}
_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]{2,}")
_NAME = re.compile(r"(?<=[a-z,;] )[A-Z][A-Za-z'’-]{2,}")  # not at the start of a sentence
_CHINESE = re.compile(f"[^{HAN}]{{0,20}}[{HAN}]")
_OTHER_SCRIPT = re.compile("[\u0370-\u1fff\u3040-\u30ff\uac00-\ud7af]{2}")
_SIGNS = re.compile(r"[|｜丨/:：>»›<«@#＃·•●▶↑✓✕→]")
_ADDRESS = re.compile(r"https?://|www\.|\w@\w|\.(?:com|org|net|example|cn)\b|\d{3,4}[- ]\d{4}")
_STOP = re.compile(r"[。！？]|[.!?](?:\s|$)")


class View(NamedTuple):
    """A page, and what is known of it."""

    lines: Sequence[Line]
    texts: Sequence[str]  # the lines, folded
    known: Container[int]  # lines that are the site's or spam for certain
    title: str
    ended: bool = False  # lines of the site's have been cut behind the last one


class Found(NamedTuple):
    """The numbers of lines that are the site's; if there are none, of the last ones that may be if they are no spam."""

    lines: list[int]
    ending: Sequence[int] = ()


def find(views: Sequence[View]) -> list[Found]:
    """The lines that are the site's, beside those known, on each of some pages."""
    measured = [measure(view) for view in views]
    if not any(asked for asked, _ in measured):
        return [Found([]) for _ in views]
    odds = iter(trees.all_log_odds(FILE, np.concatenate([columns for _, columns in measured], axis=1)).tolist())
    found = []
    for view, (asked, _) in zip(views, measured, strict=True):
        each = {number: next(odds) for number in asked}
        lines = likely(view, each)
        found.append(Found(lines, () if lines else ending(view, each)))
    return found


def likely(view: View, odds: dict[int, float]) -> list[int]:
    """The lines whose odds are high enough; a short one right below another one of the site's needs less, the first
    one of a page without a title more; one item of a list does not go alone.

    :param odds: of the lines asked about, by their numbers
    """
    found: list[int] = []
    for number, one in odds.items():
        if one <= _ODDS_BELOW or belongs(view.lines, number):
            continue
        least = _ODDS
        if number == 0 and not view.title and not view.lines[0].furniture:  # it may be the title
            least += _ODDS_OF_TITLE
        elif found and found[-1] == number - 1 and not is_prose(view.lines[number].text):
            least = _ODDS_BELOW
        elif least < one <= least + _ODDS_OF_FIGURES and tells_figures(view.texts[number]):
            continue
        if one <= least or (one <= least + ODDS_LED and led_by(view.lines, number, view.known, found)):
            continue
        found.append(number)
    kept = set(found)
    for number in reversed(found):
        if _stands_with_others(view, number, found) or _heads_text(view, number, kept):
            kept.remove(number)
    return sorted(kept)


def ending(view: View, odds: dict[int, float]) -> list[int]:
    """The last lines, as far as they may be the site's: those above others of the site's need less; but not the first
    two of the article's sentences, nor a line of a list that stays.

    :param odds: of the lines asked about, by their numbers
    """
    found: list[int] = []
    for number in range(len(view.lines) - 1, 0, -1):
        text, least = view.texts[number], _ODDS_AT_END if found or view.ended else _ODDS_LAST
        if odds.get(number, _FAR) <= least or TOLD.search(text) or tells_figures(text) or belongs(view.lines, number):
            break
        if is_prose(view.lines[number].text) and _names_topic(view, number):
            break
        if leads(led_by(view.lines, number, view.known)):
            break
        found.append(number)
    if not found:
        return []
    first = next(islice((n for n, line in enumerate(view.lines) if is_prose(line.text)), 1, None), len(view.lines))
    return [number for number in found if number > first and not _stands_with_others(view, number, found)]


def _names_topic(view: View, number: int) -> bool:
    """Whether a sentence has a name that the title has, or two pairs of its Chinese characters."""
    text = view.lines[number].text
    names = {name for name in _NAME.findall(text) if not SITE.fullmatch(name)}
    return bool(names & {*_WORD.findall(view.title)}) or sum(pair in text for pair in {*BIGRAM.findall(view.title)}) > 1


def _stands_with_others(view: View, number: int, found: Container[int]) -> bool:
    """Whether most items of the list that a line is one of are the article's."""
    items = lists.items(view.lines, view.texts, number)
    return 2 * sum(item in found or item in view.known for item in items) <= len(items)


def _heads_text(view: View, number: int, found: Container[int]) -> bool:
    """Whether a line is marked up as a heading, or stands above a list, and what is below it is the article's."""
    below = number + 1
    if below >= len(view.lines) or below in found or below in view.known:
        return False
    kind, kind_below = view.lines[number].kind, view.lines[below].kind
    return kind == "heading" or (kind != "list" and kind_below == "list")


def led_by(lines: Sequence[Line], number: int, *found: Container[int]) -> str:
    """The line of the article's that ends in a colon, in a column below which a line stands; empty without one.

    :param found: the numbers of lines that are not the article's
    """
    while number and not is_prose(lines[number].text):
        number -= 1
        if any(number in those for those in found):
            return ""
        if lines[number].text[-1] in ":：":
            return lines[number].text
    return ""


def tells_figures(text: str) -> bool:
    """Whether a line gives figures, says nothing of the site and offers nothing."""
    return gives_figures(text) and not advertises(text, _OFFERS)


def belongs(lines: Sequence[Line], number: int) -> bool:
    """Whether a line is no site's: it leads to what stands below, is or heads works cited, is code, gives a measure, or
    is in a script never learned."""
    line, below = lines[number], lines[number + 1 : number + 2]
    led = below[0].text if below else ""
    is_lead = bool(led) and (
        (line.text[-1] in ":：" and (is_prose(led) or len(line.text) > _LEADING))
        or (led.startswith("http") and leads(line.text))
        or heads_works(line.text)
        or _QUOTING.search(line.text) is not None
    )
    shown = is_code(line.text) or is_specification(line.text) or _OTHER_SCRIPT.search(line.text) is not None
    return is_lead or shown or _is_cited(lines, number)


def _is_cited(lines: Sequence[Line], number: int) -> bool:
    """Whether a line without an end stands among works below their heading."""
    for above in range(number, max(-1, number - _MOST_WORKS), -1):
        if heads_works(lines[above].text):
            return above < number
        if is_prose(lines[above].text):
            return False
    return False


def measure(view: View, like: Callable[[str], float] = site.likeness) -> tuple[list[int], Array]:
    """The numbers of the lines that may be the site's, and what is known of each: a column a line."""
    prose = [is_prose(line.text) for line in view.lines]
    asked = _asked(view, prose, like)
    if not asked:
        return [], np.empty((len(NAMES), 0), np.float32)
    page = _Page(view, prose, like)
    rows = {number: row for number in asked if (row := page.features(number))}
    return list(rows), np.array(list(rows.values()), np.float32).reshape(-1, len(NAMES)).T


def _asked(view: View, prose: Sequence[bool], like: Callable[[str], float]) -> list[int]:
    """The numbers of lines without an end, and of sentences near an edge that speak a little as sites do."""
    lines, texts = view.lines, view.texts
    unknown = [number for number in range(len(lines)) if number not in view.known]
    beside = [True, *prose, True]  # what lies beyond the edges is as if it were prose
    near = {*unknown[:_NEAR_HEAD], *unknown[-_NEAR_TAIL:]}
    found = []
    for number in unknown:
        line = lines[number]
        size = len(line.text)
        if size > LONGEST or line.hidden or line.kind in ("table", "code") or line.text[-1] in _GOES_ON:
            continue
        if number + 1 < len(lines) and lines[number + 1].start == line.end:  # hidden matter stands within the line
            continue
        if prose[number]:
            if size > _LONGEST or not (line.furniture or number in near):
                continue
            if size > _SHORT and _CHINESE.match(line.text) and not (line.furniture or may_be_the_sites(texts[number])):
                continue
            alone = True
        else:
            alone = beside[number] and beside[number + 2] and not line.furniture and line.links < _LINKED
        if not alone or like(texts[number]) > _LEAST:
            found.append(number)
    return found if len(found) <= 2 * _MOST else found[:_MOST] + found[-_MOST:]


class _Page:
    """A page's lines, and what is counted over all of them."""

    def __init__(self, view: View, prose: Sequence[bool], likeness: Callable[[str], float]) -> None:
        lines, known = view.lines, view.known
        self.lines, self.texts, self.known, self.title, _ = view
        self.prose, self.likeness = prose, likeness
        self.lower = [line.text.lower() for line in lines]
        self.whole = "\n".join(self.lower)
        self.start = [0, *accumulate(len(text) + 1 for text in self.lower)]  # of each line in the whole
        self.size = [len(line.text.encode("utf-8", "replace")) for line in lines]  # a Han counts as three
        self.above, self.unknown = [0], [0]  # letters of prose, and unknown lines, above each line
        for number, (size, told) in enumerate(zip(self.size, prose, strict=True)):
            new = number not in known
            self.above.append(self.above[-1] + size * (told and new))
            self.unknown.append(self.unknown[-1] + new)
        self.han = sum(self.size) / max(1, len(self.whole)) / 2 - 0.5
        self.run = self._runs()

    def _runs(self) -> tuple[list[int], list[int]]:
        """How many lines without an end stand right above and below each line."""
        above, below = [0], [0]
        for prose in self.prose[:-1]:
            above.append(0 if prose else above[-1] + 1)
        for prose in self.prose[:0:-1]:
            below.append(0 if prose else below[-1] + 1)
        return above, below[::-1]

    def like(self, number: int) -> float:
        """Of a line beside."""
        if not 0 <= number < len(self.lines):
            return _NONE
        return _FAR if self.prose[number] else self.likeness(self.texts[number])

    def state(self, number: int) -> int:
        return 2 if not 0 <= number < len(self.lines) else number in self.known

    def features(self, number: int) -> list[float] | None:
        """None: it shares too much with the article."""
        line, text, size = self.lines[number], self.lines[number].text, self.size[number]
        like, last = self.like, len(self.lines) - 1
        han = (size - len(text)) / 2 / len(text)
        terms, found = self._shared(number)
        if found > _SHARED:
            return None
        letters = sum(map(str.isalpha, text)) or 1
        return [
            self.likeness(self.texts[number]),
            like(number - 1),
            like(number + 1),
            max([like(n) for n in range(number + 1, min(number + 4, last + 1))], default=_NONE),
            self.state(number - 1),
            self.state(number + 1),
            min(self.unknown[number], 12),
            min(self.unknown[-1] - self.unknown[number + 1], 12),
            log2(1 + self.above[number]),
            log2(1 + self.above[-1] - self.above[number + 1]),
            self.prose[number],
            _END.get(text[-1], 0),
            log2(1 + size),
            han,
            abs(han - self.han),
            line.furniture,
            line.links,
            _KINDS.get(line.kind, 3),
            terms,
            found,
            self._of_title(text),
            min(len({word.casefold() for word in SITE.findall(text)}), 6),
            TO_VISITORS.search(text) is not None,
            TOLD.search(text) is not None,
            sum(map(str.isdigit, text)) / len(text),
            min(len(_SIGNS.findall(text)), 8),
            _ADDRESS.search(text) is not None,
            text[0] in '“‘"「『',
            min(self.run[0][number], 8),
            min(self.run[1][number], 8),
            log2(1 + self.above[-1]),
            sum(map(str.isupper, text)) / letters,
            len(_STOP.findall(text)),
            log2(1 + self.size[number - 1]) if number else 0,
            log2(1 + self.size[number + 1]) if number < last else 0,
        ]

    def _shared(self, number: int) -> tuple[int, int]:
        """How many words or pairs of Han characters were looked for elsewhere on the page, and how many stand there."""
        text = self.lower[number]
        words = sorted({word for word in _WORD.findall(text) if len(word) > 3}, key=lambda word: (-len(word), word))
        pairs = BIGRAM.findall(text)
        terms = {*words[:_TERMS], *pairs[:: 1 + len(pairs) // _TERMS]}
        return len(terms), sum(self._elsewhere(term, self.start[number], self.start[number + 1]) for term in terms)

    def _elsewhere(self, term: str, start: int, end: int) -> bool:
        at = self.whole.find(term)
        return at < start or at >= end or self.whole.find(term, end) >= 0

    def _of_title(self, text: str) -> float:
        """The share of the title's words, or pairs of characters, that the line has."""
        if not self.title:
            return -1.0
        terms = {*_WORD.findall(self.title), *BIGRAM.findall(self.title)}
        return sum(term in text for term in terms) / len(terms) if terms else -1.0
