@echo off
setlocal
set "HERE=%~dp0"
if not exist "%HERE%python\python.exe" goto broken
"%HERE%python\python.exe" -m gouji.excel.install uninstall
set "RESULT=%ERRORLEVEL%"
if /i not "%~1"=="/q" pause
rem The installed copy cannot delete the Python that runs it; this line deletes the rest, this file included.
if /i "%HERE%"=="%LOCALAPPDATA%\gouji\" (goto) 2>nul & rmdir /s /q "%LOCALAPPDATA%\gouji"
exit /b %RESULT%
:broken
type "%HERE%broken.txt"
if /i not "%~1"=="/q" pause
exit /b 1
