Attribute VB_Name = "TestProbe"
Option Explicit

' Added to a workbook by the tests. Run-time errors come back as text, since LibreOffice swallows them headless;
' arguments are texts, since it loses numbers. One module with a syntax error silences all: ask for "pong" first.
Public Function Ping() As String
    Ping = "pong"
End Function

' A Sub without arguments.
Public Function RunSub(ByVal macro As String) As String
    On Error GoTo Failed
    Application.Run macro
    RunSub = "ok"
    Exit Function
Failed:
    RunSub = "error " & Err.Number & ": " & Err.Description
End Function

' A Sub with one object: a ribbon callback without its control.
Public Function RunCallback(ByVal macro As String) As String
    On Error GoTo Failed
    Application.Run macro, Nothing
    RunCallback = "ok"
    Exit Function
Failed:
    RunCallback = "error " & Err.Number & ": " & Err.Description
End Function

' A Function of one text.
Public Function RunFunction(ByVal macro As String, ByVal argument As String) As String
    On Error GoTo Failed
    RunFunction = "ok " & Application.Run(macro, argument)
    Exit Function
Failed:
    RunFunction = "error " & Err.Number & ": " & Err.Description
End Function
