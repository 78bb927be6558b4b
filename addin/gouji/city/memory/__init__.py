"""What a season remembers, and what a run can prove of itself.

:mod:`.store`: how each file was read, and the runs. :mod:`.changes`: two runs side by side. :mod:`.stamp`:
what is put into every output (:mod:`.stamping`), and :mod:`.verifying` compares again. :mod:`.long_table`:
the one long table as a frame, CSV or Parquet.
"""
