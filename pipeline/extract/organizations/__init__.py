"""Find organizations: who is named where, and under which id."""

from collections.abc import Sequence

from pipeline.extract.organizations.document import mentions
from pipeline.extract.organizations.gazetteer import LOCAL, describe, using
from pipeline.records import OrganizationMentionRow, Passage

__all__ = ["LOCAL", "describe", "extract", "using"]


def extract(passages: Sequence[Passage]) -> list[OrganizationMentionRow]:
    """The organizations that an article names, in order."""
    return mentions(passages)
