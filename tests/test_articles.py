"""The user's two articles come out right."""

from datetime import UTC, date, datetime

import pytest

import pipeline
from pipeline.records import Document, FigureRow


def figure(document: Document, surface: str) -> FigureRow:
    return next(row for row in document.figures if row.surface == surface)


def organization_ids(document: Document) -> dict[str, str | None]:
    return {mention.surface: mention.org_id for mention in document.organization_mentions}


class TestHaierList:
    def test_metadata(self, haier_list: Document) -> None:
        article = haier_list.article
        assert article is not None
        assert article.title == "2022首批青岛市技术创新中心名单公示 海尔入选9席数量最多"
        assert article.published_at == datetime(2022, 8, 25, 3, 18, tzinfo=UTC)
        assert article.published_from == "front-matter"
        assert article.site == "高科技行业门户"
        assert article.author is None
        assert article.categories == ["新媒体", "高科技行业门户", "新闻"]
        assert (article.lang, article.encoding, article.format) == ("zh-Hans", "utf-8", "front-matter")

    def test_image(self, haier_list: Document) -> None:
        (image,) = haier_list.images
        assert image.url == "http://images.ofweek.com/Upload/News/2022-08/25/Zyong/1661397537252068394.jpg"
        assert image.source_url == "https://cors.zfour.workers.dev/?" + image.url
        assert haier_list.article is not None
        assert haier_list.article.lead_image == image.url

    def test_link_does_not_split_the_sentence(self, haier_list: Document) -> None:
        (link,) = haier_list.links
        assert link.url == "https://smarthome.ofweek.com/CAT-91108-smartappliance.html"
        assert haier_list.text[link.start : link.end] == link.text == "智能家电"
        assert "国家高端智能家电制造业创新中心" in haier_list.text

    def test_text_is_nine_paragraphs_as_they_stand(self, haier_list: Document) -> None:
        paragraphs = haier_list.text.strip().split("\n")
        assert len(paragraphs) == 9
        assert paragraphs[0].startswith("近日，青岛市科技局公示了")
        assert paragraphs[-1].endswith("一起，创造新未来。")
        assert not set("<>&") & set(haier_list.text)
        assert all(paragraph in haier_list.source for paragraph in paragraphs if "智能家电" not in paragraph)
        assert haier_list.cuts == []

    def test_dates(self, haier_list: Document) -> None:
        calendar = [row for row in haier_list.dates if row.field == "text" and row.kind == "date" and not row.relative]
        assert [row.surface for row in calendar] == [
            "2022年", "2020年", "1988年", "1995年", "1998年", "2009年", "2021年", "十三五期间",
        ]  # fmt: skip
        first, plan = calendar[0], calendar[-1]
        assert (first.start_date, first.end_date, first.grain) == (date(2022, 1, 1), date(2022, 12, 31), "year")
        assert (plan.start_date, plan.end_date, plan.grain) == (date(2016, 1, 1), date(2020, 12, 31), "plan")

    @pytest.mark.parametrize(
        ("surface", "kind", "value", "comparator"),
        [
            ("231家", "number", 231, "eq"),
            ("35家", "number", 35, "eq"),
            ("最高30万元", "money", 300_000, "le"),
            ("超100亿", "number", 1e10, "gt"),
            ("71个", "number", 71, "eq"),
            ("1000＋", "number", 1000, "gt"),
            ("20多家", "number", 20, "gt"),
            ("2万多名", "number", 20_000, "gt"),
            ("170余项", "number", 170, "gt"),
            ("70％", "percent", 70, "eq"),
        ],
    )
    def test_figures(self, haier_list: Document, surface: str, kind: str, value: float, comparator: str) -> None:
        found = figure(haier_list, surface)
        assert (found.kind, found.value, found.cmp) == (kind, value, comparator)

    def test_figure_details(self, haier_list: Document) -> None:
        award = figure(haier_list, "最高30万元")
        assert (award.currency, award.low, award.high) == ("CNY", None, 300_000)
        assert haier_list.text[award.core_start : award.core_end] == "30万元"
        assert figure(haier_list, "2万多名").classifier == "名"
        assert [row.surface for row in haier_list.figures].count("9家") == 2

    def test_a_name_with_a_numeral_is_no_figure(self, haier_list: Document) -> None:
        place = haier_list.text.index("10＋N")
        assert not [row for row in haier_list.figures if row.field == "text" and place <= row.start < place + 4]

    def test_organizations(self, haier_list: Document) -> None:
        ids = organization_ids(haier_list)
        bodies = ["青岛市科技局", "海尔", "HOPE创新生态平台", "海创汇创业加速平台", "卡奥斯工业互联网平台"]
        assert {*bodies, "海尔集团"} <= set(ids)
        assert ids["海尔"] == ids["海尔集团"] is not None
        assert len({ids[name] for name in bodies}) == len(bodies)


