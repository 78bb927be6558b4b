"""What VBA, the server and the installer must agree on. Tests compare it with the VBA sources."""

from __future__ import annotations

from .. import __version__

#: Class id of our server: not xlwings' own, so that another xlwings on the machine is never attached to.
CLSID = "{FDF3F43B-4361-406C-99B3-38B8E86A7535}"
#: The name under which VBA asks for the running server; the installer ties it to the class id.
PROG_ID = "gouji.Server"
#: What is called, with what, and what comes back. It rises when macros of before could no longer be
#: understood, or would miss something, not with each release; the macros name theirs in the handshake.
PROTOCOL = 2
#: The oldest that is still served: macros stay in files that were handed out years ago.
OLDEST_PROTOCOL = 1
#: The release, as the bundle names it.
VERSION = __version__
#: Version of the xlwings wheel; pinned in pyproject and in the bundle.
XLWINGS = "0.37.8"
#: Modules that VBA names in CallUDF; the server loads them before the first call.
UDF_MODULE = "gouji.excel.udfs"
COMMAND_MODULE = "gouji.excel.commands"

#: Named objects of the session: one server at a time, and the signal that ends it.
MUTEX = "Local\\gouji-server"
STOP_EVENT = "Local\\gouji-server-stop"
#: One installation at a time: a second double click would empty the folder that the first one fills.
INSTALL_MUTEX = "Local\\gouji-install"
#: The file of the bundle that names all others with their sha256; it stays beside the installed ones.
CHECKSUMS = "SHA256SUMS"
