"""Make the font that the notebook draws Chinese with, from Debian's package fonts-noto-cjk (fonttools is needed).

    python notebooks/fonts/subset.py /usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc

Kept are the characters of GB 2312, the frequent ones of Big5, Latin letters and punctuation: enough for names in news.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTCollection

FAMILY = "Noto Sans CJK SC"
BLOCKS = [(0x20, 0x7F), (0xA0, 0x180), (0x2010, 0x2070), (0x20A0, 0x20C0), (0x2190, 0x21A0), (0x2200, 0x2270),
          (0x2460, 0x2500), (0x25A0, 0x2610), (0x3000, 0x3040), (0xFF01, 0xFFE7)]  # fmt: skip
OUT = Path(__file__).with_name("NotoSansCJKsc-subset.otf")


def _coded(encoding: str, first: range, second: range) -> Iterator[str]:
    for high in first:
        for low in second:
            yield bytes([high, low]).decode(encoding, "ignore")


def characters() -> str:
    """All characters that are kept."""
    plain = "".join(chr(code) for first, last in BLOCKS for code in range(first, last))
    return plain + "".join(
        [*_coded("gb2312", range(0xB0, 0xF8), range(0xA1, 0xFF)), *_coded("big5", range(0xA4, 0xC7), range(0x40, 0xFF))]
    )


def main(source: str) -> None:
    fonts = TTCollection(source).fonts
    (font,) = (one for one in fonts if one["name"].getDebugName(1) == FAMILY)
    options = subset.Options(layout_features=[], name_IDs=["*"], hinting=False, notdef_outline=True)
    subsetter = subset.Subsetter(options)
    subsetter.populate(text=characters())
    subsetter.subset(font)
    font["name"].setName("Subset of Noto Sans CJK SC; SIL Open Font License 1.1", 10, 3, 1, 0x409)
    font.save(OUT)
    print(f"{OUT.name}: {len(font.getGlyphOrder()):,} glyphs, {OUT.stat().st_size / 2**20:.1f} MiB")


if __name__ == "__main__":
    main(sys.argv[1])
