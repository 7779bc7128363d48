"""Sổ Chi hội: the branch book of a commune Women's Union."""

__version__ = "0.1.0"
