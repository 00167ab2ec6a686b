"""Chinese and English news articles in, clean structured tables out.

    import pipeline
    figures = pipeline.load("figures")          # a pandas DataFrame
    document = pipeline.process(data, "a.txt")  # one article, from its bytes

Names are imported when they are first used, so that ``import pipeline`` and ``python -m pipeline --help`` are quick.
"""

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from pipeline.catalog import describe, duckdb, load, tables
    from pipeline.documents import article
    from pipeline.run import ingest
    from pipeline.steps import annotate, clean, locate, process

_HOMES = {
    "annotate": "pipeline.steps",
    "article": "pipeline.documents",
    "clean": "pipeline.steps",
    "describe": "pipeline.catalog",
    "duckdb": "pipeline.catalog",
    "ingest": "pipeline.run",
    "load": "pipeline.catalog",
    "locate": "pipeline.steps",
    "process": "pipeline.steps",
    "tables": "pipeline.catalog",
}

__all__ = [
    "__version__",
    "annotate",
    "article",
    "clean",
    "describe",
    "duckdb",
    "ingest",
    "load",
    "locate",
    "process",
    "tables",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'pipeline' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
