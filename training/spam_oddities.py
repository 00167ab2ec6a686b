# ruff: noqa: E501
"""Lines that look odd in an article and belong: lists, tables, verse, code, passages in the other language.

Each maker of oddities takes a :class:`training.spam_synthesis.Maker`, the article's language and its paragraphs.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from training import site_text
from training.spam_tables import LISTS

if TYPE_CHECKING:
    from training.spam_synthesis import Maker

_CITIES = LISTS["cities"]
_EN_PLACES = LISTS["en_places"]
_EN_FIRST = LISTS["en_first"]
_EN_LAST = LISTS["en_last"]
_WAYS = LISTS["ways"]
_FOODS = LISTS["foods"]
_EN_WAYS = LISTS["en_ways"]
_EN_FOODS = LISTS["en_foods"]
_HAN_VERSE = LISTS["han_verse"]
_EN_VERSE = LISTS["en_verse"]
_CODE = LISTS["code"]


def _list_of(
    maker: Maker, items: Sequence[str], separators: Sequence[str] = (" ", "\n", "、", "\n", "，", "  ")
) -> str:
    return maker.random.choice(separators).join(items)


def _places(maker: Maker, lang: str, _: Sequence[str]) -> str:
    pool = maker.nouns["places"] if lang == "zh" else [*_CITIES, *_EN_PLACES]
    return _list_of(maker, maker.random.sample(list(pool), maker.random.randint(5, min(30, len(pool)))))


def _person(maker: Maker, lang: str) -> str:
    if lang == "zh":
        return str(maker.random.choice(maker.nouns["people"]))
    return f"{maker.random.choice(_EN_FIRST)} {maker.random.choice(_EN_LAST)}"


def _people(maker: Maker, lang: str, _: Sequence[str]) -> str:
    return _list_of(maker, [_person(maker, lang) for _ in range(maker.random.randint(4, 25))], (" ", "、", "\n", ", "))


def _cast(maker: Maker, lang: str, _: Sequence[str]) -> str:
    roles = (
        ["饰演", "编剧", "导演", "摄影", "制片人", "监制", "美术指导"]
        if lang == "zh"
        else ["Director", "Writer", "Producer", "Editor", "Music"]
    )
    return "\n".join(
        f"{maker.random.choice(roles)}{maker.random.choice(['：', ' ', ': '])}{_person(maker, lang)}"
        for _ in range(maker.random.randint(3, 10))
    )


def _table(maker: Maker, lang: str, _: Sequence[str]) -> str:
    draw = maker.random
    pool = maker.nouns["places"] if lang == "zh" and draw.random() < 0.5 else maker.nouns[lang]
    columns = draw.randint(1, 4)

    def cell() -> str:
        return draw.choice(
            [
                f"{draw.uniform(0, 9999):.2f}",
                f"{draw.randint(1, 99999)}",
                f"{draw.uniform(-10, 10):+.2f}%",
                f"{draw.randint(0, 5)}-{draw.randint(0, 5)}",
            ]
        )

    return "\n".join(
        " ".join([draw.choice(pool), *(cell() for _ in range(columns))]) for _ in range(draw.randint(3, 15))
    )


def _tickers(maker: Maker, lang: str, _: Sequence[str]) -> str:
    draw = maker.random

    def code() -> str:
        if lang == "zh":
            return f"{draw.choice(['600', '000', '300', '688'])}{draw.randrange(1000):03d} {draw.choice(maker.nouns['companies'])}"
        return "".join(draw.choices("ABCDEFGHKLMNPRSTX", k=draw.choice([3, 4])))

    return _list_of(
        maker,
        [f"{code()} {draw.uniform(1, 900):.2f} {draw.uniform(-10, 10):+.2f}%" for _ in range(draw.randint(3, 12))],
        ("\n", "\n", " "),
    )


def _menu(maker: Maker, lang: str, _: Sequence[str]) -> str:
    draw = maker.random
    if lang == "zh":
        dishes = [
            draw.choice(_WAYS) + draw.choice(_FOODS) + draw.choice(["", "", f" {draw.randint(8, 198)}元"])
            for _ in range(draw.randint(4, 14))
        ]
    else:
        dishes = [
            f"{draw.choice(['', '2 ', '200g ', '1 tbsp '])}{draw.choice(_EN_WAYS)} {draw.choice(_EN_FOODS)}"
            for _ in range(draw.randint(4, 12))
        ]
    return _list_of(maker, dishes, ("\n", "\n", " ", "、"))


def _titles(maker: Maker, lang: str, _: Sequence[str]) -> str:
    draw = maker.random
    titles = [draw.choice(maker.hosts[lang]).split("\n")[0][:40] for _ in range(draw.randint(2, 7))]
    return "\n".join(titles)


def _works(maker: Maker, lang: str, _: Sequence[str]) -> str:
    draw = maker.random
    if lang == "zh":
        return _list_of(
            maker,
            [
                f"《{draw.choice(maker.nouns['zh'])}{draw.choice(['', '之恋', '传', '往事', '记'])}》{draw.choice(['', _person(maker, lang)])}"
                for _ in range(draw.randint(3, 12))
            ],
            (" ", "\n", "、"),
        )
    return "\n".join(
        f"{draw.choice(['Best', 'Outstanding'])} {draw.choice(maker.nouns['en']).title()}: {_person(maker, lang)}"
        for _ in range(draw.randint(3, 9))
    )


def _ranking(maker: Maker, lang: str, _: Sequence[str]) -> str:
    draw = maker.random
    names = [
        draw.choice(maker.nouns["companies" if draw.random() < 0.5 else "zh"])
        if lang == "zh"
        else draw.choice(maker.nouns["en"]).title()
        for _ in range(draw.randint(5, 20))
    ]
    return _list_of(maker, [f"{n + 1}. {name}" for n, name in enumerate(names)], (" ", "\n"))


def _companies(maker: Maker, lang: str, _: Sequence[str]) -> str:
    pool = (
        maker.nouns["companies"]
        if lang == "zh"
        else [
            f"{maker.random.choice(_EN_LAST)} {maker.random.choice(['Group', 'Inc', 'Bank', 'Motors', 'Holdings'])}"
            for _ in range(12)
        ]
    )
    return _list_of(maker, maker.random.sample(list(pool), maker.random.randint(4, 12)), (" ", "、", "\n", ", "))


def _glossary(maker: Maker, _: str, __: Sequence[str]) -> str:
    draw = maker.random
    return "\n".join(
        f"{draw.choice(maker.nouns['zh'])} {draw.choice(maker.nouns['en'])} {draw.choice(maker.nouns['en'])}"
        for _ in range(draw.randint(3, 10))
    )


def _verse(maker: Maker, lang: str, _: Sequence[str]) -> str:
    draw = maker.random
    if lang == "en":
        return "\n".join(draw.choice(_EN_VERSE) for _ in range(draw.randint(2, 8)))
    size = draw.choice([5, 7])
    lines = ["".join(draw.choices(_HAN_VERSE, k=size)) for _ in range(draw.randint(2, 8))]
    return _list_of(maker, lines, ("\n", "，", " "))


def nouns_in(maker: Maker, lang: str, text: str) -> list[str]:
    sizes = range(2, 13 if lang == "en" else 6)
    stretches = {text[at : at + size] for size in sizes for at in range(len(text) - size + 1)}
    return sorted(stretches & maker.noun_sets[lang])


def keywords(maker: Maker, lang: str, paragraphs: Sequence[str]) -> str:
    """Key words that come from the article itself."""
    draw = maker.random
    text = "".join(paragraphs)
    found = nouns_in(maker, lang, text)[:400]
    words = draw.sample(found, min(len(found), draw.randint(3, 9))) or [maker.nouns[lang][0]]
    lead = draw.choice(["关键词：", "", "热词：", "【关键词】"] if lang == "zh" else ["Keywords: ", "", "Topics: "])
    return lead + draw.choice([" ", "，", "；", "、", ", "] if lang == "zh" else [", ", "; "]).join(words)


def _code(maker: Maker, _: str, __: Sequence[str]) -> str:
    return "\n".join(
        maker.random.choice(_CODE).format(a=maker.random.choice(maker.nouns["en"]), n=maker.random.randint(0, 99))
        for _ in range(maker.random.randint(2, 9))
    )


def _foreign(maker: Maker, lang: str, _: Sequence[str]) -> str:
    """A passage in the other language: a quotation, a translation beside each paragraph, a statement."""
    other = "en" if lang == "zh" else "zh"
    lines = [line for line in maker.random.choice(maker.hosts[other]).split("\n") if line.strip()]
    at = maker.random.randrange(len(lines))
    return "\n".join(lines[at : at + maker.random.choice([1, 1, 2, 4])])


def _contacts(maker: Maker, lang: str, _: Sequence[str]) -> str:
    draw = maker.random

    def number() -> str:
        return f"{draw.choice(['010', '0532', '021', '0755'])}-{draw.randint(10**7, 10**8 - 1)}"

    if lang == "zh":
        return "\n".join(
            f"{draw.choice(maker.nouns['places'])}{draw.choice(['医院', '派出所', '图书馆', '服务中心', '社区'])} {number()}{draw.choice(['', ' 24小时', ' 8:00-17:00'])}"
            for _ in range(draw.randint(2, 8))
        )
    return "\n".join(
        f"{draw.choice(_CITIES)} {draw.choice(['office', 'hospital', 'library', 'helpline'])}: {draw.randint(100, 999)}-{draw.randint(1000, 9999)}"
        for _ in range(draw.randint(2, 6))
    )


def _guide(maker: Maker, lang: str, _: Sequence[str]) -> str:
    """Entries of a guide: a heading, a sentence or two, and the same labelled lines for each."""
    draw = maker.random
    labels = draw.sample(LISTS["guide_labels"][lang], draw.choice([1, 2, 2, 3, 4]))
    number = draw.choice(["{n}. ", "{n}、", "No.{n} ", "", "【{n}】", "{n} "])
    colon = "：" if lang == "zh" and draw.random() < 0.8 else ": "
    lines = []
    for at in range(draw.choice([2, 3, 4, 6, 9])):
        name = draw.choice(maker.nouns["places" if lang == "zh" else lang]) + ("" if lang == "zh" else " ")
        lines.append(number.format(n=at + 1) + (name + draw.choice(maker.nouns[lang])).title())
        if draw.random() < 0.6:
            lines.append(service(maker, lang))
        lines += [f"{label}{colon}{_guide_value(maker, lang)}" for label in labels]
    return "\n".join(lines)


def _guide_value(maker: Maker, lang: str) -> str:
    draw, numbers = maker.random, _numbers(maker)
    words = ("" if lang == "zh" else " ").join(draw.sample(list(maker.nouns[lang]), draw.choice([1, 2, 4, 6])))
    place = draw.choice(maker.nouns["places"] if lang == "zh" else _CITIES)
    if lang == "zh":
        return draw.choice([
            words, f"{place}{words[:4]}路{numbers[0]}号", f"0{numbers[1]}-8{numbers[2]}", f"人均{numbers[0]}元",
            f"{numbers[3]}:00-{numbers[4]}:30", f"{numbers[0]}元/{draw.choice(['人', '位', '份', '晚'])}", f"www.{numbers[2]}.com",
            f"{place}{words[:6]}，{words[-4:]}", f"乘地铁{numbers[3]}号线到{place}站下车步行{numbers[4]}分钟",
        ])  # fmt: skip
    return draw.choice([
        words, f"{numbers[0]} {words.split()[0].title()} Street, {place}", f"({numbers[1]}) 555-{numbers[2]}", f"${numbers[0]}",
        f"{numbers[3]} a.m. to {numbers[4]} p.m.", f"{numbers[0]} per person", f"www.{words.split()[0]}.com", f"{words}, {place}",
    ])  # fmt: skip


def _numbers(maker: Maker) -> tuple[int, int, int, int, int]:
    draw = maker.random
    return (
        draw.randint(5, 400),
        draw.randint(200, 799),
        draw.randint(1000, 999999),
        draw.randint(6, 11),
        draw.randint(3, 12),
    )


def _headings(maker: Maker, lang: str, _: Sequence[str]) -> str:
    draw = maker.random
    if lang == "zh":
        return (
            draw.choice(["", "一、", "01 ", "（二）", "●", "■ "])
            + draw.choice(maker.nouns["zh"])
            + draw.choice(maker.nouns["zh"])
            + draw.choice(["", "的背后", "之路", "怎么看", "：从零到一"])
        )
    return f"{draw.choice(['', '1. ', '- '])}{draw.choice(maker.nouns['en'])} {draw.choice(['and', 'of', 'for'])} {draw.choice(maker.nouns['en'])}".capitalize()


def _specs(maker: Maker, lang: str, _: Sequence[str]) -> str:
    draw = maker.random

    def model() -> str:
        return (
            "".join(draw.choices("ABCDGHKMNPRSTXZ", k=draw.randint(2, 4)))
            + draw.choice(["-", "", " "])
            + str(draw.randint(10, 9999))
        )

    unit = ["升", "kW", "mm", "GB", "元", "英寸", "mAh"] if lang == "zh" else ["mm", "GB", "W", "kg", "GHz", "inch"]
    names = maker.nouns["zh"] if lang == "zh" else maker.nouns["en"]
    return _list_of(
        maker,
        [
            f"{draw.choice(['', draw.choice(names)])}{draw.choice([' ', ''])}{model()} {draw.randint(1, 999)}{draw.choice(unit)}"
            for _ in range(draw.randint(3, 12))
        ],
        ("\n", "、", " ", "，"),
    )


def _tags(maker: Maker, lang: str, paragraphs: Sequence[str]) -> str:
    text = "".join(paragraphs)
    found = nouns_in(maker, lang, text)[:300] or ["news"]
    return " ".join(f"#{word}{'#' if lang == 'zh' else ''}" for word in maker.random.sample(found, min(len(found), 5)))


def _byline(maker: Maker, lang: str, _: Sequence[str]) -> str:
    draw = maker.random
    who = _person(maker, lang)
    if lang == "zh":
        body = draw.choice(maker.nouns["companies"])
        return draw.choice(
            [
                f"（来源：{body}）",
                f"【作者：{who}】",
                f"本报讯（记者 {who}）",
                f"{body}讯 记者{who} 摄",
                f"（通讯员 {who}）",
                f"新华社{draw.choice(maker.nouns['places'])}电",
                f"图/{who}",
                f"文｜{who}",
                f"{who} 发自{draw.choice(maker.nouns['places'])}",
                "评论(0)",
                f"发布时间：2019-0{draw.randint(1, 9)}-1{draw.randint(0, 9)} 点击量：{draw.randint(1, 999)}",
            ]
        )
    return draw.choice(
        [
            f"By {who}",
            f"{who}, {draw.choice(_CITIES)}",
            f"Photo: {who}",
            f"Source: {draw.choice(_EN_LAST)} Research",
            f"- {who}",
            f"Written on {draw.randint(1, 28)} March by {who}",
        ]
    )


def _links(maker: Maker, lang: str, _: Sequence[str]) -> str:
    """Markdown and front matter of technical posts."""
    draw = maker.random

    def word() -> str:
        return str(draw.choice(maker.nouns["en"]))

    lines = [
        draw.choice(
            [
                f"[{draw.choice(maker.nouns[lang])}](https://www.{word()}.com/{word()}/{word()}.html)",
                f"![{word()}](https://{word()}.org/images/{draw.randint(1, 99)}.png)",
                f"{word()}: https://{word()}.io/{word()}/{word()}-{word()}",
                f"- [{word()} {word()}][{draw.randint(1, 40)}]",
                f"[{draw.randint(1, 40)}]: https://{word()}.com/{word()}",
                f"{word()}: {word()}",
                f"> {draw.choice(maker.nouns[lang])}",
                f"**{word()}** `{word()}()`",
                f"date: 2024-11-{draw.randint(10, 28)}T03:53:53.989Z",
            ]
        )
        for _ in range(draw.randint(1, 7))
    ]
    return "\n".join(lines)


def _spread(maker: Maker, lang: str, _: Sequence[str]) -> str:
    """A heading with a blank between its letters."""
    draw = maker.random
    words = draw.choice(maker.nouns[lang]) + (draw.choice(maker.nouns["zh"]) if lang == "zh" else "")
    return " ".join(words.upper())


def service(maker: Maker, lang: str, _: Sequence[str] = ()) -> str:
    """Sentences that sound like advertising, within the article's own prose."""
    draw = maker.random
    found = [told(maker, lang, template) for template in draw.sample(maker.service[lang], draw.choice([1, 1, 2, 3]))]
    return ("" if lang == "zh" else " ").join(found)


