"""What was worked out for words, remembered for those met lately: memory stays within bounds, frequent words stay."""

from typing import TypeVar

_Value = TypeVar("_Value")


class Recent(dict[str, _Value]):
    """By word; what it held before :meth:`renew` in ``older``.

    :param most: words; about twice as many are held
    """

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most
        self.older: dict[str, _Value] = {}

    def __missing__(self, word: str) -> _Value:
        value = self.older.get(word)
        if value is None:
            value = self.made(word)
        self[word] = value
        return value

    def made(self, word: str) -> _Value:
        """What is to be held for a word; if it can't be worked out for one word alone, there is none."""
        raise KeyError(word)

    def renew(self) -> None:
        """Once there are too many words, let go of those not met since this was done last."""
        if len(self) > self._most:
            self.older = dict(self)
            self.clear()
