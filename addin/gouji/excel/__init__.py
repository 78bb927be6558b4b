"""gouji alive in Excel: functions for cells, the command 校验, the server process, the clerk's bundle.

Nothing else in gouji imports xlwings, and only its BSD part is used (never ``xlwings.pro``).

What VBA calls
--------------
Our own process (``gouji-server``) serves xlwings' object ``XLPython`` on our own class id
``interface.CLSID``. VBA attaches by ``Set py = GetObject("new:{CLSID}")``, which needs no DLL and no path and
fails at once when there is no server.

Then, with ``book`` the workbook that VBA hands over and never one that Python looks for:

- ``py.CallUDF("gouji.excel.commands", "handshake", Array(gouji, xlwings, name, version, path))``: the
  two version constants of the VBA project, ``Application.Name``, ``.Version``, ``.Path``; the xlwings
  version is "" where no DLL is used. Returns "" when all fits, else one Chinese sentence for a message
  box. Call it once a session.
- ``py.CallUDF("gouji.excel.commands", "validate", Array(), book)``: the command 校验. Returns a
  one-dimensional array: state ("clean", "hint", "warning", "error", "refused"), message for the message
  box, sheet and address of the first cell in error ("" where there is none).
- ``py.CallUDF("gouji.excel.commands", "report", Array(), book)``: the command 生成报告, a Word file beside
  the workbook. The same array; the message says where it is.
- ``py.CallUDF("gouji.excel.udfs", "GJ_DIAGNOSE", Array(...))`` and GJ_CHECK, GJ_TOTAL: the wrappers pass
  ``range.Value2``, not the range (no callbacks into Excel: 11 a range), and no workbook and no caller.
  Any VBA error becomes ``CVErr(xlErrNA)``, so that IFERROR falls back to the plain formulas. Optional
  arguments are passed as ``Empty`` when absent.

Nothing is read from a workbook or its folder, nor from a setting of the machine.
"""
