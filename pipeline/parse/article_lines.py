"""Which lines of a saved page are its article.

Trafilatura (Barbaresi 2021, set to precision) decides, whose text is looked up among our lines; what it is known to
leave out or to take in wrongly is put right by the markup of lines and their places.
"""

import re
from collections import Counter
from collections.abc import Sequence
from copy import deepcopy
from itertools import pairwise
from typing import Any, NamedTuple

from pipeline.parse import titles, zones
from pipeline.parse.align import covered
from pipeline.parse.build import Body

_LINKED = 0.8  # of the characters of a line
_LEAST_SHARE = 0.15  # of the words of the page's prose that an article has
_GAP = 12  # lines between two of the article that trafilatura may have left out
_BUTTONS = 3  # times that a line stands on the page
_GAP_SHARE = 2.0  # of the words of the two lines around it that a gap may have
_TO_MORE = 3  # lines between what is shown of an article and what asks for the rest
_OF_THIS = re.compile("全文|余下|继续|繼續|continue|full|whole|rest", re.I)
_FAR = 9  # lines between the article's and a stray one
_NUMBERED = re.compile(r"\d{1,2}[.、)]\s?\D")
_MORE = re.compile(
    r"\W{0,3}(?:点击|點擊|点此|點此)?(?:(?:展开|展開|阅读|閱讀|查看|显示|顯示|浏览|瀏覽)(?:阅读|閱讀)?"
    r"(?:全文|全部|更多|剩余|余下)|余下全文|继续阅读|繼續閱讀|展开|展開)\W{0,3}"
    r"|\W{0,3}(?:continue reading|expand|(?:read|show|view|see) "
    r"(?:more|full text|(?:the )?(?:full|whole|rest of the) (?:article|story)))\W{0,3}",
    re.I,
)


def chosen(body: Body, lines: Sequence[str], tree: Any, repeated: Sequence[str]) -> list[bool]:
    """Of each line, whether it is the article's.

    :param lines: those of ``body``
    :param tree: the page as lxml reads it; None where it is too large or too deep for what walks over it
    :param repeated: what the page's metadata repeat of the article
    """
    kinds = _kinds(body)
    main = _without_strays(lines, _without_teasers(kinds, _main_lines(lines, kinds, tree, repeated)))
    return _with_rest(lines, kinds, _with_gaps(lines, kinds, main))


class _Kind(NamedTuple):
    """What the markup says of a line."""

    listed: bool = False
    linked: bool = False  # it is a link as a whole
    heading: bool = False
    hidden: bool = False
    around: bool = False  # hidden, a caption, or in an element for matter around the article


def _main_lines(lines: Sequence[str], kinds: Sequence[_Kind], tree: Any, repeated: Sequence[str]) -> list[bool]:
    """Which lines are part of the article: those that trafilatura takes; if it leaves out much of what the page's
    metadata repeat (the entries of a live blog, say), these too.

    If it takes next to nothing of the page's prose, it is asked again for all that may be the article.
    """
    stated = [share >= 0.5 for share in covered(lines, repeated)]
    if tree is None or not (taken := _taken(lines, tree)):
        return stated if any(stated) else [titles.size(line) >= 12 for line in lines]
    prose = [titles.size(line) if _is_prose(line, kind) else 0.0 for line, kind in zip(lines, kinds, strict=True)]
    if sum(size for size, has in zip(prose, taken, strict=True) if has) < _LEAST_SHARE * sum(prose):
        taken = _taken(lines, tree, all_that_may_be=True) or taken
    missed = sum(len(line) for line, known, has in zip(lines, stated, taken, strict=True) if known and not has)
    if missed <= 0.3 * sum(len(line) for line, known in zip(lines, stated, strict=True) if known):
        return taken
    return [has or known for has, known in zip(taken, stated, strict=True)]


def _taken(lines: Sequence[str], tree: Any, all_that_may_be: bool = False) -> list[bool]:
    """The lines that trafilatura takes; none at all, if it finds no article."""
    import trafilatura

    found: Any = trafilatura.bare_extraction(
        deepcopy(tree),
        favor_precision=not all_that_may_be,
        favor_recall=all_that_may_be,
        include_comments=False,
        with_metadata=False,
    )
    if found is None or found.body is None:
        return []
    return [share >= 0.5 for share in covered(lines, [str(piece) for piece in found.body.itertext()])]


