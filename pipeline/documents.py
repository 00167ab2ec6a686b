"""Documents: articles put together again from their rows in the tables."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.catalog import load, read
from pipeline.places import Place, place
from pipeline.records import TABLES, Document

if TYPE_CHECKING:
    import pandas as pd


def article(name: str, processed: str | Place = "processed") -> Document:
    """One article with all its rows. A notebook shows its text with dates, figures and organizations marked, and what
    was cut from it struck through.

    :param name: its ``article_id``, or its path below ``raw/`` (with ``raw/`` in front or without)
    :returns: as :func:`pipeline.process` makes it, but without the file it came from: its ``source`` is empty
    :raises ValueError: there is no such article, or it is a file of several; the message helps to name one
    :raises FileNotFoundError: nothing has been ingested yet
    """
    known = load("articles", processed, columns=["article_id", "path", "record"])
    return documents([_find(name, known)], processed)[0]


def _find(name: str, known: "pd.DataFrame") -> str:
    found = known[known["article_id"] == name]
    if found.empty:
        name = Path(name).as_posix()
        fits = [path for path in known["path"].unique() if f"/{name}".endswith(f"/{path}")]
        found = known[known["path"] == max(fits, key=len, default=None)]
    if found.empty:
        raise ValueError(_unknown(name, known))
    if len(found) > 1:
        some = ", ".join(f"{a.article_id} ({a.record})" for a in found.head(5).itertuples())
        raise ValueError(f"{name} holds {len(found)} articles; give the article_id of one: {some}")
    return str(found["article_id"].iloc[0])


def _unknown(name: str, known: "pd.DataFrame") -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, [*known["path"].unique(), *known["article_id"]], 3)
    hint = f"did you mean {' or '.join(map(repr, near))}?" if near else "it may stand in the table problems"
    return f"no article {name!r} among {len(known):,}; {hint}"


def documents(
    article_ids: Sequence[str], processed: str | Place = "processed", tables: Iterable[str] = TABLES
) -> list[Document]:
    """The articles with these ids, in that order; an id that is not there is left out.

    :param tables: fill only these, besides ``articles``
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    wanted = pc.field("article_id").isin(pa.array(article_ids, pa.string()))
    made = {}
    for article in _rows("articles", processed, wanted):
        made[article.article_id] = Document(article.path, article.record, article.article_id, article)
    for name in tables:
        if name != "articles" and "article_id" in TABLES[name].key:
            for article_id, row in _rows_by_article(name, processed, wanted):
                getattr(made[article_id], name).append(row)
    if "problems" in tables:
        for document in made.values():
            found = _rows("problems", processed, pc.field("path") == document.path)
            document.problems = [problem for problem in found if problem.record == document.record]
    return [made[key] for key in article_ids if key in made]


def _rows(name: str, processed: str | Place, where: Any) -> Iterator[Any]:
    row = TABLES[name].row
    data = read(name, place(processed), row._fields, where)  # type: ignore[attr-defined]
    return map(row, *(column.to_pylist() for column in data.columns))


def _rows_by_article(name: str, processed: str | Place, where: Any) -> Iterator[tuple[str, Any]]:
    row = TABLES[name].row
    data = read(name, place(processed), ["article_id", *row._fields], where)  # type: ignore[attr-defined]
    ids, *columns = (column.to_pylist() for column in data.columns)
    return zip(ids, map(row, *columns), strict=True)
