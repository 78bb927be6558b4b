"""gouji alive in Excel: functions for cells, the command 校验, the server process, the clerk's bundle.

Nothing else in gouji imports xlwings, and only its BSD part is used (never ``xlwings.pro``).

What VBA calls
--------------
Our own process (``gouji-server``) gives out one object with one method, ``CallUDF`` (``served``). VBA
attaches to it in one of two ways, which need no DLL and no path and fail at once when there is no server:

- ``Set py = GetObject(, "gouji.Server")``, the active object of the session; the installer ties the name to
  our class id below ``HKCU\\Software\\Classes``; where that is not given
- ``Set py = GetObject("new:{CLSID}")``, by the class id ``interface.CLSID`` that the process registers.

Only functions that ``commands`` and ``udfs`` declare with ``@xw.func`` are called; any other name is a COM
error of one sentence. ``book`` is the workbook that VBA hands over and never one that Python looks for; no
reference to it outlives the call.

- ``py.CallUDF("gouji.excel.commands", "handshake", Array(protocol, "", name, version, path))``: the protocol
  that the macros speak, as text, ``Application.Name``, ``.Version``, ``.Path``. Macros of 0.1 to 0.5 give
  their release in its place, which counts as protocol 1. Returns "" when all fits, else one Chinese sentence
  for a message box. Every protocol from ``interface.OLDEST_PROTOCOL`` on is served: macros stay in files that
  were handed out.
- ``py.CallUDF("gouji.excel.commands", "validate", Array(), book)``: the command 校验. Returns a
  one-dimensional array: state ("clean", "hint", "warning", "error", "refused"), message for the message
  box, sheet and address of the first cell in error ("" where there is none).
- ``py.CallUDF("gouji.excel.commands", "report", Array(), book)``: the command 生成报告, a Word file beside
  the workbook. The same array; the message says where it is.
- ``py.CallUDF("gouji.excel.udfs", "GJ_DIAGNOSE", Array(...))`` and GJ_CHECK, GJ_TOTAL: the wrappers pass
  ``range.Value2``, not the range (no callbacks into Excel: 11 a range), and no workbook.
  Any VBA error becomes ``CVErr(xlErrNA)``, so that IFERROR falls back to the plain formulas. Optional
  arguments are passed as ``Empty`` when absent.

Nothing is read from a workbook or its folder, nor from a setting of the machine, to decide what runs.
"""
