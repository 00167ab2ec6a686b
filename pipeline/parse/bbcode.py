"""Markup of forums ([b], [url=…], [td]) that mirrors leave in the text of posts."""

import re

_LINES = "table|tr|quote|align|center|left|right|list|indent|p|code|hide"  # each on lines of its own
_CELLS = "td|th"
_WORDS = "b|i|u|s|color|size|font|backcolor|url|email"  # within a line
_WHOLE = "img|attach|attachimg|media|flash|audio|video"  # what they hold is no text: an address or a number
_CLOSED = re.compile(rf"\[/({_LINES}|{_CELLS}|{_WORDS}|{_WHOLE})\]", re.I)
_TAG = re.compile(
    rf"\[(?P<whole>{_WHOLE})(?:=[^\[\]\n]{{0,200}})?\][^\[\]\s]{{0,500}}\[/(?:{_WHOLE})\]"
    rf"|\[/?(?P<name>{_LINES}|{_CELLS}|{_WORDS})(?:=[^\[\]\n]{{0,500}})?\](?!\()",  # [b](…) is a link of Markdown
    re.I,
)
_SOFT = "\xad"  # soft hyphens: parsers drop them, and they part no words


def without_bbcode(source: str, start: int = 0) -> str:
    """``source`` with such markup behind ``start`` overwritten, every other character at its place.

    Only tags that are closed somewhere count; sources with fenced code, which may show such markup, stay as they are.

    >>> without_bbcode("[b]Bold[/b] words, array[i]").replace("\\xad", "-")
    '---Bold---- words, array[i]'
    """
    if source.find("[/", start) < 0 or "```" in source:
        return source
    closed = {match[1].lower() for match in _CLOSED.finditer(source, start)}
    if not closed:
        return source

    def blank(match: re.Match[str]) -> str:
        name, size = (match["whole"] or match["name"]).lower(), len(match[0])
        if name not in closed:
            return match[0]
        if name in _LINES.split("|"):
            return "\n" * size
        return _SOFT * (size - 1) + (" " if name in _CELLS.split("|") else _SOFT)

    return source[:start] + _TAG.sub(blank, source[start:])
