"""The headline of a page: its ``<h1>`` against its ``<title>``, without the site's name."""

import re
import unicodedata
from collections.abc import Callable, Sequence

from pipeline.text import count_han

_SEPARATOR = re.compile(r"\s?[_|｜]+\s?|\s[-–—·•»:]\s|\s?-{2,}\s?|\s?——\s?|\s+>\s+")
_PREFIX = re.compile(rf"{_SEPARATOR.pattern}|[:：]\s?")
_CLOSE_SEPARATOR = re.compile(r"[-–—](?=[^-–—]{2,12}$)")
_HEADING_MARK = re.compile(r"^#{1,6}\s+|\s+#{1,6}$")
_WORD = re.compile(r"[A-Za-z0-9'’]+")
_LABEL = re.compile(
    r"^(?:[\[【（(〔［][^\[\]【】（）()]{1,12}[\]】）)〕］]|#?\d{1,5}\s?[:：.|]|\S{1,12}[|｜丨])\s?"
)  # of a column
_PRINTED = re.compile(r"^print(?:er)?(?:[\s-]friendly)?(?:\s(?:article|page|version|story))?\s?[:|-]\s", re.I)
_PASSED_ON = re.compile(
    r"^(?:\s?(?:[\[【（(［](?:[转轉](?:[帖贴貼载載])?|ZT|分享|推荐)[\]】）)］]|(?:Re|Fwd?|回复|转发|轉寄)\s?[:：]))+\s?",
    re.I,
)
_UNLABELLED = re.compile(r"(?:[（(]?(?:原标题|原標題|原题|標題|标题)[:：]\s?)?(.*?)[）)]?$")
_LONGEST = 250  # characters of a line that may be a headline
_NAME = 5.0  # words of a site's name
_CHANNEL = 2.5  # words of that of a channel, before the site's
_SMALL = frozenset(("of", "the", "and", "for", "on", "in", "de"))
_LEAST = 3.0  # words of a line that is not marked as a heading


def size(text: str) -> float:
    """Length in words: a Chinese word is about 1.6 characters."""
    return count_han(text) / 1.6 + len(_WORD.findall(text))


def folded(text: str) -> str:
    """For comparing: compatibility forms, case and everything but letters and digits put away."""
    return "".join(char for char in unicodedata.normalize("NFKC", text).casefold() if char.isalnum())


def without_site(title: str, site: str | None = None) -> str:
    """``title`` without the channel and site that pages append (or prepend) to it.

    >>> without_site("Storm closes the harbour for a week | North Coast News")
    'Storm closes the harbour for a week'
    >>> without_site("海港二期工程今日开工_新闻频道_东岸网")
    '海港二期工程今日开工'
    """
    title = _HEADING_MARK.sub("", " ".join(title.split()))
    name = folded(site or "")
    while True:
        head, sign, tail = _apart(title)
        least = 2.5 if sign[:1] in ("|", "_", "｜") else 3.5
        known = bool(name) and folded(tail) in (name, "www" + name)
        if size(head) < 2 or not (known or (size(tail) <= 5.1 and size(head) > size(tail) and size(head) >= least)):
            break
        title = head
    if name and (match := _PREFIX.search(title)) and folded(title[: match.start()]) == name:
        return title[match.end() :]
    return title


def _apart(title: str) -> tuple[str, str, str]:
    """What stands before the last separator of a title, that sign, and what stands behind it; all empty without one."""
    cuts = [match.span() for match in _SEPARATOR.finditer(title)]
    cuts += [match.span() for match in _CLOSE_SEPARATOR.finditer(title)] if count_han(title) else []
    start, end = max(cuts, default=(0, 0))
    return (title[:start].strip(), title[start:end].strip(), title[end:].strip()) if end else ("", "", "")


def without_marks(title: str) -> str:
    """``title`` without what boards and mail put before it when it is passed on.

    >>> without_marks("[转帖]渡口换船"), without_marks("Fwd: Re: New boats")
    ('渡口换船', 'New boats')
    """
    return _PASSED_ON.sub("", title) or title


def last_part(title: str) -> str:
    """What pages append to a title, as a rule the name of the site; empty if nothing is.

    >>> last_part("Storm closes the harbour | North Coast News"), last_part("Storm closes the harbour")
    ('North Coast News', '')
    """
    parts = _SEPARATOR.split(title)
    return parts[-1].strip() if len(parts) > 1 else ""


def as_shown(title: str, lines: Sequence[str]) -> str:
    """``title`` without what is around the part of it that one of the lines above a text is.

    >>> as_shown("Storm - a diary | Sea | Coast News", ["Sea", "Storm - a diary", "It rained."])
    'Storm - a diary'
    >>> as_shown("[社会]渡口两年换了三条船", ["渡口两年换了三条船"]), as_shown("At sea: the storm", ["The storm"])
    ('渡口两年换了三条船', 'At sea: the storm')
    >>> as_shown("Storm_ the boats_ fate _ Coast News", ["Storm: the boats’ fate"])
    'Storm: the boats’ fate'
    """
    shown = {folded(line): line for line in lines}
    ends = [*_SEPARATOR.finditer(title), *_CLOSE_SEPARATOR.finditer(title)]
    heads = (title[: match.start()].strip() for match in ends)
    parts = [head for head in heads if size(head) >= 2 and folded(head) in shown]
    tails = (title[match.end() :].strip() for match in _LABEL.finditer(title))
    parts += [tail for tail in tails if size(tail) >= _LEAST and folded(tail) in shown]
    part = max([*parts, *([title] if folded(title) in shown else ())], key=len, default=title)
    return shown[folded(part)] if "_" in part and folded(part) in shown else part  # a mirror's sign for another


