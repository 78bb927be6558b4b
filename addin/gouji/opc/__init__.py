"""Office files of strangers: a ZIP file's parts, and their XML. Knows nothing of what is in them."""
