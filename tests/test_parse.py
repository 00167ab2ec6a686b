"""Bytes to articles: reading and parsing together."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipeline.parse import MAX_TEXT, parse
from pipeline.read import read
from pipeline.records import Article, Raw
from pipeline.steps import process
from pipeline.text import language
from tests.fixtures import fixture_cases

MIRRORED = (Path(__file__).parent / "parse" / "mirrored.txt").read_text(encoding="utf-8")


def article(text: str, path: str = "a.txt", encoding: str = "utf-8") -> Article:
    (raw,) = read(text.encode(encoding), path)
    return parse(raw)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_mirrored_article(encoding: str) -> None:
    found = article(MIRRORED, encoding=encoding)
    assert found.title == "海港新闻：第一批船到了 {快讯}"
    assert (found.site, found.author) == ("港口门户", None)
    assert found.categories == ("新媒体", "港口门户", "新闻")
    assert found.published_at == datetime(2022, 8, 25, 3, 18, tzinfo=UTC)
    assert found.published_from == "front-matter"
    assert found.text == "第一段。\n建成港口二期。"
    assert [(image.url, image.position) for image in found.images] == [("http://img.example.com/a.jpg", 5)]
    assert found.lead_image == "http://img.example.com/a.jpg"
    assert [link.text for link in found.links] == ["港口"]


def test_crawl_time_is_flagged() -> None:
    found = article(MIRRORED.replace("Thu, 25 Aug 2022 03:18:00 GMT", "2022-08-25 03:18:00"))
    assert (found.published_at, found.published_from) == (datetime(2022, 8, 24, 19, 18, tzinfo=UTC), "crawl-time")


def test_offsets_count_in_the_decoded_file() -> None:
    found = article(MIRRORED)
    start = found.text.index("二期")
    low, high = found.origin.locate(start, start + 2) or (0, 0)
    assert MIRRORED[low:high] == "二期"


def test_person_as_author() -> None:
    found = article("---\ntitle: A\nauthors: [Ann Bell, Bo Chen]\ntags: x\nslug: a-b\n---\nText.\n")
    assert (found.author, found.site, found.tags) == ("Ann Bell, Bo Chen", None, ("x",))
    assert found.front_matter == {"slug": "a-b"}


def test_body_is_taken_as_it_is() -> None:
    text = " Headline\n\n  Some <b>words</b>.\r\n\tEnd "
    found = parse(Raw("", text, format="body"))
    assert (found.text, found.title) == (text, "")
    assert [text[b.start : b.end] for b in found.blocks] == ["Headline", "Some <b>words</b>.", "End"]


@pytest.mark.parametrize(
    ("page", "title"),
    [
        (
            "Harbour\nHome Harbour News\n\nThe Long Road to a Deeper Harbour\n\n\nSince the 1980s the town has"
            " wished for a deeper harbour. The first plans were drawn in 1991 and went nowhere.\nMore text.\n",
            "The Long Road to a Deeper Harbour",
        ),
        (
            "海港二期工程今日开工_新闻频道_东岸网\n首页\n新闻\n首页 > 新闻 > 正文\n海港二期工程今日开工\n"
            "2020-03-04 10:00 来源：东岸网\n"
            "东岸网3月4日电，海港二期工程今天正式开工，预计三年后建成，届时年吞吐量将翻番。\n责任编辑：李四\n",
            "海港二期工程今日开工",
        ),
        (
            "Ships return\n\nThe first ships came back on Monday after a storm of nine days, the port said.\n",
            "Ships return",
        ),
        ("The first ships came back on Monday after a storm of nine days, the port of the town said.\n", ""),
    ],
)
def test_title_of_a_plain_page(page: str, title: str) -> None:
    found = article(page)
    assert found.title == title
    assert title == "" or title not in found.text.split("\n")[: 1 if page.startswith(title + "\n") else 0]


@pytest.mark.parametrize(("page", "expected"), fixture_cases(Path(__file__).parent / "parse" / "plain_pages.txt"))
def test_lines_of_a_plain_page(page: str, expected: str) -> None:
    found = article(page)
    lines = ["aside: " * block.aside + found.text[block.start : block.end] for block in found.blocks]
    assert "\n".join([f"title: {found.title}".rstrip(), *lines]) == expected


@pytest.mark.parametrize(
    "data", [b"", b"\n", b"---\n---\n", b"---", b"\xff\xfe", b"<", b"\x00\xff", b"---\na: [\n---\n"]
)
def test_scraps(data: bytes) -> None:
    (raw,) = read(data, "scrap.txt")
    assert isinstance(parse(raw), Article)


def test_saved_page() -> None:
    source = (Path(__file__).parent / "parse" / "page.html").read_text(encoding="utf-8")
    found = article(source, "storm.html")
    assert found.title == "Storm closes the harbour for a week"
    assert found.author == "Ann Bell, Bo Chen"
    assert found.site == "Coast Courier"
    assert found.url == "https://courier.example/2024/03/storm"
    assert found.published_at == datetime(2024, 3, 5, 17, 30, tzinfo=UTC)
    assert found.published_from == "page"
    assert found.tags == ("storm", "harbour")
    assert found.lead_image == "https://courier.example/img/storm.jpg"
    main = [found.text[b.start : b.end] for b in found.blocks if not b.aside]
    assert main[0].startswith("The harbour of the town will")
    assert main[-1].endswith("pier this week.")
    aside = [found.text[b.start : b.end] for b in found.blocks if b.aside]
    assert {"Home", "Sport", found.title, "More stories", "Ferry fares to rise in May"} <= set(aside)
    start = found.text.index("ferry to the islands")
    low, high = found.origin.locate(start, start + 20) or (0, 0)
    assert source[low:high] == "ferry to the islands"


def test_page_without_an_article() -> None:
    found = article("<html><head><title>Nothing</title></head><body></body></html>", "n.html")
    assert (found.title, found.text) == ("Nothing", "")


_STORY = (
    "<p>The harbour of the town will stay closed for a week, its master said on Monday, after a storm broke it.</p>"
    "<p>Boats wait at the isle, and the ferry goes by the river. Nobody was hurt, but two cranes were lost.</p>"
    "<p>The wall is ninety years old. To build it anew would take two summers, and there is no money, he said.</p>"
)
_PAGE = (
    "<html><head><title>{title}</title></head><body><p>{above}</p><p>{headline}</p><div>"
    + _STORY
    + "</div></body></html>"
)


def _main(found: Article) -> list[str]:
    """The lines that are the article's."""
    return [found.text[block.start : block.end] for block in found.blocks if not block.aside]


