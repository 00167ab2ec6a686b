# ruff: noqa: E501
"""Texts of spam: lists of search phrases, links, advertisements in sentences, and their disguises.

Put together from ``spam_families.toml`` and from random nouns, so that no vocabulary marks it.
"""

import random
import re
import zlib
from collections.abc import Sequence
from typing import Any

from pipeline import lexicon
from training.spam_tables import ARTICLE_LISTS, FAMILIES, KEEP, LISTS, ODD_PAGES, OFFERS, SAID

PARTS = 4  # that families and sentences fall into, for the weights of advertising and the trees to be made from others
_SEPARATORS = LISTS["separators"]
_PLACES = LISTS["places"]
_CITIES = LISTS["cities"]
_SYLLABLES = LISTS["syllables"]
_ZERO = "\u200b\u200c\u200d\ufeff\u2060"
_ALIKE = str.maketrans("aeopcxyi", "аеорсхуі")  # Cyrillic letters that look Latin
_LEET = {
    "a": "4@",
    "e": "3€",
    "i": "1!",
    "o": "0",
    "s": "5$",
    "t": "7+",
    "A": "4@",
    "E": "3",
    "O": "0",
    "S": "5$",
    "I": "1",
}
_CHOICE = re.compile(r"\(([^()|]*\|[^()]*)\)")
_CLAUSES = {"zh": re.compile(r"(?<=，)"), "en": re.compile(r"(?<=, )")}
_ENDS = ["com", "cc", "top", "vip", "net", "xyz", "cn", "shop", "site", "club", "live", "icu", "info", "org", "me"]
_STYLES = (
    ["plain"] * 6 + ["column"] * 3 + ["lines", "lines", "emoji", "contact", "keywords", "truncated", "truncated", "trad"]
    + ["url", "url", "marked", "marked", "disguise", "disguise", "disguise"]
)  # fmt: skip


def part_of(items: Sequence[Any], part: int | None, parts: int) -> list[Any]:
    """All items, or those of one part: which one an item falls into depends on its words alone."""
    name = [str(item["lang"] + item["name"]) if isinstance(item, dict) else str(item) for item in items]
    return [
        item
        for item, words in zip(items, name, strict=True)
        if part is None or zlib.crc32(words.encode()) % parts == part
    ]


Family = dict[str, Any]


