"""A workbook that a stranger sent -> Report: guard, XML, cells, sheets, reader, strays."""