@pytest.mark.parametrize(
    ("title", "headline", "expected"),
    [
        ("Coast Courier", "Storm closes the harbour of the town", "Storm closes the harbour of the town"),
        ("Storm closes harbour | Coast Courier", "Two cranes lost", "Storm closes harbour"),
        ("Coast Courier", "5 March 2024", "Coast Courier"),
        ("Coast Courier", "Your guide to gardens", "Coast Courier"),
        ("Coast Courier: Local", "Storm closes the harbour | Local", "Storm closes the harbour"),
    ],
)
def test_headline_where_the_title_names_the_site(title: str, headline: str, expected: str) -> None:
    assert article(_PAGE.format(title=title, above="Home", headline=headline), "p.html").title == expected


def test_an_article_in_an_element_that_is_called_otherwise() -> None:
    told = [
        "第一批乘客在清晨六点前就到了，队伍从入口一直排到桥头，有人带了板凳，有人抱着孩子。",
        "工作人员说，今天一共安排了十二个班次，最后一班在晚上八点开出，比原来晚了一个小时。",
        "“等了很多年，终于等到这一天。”一位住在附近的老人说，他年轻时要走两个小时才能到镇上。",
        "按照计划，二期工程将在明年春天动工，届时沿线的六个村庄都会通上新路，票价不变。",
    ]
    sections = "".join(f"<section>{line}</section>" for line in told)
    page = (
        "<html><head><title>渡口复航</title></head><body><div><h1>渡口复航</h1><span>渡口周刊</span>"
        f'<div class="author-page">{sections}</div></div></body></html>'
    )
    assert set(told) <= set(_main(article(page, "p.html")))


