"""How advertisements in sentences speak, by what is written for :mod:`training.spam_model` and by articles."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np

from pipeline.cleaning import language
from pipeline.cleaning.language import Advert
from pipeline.cleaning.segments import Segmented, segment
from pipeline.cleaning.view import Page, lines
from training import site_text
from training.spam_oddities import told
from training.spam_synthesis import Maker

_TIMES = 2  # that each text is filled, with other names and numbers
_COMPOSED = 300  # advertisements out of clauses
_TOLD = 1500  # sentences that only sound like advertisements, as news has them
_LEAST = 10  # characters of a line
_MOST_OF_NEWS = 10_000  # lines of articles in a language
_LINES_AT_A_TIME = 500
_COST = 10.0  # of errors, against the size of weights
_SIZES = language.SIZES[-4:]
_ROOT = 4.0  # of the number of places of a line of usual length
NOTHING = Advert(*(np.zeros(size, np.int8) for size in language.SIZES))


def adverts(maker: Maker) -> Iterator[str]:
    """Lines of advertisements of the maker's part."""
    for family in maker.families:
        lang = family["lang"]
        for kind in ("plain", "sober", "prose", "filler"):
            for text in family.get(kind, ()):
                for _ in range(_TIMES):
                    yield maker.filled(text, family, lang)
    for lang in ("zh", "en"):
        for family in maker.offers[lang]:
            for text in (*family["lines"], *family["closers"]):
                yield maker.filled(text, family, lang)
        for _ in range(_COMPOSED):
            yield maker.prose(maker.family(lang), lang)


def others(maker: Maker) -> Iterator[str]:
    """Lines of articles, and such that only sound like advertisements, of the maker's part."""
    for lang in ("zh", "en"):
        news = [line for text in maker.hosts[lang] for line in text.split("\n") if len(line) >= _LEAST]
        yield from maker.random.sample(news, min(len(news), _MOST_OF_NEWS))
        for text in (*maker.odd_pages[lang], *maker.lists[lang]):
            yield from text.split("\n")
        for _ in range(_TOLD):  # what quotes an advertisement is none of these
            yield told(maker, lang, maker.random.choice(maker.service[lang]))
        for text in maker.said[lang]:
            yield site_text.filled(text, lang, maker.random)
    for keep in maker.kept:
        family = {"heads": keep["words"], "lang": keep["lang"], "name": keep["name"]}
        for text in keep["texts"]:
            yield told(maker, keep["lang"], text, family)


class Places(NamedTuple):
    """Lines as rows of a matrix: what places in the tables each has."""

    columns: list[Any]  # with one that is there twice twice; empty for a line without words
    truths: list[bool]


def places(maker: Maker) -> Places:
    """Those of the maker's part."""
    found = Places([], [])
    for truth, texts in ((True, adverts(maker)), (False, others(maker))):
        stripped = [text.strip() for text in texts if text.strip()]
        for at in range(0, len(stripped), _LINES_AT_A_TIME):
            columns = list(_columns(stripped[at : at + _LINES_AT_A_TIME]))
            found.columns.extend(columns)
            found.truths.extend([truth] * len(columns))
    return found


def _columns(texts: Sequence[str]) -> Iterator[Any]:
    text = segment([Page(text, lines(text, [])) for text in texts], NOTHING)
    if text is None:
        return
    tokens = text.tokens
    han, words = tokens.han.nonzero()[0], (~tokens.han).nonzero()[0]
    pair, triple = (places.take(han) for places in advert_keys(text)[1:])
    first, four, six = language.stretches(text.folded, tokens, words)
    owner = np.repeat(words, np.diff(np.append(first, len(four))))
    shift = np.cumsum((0, *_SIZES[:-1]))
    rows, ids = (
        np.concatenate((han, han, owner, owner)),
        np.concatenate([each + at for each, at in zip((pair, triple, four, six), shift, strict=True)]),
    )
    real = ~np.isin(ids, shift[2:])  # places of stretches that a line's end cuts short
    page = text.offsets.searchsorted(text.folded.origin.take(tokens.start), side="right") - 1
    rows, ids = page.take(rows[real]), ids[real]
    order = np.argsort(rows, kind="stable")
    yield from np.split(ids[order].astype(np.int32), rows[order].searchsorted(np.arange(1, len(texts))))


def weights(parts: Sequence[Places], seed: int) -> tuple[Any, ...]:
    """The tables of promotion: logistic regression."""
    from sklearn.linear_model import LogisticRegression

    matrix = sparse_rows([ids for part in parts for ids in part.columns], sum(_SIZES))
    model = LogisticRegression(C=_COST, solver="liblinear", random_state=seed, max_iter=200)
    model.fit(matrix, np.concatenate([part.truths for part in parts]))
    han_pair, han_triple, four, six = tables(model, _ROOT, _SIZES)
    four[0] = six[0] = 0
    return han_pair, han_triple, four, six


def advert_keys(text: Segmented) -> tuple[Any, Any, Any]:
    """The places of each token, of it with the one before and with the two before, in the tables of advertising."""
    opens = np.zeros(len(text.tokens.start), bool)
    opens[text.first] = True
    single, pair, triple = language.keys(text.tokens.hash, opens)
    return single, *language.advert_places(pair, triple)


def sparse_rows(columns: Sequence[Any], width: int) -> Any:
    """A matrix of what columns each row has. A short text says as much as a long one: each row is divided by the root
    of the number of its columns."""
    from scipy.sparse import csr_matrix

    lengths = np.array([len(ids) for ids in columns])
    data = np.repeat(1.0 / np.sqrt(np.maximum(lengths, 1)), lengths)
    matrix = csr_matrix((data, np.concatenate(columns), np.append(0, lengths.cumsum())), (len(columns), width))
    matrix.sum_duplicates()
    return matrix


def tables(model: Any, root: float, sizes: Sequence[int]) -> list[Any]:
    """The weights of a regression in units, table by table.

    :param root: of the number of columns of a text of usual length
    """
    units = np.clip(np.round(model.coef_.ravel() * language.ADVERT_SCALE / root), -127, 127).astype(np.int8)
    return np.split(units, np.cumsum(sizes)[:-1])
