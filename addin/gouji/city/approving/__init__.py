"""说明与核实: what units and the office say of findings, whether it holds, and how far each unit has come."""

from .kept import KeptWord, WordKey
from .settle import Approval, Settled, settle
from .states import UnitState, unit_state

__all__ = ["Approval", "KeptWord", "Settled", "UnitState", "WordKey", "settle", "unit_state"]