@pytest.mark.parametrize(
    ("between", "kept"),
    [
        ("<div>What was lost</div>", ["What was lost"]),
        ("<div><a href=/shop>What was lost</a></div>", []),
    ],
)
def test_short_lines_between_those_of_an_article_are_of_it(between: str, kept: list[str]) -> None:
    first, mark, rest = _STORY.partition("<p>Boats")
    body = f"<h1>Storm</h1><article>{first}{between}{mark}{rest}</article>"
    main = _main(article(f"<html><head><title>Storm</title></head><body>{body}</body></html>", "p.html"))
    assert [line for line in main if "lost" in line and f"<p>{line}</p>" not in _STORY] == kept


@pytest.mark.parametrize("between", [4, 12])
def test_a_line_that_stands_alone_far_below_the_article_is_not_of_it(between: int) -> None:
    programme = "Every day at half past seven in the morning we look at the numbers behind the news of the day."
    items = "".join(f"<div><a href=/{n}>Story {n} of the day</a></div>" for n in range(between))
    page = f"<html><head><title>Storm</title></head><body><h1>Storm</h1><div>{_STORY}</div>{items}"
    found = article(page + f"<div><p>{programme}</p></div></body></html>", "p.html")
    main = _main(found)
    assert (programme in main) == (between < 9)
    assert len([line for line in main if f"<p>{line}</p>" in _STORY]) == 3


@pytest.mark.parametrize(
    ("asks", "shown"),
    [("Read the full story", 3), ("Read more", 3), ("Our shop", 2)],
)
def test_what_a_page_hides_until_its_reader_asks_for_it(asks: str, shown: int) -> None:
    first, second, rest = _STORY.partition("<p>The wall")
    page = (
        f"<html><head><title>Storm</title></head><body><h1>Storm</h1><div>{first}</div><a href='#'>{asks}</a>"
        f'<div style="display: none">{second}{rest}</div><p>Home</p></body></html>'
    )
    found = article(page, "p.html")
    main = _main(found)
    assert len([line for line in main if f"<p>{line}</p>" in _STORY]) == shown


@pytest.mark.parametrize(
    ("title", "above", "expected"),
    [
        ("Storm - a diary | Sea | Coast News", "Storm - a diary", "Storm - a diary"),
        ("Storm - a diary | Sea | Coast News", "A diary", "Storm - a diary"),  # bars part sites and channels from it
        ("Storm - a diary", "Storm", "Storm - a diary"),  # a word is no headline
    ],
)
def test_title_of_a_mirror_ends_where_the_headline_does(title: str, above: str, expected: str) -> None:
    source = f"---\ntitle: '{title}'\n---\n<p>{above}</p><p>The storm came at night and went in the morning.</p>"
    assert article(source, "m.html").title == expected


@pytest.mark.parametrize(
    ("title", "body", "restored"),
    [
        ("新漏洞_黎明_曝光", "没有别的。", "新漏洞“黎明”曝光"),
        ("海港新闻_第一批船到了", "海港新闻：第一批船到了，大家很高兴。", "海港新闻：第一批船到了"),
        ("snake_case names", "They use snake_case names.", "snake_case names"),
        ("他问_你是谁_", "他问：你是谁？没有人答。", "他问：你是谁？"),
        ("新船_晨风_到港", "新船 [晨风] 到港了。", "新船[晨风]到港"),
    ],
)
def test_signs_a_mirror_took_from_the_title(title: str, body: str, restored: str) -> None:
    assert article(f"---\ntitle: {title}\n---\n<p>{body}</p>\n").title == restored


