"""Part what was read as one name and is two listed ones: 工信部联合国家能源局, University of Oxford and MIT."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from pipeline.extract.organizations import gazetteer
from pipeline.extract.organizations.reading import View
from pipeline.extract.organizations.spans import Span, longest

_JOINED = re.compile(r",? and (?:the )?| & |, (?:the )?")
_SHORT = 7  # characters: no two names and what joins them
# Words that stand between two actors of a sentence and in no name.
_ACTS = re.compile(
    "[了着过]|与|和|对|向|把|将|被|联合|会同|携手|约谈|起诉|收购|投资|入股|控股|参股|牵手|诉|告|通报|处罚|指控|警告|表示|宣布|发布|批准|同意|要求|回应"
)


def parted(view: View, spans: Iterable[Span]) -> Iterator[Span]:
    """``spans``, those in pieces that begin and end with a listed name each and hold what stands in no name between."""
    for span in spans:
        long = span.evidence != "lexicon" and span.end - span.start > _SHORT
        yield from _pieces(view, span) if long else (span,)


def _pieces(view: View, span: Span) -> list[Span]:
    hits = gazetteer.find(view.surface(span))
    inside = longest(Span(span.start + hit.start, span.start + hit.end, "lexicon", 0.9) for hit in hits)
    if len(inside) < 2 or inside[0].start != span.start or inside[-1].end != span.end:
        return [span]
    gaps = [(one.end, two.start) for one, two in pairwise(inside)]
    if view.words is None:
        return inside if all(_JOINED.fullmatch(view.text, *gap) for gap in gaps) else [span]
    return inside if any(_ACTS.search(view.text, *gap) for gap in gaps) else [span]
