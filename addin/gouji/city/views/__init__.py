"""What is shown of a consolidation, as plain data: the workbook's sheets and the web page draw the same.

Views of the one long table (``rows.py``) and of who sent what; nothing here knows a cell of a sheet or a
tag of a page. ``states.py`` is the one place that decides what still has to be done.
"""