@pytest.mark.parametrize(
    ("title", "above", "expected"),
    [
        ("海港二期今日开工_要闻_东岸网", "海港很忙", "海港二期今日开工"),  # the channel goes with the site
        ("海港二期今日开工 - 图片", "海港很忙", "海港二期今日开工 - 图片"),
        ("[社会]海港二期今日开工", "海港二期今日开工", "海港二期今日开工"),
        ("[社会]海港二期今日开工", "海港很忙", "[社会]海港二期今日开工"),
        ("海港二期今日开工-东岸海洋农业大学新闻网", "海港二期今日开工", "海港二期今日开工"),
        ("The storm that came at ni…", "The storm that came at night", "The storm that came at night"),
        ("The storm that came at ni…", "（原标题：The storm that came at night）", "The storm that came at night"),
        ("The storm that came at ni…", "The storm was heavy", "The storm that came at ni…"),
        ("Storm_ the boats_ fate _ Coast News", "Storm: the boats’ fate", "Storm: the boats’ fate"),
        ("[转帖]海港二期今日开工", "海港很忙", "海港二期今日开工"),
        ("Fwd: Re: The storm came at night", "It was heavy", "The storm came at night"),
        ("<![CDATA[The storm came at night - Coast News]]>", "It was heavy", "The storm came at night"),
        ("The storm came at night » Gear for boats", "It was heavy", "The storm came at night » Gear for boats"),
        ("The storm came at night » Boats Monthly Reader", "It was heavy", "The storm came at night"),
    ],
)
def test_title_of_a_mirror_as_its_text_shows_it(title: str, above: str, expected: str) -> None:
    source = f"---\ntitle: '{title}'\n---\n<h1>{above}</h1><p>The storm came at night and went in the morning.</p>"
    assert article(source, "m.html").title == expected


@pytest.mark.parametrize("named", ["Print Article: The Coast Standard", "News - The Coast Standard"])
def test_title_of_a_page_that_is_called_after_its_site(named: str) -> None:
    text = "".join(
        f"<p>The storm came at night and took {n} boats from the quay, the harbour master said.</p>" for n in range(9)
    )
    page = (
        f"<html><head><title>{named}</title></head><body><div>Storm takes boats from the quay</div>{text}</body></html>"
    )
    assert article(page, "page.html").title == "Storm takes boats from the quay"


@pytest.mark.parametrize(
    ("title", "slug", "expected"),
    [
        ("#212: The storm came at night", "p/the-storm-came-at-night", "The storm came at night"),
        ("The storm came at night - Waves and more", "the-storm-came-at-night-20310", "The storm came at night"),
        ("#212: The storm came at night", "p/212", "#212: The storm came at night"),
        ("#212: The storm came at night", "p/what-the-storm-left-behind", "#212: The storm came at night"),
    ],
)
def test_title_of_a_mirror_as_its_address_has_it(title: str, slug: str, expected: str) -> None:
    source = f"---\ntitle: '{title}'\nurl: https://coast.example/{slug}\n---\n<p>It came and went in the morning.</p>"
    assert article(source, "m.html").title == expected


def test_body_that_was_escaped_twice() -> None:
    body = (
        "&lt;p class=&quot;a&quot;&gt;Salt &amp;amp; oil, &lt;b&gt;both&lt;/b&gt;: 3 &amp;lt; 4.&lt;/p&gt;"
        "&lt;p&gt;&lt;a href=&quot;https://coast.example/?a=1&amp;amp;b=2&quot;&gt;More&lt;/a&gt;"
        "&lt;br /&gt;here&lt;/p&gt;"
    )
    source = f"---\ntitle: Storm\n---\n{body}\n"
    found = article(source, "m.html")
    assert found.text == "Salt & oil, both: 3 < 4.\nMore\nhere"
    assert [link.url for link in found.links] == ["https://coast.example/?a=1&b=2"]
    start, end = found.origin.locate(found.text.find("oil"), found.text.find(" 3")) or (0, 0)
    assert source[start:end] == "oil, &lt;b&gt;both&lt;/b&gt;:"
    told = "---\ntitle: Storm\n---\n<p>Write &lt;p&gt; and &lt;/p&gt;.</p>\n"
    assert article(told, "m.html").text == "Write <p> and </p>."


