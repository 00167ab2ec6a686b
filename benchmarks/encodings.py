"""How many samples of text in each encoding, with and without faults, are decoded right: ours beside other detectors.

    python -m benchmarks.encodings [--count N]

The others are measured where they are installed (``pip install charset-normalizer chardet resiliparse``).
"""

import argparse
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

TEXTS = Path(__file__).parent.parent / "tests" / "read" / "languages.txt"
LENGTHS = (20, 100, 500)


class Sample(NamedTuple):
    """One encoded text. ``lost`` is how many characters may be wrong: those that a fault hits, and a neighbour."""

    kind: str
    text: str
    data: bytes
    lost: int = 0
    skip: int = 0  # characters of ASCII in front


def texts() -> dict[str, str]:
    found = re.findall(r"^\[([\w-]+)\]\n(.*?)(?=^\[|\Z)", TEXTS.read_text(encoding="utf-8"), re.M | re.S)
    return {name: text.strip() for name, text in found}


def samples(length: int, count: int, seed: int = 0) -> Iterator[Sample]:
    """``count`` samples of each kind, ``length`` characters each."""
    chance = random.Random(seed)
    of = texts()

    def some(name: str) -> str:
        # English counts only where the stretch holds a character that is not ASCII
        while True:
            start = chance.randrange(max(len(of[name]) - length, 1))
            stretch = of[name][start : start + length]
            if not stretch.isascii():
                return stretch

    for _ in range(count):
        hans, hant, ja, en = some("zh-Hans"), some("zh-Hant"), some("ja"), some("en")
        yield Sample("utf-8", hans, hans.encode())
        yield Sample("utf-8 with BOM", hans, hans.encode("utf-8-sig"))
        yield Sample("gb18030", hans, hans.encode("gb18030"))
        yield Sample("big5", hant, hant.encode("big5", "replace"), lost=hant.encode("big5", "replace").count(b"?"))
        yield Sample("shift_jis", ja, ja.encode("cp932"))
        yield Sample("cp1252", en, en.encode("cp1252"))
        yield Sample("utf-16 with BOM", hans, hans.encode("utf-16"))
        yield Sample("utf-16-le", hans, hans.encode("utf-16-le"))
        yield Sample("utf-16-be", hans, hans.encode("utf-16-be"))
        yield Sample("utf-32-le", hans, hans.encode("utf-32-le"))
        yield Sample("gb18030, cut in a character", hans, _cut(hans, "gb18030"), lost=1)
        yield Sample("utf-8, cut in a character", hans, _cut(hans, "utf-8"), lost=1)
        yield Sample("gb18030, a bad byte", hans, _spoilt(hans.encode("gb18030"), chance), lost=2)
        yield Sample("utf-8, a bad byte", hans, _spoilt(hans.encode(), chance), lost=2)
        head = "<p class='lead'>" * 2000
        yield Sample("gb18030 after 32 kB of ASCII", hans, head.encode() + hans.encode("gb18030"), skip=len(head))
        meta = '<meta charset="iso-8859-1">'
        yield Sample("gb18030, mislabelled", hans, meta.encode() + hans.encode("gb18030"), skip=len(meta))


def _cut(text: str, encoding: str) -> bytes:
    """The text with its last Chinese character cut in two."""
    end = max(n for n, char in enumerate(text) if char > "\u3000")
    return text[: end + 1].encode(encoding)[:-1]


def _spoilt(data: bytes, chance: random.Random) -> bytes:
    place = chance.choice([n for n, byte in enumerate(data) if byte > 0x7F])
    return data[:place] + b"\xff" + data[place + 1 :]


def is_right(sample: Sample, text: str) -> bool:
    """All of the text is there but for what a fault took: a share of it where it shifts."""
    got = text[sample.skip :]
    if not sample.lost:
        return got == sample.text
    want = list(sample.text)
    kept = sum(1 for a, b in zip(want, got, strict=False) if a == b)
    tail = sum(1 for a, b in zip(reversed(want), reversed(got), strict=False) if a == b)
    short = len(got) >= len(want) - 60 and got[: len(got) - 1] == sample.text[: len(got) - 1]
    return short or kept + tail >= len(want) - 1 - sample.lost


def _ours() -> Callable[[bytes], str]:
    from pipeline.read.encoding import decode

    return lambda data: decode(data).text


def _charset_normalizer() -> Callable[[bytes], str]:
    from_bytes = import_module("charset_normalizer").from_bytes
    return lambda data: str(from_bytes(data).best() or "")


def _chardet() -> Callable[[bytes], str]:
    detect = import_module("chardet").detect
    return lambda data: data.decode(detect(data)["encoding"] or "utf-8", "replace")


def _resiliparse() -> Callable[[bytes], str]:
    encoding = import_module("resiliparse.parse.encoding")
    return lambda data: str(encoding.bytes_to_str(data, encoding.detect_encoding(data, max_len=len(data))))


RIVALS = {"ours": _ours, "charset-normalizer": _charset_normalizer, "chardet": _chardet, "resiliparse": _resiliparse}


def measure(decode: Callable[[bytes], str], length: int, count: int) -> dict[str, float]:
    """The share of samples of each kind that ``decode`` reads right."""
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for sample in samples(length, count):
        total[sample.kind] += 1
        try:
            right[sample.kind] += is_right(sample, decode(sample.data).removeprefix("\ufeff"))
        except (LookupError, ValueError):  # no such encoding, nothing found: not right
            continue
    return {kind: right[kind] / total[kind] for kind in total}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=30, help="samples of each kind and length")
    count = parser.parse_args().count
    print("| detector | " + " | ".join(f"{length} characters" for length in LENGTHS) + " | weakest at 100 |")
    print("|--|" + "--|" * (len(LENGTHS) + 1))
    for name, make in RIVALS.items():
        try:
            decode = make()
        except ImportError:
            continue
        found = [measure(decode, length, count) for length in LENGTHS]
        shares = [sum(kinds.values()) / len(kinds) for kinds in found]
        weak = ", ".join(f"{kind} {share:.2f}" for kind, share in found[1].items() if share < 0.95) or "none"
        print(f"| {name} | " + " | ".join(f"{share:.3f}" for share in shares) + f" | {weak} |")


if __name__ == "__main__":
    main()
