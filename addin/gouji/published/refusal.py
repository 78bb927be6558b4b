"""Why a published file is not read, in the words of refusals.toml."""

from __future__ import annotations

from ..refusing import Refusals

WORDS = Refusals("gouji.published")
refuse, place = WORDS.refuse, WORDS.place
