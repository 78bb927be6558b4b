"""Findings as people see them: places and JSON, 退回单, alternatives in words."""
