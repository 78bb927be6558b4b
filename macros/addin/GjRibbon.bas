Attribute VB_Name = "GjRibbon"
Option Explicit

' 功能区（ribbon.xml）的回调，每个一行。不加 Option Private Module：功能区按名称调用宏，没有哪一处写明私有模块中的也找得到；
' 带参数的宏本来就不在“宏”对话框中，不加没有坏处。

Public Sub OnValidate(ByVal control As IRibbonControl)
    Validate
End Sub

Public Sub OnFillTotals(ByVal control As IRibbonControl)
    FillTotals
End Sub

Public Sub OnFillZeros(ByVal control As IRibbonControl)
    FillZeros
End Sub

Public Sub OnFillSlash(ByVal control As IRibbonControl)
    FillSlash
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
