# ruff: noqa: E501
"""Make articles with injected spam, boilerplate and odd but legitimate lines, with the place of each character known.

Hosts are real news articles that the caller names; the spam is put together from ``spam_families.toml`` and from random
nouns, so that no vocabulary marks it; the legitimate oddities are lists, tables, verse, code and passages in the other
language, so that oddity alone does not mark it either.
"""

import random
import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from pipeline import lexicon

LEGIT, SPAM, OTHER = 0, 1, 2  # OTHER: boilerplate, which the model is not asked about

FAMILIES = tomllib.loads((Path(__file__).parent / "spam_families.toml").read_text(encoding="utf-8"))
_SEPARATORS = [" "] * 8 + [
    "  ",
    "|",
    " | ",
    "、",
    "，",
    ",",
    ", ",
    ", ",
    "_",
    "-",
    " - ",
    "\t",
    "/",
    " / ",
    "·",
    "；",
    " · ",
]
_SIGNS = "•·*☆丶.~★^|※、"
_EMOJI = "🔥💰✅👉🎰⭐💎🀄❤🎁📞⚡✨💯"
_ZERO = "\u200b\u200c\u200d\ufeff\u2060"
_PLACES = [
    "北京",
    "上海",
    "广州",
    "深圳",
    "杭州",
    "成都",
    "武汉",
    "西安",
    "青岛",
    "郑州",
    "长沙",
    "苏州",
    "佛山",
    "合肥",
]
_CITIES = [
    "London",
    "New York",
    "Texas",
    "Dubai",
    "Sydney",
    "Toronto",
    "Los Angeles",
    "Miami",
    "Delhi",
    "Lagos",
    "Berlin",
]
_SYLLABLES = [
    "ka",
    "bo",
    "lex",
    "vi",
    "ta",
    "mo",
    "zen",
    "ro",
    "pra",
    "neo",
    "lu",
    "fit",
    "gen",
    "max",
    "pro",
    "ny",
    "bet",
    "win",
]
_HAN_BRAND = "金华泰鑫宏达盛瑞恒德康美佳源亿天海龙凤宝利通兴旺豪博皇尊赢彩亚乐优爱万众千百"


class Piece(NamedTuple):
    text: str
    label: int


class Sample(NamedTuple):
    text: str
    labels: bytearray  # one a character
    hidden: bool  # injected lines are hidden by markup
    links: float  # share of links in injected lines
    group: str  # family, or kind of oddity


