"""Which of the candidates in a text are names of organizations."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from pipeline import lexicon
from pipeline.extract.organizations import chinese, english, english_misread, gazetteer, scorer
from pipeline.extract.organizations.misread import mended
from pipeline.extract.organizations.names import initials
from pipeline.extract.organizations.parted import parted
from pipeline.extract.organizations.reading import View
from pipeline.extract.organizations.spans import Span, longest, members, words

# Log odds that the scorer must give, at least, by what else speaks for a name.
PLAIN_SURE = 0.8  # confidence at which the scorer alone makes a name of a common word
LEXICON_MIN, CONTEXT_MIN, WEAK_MIN, LISTED_MIN, SPORT_MIN = -6.0, 1.0, -4.5, -5.0, -6.0
RULE_MIN = {
    **{"declared": -9.0, "body": -9.0, "state": -9.0, "strong context": -7.0, "media": -4.0},
    **{"head": -3.0, "context": -2.0, "suffix": -1.0, "rank": -3.0, "trade": -2.2},
}


def _from_lexicon(view: View, sure: Sequence[set[str]]) -> Iterator[Span]:
    """Names of the lexicon; those that need a context count where the article names their owner otherwise."""
    sure_starts = {hit.start for hit in view.hits if not hit.alias.context}
    sure_ends = {hit.end for hit in view.hits if not hit.alias.context}
    for start, end, alias in view.hits:
        if not alias.context and _joined(view.text, start, end, sure_starts, sure_ends):
            yield Span(start, end, "lexicon", 0.9)
            continue
        odds = view.reading.margin(start, end) if view.reading else 0.0
        if alias.context and odds > SPORT_MIN and _is_team(view, start, alias):
            yield Span(start, end, "lexicon", 0.8)
            continue
        known = not alias.context or not sure[view.article(start)].isdisjoint(alias.owners) or _makes(view, end, alias)
        if odds > (LEXICON_MIN if known else CONTEXT_MIN):
            yield Span(start, _with_arm(view, end, alias), "lexicon", 0.7 if alias.context else 0.9)


def _joined(text: str, start: int, end: int, starts: set[int], ends: set[int]) -> bool:
    """Whether a hyphen joins a listed name to another one: Fiat-GM, which is one word to the scorer."""
    after = text.startswith("-", end) and end + 1 in starts
    return after or (text[start - 1] == "-" and start - 1 in ends)


_MODEL = re.compile(
    r"[A-Za-z]{1,10}\d|i?[A-Z][A-Za-z]{2}|\d{1,3} ?(?:Pro|Max|Ultra|Plus|系列|手机)|手机|电视|空调|手环|平板"
)


@cache
def _product() -> re.Pattern[str]:
    latin = (name for name in lexicon.words("organization_products.txt") if name[0].isascii() and len(name) > 3)
    return re.compile(f" {lexicon.pattern(latin)}\\b")


def _makes(view: View, end: int, alias: gazetteer.Alias) -> bool:
    """Whether a firm's name stands before a product: 小米SU7, Apple iPhone."""
    if not (_MODEL.match(view.text, end) if view.words else _product().match(view.text, end)):
        return False
    owner = gazetteer.describe(alias.owners[0])
    return owner is not None and owner.kind == "company"


_ARM = re.compile(
    "中国(?!市场|区|经|用户|消费|业务|团队|工厂|总部|大陆|车主|门店|官|公司|企业|制造|研发|供应|客户|员工|分|合作|内地)"
)


def _with_arm(view: View, end: int, alias: gazetteer.Alias) -> int:
    """Where a firm's name ends with the country of its arm: 肯德基中国, but not 肯德基中国市场."""
    arm = _ARM.match(view.text, end) if view.text.startswith("中国", end) else None
    owner = gazetteer.describe(alias.owners[0]) if arm else None
    return arm.end() if arm and owner and owner.kind == "company" and owner.country != "CN" else end


@cache
def _sport() -> re.Pattern[str]:
    return re.compile(lexicon.pattern([*words("zh-sport"), *words("en-sport")]))


