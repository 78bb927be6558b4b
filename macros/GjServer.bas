Attribute VB_Name = "GjServer"
Option Explicit
Option Private Module

' 与校验程序（gouji-server，独立进程）的连接：先找正在运行的对象，找不到再按固定的类标识连接，都连不上立即返回。
' 不启动任何程序，不读取任何工作簿、文件夹或环境中的设置，所以收到的文件不能决定运行什么。

Private Const CLSID As String = "{FDF3F43B-4361-406C-99B3-38B8E86A7535}"
Private Const PROG_ID As String = "gouji.Server"
Private Const PROTOCOL As String = "2"
Private Const COMMAND_MODULE As String = "gouji.excel.commands"
Private Const UDF_MODULE As String = "gouji.excel.udfs"

' The server, or Nothing and the reason, a sentence for people.
Public Function Connect(ByRef reason As String) As Object
    Dim server As Object
    On Error GoTo Absent
    Set server = Attached()
    reason = CStr(server.CallUDF(COMMAND_MODULE, "handshake", _
        Array(PROTOCOL, "", Application.Name, Application.Version, Application.Path)))
    If reason = "" Then
        Set Connect = server
    End If
    Exit Function
Absent:
    reason = Message("no_server")
End Function

' What is there of the server: the running object, else one of its class. Nothing where neither is given.
Private Function Attached() As Object
    Dim found As Object
    On Error Resume Next
    Set found = GetObject(, PROG_ID)
    If found Is Nothing Then
        Set found = GetObject("new:" & CLSID)
    End If
    Set Attached = found
End Function

' An action on a workbook: an array of texts, the second of which is the sentence for people.
Public Function CommandText(ByVal server As Object, ByVal name As String, ByVal book As Workbook) As String
    Dim verdict As Variant
    verdict = server.CallUDF(COMMAND_MODULE, name, Array(), book)
    CommandText = CStr(verdict(LBound(verdict) + 1))
End Function

' What a function for cells answers; an error where the program is not there or does not fit.
Public Function Answer(ByVal name As String, ByVal arguments As Variant) As Variant
    Dim server As Object
    Dim reason As String
    Set server = Connect(reason)
    Answer = server.CallUDF(UDF_MODULE, name, arguments)
End Function
