"""Who must do what: 催报名单, 催报通知, 退回单 and 通报, each made of a consolidation and of nothing else."""

from __future__ import annotations

from .circular import circular
from .notice import notice
from .outputs import asking_names, letters, slip_files, slips_folder
from .reminder import reminder_workbook
from .slips import Slip, Sources, each_slip, from_folder, slips

__all__ = [
    "Slip",
    "Sources",
    "asking_names",
    "circular",
    "each_slip",
    "from_folder",
    "letters",
    "notice",
    "reminder_workbook",
    "slip_files",
    "slips",
    "slips_folder",
]