def _is_team(view: View, start: int, alias: gazetteer.Alias) -> bool:
    """Whether a name that is a place or a common word, too, means a club, as words of sport stand around it."""
    owners = map(gazetteer.describe, alias.owners)
    if not all(owner and owner.kind == "team" for owner in owners):
        return False
    return _sport().search(view.text, max(start - 60, 0), start + 60) is not None


def _from_model(view: View) -> Iterator[Span]:
    if view.reading:
        for start, end in view.reading.found:
            odds = view.reading.margin(start, end)
            trimmed = _TRIM.match(view.text[start:end])
            if trimmed:
                name = start + trimmed.start("name"), start + trimmed.end("name")
                parts = english.parted(view.text, *_owner(view, *name)) if " " in trimmed["name"] else [name]
                for part in parts:
                    if gazetteer.is_excluded(view.text, *part):
                        continue
                    yield Span(*part, "model", scorer.confidence(odds))


_TRIM = re.compile(
    r"(?:[Tt]he (?=[A-Z])|[《“\"'‘(\[])?(?P<name>.+?)"
    r"(?: (?:In|On|At|The|A|An|But|And|It|He|She|This))?(?:['’]s|[》”\"'’)\],;:])?$"
)


def _owner(view: View, start: int, end: int) -> tuple[int, int]:
    """Of "History of Acme" only the organization, if the lexicon knows it and nothing before it is a head."""
    at = view.text.find(" of ", start, end)
    if at < 0 or any(hit.start <= start and hit.end >= end for hit in view.hits):
        return start, end
    if any(word in english.heads() for word in view.text[start:at].split()):
        return start, end
    known = {(hit.start, hit.end) for hit in view.hits if not hit.alias.context}
    starts = (at + 4, at + 8 if view.text.startswith("the ", at + 4) else at + 4)
    return next(((first, end) for first in starts if (first, end) in known), (start, end))


def _needed(span: Span) -> float:
    return WEAK_MIN if span.score < 0.65 and span.evidence == "suffix" else RULE_MIN[span.evidence]


def _from_rules(view: View) -> Iterator[Span]:
    for span in view.rules:
        reading, unseen = view.reading, span.evidence != "trade"  # most candidates of that sort are plain words
        if reading is None or reading.margin(span.start, span.end, unseen) > _needed(span):
            yield span


def sure_owners(views: Iterable[View], articles: int) -> list[set[str]]:
    """For each article the ids that a name without need of context means."""
    sure: list[set[str]] = [set() for _ in range(articles)]
    for view in views:
        for start, _, alias in view.hits:
            if not alias.context and len(alias.owners) == 1:
                sure[view.article(start)].add(alias.owners[0])
    return sure


_NO_NAME = re.compile(r".$|\d[\d.,:%\s]*(?:\.?[A-Z]{1,2})?$|[A-Z]{2,5}s$")  # a number, a ticker, many of them (MPs)


@cache
def _no_names() -> frozenset[str]:
    """Words for sorts of organizations, and names of products and the like, in small letters."""
    files = ("organization_generic.txt", "organization_products.txt")
    return frozenset(word.casefold() for file in files for word in lexicon.words(file))


def is_generic(surface: str) -> bool:
    """Whether a text names no organization: a sort of one, a product, a number, words without a capital."""
    bare = surface.removeprefix("The ").removeprefix("the ")
    sort = bare.casefold() in _no_names() and bare not in members("bodies")
    small = bare.islower() and " ministry" not in bare and not gazetteer.is_listed(bare)
    if sort or small or _NO_NAME.match(surface):
        return True
    ends = words("zh-generic-ends")
    if surface.endswith(ends):
        return not all(_in_word(surface, end) for end in ends if surface.endswith(end))
    return surface.endswith((" of", " for", " and", " the"))


def _in_word(surface: str, end: str) -> bool:
    """Whether a Latin word of the name goes on into its end: OpenAI公司 is not some AI公司."""
    before = surface[: -len(end)][-1:]
    return end[0].isascii() and before.isascii() and before.isalnum()


