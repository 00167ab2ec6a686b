"""The records that flow through the pipeline, and the row classes that are the table schemas.

A row class declares each column once: its annotation gives the Arrow type, nullability and allowed values, its ``Col``
the description and unit. Schema, checks, data dictionary and ``datapackage.json`` are derived from it (``schema.py``).
Offsets are Unicode code points, end exclusive.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Annotated, Any, Literal, NamedTuple, TypeVar, overload


class Col(NamedTuple):
    """What a column means. ``category`` marks a small vocabulary that is not fixed by a ``Literal``."""

    description: str
    unit: str | None = None
    category: bool = False


Field = Literal["title", "text"]
Lang = Literal["zh-Hans", "zh-Hant", "en", "mixed", "other"]
Comparator = Literal["eq", "gt", "ge", "lt", "le", "approx", "range"]

FieldCol = Annotated[Field, Col("Which column of articles the offsets count in")]
StartCol = Annotated[int, Col("Where it starts in the field", unit="code points")]
EndCol = Annotated[int, Col("Where it ends in the field, exclusive", unit="code points")]
SurfaceCol = Annotated[str, Col("The words as they stand: field[start:end]")]
LangCol = Annotated[Lang, Col("Language of the passage")]
RuleCol = Annotated[str, Col("Name of the rule that found it", category=True)]


# ---------------------------------------------------------------------------------------------------------------- rows


class ArticleRow(NamedTuple):
    article_id: Annotated[str, Col("16 hex digits, stable for a path (and record in a container)")]
    path: Annotated[str, Col("Path of the file below raw/, with forward slashes")]
    record: Annotated[str | None, Col("Which record of a container file")]
    sha256: Annotated[str, Col("SHA-256 of the file's (or record's) bytes, in hex")]
    format: Annotated[str, Col("What the input was taken for: front-matter, html, markdown, text, ...", category=True)]
    encoding: Annotated[
        str, Col("Character encoding that was used; two joined by + for a file of pieces in both", category=True)
    ]
    lang: Annotated[Lang, Col("Language of the text")]
    title: Annotated[str, Col("Headline, without the site's name")]
    author: Annotated[str | None, Col("Who wrote it: a person, or several separated by a comma")]
    editor: Annotated[str | None, Col("Who edited it")]
    site: Annotated[str | None, Col("The site that published or mirrored it", category=True)]
    source: Annotated[str | None, Col("Who it is taken from, where the article says so", category=True)]
    categories: Annotated[list[str], Col("Sections it was filed under")]
    tags: Annotated[list[str], Col("Keywords given by the publisher")]
    url: Annotated[str | None, Col("Address of the original")]
    published_at: Annotated[datetime | None, Col("When it was published", unit="UTC")]
    published_from: Annotated[
        Literal["front-matter", "page", "text", "path", "crawl-time"] | None, Col("Where published_at was found")
    ]
    summary: Annotated[str | None, Col("Summary or deck given by the publisher")]
    lead_image: Annotated[str | None, Col("Address of the lead image, proxy prefix stripped, placeholders left out")]
    front_matter: Annotated[str | None, Col("Front-matter keys that have no column of their own, as JSON")]
    text: Annotated[str, Col("The body without markup, spam and boilerplate; one paragraph a line")]
    chars: Annotated[int, Col("Length of text", unit="code points")]
    tokens: Annotated[int, Col("Tokens in title and text")]
    cut_chars: Annotated[int, Col("Length of all that was cut", unit="code points")]
    spam_chars: Annotated[int, Col("Length of what was cut as spam", unit="code points")]
    duplicate_of: Annotated[
        str | None, Col("article_id of the first article with the same or nearly the same text")
    ] = None
    duplicate_score: Annotated[float | None, Col("Share of the text they have in common, 0 to 1")] = None


class CutRow(NamedTuple):
    kind: Annotated[Literal["spam", "boilerplate", "hidden", "caption"], Col("What sort of text was cut")]
    reason: Annotated[str, Col("Stable name of the rule that cut it", category=True)]
    score: Annotated[float, Col("How sure the rule is, 0 to 1")]
    text: Annotated[str, Col("What was cut")]
    position: Annotated[int, Col("Where in articles.text it stood: inserted there, all cuts give the text back")]
    raw_start: Annotated[int | None, Col("Where it starts in the decoded file", unit="code points")]
    raw_end: Annotated[int | None, Col("Where it ends in the decoded file, exclusive", unit="code points")]


class SentenceRow(NamedTuple):
    field: FieldCol
    start: StartCol
    end: EndCol
    lang: LangCol
    text: Annotated[str, Col("The sentence as it stands")]
    segmented: Annotated[str, Col("Its tokens joined by a blank")]


class TokenRow(NamedTuple):
    sentence_id: Annotated[int, Col("The sentence it belongs to")]
    field: FieldCol
    start: StartCol
    end: EndCol
    token: Annotated[str, Col("The word as it stands")]


class DateRow(NamedTuple):
    field: FieldCol
    start: StartCol
    end: EndCol
    surface: SurfaceCol
    lang: LangCol
    kind: Annotated[Literal["date", "duration"], Col("On the calendar, or a length of time")]
    start_date: Annotated[date | None, Col("First day; null: open")] = None
    end_date: Annotated[date | None, Col("Last day, inclusive; null: open")] = None
    grain: Annotated[
        Literal["day", "week", "month", "quarter", "half", "year", "decade", "century", "plan", "range"] | None,
        Col("How exact it is"),
    ] = None
    edtf: Annotated[str | None, Col("ISO 8601-2 (EDTF) form")] = None
    duration: Annotated[str | None, Col("ISO 8601 duration")] = None
    mod: Annotated[Literal["start", "mid", "end", "approx"] | None, Col("Which part of it, or about it")] = None
    cmp: Annotated[Comparator | None, Col("Comparator of a duration")] = None
    relative: Annotated[bool, Col("Resolved against the anchor date")] = False
    anchor_date: Annotated[date | None, Col("The date it was resolved against")] = None
    rule: RuleCol = ""


class FigureRow(NamedTuple):
    field: FieldCol
    start: StartCol
    end: EndCol
    core_start: Annotated[int, Col("Where the bare number with unit starts", unit="code points")]
    core_end: Annotated[int, Col("Where the bare number with unit ends, exclusive", unit="code points")]
    surface: SurfaceCol
    lang: LangCol
    kind: Annotated[Literal["number", "percent", "money", "quantity", "ordinal"], Col("What sort of figure")]
    value: Annotated[float | None, Col("The number, scale folded in; null for a pure range")] = None
    low: Annotated[float | None, Col("Lower bound; null: none")] = None
    high: Annotated[float | None, Col("Upper bound; null: none")] = None
    cmp: Annotated[Comparator, Col("Comparator")] = "eq"
    unit: Annotated[str | None, Col("UCUM code where there is one, else a plain word", category=True)] = None
    unit_text: Annotated[str | None, Col("The unit as written")] = None
    classifier: Annotated[str | None, Col("Chinese measure word", category=True)] = None
    currency: Annotated[str | None, Col("ISO 4217 code", category=True)] = None
    currency_explicit: Annotated[bool | None, Col("The text names the currency, it is not a convention")] = None
    direction: Annotated[Literal["up", "down"] | None, Col("The figure is a change, or a level it leads to")] = None
    basis: Annotated[Literal["yoy", "mom"] | None, Col("Against the year or the period before")] = None
    rule: RuleCol = ""


OrganizationKind = Literal[
    "company", "government", "university", "institute", "media", "association", "team", "party", "hospital",
    "international", "platform", "military", "other",
]  # fmt: skip


class OrganizationMentionRow(NamedTuple):
    field: FieldCol
    start: StartCol
    end: EndCol
    surface: SurfaceCol
    lang: LangCol
    org_id: Annotated[str | None, Col("Joins organizations; null where the name is ambiguous")]
    kind: Annotated[OrganizationKind, Col("What sort of organization")]
    evidence: Annotated[str, Col("What it was found by", category=True)]
    confidence: Annotated[float, Col("How sure, 0 to 1")]
    name: Annotated[str, Col("Full name the mention was resolved to")]


class ImageRow(NamedTuple):
    url: Annotated[str | None, Col("Address, proxy prefix stripped; null for a placeholder")]
    source_url: Annotated[str, Col("Address as written")]
    alt: Annotated[str | None, Col("Alternative text")]
    caption: Annotated[str | None, Col("Caption")]
    position: Annotated[int, Col("Where in articles.text it stood", unit="code points")]


class LinkRow(NamedTuple):
    start: StartCol
    end: EndCol
    url: Annotated[str, Col("Address")]
    text: Annotated[str, Col("Linked words")]


class TableCellRow(NamedTuple):
    table: Annotated[int, Col("Running number of the table in its article")]
    row: Annotated[int, Col("Row of the cell in the table, from 0")]
    column: Annotated[int, Col("Column of the cell in the table, from 0")]
    row_span: Annotated[int, Col("How many rows it spans")]
    column_span: Annotated[int, Col("How many columns it spans")]
    header: Annotated[bool, Col("It heads a column or row")]
    start: StartCol
    end: EndCol
    text: Annotated[str, Col("Its words")]


class ProblemRow(NamedTuple):
    path: Annotated[str, Col("Path of the file below raw/")]
    record: Annotated[str | None, Col("Which record of a container file")]
    step: Annotated[str, Col("Where it came up", category=True)]
    error: Annotated[str, Col("Stable name of the fault", category=True)]
    message: Annotated[str, Col("What is wrong, in plain words")]
    fatal: Annotated[bool, Col("No article came of it")]


class OrganizationRow(NamedTuple):
    org_id: Annotated[str, Col("Id, the same across files and languages")]
    name: Annotated[str, Col("Name to show")]
    name_zh: Annotated[str | None, Col("Chinese name")]
    name_en: Annotated[str | None, Col("English name")]
    kind: Annotated[OrganizationKind, Col("What sort of organization")]
    aliases: Annotated[list[str], Col("All surfaces met in the corpus")]
    tickers: Annotated[list[str], Col("Stock tickers")]
    mentions: Annotated[int, Col("Mentions in the corpus")]
    articles: Annotated[int, Col("Articles that mention it")]
    first_seen: Annotated[date | None, Col("Day of the first article that mentions it")]
    last_seen: Annotated[date | None, Col("Day of the last article that mentions it")]


class Table(NamedTuple):
    """One table: its rows, and the key columns that the store puts in front of them."""

    name: str
    description: str
    row: type[tuple[Any, ...]]
    number: str | None = None  # the running number within an article, if the rows are numbered
    key: tuple[str, ...] = ()


TABLES: dict[str, Table] = {
    t.name: t
    for t in (
        Table("articles", "One row an article", ArticleRow, None, ("article_id",)),
        Table("cuts", "What was cut from the text, and why", CutRow, "cut_id", ("article_id", "cut_id")),
        Table("sentences", "Sentences, segmented", SentenceRow, "sentence_id", ("article_id", "sentence_id")),
        Table("tokens", "Words", TokenRow, "token_id", ("article_id", "token_id")),
        Table("dates", "Dates and durations", DateRow, "mention_id", ("article_id", "mention_id")),
        Table(
            "figures", "Numbers, money, percentages, quantities", FigureRow, "mention_id", ("article_id", "mention_id")
        ),
        Table(
            "organization_mentions",
            "Where organizations are named",
            OrganizationMentionRow,
            "mention_id",
            ("article_id", "mention_id"),
        ),
        Table("organizations", "One row an organization, over all articles", OrganizationRow, None, ("org_id",)),
        Table("images", "Images", ImageRow, "n", ("article_id", "n")),
        Table("links", "Links in the text", LinkRow, "n", ("article_id", "n")),
        Table("table_cells", "Cells of tables in the text, those with words", TableCellRow, "n", ("article_id", "n")),
        Table("problems", "Files that could not be read whole, and why", ProblemRow),
    )
}


# ------------------------------------------------------------------------------------------------------------- records


R = TypeVar("R", bound=tuple[Any, ...])


class Columns(Sequence[R]):
    """Rows held by column, which is far quicker where there are many; a row is made when it is asked for."""

    __slots__ = ("_row", "columns")

    def __init__(self, row: Callable[..., R], columns: Sequence[Sequence[Any]]) -> None:
        self._row = row
        self.columns = columns

    def __len__(self) -> int:
        return len(self.columns[0])

    @overload
    def __getitem__(self, index: int) -> R: ...
    @overload
    def __getitem__(self, index: slice) -> "Columns[R]": ...
    def __getitem__(self, index: int | slice) -> "R | Columns[R]":
        if isinstance(index, slice):
            return Columns(self._row, [column[index] for column in self.columns])
        return self._row(*(column[index] for column in self.columns))

    def __iter__(self) -> Iterator[R]:
        return map(self._row, *self.columns)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]


class Run(NamedTuple):
    """A stretch of derived text and the stretch of source it came from; equal lengths map character by character."""

    start: int
    length: int
    source: int
    source_length: int


class OffsetMap:
    """Where each character of a derived text stood in its source: runs in order, without synthetic characters."""

    __slots__ = ("_starts", "runs")

    def __init__(self, runs: Sequence[Run]) -> None:
        self.runs = runs
        self._starts = [run.start for run in runs]

    @classmethod
    def identity(cls, length: int, source: int = 0) -> "OffsetMap":
        """The map of a text that is a slice of its source, starting at ``source``."""
        return cls([Run(0, length, source, length)] if length else [])

    def locate(self, start: int, end: int) -> tuple[int, int] | None:
        """The source span of derived ``[start, end)``; None where no character of it has a source."""
        first = max(bisect_right(self._starts, start) - 1, 0)
        low = high = -1
        for index in range(first, len(self.runs)):
            run = self.runs[index]
            if run.start >= end:
                break
            if run.start + run.length <= start:
                continue
            exact = run.length == run.source_length
            if low < 0:
                low = run.source + (max(start - run.start, 0) if exact else 0)
            high = run.source + (min(end - run.start, run.length) if exact else run.source_length)
        return None if low < 0 else (low, high)

    def keep(self, slices: Sequence[tuple[int, int]]) -> "OffsetMap":
        """The map of the text that is left when only ``slices`` of the derived text (rising, disjoint) are kept."""
        runs: list[Run] = []
        index = shift = 0
        for low, high in slices:
            while index < len(self.runs) and self.runs[index].start + self.runs[index].length <= low:
                index += 1
            at = index
            while at < len(self.runs) and self.runs[at].start < high:
                run = self.runs[at]
                start, end = max(run.start, low), min(run.start + run.length, high)
                if run.length == run.source_length:
                    source, length = run.source + start - run.start, end - start
                else:
                    source, length = run.source, run.source_length
                runs.append(Run(start - low + shift, end - start, source, length))
                at += 1
            shift += high - low
        return OffsetMap(runs)


@dataclass(frozen=True, slots=True)
class Raw:
    """One article's source as read: decoded, front matter parted from the body."""

    path: str
    text: str  # the decoded file (or record), whole: raw offsets count in it
    record: str | None = None
    sha256: str = ""
    encoding: str = "utf-8"
    front: Mapping[str, Any] = field(default_factory=dict)  # values are strings, lists or mappings of strings
    body: int = 0  # where the body starts in text
    has_front_matter: bool = False
    format: str = "auto"  # a hint for parse: auto, html, markdown, text (a page), body (text without a title)
    problems: tuple[ProblemRow, ...] = ()