def test_head_of_labels_above_html() -> None:
    head = (
        "标题: 海港二期今日开工\n公众号: 海边\n发布时间: 2024-01-18 20:31\n原文链接: https://coast.example/a\n"
        + "-" * 40
    )
    found = article(head + "\n<section>文｜顾小川</section><p>海港二期今天开工。</p><p>工期三年。</p>", "m.html")
    assert (found.title, found.author, found.url) == ("海港二期今日开工", "顾小川", "https://coast.example/a")
    assert found.published_at == datetime(2024, 1, 18, 12, 31, tzinfo=UTC)
    assert [found.text[block.start : block.end] for block in found.blocks if not block.aside][1:] == [
        "海港二期今天开工。",
        "工期三年。",
    ]


def test_paragraphs_parted_by_blank_lines_alone() -> None:
    body = "<em>By Ann Bell</em>\n\nIt <b>rained</b> all night.\n\nThen it did not.\n\nThat was all."
    source = f"---\ntitle: Storm\n---\n{body}"
    assert article(source, "m.txt").text == "By Ann Bell\nIt rained all night.\nThen it did not.\nThat was all."
    assert article(source, "m.txt").author == "Ann Bell"


@pytest.mark.parametrize(
    ("title", "last", "expected"),
    [
        ("The storm came at night - Coast News", "Photograph: Ann Bell/Coast News", "The storm came at night"),
        ("The storm came at night - day two", "That was day two.", "The storm came at night - day two"),
        ("The storm came at night - Coast News", "Photograph: Ann Bell", "The storm came at night"),  # an outlet
        ("The storm came at night - Medium", "Photograph: Ann Bell", "The storm came at night"),
        ("The storm came at night - Seaweed", "Photograph: Ann Bell", "The storm came at night - Seaweed"),
        ("UPDATE 2-The storm came at night'\nheadline: 'The storm came at night", "", "The storm came at night"),
        ("Salt &amp;amp; storm at night", "", "Salt & storm at night"),
        ("海港二期今日开工-海边笔记", "本文经授权由海边笔记发布。", "海港二期今日开工"),
        ("海港二期今日开工 - 海港", "海港很忙。", "海港二期今日开工 - 海港"),
    ],
)
def test_title_of_a_mirror_without_a_site_that_the_text_names(title: str, last: str, expected: str) -> None:
    source = f"---\ntitle: '{title}'\n---\n<p>The storm came at night and went in the morning.</p><p>{last}</p>"
    assert article(source, "m.html").title == expected


@pytest.mark.parametrize(
    ("front", "line", "day", "source"),
    [
        ("created: 2020-03-09 08:00\nlink: https://coast.example/a", "4 March 2020", 4, "text"),
        ("created: 2020-03-09 08:00\nlink: https://coast.example/2020/03/05/a", "Gales", 5, "path"),
        ("created: 2020-03-09 08:00\nlink: https://coast.example/a", "10 March 2020", 9, "crawl-time"),  # not yet
        ("created: 2020-03-09 08:00\nlink: https://coast.example/a", "Gales", 9, "crawl-time"),
        ("time_added: 2020-03-09\nlink: https://coast.example/a", "4 March 2020", 4, "text"),
        ("created: 2020-03-09 08:00", "4 March 2020", 9, "front-matter"),  # a post of one's own
        ("created: 2020-03-09 08:00\npublished: 2020-03-06", "4 March 2020", 6, "front-matter"),
        ("date: [2020-03-09, 2020-03-06 10:00]", "Gales", 6, "front-matter"),  # a time is surer than a day
    ],
)
def test_when_a_clipped_article_appeared(front: str, line: str, day: int, source: str) -> None:
    text = f"---\ntitle: Storm\n{front}\n---\n<p>{line}</p><p>The storm came at night and went in the morning.</p>"
    found = article(text, "m.html")
    assert found.published_at is not None
    assert (found.published_at.day, found.published_from) == (day, source)
    assert set(found.front_matter) == ({"created"} if "published" in front else set())


@pytest.mark.parametrize(
    ("front", "source"),
    [
        ("from: 微信公众号“海边”", "海边"),
        ("from: 微信公众号", "东岸网"),
        ("from: 东岸报", "东岸报"),
    ],
)
def test_the_outlet_of_a_mirror(front: str, source: str) -> None:
    text = f"---\ntitle: 渡口\n{front}\n---\n<p>来源：东岸网</p><p>渡口今天开航，船票两元，半小时一班。</p>"
    assert article(text, "m.html").source == source


