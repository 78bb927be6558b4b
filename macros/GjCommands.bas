Attribute VB_Name = "GjCommands"
Option Explicit

' 按钮、功能区和事件的入口。每个命令经 Perform 执行：设置在一处恢复，错误在一处说出。

Private Const LISTED As Long = 10   ' cells that a confirmation lists; as many of a selection are filled unasked

Public Sub Validate()
    Perform "validate"
End Sub

Public Sub FillTotals()
    Perform "totals"
End Sub

Public Sub FillZeros()
    Perform "zeros"
End Sub

Public Sub FillSlash()
    Perform "slash"
End Sub

Public Sub UndoFill()
    Perform "undo"
End Sub

Public Sub WriteReport()
    Perform "report"
End Sub

Public Sub ShowHelp()
    Perform "help"
End Sub

' A typed cell was changed: the seal no longer holds.
Public Sub NoteChange()
    Perform "changed"
End Sub

' The diagnosis of a file from another machine is brought up to date.
Public Sub NoteOpening()
    Perform "opened"
End Sub

' Whether to save: warns of errors and lets the clerk decide. Never in the way of saving when it fails itself.
Public Function MaySave() As Boolean
    Dim rows As Variant
    Dim failed As Long
    MaySave = True
    On Error GoTo Failing
    If SavedByPerson(HostBook()) Then
        rows = FormRows(HostBook())
        Application.Calculate
        failed = CountLive(HostBook(), rows, "failed")
        If failed > 0 Then
            MaySave = Agreed(Filled(Message("save_broken"), "failed", failed))
        End If
    End If
    Exit Function
Failing:
    Tell ErrorText(Err.Number, Err.Description)
    MaySave = True
End Function

' Whether somebody is there to answer: not where a program saves or closes (it says so by DisplayAlerts) or runs an
' Excel that nobody sees, nor while Excel saves by itself after each change (AutoSave; unknown before 2019).
Private Function SavedByPerson(ByVal book As Object) As Boolean
    SavedByPerson = Application.DisplayAlerts And Application.UserControl
    On Error GoTo Unknown
    If book.AutoSaveOn Then
        SavedByPerson = False
    End If
Unknown:
End Function

' Filling many cells would calculate the workbook anew after each of them. Other actions leave the mode alone:
' setting it ends a copy that waits to be pasted.
Private Sub Perform(ByVal action As String)
    Dim events As Boolean
    Dim screen As Boolean
    Dim calculation As Long
    Dim said As String
    events = Application.EnableEvents
    screen = Application.ScreenUpdating
    On Error GoTo Failed
    Application.ScreenUpdating = False
    Application.EnableEvents = False
    If IsFilling(action) And Not HostBook() Is Nothing Then
        calculation = Application.Calculation
        Application.Calculation = xlCalculationManual
    End If
    said = Done(action, HostBook())
Leave:
    On Error GoTo 0
    Application.EnableEvents = events
    Application.ScreenUpdating = screen
    If calculation <> 0 Then
        Application.Calculation = calculation
    End If
    If said <> "" Then
        Tell said
    End If
    Exit Sub
Failed:
    said = ErrorText(Err.Number, Err.Description)
    Resume Leave
End Sub

Private Function IsFilling(ByVal action As String) As Boolean
    IsFilling = (action = "totals" Or action = "zeros" Or action = "slash" Or action = "undo")
End Function

' Carries out an action and returns what to tell, "" for nothing.
Private Function Done(ByVal action As String, ByVal book As Workbook) As String
    Dim rows As Variant
    rows = FormRows(book)
    Select Case action
        Case "validate"
            Done = Validated(book, rows)
        Case "totals", "zeros", "slash"
            Done = CellsFilled(book, rows, action)
        Case "undo"
            Done = FillUndone(book)
        Case "report"
            Done = ReportWritten(book)
        Case "help"
            Application.Goto book.Worksheets(FormValue(rows, "help")).Range("A1")
        Case "changed"
            ClearSeal book
        Case "opened"
            FormArea(book, rows, "diagnosis").Calculate
    End Select
End Function

