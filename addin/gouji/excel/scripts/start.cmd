@echo off
start "" "%~dp0python\pythonw.exe" -I -X utf8=0 -m gouji.excel.server