def test_date_in_the_path() -> None:
    found = article("---\ntitle: A\n---\nText.\n", "posts/2015-04-03-a.md")
    assert (found.published_at, found.published_from) == (datetime(2015, 4, 3, tzinfo=UTC), "path")


def test_date_and_bylines_of_a_plain_page() -> None:
    found = article(
        "海港二期工程今日开工\n2020-03-04 10:00 来源：东岸网\n作者：李四\n"
        "东岸网3月4日电，海港二期工程今天正式开工，预计三年后建成，届时年吞吐量将翻番。\n责任编辑：王五\n"
    )
    assert found.published_at == datetime(2020, 3, 4, 2, 0, tzinfo=UTC)
    assert (found.published_from, found.author, found.editor, found.source) == ("text", "李四", "王五", "东岸网")


@pytest.mark.parametrize(
    "page",
    [
        # under the headline, below a long menu
        "海港二期工程今日开工_新闻_东岸网\n"
        + "要闻\n体育\n财经\n" * 20
        + "海港二期工程今日开工\n2020-03-04 10:00　东岸网\n{}",
        "海港二期工程今日开工\n{}\n发布日期：2020-03-04 10:00　责任编辑：王五\n",  # at the end, with its label
        "2020-03-04 10:00\n海港二期工程今日开工\n{}",  # above the headline
        # below a deck
        "海港二期工程今日开工\n码头将向东延伸两公里，三年后建成。到那时，大船不必再等潮水。\n"
        "2020-03-04 10:00　东岸网\n{}",
    ],
)
def test_day_of_a_plain_page(page: str) -> None:
    body = (
        "东岸网3月4日电，海港二期工程今天正式开工，预计三年后建成，届时年吞吐量将翻番。\n2019年1月1日的招标没有结果。"
    )
    assert article(page.format(body)).published_at == datetime(2020, 3, 4, 2, 0, tzinfo=UTC)


def test_a_dateline_tells_the_day() -> None:
    found = article(
        "Harbour to be dredged\nDERBY POINT, March 4, 2020 -- The harbour will be dredged again this summer, the board"
        " of the port said. It will cost nine million dollars.\nThe last time was in 2011.\n"
    )
    assert (found.published_at, found.published_from) == (datetime(2020, 3, 4, tzinfo=UTC), "text")


def test_bylines_around_the_article_count_before_those_far_below_it() -> None:
    body = "东岸网3月4日电，海港二期工程今天正式开工，预计三年后建成，届时年吞吐量将翻番。\n" * 3
    below = "".join(f"第{n}码头的船期\n" for n in range(20))
    found = article(f"海港二期工程今日开工\n{body}（顾小川）\n责任编辑：王五\n{below}责任编辑：赵六\n")
    assert (found.author, found.editor) == ("顾小川", "王五")
    assert article(f"海港二期工程今日开工\n{body}{below}责任编辑：赵六\n").editor == "赵六"


def test_entries_of_a_live_blog() -> None:
    source = (Path(__file__).parent / "parse" / "page.html").read_text(encoding="utf-8")
    entries = [f"Entry number {n} says that the water {n} stands at the level of the old wall." for n in range(30)]
    updates = ",".join(f'{{"@type":"BlogPosting","articleBody":"<p>{entry}</p>"}}' for entry in entries)
    source = source.replace('"headline"', f'"liveBlogUpdate":[{updates}],"headline"')
    live = "".join(f'<div class="widget"><a href="#">x</a><p>{entry}</p></div>' for entry in entries)
    found = article(source.replace("<aside>", f"<aside>{live}"))
    main = [found.text[b.start : b.end] for b in found.blocks if not b.aside]
    assert set(entries) <= set(main)
    assert "More stories" not in main


