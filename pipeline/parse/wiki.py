"""Signs of wikis and notebooks within Markdown (Obsidian, Logseq, alerts of GitHub), overwritten by soft hyphens, which
are no text: all other words keep their place."""

import re

from pipeline.parse.build import unseen

_INNER = r"(?=[^\s\[\]|])(?=[^\[\]\n]*[^\W\d])"
_WIKI = re.compile(
    rf"(?P<embed>!\[\[{_INNER}[^\[\]\n]{{1,300}}\]\])"
    rf"|(?P<link>\[\[{_INNER}(?P<target>[^\[\]|\n]{{1,300}})(?:\|(?P<label>[^\[\]\n]{{1,300}}))?\]\])(?!\()"
    r"|(?<![A-Za-z0-9_=%])(?P<mark>==(?=[^\s=])(?P<marked>[^=\n]{1,300})(?<=\S)==)(?!=)"
    r"|(?<!\S)(?P<comment>%%[^%\n]{1,500}%%)"
    r"|(?:(?<=^> )|(?<=^>))(?P<callout>\[![A-Za-z-]{2,20}\][+-]?)",
    re.M,
)
_LINK = re.compile(r"\[\[(?:[^\[\]|]{1,300}\|)?([^\[\]|]{1,300})\]\]")


def without_wiki_signs(body: str) -> str:
    """``body`` without embedded files, comments and the signs of links, marks and callouts; of the same length.

    >>> without_wiki_signs("See [[Ports/Tidewater|the port]] ==now==").replace("\\xad", "")
    'See the port now'
    """
    if not any(sign in body for sign in ("[[", "==", "%%", "> [!", ">[!")):
        return body
    return _WIKI.sub(_blank, body)


def _blank(match: re.Match[str]) -> str:
    shown = "label" if match["label"] else "target" if match["link"] else "marked" if match["mark"] else ""
    if not shown:
        return unseen(match[0])
    start, end = match.start(shown) - match.start(), match.end(shown) - match.start()
    return unseen(match[0][:start]) + match[0][start:end] + unseen(match[0][end:])


def plain(value: str) -> str:
    """A value of front matter without the signs of links.

    >>> plain("[[People/Ann Lee|Ann Lee]]"), plain("[[Harbour Times]]")
    ('Ann Lee', 'Harbour Times')
    """
    return _LINK.sub(r"\1", value) if "[[" in value else value
