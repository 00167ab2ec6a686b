"""Names in one form: what two ways of writing one organization have in common, and the id of one that nobody listed."""

import re
import unicodedata
from functools import lru_cache

from pipeline.text import simplify

# Legal forms and words for "firm" that may be left out without naming another organization.
_LEGAL_ZH = re.compile(
    r"(?:股份有限公司|有限责任公司|控股有限公司|\(集团\)有限公司|集团有限公司|集团公司|控股公司|总公司|有限公司|公司|集团|控股)$"
)
_LEGAL_EN = re.compile(
    r"[ ,]+(?:incorporated|inc|corporation|corp|company|co|limited|ltd|plc|llc|llp|lp|ag|gmbh|s\.?a|n\.?v|b\.?v|"
    r"s\.?p\.?a|se|ab|oyj?|asa|kgaa|pte|pty|bhd|sdn|group|holdings?)\.?$",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"[《》〈〉「」『』“”\"'’‘()（）\[\]【】]")
_GAPS = re.compile(r"[\s·•・.,\-‐–—_/]+")
_HAN = re.compile("[\u3400-\u9fff]")
_SLUG = re.compile(r"[^0-9a-z\u3400-\u9fff]+")


@lru_cache(maxsize=1 << 13)
def key(name: str) -> str:
    """``name`` as it is compared: width, script, case, brackets, blanks, legal form and a leading "the" do not count.

    >>> key("海爾集團"), key("Haier Group Co., Ltd."), key("IT 之家"), key("The Haier Group")
    ('海尔', 'haier', 'it之家', 'haier')
    """
    name = name if name.isascii() else simplify(unicodedata.normalize("NFKC", name))
    name = name.casefold().strip()
    bare = _strip_legal(_BRACKETS.sub("", name).removeprefix("the "))
    return _GAPS.sub("" if _is_chinese(bare) else " ", bare).strip() or name


def _is_chinese(name: str) -> bool:
    return not name.isascii() and _HAN.search(name) is not None


def _strip_legal(name: str) -> str:
    """``name`` without its legal forms, as long as two characters are left."""
    for _ in range(4):
        shorter = _LEGAL_EN.sub("", name) if " " in name or "," in name else name
        if "公司" in shorter or "集团" in shorter or "控股" in shorter:
            shorter = _LEGAL_ZH.sub("", shorter)
        shorter = shorter.rstrip(" ,.&")
        if shorter == name or len(shorter) < 2:
            return name
        name = shorter
    return name


@lru_cache(maxsize=1 << 13)
def new_id(name: str) -> str:
    """The id of an organization that is in no lexicon: it follows from its name alone.

    >>> new_id("Haier University"), new_id("青岛市科技局")
    ('org:haier-university', 'org:青岛市科技局')
    """
    return "org:" + (_SLUG.sub("-", key(name)).strip("-") or key(name))


def initials(name: str) -> str:
    """The capitals of a name in several words: what its acronym may be.

    >>> initials("National Hi-Tech Crime Unit"), initials("House of Lords")
    ('NHTCU', 'HL')
    """
    return "".join(word[0] for word in re.split(r"[ \-/]+", name) if word[:1].isupper())
