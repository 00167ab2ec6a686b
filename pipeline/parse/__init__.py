"""Parse: decoded text to an Article, each character's place in the source kept."""

import re

from pipeline.parse.build import Body
from pipeline.parse.fields import Fields, fields
from pipeline.parse.fragment import parse_html
from pipeline.parse.page import parse_page
from pipeline.parse.plain import parse_body, parse_lines
from pipeline.records import Article, Raw

_MARKUP = re.compile(
    r"</?(?:p|div|br|article|section|html|body|h[1-6]|ul|ol|li|table|tr|td|blockquote|figure|span|a|img|strong|em|b|i|font|pre)\b[^<>]{0,2000}>",
    re.I,
)
_WHOLE_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.I)


def parse(raw: Raw) -> Article:
    """The article in ``raw``, nothing cut yet. Never raises on odd input: it comes out as text."""
    form = _format(raw)
    known = fields(raw.front)
    if form == "body":
        return _article("text", parse_body(raw.text, raw.body), known, raw)
    if form == "page":
        body, known = parse_page(raw.text, raw.body, known)
        return _article("html", body, known, raw)
    if form == "html":
        document = parse_html(raw.text, raw.body, base=known.url)
        return _article("front-matter" if raw.has_front_matter else form, document.body, known, raw, document.title)
    page = parse_lines(raw.text, raw.body, lift_title=not known.title)
    return _article("front-matter" if raw.has_front_matter else "text", page.body, known, raw, page.title)


def _format(raw: Raw) -> str:
    if raw.format != "auto":
        return raw.format
    head = raw.text[raw.body : raw.body + 200_000]
    if _WHOLE_PAGE.search(head):
        return "page"
    tags = sum(1 for _ in zip(_MARKUP.finditer(head), range(3), strict=False))
    return "html" if tags >= (1 if raw.has_front_matter else 3) else "text"


def _article(form: str, body: Body, known: Fields, raw: Raw, title: str = "") -> Article:
    lead = known.lead_image or next((image.url for image in body.images if image.url), None)
    values = known._replace(title=known.title or title, lead_image=lead)._asdict()
    return Article(
        body.text, body.origin, format=form, blocks=body.blocks, images=body.images, links=body.links, **values
    )
