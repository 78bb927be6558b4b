@echo off
setlocal
set "HERE=%~dp0"
if not exist "%HERE%python\python.exe" goto broken
"%HERE%python\python.exe" -I -X utf8=0 -m gouji.excel.install uninstall
set "RESULT=%ERRORLEVEL%"
if /i not "%~1"=="/q" pause
if not "%RESULT%"=="0" exit /b %RESULT%
if /i not "%HERE%"=="%LOCALAPPDATA%\gouji\" exit /b 0
rem The installed copy cannot delete the Python that runs it, nor this file: another cmd does, a second later.
cd /d "%TEMP%"
start "" /b cmd /c ping -n 2 127.0.0.1 ^>nul ^& rmdir /s /q "%HERE:~0,-1%"
exit /b 0
:broken
type "%HERE%broken.txt"
if /i not "%~1"=="/q" pause
exit /b 1
