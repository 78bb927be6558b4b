"""gouji (勾稽): the statutory 政府信息公开工作年度报告 as data, workbook, checks and consolidation."""

__version__ = "0.1.0"
