"""Bodies of HTML that a feed or an export has escaped once too often: &lt;p&gt;…"""

import html
import re

from pipeline.parse.build import unseen

_BLOCKS = r"p|div|br|h[1-6]|ul|ol|li|figure|blockquote|table|section|article|img|hr"
_ESCAPED = re.compile(rf"&lt;/?(?:{_BLOCKS})\b(?:(?!&[lg]t;)[^<>]){{0,2000}}&gt;", re.I)
_OPENS = re.compile(rf"\s{{0,99}}(?:<!\[CDATA\[\s{{0,99}})?{_ESCAPED.pattern}", re.I)
_TAG = re.compile(r"&lt;(?P<inside>(?:/?[a-z]|!--)(?:(?!&[lg]t;)[^<>]){0,2000})&gt;", re.I)
_ENTITY = re.compile("&amp;(?=#?\\w{2,31};)", re.I)
_LEAST = 2  # such tags


def without_escapes(source: str, start: int = 0) -> str:
    """``source`` with the tags behind ``start`` as tags, every other character at its place, if it begins with one that
    is escaped and has few others.

    >>> without_escapes("&lt;p&gt;Salt &amp;amp; oil&lt;/p&gt;").replace("\\xad", "")
    '<p>Salt &amp; oil</p>'
    >>> without_escapes("Write &lt;p&gt; and &lt;/p&gt; around it")
    'Write &lt;p&gt; and &lt;/p&gt; around it'
    """
    if not _OPENS.match(source, start):
        return source
    body = source[start:]
    if len(_ESCAPED.findall(body)) < max(_LEAST, body.count("<") - body.count("<![")):
        return source
    return source[:start] + _ENTITY.sub(_entity, _TAG.sub(_tag, body))


def _tag(match: re.Match[str]) -> str:
    tag = f"<{html.unescape(match['inside'])}>"
    return tag + unseen(match[0][len(tag) :])


def _entity(match: re.Match[str]) -> str:
    return unseen(match[0][1:]) + "&"