def test_opening_lines_of_other_stories_are_aside() -> None:
    source = (Path(__file__).parent / "parse" / "page.html").read_text(encoding="utf-8")
    other = "Another story opens with a sentence that is long enough to look like the article itself, number "
    listed = "".join(f'<li><h3><a href="/{n}">Headline {n}</a></h3><p>{other}{n}.</p></li>' for n in range(6))
    found = article(source.replace("</article>", f"<ul>{listed}</ul></article>"))
    main = [found.text[b.start : b.end] for b in found.blocks if not b.aside]
    assert not any("Another story" in line for line in main)
    assert any("Repairs will cost" in line for line in main)


def test_table_cells_move_with_the_cleaned_text() -> None:
    rows = "<tr><td>北港</td><td>12 万吨</td></tr><tr><td>南港</td><td>7 万吨</td></tr>"
    advert = "".join(f"<p>{line}</p>" for line in ["责任编辑：李四", "扫描二维码关注我们"])
    page = f"---\ntitle: 港口\n---\n<div><p>两港去年的吞吐量如下表。</p>{advert}<table>{rows}</table></div>\n"
    document = process(page.encode(), "a.txt")
    assert document.cuts
    assert [cell.text for cell in document.table_cells] == ["北港", "12 万吨", "南港", "7 万吨"]
    assert all(document.text[cell.start : cell.end] == cell.text for cell in document.table_cells)


def test_a_date_that_cannot_be_read_is_noted_and_kept() -> None:
    found = article("---\ntitle: A\ndate: some day\n---\nText.\n")
    assert (found.published_at, found.front_matter) == (None, {"date": "some day"})
    assert [problem.error for problem in found.problems] == ["unread-date"]
    found = article("---\ntitle: A\ndate: some day\npublished: 2021-03-04\n---\nText.\n")
    assert found.published_at == datetime(2021, 3, 4, tzinfo=UTC)
    assert not found.problems


def test_a_site_that_is_an_address() -> None:
    found = article("---\ntitle: A\nsite: https://news.example/1\n---\nText.\n")
    assert (found.site, found.url) == (None, "https://news.example/1")
    assert article("---\ntitle: A\nsite: Coast News©\n---\nText.\n").site == "Coast News"


def test_the_first_picture_that_is_no_placeholder() -> None:
    found = article(
        "---\ntitle: A\nheadimg: https://picsum.photos/400/300?random=3\n"
        "thumbnail: https://cors.example.dev/?http://img.example.com/a.jpg\n---\nText.\n"
    )
    assert found.lead_image == "http://img.example.com/a.jpg"


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("渡口今天开航，第一批船到了。", "zh-Hans"),
        ("渡口今天開航，第一批船到了，臺灣的記者說這是好消息。", "zh-Hant"),
        ("The harbour has opened again for ships.", "en"),
        ("The de la Cruz family of Los Angeles met the van den Berg family in La Paz for the first time.", "en"),
        ("Le port est de nouveau ouvert aux navires, et les pêcheurs de la côte sont revenus.", "other"),
        ("Der Hafen ist wieder offen und die Schiffe sind von der Insel in den Norden gefahren.", "other"),
        ("El puerto de la ciudad ha vuelto a abrir para los barcos, dijo el alcalde.", "other"),
        ("本日、港が再開しました。多くの人が集まりました。", "other"),
        ("Порт снова открыт для судов.", "other"),
        ("海港今天开航，大家都很高兴地来了。\nThe harbour has opened again for ships today.", "mixed"),
        ("", "other"),
    ],
)
def test_language(text: str, lang: str) -> None:
    assert language(text) == lang


@pytest.mark.parametrize("source", ["<p>{}</p>", "{}\n"])
def test_a_text_too_long_for_an_article_ends_at_a_line(source: str) -> None:
    line = "渡口今天开航，第一批船到了。"
    text = "---\ntitle: A\n---\n" + source.format(line) * 40_000
    found = article(text)
    assert MAX_TEXT - 20_000 <= len(found.text) <= MAX_TEXT
    assert set(found.text.split("\n")) == {line}
    assert [problem.error for problem in found.problems] == ["long-text"]
    low, high = found.origin.locate(len(found.text) - len(line), len(found.text)) or (0, 0)
    assert text[low:high] == line


