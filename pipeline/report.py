"""The report: one static HTML page that says what an ingest made of ``raw/``. No network, no library."""

import json
from collections.abc import Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING, Any

from pipeline import lexicon
from pipeline.catalog import load
from pipeline.documents import documents
from pipeline.marks import FOUND, Piece, about, pieces
from pipeline.places import Place
from pipeline.records import Document

if TYPE_CHECKING:
    import pandas as pd

MAX_BYTES = 4_000_000  # of the articles put into the page
TOP = 25
_SHORT, _EXAMPLES = 120, 3

_LONG = 40_000  # code points of an article that are shown
_MONTHS = 36
FOUND_AND_CUT = (*FOUND.values(), "cuts")
# Of the tables that are counted, what is needed: a corpus is large.
_READ: dict[str, list[str] | None] = {
    "articles": ["article_id", "path", "format", "encoding", "lang", "site", "published_at", "chars", "cut_chars",
                 "spam_chars", "duplicate_of", "duplicate_score"],
    "cuts": ["kind", "reason", "text"],
    "dates": ["kind"],
    "figures": ["kind"],
    "organizations": ["name", "mentions"],
    "problems": None,
}  # fmt: skip

Bars = Sequence[tuple[str, int]]


def build(processed: str | Place = "processed") -> str:
    """The report on the tables in ``processed``, as HTML.

    :raises FileNotFoundError: nothing has been ingested yet
    """
    data = {name: load(name, processed, columns=columns) for name, columns in _READ.items()}
    articles, note = _sample(data["articles"], processed)
    page = lexicon.read_bytes("report.html").decode()
    sections = "\n".join(section for section in _sections(data) if section)
    for name, content in (("sections", sections), ("sampled", escape(note)), ("articles", articles)):
        head, tail = page.split("{{" + name + "}}", 1)
        page = head + content + tail
    return page


# ------------------------------------------------------------------------------------------------------------ sections


def _sections(data: "dict[str, pd.DataFrame]") -> Iterable[str]:
    articles, cuts, figures = data["articles"], data["cuts"], data["figures"]
    yield _summary(data)
    yield _table("Problems", ["path", "step", "error", "what"], _problems(data["problems"]))
    yield _columns(
        _over_time(articles["published_at"].dropna()),
        _bars("Languages", _counts(articles["lang"])),
        _bars("Sites", _counts(articles["site"])),
        _bars("Encodings", _counts(articles["encoding"])),
        _bars("Formats", _counts(articles["format"])),
        _bars("Figures by kind", _counts(figures["kind"])),
    )
    yield _table("What was cut", ["kind", "reason", "cuts", "characters", "examples"], _cut_rows(cuts))
    yield _bars("Organizations", _organizations(data["organizations"]))
    yield _table("Duplicates", ["article", "of", "score"], _duplicates(articles))


def _summary(data: "dict[str, pd.DataFrame]") -> str:
    articles = data["articles"]
    tiles = {
        "files": articles["path"].nunique(),
        "articles": len(articles),
        "problems": len(data["problems"]),
        "characters": int(articles["chars"].sum()),
        "characters cut": int(articles["cut_chars"].sum()),
        "of them spam": int(articles["spam_chars"].sum()),
        "dates": len(data["dates"]),
        "figures": len(data["figures"]),
        "organizations": len(data["organizations"]),
    }
    boxes = "".join(f'<div class="tile"><b>{number:,}</b>{escape(name)}</div>' for name, number in tiles.items())
    return f'<h1>Ingestion report</h1><div class="tiles">{boxes}</div>'


def _problems(problems: "pd.DataFrame") -> list[list[str]]:
    return [[p.path, p.step, p.error, p.message] for p in _rows(problems.head(200))]


def _cut_rows(cuts: "pd.DataFrame") -> list[list[Any]]:
    rows: list[list[Any]] = []
    for (kind, reason), group in cuts.groupby(["kind", "reason"], observed=True):
        texts = group["text"].str.strip()
        examples = "\n".join(" ".join(text.split())[:_SHORT] for text in texts.drop_duplicates().head(_EXAMPLES))
        rows.append([kind, reason, len(group), int(texts.str.len().sum()), examples])
    return sorted(rows, key=lambda row: -row[3])


