Attribute VB_Name = "TestFunctions"
Option Explicit

' Calls a function for cells with 1, 2, ... and returns its answer, "error" for an error value.
Public Function Answered(ByVal name As String) As String
    Dim result As Variant
    Select Case name
        Case "GJ_TOTAL 1"
            result = GJ_TOTAL(1)
        Case "GJ_LIVE 1"
            result = GJ_LIVE(1)
        Case "GJ_CHECK 3"
            result = GJ_CHECK(1, 2, 3)
        Case "GJ_CHECK 4"
            result = GJ_CHECK(1, 2, 3, 4)
        Case "GJ_DIAGNOSE 4"
            result = GJ_DIAGNOSE(1, 2, 3, 4)
        Case "GJ_DIAGNOSE 6"
            result = GJ_DIAGNOSE(1, 2, 3, 4, 5, 6)
    End Select
    If IsError(result) Then
        Answered = "error"
    Else
        Answered = result
    End If
End Function
