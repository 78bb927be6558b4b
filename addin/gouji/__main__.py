"""``python -m gouji``: the command line where the command ``gouji`` is not on the path."""

from __future__ import annotations

from .cli import main

if __name__ == "__main__":
    main()
