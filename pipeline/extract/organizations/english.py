"""English names by their build: runs of capitalised words, and what stands around them."""

import re
from collections.abc import Iterator
from functools import cache

from pipeline import lexicon
from pipeline.extract.organizations.spans import Span
from pipeline.extract.organizations.spans import words as listed
from pipeline.records import OrganizationKind

_CAP = r"[A-Z][A-Za-z0-9]{0,30}(?:[&'’./\-][A-Za-z0-9]{1,20}){0,3}"
_RUN = re.compile(rf"(?<![A-Za-z0-9]){_CAP}(?:(?: (?:of|for|and|the|of the|for the|de|&) | ?& ?|,? ){_CAP}){{0,9}}")
_LINKS = re.compile(r" (?:of the|for the|of|for|and|the|de|&) | ?& ?|,? ")


@cache
def heads() -> dict[str, tuple[OrganizationKind, str]]:
    """Words that tell a name of an organization: kind, and whether they come first, last or both."""
    return {row["head"]: (row["kind"], row["place"]) for row in lexicon.rows("organization_heads_en.csv")}  # type: ignore[misc]


def _bare(word: str) -> str:
    return word.rstrip(".").removesuffix("'s").removesuffix("’s")


def _words(match: re.Match[str]) -> list[tuple[int, int, str]]:
    """The words of a run with their spans; a possessive ends the run's part."""
    out, at = [], match.start()
    for gap in [*_LINKS.finditer(match[0]), None]:
        end = match.start() + gap.start() if gap else match.end()
        out.append((at, end, match.string[at:end]))
        at = match.start() + gap.end() if gap else end
    return out


def _parts(words: list[tuple[int, int, str]], text: str) -> Iterator[list[tuple[int, int, str]]]:
    part: list[tuple[int, int, str]] = []
    for start, end, word in words:
        if not part and word in listed("en-openers"):
            continue
        joined = part and text[part[-1][1] : start] in (", ", " and ")
        if joined and _head_at(part, text) is not None and _is_last(word, words[-1][2]):
            yield part
            part = []
        if word.endswith(("'s", "’s")):
            yield [*part, (start, end - 2, word[:-2])]
            part = []
        else:
            part.append((start, end, word))
    if part:
        yield part


def _is_last(*words: str) -> bool:
    return any(heads().get(_bare(word), ("", ""))[1] in ("last", "both") for word in words)


def _head_at(part: list[tuple[int, int, str]], text: str) -> int | None:
    """The last word of the name that ``part`` holds; None if nothing in it tells an organization."""
    if heads().get(part[0][2], ("", ""))[1] in ("first", "both") and text.startswith((" of", " for"), part[0][1]):
        return len(part) - 1
    ends = [i for i in range(1, len(part)) if _is_last(part[i][2])]
    return ends[-1] if ends else None


def by_head(text: str) -> Iterator[Span]:
    """Acme Corp, University of Nowhere, Ministry of Silly Walks."""
    for match in _RUN.finditer(text):
        for part in _parts(_words(match), text):
            last = _head_at(part, text)
            if last:
                yield Span(part[0][0], part[last][1], "head", 0.7)


_NAME = rf"(?P<name>{_CAP}(?: {_CAP}){{0,3}})"


@cache
def _cues() -> list[re.Pattern[str]]:
    maker = "(?:" + "|".join(listed("en-makers")) + ")"
    return [
        re.compile(pattern)
        for pattern in (
            rf"\b{maker} {_NAME}(?= \(|,| (?:has|said|and|is|was|in|to)\b|[.;])",
            rf"\b{_NAME}(?:,| \()(?:the|a|an) [\w ,'’\-]{{0,60}}?\b{maker}\b",
            rf"\b(?:shares (?:in|of)|signed (?:\w+ ){{0,6}}with|acquired by|owned by|CEO of|chief executive of"
            rf"|founder of|chairman of|subsidiary of|joint venture with) {_NAME}",
            rf"\b{_NAME}(?: shares| stock| employees| executives| spokes(?:man|woman|person)"
            r"|(?:['’]s)? (?:chief executive|CEO|headquarters|share price))\b",
        )
    ]


def by_cue(text: str) -> Iterator[Span]:
    """Names that only what stands around them tells: client X, X shares, signed an agreement with X."""
    for cue in _cues():
        for match in cue.finditer(text):
            if match["name"].split(" ")[0] not in listed("en-openers"):
                yield Span(*match.span("name"), "context", 0.6)


_REFERRED = re.compile(
    rf"(?P<name>{_CAP}(?: (?:(?:of|for|and|the) )?{_CAP}){{1,9}}),? ?\((?:here(?:in)?after )?(?:referred to|known) as "
)


def by_declaration(text: str) -> Iterator[Span]:
    """A name that says how it will be called: Full Name (hereinafter referred to as FN)."""
    for match in _REFERRED.finditer(text):
        yield Span(*match.span("name"), "declared", 0.8)


def find(text: str) -> list[Span]:
    """Names of organizations in an English text (folded)."""
    return [*by_head(text), *by_cue(text), *by_declaration(text)]