BlockKind = Literal["paragraph", "heading", "list", "quote", "table", "code", "caption", "line"]


class Block(NamedTuple):
    """One block of parsed text (a paragraph, a heading, a line of a plain-text page).

    Blocks stand on lines of their own, but for hidden words within a paragraph: these are a block that no line break
    parts from what goes before and after.
    """

    start: int
    end: int
    kind: BlockKind = "paragraph"
    hidden: bool = False  # the markup hides it from readers
    link_chars: int = 0  # characters inside links
    aside: bool = False  # the page parser holds it for navigation or other matter around the article
    furniture: int = 0  # log odds that its markup gives for matter around the article


@dataclass(frozen=True, slots=True)
class Article:
    """A parsed article: all its text, nothing cut yet. ``text[block.start:block.end]`` are its blocks, in order."""

    text: str
    origin: OffsetMap  # text -> Raw.text
    title: str = ""
    format: str = "text"
    blocks: tuple[Block, ...] = ()
    author: str | None = None
    editor: str | None = None
    site: str | None = None
    source: str | None = None
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    url: str | None = None
    published_at: datetime | None = None
    published_from: Literal["front-matter", "page", "text", "path", "crawl-time"] | None = None
    summary: str | None = None
    lead_image: str | None = None
    front_matter: Mapping[str, Any] = field(default_factory=dict)  # keys without a column
    images: tuple[ImageRow, ...] = ()  # positions count in the parsed text
    links: tuple[LinkRow, ...] = ()
    cells: tuple[TableCellRow, ...] = ()
    problems: tuple[ProblemRow, ...] = ()


