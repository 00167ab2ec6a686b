"""Find what is to be cut."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from pipeline.cleaning import boilerplate, by_hand, menus, spam, threads
from pipeline.cleaning.apply import kept
from pipeline.cleaning.by_hand import NOTHING, ByHand
from pipeline.cleaning.rules import Folded
from pipeline.cleaning.spam import Strictness
from pipeline.cleaning.view import Line, Page, lines
from pipeline.cleaning.wording import letters
from pipeline.records import Article, Block, Cut

_ROUNDS = 20
_BATCH_CHARS = 40_000
_OPENING = 3  # lines among which the title may be
_BLANKS = " \t\u3000\xa0\r"
# How much a line that is cut for a reason by which spam may be cut, too, advertises if it is spam: one that no rule
# knows, and one that calls to fetch or follow something, as one in a hundred of a site's does.
_ADVERTISING = {**dict.fromkeys(("header", "footer", "interrupting"), spam.ADVERTISES), "follow": 24.0}


_LEAST_ADVERTISING = 20  # letters of such a line: "Your email" and "下载源码" are a site's


class _Rest(NamedTuple):
    """What cuts have left of an article."""

    text: str
    blocks: list[Block]
    links: list[tuple[int, int]]
    rows: list[Line]


def find_cuts(article: Article, strictness: Strictness = "balanced", decided: ByHand = NOTHING) -> list[Cut]:
    """The stretches of ``article.text`` that are no part of the article, in order and disjoint.

    What is left is searched again until nothing more is found, so that cleaning a cleaned text changes nothing.

    :param strictness: how readily spam is cut: ``strict``, ``balanced`` or ``gentle``
    :param decided: what a person wants kept or cut, whatever the rules say
    """
    return find_all([article], strictness, [decided])[0]


def find_all(
    articles: Sequence[Article], strictness: Strictness = "balanced", decided: Sequence[ByHand] = ()
) -> list[list[Cut]]:
    """The cuts of each of many articles, which takes less time than one by one; what is found is the same.

    :param decided: by article; none at all is nothing decided
    """
    decided = decided or [NOTHING] * len(articles)
    found = [_at_first(article, by) for article, by in zip(articles, decided, strict=True)]
    active = list(range(len(articles)))
    for _ in range(_ROUNDS):
        rests = {number: _rest(articles[number], found[number]) for number in active}
        new, endings = _known(rests, articles, found, decided)
        # Spam is looked for once what is known is gone.
        for numbers in _batches([number for number in active if not new[number]], rests):
            pages = [Page(rests[number].text, rests[number].rows, rests[number].links) for number in numbers]
            for number, spammed in zip(numbers, spam.find(pages, strictness), strict=True):
                new[number] = _strange(rests[number], articles[number].title, decided[number], spammed)
                new[number] = new[number] or endings[number]
        active = [number for number in active if new[number]]
        for number in active:
            found[number] = _merged(found[number], new[number], articles[number].text)
        if not active:
            break
    return found


def _batches(numbers: Sequence[int], rests: Mapping[int, _Rest]) -> Iterator[list[int]]:
    """Articles to be searched at a time: enough to make it worth while, few enough to stay near the processor."""
    batch: list[int] = []
    chars = 0
    for number in numbers:
        batch.append(number)
        chars += len(rests[number].text)
        if chars > _BATCH_CHARS:
            yield batch
            batch, chars = [], 0
    if batch:
        yield batch


def _at_first(article: Article, decided: ByHand) -> list[Cut]:
    """What the page parser and a person hold for no part of the article."""
    asides = by_hand.without_kept(article.text, _asides(article), decided)
    return _apart(sorted(_without(asides, by_hand.cuts(article.text, decided))))


def _asides(article: Article) -> list[Cut]:
    """What the page parser holds for matter around the article."""
    cuts = [Cut(b.start, b.end, "boilerplate", "outside-article", 1.0) for b in article.blocks if b.aside]
    if cuts:
        cuts = sorted(cuts + _thread(article))
    return _tidied(article.text, _joined(article.text, cuts))


def _thread(article: Article) -> list[Cut]:
    """What readers wrote below the article of a saved page, where who wrote it may stand in asides."""
    rows, starts = lines(article.text, article.blocks), [block.start for block in article.blocks]
    within = [article.blocks[max(bisect_right(starts, row.start) - 1, 0)] for row in rows]
    aside = {number for number, block in enumerate(within) if block.aside}
    below = threads.find(Folded(rows), aside)
    return [Cut(rows[n].start, rows[n].end, "boilerplate", "comments", 1.0) for n in below if n not in aside]


def _known(
    rests: Mapping[int, _Rest], articles: Sequence[Article], found: Sequence[Sequence[Cut]], decided: Sequence[ByHand]
) -> tuple[dict[int, list[Cut]], dict[int, list[Cut]]]:
    """Captions, and boilerplate, of each article; and last lines that are cut if nothing else is."""
    captions = {
        number: [Cut(row.start, row.end, "caption", "caption", 1.0) for row in rest.rows if row.kind == "caption"]
        for number, rest in rests.items()
    }
    asked = [
        (rest.rows, captions[number], articles[number].title, _is_ended(articles[number].text, found[number]))
        for number, rest in rests.items()
    ]
    new: tuple[dict[int, list[Cut]], dict[int, list[Cut]]] = ({}, {})
    for (number, rest), found_here in zip(rests.items(), _boilerplate(asked), strict=True):
        for into, cuts, more in zip(new, found_here, (captions[number], []), strict=True):
            known = _joined(rest.text, _sparing([*more, *cuts], rest.rows, articles[number].title))
            into[number] = by_hand.without_kept(rest.text, _tidied(rest.text, known), decided[number])
    return new


def _is_ended(text: str, found: Sequence[Cut]) -> bool:
    """Whether boilerplate that stood below the article itself has been cut at a text's end."""
    last = next((cut for cut in reversed(found) if cut.reason != "outside-article"), None)
    if last is None or last.kind != "boilerplate":
        return False
    return not "".join(text[low:high] for low, high in kept(found, len(text)) if high > last.end).strip()


