"""What saved pages of many kinds of sites say about themselves. The pages stand in ``parse/metadata.txt``."""

from pathlib import Path

import pytest

from pipeline.parse import parse
from pipeline.read import read
from tests.fixtures import fixture_cases

FOLDER = Path(__file__).parent / "parse"
CASES = fixture_cases(FOLDER / "metadata.txt")
_ZH = (
    "<p>第一批乘客在清晨六点前就到了，队伍从入口一直排到桥头。工作人员说，今天一共安排了十二个班次。</p>"
    "<p>“等了很多年，终于等到这一天。”一位住在附近的老人说，他年轻时要走两个小时才能到镇上。</p>"
    "<p>按照计划，二期工程将在明年春天动工，届时沿线的六个村庄都会通上新路。</p>"
)
_HANT = (
    "<p>第一批遊客在傍晚六點前就到了，隊伍從入口一直排到橋頭。工作人員說，今天一共安排了十二個班次。</p>"
    "<p>「等了很多年，終於等到這一天。」一位住在附近的老先生說，他年輕時要走兩個小時才能到鎮上。</p>"
    "<p>按照計畫，二期工程將在明年春天動工，屆時沿線的六個村莊都會有新路。</p>"
)
_EN = (
    "<p>The first people were waiting before six in the morning, and the queue reached from the gate to the bridge."
    " Twelve crossings were planned for the day, the operator said.</p>"
    "<p>“We have waited many years for this,” said a man who lives nearby and used to walk for two hours to get to"
    " town. His neighbours had brought chairs and coffee.</p>"
    "<p>Under the plan, the second part of the work begins next spring, and six villages on the way will get a new"
    " road. The cost has not been made public.</p>"
)


def _menu(*names: str) -> str:
    return "<nav><ul>" + "".join(f'<li><a href="/{name}">{name}</a></li>' for name in names) + "</ul></nav>"


PARTS = {
    "en": _EN,
    "zh": _ZH,
    "hant": _HANT,
    "nav": _menu("Home", "News", "Sport"),
    "navzh": _menu("首页", "新闻", "财经", "体育"),
    "navhant": _menu("首頁", "新聞", "財經", "體育"),
    "foot": "<footer>About us <p>© 2024. All rights reserved.</p></footer>",
    "footzh": '<div class="footer">关于我们 联系我们<p>版权所有 未经授权不得转载</p></div>',
    "foothant": '<div class="footer">關於我們 聯絡我們<p>版權所有 未經授權不得轉載</p></div>',
}


@pytest.mark.parametrize(("page", "expected"), CASES)
def test_what_a_page_says_of_itself(page: str, expected: str) -> None:
    for name, part in PARTS.items():
        page = page.replace("{" + name + "}", part)
    (raw,) = read(page.encode(), "page.html")
    found = parse(raw)
    at = found.published_at.isoformat()[:16] if found.published_at else ""
    values = (found.title, found.author, found.editor, found.source, at)
    columns = ("title", "author", "editor", "source", "published")
    assert [f"{column}: {value or ''}" for column, value in zip(columns, values, strict=True)] == expected.split("\n")
    main = "\n".join(found.text[block.start : block.end] for block in found.blocks if not block.aside)
    for words in ("Twelve crossings", "The cost has not") if "The cost has not" in page else ("十二", "二期工程"):
        assert words in main