def in_full(title: str, lines: Sequence[str]) -> str:
    """``title``, or what it begins if it was cut short and one of the lines goes on.

    >>> in_full("Storm closes the har…", ["Sea", "Storm closes the harbour"]), in_full("And then...", ["And then rain"])
    ('Storm closes the harbour', 'And then...')
    """
    if not title.endswith(("…", "...")) or size(title) < _LEAST:
        return title
    start = folded(title)
    longer = (match[1] for line in lines if len(line) <= _LONGEST and (match := _UNLABELLED.match(line)))
    return next((line for line in longer if folded(line).startswith(start) and len(folded(line)) > len(start)), title)


def without_last(title: str, is_site: Callable[[str, str], bool]) -> str:
    """``title`` without the last parts that look like a name, as those of sites and their channels do, and are one.

    :param is_site: whether a part is one, by its words and by the sign before it

    >>> without_last("Storm closes the harbour - Sea | Coast News", lambda name, sign: True)
    'Storm closes the harbour'
    >>> without_last("Storm at sea - day two", lambda name, sign: True)
    'Storm at sea - day two'
    >>> without_last("渡口两年换了三条船_要闻_东岸网", lambda name, sign: name == "东岸网")
    '渡口两年换了三条船'
    """
    cut = ""  # the sign before what was cut last
    while True:
        head, sign, tail = _apart(title)
        looks = 0 < size(tail) <= _NAME and all(word[0].isupper() or word in _SMALL for word in _WORD.findall(tail))
        if size(head) < max(_LEAST, size(tail)) or not looks or folded(tail) in folded(head):
            return title
        if not is_site(tail, sign) and not (sign == cut and size(tail) <= _CHANNEL):
            return title
        title, cut = head, sign


def without_name(title: str, site: str | None) -> str:
    """``title`` without the name of its site at the end, and nothing else.

    >>> without_name("Storm closes the harbour - Coast News", "Coast News"), without_name("Storm - now", "Coast News")
    ('Storm closes the harbour', 'Storm - now')
    """
    last = max(_SEPARATOR.finditer(title), key=re.Match.start, default=None) if site else None
    named = last and folded(title[last.end() :]) == folded(site or "")
    return title[: last.start()] if last and named and last.start() else title


def choose(
    headings: Sequence[str], named: Sequence[str], written: str, site: str | None = None, shown: Sequence[str] = ()
) -> str:
    """The headline.

    :param headings: the page's ``<h1>`` elements
    :param named: titles in its metadata, best first
    :param written: its ``<title>``
    :param shown: other lines about where the article begins, of which one may be the headline without being marked so
    """
    whole = [folded(text) for text in (*named, written) if text]
    fits = [text for text in headings if len(folded(text)) >= 2 and any(folded(text) in other for other in whole)]
    fits = [text for text in fits if folded(text) != folded(site or "") and (size(text) >= 2 or len(headings) == 1)]
    lines = [text for text in shown if size(text) >= _LEAST and any(folded(text) in other for other in whole)]
    if lines and size(max(lines, key=size)) > size(max(fits, key=size, default="")):
        fits = [text for text in lines if folded(text) != folded(site or "")] or fits
    if fits:
        heading = max(fits, key=size)
        return next((text for text in named if folded(text) == folded(heading)), heading)  # as written, without layout
    candidates = [without_site(_PRINTED.sub("", text), site) for text in (*named, written) if text]
    candidates = [text for text in candidates if folded(text) != folded(site or "")] or candidates
    if candidates:  # one that another holds too is surer than a description in the headline's place
        shared = (text for text in candidates if sum(folded(text) in other for other in whole) >= 2)
        return next(shared, candidates[0])
    return max(headings, key=size, default="")


def restored(title: str, text: str) -> str:
    """``title`` with the signs that a mirror replaced by ``_`` (they can't stand in file names) put back.

    The text shows what stood there; where it does not, a pair of them is taken for quotation marks.

    >>> restored("Maker ships SSD_HDD hybrid", "The SSD/HDD hybrid of the maker")
    'Maker ships SSD/HDD hybrid'
    >>> restored("研究人员发现新漏洞_黎明_", "这个漏洞……")
    '研究人员发现新漏洞“黎明”'
    """
    if "_" not in title or title.count("_") > 12:
        return title
    for match in reversed(list(re.finditer("_", title))):
        before, after = title[: match.start()][-4:], title[match.end() :][:4]
        sign = _shown(before, after, text)
        if sign:
            title = title[: match.start()] + sign + title[match.end() :]
    title = re.sub("_([^_“”]{1,30}”)", r"“\1", title)
    title = re.sub(r"_([^_\[\]]{1,30}\])", r"[\1", title)
    return _PAIR.sub(r"“\1”", title) if len(re.findall("_", title)) == 2 and count_han(title) else title


_PAIR = re.compile(r"(?<![A-Za-z0-9])_([^_\s\[\]][^_\[\]]{0,30})_")


def _shown(before: str, after: str, text: str) -> str | None:
    """The sign that stands between the two in the text, where they are long enough to tell."""
    before, after = before.split("_")[-1], after.split("_")[0]
    if not after and len(before.strip()) >= 3:  # at the end, where a sentence of the text goes on or ends
        match = re.search(re.escape(before.strip()) + r"([?？”\"》】\]])", text)
        return match[1] if match else None
    if len(before.strip()) < 2 or len(after.strip()) < 1 + (not before.strip()):
        return None
    match = re.search(
        re.escape(before.strip()) + r"\s?([:：/\\?？*“”\"<>《》|｜\[\]【】])\s?" + re.escape(after.strip()), text
    )
    return match[1] if match else None
