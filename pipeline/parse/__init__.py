"""Parse: decoded text to an Article, each character's place in the source kept."""

from pipeline.records import Article, Block, OffsetMap, Raw


def parse(raw: Raw) -> Article:
    """The article in ``raw``, nothing cut yet."""
    text = raw.text[raw.body :]
    blocks = []
    at = 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            blocks.append(Block(at, at + len(line.rstrip()), "line"))
        at += len(line)
    return Article(text, OffsetMap.identity(len(text), raw.body), blocks=tuple(blocks))
