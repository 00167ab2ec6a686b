"""Find organizations."""

from collections.abc import Sequence

from pipeline.records import OrganizationMentionRow, Passage


def extract(passages: Sequence[Passage]) -> list[OrganizationMentionRow]:
    """The organizations that an article names, in order."""
    return []