def test_byline_of_a_plain_page_below_its_menu() -> None:
    page = (
        "Ferry sails again - Coast News\n" + "Home\nSports\nBusiness\nOpinion\nContact us\n" * 4 + "Ferry sails again\n"
        "Ann Bell, National Political Writer\nNov. 20, 2019\n"
        "The ferry to the islands sails again from Monday, the port said. The pier has been mended in a month.\n"
    )
    assert article(page).author == "Ann Bell"


@pytest.mark.parametrize(
    ("front", "body", "author"),
    [
        ("author: By Senior Reporter Ann Bell", "", "Ann Bell"),
        ("author: Ann Bell and Bo Chen", "", "Ann Bell, Bo Chen"),
        ("author: Ann Bell, Senior Editor", "", "Ann Bell"),
        ("author: 东岸报首席记者 顾小川", "", "顾小川"),
        ("author: 顾小川、林小雨", "", "顾小川, 林小雨"),
        ("author: Coast News", "<p>By Ann Bell</p>", "Ann Bell"),
        ("author: admin", "<p>作者：顾小川</p>", "顾小川"),
        ("author: Coast News", "", None),
        ("author: admin", "", None),
        ("author: Our Staff Reporter", "", None),
        ("author: seadog42", "", "seadog42"),
        ("author: 记者 顾小川 摄影 林小雨", "", "顾小川"),
        ("author: 本报记者 顾小川 实习生 林小雨", "", "顾小川, 林小雨"),
        ("author: 约翰·史密斯 著 林小雨 译", "", "约翰·史密斯"),
        ("author: 顾 川", "", "顾川"),
        ("author: Ann Bell, Coast News", "", "Ann Bell"),
        ("author: Bo Chen", "<p>By Ann Bell</p>", "Bo Chen"),
        ("author: Mark Editor", "", "Mark Editor"),
        ("author: Salt & Smoke", "", "Salt & Smoke"),
        ("author: 云雀叫了一整天", "", "云雀叫了一整天"),
        ("author: 云雀叫了一整天", "<p>文 | 顾小川</p>", "顾小川"),
        ("author: 林小雨", "<p>文 | 顾小川</p>", "林小雨"),
        ("author: 顾小川 洛桑卓玛", "", "顾小川, 洛桑卓玛"),
    ],
)
def test_authors_in_front_matter(front: str, body: str, author: str | None) -> None:
    text = f"---\ntitle: Storm\n{front}\n---\n<div>{body}<p>The storm came at night and went in the morning.</p></div>"
    (raw,) = read(text.encode(), "a.md")
    assert parse(raw).author == author


def test_an_outlet_in_the_place_of_the_author_is_a_source() -> None:
    page = "---\ntitle: {}\nauthor: Coast News\n{}---\n<p>The storm came at night and went in the morning.</p>"
    assert (found := article(page.format("Storm", ""))).source == "Coast News"
    assert article(page.format("Storm", "source: Bay Wire\n")).source == "Bay Wire"
    found = article(page.format("Storm - Coast News", "site: Coast News\n"))
    assert (found.title, found.author, found.source) == ("Storm", None, None)


def test_an_editor_in_the_place_of_the_author() -> None:
    found = article("---\ntitle: 渡口\nauthor: 记者：顾小川；编辑：林小雨\n---\n<p>渡口今天开航。</p>")
    assert (found.author, found.editor) == ("顾小川", "林小雨")


@pytest.mark.parametrize(
    ("text", "title", "kept"),
    [
        ("<h1>Storm at sea</h1><p>The storm came.</p>", "Storm at sea", "Storm at sea\nThe storm came."),
        ("<p>The storm came.</p><p>It went.</p><p>So.</p><p>Then.</p><h1>Late</h1>", "", "The storm came."),
        ("---\ntitle: Sto\u200brm\n---\n<h1>At sea</h1><p>The storm came.</p>", "Storm", "At sea"),
    ],
)
def test_a_piece_of_html_may_start_with_its_headline(text: str, title: str, kept: str) -> None:
    (raw,) = read(text.encode(), "a.html")
    article = parse(raw)
    assert article.title == title
    words = "\n".join(article.text[block.start : block.end] for block in article.blocks if not block.aside)
    assert words.startswith(kept)
