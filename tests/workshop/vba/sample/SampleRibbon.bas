Attribute VB_Name = "SampleRibbon"
Option Explicit

Public Sub OnCheckRoster(ByVal control As IRibbonControl)
    CheckRoster
End Sub
