"""The report: what it says, that no article can inject markup, and that a browser renders it."""

import json
import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote

import pyarrow as pa
import pytest

import pipeline
from pipeline import schema, state, store
from pipeline.catalog import read
from pipeline.parts import normal, with_columns, write_part
from pipeline.records import TABLES
from pipeline.report import build

HOSTILE = "</script><script>document.title='owned'</script><img src=x onerror=alert(1)> & \u2028 ]]>"
NEWS = "海尔集团去年营收超2000亿元，同比增长8.5%，青岛市科技局表示祝贺。"


@pytest.fixture(scope="module")
def processed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report")
    raw, out = folder / "raw", folder / "processed"
    raw.mkdir()
    page = (
        "---\ntitle: '{title}'\ncategories:\n - 新闻\n - 测试网\nauthor: 测试网\n"
        "date: Thu, 25 Aug 2022 03:18:00 GMT\n---\n\n<div>\n{body}\n</div>\n"
    )
    title = HOSTILE.replace("'", "’").replace("\u2028", "")
    (raw / "hostile.txt").write_text(page.format(title=title, body=f"<p>{NEWS}</p>"), encoding="utf-8")
    (raw / "plain.txt").write_text(
        page.format(title="海尔的一年", body=f"<p>😀{NEWS}</p><p>责任编辑：李明</p>"), encoding="utf-8"
    )
    (raw / "broken.txt").write_bytes(b"")
    pipeline.ingest(raw, out)
    return out


@pytest.fixture(scope="module")
def page(processed: Path) -> str:
    return build(processed)


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.count: dict[str, int] = {}

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.count[tag] = self.count.get(tag, 0) + 1


def data_of(page: str) -> list[dict]:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    assert found
    return json.loads(found[1])


def test_articles_cannot_inject_markup(page: str) -> None:
    tags = Tags()
    tags.feed(page)
    assert tags.count["script"] == 2
    assert "img" not in tags.count
    assert any("document.title" in text for article in data_of(page) for _, text, _ in article["title"])


def test_it_says_what_is_in_the_tables(page: str, processed: Path) -> None:
    articles = pipeline.load("articles", processed)
    assert f"<b>{len(articles)}</b>articles" in page
    assert f"<b>{len(pipeline.load('figures', processed))}</b>figures" in page
    assert "测试网" in page
    assert "2022-08" in page
    assert "broken.txt" in page


def test_articles_are_whole_and_marked(page: str, processed: Path) -> None:
    surfaces = set(pipeline.load("figures", processed)["surface"])
    pieces = [piece for article in data_of(page) for piece in (*article["title"], *article["text"])]
    assert {text for kind, text, _ in pieces if kind == "figure"} == surfaces != set()
    texts = {"".join(text for kind, text, _ in article["text"] if kind != "cut") for article in data_of(page)}
    assert texts == set(pipeline.load("articles", processed)["text"])
    assert any(kind == "cut" and "责任编辑" in text for kind, text, _ in pieces)


def test_it_needs_no_network(page: str) -> None:
    assert not re.search(r'(?:src|href)="?http|@import|url\(', page)


def grown(processed: Path, out: Path, times: int) -> Path:
    """Tables as in ``processed``, but with each article ``times`` times, under other names, and longer."""
    parts = []
    for name in TABLES:
        table = read(name, processed, [column.name for column in schema.columns(name)])
        if "article_id" in table.column_names:
            rows = len(table)
            table = table.take(pa.array([row for _ in range(times) for row in range(rows)], pa.int64()))
            copies = [f"{copy:08x}" for copy in range(times) for _ in range(rows)]
            values = {
                "article_id": [copy + key[8:] for copy, key in zip(copies, _list(table, "article_id"), strict=True)]
            }
            if name == "articles":
                values["path"] = [f"{copy}/{path}" for copy, path in zip(copies, _list(table, "path"), strict=True)]
                values["text"] = [text + "渡口的新船今天开航。" * 100 for text in _list(table, "text")]
                values["chars"] = [len(text) for text in values["text"]]
            table = normal(name, with_columns(table, values))
        parts.append(write_part(out, name, "all", table))
    store.publish(out, state.State(), state.State(1, {"format": state.FORMAT}, parts=tuple(parts)), [])
    return out


def _list(table: pa.Table, column: str) -> list:
    return table[column].to_pylist()


def test_a_large_corpus_is_sampled(processed: Path, tmp_path: Path) -> None:
    large = build(grown(processed, tmp_path / "large", 2_500))
    assert 1_000_000 < len(large.encode()) < 5_000_000
    shown = len(data_of(large))
    assert f"A sample: {shown:,} of 5,000 articles." in large
    assert len({article["about"].split("/")[0] for article in data_of(large)}) > shown / 3  # from all over


def test_an_article_alone_cannot_fill_the_page(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "a.txt").write_text("渡口开航\n\n" + "渡口的新船今天开航，可以载四百人。\n" * 20_000, "utf-8")
    pipeline.ingest(tmp_path / "raw", tmp_path / "processed", workers=1)
    page = build(tmp_path / "processed")
    assert len(page.encode()) < 3_000_000
    assert " […]" in page


def test_nothing_but_problems(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "a.txt").write_text("")
    pipeline.ingest(tmp_path / "raw", tmp_path / "processed", workers=1)
    page = build(tmp_path / "processed")
    assert data_of(page) == []
    assert "there is neither a title nor a text" in page


def browsed(page: str, folder: Path, search: str = "") -> str:
    """The page as Chromium makes it, after checking that it has nothing to complain of."""
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if browser is None:
        pytest.skip("no Chromium on this machine: install the package chromium to run this")
    file = folder / "report.html"
    file.write_text(page, encoding="utf-8")
    done = subprocess.run(
        [browser, "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run",
         f"--user-data-dir={folder / 'profile'}", "--enable-logging=stderr", "--dump-dom",
         file.as_uri() + (f"#{quote(search)}" if search else "")],
        capture_output=True, encoding="utf-8", timeout=100, check=True,
    )  # fmt: skip
    assert "CONSOLE" not in done.stderr
    assert "<title>Ingestion report</title>" in done.stdout
    return done.stdout


def test_a_browser_renders_it(page: str, tmp_path: Path) -> None:
    shown = browsed(page, tmp_path)
    assert shown.count("<button>") == 2
    assert "<button>海尔的一年</button>" in shown


def test_the_search_finds_an_article_and_shows_it_marked(page: str, tmp_path: Path) -> None:
    shown = browsed(page, tmp_path, "海尔的一年")
    assert shown.count("<button>") == 1
    assert re.search(r'<mark class="figure" title="money gt 200,000,000,000 CNY">超2000亿元</mark>', shown)
    assert re.search(r'<del title="boilerplate: editor">\s*责任编辑：李明\s*</del>', shown)
    assert "No article holds this." in browsed(page, tmp_path, "<b>no such words")
