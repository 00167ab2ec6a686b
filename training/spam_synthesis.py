"""Make articles with injected spam, boilerplate and odd but legitimate lines, with the place of each character known.

Hosts are real news articles that the caller names; the spam is put together from ``spam_families.toml`` and from random
nouns, so that no vocabulary marks it; the legitimate oddities are lists, tables, verse, code and passages in the other
language, so that oddity alone does not mark it either.
"""

import random
from collections.abc import Sequence
from typing import NamedTuple

from training.spam_oddities import ODDITIES, passage, service, topic
from training.spam_tables import LISTS
from training.spam_texts import Writer

LEGIT, SPAM, OTHER = 0, 1, 2  # OTHER: boilerplate, which the model is not asked about
_BOILERPLATE = LISTS["boilerplate"]


class Piece(NamedTuple):
    text: str
    label: int


class Sample(NamedTuple):
    text: str
    labels: bytearray  # one a character
    hidden: bool  # injected lines are hidden by markup
    links: float  # share of links in injected lines
    group: str  # family, or kind of oddity


class Maker(Writer):
    """Draws samples."""

    def __init__(
        self,
        seed: int,
        zh: Sequence[str],
        en: Sequence[str],
        nouns: dict[str, Sequence[str]],
        shared: bool,
        part: int | None = None,
    ):
        super().__init__(seed, nouns, shared, part)
        self.hosts = {"zh": zh, "en": en}

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
        paragraphs = self._paragraphs(lang)
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
        if draw.random() < 0.4:
            self._serve(pieces, lang)
        hidden = draw.random() < 0.2
        links = draw.choice([0.0] * 7 + [0.9, 1.0, 0.6])
        spammed = draw.random() < 0.6
        if spammed:
            for _ in range(draw.choice([1, 1, 1, 2, 3])):
                spam_lang = lang if draw.random() < 0.55 else ("en" if lang == "zh" else "zh")
                spam, group = self.spam(spam_lang)
                pieces = self._placed(pieces, spam, lang)
        text, labels = _joined(pieces, draw.choice(["\n", "\n", "\n\n"]))
        return Sample(text, labels, hidden and (spammed or draw.random() < 0.3), links, group)

    def _serve(self, pieces: list[Piece], lang: str) -> None:
        """Put sentences that only sound like advertising behind a paragraph's own, or below it."""
        draw = self.random
        at = draw.randrange(len(pieces))
        text = draw.choice([service, service, service, topic, topic, passage])(self, lang, [])
        if pieces[at].label == LEGIT and "\n" not in text and draw.random() < 0.5:
            pieces[at] = Piece(pieces[at].text + ("" if lang == "zh" else " ") + text, LEGIT)
        else:
            pieces[at + 1 : at + 1] = [Piece(line, LEGIT) for line in text.split("\n")]

    def _paragraphs(self, lang: str) -> list[str]:
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

    def _placed(self, pieces: list[Piece], spam: str, lang: str) -> list[Piece]:
        draw = self.random
        where = draw.choice(
            ["tail"] * 4
            + ["before-footer", "glued", "glued", "glued"]
            + ["inline", "mid"] * 3
            + ["head", "head", "head-glued"]
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
        gap = draw.choice(["", "", " ", " ", "\u3000"])
        if where == "glued":
            number = draw.choice([last, draw.choice(prose)])
            text = f"{pieces[number].text}\x01{gap}{spam}\x02"
            return [*pieces[:number], Piece(text, LEGIT), *pieces[number + 1 :]]
        number = draw.choice(prose) if where == "inline" else prose[0]
        host = pieces[number].text
        at = 0 if where == "head-glued" else _inside(draw, host, lang)
        behind = draw.choice([gap, " - "]) if not at else gap
        text = f"{host[:at]}\x01{gap if at else ''}{spam}{behind}\x02{host[at:]}"
        return [*pieces[:number], Piece(text, LEGIT), *pieces[number + 1 :]]


def _inside(draw: random.Random, text: str, lang: str) -> int:
    """A place inside a paragraph: between two sentences, at a comma or blank, or anywhere in a Chinese one."""
    bare = [n for n in range(1, len(text)) if text[n - 1] not in "\x01\x02"]
    ends = [n for n in bare if text[n - 1] in "。！？" or text[n - 2 : n] == ". "]
    if ends and draw.random() < 0.5:
        return draw.choice(ends)
    if lang == "zh" and draw.random() < 0.5:
        return draw.choice(bare)
    blanks = [n for n in bare if text[n - 1] in " ，,、"]
    return draw.choice(blanks or bare)


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
