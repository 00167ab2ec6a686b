"""Extras: packages that only some commands need, and what to install where one is missing."""

from importlib.util import find_spec


class Missing(ImportError):
    """An optional package is not installed; the message says how to get it."""


def need(package: str, extra: str, what: str) -> None:
    """Make sure that ``package`` is there.

    :raises Missing: it is not

    >>> need("nosuchpackage", "extra", "this")
    Traceback (most recent call last):
    pipeline.extras.Missing: this needs nosuchpackage: pip install 'news-pipeline[extra]'
    """
    if find_spec(package) is None:
        raise Missing(f"{what} needs {package}: pip install 'news-pipeline[{extra}]'")
