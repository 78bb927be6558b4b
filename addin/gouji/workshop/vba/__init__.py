"""VBA sources -> `vbaProject.bin`, without Excel and the same bytes on every build.

    compression   [MS-OVBA] 2.4.1, the compressed container of the dir and module streams
    cfb           [MS-CFB] version 3 compound file, writer only
    source        one `.bas` or `.cls` file in UTF-8 -> Module, guarded for what Excel would garble
    project       modules + the workbook's code names -> the bytes of `xl/vbaProject.bin`
    targets       which macros a ribbon and the buttons of a workbook call

Why a writer of our own and not pyOpenVBA 6.5.0, which is MIT and whose author checks it in live Excel. On a
project of three modules it is deterministic, but

- its dir stream is 4 bytes longer than [MS-OVBA] 2.3.4.2 allows, its directory tree breaks the red-black
rules
  of [MS-CFB] 2.6.4 (strict readers refuse such a file), and it keeps a zeroed 2,544-byte performance cache
  under the version number of a real Excel, where 2.3.4.1 tells a writer to put FF FF and no cache;
- the project comes out of a template, so every project has the same ID, and ThisWorkbook a cache of its own;
- characters outside code page 1252 become "?" in silence. The guards that prevent it (`source`) would have to
  be ours anyway, and with ASCII-only input the rest is a few hundred lines from the public specifications.

The layout here (no p-code: Version FFFF, MODULEOFFSET 0, the host compiles from source) is the one that
2.3.4.1 demands of every writer. pyOpenVBA stays as a reader and as the second engine in the tests.
"""