def topic(maker: Maker, lang: str, _: Sequence[str] = ()) -> str:
    """News about a trade that spam is made for: its words, told in sentences and headings."""
    draw = maker.random
    family = maker.family(lang)
    templates = draw.sample(maker.told[lang], min(len(maker.told[lang]), draw.choice([1, 2, 3, 5, 7])))
    templates += draw.sample(maker.service[lang], draw.choice([0, 0, 1, 2]))
    draw.shuffle(templates)
    lines = [told(maker, lang, template, family) for template in templates]
    return draw.choice(["\n", "\n", "" if lang == "zh" else " "]).join(lines)


def passage(maker: Maker, lang: str, _: Sequence[str]) -> str:
    return "\n".join(told(maker, lang, line) for line in maker.random.choice(maker.passages[lang]).split("\n"))


def told(maker: Maker, lang: str, template: str, family: dict[str, Any] | None = None) -> str:
    draw = maker.random
    family = family or maker.family(lang)
    text = maker.chosen(template)
    for slot in ("{head}", "{phrase}", "{ad}", "{noun}"):
        while slot in text:
            advert, phrase = maker.quoted(family)
            noun = draw.choice(maker.nouns[lang] if draw.random() < 0.5 else family["heads"])
            words = {"{head}": draw.choice(family["heads"]), "{phrase}": phrase, "{ad}": advert, "{noun}": noun}
            text = text.replace(slot, words[slot].replace(slot, ""), 1)
    phone = f"{draw.choice(['0532', '021', '12345', '400'])}-{draw.randint(10**6, 10**7)}"
    text = text.replace("{person}", _person(maker, lang)).replace("{n}", str(draw.randint(3, 90)))
    return text.replace("{phone}", phone if lang == "zh" else f"{draw.randint(100, 999)}-{draw.randint(1000, 9999)}")


