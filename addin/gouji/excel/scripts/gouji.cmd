@echo off
if not exist "%~dp0python\python.exe" goto broken
"%~dp0python\python.exe" -I -X utf8=0 -m gouji %*
exit /b %ERRORLEVEL%
:broken
type "%~dp0broken.txt"
exit /b 2
