"""The report as a document to publish, in the official layout."""
