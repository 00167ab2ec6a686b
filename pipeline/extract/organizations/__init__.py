"""Find organizations: who is named where, and under which id."""

from collections.abc import Sequence

from pipeline.extract.organizations.document import mentions
from pipeline.extract.organizations.gazetteer import LOCAL, changed, describe, using
from pipeline.records import OrganizationMentionRow, Passage

__all__ = ["LOCAL", "changed", "describe", "extract", "extract_all", "using"]


def extract(passages: Sequence[Passage]) -> list[OrganizationMentionRow]:
    """The organizations that an article names, in order."""
    return mentions([passages])[0]


def extract_all(articles: Sequence[Sequence[Passage]]) -> list[list[OrganizationMentionRow]]:
    """The same for many articles at once, which is quicker."""
    return mentions(articles)