def _written(maker: Maker, lang: str, _: Sequence[str]) -> str:
    """A list written for this, or some of its lines."""
    lines = str(maker.random.choice(maker.lists[lang])).split("\n")
    size = maker.random.randint(min(2, len(lines)), len(lines))
    at = maker.random.randint(0, len(lines) - size)
    return "\n".join(lines[at : at + size])


def _said(maker: Maker, lang: str, _: Sequence[str]) -> str:
    """Lines that only sound as if a site said them."""
    draw = maker.random
    lines = draw.sample(maker.said[lang], draw.choice([1, 1, 2, 3]))
    return "\n".join(site_text.filled(line, lang, draw) for line in lines)


ODDITIES: dict[str, Callable[[Maker, str, Sequence[str]], str]] = {
    "places": _places,
    "people": _people,
    "cast": _cast,
    "table": _table,
    "tickers": _tickers,
    "menu": _menu,
    "titles": _titles,
    "works": _works,
    "ranking": _ranking,
    "companies": _companies,
    "glossary": _glossary,
    "verse": _verse,
    "keywords": keywords,
    "code": _code,
    "foreign": _foreign,
    "contacts": _contacts,
    "headings": _headings,
    "guide": _guide,
    "guides": _guide,
    "specs": _specs,
    "tags": _tags,
    "byline": _byline,
    "links": _links,
    "service": service,
    "topic": topic,
    "passage": passage,
    "passages": lambda *given: "\n".join(passage(*given) for _ in range(2)),
    "spread": _spread,
    "written": _written,
    "said": _said,
}
