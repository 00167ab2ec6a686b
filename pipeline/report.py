"""The report: one static HTML page that says what an ingest made of ``raw/``. No network, no library."""

import json
from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline import lexicon
from pipeline.catalog import load, tables

if TYPE_CHECKING:
    import pandas as pd

MAX_BYTES = 4_000_000  # of the articles put into the page
TOP = 25
_SHORT = 160

Bars = Sequence[tuple[str, int]]


def build(processed: str | Path = "processed") -> str:
    """The report on the tables in ``processed``, as HTML.

    :raises FileNotFoundError: nothing has been ingested yet
    """
    data = {name: load(name, processed) for name in tables() if name not in ("sentences", "tokens")}
    articles, note = _sample(data)
    page = lexicon.read_bytes("report.html").decode()
    # "<" is escaped, so that no text can close the script element it stands in.
    packed = json.dumps(articles, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    sections = "\n".join(section for section in _sections(data) if section)
    for name, content in (("sections", sections), ("sampled", escape(note)), ("articles", packed)):
        head, tail = page.split("{{" + name + "}}", 1)
        page = head + content + tail
    return page


# ------------------------------------------------------------------------------------------------------------ sections


def _sections(data: "dict[str, pd.DataFrame]") -> Iterable[str]:
    articles, cuts, figures = data["articles"], data["cuts"], data["figures"]
    yield _summary(data)
    yield _table("Problems", ["path", "step", "error", "what"], _problems(data["problems"]))
    months = articles["published_at"].dropna().dt.strftime("%Y-%m").value_counts().sort_index()
    yield _columns(
        _bars("Articles a month", [(month, int(n)) for month, n in months.items()]),
        _bars("Languages", _counts(articles["lang"])),
        _bars("Sites", _counts(articles["site"])),
        _bars("Encodings", _counts(articles["encoding"])),
        _bars("Formats", _counts(articles["format"])),
        _bars("Figures by kind", _counts(figures["kind"])),
    )
    yield _table("What was cut", ["kind", "reason", "cuts", "characters", "example"], _cut_rows(cuts))
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
        rows.append([kind, reason, len(group), int(texts.str.len().sum()), texts.iloc[0][:_SHORT]])
    return sorted(rows, key=lambda row: -row[3])


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


def _sample(data: "dict[str, pd.DataFrame]") -> tuple[list[dict[str, Any]], str]:
    """As many articles as the page has room for, spread evenly over the corpus, and a sentence that says so."""
    articles = data["articles"]
    room = max(1, int(MAX_BYTES / max(1.0, 6 * (articles["chars"] + articles["cut_chars"] + 400).mean() or 1.0)))
    step = max(1, -(-len(articles) // room))
    chosen = articles.iloc[::step]
    note = (
        f"All {len(articles):,} articles." if step == 1 else f"A sample: {len(chosen):,} of {len(articles):,} articles."
    )
    marks = _marks(data, set(chosen["article_id"]))
    return [_article(row, marks) for row in _rows(chosen)], note


def _article(row: Any, marks: dict[tuple[str, str], list[list[Any]]]) -> dict[str, Any]:
    about = [row.path, row.lang, row.site, row.published_at if row.published_at == row.published_at else None]
    return {
        "title": row.title,
        "about": " · ".join(str(part) for part in about if isinstance(part, str) or part is not None),
        "text": row.text,
        "title_marks": sorted(marks.get((row.article_id, "title"), []), key=lambda mark: mark[0]),
        "marks": sorted(marks.get((row.article_id, "text"), []), key=lambda mark: (mark[0], mark[2] != "cut")),
    }


def _marks(data: "dict[str, pd.DataFrame]", wanted: set[str]) -> dict[tuple[str, str], list[list[Any]]]:
    """For each article and field: ``[start, end, kind, what]``; of a cut, ``end`` is the text that was cut."""
    marks: dict[tuple[str, str], list[list[Any]]] = {}
    for name, kind, label in (
        ("organization_mentions", "organization", "org_id"),
        ("dates", "date", "edtf"),
        ("figures", "figure", "value"),
    ):
        for m in _rows(data[name][data[name]["article_id"].isin(wanted)]):
            what = getattr(m, label)
            title = str(what) if what is not None and what == what else ""
            marks.setdefault((m.article_id, str(m.field)), []).append([m.start, m.end, kind, title])
    for c in _rows(data["cuts"][data["cuts"]["article_id"].isin(wanted)]):
        marks.setdefault((c.article_id, "text"), []).append([c.position, c.text, "cut", f"{c.kind}: {c.reason}"])
    return marks
