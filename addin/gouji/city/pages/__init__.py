"""The city's result as one web page, for those who do not open workbooks."""

from .page import page

__all__ = ["page"]
