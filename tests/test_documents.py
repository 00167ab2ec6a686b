"""Articles out of the tables: found by id or path, shown in a notebook, asked about in DuckDB."""

from html.parser import HTMLParser
from pathlib import Path

import pytest

import pipeline
from pipeline.extras import Missing
from pipeline.marks import html, pieces
from pipeline.records import ArticleRow, CutRow, DateRow, Document, FigureRow

NEWS = """---
title: 海尔的消息
categories:
 - 新闻
date: Thu, 25 Aug 2022 03:18:00 GMT
---

<div><p>海尔集团去年营收超2000亿元 &lt;img src=x onerror=alert(1)&gt;，同比增长8.5%。</p><p>责任编辑：李明</p></div>
"""


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("documents")
    (folder / "raw" / "city").mkdir(parents=True)
    (folder / "raw" / "a.txt").write_text(NEWS, "utf-8")
    (folder / "raw" / "city" / "a.txt").write_text("Ferry\n\nThe ferry opened on 3 May 2021.\n", "utf-8")
    (folder / "raw" / "two.jsonl").write_text(
        '{"title": "One", "text": "The first ferry sailed."}\n{"title": "Two", "text": "The second ferry sailed."}\n'
    )
    pipeline.ingest(folder / "raw", folder / "processed", workers=1)
    return folder / "processed"


def test_it_is_what_process_makes_of_the_file(tables: Path) -> None:
    article = pipeline.article("a.txt", tables)
    made = pipeline.process(NEWS.encode(), "a.txt")
    for name in ("articles", "cuts", "sentences", "dates", "figures", "organization_mentions", "links", "problems"):
        assert getattr(article, name) == getattr(made, name), name
    assert list(article.tokens) == list(made.tokens)
    assert article._repr_html_() == made._repr_html_()


def test_it_is_found_by_id_and_by_path(tables: Path) -> None:
    by_path = pipeline.article("raw/city/a.txt", processed=tables)
    assert by_path.path == "city/a.txt"
    assert pipeline.article(by_path.article_id, tables).article == by_path.article
    assert pipeline.article("raw/a.txt", tables).path == "a.txt"


@pytest.mark.parametrize(
    ("name", "message"),
    [("city/b.txt", "did you mean 'city/a.txt'"), ("zzz", "among 4"), ("two.jsonl", r"holds 2 articles.*article_id")],
)
def test_what_is_not_there_gets_help(tables: Path, name: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        pipeline.article(name, tables)


class Marked(HTMLParser):
    """The elements of a page, and the words in each kind of mark."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.words: dict[str, str] = {}
        self._open: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self._open.append(dict(attrs).get("class") or tag)

    def handle_endtag(self, tag: str) -> None:
        self._open.pop()

    def handle_data(self, data: str) -> None:
        kind = self._open[-1] if self._open else ""
        self.words[kind] = self.words.get(kind, "") + data


def test_a_notebook_shows_it_marked_and_no_markup_gets_in(tables: Path) -> None:
    shown = Marked(pipeline.article("a.txt", tables)._repr_html_())
    assert shown.tags <= {"style", "div", "h3", "p", "mark", "del"}
    assert shown.words["figure"] == "超2000亿元8.5%"
    assert shown.words["date"] == "去年"
    assert shown.words["del"].strip() == "责任编辑：李明"
    assert "<img src=x onerror=alert(1)>" in shown.words["text"]


def test_hostile_values_are_escaped_too() -> None:
    row = ArticleRow(*[None] * len(ArticleRow._fields))._replace(title="<script>", text="5 \ud800<b>", lang="en")
    unit = FigureRow("text", 0, 1, 0, 1, "5", "en", "quantity", 5.0, None, None, "eq", unit='"><script>')
    shown = html(
        Document("<i>", '"', "0", row, cuts=[CutRow("spam", "<x>", 1.0, "<u>", 2, None, None)], figures=[unit])
    )
    assert Marked(shown).tags <= {"style", "div", "h3", "p", "mark", "del"}
    shown.encode()


def test_pieces_join_to_the_text_whatever_overlaps() -> None:
    row = ArticleRow(*[None] * len(ArticleRow._fields))._replace(title="", text="in May 2021, 5 boats")
    dates = [DateRow("text", 3, 11, "May 2021", "en", "date"), DateRow("text", 7, 11, "2021", "en", "date")]
    cuts = [CutRow("spam", "x", 1.0, "WIN ", place, None, None) for place in (0, 5, 20)]
    found = list(pieces(Document("a", None, "0", row, cuts=cuts, dates=dates)))
    assert "".join(piece.text for piece in found if piece.kind != "cut") == row.text
    assert [(piece.kind, piece.text) for piece in found] == [
        ("cut", "WIN "), ("", "in "), ("date", "May 2021"), ("cut", "WIN "), ("", ", 5 boats"), ("cut", "WIN "),
    ]  # fmt: skip


def test_duckdb_has_every_table_as_a_view(tables: Path) -> None:
    database = pipeline.duckdb(tables)
    for name in pipeline.tables():
        assert database.sql(f"SELECT count(*) FROM {name}").fetchall() == [(len(pipeline.load(name, tables)),)]
    joined = database.sql(
        "SELECT title, surface FROM figures JOIN articles USING (article_id) WHERE figures.kind = 'money'"
    )
    assert joined.fetchall() == [("海尔的消息", "超2000亿元")]
    comments = database.sql(
        "SELECT comment FROM duckdb_columns() WHERE table_name = 'figures' AND column_name = 'start'"
    )
    assert "code points" in comments.fetchall()[0][0]


def test_duckdb_helps_where_something_is_missing(tables: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(FileNotFoundError, match="make ingest"):
        pipeline.duckdb(out)
    monkeypatch.setattr("pipeline.extras.find_spec", lambda name: None)
    with pytest.raises(Missing, match=r"news-pipeline\[duckdb\]"):
        pipeline.duckdb(tables)


def test_replies_below_the_first_post_of_a_forum_are_comments() -> None:
    def post(name: str, floor: str, day: str, text: str) -> str:
        return (
            f'<div class="post"><div class="pls"><a href="/u/{name}">{name}</a></div><div class="plc"><em>{floor}</em>'
            f'<div class="authi">发表于 {day}</div><div class="t_f">{text}</div></div></div>'
        )

    story = "<br>".join(
        [
            "国庆长假没去凑热闹，约了三个老搭档骑了一趟环线，全程三百多公里，回来两天腿还是软的。",
            "早上六点半在东门集合，每人两个包子开路。前四十公里沿河走，路面是新铺的沥青，非常爽。",
            "过了渡口就开始爬，一公里升八百米，中间下来推了两回。晚上住在老乡家里，腊肉管够。",
        ]
    )
    reply = "我老家就在那里，他家的腊肉是真香。现在那条路比以前好走多了，我小时候去县城要走一整天，鞋底都磨穿了。"
    page = (
        "<html><head><title>环线三日 - 单车论坛</title></head><body><h1>环线三日</h1>"
        + post("老车工", "楼主", "2011-10-9 20:14:37", story)
        + post("山里人", "沙发", "2011-10-9 20:31:05", reply)
        + post("七月", "板凳", "2011-10-9 21:02:48", reply[::-1])
        + post("阿禾", "3楼", "2011-10-9 21:40:19", reply[3:] + reply[:3])
        + "</body></html>"
    )
    found = pipeline.process(page.encode(), "thread.html")
    assert found.article is not None
    assert found.article.text.split("\n")[-3:] == story.split("<br>")
    assert "comments" in {cut.reason for cut in found.cuts}
