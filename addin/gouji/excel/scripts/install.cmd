@echo off
setlocal
set "HERE=%~dp0"
if not exist "%HERE%python\python.exe" goto broken
"%HERE%python\python.exe" -I -X utf8=0 -m gouji.excel.install install
set "RESULT=%ERRORLEVEL%"
if "%RESULT%"=="9009" goto broken
if /i not "%~1"=="/q" pause
exit /b %RESULT%
:broken
type "%HERE%broken.txt"
if /i not "%~1"=="/q" pause
exit /b 1