def _strange(rest: _Rest, title: str, decided: ByHand, found: Iterable[Cut]) -> list[Cut]:
    """Spam, and the boilerplate that shows itself once spam is known."""
    text, rows = rest.text, rest.rows
    strange = [_named(text, cut) for cut in _sparing(found, rows, title) if not _in_code(rows, cut)]
    if not strange:
        return []
    ((known, _),) = _boilerplate([(rows, strange, title, False)])
    cuts = _joined(text, _without(strange, known))
    return by_hand.without_kept(text, _tidied(text, cuts), decided)


def _boilerplate(asked: Sequence[tuple[Sequence[Line], Sequence[Cut], str, bool]]) -> list[tuple[list[Cut], list[Cut]]]:
    """Of each article's lines, by its title and how it ends, the boilerplate in what the cuts leave; and last lines
    that may be some.
    """
    pages = [boilerplate.Asked(rows, _covered(rows, cuts), title, ended) for rows, cuts, title, ended in asked]
    return [
        (
            [_of_line(page.lines[n], reason) for n, reason in found.items()],
            [_of_line(page.lines[n], reason) for n, reason in ending.items()],
        )
        for page, (found, ending) in zip(pages, boilerplate.find(pages), strict=True)
    ]


def _of_line(line: Line, reason: str) -> Cut:
    """The cut of a line that is boilerplate, or may be spam that stands there or says the like."""
    asked = reason in _ADVERTISING and letters(line.text) >= _LEAST_ADVERTISING
    spammed = asked and spam.advertises(line.text, _ADVERTISING[reason])
    return Cut(line.start, line.end, *(("spam", "advertising") if spammed else ("boilerplate", reason)), 1.0)


def _sparing(cuts: Iterable[Cut], rows: Sequence[Line], title: str) -> list[Cut]:
    """The cuts without the line that is the title, whatever it sounds like; what is within that line may go."""
    line = next((row for row in rows[:_OPENING] if title and " ".join(row.text.split()) == title), None)
    if line is None:
        return list(cuts)
    spared = []
    for cut in cuts:
        if cut.start <= line.start and line.end <= cut.end:
            spared += [cut._replace(end=line.start), cut._replace(start=line.end)]
        else:
            spared.append(cut)
    return [cut for cut in spared if cut.start < cut.end]


def _in_code(rows: Sequence[Line], cut: Cut) -> bool:
    """Whether a stretch lies in one line of visible code, which is unlike prose anywhere."""
    at = bisect_right(rows, cut.start, key=lambda row: row.start) - 1
    return at >= 0 and rows[at].kind == "code" and not rows[at].hidden and cut.end <= rows[at].end


def _named(text: str, cut: Cut) -> Cut:
    """A stretch unlike the article that is a menu is no spam."""
    words = " | ".join(text[cut.start : cut.end].split("\n"))
    return cut._replace(kind="boilerplate", reason="navigation") if menus.navigation(words) else cut


def _without(cuts: Iterable[Cut], known: list[Cut]) -> list[Cut]:
    """All cuts, those of ``cuts`` without what ``known`` ones say better."""
    known.sort()
    result = list(known)
    for cut in cuts:
        at = cut.start
        for other in known:
            if other.end <= at or other.start >= cut.end:
                continue
            result.append(cut._replace(start=at, end=max(at, other.start)))
            at = other.end
        result.append(cut._replace(start=min(at, cut.end)))
    return [cut for cut in result if cut.start < cut.end]


def _apart(cuts: Iterable[Cut]) -> list[Cut]:
    """Cuts in order, none reaching into the one before it."""
    result: list[Cut] = []
    for cut in cuts:
        start = max(cut.start, result[-1].end if result else 0)
        if start < cut.end:
            result.append(cut._replace(start=start))
    return result


def _covered(rows: Sequence[Line], cuts: Iterable[Cut]) -> set[int]:
    """Numbers of the lines that lie wholly inside a cut."""
    cuts = sorted(cuts)
    covered: set[int] = set()
    if not cuts:
        return covered
    at = 0
    for number, row in enumerate(rows):
        while at < len(cuts) and cuts[at].end < row.end:
            at += 1
        if at < len(cuts) and cuts[at].start <= row.start:
            covered.add(number)
    return covered


