"""Faults of files, by a stable name and in words that say what to do about them."""

import lzma
import re
import tarfile
import zipfile
import zlib

UNPACK = "unpack it and put what is in it here"
DAMAGED = (zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError)
_INTERNAL = re.compile(r"Error -?\d{1,3} while \w{1,20} data: ")


class TooLarge(ValueError):
    """More than an article, or than text can unpack to."""


class NoText(ValueError):
    """There is neither a title nor a text in the file."""


def named(error: BaseException, otherwise: str = "") -> tuple[str, str]:
    """The name of a fault and what is wrong, in plain words.

    :param otherwise: the name of a fault that is not foreseen here; without it, the exception's own

    >>> named(EOFError("Compressed file ended before the end-of-stream marker was reached"))[0]
    'cut-short'
    """
    said = _INTERNAL.sub("", str(error).partition("\n")[0][:500])
    if isinstance(error, TooLarge):
        return "too-large", said
    if isinstance(error, NoText):
        return "no-text", said
    if isinstance(error, EOFError):
        return "cut-short", "the packed file ends too early: copy or download it anew"
    if isinstance(error, NotImplementedError):
        return "unknown-packing", f"packed in a way that is not read here ({said}): {UNPACK}"
    if isinstance(error, RuntimeError) and "encrypted" in said:
        return "encrypted", f"locked with a password: {UNPACK}"
    if isinstance(error, DAMAGED) or (isinstance(error, OSError) and error.errno is None):
        return "damaged-archive", f"the packed file is damaged ({said}): copy or download it anew"
    return otherwise or type(error).__name__, said
