"""Who wrote an article, by what stands in front of it, in the head of a page, or around its text. The cases stand in
``parse/authors.csv``."""

import csv
from pathlib import Path

import pytest

from pipeline.parse import parse
from pipeline.read import read

_TEXT = {
    "en": (
        "Old pier to be taken down",
        (
            "The old pier will be taken down this winter, the council said on Tuesday, after storms in two years.",
            "Men with hammers came at dawn, and the gulls left their posts one by one as the boards were taken.",
            "Nobody had asked the fishermen, who keep their nets under the boards and mend them in the afternoons.",
            "The wood will be sold to whoever comes first, and the money will go to the school behind the harbour.",
            "A last walk is planned for Sunday, when the band will play and the mayor will say a few words on the sea.",
        ),
    ),
    "zh": (
        "老码头今冬拆除",
        (
            "老码头今年冬天将被拆除，市里周二说，两年里来了三场风暴，木板已经松动，走在上面并不安全。",
            "天亮时工人带着锤子来了，海鸥一只接一只离开了柱子，木板被装上了卡车，运往城外的仓库。",
            "没有人问过渔民的意见，他们把渔网放在木板下面，下午坐在那里修补，一坐就是几十年。",
            "港务长说，这些木头会卖给先来的人，所得的钱会交给海边的小学，用来修缮教室的屋顶。",
            "周日会有最后一次散步活动，乐队会来演奏，市长也会就大海说上几句话，居民可以自由参加。",
        ),
    ),
}
_MENU = '<header><nav><ul><li><a href="/">Home</a></li><li><a href="/n">News</a></li></ul></nav></header>'


def cases() -> list[dict[str, str]]:
    with open(Path(__file__).parent / "parse" / "authors.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))


def article(lang: str, where: str, written: str) -> str:
    """An article with something in front of it, or a page with it in its head, above or below the text."""
    title, paragraphs = _TEXT[lang]
    if where == "front":
        lines = "\n".join(written.split("⏎"))
        return f"---\ntitle: {title}\n{lines}\n---\n\n" + "\n\n".join(paragraphs) + "\n"
    put = {"head": "", "above": "", "below": "", where: written}
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f'<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title>{put["head"]}</head>'
        f"<body>{_MENU}<article><h1>{title}</h1>{put['above']}{text}{put['below']}</article>"
        "<footer>© 2024</footer></body></html>"
    )


@pytest.mark.parametrize("case", cases(), ids=lambda case: f"{case['where']}: {case['written']}")
def test_author(case: dict[str, str]) -> None:
    name = "article.md" if case["where"] == "front" else "page.html"
    (raw,) = read(article(case["lang"], case["where"], case["written"]).encode(), name)
    assert (parse(raw).author or "") == case["author"]


def test_bylines_far_above_and_below_what_readers_wrote() -> None:
    crowd = "".join(
        f"<div>{words}</div>" for words in ("Share", "Share page", "Copy link", "Close", "Image", "Video") * 2
    )
    readers = "".join(
        f"<p>阿禾说，当年他在这条船上干了{n}年，冬天甲板上全是冰，没有人愿意去。</p>" for n in range(3, 9)
    )
    above = f"<div>记者：</div><div>顾小川</div>{crowd}"
    below = f"<p>（责任编辑：林小雨）</p><div><h3>精彩留言</h3></div><ul>{'<li>港口</li>' * 9}</ul>{readers}"
    source = article("zh", "above", above).replace("</article>", f"{below}</article>")
    (raw,) = read(source.encode(), "page.html")
    found = parse(raw)
    assert (found.author, found.editor) == ("顾小川", "林小雨")
