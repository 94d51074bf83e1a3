from __future__ import annotations


class ForeignUrlError(ValueError):
    """A notification leads to a page of this site or nowhere: the text is ours, so must the link be."""
