Attribute VB_Name = "GjForm"
Option Explicit
Option Private Module

' 填报文件的隐藏表：A 列为键，其后为内容。宏不认识任何表名、地址和等式，都从这里取：
'   range.live, range.diagnosis, range.blank_is_zero, range.<table>   表名、区域
'   range.declared.<table>   表名、单元格：该表的空白按 0 计时为 1（旧文件没有）
'   target        表名、区域：各核对行所指的单元格，按行的次序（没有 live.go 的旧文件用）
'   total         <table>、合计格、各项        inputs   <table>、非合计的填报格（“行,列”在 range.<table> 之内）
'   live.state, live.go, diagnosis.from, diagnosis.text   校验表的列号
'   state.<名>, word.yes, help, seal.*           状态的文字、帮助表的表名、封条
' 插件处理的是别人的工作簿，代码名够不着，所以表名也从这里取。

' The hidden sheet; an error where the workbook is none of ours.
Public Function DataSheet(ByVal book As Workbook) As Worksheet
    Dim sheet As Worksheet
    If book Is Nothing Then
        Fail gjNotForm, ""
    End If
    For Each sheet In book.Worksheets
        If sheet.Name = shtData.Name Then
            Set DataSheet = sheet
            Exit Function
        End If
    Next sheet
    Fail gjNotForm, ""
End Function

' Its rows, read at once.
Public Function FormRows(ByVal book As Workbook) As Variant
    FormRows = DataSheet(book).UsedRange.Value
End Function

' The next row of the key after a row, or 0.
Public Function FindRow(ByVal rows As Variant, ByVal key As String, Optional ByVal after As Long = 0) As Long
    Dim r As Long
    For r = after + 1 To UBound(rows, 1)
        If CStr(rows(r, 1)) = key Then
            FindRow = r
            Exit Function
        End If
    Next r
End Function

' The row of a key that must be there.
Private Function KnownRow(ByVal rows As Variant, ByVal key As String) As Long
    KnownRow = FindRow(rows, key)
    If KnownRow = 0 Then
        Fail gjDamaged, key
    End If
End Function

Public Function FormValue(ByVal rows As Variant, ByVal key As String) As String
    FormValue = CStr(rows(KnownRow(rows, key), 2))
End Function

Public Function FormArea(ByVal book As Workbook, ByVal rows As Variant, ByVal key As String) As Range
    Dim r As Long
    r = KnownRow(rows, "range." & key)
    Set FormArea = book.Worksheets(CStr(rows(r, 2))).Range(CStr(rows(r, 3)))
End Function

' Whether the blanks of a table count as 0. Older files say it on the cover alone, for all tables.
Public Function BlankIsZero(ByVal book As Workbook, ByVal rows As Variant, ByVal table As String) As Boolean
    If FindRow(rows, "range.declared." & table) > 0 Then
        BlankIsZero = (CStr(FormArea(book, rows, "declared." & table).Value) = "1")
    Else
        BlankIsZero = (CStr(FormArea(book, rows, "blank_is_zero").Value) = FormValue(rows, "word.yes"))
    End If
End Function

' The first cell that the live row with this number points to: its column of addresses says which, in files of
' earlier releases the hidden sheet.
Public Function TargetCell(ByVal book As Workbook, ByVal rows As Variant, ByVal number As Long) As Range
    Dim r As Long
    Dim place As Variant
    If FindRow(rows, "live.go") > 0 Then
        place = Split(CStr(FormArea(book, rows, "live").Cells(number, CLng(FormValue(rows, "live.go"))).Value), "!")
        Set TargetCell = book.Worksheets(CStr(place(0))).Range(CStr(place(1))).Cells(1, 1)
    Else
        r = KnownRow(rows, "target") + number - 1
        Set TargetCell = book.Worksheets(CStr(rows(r, 2))).Range(CStr(rows(r, 3))).Cells(1, 1)
    End If
End Function

' Writes values into a locked area. Protection is against accidents and has no password: it is lifted and set again
' as it was (rows and columns of visible sheets may be resized).
Public Sub WriteLocked(ByVal area As Range, ByVal values As Variant)
    Dim sheet As Worksheet
    Dim locked As Boolean
    Dim resizable As Boolean
    Dim number As Long
    Dim reason As String
    Set sheet = area.Worksheet
    locked = sheet.ProtectContents
    resizable = (sheet.Visible = xlSheetVisible)
    On Error GoTo Failed
    If locked Then
        sheet.Unprotect ""
    End If
    If area.Cells(1, 1).HasFormula Then
        area.ClearContents   ' part of an array cannot be written, the whole of one can be emptied
    End If
    area.Value = values
    On Error GoTo 0
    LockAgain sheet, locked, resizable
    Exit Sub
Failed:
    number = Err.Number
    reason = Err.Description
    LockAgain sheet, locked, resizable
    Err.Raise number, "gouji", reason
End Sub

Private Sub LockAgain(ByVal sheet As Worksheet, ByVal locked As Boolean, ByVal resizable As Boolean)
    If locked And Not sheet.ProtectContents Then
        sheet.Protect "", True, True, True, False, False, resizable, resizable
    End If
End Sub

' Empties every row of the seal. Changes only where there is one: each change empties Excel's own undo list.
Public Sub ClearSeal(ByVal book As Workbook)
    Dim rows As Variant
    Dim r As Long
    rows = FormRows(book)
    For r = 1 To UBound(rows, 1)
        If Left$(CStr(rows(r, 1)), 5) = "seal." And Len(CStr(rows(r, 2))) > 0 Then
            WriteLocked DataSheet(book).Cells(r, 2), ""
        End If
    Next r
End Sub
