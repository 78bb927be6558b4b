"""The formulas that decide in the sheet what the ledger decides in Python, one module a kind of check:
fields of the cover, texts, cells of a table, sums.

Each takes where things stand and gives formulas without "=": what is counted or summed, and the address to go
to as text. What they must show is the ledger's to say (``live.py``).
"""