Private Function Validated(ByVal book As Workbook, ByVal rows As Variant) As String
    Dim server As Object
    Dim reason As String
    Application.Calculate
    Set server = Connect(reason)
    FormArea(book, rows, "diagnosis").Calculate
    If server Is Nothing Then
        Validated = LiveValidated(book, rows) & vbLf & reason
    Else
        Validated = CommandText(server, "validate", book)
    End If
End Function

' Without the program: the live rows are counted, and excerpted where the block does not do it by itself.
Private Function LiveValidated(ByVal book As Workbook, ByVal rows As Variant) As String
    Dim live As Range
    Dim block As Range
    Dim failed As Collection
    Set live = FormArea(book, rows, "live")
    Set block = FormArea(book, rows, "diagnosis")
    If Not FillsItself(block, CLng(FormValue(rows, "diagnosis.text"))) Then
        WriteLocked block, LiveDiagnosis(book, rows, live.Value)
    End If
    Set failed = New Collection
    AddRows failed, live.Value, CLng(FormValue(rows, "live.state")), FormValue(rows, "state.failed")
    If failed.Count > 0 Then
        ClearSeal book
        Application.Goto TargetCell(book, rows, failed(1))
    End If
    LiveValidated = Summary(failed.Count, CountLive(book, rows, "warned"), CountLive(book, rows, "undecided"))
    LiveValidated = Filled(LiveValidated, "sheet", live.Worksheet.Name)
End Function

Private Function Summary(ByVal failed As Long, ByVal warned As Long, ByVal undecided As Long) As String
    If failed > 0 Then
        Summary = Message("live_broken")
    ElseIf warned + undecided > 0 Then
        Summary = Message("live_open")
    Else
        Summary = Message("live_passed")
    End If
    Summary = Filled(Filled(Filled(Summary, "failed", failed), "warned", warned), "undecided", undecided)
End Function

' Fills cells of all tables ("totals", "zeros") or of the selection ("slash"). What was typed is replaced only where
' the clerk says so.
Private Function CellsFilled(ByVal book As Workbook, ByVal rows As Variant, ByVal kind As String) As String
    Dim plans As Collection
    Dim choice As Long
    Set plans = PlansOf(book, rows, kind, True)
    CellsFilled = Message(kind & "_none")
    If CountPlanned(plans) = 0 Then
        Exit Function
    End If
    choice = ChoiceOf(plans, kind)
    If choice = vbNo Then
        Set plans = PlansOf(book, rows, kind, False)
    End If
    CellsFilled = Message("cancelled")
    If choice <> vbCancel And CountPlanned(plans) > 0 Then
        CellsFilled = Applied(book, plans, kind & "_done")
    End If
    If choice = vbOK Then
        CellsFilled = ""
    End If
End Function

' vbYes: all; vbNo: only blank cells; vbCancel: nothing; vbOK: a few blank cells of the selection, unasked and untold.
Private Function ChoiceOf(ByVal plans As Collection, ByVal kind As String) As Long
    Dim typed As Long
    Dim plan As Variant
    Dim question As String
    For Each plan In plans
        typed = typed + CountTyped(plan(1))
    Next plan
    ChoiceOf = vbCancel
    If typed > 0 Then
        question = Filled(Filled(Message(kind & "_replace"), "typed", typed), "list", TypedList(plans, typed))
        ChoiceOf = Chosen(Filled(question, "count", CountPlanned(plans)))
    ElseIf kind = "slash" And CountPlanned(plans) <= LISTED Then
        ChoiceOf = vbOK
    ElseIf Agreed(Filled(Message(kind & "_fill"), "count", CountPlanned(plans))) Then
        ChoiceOf = vbYes
    End If
End Function

' What was typed and would be replaced, a line a cell.
Private Function TypedList(ByVal plans As Collection, ByVal typed As Long) As String
    Dim plan As Variant
    Dim change As Variant
    Dim shown As Long
    For Each plan In plans
        For Each change In plan(1)
            If Not IsBlank(change(2)) And shown < LISTED Then
                TypedList = TypedList & TypedLine(plan(0).Cells(change(0), change(1)), change) & vbLf
                shown = shown + 1
            End If
        Next change
    Next plan
    If typed > shown Then
        TypedList = TypedList & Filled(Message("fill_more"), "count", typed) & vbLf
    End If
