"""The spreadsheet: layout, template, live formulas, guard, reader, filler, macro packing."""
