Attribute VB_Name = "GjDesk"
Option Explicit

' 汇总台的两个按钮：检查（只看不写）和汇总。读的是存盘的内容，所以先请人保存；其余都由程序做。

Public Sub CheckSeason()
    AskServer "season_check"
End Sub

Public Sub RunSeason()
    AskServer "season_run"
End Sub

Private Sub AskServer(ByVal task As String)
    Dim said As String
    On Error GoTo Failed
    said = Answered(task)
Leave:
    On Error GoTo 0
    Tell said
    Exit Sub
Failed:
    said = ErrorText(Err.Number, Err.Description)
    Resume Leave
End Sub

Private Function Answered(ByVal task As String) As String
    Dim server As Object
    Dim reason As String
    Answered = Message("cancelled")
    If Not ThisWorkbook.Saved Then
        If Not Agreed(Message("desk_save")) Then
            Exit Function
        End If
        ThisWorkbook.Save
    End If
    Set server = Connect(reason)
    If server Is Nothing Then
        Answered = reason & vbLf & Message("desk_absent")
    Else
        Answered = CommandText(server, task, ThisWorkbook)
    End If
End Function
