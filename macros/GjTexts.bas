Attribute VB_Name = "GjTexts"
Option Explicit
Option Private Module

' 所有给人看的话都从隐藏表 shtData 按键取出（text.键），代码里没有中文；错误只在这里产生、在这里变成一句话。

Public Enum GjError
    gjNotForm = 20001
    gjDamaged = 20002
End Enum

' The text of a key; the key itself where the sheet has none, so that telling an error never fails.
Public Function Message(ByVal key As String) As String
    Dim rows As Variant
    Dim found As Long
    rows = shtData.UsedRange.Value
    found = FindRow(rows, "text." & key)
    If found = 0 Then
        Message = key
    Else
        Message = CStr(rows(found, 2))
    End If
End Function

' The text with {name} replaced by the value.
Public Function Filled(ByVal text As String, ByVal name As String, ByVal value As Variant) As String
    Filled = Replace(text, "{" & name & "}", CStr(value))
End Function

' Raises one of our errors; its description is the sentence for people.
Public Sub Fail(ByVal number As Long, ByVal key As String)
    Err.Raise number, "gouji", Filled(Message("error_" & CStr(number)), "key", key)
End Sub

' What a person reads of an error.
Public Function ErrorText(ByVal number As Long, ByVal description As String) As String
    If number = gjNotForm Or number = gjDamaged Then
        ErrorText = description
    Else
        ErrorText = Filled(Filled(Message("error_other"), "number", number), "description", description)
    End If
End Function

Public Sub Tell(ByVal text As String)
    MsgBox text, vbInformation, Message("app")
End Sub

' True for yes.
Public Function Agreed(ByVal text As String) As Boolean
    Agreed = (MsgBox(text, vbYesNo + vbQuestion, Message("app")) = vbYes)
End Function

' vbYes, vbNo or vbCancel.
Public Function Chosen(ByVal text As String) As Long
    Chosen = MsgBox(text, vbYesNoCancel + vbExclamation, Message("app"))
End Function
