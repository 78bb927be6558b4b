Attribute VB_Name = "GjLive"
Option Explicit
Option Private Module

' 逐项核对（校验表的公式行）的计数与摘录：没有连接程序时，诊断就是这些行。除最后三个外都只看数组。

Public Function CountState(ByVal live As Variant, ByVal column As Long, ByVal state As String) As Long
    Dim r As Long
    For r = 1 To UBound(live, 1)
        If CStr(live(r, column)) = state Then
            CountState = CountState + 1
        End If
    Next r
End Function

' Numbers of the rows in one state, appended to those already found.
Public Sub AddRows(ByVal found As Collection, ByVal live As Variant, ByVal column As Long, ByVal state As String)
    Dim r As Long
    For r = 1 To UBound(live, 1)
        If CStr(live(r, column)) = state Then
            found.Add r
        End If
    Next r
End Sub

' A block of the given height: one row a broken live row, its columns taken from those that "from" lists, and a
' last line. Blank cells are "", since a cell function's Empty would show 0.
Public Function Excerpt(ByVal live As Variant, ByVal broken As Collection, ByVal from As Variant, _
        ByVal height As Long, ByVal textColumn As Long, ByVal lastLine As String) As Variant
    Dim block() As Variant
    Dim r As Long
    Dim c As Long
    ReDim block(1 To height, 1 To UBound(from) + 1)
    For r = 1 To height
        For c = 1 To UBound(from) + 1
            block(r, c) = ""
            If r <= broken.Count And r < height And Val(from(c - 1)) > 0 Then
                block(r, c) = live(broken(r), Val(from(c - 1)))
            End If
        Next c
    Next r
    If broken.Count < height Then
        block(broken.Count + 1, textColumn) = lastLine
    Else
        block(height, textColumn) = lastLine
    End If
    Excerpt = block
End Function

' The line below the rows: what is not shown, and that there is no detailed diagnosis.
Public Function LastLine(ByVal found As Long, ByVal height As Long) As String
    If found = 0 Then
        LastLine = Message("live_none")
    ElseIf found >= height Then
        LastLine = Filled(Message("live_more"), "count", found - height + 1)
    End If
    LastLine = LastLine & Message("live_only")
End Function

' What fills the block of the diagnosis when no program is at hand.
Public Function LiveDiagnosis(ByVal book As Workbook, ByVal rows As Variant, ByVal live As Variant) As Variant
    Dim broken As Collection
    Dim column As Long
    Dim height As Long
    column = CLng(FormValue(rows, "live.state"))
    height = FormArea(book, rows, "diagnosis").Rows.Count
    Set broken = New Collection
    AddRows broken, live, column, FormValue(rows, "state.failed")
    AddRows broken, live, column, FormValue(rows, "state.warned")
    LiveDiagnosis = Excerpt(live, broken, Split(FormValue(rows, "diagnosis.from"), ","), height, _
        CLng(FormValue(rows, "diagnosis.text")), LastLine(broken.Count, height))
End Function

' How many live rows are in a state ("failed", "warned", "undecided").
Public Function CountLive(ByVal book As Workbook, ByVal rows As Variant, ByVal name As String) As Long
    CountLive = CountState(FormArea(book, rows, "live").Value, CLng(FormValue(rows, "live.state")), _
        FormValue(rows, "state." & name))
End Function

' Whether the block of the diagnosis fills itself: it holds the array function, and macros answer it. In a file saved
' as .xlsx, or where macros are blocked, the formula shows a text that stands in it.
Public Function FillsItself(ByVal block As Range, ByVal textColumn As Long) As Boolean
    Dim cell As Range
    Set cell = block.Cells(1, textColumn)
    If cell.HasFormula Then
        If Not IsError(cell.Value) Then
            FillsItself = (InStr(cell.Formula, """" & CStr(cell.Value) & """") = 0)
        End If
    End If
End Function
