"""Cleaning: which stretches of an article's text are spam or boilerplate, and the text without them."""

from pipeline.cleaning.apply import Cleaned, apply_cuts
from pipeline.cleaning.find import find_all, find_cuts

__all__ = ["Cleaned", "apply_cuts", "find_all", "find_cuts"]
