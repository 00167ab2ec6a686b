"""What the words of a line say by themselves: whether a site or an article speaks so, and which rule knows them."""

from math import inf

from pipeline.cleaning import site
from pipeline.cleaning.rules import LONGEST, match
from pipeline.cleaning.wording import TOLD, is_prose, may_be_the_sites

_ODDS_OF_PROSE = 2.0  # how much more a sentence needs
_ODDS_OF_NEWS, _BRIEF = -8.0, 40  # at which the words are those of news; characters of a line that is none


def odds(text: str, said: int = 0) -> float:
    """Log odds that the words of a line are such as sites put around an article; of what can't be, there are none.

    :param said: the odds that its markup gives for that
    """
    if not text or len(text) > LONGEST or TOLD.search(text):
        return -inf
    prose = is_prose(text)
    if prose and not said and not may_be_the_sites(text):
        return -inf
    return site.likeness(text) + said - _ODDS_OF_PROSE * prose


def known_below(text: str) -> str | None:
    """Why a line among the last ones is boilerplate; the loose rules do not hold for what is told as news is."""
    if reason := match(text, "tail", "edge"):
        return reason
    reason = match(text, "loose")
    if reason and (TOLD.search(text) or (len(text) > _BRIEF and site.likeness(text) < _ODDS_OF_NEWS)):
        return None
    return reason