class Writer:
    """Writes spam; ``shared`` says whether families marked so take part.

    :param part: of the families and sentences only the ones of this part out of ``parts``; all if None
    """

    def __init__(
        self, seed: int, nouns: dict[str, Sequence[str]], shared: bool, part: int | None = None, parts: int = PARTS
    ):
        self.random = random.Random(seed)
        self.nouns = nouns
        families = [f for f in FAMILIES["family"] if shared or not f.get("shared")]
        self.families = part_of(families, part, parts)
        self.adverts = {
            lang: [family for family in self.families if family["lang"] == lang and "plain" in family]
            for lang in ("zh", "en")
        }
        self.kept = part_of(KEEP, part, parts)
        self.generic = {lang: part_of(FAMILIES["generic"][lang], part, parts) for lang in ("zh", "en")}
        self.clauses = {
            lang: {kind: part_of(items, part, parts) for kind, items in FAMILIES["clauses"][lang].items()}
            for lang in ("zh", "en")
        }
        self.service, self.told, self.passages = (
            {lang: part_of(FAMILIES[kind][lang], part, parts) for lang in ("zh", "en")}
            for kind in ("service", "told", "passages")
        )
        self.odd_pages = {lang: part_of(ODD_PAGES[lang], part, parts) for lang in ("zh", "en")}
        self.lists = {lang: part_of(ARTICLE_LISTS[lang], part, parts) for lang in ("zh", "en")}
        self.said = {lang: part_of(SAID[lang], part, parts) for lang in ("zh", "en")}
        offers = part_of(OFFERS, part, parts)
        self.offers = {lang: [family for family in offers if family["lang"] == lang] for lang in ("zh", "en")}
        self.hant = {pair[1]: pair[0] for line in lexicon.lines("hant_hans.txt") for pair in line.split()}

    def spam(self, lang: str, family: Family | None = None) -> tuple[str, str, Family]:
        """A spam text in a language or mixed, a name for it, and its family.

        :param family: the family to take, if not any
        """
        draw = self.random
        family = family or self.family(lang)
        if draw.random() < 0.45:
            return self.prose(family, lang), f"prose/{family['name']}", family
        families = [family]
        while draw.random() < 0.45:
            families.append(self.family(lang if draw.random() < 0.85 else ("en" if lang == "zh" else "zh")))
        count = draw.choice([1, 1, 2, 2, 3, 3, 4, 5, 6, 8, 10, 12, 15, 20, 30])
        if draw.random() < 0.08:
            return self._styled(self._foreign_phrases(count), "en"), "foreign", family
        phrases = [self.phrase(draw.choice(families)) for _ in range(count)]
        if draw.random() < 0.1:
            phrases = [phrase + draw.choice(["", f"【{self._brand('zh')}】", " " + self._site()]) for phrase in phrases]
        return self._styled(phrases, lang), family["name"], family

    def advert(self, lang: str, family: Family | None = None) -> tuple[str, str, Family]:
        """A sentence or two of an advertisement in plain prose, a name for it, and its family."""
        draw = self.random
        family = family or draw.choice(self.adverts[lang])
        pool = [*family["plain"], *family["plain"], *family["prose"], *family["prose"], *family.get("sober", [])]
        found = [self.filled(draw.choice(pool), family, lang)]
        while draw.random() < 0.3:
            kind = draw.choice(["prose", "plain", "filler", "filler"])
            other = draw.choice(family.get(kind) or pool) if draw.random() < 0.8 else self._sentence(family, lang)
            found.insert(draw.choice([0, 1]), self.filled(other, family, lang))
        return ("" if lang == "zh" else " ").join(found), family["name"], family

    def offer(self, lang: str) -> tuple[str, str]:
        """What a trade offers, a line each, and a name for it."""
        draw = self.random
        family = draw.choice(self.offers[lang])
        count = min(draw.choice([1, 2, 3, 3, 4, 4, 5, 6, 8, 12]), len(family["lines"]))
        at = draw.randrange(len(family["lines"]) - count + 1)
        lines = draw.choice([family["lines"][at : at + count], draw.sample(family["lines"], count)])
        if draw.random() < 0.15:
            lines = lines + draw.sample(draw.choice(self.offers[lang])["lines"], 2)
        if draw.random() < 0.55:
            lines = lines + draw.sample(family["closers"], draw.choice([1, 1, 2]))
        lines = [self.filled(line, family, lang) for line in lines]
        if draw.random() < 0.2:
            sign = draw.choice(["★ ", "✔ ", "- ", "• ", "» ", "◆", "👉 ", "● ", "> "])
            lines = [sign + line for line in lines]
        elif draw.random() < 0.08:
            lines = [f"{number}{draw.choice(['. ', ') ', '、'])}{line}" for number, line in enumerate(lines, 1)]
        text = draw.choice(["\n"] * 12 + [" ", " ", " | ", "，" if lang == "zh" else ", "]).join(lines)
        return self._disguised(text) if draw.random() < 0.08 else text, family["name"]

    def quoted(self, family: dict[str, Any]) -> tuple[str, str]:
        """An advertisement and a search phrase of a family, as news quotes them."""
        return self._sentence(family, family["lang"]).rstrip("。.！! "), self.phrase(family)

    def family(self, lang: str) -> dict[str, Any]:
        draw = self.random
        if draw.random() < 0.3:
            heads = [self._compound(lang) for _ in range(draw.choice([4, 8, 20]))]
            return {"name": "random", "lang": lang, "heads": heads, "bare": draw.random() < 0.25}
        return draw.choice([family for family in self.families if family["lang"] == lang])

    def _compound(self, lang: str) -> str:
        """One to three random nouns, as products and services are called."""
        size = self.random.choice([1, 1, 2] if lang == "zh" else [1, 2, 2, 3])
        return ("" if lang == "zh" else " ").join(self.random.sample(self.nouns[lang], size))

    def _foreign_phrases(self, count: int) -> list[str]:
        language = self.random.choice(list(FAMILIES["foreign"]))
        words, gap = FAMILIES["foreign"][language], self.random.choice(["", " "]) if language in ("ja", "th") else " "
        return [gap.join(self.random.sample(words, self.random.choice([1, 2, 2, 3]))) for _ in range(count)]

    def phrase(self, family: dict[str, Any]) -> str:
        draw = self.random
        lang = family["lang"]
        parts = [draw.choice(family["heads"])]
        if not family.get("bare"):
            chance = 0.92 if family["name"] == "random" else 0.55
            if draw.random() < chance:
                parts.insert(draw.choice([0, 1, 1]), draw.choice(FAMILIES["modifiers"][lang]))
            if draw.random() < 0.2:
                parts.append(draw.choice(FAMILIES["modifiers"][lang]))
        if draw.random() < 0.12:
            parts.insert(0, draw.choice(_PLACES if lang == "zh" else _CITIES))
        if draw.random() < 0.1:
            parts.insert(0, self._brand(lang))
        if draw.random() < 0.12:
            number = draw.choice(LISTS["numbers"]) if lang == "zh" else str(draw.choice([24, 100, 365, 2015, 2022]))
            parts.insert(draw.choice([0, len(parts)]), number)
        if lang == "zh":
            return "".join(parts)
        phrase = " ".join(part for part in parts if part)
        return phrase.title() if family.get("title", draw.random() < 0.06) else phrase.lower()

    def _brand(self, lang: str) -> str:
        draw = self.random
        latin = "".join(draw.sample(_SYLLABLES, draw.choice([2, 2, 3]))) + draw.choice(["", "", "88", "365", "7"])
        if lang == "en":
            return latin.capitalize()
        return latin if draw.random() < 0.25 else "".join(draw.sample(LISTS["han_brand"], draw.choice([2, 2, 3])))

    # ------------------------------------------------------------------------------------------------------- prose

    def prose(self, family: dict[str, Any], lang: str) -> str:
        draw = self.random
        count = draw.choice([1, 1, 1, 2, 2, 3, 4])
        text = (" " if lang == "en" else "").join(self._sentence(family, lang) for _ in range(count))
        if draw.random() < 0.08 and len(text) > 20:
            text = text[: draw.randrange(len(text) // 2, len(text))].rstrip()
        if draw.random() < 0.08:
            text = self._disguised(text)
        return "".join(self.hant.get(char, char) for char in text) if draw.random() < 0.04 else text

    def _sentence(self, family: dict[str, Any], lang: str) -> str:
        draw, pool = self.random, [*family.get("prose", []), *family.get("plain", [])]
        kind = draw.random()
        if kind < 0.25:
            template = self._composed(lang)
        elif kind < 0.35:
            template = self._recombined(lang)
        elif pool and kind < 0.85:
            template = draw.choice(pool)
        else:
            template = draw.choice(self.generic[lang])
        text = self.filled(template, family, lang)
        if "{contact}" not in template and draw.random() < 0.15:
            text += (
                ("" if lang == "zh" else " ") + self._contact(lang) + draw.choice(["", "。" if lang == "zh" else "."])
            )
        return text

    def _recombined(self, lang: str) -> str:
        """Clauses of several sentences."""
        draw = self.random
        pool = [*self.generic[lang], *(s for f in self.families if f["lang"] == lang for s in f.get("prose", []))]
        parts = [draw.choice(_CLAUSES[lang].split(draw.choice(pool))) for _ in range(draw.choice([1, 2, 3]))]
        return "".join(parts)

    def _composed(self, lang: str) -> str:
        """An advertisement out of clauses."""
        draw, clauses = self.random, self.clauses[lang]
        parts = draw.sample(clauses["offer"], draw.choice([1, 1, 2, 3]))
        if draw.random() < 0.5:
            ends = ["？", "！", "，"] if lang == "zh" else ["? ", "! ", ", "]
            parts.insert(0, draw.choice(clauses["hook"]) + draw.choice(ends))
        if draw.random() < 0.5:
            parts.append(draw.choice(clauses["cta"]))
        if lang == "zh":
            text = "，".join(parts).replace("？，", "？").replace("！，", "！").replace("，，", "，")
            return text + draw.choice(["。", "。", "！", "~", ""])
        text = ", ".join(parts).replace("? , ", "? ").replace("! , ", "! ").replace(", , ", ", ")
        return text[:1].upper() + text[1:] + draw.choice([".", ".", "!", ""])

    def chosen(self, template: str) -> str:
        """One of each group of alternatives."""
        while match := _CHOICE.search(template):
            template = template[: match.start()] + self.random.choice(match[1].split("|")) + template[match.end() :]
        return template

    def filled(self, template: str, family: dict[str, Any], lang: str) -> str:
        draw = self.random
        template = self.chosen(template)
        while "{noun}" in template:
            noun = self._compound(lang) if draw.random() < 0.3 else draw.choice(family["heads"])
            template = template.replace("{noun}", noun, 1)
        return template.format(
            brand=self._brand(lang),
            place=draw.choice(_PLACES if lang == "zh" else _CITIES),
            contact=self._contact(lang),
            n=draw.choice([3, 5, 7, 8, 10, 15, 20, 30, 50, 66, 88, 100, 168, 200, 500, 888, 1000]),
        )

    def _contact(self, lang: str) -> str:
        draw = self.random
        digits = "".join(draw.choices("0123456789", k=8))
        name = self._brand("en").lower()
        if lang == "zh":
            ways = [
                f"微信{digits[:5]}vx", f"QQ：{digits}", f"1{digits}{digits[:2]}", self._url(), f"电话400-{digits[:3]}-{digits[4:]}",
                f"VX：{name}{digits[:3]}", f"加微信号 {name}66", f"1{digits[:2]}-{digits[2:6]}-{digits[4:]}", f"薇{name}_{digits[:3]}", self._url(),
            ]  # fmt: skip
        else:
            ways = [
                self._url(), f"+1 {digits[:3]} {digits[1:4]} {digits[4:]}", f"WhatsApp +44{digits}", f"+1{digits}{digits[:2]}",
                f"info@{self._host()}", f"Telegram @{name}", f"({digits[:3]}) 555-{digits[4:]}", f"0{digits[:3]} {digits[:3]} {digits[4:]}", self._url(),
            ]  # fmt: skip
        return draw.choice(ways)

    # ------------------------------------------------------------------------------------------------------- styles

    def _styled(self, phrases: list[str], lang: str) -> str:
        draw = self.random
        style = draw.choice(_STYLES)
        separator = draw.choice(_SEPARATORS)
        if lang == "en" and separator in " \t_":
            separator = draw.choice([" ", ", ", " | ", " - "])
        if style == "column":
            return "\n".join(phrases)
        if style == "lines":
            size = draw.randint(2, 8)
            return "\n".join(separator.join(phrases[at : at + size]) for at in range(0, len(phrases), size))
        if style == "url":
            return self._with_urls(phrases[:12])
        if style == "marked":
            return self._marked(phrases[:12])
        if style == "emoji":
            return "".join(draw.choice(LISTS["emoji"]) + phrase for phrase in phrases)
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
            text = self._disguised(text)
        return text

    def _with_urls(self, phrases: list[str]) -> str:
        """Each phrase with an address behind it."""
        draw = self.random
        gap, end = (
            draw.choice([" ", "：", ">>>", "-", ": ", " - ", "|", "", " => "]),
            draw.choice([" ", "\n", "; ", "  ", " | "]),
        )
        return end.join(f"{phrase}{gap}{self._url()}" for phrase in phrases)

    def _marked(self, phrases: list[str]) -> str:
        """Links in the markup of forums and notes, left as it is."""
        draw = self.random
        form = draw.choice(["[{p}]({u})", "[{p}]({u})", "[url={u}]{p}[/url]", '<a href="{u}">{p}</a>', "[{p}|{u}]"])
        end = draw.choice([" ", " | ", "\n", "、", ", ", ""])
        return end.join(form.format(p=phrase, u=self._url()) for phrase in phrases)

    def _site(self) -> str:
        return f"www.{self.random.choice('abcdkxyz')}{self.random.randrange(100000)}.{self.random.choice(_ENDS)}"

    def _host(self) -> str:
        draw = self.random
        name = draw.choice([
            self._brand("en").lower() + draw.choice(["", "-", ""]) + str(draw.choice(["", "", draw.randrange(10000)])),
            "-".join(draw.sample(_SYLLABLES, 2)), f"{draw.randrange(100000)}{draw.choice('abcdkxyz')}",
        ])  # fmt: skip
        return draw.choice(["", "", "www.", "m."]) + f"{name}.{draw.choice(_ENDS)}"

    def _url(self) -> str:
        draw = self.random
        end = draw.choice(
            [
                "",
                "",
                "/",
                "/reg",
                "/index.html",
                f"/?id={draw.randrange(90000)}",
                "/offer",
                f"/{draw.randrange(999)}.html",
            ]
        )
        return draw.choice(["", "http://", "https://"]) + self._host() + end

    def _broken(self, text: str) -> str:
        """Written in haste: blanks lost, signs doubled, letters swapped, pictures between."""
        draw, found = self.random, []
        for char in text:
            chance = draw.random()
            if char == " " and chance < 0.08:
                continue
            found.append(char * draw.choice([2, 3]) if char in ",.!?，。！？" and chance < 0.4 else char)
            if char in " ,.，。" and chance > 0.93:
                found.append(draw.choice(LISTS["emoji"]))
            elif len(found) > 1 and chance > 0.985 and char.isascii() and char.isalpha() and found[-2].isalpha():
                found[-1], found[-2] = found[-2], found[-1]
        return "".join(found)

    def _disguised(self, text: str) -> str:
        kind = self.random.choice(["sign", "sign", "zero", "wide", "trad", "blank", "alike", "leet", "leet", "broken"])
        if kind == "leet":
            share = self.random.choice([0.2, 0.5, 0.9])
            return "".join(
                self.random.choice(_LEET[c]) if c in _LEET and self.random.random() < share else c for c in text
            )
        if kind == "broken":
            return self._broken(text)
        if kind == "sign":
            sign = self.random.choice(LISTS["signs"])
            return re.sub(r"(?<=[^\W_])(?=[^\W_])", sign, text)
        if kind == "blank":
            return re.sub(r"(?<=[^\W_])(?=[^\W_])", " ", re.sub(" ", "  ", text))
        if kind == "zero":
            return self.random.choice(_ZERO).join(text)
        if kind == "trad":
            return "".join(self.hant.get(char, char) for char in text)
        if kind == "alike":
            return text.translate(_ALIKE)
        return "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in text)
