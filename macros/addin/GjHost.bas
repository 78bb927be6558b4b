Attribute VB_Name = "GjHost"
Option Explicit
Option Private Module

' 插件处理当前打开的工作簿；没有时为 Nothing。
Public Function HostBook() As Workbook
    Set HostBook = ActiveWorkbook
End Function

' The cells that are selected in it.
Public Function HostPicked() As Range
    Set HostPicked = ActiveWindow.RangeSelection
End Function
