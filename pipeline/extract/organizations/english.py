"""English names by their build: runs of capitalised words, and what stands around them."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache
from itertools import dropwhile
from typing import TYPE_CHECKING

from pipeline import lexicon
from pipeline.extract.organizations import gazetteer
from pipeline.extract.organizations.spans import Span, members
from pipeline.extract.organizations.spans import words as listed
from pipeline.records import OrganizationKind
from pipeline.temporal.en_parts import MONTHS, WEEKDAYS

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

_CAP = r"[A-Z][A-Za-z0-9\u00c0-\u024f]{0,30}(?:(?:[&./\-]|['’](?!s\b))[A-Za-z0-9\u00c0-\u024f]{1,20}){0,3}"
_LINK = r"(?: (?:of|for|of the|for the|de|&) | ?& ?| )"
_RUN = re.compile(rf"(?<![A-Za-z0-9]){_CAP}(?:{_LINK}{_CAP}){{0,9}}")
_LINKS = re.compile(_LINK)
_JOINED = re.compile(rf"(?:, {_CAP}){{0,3}},? and {_CAP}(?: {_CAP}){{0,2}}")  # Ministry of Trade, Industry and Energy
_ADJECTIVE = re.compile(r"(?<![\w-])[A-Z][a-z]{2,10}(?:al|ic) and $")
_FULL_STOP = re.compile(r"(?:Inc|Corp|Co|Ltd|Bros)$")


@cache
def heads() -> dict[str, tuple[OrganizationKind, str]]:
    """Words that tell a name of an organization: kind, and whether they come first, last or both."""
    return {row["head"]: (row["kind"], row["place"]) for row in lexicon.rows("organization_heads_en.csv")}  # type: ignore[misc]


def _bare(word: str) -> str:
    return word.rstrip(".")


def _words(match: re.Match[str]) -> list[tuple[int, int, str]]:
    """The words of a run with their spans."""
    out, at = [], match.start()
    for gap in [*_LINKS.finditer(match[0]), None]:
        end = match.start() + gap.start() if gap else match.end()
        out.append((at, end, match.string[at:end]))
        at = match.start() + gap.end() if gap else end
    return out


def _is_last(*words: str) -> bool:
    return any(heads().get(_bare(word), ("", ""))[1] in ("last", "both") for word in words)


def _end(part: list[tuple[int, int, str]], text: str) -> int | None:
    """Where the name that ``part`` holds ends; None if nothing in it tells an organization."""
    ends = [i for i in range(1, len(part)) if _is_last(part[i][2])]
    first = heads().get(part[0][2], ("", ""))[1] in ("first", "both") and text.startswith((" of", " for"), part[0][1])
    if len(part) > 1 and (first or (ends and _goes_on(part, ends[-1], text))):
        joined = _JOINED.match(text, part[-1][1])
        last = joined[0].split()[-1] if joined else ""
        return joined.end() if joined and not _is_last(last) and not gazetteer.is_listed(last) else part[-1][1]
    return part[ends[-1]][1] if ends else None


def _goes_on(part: list[tuple[int, int, str]], last: int, text: str) -> bool:
    """Whether the word that tells a public body has its field behind it: Health Foundation for Nowhere."""
    kind = heads()[_bare(part[last][2])][0]
    own = kind not in ("company", "media", "team", "party") and part[last][2] not in members("bodies")
    return own and last < len(part) - 1 and text.startswith((" of ", " for "), part[last][1])


def _opening(text: str, start: int) -> int:
    """Where a name starts that two adjectives open: Economic and Social Council."""
    opening = _ADJECTIVE.search(text, max(start - 20, 0), start)
    return opening.start() if opening else start


def parted(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """One name, or the two that "and" joins where each has a head of its own: Norhaven University and Acme Corp."""
    at = text.find(" and ", start, end)
    if at < 0 or not all(any(by_head(part)) for part in (text[start:at], text[at + 5 : end])):
        return [(start, end)]
    return [(start, at), (at + 5, end)]


def with_stop(text: str, end: int) -> int:
    """The end of a name with the full stop of its legal form: Acme Corp."""
    return end + (text.startswith(".", end) and _FULL_STOP.search(text, max(end - 4, 0), end) is not None)


@cache
def _head_finder() -> "AhoCorasick":
    from ahocorasick_rs import AhoCorasick

    return AhoCorasick(list(heads()))


_CALENDAR = frozenset(f"{MONTHS}|{WEEKDAYS}".split("|"))


def by_head(text: str) -> Iterator[Span]:
    """Acme Corp, University of Nowhere, Ministry of Silly Walks."""
    found = _head_finder().find_matches_as_indexes(text, overlapping=True)
    places = [*sorted(start for _, start, _ in found), len(text)]
    for match in _RUN.finditer(text):
        if places[bisect_left(places, match.start())] > match.end() + 1:  # plc stands behind a blank
            continue
        part = list(dropwhile(lambda word: word[2] in members("en-openers"), _words(match)))
        while len(part) > 1 and part[-1][2] in _CALENDAR:  # Commerce Department for November
            part.pop()
        plc = text.startswith(" plc", match.end()) and not text[match.end() + 4 : match.end() + 5].isalnum()
        end = match.end() + 4 if plc else _end(part, text) if part else None
        if part and end:
            yield Span(
                _opening(text, part[0][0]),
                with_stop(text, end),
                "state" if end > part[-1][1] and not plc else "head",
                0.7,
            )


_NAME = rf"(?<![A-Za-z0-9.])(?P<name>{_CAP}(?: {_CAP}){{0,3}})"


_NAME_BEFORE = re.compile(rf"{_NAME}(?P<owns>['’]s?)? $")
# Words behind a name: X's headquarters, X shares; with an apostrophe they tell more.
_OWNED = ("shares", "share price", "headquarters", "chief executive", "CEO")
_BEHIND = ("shares", "stock", "employees", "executives", "spokesman", "spokeswoman", "spokesperson")
_SHARES = ("shares in", "Shares in", "shares of", "Shares of", "stock of", "Stock of")
_STRONG = (*_SHARES, "signed", "acquired by", "subsidiary of", "joint venture with")
_WEAK = ("owned by", "CEO of", "chief executive of", "founder of", "chairman of")


@cache
def _cue_finder() -> tuple[list[tuple[re.Pattern[str], str]], "AhoCorasick"]:
    """Words that stand before or behind a name; for each what follows it, and how strong it is ("": it is behind)."""
    from ahocorasick_rs import AhoCorasick

    makers = listed("en-makers")
    after = re.compile(rf" {_NAME}(?= \(|,| (?:has|said|and|is|was|in|to)\b|[.;])")
    plain, signed = re.compile(rf" {_NAME}"), re.compile(rf" (?:\w+ ){{0,6}}with {_NAME}")
    cues = [
        *((word, re.compile(r"\b"), "") for word in dict.fromkeys(_OWNED + _BEHIND)),
        *((word, after, "context") for word in makers),
        *((word, signed if word == "signed" else plain, "strong context") for word in _STRONG),
        *((word, plain, "context") for word in _WEAK),
    ]
    return [(pattern, evidence) for _, pattern, evidence in cues], AhoCorasick([word for word, *_ in cues])


def _behind(text: str, start: int, word: str) -> tuple[re.Match[str], str] | None:
    """The name before a word that stands behind names, and how strong that is."""
    name = _NAME_BEFORE.search(text, max(start - 90, 0), start)
    if name is None or word not in (_OWNED if name["owns"] else _BEHIND):
        return None
    return name, "strong context" if name["owns"] else "context"


def _is_place(name: str) -> bool:
    """Whether each word of a name is one of places: shares in India, South Africa employees."""
    return all(word.lower() in members("en-places") for word in name.split(" "))


def by_cue(text: str) -> Iterator[Span]:
    """Names that only what stands around them tells: client X, X shares, signed an agreement with X."""
    cues, finder = _cue_finder()
    for index, start, end in finder.find_matches_as_indexes(text, overlapping=True):
        pattern, evidence = cues[index]
        if text[start - 1].isalnum():
            continue
        match = pattern.match(text, end)
        found = match and ((match, evidence) if evidence else _behind(text, start, text[start:end]))
        if not found:
            continue
        name, evidence = found
        if name["name"].split(" ")[0] not in members("en-openers") and not _is_place(name["name"]):
            yield Span(*name.span("name"), evidence, 0.6)


_BODY = re.compile(r" (?P<body>[Gg]overnment|[Ee]mbassy|[Pp]arliament|[Ff]oreign [Mm]inistry|ministry)\b")
_STATE = re.compile(r"(?:[A-Z][a-z]+|U\.?K\.?|Hong Kong) $")
_FIELD = re.compile(
    r"\b(?:commerce|finance|foreign|defen[cs]e|interior|health|justice|trade|education|energy|transport|agriculture"
    r"|environment|labou?r|culture|oil|industry|information) $"
)


def by_body(text: str) -> Iterator[Span]:
    """Bodies of a state written without a capital of their own: Afghan government, commerce ministry."""
    states = members("en-demonyms") | members("en-states") | {"hong kong", "uk", "u.k."}
    for match in _BODY.finditer(text):
        pattern, start = _FIELD if match["body"] == "ministry" else _STATE, match.start("body")
        found = pattern.search(text, max(start - 20, 0), start)
        if found and (pattern is _FIELD or found[0].strip().lower() in states):
            yield Span(found.start(), match.end(), "body", 0.7)


_REFERRED = re.compile(r"\((?:here(?:in)?after )?(?:referred to|known) as ")
_FULL = re.compile(rf"(?P<name>{_CAP}(?: (?:(?:of|for|and|the) )?{_CAP}){{1,9}}),? ?$")


def by_declaration(text: str) -> Iterator[Span]:
    """A name that says how it will be called: Full Name (hereinafter referred to as FN)."""
    for match in _REFERRED.finditer(text):
        if name := _FULL.search(text, max(match.start() - 120, 0), match.start()):
            yield Span(*name.span("name"), "declared", 0.8)


def find(text: str) -> list[Span]:
    """Names of organizations in an English text (folded)."""
    return [*by_head(text), *by_cue(text), *by_body(text), *by_declaration(text)]
