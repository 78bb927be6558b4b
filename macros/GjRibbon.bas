Attribute VB_Name = "GjRibbon"
Option Explicit
Option Private Module

' 功能区（ribbon.xml）的回调，每个一行。

Public Sub OnValidate(ByVal control As IRibbonControl)
    Validate
End Sub

Public Sub OnFillTotals(ByVal control As IRibbonControl)
    FillTotals
End Sub

Public Sub OnFillZeros(ByVal control As IRibbonControl)
    FillZeros
End Sub

Public Sub OnUndoFill(ByVal control As IRibbonControl)
    UndoFill
End Sub

Public Sub OnWriteReport(ByVal control As IRibbonControl)
    WriteReport
End Sub

Public Sub OnShowHelp(ByVal control As IRibbonControl)
    ShowHelp
End Sub