class Maker:
    """Draws samples; ``shared`` says whether families marked so take part."""

    def __init__(self, seed: int, zh: Sequence[str], en: Sequence[str], nouns: dict[str, Sequence[str]], shared: bool):
        self.random = random.Random(seed)
        self.hosts = {"zh": zh, "en": en}
        self.nouns = nouns
        self.families = [f for f in FAMILIES["family"] if shared or not f.get("shared")]
        self.hant = {pair[1]: pair[0] for line in lexicon.lines("hant_hans.txt") for pair in line.split()}

    # ------------------------------------------------------------------------------------------------------- spam

    def spam(self, lang: str) -> tuple[str, str]:
        """A spam text in a language or mixed, and the name of its family."""
        draw = self.random
        if draw.random() < 0.3:
            family = self._family(lang)
            return self._prose(family, lang), f"prose/{family['name']}"
        families = [self._family(lang)]
        while draw.random() < 0.45:
            families.append(self._family(lang if draw.random() < 0.85 else ("en" if lang == "zh" else "zh")))
        count = draw.choice([1, 2, 3, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30, 40])
        if draw.random() < 0.09:
            return self._styled(self._foreign_phrases(count), "en"), "foreign"
        phrases = [self._phrase(draw.choice(families)) for _ in range(count)]
        if draw.random() < 0.1:
            phrases = [phrase + draw.choice(["", f"【{self._brand('zh')}】", " " + self._site()]) for phrase in phrases]
        return self._styled(phrases, lang), families[0]["name"]

    def _family(self, lang: str) -> dict[str, Any]:
        draw = self.random
        if draw.random() < 0.4:
            heads = [self._compound(lang) for _ in range(draw.choice([4, 8, 20]))]
            return {"name": "random", "lang": lang, "heads": heads, "bare": draw.random() < 0.25}
        return draw.choice([family for family in self.families if family["lang"] == lang])

    def _compound(self, lang: str) -> str:
        """One to three random nouns, as products and services are called."""
        size = self.random.choice([1, 1, 2] if lang == "zh" else [1, 2, 2, 3])
        return ("" if lang == "zh" else " ").join(self.random.sample(self.nouns[lang], size))

    def _foreign_phrases(self, count: int) -> list[str]:
        words = FAMILIES["foreign"][self.random.choice(list(FAMILIES["foreign"]))]
        gap = "" if words[0] in ("通販",) and self.random.random() < 0.5 else " "
        return [gap.join(self.random.sample(words, self.random.choice([1, 2, 2, 3]))) for _ in range(count)]

    def _phrase(self, family: dict[str, Any]) -> str:
        draw = self.random
        lang = family["lang"]
        head = draw.choice(family["heads"])
        parts = [head]
        if not family.get("bare"):
            chance = 0.92 if family["name"] == "random" else 0.65
            if draw.random() < chance:
                parts.insert(draw.choice([0, 1, 1]), draw.choice(FAMILIES["modifiers"][lang]))
            if draw.random() < 0.2:
                parts.append(draw.choice(FAMILIES["modifiers"][lang]))
        if draw.random() < 0.12:
            parts.insert(0, draw.choice(_PLACES if lang == "zh" else _CITIES))
        if draw.random() < 0.1:
            parts.insert(0, self._brand(lang))
        if draw.random() < 0.12:
            number = draw.choice(
                ["28", "8", "3d", "11选5", "52", "360", "500", "2022", "10月10日", "第3期", "pk10", "1v1", "24小时"]
            )
            parts.insert(
                draw.choice([0, len(parts)]), number if lang == "zh" else str(draw.choice([24, 100, 365, 2015, 2022]))
            )
        if lang == "zh":
            return "".join(parts)
        phrase = " ".join(part for part in parts if part)
        return phrase.title() if family.get("title", draw.random() < 0.04) else phrase.lower()

    def _brand(self, lang: str) -> str:
        draw = self.random
        latin = "".join(draw.sample(_SYLLABLES, draw.choice([2, 2, 3]))) + draw.choice(["", "", "88", "365", "7"])
        if lang == "en":
            return latin.capitalize()
        return latin if draw.random() < 0.25 else "".join(draw.sample(_HAN_BRAND, draw.choice([2, 2, 3])))

    def _prose(self, family: dict[str, Any], lang: str) -> str:
        draw = self.random
        pool = family.get("prose", [])
        sentences = []
        for _ in range(draw.choice([1, 1, 2, 2, 3])):
            if draw.random() < 0.45:
                sentences.append(self._filled(self._composed(lang), family, lang))
                continue
            use_own = pool and draw.random() < 0.6
            sentences.append(self._filled(draw.choice(pool if use_own else FAMILIES["generic"][lang]), family, lang))
        text = (" " if lang == "en" else "").join(sentences)
        return self._disguised(text) if draw.random() < 0.06 else text

    def _composed(self, lang: str) -> str:
        """An advertisement out of clauses."""
        draw, clauses = self.random, FAMILIES["clauses"][lang]
        parts = draw.sample(clauses["offer"], draw.choice([1, 1, 2, 3]))
        if draw.random() < 0.6:
            parts.insert(
                0,
                draw.choice(clauses["hook"]) + draw.choice(["？", "！", "，"] if lang == "zh" else ["? ", "! ", ", "]),
            )
        if draw.random() < 0.7:
            parts.append(draw.choice(clauses["cta"]))
        if lang == "zh":
            text = "，".join(parts).replace("？，", "？").replace("！，", "！").replace("，，", "，")
            return text + draw.choice(["。", "！", "！", "~", ""])
        text = ", ".join(parts).replace("? , ", "? ").replace("! , ", "! ").replace(", , ", ", ")
        return text[:1].upper() + text[1:] + draw.choice([".", "!", ".", ""])

    def _filled(self, template: str, family: dict[str, Any], lang: str) -> str:
        while "{noun}" in template:
            template = template.replace("{noun}", self.random.choice(family["heads"]), 1)
        return template.format(
            brand=self._brand(lang),
            place=self.random.choice(_PLACES if lang == "zh" else _CITIES),
            contact=self._contact(lang),
            n=self.random.choice([3, 5, 7, 8, 10, 15, 20, 30, 50, 66, 88, 100, 168, 200, 500, 888, 1000]),
        )

    def _contact(self, lang: str) -> str:
        draw = self.random
        digits = "".join(draw.choices("0123456789", k=8))
        site = f"{self._brand('en').lower()}{draw.randrange(1000)}.{draw.choice(['com', 'cc', 'top', 'vip', 'net', 'xyz', 'cn'])}"
        if lang == "zh":
            return draw.choice(
                [
                    f"微信{digits[:5]}vx",
                    f"QQ：{digits}",
                    f"1{digits}{digits[:2]}",
                    f"www.{site}",
                    f"电话400-{digits[:3]}-{digits[4:]}",
                    f"VX：{self._brand('en').lower()}{digits[:3]}",
                    f"加微信号 {self._brand('en').lower()}66",
                    f"https://{site}",
                ]
            )
        return draw.choice(
            [
                f"www.{site}",
                f"+1 {digits[:3]} {digits[1:4]} {digits[4:]}",
                f"WhatsApp +44{digits}",
                f"https://{site}/offer",
                f"info@{site}",
                f"Telegram @{self._brand('en').lower()}",
                f"({digits[:3]}) 555-{digits[4:]}",
            ]
        )

    def _styled(self, phrases: list[str], lang: str) -> str:
        draw = self.random
        style = draw.choice(
            ["plain"] * 6
            + ["column"] * 3
            + [
                "lines",
                "lines",
                "url",
                "emoji",
                "contact",
                "disguise",
                "disguise",
                "trad",
                "keywords",
                "truncated",
                "truncated",
            ]
        )
        separator = draw.choice(_SEPARATORS)
        if lang == "en" and separator in " \t_":
            separator = draw.choice([" ", ", ", " | ", " - "])
        if style == "column":
            return "\n".join(phrases)
        if style == "lines":
            size = draw.randint(2, 8)
            return "\n".join(separator.join(phrases[at : at + size]) for at in range(0, len(phrases), size))
        if style == "url":
            return " ".join(f"{phrase} {self._site()}" for phrase in phrases[:12])
        if style == "emoji":
            return "".join(draw.choice(_EMOJI) + phrase for phrase in phrases)
        text = separator.join(phrases)
        if style == "contact":
            text += " " + self._contact(lang)
        elif style == "keywords":
            text = draw.choice(["本文关键词：", "热搜词：", "标签：", "Tags: ", "相关搜索："]) + ",".join(phrases)
        elif style == "truncated" and len(text) > 8:
            text = text[: draw.randrange(len(text) // 2, len(text))].rstrip()
        elif style == "trad":
            text = "".join(self.hant.get(char, char) for char in text)
        elif style == "disguise":
            text = separator.join(self._disguised(p) if draw.random() < 0.8 else p for p in phrases)
        return text

    def _site(self) -> str:
        return f"www.{self.random.choice('abcdkxyz')}{self.random.randrange(100000)}.{self.random.choice(['com', 'cc', 'top', 'vip'])}"

    def _disguised(self, phrase: str) -> str:
        kind = self.random.choice(["sign", "sign", "zero", "wide", "trad"])
        if kind == "sign":
            return self.random.choice(_SIGNS).join(phrase)
        if kind == "zero":
            return self.random.choice(_ZERO).join(phrase)
        if kind == "trad":
            return "".join(self.hant.get(char, char) for char in phrase)
        return "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in phrase)

    # ---------------------------------------------------------------------------------------------------- oddities

    def oddity(self, lang: str, paragraphs: Sequence[str]) -> tuple[str, str]:
        """Lines that look odd and belong, and what they are."""
        name = self.random.choice(list(ODDITIES))
        return ODDITIES[name](self, lang, paragraphs), name

    # ------------------------------------------------------------------------------------------------------ samples

    def sample(self) -> Sample:
        """One article: some with spam, some with oddities, some with both or neither."""
        draw = self.random
        lang = draw.choice(["zh", "en"])
        paragraphs = self._host(lang)
        if draw.random() < 0.05:
            paragraphs = [self._odd_print(paragraph) for paragraph in paragraphs]
        pieces = [Piece(paragraph, LEGIT) for paragraph in paragraphs]
        group = "clean"
        if draw.random() < 0.45:
            text, group = self.oddity(lang, paragraphs)
            place = draw.randint(0, len(pieces))
            pieces[place:place] = [Piece(line, LEGIT) for line in text.split("\n")]
        if draw.random() < 0.3:
            pieces += [Piece(line, OTHER) for line in draw.sample(_BOILERPLATE[lang], draw.choice([1, 2, 3]))]
        hidden = draw.random() < 0.2
        links = draw.choice([0.0] * 7 + [0.9, 1.0, 0.6])
        spammed = draw.random() < 0.6
        if spammed:
            spam_lang = lang if draw.random() < 0.5 else ("en" if lang == "zh" else "zh")
            spam, group = self.spam(spam_lang)
            pieces = self._placed(pieces, spam)
        text, labels = _joined(pieces, draw.choice(["\n", "\n", "\n\n"]))
        return Sample(text, labels, hidden and (spammed or draw.random() < 0.3), links, group)

    def _host(self, lang: str) -> list[str]:
        draw = self.random
        lines = [line for line in draw.choice(self.hosts[lang]).split("\n") if line.strip()]
        size = min(len(lines), draw.choice([1, 2, 3, 4, 5, 6, 8, 12, 20]))
        at = draw.choice([0, draw.randrange(max(1, len(lines) - size + 1))])
        lines = lines[at : at + size]
        if draw.random() < 0.3:
            lines = ["".join(lines)] if lang == "zh" else [" ".join(lines)]
        return lines

    def _odd_print(self, text: str) -> str:
        """Legitimate text with full-width letters and digits, or in traditional characters."""
        if self.random.random() < 0.5:
            return "".join(self.hant.get(char, char) for char in text)
        return "".join(chr(ord(char) + 0xFEE0) if char.isalnum() and char < "~" else char for char in text)

    def _placed(self, pieces: list[Piece], spam: str) -> list[Piece]:
        draw = self.random
        where = draw.choice(
            ["tail"] * 4
            + ["before-footer", "glued", "glued", "inline", "inline", "mid", "mid", "head", "head", "head-glued"]
        )
        prose = [n for n, piece in enumerate(pieces) if piece.label == LEGIT and len(piece.text) > 20]
        lines = [Piece(line, SPAM) for line in spam.split("\n")]
        if where == "tail" or not prose:
            return pieces + lines
        if where == "head":
            return lines + pieces
        last = prose[-1]
        if where == "before-footer":
            return pieces[: last + 1] + lines + pieces[last + 1 :]
        if where == "mid":
            at = draw.randint(1, max(1, last))
            return pieces[:at] + lines + pieces[at:]
        spam = spam.replace("\n", " ")
        gap = draw.choice(["", "", " "])
        if where == "glued":
            return [*pieces[:last], Piece(pieces[last].text + "\x01" + gap + spam + "\x02", LEGIT), *pieces[last + 1 :]]
        number = draw.choice(prose) if where == "inline" else prose[0]
        host = pieces[number].text
        ends = [n + 1 for n, char in enumerate(host[:-1]) if char in "。！？" or host[n : n + 2] == ". "]
        at = (
            0
            if where == "head-glued"
            else (draw.choice(ends) if ends and draw.random() < 0.85 else _word_gap(draw, host))
        )
        text = f"{host[:at]}\x01{gap if at else ''}{spam}{gap}\x02{host[at:]}"
        return [*pieces[:number], Piece(text, LEGIT), *pieces[number + 1 :]]


def _word_gap(draw: random.Random, text: str) -> int:
    blanks = [n for n, char in enumerate(text) if char in " ，,、"]
    return draw.choice(blanks) + 1 if blanks else draw.randrange(len(text))


def _joined(pieces: Sequence[Piece], separator: str) -> tuple[str, bytearray]:
    text, labels = [], bytearray()
    for number, piece in enumerate(pieces):
        if number:
            text.append(separator)
            labels += bytes(len(separator))
        label = piece.label
        for char in piece.text:
            if char == "\x01":
                label = SPAM
            elif char == "\x02":
                label = piece.label
            else:
                text.append(char)
                labels.append(label)
    return "".join(text), labels


# --------------------------------------------------------------------------------------------------------- the oddities


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


def _keywords(maker: Maker, lang: str, paragraphs: Sequence[str]) -> str:
    """Key words that come from the article itself."""
    draw = maker.random
    text = "".join(paragraphs)
    found = sorted({noun for noun in maker.nouns[lang] if len(noun) > 1 and noun in text})[:400]
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
    found = sorted({noun for noun in maker.nouns[lang] if len(noun) > 1 and noun in text})[:300] or ["news"]
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


def _service(maker: Maker, lang: str, _: Sequence[str]) -> str:
    """Sentences that sound like advertising, within the article's own prose."""
    draw = maker.random
    found = []
    for template in draw.sample(FAMILIES["service"][lang], draw.choice([1, 1, 2])):
        phone = f"{draw.choice(['0532', '021', '12345', '400'])}-{draw.randint(10**6, 10**7)}"
        found.append(
            template.replace("{noun}", draw.choice(maker.nouns[lang]))
            .replace("{person}", _person(maker, lang))
            .replace("{phone}", phone if lang == "zh" else f"{draw.randint(100, 999)}-{draw.randint(1000, 9999)}")
            .replace("{n}", str(draw.randint(3, 90)))
        )
    return ("" if lang == "zh" else " ").join(found)


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
    "keywords": _keywords,
    "code": _code,
    "foreign": _foreign,
    "contacts": _contacts,
    "headings": _headings,
    "specs": _specs,
    "tags": _tags,
    "byline": _byline,
    "links": _links,
    "service": _service,
}

_EN_PLACES = [
    "Manchester",
    "Leeds",
    "Glasgow",
    "Cardiff",
    "Belfast",
    "Bristol",
    "Dublin",
    "Paris",
    "Madrid",
    "Rome",
    "Vienna",
    "Oslo",
    "Warsaw",
    "Lisbon",
    "Athens",
    "Cairo",
    "Nairobi",
    "Lima",
    "Seoul",
    "Osaka",
    "Jakarta",
    "Hanoi",
    "Boston",
    "Denver",
]
_EN_FIRST = [
    "James",
    "Mary",
    "Robert",
    "Linda",
    "Ahmed",
    "Wei",
    "Olga",
    "Maria",
    "David",
    "Sarah",
    "Kwame",
    "Anna",
    "Luis",
    "Emma",
]
_EN_LAST = [
    "Smith",
    "Jones",
    "Taylor",
    "Brown",
    "Okafor",
    "Schmidt",
    "Rossi",
    "Tanaka",
    "Ivanov",
    "Garcia",
    "Singh",
    "Nguyen",
    "Murphy",
    "Larsen",
]
_WAYS = ["红烧", "清蒸", "糖醋", "干煸", "麻辣", "凉拌", "葱油", "酱爆", "白灼", "蒜蓉", "油焖", "小炒", "水煮"]
_FOODS = [
    "排骨",
    "鲈鱼",
    "茄子",
    "豆腐",
    "鸡丁",
    "牛肉",
    "虾仁",
    "土豆丝",
    "西兰花",
    "大虾",
    "肉片",
    "黄瓜",
    "木耳",
    "鱼头",
]
_EN_WAYS = ["roast", "grilled", "chopped", "fresh", "smoked", "pickled", "brown", "plain", "dark"]
_EN_FOODS = [
    "chicken",
    "salmon",
    "onions",
    "potatoes",
    "butter",
    "flour",
    "tomatoes",
    "sugar",
    "beans",
    "cabbage",
    "lamb",
]
_HAN_VERSE = "春风秋月山水云花鸟夜雨江天日暮寒烟柳梅雪霜松竹孤舟远客归心梦酒歌愁人家门前小桥流落白青红绿东西南北千里万古今朝明年少时长空照影深浅香"
_EN_VERSE = [
    "The river bends and will not tell",
    "Oh winter moon above the hill",
    "And every bell in town was still",
    "We walked where once the barley grew",
    "O heart, be patient, spring is due",
    "Gone are the lamps along the quay",
    "The gulls cry out and fly to sea",
]
_CODE = [
    "import {a}",
    "def {a}(x, y={n}):",
    "    return x + {n}",
    "for i in range({n}): print({a}[i])",
    "const {a} = require('{a}');",
    "$ pip install {a}",
    'git commit -m "{a}"',
    '<div class="{a}">{n}</div>',
    "{a}: {{ width: {n}px; }}",
    "SELECT {a} FROM t WHERE id = {n};",
    "if ({a} > {n}) {{ return null; }}",
    "# {a} {n}",
    "```",
]
_BOILERPLATE = {
    "zh": [
        "责任编辑：李晓明",
        "来源：本地日报",
        "分享到：微信 微博",
        "扫描二维码关注公众号",
        "版权所有 未经许可不得转载",
        "上一篇：公司召开年度会议",
        "下一篇：没有了",
        "首页 > 新闻 > 国内",
        "返回首页",
        "免责声明：本文仅代表作者个人观点，与本站无关。",
        "打印本页 关闭窗口",
        "阅读原文",
        "相关阅读：",
    ],
    "en": [
        "Follow us on Facebook",
        "All rights reserved.",
        "Subscribe to our newsletter",
        "Reporting by A. Reporter; editing by B. Editor",
        "Home | News | Contact",
        "Share on Twitter",
        "We use cookies on this site.",
        "Related stories:",
        "Read more",
        "Back to top",
        "Click here to subscribe",
    ],
}
