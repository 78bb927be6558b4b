Attribute VB_Name = "GjFill"
Option Explicit
Option Private Module

' 合计填充、空格填零、填“/”、撤销。先在数组上拟定改动（Array(行, 列, 原值, 新值)），经确认后才写入。

' The last change: its workbook, and one entry a cell of Array(sheet, address, old value, new value, old formula). No
' objects: none would outlive the end of a macro in every engine, nor the closing of its workbook in any.
Private undoBook As String
Private undoEntries() As Variant
Private undoCount As Long

Public Function IsBlank(ByVal value As Variant) As Boolean
    IsBlank = IsEmpty(value)
    If VarType(value) = vbString Then
        IsBlank = (Len(Trim$(value)) = 0)
    End If
End Function

' A whole number that is not negative.
Public Function IsCount(ByVal value As Variant) As Boolean
    If VarType(value) = vbDouble Then
        IsCount = (value >= 0 And value = Int(value))
    End If
End Function

' The sum of the parts "row,column;...": Empty while one is not known. "/" counts 0, blank where declared.
Public Function SumOfParts(ByVal cells As Variant, ByVal parts As String, ByVal declared As Boolean) As Variant
    Dim part As Variant
    Dim place As Variant
    Dim value As Variant
    Dim total As Double
    SumOfParts = Empty   ' LibreOffice would keep the last result
    For Each part In Split(parts, ";")
        place = Split(part, ",")
        value = cells(CLng(place(0)), CLng(place(1)))
        If IsCount(value) Then
            total = total + value
        ElseIf Not (IsSlash(value) Or (declared And IsBlank(value))) Then
            Exit Function
        End If
    Next part
    SumOfParts = total
End Function

Public Function IsSlash(ByVal value As Variant) As Boolean
    If VarType(value) = vbString Then
        IsSlash = (Trim$(value) = "/")
    End If
End Function

' Whether a total already says what the sum says ("/" is as good as 0).
Public Function SaysSum(ByVal value As Variant, ByVal sum As Variant) As Boolean
    If IsCount(value) Then
        SaysSum = (value = sum)
    ElseIf IsSlash(value) Then
        SaysSum = (sum = 0)
    End If
End Function

' Changes that make the totals right. A total stands after those that are its parts, so the array is brought up to
' date on the way. Typed totals that differ are replaced only where "overwrite" says so.
Public Function PlanTotals(ByVal cells As Variant, ByVal totals As Collection, ByVal declared As Boolean, _
        ByVal overwrite As Boolean) As Collection
    Dim total As Variant
    Dim place As Variant
    Dim sum As Variant
    Dim old As Variant
    Dim plan As Collection
    Set plan = New Collection
    For Each total In totals
        place = Split(total(0), ",")
        old = cells(CLng(place(0)), CLng(place(1)))
        sum = SumOfParts(cells, total(1), declared)
        If IsEmpty(sum) Then
            If IsBlank(old) Then
                cells(CLng(place(0)), CLng(place(1))) = "?"
            End If
        ElseIf Not SaysSum(old, sum) And (overwrite Or IsBlank(old)) Then
            plan.Add Array(CLng(place(0)), CLng(place(1)), old, sum)
            cells(CLng(place(0)), CLng(place(1))) = sum
        End If
    Next total
    Set PlanTotals = plan
End Function

' Changes that turn blank cells of a list "row,column;..." into 0.
Public Function PlanZeros(ByVal cells As Variant, ByVal inputs As String) As Collection
    Dim part As Variant
    Dim place As Variant
    Dim old As Variant
    Dim plan As Collection
    Set plan = New Collection
    For Each part In Split(inputs, ";")
        place = Split(part, ",")
        old = cells(CLng(place(0)), CLng(place(1)))
        If IsBlank(old) Then
            plan.Add Array(CLng(place(0)), CLng(place(1)), old, 0)
        End If
    Next part
    Set PlanZeros = plan
End Function

