Attribute VB_Name = "GjFunctions"
Option Explicit

' 单元格函数。参数与 gouji/excel/udfs.py 相同，传给程序的是内容而不是区域（不让程序逐个回头读取）。
' 程序不在或版本不同时返回错误值，模板中的 IFERROR 便改用公式的结果。

Public Function GJ_CHECK(ByVal table_range As Variant, ByVal edition As Variant, ByVal table As Variant, _
        Optional ByVal blank_is_zero As Variant) As Variant
    Dim declared As Variant
    On Error GoTo Unanswered
    If Not IsMissing(blank_is_zero) Then
        declared = Content(blank_is_zero)
    End If
    GJ_CHECK = Answer("GJ_CHECK", Array(Content(table_range), Content(edition), Content(table), declared))
    Exit Function
Unanswered:
    GJ_CHECK = CVErr(xlErrNA)
End Function

Public Function GJ_DIAGNOSE(ByVal table2 As Variant, ByVal table3 As Variant, ByVal table4 As Variant, _
        ByVal edition As Variant, Optional ByVal prior As Variant, _
        Optional ByVal blank_is_zero As Variant) As Variant
    Dim last As Variant
    Dim declared As Variant
    On Error GoTo Unanswered
    If Not IsMissing(prior) Then
        last = Content(prior)
    End If
    If Not IsMissing(blank_is_zero) Then
        declared = Content(blank_is_zero)
    End If
    GJ_DIAGNOSE = Answer("GJ_DIAGNOSE", Array(Content(table2), Content(table3), Content(table4), _
        Content(edition), last, declared))
    Exit Function
Unanswered:
    GJ_DIAGNOSE = CVErr(xlErrNA)
    If Val(Application.Version) < 14 Then
        ' LibreOffice says 11.0 and shows an error value as text, which IFERROR lets pass.
        GJ_DIAGNOSE = LiveDiagnosis(ThisWorkbook, FormRows(ThisWorkbook), _
            FormArea(ThisWorkbook, FormRows(ThisWorkbook), "live").Value)
    End If
End Function

Public Function GJ_TOTAL(ByVal values As Variant) As Variant
    On Error GoTo Unanswered
    GJ_TOTAL = Answer("GJ_TOTAL", Array(Content(values)))
    Exit Function
Unanswered:
    GJ_TOTAL = CVErr(xlErrNA)
End Function

' The excerpt of the live rows, for a diagnosis without the program; needs only this workbook.
Public Function GJ_LIVE(ByVal live As Variant) As Variant
    On Error GoTo Unanswered
    GJ_LIVE = LiveDiagnosis(ThisWorkbook, FormRows(ThisWorkbook), Content(live))
    Exit Function
Unanswered:
    GJ_LIVE = CVErr(xlErrNA)
End Function

' Contents of a range as stored (Value2: no currency), dates as dates: to the program a date is no number.
' Anything else as it is.
Private Function Content(ByVal argument As Variant) As Variant
    Dim stored As Variant
    Dim shown As Variant
    Dim i As Long
    Dim j As Long
    If TypeName(argument) = "Range" Then
        stored = argument.Value2
        shown = argument.Value
        If IsArray(shown) Then
            For i = LBound(shown, 1) To UBound(shown, 1)
                For j = LBound(shown, 2) To UBound(shown, 2)
                    If VarType(shown(i, j)) = vbDate Then
                        stored(i, j) = shown(i, j)
                    End If
                Next j
            Next i
        End If
        Content = stored
    Else
        Content = argument
    End If
End Function
