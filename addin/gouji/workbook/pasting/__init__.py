"""What a person pastes from elsewhere, with the lines of the form found in it by their labels.

Two sheets work alike: 上年 for last year's tables and 粘贴区 for this year's. Each has an unlocked zone for
whatever was copied and, beside it, locked formulas that show what the zone holds for each cell of the form,
with a state a line. ``sheet`` says where everything stands, ``spelling`` how labels are compared, ``decide``
what is found, and ``formulas`` says the same in the sheet.
"""
