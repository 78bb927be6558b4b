"""gouji's functions for xlwings' own add-in: UDF Modules = gouji_udfs, then Import Functions."""

from gouji.excel.udfs import GJ_CHECK, GJ_DIAGNOSE, GJ_TOTAL

__all__ = ["GJ_CHECK", "GJ_DIAGNOSE", "GJ_TOTAL"]
