"""What an article tells of and does not say itself: words in quotation marks, what somebody said, code, works cited."""

import re

from pipeline.cleaning.code import in_code
from pipeline.cleaning.wording import is_specification
from pipeline.text import count_han

_OPENING, _CLOSING = re.compile('[“‘「『«"]'), re.compile('[”’」』»"]')
_CURLY = re.compile("[“”‘’「」『』\n]")
_QUOTATION, _SHORT_QUOTATION = 200, 30  # how far a mark may be if the other stands at the edge, and if none does
_SAID = re.compile(
    r", (?:[\w.'’-]{1,20} ){1,5}(?:said|says|added|wrote|told [\w ]{2,20})(?: on \w{3,10})?\.\s*$"
    r"|(?:说|称|表示|介绍|指出|透露|回应)。\s*$"
)
_LED_IN = re.compile(r"[^\"“”「」\n]{6,120}[:：] ?[\"“「][^\n]{10,}[\"”」]")  # who says it, or where it is said: "it"
_SIGN = re.compile(r"[ \t]{0,9}([-•●·*◆■▪–])[ \t]?(?=\S)")  # of an item
_NEAR = 2000  # characters in which the other items of a list are looked for
# None reaches beyond another mark that opens, so that marks without an end take no time; one within a word is none.
_ENCLOSED = re.compile(
    '“[^“”\n]+”|「[^「」\n]+」|«[^«»\n]+»|(?<!\\w)"[^"\n]+"'
    "|(?<!\\w)'(?=\\w)(?:[^'\n]++|(?<=\\w)'(?=\\w))++(?<=[\\w.,!?%])'(?!\\w)"
)
_PHRASES = re.compile('(?:"[^"\\n]{2,60}"[ ,;]{0,3}){3,60}')  # on one line in marks, and nothing told between them
_MOSTLY = 0.5  # share in quotation marks of what is told
_LEAD_HAN, _LEAD_BLANKS = 9, 4  # of a line that leads to a list
# A work as it is cited: numbered and with an address or a year, or in a form of journals.
_CITED = re.compile(
    r"\s*(?:\[\d{1,3}\]\s*\S.{0,400}(?:https?://|\b(?:19|20)\d\d\b)|(?:\[\d{1,3}\]|\d{1,2})\s*https?://"
    r"|\d{1,2}[.)]\s?[A-Z][\w'’-]+,? ?[A-Z].{0,300}\b(?:19|20)\d\d\b)"
    r"|.{0,300}(?:\bet al\.|\bdoi(?:\.org|:)|\barXiv\b|\[(?:EB/OL|J|M|C|D|N|R|Z)\]|\b(?:19|20)\d\d[;,]\s?\d+[:(]"
    r"|[A-Z]\.,? ?(?:&.{0,60})?\((?:19|20)\d\d[a-z]?(?:, \w+ \d+)?\)\s?\.|\d,\s?\d+[–-]\d+\s?\((?:19|20)\d\d\)"
    r"|\b(?:Journal|Proceedings|Annals) of |论文(?:地址|链接)[:：])"
)
_WORKS = re.compile(  # what stands above works that are cited
    r"(?:[\d一二三四五六七八九十]{1,2}[.、]\s?)?[【\[]?(?:主要)?(?:参考|參考|引用)"
    r"(?:(?:文献|文獻|资料|資料|文档|文檔|书目|書目|来源|來源|链接|連結|文章)(?:[及与和](?:来源|注释|资料))?)?[】\]]?[:：]?"
    r"|(?:references?|references and (?:notes|links)|sources and references|bibliography|(?:works|literature) cited"
    r"|footnotes|endnotes):?",
    re.IGNORECASE,
)
# Nothing but an address in full, or no letter at all: a source, a year, the rest of a number.
_BARE = re.compile(r"\W*+(?:https?://[\w.:/?#\[\]@!$&'()*+,;=%~-]++\W*+)++|[\W\d_]++")


def is_told(text: str, start: int, end: int) -> bool:
    """Whether the article tells of ``text[start:end]``, shows it as code or specification, or cites it as a work."""
    words = text[start:end].strip()
    if _PHRASES.fullmatch(words):
        return False
    if _BARE.fullmatch(words):
        return True
    if in_code(text, start, end) or _LED_IN.fullmatch(words) or is_specification(words) or _listed(text, start):
        return True
    if _among_items(text, start, end):
        return True
    if sum(map(len, _ENCLOSED.findall(text, start, end + 2))) > _MOSTLY * len(words):
        return True
    if _cites(text, start) and count_han(words) * 4 < end - start:
        return True
    return _quoted(text, start, end) or bool(_SAID.search(text, max(start, end - 60), end))


def _listed(text: str, start: int) -> bool:
    """Whether the stretch begins a line, and the one above leads to it in so many words, or heads works cited."""
    low = len(text[:start].rstrip())
    above = text[text.rfind("\n", 0, low) + 1 : low]
    return "\n" in text[low : start + 1] and (leads(above) or heads_works(above))


def heads_works(line: str) -> bool:
    """Whether a line is the heading of the works that a text cites."""
    return _WORKS.fullmatch(line) is not None


def leads(line: str) -> bool:
    """Whether a line leads in so many words to what stands below, and is no mere label."""
    return line[-1:] in (":", "：") and (count_han(line) >= _LEAD_HAN or line.count(" ") >= _LEAD_BLANKS)


def _among_items(text: str, start: int, end: int) -> bool:
    """Whether the stretch is part of a list, by the signs its items begin with, of which more stays."""
    sign = _SIGN.match(text, text.rfind("\n", 0, start + 1) + 1)
    if not sign:
        return False
    items = 0
    for lines in (
        reversed(text[max(0, start - _NEAR) : start].rstrip().split("\n")),
        text[end : end + _NEAR].split("\n")[1:],
    ):
        for line in lines:
            if not line.lstrip().startswith(sign[1]):
                break
            items += 1
    return items > sum(line.lstrip().startswith(sign[1]) for line in text[start:end].split("\n"))


def _cites(text: str, start: int) -> bool:
    """Whether the line is a work that the article cites."""
    line = text.rfind("\n", 0, start) + 1
    stop = text.find("\n", start)
    return _CITED.match(text, line, stop if stop >= 0 else len(text)) is not None


def _quoted(text: str, start: int, end: int) -> bool:
    """Whether quotation marks stand around the stretch, one at its edge or both near: the article quotes it."""
    before = text[max(0, start - 2) : start].rstrip()[-1:] + text[start : start + 1]
    behind = text[max(start, end - 2) : end] + text[end : end + 2].lstrip()[:1]
    opens, closes = bool(_OPENING.search(before)), bool(_CLOSING.search(behind))
    if opens and closes:
        return True
    line = text.rfind("\n", 0, start) + 1
    if closes and '"' in behind and text.count('"', line, start) % 2:
        return True  # the end of what straight marks enclose
    near = _QUOTATION if opens or closes else _SHORT_QUOTATION
    after = _CURLY.search(text, end, end + near)
    marks = _CURLY.findall(text, max(0, start - near), start)
    closes |= after is not None and after[0] in "”’」』"
    return closes and (opens or bool(marks and marks[-1] in "“‘「『"))