class TestHaierHistory:
    def test_metadata(self, haier_history: Document) -> None:
        assert haier_history.title == "The Development History of Haier’s Global Open Innovation Platform"
        assert haier_history.article is not None
        assert haier_history.article.lang == "en"
        assert haier_history.article.published_at is None

    def test_cuts_stand_where_they_say(self, haier_history: Document) -> None:
        source = haier_history.source
        assert haier_history.cuts
        for cut in haier_history.cuts:
            assert cut.raw_start is not None
            assert cut.raw_end is not None
            assert source[cut.raw_start : cut.raw_end].strip() == cut.text.strip()
            assert 0 < cut.score <= 1

    def test_the_last_line_is_spam(self, haier_history: Document) -> None:
        (spam,) = (cut for cut in haier_history.cuts if cut.kind == "spam")
        assert spam.text.strip() == haier_history.source.splitlines()[-1].strip()

    def test_crumbs_and_footer_are_boilerplate(self, haier_history: Document) -> None:
        cut = [cut.text for cut in haier_history.cuts if cut.kind == "boilerplate"]
        lines = [" ".join(line.split()) for text in cut for line in text.split("\n") if line.strip()]
        assert lines == ["Open Innovation", "Home Open Innovation Development", "Haier Global"]

    def test_text(self, haier_history: Document) -> None:
        lines = [line for line in haier_history.text.split("\n") if line.strip()]
        assert len(lines) == 4
        assert lines[0].startswith("Since the 1990s, Haier has started")
        assert lines[-1].endswith("new modes of China’s open innovation.")

    def test_dates(self, haier_history: Document) -> None:
        found = {row.surface: (row.start_date, row.end_date) for row in haier_history.dates if not row.relative}
        assert found == {
            "1990s": (date(1990, 1, 1), None),  # "Since the 1990s": it has not ended
            "2009": (date(2009, 1, 1), date(2009, 12, 31)),
            "October, 2013": (date(2013, 10, 1), date(2013, 10, 31)),
            "June, 2014": (date(2014, 6, 1), date(2014, 6, 30)),
            "May 7th, 2015": (date(2015, 5, 7), date(2015, 5, 7)),
            "May 8th, 2015": (date(2015, 5, 8), date(2015, 5, 8)),
        }

    def test_figures(self, haier_history: Document) -> None:
        over = figure(haier_history, "over 100")
        assert (over.value, over.low, over.high, over.cmp) == (100, 100, None, "gt")
        five = figure(haier_history, "five")
        assert (five.value, five.cmp) == (5, "eq")

    def test_organizations(self, haier_history: Document, haier_list: Document) -> None:
        ids = organization_ids(haier_history)
        assert {"Haier", "HOPE", "Faurecia", "Haier University"} <= set(ids)
        assert ids["Haier"] == organization_ids(haier_list)["海尔"]
        assert ids["Haier University"] != ids["Haier"]

    def test_an_unknown_firm_is_found_by_what_stands_around_it(self, haier_history: Document) -> None:
        data = haier_history.source.replace("Faurecia", "Quandrevia").encode()
        assert organization_ids(pipeline.process(data, "000_invented.txt"))["Quandrevia"] is not None
