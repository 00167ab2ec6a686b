"""Commands that editors leave in the bodies of mirrored articles, overwritten so that all words keep their place: tags
of Liquid and Hugo, attributes of kramdown, imports and comments of MDX, fences of Docusaurus, shortcodes of WordPress.
"""

import re

from pipeline.parse.build import unseen

_TAGS = re.compile(
    r"\{%-?\s{0,3}comment\s{0,3}-?%\}.{0,5000}?\{%-?\s{0,3}endcomment\s{0,3}-?%\}"
    r"|\{\{[<%][^{}]{0,1000}[>%]\}\}|\{%[^{}]{0,1000}%\}"  # Hugo, Liquid
    r"|\{/\*.{0,2000}?\*/\}"  # MDX
    r"|(?:^[*-]?[ \t]{0,3}toc[ \t]{0,3}\n)?\{:toc\}|\{:[ \t]{0,3}[.#:\w][^{}\n]{0,200}\}",  # kramdown
    re.S | re.M | re.I,
)
_FENCE = re.compile(r"^:{3,}(?:[ \t]{0,3}[a-z]{2,12}\b(?:\[(?=[^\]\n]*\]))?|[ \t]{0,3}$)", re.M)
_FENCE_END = re.compile(r"^:{3,}[ \t]{0,3}$", re.M)
_MODULES = re.compile(  # of MDX, at the top
    r"\s{0,9}(?:(?:import\s[^\n]{0,300}['\"][^'\"\n]{1,300}['\"];?|export\s(?:const|let|default)\s[^\n]{1,500})"
    r"[ \t]{0,9}(?:\n\s{0,9}|$))+"
)
_MODULE = re.compile(r"\s*(?:import|export)\s")
_EMBEDS = "audio|video|embed|gallery|playlist|youtube|vimeo|tweet|googlemaps|contact-form|contact-form-7"
_ATTRIBUTE = r"(?: [a-z_]{1,20}=(?:\"[^\"\n]{0,200}\"|'[^'\n]{0,200}'|\w{1,30}))"
_WORDPRESS = re.compile(
    rf"\[(?P<whole>{_EMBEDS})(?:\s[^\[\]\n]{{1,500}})?\][^\[\]\n]{{0,500}}\[/(?P=whole)\]"
    rf"|\[(?:{_EMBEDS}){_ATTRIBUTE}{{1,9}} ?/?\](?!\()"
    r"|\[(?:wp_)?caption\s[^\[\]\n]{1,500}\]|\[/(?:wp_)?caption\]"
    # any other that stands alone: with attributes, or with a name that no note of an author has
    rf"|^[ \t]{{0,9}}\[(?=[a-z0-9-]*_|[\w-]+ )[a-z][a-z0-9_-]{{2,30}}{_ATTRIBUTE}{{0,9}} ?/?\][ \t]{{0,9}}$",
    re.M,
)


def without_shortcodes(source: str, start: int = 0, markdown: bool = False) -> tuple[str, int]:
    """``source`` with the commands behind ``start`` overwritten by soft hyphens, which parsers drop, and how many there
    were.

    :param markdown: look for those of generators that read Markdown, too

    >>> without, count = without_shortcodes('[caption width="9"]A boat[/caption] [embed]https://a.example[/embed]')
    >>> without.replace("\\xad", ""), count
    ('A boat ', 3)
    """
    body, count = source[start:], 0
    if markdown:
        if _MODULE.match(body) and (modules := _MODULES.match(body)):
            body, count = _blank(modules) + body[modules.end() :], 1
        if "{%" in body or "{:" in body or "{/*" in body or "{{" in body:
            body, count = _replaced(_TAGS, body, count)
        if ":::" in body and _FENCE_END.search(body):
            body, count = _replaced(_FENCE, body, count)
    if "```" not in body and "[" in body:  # code may show them
        body, count = _replaced(_WORDPRESS, body, count)
    return source[:start] + body, count


def _replaced(pattern: re.Pattern[str], body: str, count: int) -> tuple[str, int]:
    body, more = pattern.subn(_blank, body)
    return body, count + more


def _blank(match: re.Match[str]) -> str:
    return unseen(match[0])
