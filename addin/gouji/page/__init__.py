"""gouji in one HTML file: the same Python in a browser, by Pyodide, opened by a double click, offline.

``desk`` is what the page's worker calls. ``build`` makes the file; nothing of it runs inside the page.
"""
