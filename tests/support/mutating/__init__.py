"""Mutations of a workbook by kind; ``support/mutants.py`` draws from them."""
