@echo off
setlocal DisableDelayedExpansion
set "GOUJI_SCRIPT=%~f0"
set "HERE=%~dp0"
if not exist "%HERE%python\python.exe" goto broken
set GOUJI_ARGUMENTS=%*
rem The line as Windows gave it: an argument with an ampersand and no blank ends at the ampersand.
setlocal EnableDelayedExpansion
set "GOUJI_LINE=!CMDCMDLINE!"
setlocal DisableDelayedExpansion
"%HERE%python\python.exe" -I -X utf8=0 -m gouji.cli.dropped
set "RESULT=%ERRORLEVEL%"
pause
rem Not "exit /b": cmd would go on to run what follows that ampersand.
exit %RESULT%
:broken
type "%HERE%broken.txt"
pause
exit 2