' Changes that turn those cells of a list "row,column;..." into "/" that lie within a selection: blank ones, and with
' "overwrite" whatever else was typed.
Public Function PlanSlashes(ByVal cells As Variant, ByVal typed As String, ByVal selected As Collection, _
        ByVal overwrite As Boolean) As Collection
    Dim part As Variant
    Dim place As Variant
    Dim old As Variant
    Dim plan As Collection
    Set plan = New Collection
    For Each part In Split(typed, ";")
        place = Split(part, ",")
        old = cells(CLng(place(0)), CLng(place(1)))
        If IsSelected(selected, CLng(place(0)), CLng(place(1))) And (IsBlank(old) Or overwrite And Not IsSlash(old)) Then
            plan.Add Array(CLng(place(0)), CLng(place(1)), old, "/")
        End If
    Next part
    Set PlanSlashes = plan
End Function

' The blocks of a selection as Array(top, left, bottom, right) within an area, whose first cell is 1,1; none where the
' selection is on another sheet, or Nothing.
Public Function SelectedWithin(ByVal picked As Range, ByVal area As Range) As Collection
    Dim block As Range
    Dim r As Long
    Dim c As Long
    Dim found As Collection
    Set found = New Collection
    Set SelectedWithin = found
    If picked Is Nothing Then
        Exit Function
    ElseIf picked.Worksheet.Name <> area.Worksheet.Name Then
        Exit Function
    End If
    For Each block In picked.Areas
        r = block.Row - area.Row + 1
        c = block.Column - area.Column + 1
        found.Add Array(r, c, r + block.Rows.Count - 1, c + block.Columns.Count - 1)
    Next block
End Function

Private Function IsSelected(ByVal selected As Collection, ByVal row As Long, ByVal column As Long) As Boolean
    Dim block As Variant
    For Each block In selected
        If row >= block(0) And row <= block(2) And column >= block(1) And column <= block(3) Then
            IsSelected = True
        End If
    Next block
End Function

' How many changes replace something typed.
Public Function CountTyped(ByVal plan As Collection) As Long
    Dim change As Variant
    For Each change In plan
        If Not IsBlank(change(2)) Then
            CountTyped = CountTyped + 1
        End If
    Next change
End Function

Public Sub StartUndo(ByVal book As Workbook)
    undoBook = book.Name
    undoCount = 0
End Sub

' Writes the changes and remembers what was there.
Public Sub ApplyPlan(ByVal area As Range, ByVal plan As Collection)
    Dim change As Variant
    Dim cell As Range
    For Each change In plan
        Set cell = area.Cells(change(0), change(1))
        undoCount = undoCount + 1
        ReDim Preserve undoEntries(1 To undoCount)
        undoEntries(undoCount) = Array(cell.Worksheet.Name, cell.Address(False, False), change(2), change(3), _
            FormulaIn(cell))
        cell.Value = change(3)
    Next change
End Sub

Private Function FormulaIn(ByVal cell As Range) As String
    If cell.HasFormula Then
        FormulaIn = cell.Formula
    End If
End Function

' Puts back what the last change found and returns how many cells; cells changed since then keep their content.
Public Function Restore(ByVal book As Workbook, ByRef kept As Long) As Long
    Dim i As Long
    Dim cell As Range
    If undoBook <> book.Name Then
        Exit Function
    End If
    For i = 1 To undoCount
        Set cell = book.Worksheets(undoEntries(i)(0)).Range(undoEntries(i)(1))
        If Stands(cell.Value, undoEntries(i)(3)) Then
            RestoreCell cell, undoEntries(i)(2), undoEntries(i)(4)
            Restore = Restore + 1
        Else
            kept = kept + 1
        End If
    Next i
    undoCount = 0
End Function

' Whether a cell still holds what was written: 0 and "/" are not the same, nobody but a person changes one to the other.
Private Function Stands(ByVal value As Variant, ByVal written As Variant) As Boolean
    If IsSlash(written) Then
        Stands = IsSlash(value)
    ElseIf IsCount(value) Then
        Stands = (value = written)
    End If
End Function

Private Sub RestoreCell(ByVal cell As Range, ByVal old As Variant, ByVal formula As String)
    If Len(formula) > 0 Then
        cell.Formula = formula
    ElseIf IsBlank(old) Then
        cell.MergeArea.ClearContents
    Else
        cell.Value = old
    End If
End Sub
