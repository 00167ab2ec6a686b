# ruff: noqa: E501
"""Make articles with injected spam, boilerplate and odd but legitimate lines, with the place of each character known.

Hosts are real news articles that the caller names; the spam is put together from ``spam_families.toml`` and from random
nouns, so that no vocabulary marks it; the legitimate oddities are lists, tables, verse, code and passages in the other
language, so that oddity alone does not mark it either.
"""

import random
from collections.abc import Sequence
from typing import Any, NamedTuple

from pipeline import lexicon
from training.spam_oddities import ODDITIES
from training.spam_tables import FAMILIES, PARTS

LEGIT, SPAM, OTHER = 0, 1, 2  # OTHER: boilerplate, which the model is not asked about
_SEPARATORS = PARTS["separators"]
_SIGNS = PARTS["signs"]
_EMOJI = PARTS["emoji"]
_PLACES = PARTS["places"]
_CITIES = PARTS["cities"]
_SYLLABLES = PARTS["syllables"]
_HAN_BRAND = PARTS["han_brand"]
_BOILERPLATE = PARTS["boilerplate"]
_ZERO = "\u200b\u200c\u200d\ufeff\u2060"


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
        language = self.random.choice(list(FAMILIES["foreign"]))
        words, gap = FAMILIES["foreign"][language], self.random.choice(["", " "]) if language in ("ja", "th") else " "
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