class Cut(NamedTuple):
    """A stretch of parsed text to be cut; ``start`` and ``end`` count in ``Article.text``."""

    start: int
    end: int
    kind: Literal["spam", "boilerplate", "hidden", "caption"]
    reason: str
    score: float


class Passage(NamedTuple):
    """One field of an article as segmenter and extractors see it."""

    field: Field
    text: str
    folded: str  # same length as text: full-width forms and look-alike signs made plain
    lang: Lang
    published: date | None  # in the zone of the article's readers; None: unknown


@dataclass(slots=True)
class Document:
    """One processed article: a row or list of rows for each table, named as the table is."""

    path: str
    record: str | None = None
    article_id: str = ""
    article: ArticleRow | None = None
    source: str = ""  # the decoded file: raw offsets count in it
    origin: OffsetMap = field(default_factory=lambda: OffsetMap([]))  # articles.text -> source
    cuts: list[CutRow] = field(default_factory=list)
    sentences: list[SentenceRow] = field(default_factory=list)
    tokens: Sequence[TokenRow] = field(default_factory=list)
    dates: list[DateRow] = field(default_factory=list)
    figures: list[FigureRow] = field(default_factory=list)
    organization_mentions: list[OrganizationMentionRow] = field(default_factory=list)
    images: list[ImageRow] = field(default_factory=list)
    links: list[LinkRow] = field(default_factory=list)
    table_cells: list[TableCellRow] = field(default_factory=list)
    problems: list[ProblemRow] = field(default_factory=list)

    @property
    def articles(self) -> list[ArticleRow]:
        """The row of the articles table, as a list like the others; empty where no article came of the file."""
        return [] if self.article is None else [self.article]

    @property
    def title(self) -> str:
        return "" if self.article is None else self.article.title

    @property
    def text(self) -> str:
        return "" if self.article is None else self.article.text

    def _repr_html_(self) -> str:
        """What a notebook shows: the text with mentions marked and cuts struck through."""
        from pipeline.marks import html

        return html(self)