End Function

Private Function TypedLine(ByVal cell As Range, ByVal change As Variant) As String
    TypedLine = Filled(Message("fill_line"), "place", cell.Worksheet.Name & "!" & cell.Address(False, False))
    TypedLine = Filled(Filled(TypedLine, "old", change(2)), "new", change(3))
End Function

' One entry a table: its area and the changes planned there. kind: "totals", "zeros" or "slash".
Private Function PlansOf(ByVal book As Workbook, ByVal rows As Variant, ByVal kind As String, _
        ByVal overwrite As Boolean) As Collection
    Dim r As Long
    Dim area As Range
    Dim plans As Collection
    Set plans = New Collection
    r = FindRow(rows, "inputs")
    Do While r > 0
        Set area = FormArea(book, rows, CStr(rows(r, 2)))
        plans.Add Array(area, PlanOf(book, rows, r, area, kind, overwrite))
        r = FindRow(rows, "inputs", r)
    Loop
    Set PlansOf = plans
End Function

' The changes in the table whose cells are listed in row "r".
Private Function PlanOf(ByVal book As Workbook, ByVal rows As Variant, ByVal r As Long, ByVal area As Range, _
        ByVal kind As String, ByVal overwrite As Boolean) As Collection
    Dim table As String
    Dim inputs As String
    Dim totals As Collection
    table = CStr(rows(r, 2))
    inputs = CStr(rows(r, 3))
    Set totals = TotalsOf(rows, table)
    Select Case kind
        Case "totals"
            Set PlanOf = PlanTotals(area.Value, totals, BlankIsZero(book, rows, table), overwrite)
        Case "zeros"
            Set PlanOf = PlanZeros(area.Value, inputs)
        Case "slash"
            Set PlanOf = PlanSlashes(area.Value, inputs & TotalCells(totals), _
                SelectedWithin(HostPicked(), area), overwrite)
    End Select
End Function

' ";row,column" of each total.
Private Function TotalCells(ByVal totals As Collection) As String
    Dim total As Variant
    For Each total In totals
        TotalCells = TotalCells & ";" & total(0)
    Next total
End Function

' The totals of one table: Array(cell, parts).
Private Function TotalsOf(ByVal rows As Variant, ByVal table As String) As Collection
    Dim r As Long
    Dim totals As Collection
    Set totals = New Collection
    r = FindRow(rows, "total")
    Do While r > 0
        If CStr(rows(r, 2)) = table Then
            totals.Add Array(CStr(rows(r, 3)), CStr(rows(r, 4)))
        End If
        r = FindRow(rows, "total", r)
    Loop
    Set TotalsOf = totals
End Function

Private Function CountPlanned(ByVal plans As Collection) As Long
    Dim plan As Variant
    For Each plan In plans
        CountPlanned = CountPlanned + plan(1).Count
    Next plan
End Function

Private Function Applied(ByVal book As Workbook, ByVal plans As Collection, ByVal key As String) As String
    Dim plan As Variant
    StartUndo book
    ClearSeal book
    For Each plan In plans
        ApplyPlan plan(0), plan(1)
    Next plan
    Application.Calculate
    Applied = Filled(Message(key), "count", CountPlanned(plans))
End Function

Private Function FillUndone(ByVal book As Workbook) As String
    Dim kept As Long
    Dim restored As Long
    restored = Restore(book, kept)
    FillUndone = Message("undo_none")
    If restored + kept > 0 Then
        ClearSeal book
        FillUndone = Filled(Message("undo_done"), "count", restored)
    End If
    If kept > 0 Then
        FillUndone = FillUndone & Filled(Message("undo_kept"), "count", kept)
    End If
End Function

Private Function ReportWritten(ByVal book As Workbook) As String
    Dim server As Object
    Dim reason As String
    Set server = Connect(reason)
    If server Is Nothing Then
        ReportWritten = reason & vbLf & Message("report_absent")
    Else
        ReportWritten = CommandText(server, "report", book)
    End If
End Function
