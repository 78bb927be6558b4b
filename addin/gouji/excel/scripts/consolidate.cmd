@echo off
setlocal DisableDelayedExpansion
set "GOUJI_SCRIPT=%~f0"
set "HERE=%~dp0"
if not exist "%HERE%python\python.exe" goto broken
set GOUJI_ARGUMENTS=%*
setlocal EnableDelayedExpansion
set "GOUJI_LINE=!CMDCMDLINE!"
"!HERE!python\python.exe" -I -X utf8=0 -m gouji.cli.dropped
set "RESULT=!ERRORLEVEL!"
pause
rem Not "exit /b": Windows begins this by cmd /c with the names that were dropped, and cmd would go on to run
rem whatever follows an ampersand in one of them.
exit !RESULT!
:broken
type "%HERE%broken.txt"
pause
exit 2