def accepted(view: View, sure: Sequence[set[str]]) -> list[Span]:
    """The names in a text: what the scorer and the lexicon say, then what the rules add.

    :param sure: ids that each article names without doubt
    """
    spans = longest([*_from_model(view), *_from_lexicon(view, sure)])
    spans = longest([*spans, *_from_rules(view)])
    spans = longest(mended(view, spans) if view.words else english_misread.mended(view, mended(view, spans)))
    ends = {span.end for span in spans}
    spans = [
        span
        for span in spans
        if not is_generic(view.surface(span)) and not _abbreviates(view, span, ends) and not _is_plain(view, span)
    ]
    listed = [*_from_lists(view, spans), *_alike(view, spans)]
    return longest(parted(view, [*spans, *listed]))


def _is_plain(view: View, span: Span) -> bool:
    """Whether the scorer alone takes a common word, a person or a place for a name, unsurely: 诗歌, 广岛."""
    if view.words is None or span.evidence != "model" or span.score >= PLAIN_SURE:
        return False
    return chinese.is_plain_word(view.words, span.start, span.end)


_ITEM = re.compile(
    r"(?:、|, )(?:and )?(?P<name>[\w\u3400-\u9fff&·][\w\u3400-\u9fff&·.'’ \-]{0,30}?)"
    r"(?=、|, |[等和，。；;)）]|\.\s| and )"
)


def _from_lists(view: View, spans: Sequence[Span]) -> Iterator[Span]:
    """Items of a list whose other items are names already: 甲公司、乙集团、丙."""
    known = {(span.start, span.end) for span in spans}
    ends, starts = {end for _, end in known}, {start for start, _ in known}
    for item in _ITEM.finditer(view.text):
        start, end = item.span("name")
        gap = 1 if view.text[start - 1] == "、" else 2
        before, after = start - gap in ends, end + (1 if view.text[end : end + 1] == "、" else 2) in starts
        if (start, end) not in known and (before and after) and _may_be_listed(view, start, end):
            yield Span(start, end, "listed", 0.6)


def _alike(view: View, spans: Sequence[Span]) -> Iterator[Span]:
    """Candidates that stand in a list beside a name with the same last word: 琴屿市甲创新中心、琴屿市乙创新中心."""
    starts, ends = {span.start: span for span in spans}, {span.end: span for span in spans}
    for span in view.rules if view.words else ():
        if span.evidence != "suffix" or span.start in starts or span.end in ends:
            continue
        others = (ends.get(span.start - 1), view.text[span.start - 1]), (starts.get(span.end + 1), view.text[span.end])
        if any(
            other and sign == "、" and view.surface(other)[-2:] == view.surface(span)[-2:] for other, sign in others
        ):
            yield Span(span.start, span.end, "listed", 0.6)


def _may_be_listed(view: View, start: int, end: int) -> bool:
    capital = view.text[start].isupper() or not view.text[start].isascii()
    return capital and end - start > 1 and view.reading is not None and view.reading.margin(start, end) > LISTED_MIN


_BEFORE = re.compile(r"((?:[A-Z][\w\-]* (?:of |and |for |the |& )?){1,8})\($")


_PLURAL = re.compile(r" ?\([A-Z]{2,6}s\)")


def _abbreviates(view: View, span: Span, ends: set[int]) -> bool:
    """Whether a bracket holds the acronym of something that is no organization: Intensive Care Units (ICUs)."""
    if _PLURAL.match(view.text, span.end) or _PLURAL.match(view.text, span.start - 1):
        return True
    if view.text[span.start - 1] != "(" or not ends.isdisjoint((span.start - 1, span.start - 2)):
        return False
    before = _BEFORE.search(view.text, max(span.start - 80, 0), span.start)
    if before is None:
        return False
    return initials(before[1])[-len(view.surface(span).rstrip("s")) :] == view.surface(span).rstrip("s")