def _over_time(times: "pd.Series[Any]") -> str:
    counts = times.dt.strftime("%Y-%m").value_counts().sort_index()
    if len(counts) > _MONTHS:
        counts = times.dt.strftime("%Y").value_counts().sort_index().tail(_MONTHS)
        return _bars("Articles a year", [(year, int(n)) for year, n in counts.items()])
    return _bars("Articles a month", [(month, int(n)) for month, n in counts.items()])


def _organizations(organizations: "pd.DataFrame") -> Bars:
    top = organizations.nlargest(TOP, "mentions")
    return [(o.name, int(o.mentions)) for o in _rows(top)]


def _duplicates(articles: "pd.DataFrame") -> list[list[str]]:
    paths = dict(zip(articles["article_id"], articles["path"], strict=True))
    copies = articles[articles["duplicate_of"].notna()].head(100)
    return [[a.path, paths.get(a.duplicate_of, ""), f"{a.duplicate_score:.2f}"] for a in _rows(copies)]


def _counts(column: "pd.Series[Any]") -> Bars:
    return [(str(value), int(n)) for value, n in column.dropna().value_counts().head(TOP).items() if n]


def _rows(frame: "pd.DataFrame") -> list[Any]:
    return list(frame.itertuples(index=False))


# -------------------------------------------------------------------------------------------------------------- markup


def _bars(title: str, counts: Bars) -> str:
    if not counts:
        return ""
    most = max(n for _, n in counts)
    rows = "".join(
        f'<tr><td>{escape(name)}</td><td class="n">{n:,}</td>'
        f'<td class="b"><span class="bar" style="width:{100 * n / most:.1f}%"></span></td></tr>'
        for name, n in counts
    )
    return f"<section><h2>{escape(title)}</h2><table>{rows}</table></section>"


def _table(title: str, head: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    if not rows:
        return ""
    cells = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in rows)
    names = "".join(f"<th>{escape(name)}</th>" for name in head)
    return f"<section><h2>{escape(title)}</h2><table><tr>{names}</tr>{cells}</table></section>"


def _cell(value: Any) -> str:
    if isinstance(value, int):
        return f'<td class="n">{value:,}</td>'
    return f'<td class="sample">{escape(str(value))}</td>'


def _columns(*sections: str) -> str:
    return f'<div class="columns">{"".join(sections)}</div>'


# ------------------------------------------------------------------------------------------------------------ articles


def _sample(articles: "pd.DataFrame", processed: str | Place) -> tuple[str, str]:
    """As many articles as the page has room for, spread evenly over the corpus, and a sentence that says so.

    :returns: a JSON list, in which no text can close the script element it stands in; the sentence
    """
    each = 3 * (articles["chars"] + articles["cut_chars"]).clip(upper=_LONG) + 2000  # bytes, with its marks
    step = max(1, -(-int(each.sum()) // MAX_BYTES))
    ids = list(articles["article_id"].iloc[::step])
    packed = [_packed(document) for document in documents(ids, processed, FOUND_AND_CUT)]
    while sum(map(len, packed)) > MAX_BYTES and len(packed) > 1:
        packed = packed[::2]
    whole = len(packed) == len(articles)
    note = f"All {len(articles):,} articles." if whole else f"A sample: {len(packed):,} of {len(articles):,} articles."
    return f"[{b','.join(packed).decode()}]", note


def _packed(document: Document) -> bytes:
    article = {
        "about": about(document),
        "title": list(pieces(document, "title")),
        "text": list(_shortened(pieces(document))),
    }
    words = json.dumps(article, ensure_ascii=False, separators=(",", ":"))
    return words.replace("<", "\\u003c").encode("utf-8", "replace")


def _shortened(found: Iterable[Piece]) -> Iterable[Piece]:
    room = _LONG
    for piece in found:
        if len(piece.text) > room:
            yield piece._replace(text=f"{piece.text[:room]} […]")
            return
        room -= len(piece.text)
        yield piece
