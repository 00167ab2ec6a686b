"""Members of an archive: which are looked at, and what each is called."""

import re
from collections.abc import Iterable, Mapping
from zipfile import ZipInfo

from pipeline.read.encoding import decode

_SKIPPED = re.compile(
    r"(?:^|/)(?:\.(?!\.?/)|__MACOSX/)|\.(?:png|jpe?g|gif|webp|svg|css|js|ico|woff2?|mp[34]|pdf)$", re.I
)
_UTF8_NAMES = 0x800  # the flag of a name that is in UTF-8


def skipped(name: str) -> bool:
    """Whether a member is hidden, or by its ending no article.

    >>> skipped("./news/a.txt"), skipped("news/.a.txt"), skipped("logo.png")
    (False, True, True)
    """
    return bool(_SKIPPED.search(name))


class Names:
    """Gives every record of a file a name of its own: the second of the same name is ``name#2``."""

    def __init__(self) -> None:
        self._met: dict[str, int] = {}

    def own(self, name: str) -> str:
        """
        >>> names = Names()
        >>> [names.own(name) for name in ("a.txt", "a.txt", "./a.txt")]
        ['a.txt', 'a.txt#2', 'a.txt#3']
        """
        name = re.sub(r"^(?:\./)+(?=.)", "", name)
        number = self._met.get(name, 0) + 1
        self._met[name] = number
        return name if number == 1 else self.own(f"{name}#{number}")


def zip_names(members: Iterable[ZipInfo]) -> Mapping[str, str]:
    """What the names of a zip file's members read when they are in no declared encoding, by the name Python gives.

    Windows packs in the code page of its language and says nothing of it: all names together tell which.
    """
    odd = [one.filename for one in members if not one.flag_bits & _UTF8_NAMES and not one.filename.isascii()]
    try:
        read = decode("\n".join(odd).encode("cp437")).text.split("\n") if odd else []
    except UnicodeEncodeError:
        return {}
    return dict(zip(odd, read, strict=True)) if len(odd) == len(read) else {}
