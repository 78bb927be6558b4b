"""Stand-ins for the parts of Windows and Excel that xlwings talks to; nothing of xlwings is replaced."""
