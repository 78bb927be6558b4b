Attribute VB_Name = "SampleChecks"
' Copyright (c) 2026, A. Author. All rights reserved.
' Licensed under the BSD 3-clause license.
Option Explicit

' 名册的校验：只读数组，只写一次
Private Const LOG_ROW_OPENED As Long = 1
Private Const LOG_ROW_CHANGED As Long = 2
Private Const LOG_ROW_BAD As Long = 3
Private Const LOG_ROW_TOTAL As Long = 4

Public Function CodeState(ByVal code As String) As String
    If Len(code) = 4 Then   ' 四位数 Rem is part of this comment
        CodeState = ""
    Else
        CodeState = Message("BAD_LENGTH")
    End If
End Function

Public Function Message(ByVal key As String) As String
    Dim r As Long
    For r = 1 To 10
        If shtTexts.Cells(r, 1).Value = key Then
            Message = shtTexts.Cells(r, 2).Value
            Exit Function
        End If
    Next r
    Err.Raise 5, "Message", "no text for " & key
End Function

Public Sub CheckRoster()
    Dim r As Long, bad As Long
    Dim tally As SampleTally
    Dim codes As Variant
    Set tally = New SampleTally
    codes = shtRoster.Range("A2:A4").Value
    For r = 1 To 3
        If CodeState(CStr(codes(r, 1))) <> "" Then bad = bad + 1
        tally.Add Len(CStr(codes(r, 1)))
    Next r
    shtLog.Cells(LOG_ROW_BAD, 2).Value = bad
    shtLog.Cells(LOG_ROW_TOTAL, 2).Value = tally.Total
End Sub

Public Sub Fail()
    Err.Raise 1004, "Fail", Message("NO_SUCH_KEY")
End Sub

Public Sub NoteOpening()
    shtLog.Cells(LOG_ROW_OPENED, 2).Value = Message("OPENED")
End Sub

Public Sub NoteChange(ByVal Target As Range)
    shtLog.Cells(LOG_ROW_CHANGED, 2).Value = "changed " & Target.Address(False, False)
End Sub
