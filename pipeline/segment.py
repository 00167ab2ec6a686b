"""Segment: sentences and tokens. Chinese is cut as jieba cuts it, other scripts at word boundaries."""

from collections.abc import Sequence

from pipeline.records import Passage, SentenceRow, TokenRow
from pipeline.text import language, sentences


def tokenize(text: str) -> list[tuple[int, int]]:
    """Spans of the tokens of ``text``, white space left out."""
    import rjieba

    return [(start, end) for word, start, end in rjieba.tokenize(text) if not word.isspace()]


def segment(passages: Sequence[Passage]) -> tuple[list[SentenceRow], list[TokenRow]]:
    """The sentences and tokens of an article; a token never crosses a sentence's end."""
    found: list[SentenceRow] = []
    tokens: list[TokenRow] = []
    for passage in passages:
        for start, end in sentences(passage.text):
            text = passage.text[start:end]
            spans = tokenize(text)
            words = [text[a:b] for a, b in spans]
            tokens += [
                TokenRow(len(found), passage.field, start + a, start + b, word)
                for (a, b), word in zip(spans, words, strict=True)
            ]
            found.append(SentenceRow(passage.field, start, end, language(text), text, " ".join(words)))
    return found, tokens