def _is_prose(line: str, kind: _Kind) -> bool:
    return not (kind.linked or kind.around) and zones.is_prose(line)


def _kinds(body: Body) -> list[_Kind]:
    """Of each line."""
    kinds: list[_Kind] = []
    blocks = iter(body.blocks)
    block = next(blocks, None)
    at = 0
    for line in body.text.split("\n"):
        listed, heading, hidden, around, links = False, False, False, False, 0
        at += len(line) + 1
        while block is not None and block.end < at:
            listed, links = listed or block.kind == "list", links + block.link_chars
            heading = heading or block.kind == "heading"
            hidden = hidden or block.hidden
            around = around or block.hidden or block.kind == "caption" or block.furniture > 0
            block = next(blocks, None)
        kinds.append(_Kind(listed, links >= _LINKED * len(line) > 0, heading, hidden, around))
    return kinds


def _without_teasers(kinds: Sequence[_Kind], main: Sequence[bool]) -> list[bool]:
    """Leave out the opening lines of other stories in a list under the article: each stands alone under a link.

    Three at least: a list that belongs to the article has its items together, and no links of their own between them.
    """
    places = [n for n, is_main in enumerate(main) if is_main]
    alone = {n for n in places if kinds[n].listed and n and not main[n - 1] and kinds[n - 1].linked}
    first = min(alone, default=len(main))
    after = [n for n in places if n >= first]
    if len(alone) < 3 or len(alone) < 0.5 * len(after) or not any(n < first for n in places):
        return list(main)
    return [is_main and n < first for n, is_main in enumerate(main)]


def _without_strays(lines: Sequence[str], main: Sequence[bool]) -> list[bool]:
    """Leave out one or two last lines that stand alone far below the article's others: the opening of another story."""
    places = [n for n, is_main in enumerate(main) if is_main]
    whole = list(main)
    for last in (1, 2):
        if len(places) > last + 1 and places[-last] - places[-last - 1] > _FAR:
            for n in places[-last:]:
                whole[n] = False
            break
    return whole


def _with_gaps(lines: Sequence[str], kinds: Sequence[_Kind], main: Sequence[bool]) -> list[bool]:
    """Take in the short lines between the article's: headings, items and rows, but no links, no line that comes back as
    buttons do, and nothing that markup or length says is something else."""
    whole = list(main)
    places = [n for n, is_main in enumerate(main) if is_main]
    often = {line for line, times in Counter(lines).items() if times >= _BUTTONS}
    for before, behind in pairwise(places):
        gap = range(before + 1, behind)
        last = behind - 1  # a heading, or the number of an entry, stands right above what it heads
        if not kinds[last].around and (kinds[last].heading or _NUMBERED.match(lines[last])):
            whole[last] = True
        if not gap or len(gap) > _GAP or any(kinds[n].linked or kinds[n].around for n in gap):
            continue
        if sum(map(titles.size, lines[before + 1 : behind])) <= _GAP_SHARE * (
            titles.size(lines[before]) + titles.size(lines[behind])
        ):
            whole[before + 1 : behind] = [lines[n] not in often for n in gap]
    return whole


def _with_rest(lines: Sequence[str], kinds: Sequence[_Kind], main: Sequence[bool]) -> list[bool]:
    """Take in what follows of the article below a line that asks its readers on, as 展开全文 does: what the page hides,
    or, if the line speaks of this article, all that is not marked as something else, to the next two lines that are.
    """
    whole = list(main)
    shown = (n for n, is_main in enumerate(main) if is_main and zones.is_prose(lines[n]))
    last = max(shown, default=len(lines))
    more = next((n for n in range(last + 1, min(last + 1 + _TO_MORE, len(lines))) if _MORE.fullmatch(lines[n])), None)
    if more is None:
        return whole
    hidden_only = _OF_THIS.search(lines[more]) is None
    others = 0
    for n in range(more + 1, len(lines)):
        kind = kinds[n]
        whole[n] = not kind.linked and (kind.hidden if hidden_only else kind.hidden or not kind.around)
        others = 0 if whole[n] else others + 1
        if others > (0 if hidden_only else 1):
            break
    return whole
