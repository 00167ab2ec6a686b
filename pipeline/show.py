"""One article in the terminal: what was found in it and what was cut, each where it stands."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rich.console import Console
from rich.text import Text

from pipeline.records import ArticleRow, CutRow, DateRow, Document, FigureRow, OrganizationMentionRow

Mention = DateRow | FigureRow | OrganizationMentionRow


class Kind(NamedTuple):
    """How one kind of mention is marked: a letter without colour, a style with it."""

    letter: str
    style: str


KINDS: dict[type, Kind] = {
    DateRow: Kind("D", "bold cyan"),
    FigureRow: Kind("F", "bold green"),
    OrganizationMentionRow: Kind("O", "bold magenta"),
}


def show(document: Document, console: Console) -> None:
    """Print ``document`` to ``console``: metadata, text with mentions and cuts marked, values."""
    for problem in document.problems:
        console.print(Text(f"problem in {problem.step}: {problem.error}: {problem.message}", style="red"))
    if document.article is None:
        return
    _print_metadata(document.article, console)
    mentions: list[Mention] = [*document.dates, *document.figures, *document.organization_mentions]
    console.print(_marked(document.title, [m for m in mentions if m.field == "title"], [], console))
    console.print()
    console.print(_marked(document.text, [m for m in mentions if m.field == "text"], document.cuts, console))
    console.print()
    for mention in mentions:
        console.print(_explained(mention), soft_wrap=False)
    for cut in document.cuts:
        place = "" if cut.raw_start is None else f" at {cut.raw_start}-{cut.raw_end}"
        console.print(Text(f"cut {cut.kind} ({cut.reason}, {cut.score:.2f}){place}: {_short(cut.text)}", style="red"))


def _print_metadata(article: ArticleRow, console: Console) -> None:
    shown = (
        "path",
        "format",
        "encoding",
        "lang",
        "published_at",
        "published_from",
        "author",
        "editor",
        "site",
        "source",
    )
    pairs = ((name, getattr(article, name)) for name in shown)
    console.print(Text("  ".join(f"{name}: {value}" for name, value in pairs if value is not None), style="dim"))


def _marked(text: str, mentions: Sequence[Mention], cuts: Sequence[CutRow], console: Console) -> Text:
    """The text with its mentions marked and its cuts put back where they stood, struck through."""
    marks: list[tuple[int, int, Mention | CutRow]] = [(cut.position, 0, cut) for cut in cuts]
    marks += [(m.start, m.end, m) for m in mentions]
    marks.sort(key=lambda mark: mark[:2])
    out = Text()
    at = 0
    for start, end, mark in marks:
        if isinstance(mark, CutRow):
            out.append(text[at:start]).append_text(_cut(mark, console))
            at = max(at, start)
        elif start >= at:  # kinds may overlap: the first one is marked
            out.append(text[at:start]).append_text(_mention(mark, console))
            at = end
    return out.append(text[at:])


def _cut(cut: CutRow, console: Console) -> Text:
    words = cut.text.strip()
    if console.color_system:
        return Text(words, style="strike dim red").append("\n" * cut.text.endswith("\n"))
    return Text(f"[-{cut.kind}: {words}-]").append("\n" * cut.text.endswith("\n"))


def _mention(mention: Mention, console: Console) -> Text:
    kind = KINDS[type(mention)]
    if console.color_system:
        return Text(mention.surface, style=kind.style)
    return Text(f"[{kind.letter}:{mention.surface}]")


def _explained(mention: Mention) -> Text:
    kind = KINDS[type(mention)]
    return Text(f"{kind.letter} ", style=kind.style).append(f"{mention.surface}  ").append(_value(mention), style="dim")


def _value(mention: Mention) -> str:
    if isinstance(mention, DateRow):
        return mention.duration or f"{mention.start_date or '..'} to {mention.end_date or '..'}"
    if isinstance(mention, OrganizationMentionRow):
        return f"{mention.kind} {mention.org_id or '(ambiguous)'}"
    return " ".join(_figure_parts(mention))


def _figure_parts(figure: FigureRow) -> Iterator[str]:
    yield figure.kind
    if figure.cmp == "range":
        yield f"{figure.low:g} to {figure.high:g}" if None not in (figure.low, figure.high) else "range"
    elif figure.value is not None:
        yield f"{figure.cmp} {figure.value:,.10g}"
    yield from (
        part for part in (figure.currency, figure.unit, figure.classifier, figure.direction, figure.basis) if part
    )


def _short(text: str, limit: int = 60) -> str:
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1] + "…"
