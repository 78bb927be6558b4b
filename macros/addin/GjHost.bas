Attribute VB_Name = "GjHost"
Option Explicit
Option Private Module

' 插件处理当前打开的工作簿；没有时为 Nothing。
Public Function HostBook() As Workbook
    Set HostBook = ActiveWorkbook
End Function
