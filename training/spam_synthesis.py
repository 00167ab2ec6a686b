"""Make articles with injected spam, boilerplate and odd but legitimate lines, with the place of each character known.

Hosts are real news articles that the caller names; the spam is put together from ``spam_families.toml`` and from random
nouns, so that no vocabulary marks it; the legitimate oddities are lists, tables, verse, code and passages in the other
language, so that oddity alone does not mark it either.
"""

import random
from collections.abc import Sequence
from typing import Any, NamedTuple

from training.spam_oddities import ODDITIES, keywords, nouns_in, passage, service, told, topic
from training.spam_tables import LISTS
from training.spam_texts import Writer

LEGIT, SPAM, OTHER = 0, 1, 2  # OTHER: boilerplate, which the model is not asked about
_BOILERPLATE = LISTS["boilerplate"]


_PLACES = (
    ["tail"] * 4 + ["before-footer", "glued", "glued", "glued"] + ["inline", "mid"] * 3 + ["head", "head", "head-glued"]
)
_PLACES_OF_PROSE = ["tail", "glued", "before-footer", "head", *["inline", "mid"] * 3]
_OWN_NOUNS = 20  # that an article must have for odd lines to be made of them
_NEAREST = 25  # articles for each trade
_WRITTEN = 0.25  # share of odd lines that is lists as articles have them
_OFFERS = 0.15  # share of what is put in that is offers
_ODD_PAGES = 0.3  # share of the hosts, where they are to be on no trade


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
        self.noun_sets = {lang: frozenset(nouns[lang]) for lang in ("zh", "en")}
        self._article = ""
        self._hosts_about: dict[str, list[str]] = {}

    # ---------------------------------------------------------------------------------------------------- oddities

    def oddity(self, lang: str, paragraphs: Sequence[str]) -> tuple[str, str]:
        """Lines that look odd and belong, and what they are; mostly of the article's own nouns."""
        name, all_nouns = self.random.choice(list(ODDITIES)), self.nouns
        name = "written" if self.random.random() < _WRITTEN else name
        own = nouns_in(self, lang, self._article) if self.random.random() < 0.75 else []
        if len(own) >= _OWN_NOUNS:
            self.nouns = {**all_nouns, lang: own}
        found = ODDITIES[name](self, lang, paragraphs)
        self.nouns = all_nouns
        return found, name

    # ------------------------------------------------------------------------------------------------------ samples

    def sample(self) -> Sample:
        """One article: some with spam, some with oddities, some with both or neither."""
        draw = self.random
        lang = draw.choice(["zh", "en"])
        keep = draw.choice([keep for keep in self.kept if keep["lang"] == lang]) if draw.random() < 0.2 else None
        paragraphs = self._paragraphs(lang, keep)
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
        if keep:
            self._keep(pieces, keep)
        elif draw.random() < 0.4:
            self._serve(pieces, lang)
        hidden = draw.random() < 0.2
        links = draw.choice([0.0] * 7 + [0.9, 1.0, 0.6])
        spammed = draw.random() < 0.6
        if spammed:
            pieces, group = self._spammed(pieces, lang)
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

    def _keep(self, pieces: list[Piece], keep: dict[str, Any]) -> None:
        """Put sentences that only sound like advertising among those of an article on the same trade, or make an
        article of them."""
        draw, gap = self.random, "" if keep["lang"] == "zh" else " "
        family = {"heads": keep["words"], "lang": keep["lang"], "name": keep["name"]}
        chosen = draw.sample(keep["texts"], draw.choice([1, 1, 2, 3, 4]))
        texts = [told(self, keep["lang"], text, family) for text in chosen]
        if len(texts) > 3:
            pieces[:] = [Piece(text, LEGIT) for text in draw.choice([texts, [gap.join(texts)]])]
            return
        for text in texts:
            at = draw.randrange(len(pieces))
            if pieces[at].label == LEGIT and draw.random() < 0.5:
                pieces[at] = Piece(pieces[at].text + gap + text, LEGIT)
            else:
                pieces.insert(at + draw.choice([0, 1, 1]), Piece(text, LEGIT))

    def _about(self, keep: dict[str, Any]) -> list[str]:
        """The articles that have most of the words of a trade."""
        name = keep["lang"] + keep["name"]
        if name not in self._hosts_about:
            hosts = self.hosts[keep["lang"]]
            counts = [sum(word in text for word in keep["words"]) for text in hosts]
            order = sorted(range(len(hosts)), key=lambda number: (-counts[number], number))
            self._hosts_about[name] = [hosts[number] for number in order[:_NEAREST]]
        return self._hosts_about[name]

    def _paragraphs(self, lang: str, keep: dict[str, Any] | None) -> list[str]:
        draw = self.random
        hosts = self.hosts[lang]
        if keep is None and draw.random() < _ODD_PAGES:
            hosts = self.odd_pages[lang]
        elif keep and draw.random() < 0.8:
            hosts = self._about(keep)
        self._article = draw.choice(hosts)
        lines = [line for line in self._article.split("\n") if line.strip()]
        size = min(len(lines), draw.choice([1, 2, 3, 4, 5, 6, 8, 12, 20, 40, 60]))
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

    def _spammed(self, pieces: list[Piece], lang: str) -> tuple[list[Piece], str]:
        """Put spam at one place or several, mostly of one campaign; and what it is."""
        draw = self.random
        spam_lang = lang if draw.random() < 0.55 else ("en" if lang == "zh" else "zh")
        if draw.random() < 0.05:
            return self._labelled(pieces, lang, spam_lang)
        plain, family, group = draw.random() < 0.25, None, ""
        for _ in range(draw.choice([1, 1, 1, 2, 3])):
            if not group or draw.random() < 0.4:
                plain, family = draw.random() < 0.25, None
            if draw.random() < _OFFERS:
                spam, group = self.offer(spam_lang)
            elif plain:
                spam, group, family = self.advert(spam_lang, family)
            else:
                spam, group, family = self.spam(spam_lang, family)
            pieces = self._placed(pieces, spam, lang, _PLACES_OF_PROSE if plain else _PLACES)
        return pieces, group

    def _labelled(self, pieces: list[Piece], lang: str, spam_lang: str) -> tuple[list[Piece], str]:
        """The same phrase glued before several paragraphs, or before the title, or key words of the article and of
        spam on one line."""
        draw = self.random
        family = self.family(spam_lang)
        phrase, prose = self.phrase(family), [n for n, piece in enumerate(pieces) if piece.label == LEGIT]
        where = draw.choice(["before", "before", "title", "keywords"])
        if where == "keywords":
            words = keywords(self, lang, [pieces[n].text for n in prose]).split(draw.choice(["，", ", ", "；"]))
            for _ in range(draw.choice([2, 3, 4])):
                words.insert(draw.randint(1, len(words)), self.phrase(family))
            at = draw.choice([0, len(pieces), len(pieces)])
            lead = draw.choice(LISTS["keyword_leads"][lang])
            return [
                *pieces[:at],
                Piece(lead + draw.choice(["，", ",", " ", "、"]).join(words), SPAM),
                *pieces[at:],
            ], "key"
        mark = draw.choice(["：", ":", ": ", "-", " - ", "_", " "])
        chosen = prose[:1] if where == "title" else draw.sample(prose, min(len(prose), draw.choice([2, 3, 5])))
        for n in chosen:
            behind = where == "title" and draw.random() < 0.5
            text = pieces[n].text + f"\x01{mark}{phrase}\x02" if behind else f"\x01{phrase}{mark}\x02" + pieces[n].text
            pieces[n] = Piece(text, LEGIT)
        return pieces, family["name"]

    def _placed(self, pieces: list[Piece], spam: str, lang: str, places: Sequence[str]) -> list[Piece]:
        draw = self.random
        where = draw.choice(places)
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
