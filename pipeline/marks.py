"""Marks: a text in pieces, parted at what was found in it and at what was cut from it.

Terminal, notebook and report show an article by this one function.
"""

from collections.abc import Iterable, Iterator
from html import escape
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

if TYPE_CHECKING:
    from pipeline.records import DateRow, Document, Field, FigureRow, OrganizationMentionRow

FOUND = {"date": "dates", "figure": "figures", "organization": "organization_mentions"}  # kind: table


class Piece(NamedTuple):
    """A stretch of text. A cut one is not part of the article's text any more."""

    kind: Literal["", "date", "figure", "organization", "cut"]
    text: str
    what: str = ""  # the value that was read, or why it was cut


def pieces(document: "Document", field: "Field" = "text") -> Iterator[Piece]:
    """The title or text of ``document``, whole, with its cuts put back where they stood.

    Where mentions overlap, the first is marked. Without the pieces of kind ``cut`` they join to the field's text.
    """
    text, at = getattr(document, field), 0
    for start, end, piece in sorted(_marks(document, field), key=lambda mark: mark[:2]):
        if piece.kind != "cut" and start < at:
            continue
        if at < start:
            yield Piece("", text[at:start])
        yield piece
        at = max(at, end)
    if at < len(text):
        yield Piece("", text[at:])


def _marks(document: "Document", field: "Field") -> Iterator[tuple[int, int, Piece]]:
    if field == "text":
        for cut in document.cuts:
            yield cut.position, cut.position, Piece("cut", cut.text, f"{cut.kind}: {cut.reason}")
    for kind, name in FOUND.items():
        for row in getattr(document, name):
            if row.field == field:
                yield row.start, row.end, Piece(kind, row.surface, value(kind, row))  # type: ignore[arg-type]


def value(kind: str, row: Any) -> str:
    """What was read from a mention, in a few words.

    :param kind: a key of :data:`FOUND`
    :param row: a row of the table of that kind
    """
    words: str = _VALUES[kind](row)
    return words


def _date(row: "DateRow") -> str:
    return row.duration or f"{row.start_date or '..'} to {row.end_date or '..'}"


def _figure(row: "FigureRow") -> str:
    return " ".join(_figure_parts(row))


def _figure_parts(row: "FigureRow") -> Iterator[str]:
    yield row.kind
    if row.cmp == "range":
        yield f"{_number(row.low)} to {_number(row.high)}" if None not in (row.low, row.high) else "range"
    elif row.value is not None:
        yield f"{row.cmp} {_number(row.value)}"
    yield from filter(None, (row.currency, row.unit, row.classifier, row.direction, row.basis))


def _number(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:,.0f}" if value == int(value) and abs(value) < 1e16 else f"{value:,.10g}"


def _organization(row: "OrganizationMentionRow") -> str:
    """Its kind and id; the id of one that is in no lexicon says little more than the words."""
    return f"{row.kind} {'org:…' if row.org_id == f'org:{row.surface}' else row.org_id or '(ambiguous)'}"


_VALUES: dict[str, Any] = {"date": _date, "figure": _figure, "organization": _organization}


# ---------------------------------------------------------------------------------------------------------------- HTML

# Colours that can be seen through, so that they do on white and on black.
_STYLE = """<style>
.news-article { max-width: 50rem; line-height: 1.6; }
.news-article .text { white-space: pre-wrap; overflow-wrap: anywhere; }
.news-article .about { opacity: .7; }
.news-article mark { color: inherit; border-radius: 3px; padding: 0 .1em; }
.news-article mark.date { background: rgba(60, 140, 240, .3); }
.news-article mark.figure { background: rgba(60, 180, 75, .3); }
.news-article mark.organization { background: rgba(170, 80, 220, .3); }
.news-article del { background: rgba(230, 60, 60, .2); }
</style>"""


def about(document: "Document") -> str:
    """Which article this is, in one line."""
    parts = [document.path, document.record]
    if document.article:
        parts += [document.article.lang, document.article.site, document.article.author]
        if document.article.published_at:
            parts.append(f"{document.article.published_at:%Y-%m-%d %H:%M} UTC")
    return " · ".join(filter(None, parts))


def html(document: "Document") -> str:
    """The article as HTML for a notebook. All text is escaped: nothing that an article holds becomes markup."""
    parts = [
        f"<h3>{_html(pieces(document, 'title')) or '(no title)'}</h3>",
        f'<p class="about">{escape(about(document))}</p>',
        *(f"<p>problem: {escape(problem.message)}</p>" for problem in document.problems),
        f'<div class="text">{_html(pieces(document))}</div>',
    ]
    page = f'{_STYLE}<div class="news-article">{"".join(parts)}</div>'
    return page.encode("utf-8", "replace").decode()  # half a surrogate pair is no text


def _html(found: Iterable[Piece]) -> str:
    return "".join(map(_tag, found))


def _tag(piece: Piece) -> str:
    text, what = escape(piece.text), escape(piece.what)
    if not piece.kind:
        return text
    if piece.kind == "cut":
        return f'<del title="{what}">{text}</del>'
    return f'<mark class="{piece.kind}" title="{what}">{text}</mark>'
