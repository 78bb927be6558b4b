"""Who must do what: 催报名单, 催报通知, 退回单 and 通报, each made of a consolidation and of nothing else."""

from __future__ import annotations

from .circular import circular
from .notice import notice
from .outputs import asking_names, outputs
from .reminder import reminder_workbook
from .slips import Slip, each_slip, from_folder, slips

__all__ = [
    "Slip",
    "asking_names",
    "circular",
    "each_slip",
    "from_folder",
    "notice",
    "outputs",
    "reminder_workbook",
    "slips",
]