def _joined(text: str, cuts: Iterable[Cut]) -> list[Cut]:
    """In order, disjoint; neighbours of the same kind and reason with only blanks between become one."""
    joined: list[Cut] = []
    for cut in sorted(cuts, key=lambda cut: (cut.start, -cut.end)):
        last = joined[-1] if joined else None
        if not text[cut.start : cut.end].strip():
            continue
        if last and cut.start < last.end:
            cut = cut._replace(start=last.end)
            if cut.start >= cut.end:
                continue
        if last and cut[2:4] == last[2:4] and not text[last.end : cut.start].strip():
            joined[-1] = last._replace(end=cut.end, score=max(cut.score, last.score))
        else:
            joined.append(cut)
    return joined


def _tidied(text: str, cuts: Iterable[Cut]) -> list[Cut]:
    """The cuts with the blanks that go with each; of those that end the text together, the first takes those before."""
    tidy = _apart(_tidy(text, cut) for cut in cuts)
    first, end = len(tidy), len(text)
    while first and tidy[first - 1].end == end:
        first -= 1
        end = tidy[first].start
    if first < len(tidy):
        kept = tidy[first - 1].end if first else 0
        tidy[first] = tidy[first]._replace(start=max(kept, len(text[:end].rstrip())))
    return tidy


def _tidy(text: str, cut: Cut) -> Cut:
    """Take the line break that goes with a whole line, or the blanks that would be left double within one."""
    start, end = cut.start, cut.end
    while start and text[start - 1] in _BLANKS:
        start -= 1
    while end < len(text) and text[end] in _BLANKS:
        end += 1
    opens, closes = start == 0 or text[start - 1] == "\n", end == len(text) or text[end] == "\n"
    if opens and closes:
        while end < len(text) and text[end].isspace():
            end += 1
    elif not opens and not closes:
        start = cut.start
    return cut._replace(start=start, end=end)


def _merged(found: Sequence[Cut], cuts: Sequence[Cut], text: str) -> list[Cut]:
    """``cuts`` of what ``found`` left of the text, put into the whole text's offsets, beside ``found``."""
    slices = kept(found, len(text))
    merged = {cut.start: cut for cut in found}
    for cut in cuts:
        for low, high in _through(slices, cut.start, cut.end):
            if high in merged and not text[low:high].strip():  # blanks between two cuts go with the second
                merged[low] = merged.pop(high)._replace(start=low)
            else:
                merged[low] = cut._replace(start=low, end=high)
    return sorted(merged.values())


def _through(slices: Sequence[tuple[int, int]], start: int, end: int) -> Iterable[tuple[int, int]]:
    shift = 0
    for low, high in slices:
        length = high - low
        first, last = max(start - shift, 0), min(end - shift, length)
        if first < last:
            yield low + first, low + last
        shift += length


def _rest(article: Article, found: Sequence[Cut]) -> _Rest:
    """What ``found`` leaves."""
    if not found:
        links = [(link.start, link.end) for link in article.links]
        return _Rest(article.text, list(article.blocks), links, lines(article.text, article.blocks))
    slices = kept(found, len(article.text))
    text = "".join(article.text[low:high] for low, high in slices)
    blocks: list[Block] = []
    shift = at = 0
    for low, high in slices:
        while at < len(article.blocks) and article.blocks[at].end <= low:
            at += 1
        number = at
        while number < len(article.blocks) and article.blocks[number].start < high:
            block = article.blocks[number]
            start, end = max(block.start, low), min(block.end, high)
            if block.link_chars:
                linked = block.link_chars * (end - start) // (block.end - block.start)
                block = block._replace(link_chars=linked)
            if start < end:
                _append(blocks, text, Block(start - low + shift, end - low + shift, *block[2:]))
            number += 1
        shift += high - low
    moved = _moved([(link.start, link.end) for link in article.links], slices)
    return _Rest(text, blocks, moved, lines(text, blocks))


def _moved(spans: Sequence[tuple[int, int]], slices: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans of a text, in the text that is left when only ``slices`` are kept; those cut away are gone."""
    moved = []
    shift = number = 0
    for low, high in slices:
        while number < len(spans) and spans[number][1] <= low:
            number += 1
        at = number
        while at < len(spans) and spans[at][0] < high:
            moved.append((max(spans[at][0], low) - low + shift, min(spans[at][1], high) - low + shift))
            at += 1
        shift += high - low
    return moved


def _append(blocks: list[Block], text: str, block: Block) -> None:
    """Add a block, or make it one with the block before it where a cut between them left a single line."""
    last = blocks[-1] if blocks else None
    if (
        last
        and last.kind == block.kind
        and last.hidden == block.hidden
        and len(text[last.end - 1 : block.start + 1].splitlines()) == 1
    ):
        furniture = min(last.furniture, block.furniture)
        chars = last.link_chars + block.link_chars
        blocks[-1] = last._replace(end=block.end, link_chars=chars, furniture=furniture)
    else:
        blocks.append(block)
