@echo off
start "" "%~dp0python\pythonw.exe" -m gouji.excel.server
