Attribute VB_Name = "TestHost"
Option Explicit

' Added to the instrumented macros by the tests: which lines ran, message boxes with answers laid ready, and a
' server to attach to ("": none; "fits", which is the active object; "other": of another version, and found by its
' class alone).
Private ran(0 To 1999) As Boolean
Private answers As String
Private shown As String
Private serverKind As String
Private called As String
Private saving As String
Private unattended As Boolean
Private reckoned As Long

Public Sub TestHit(ByVal number As Long)
    ran(number) = True
End Sub

Public Function Hits() As String
    Dim i As Long
    For i = 0 To 1999
        If ran(i) Then Hits = Hits & i & ","
    Next i
End Function

Public Function Prepare(ByVal server As String, ByVal replies As String) As String
    serverKind = server
    answers = replies
    shown = ""
    called = ""
    Prepare = "ok"
End Function

' Stands for MsgBox: the next reply ("6" yes, "7" no, "2" cancel), and what was shown is kept.
Public Function TestBox(ByVal text As String, Optional ByVal buttons As Long = 0, Optional ByVal title As String = "") As Long
    shown = shown & title & "|" & text & "||"
    TestBox = Val(Left$(answers, 1))
    answers = Mid$(answers, 2)
End Function

Public Function Boxes() As String
    Boxes = shown
End Function

Public Function TestActive(ByVal progId As String) As Object
    Set TestActive = Server(progId, "fits")
End Function

Public Function TestAttach(ByVal moniker As String) As Object
    Set TestAttach = Server(moniker, "other")
End Function

Private Function Server(ByVal what As String, ByVal kind As String) As Object
    If serverKind <> kind Then Err.Raise 429, "TestHost", "no object " & what
    called = called & what & ";"
    Set Server = New TestServer
    Server.kind = kind
End Function

' Stands for Workbook.AutoSaveOn: "on", "off", or as in an Excel that does not know it.
Public Function TestSavesItself() As Boolean
    If saving = "" Then Err.Raise 438, "TestHost", "no such property"
    TestSavesItself = (saving = "on")
End Function

Public Function SavesItself(ByVal how As String) As String
    saving = how
    SavesItself = "ok"
End Function

' What a program does that wants no questions: "1" questions, "0" none, "hidden" none sees them.
Public Function Questions(ByVal wanted As String) As String
    Application.DisplayAlerts = (wanted <> "0")
    unattended = (wanted = "hidden")
    Questions = "ok"
End Function

' Stands for Application.UserControl.
Public Function TestUserControl() As Boolean
    TestUserControl = Not unattended
End Function

' A function for cells that counts how often it is calculated.
Public Function TESTCOUNTED(ByVal cells As Variant) As Long
    reckoned = reckoned + 1
    TESTCOUNTED = reckoned
End Function

Public Function Reckonings() As String
    Reckonings = CStr(reckoned)
    reckoned = 0
End Function

' "automatic" or "manual", and the two switches, which a command must leave as it found them.
Public Function Settings() As String
    Settings = Application.Calculation & " " & Application.EnableEvents & " " & Application.ScreenUpdating
End Function

Public Function Calculation(ByVal mode As String) As String
    If mode = "manual" Then
        Application.Calculation = xlCalculationManual
    Else
        Application.Calculation = xlCalculationAutomatic
    End If
    Calculation = Settings()
End Function

Public Sub TestNote(ByVal what As String)
    called = called & what & ";"
End Sub

Public Function Calls() As String
    Calls = called
End Function

' Sets or empties cells as a person could not: in locked sheets, without events, and really empty.
Public Function PutCell(ByVal sheet As String, ByVal address As String, ByVal text As String) As String
    Dim place As Worksheet
    Dim locked As Boolean
    Set place = ThisWorkbook.Worksheets(sheet)
    locked = place.ProtectContents
    Application.EnableEvents = False
    If locked Then place.Unprotect ""
    If text = "" Then
        place.Range(address).ClearContents
    Else
        place.Range(address).Value = text
    End If
    If locked Then place.Protect ""
    Application.EnableEvents = True
    PutCell = "ok"
End Function

' What is told when no workbook is open.
Public Function WithoutBook() As String
    On Error GoTo Failed
    DataSheet Nothing
    Exit Function
Failed:
    WithoutBook = ErrorText(Err.Number, Err.Description)
End Function
