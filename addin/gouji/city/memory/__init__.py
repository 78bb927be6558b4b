"""What a season remembers, and what a run can prove of itself.

``Store``: how each file was read, and the runs. ``changes``: two runs side by side. ``stamp``: what is put
into every output (:mod:`.stamping`), and :mod:`.verifying` compares again. :mod:`.long_table`: the one long
table as a frame, CSV or Parquet.
"""

from __future__ import annotations

from .changes import Changes, changes
from .record import Recorded
from .stamp import Stamp, stamp
from .store import Store

__all__ = ["Changes", "Recorded", "Stamp", "Store", "changes", "stamp"]
