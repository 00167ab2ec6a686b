"""Find what is to be cut."""

from pipeline.records import Article, Cut


def find_cuts(article: Article) -> list[Cut]:
    """The stretches of ``article.text`` that are no part of the article."""
    return [Cut(b.start, b.end, "caption", "caption", 1.0) for b in article.blocks if b.kind == "caption"]
