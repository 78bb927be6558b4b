Attribute VB_Name = "GjHost"
Option Explicit
Option Private Module

' 模板中的宏只处理自己所在的工作簿。
Public Function HostBook() As Workbook
    Set HostBook = ThisWorkbook
End Function

' The cells that are selected in it; Nothing while another workbook is in front.
Public Function HostPicked() As Range
    If ActiveWorkbook.Name = ThisWorkbook.Name Then
        Set HostPicked = ActiveWindow.RangeSelection
    End If
End Function
