"""The HTML around the engine and our code: everything inlined, a policy with the hash of each script."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
import zlib
from fnmatch import fnmatchcase
from importlib import resources
from typing import Any

from .. import __version__
from ..wording import data_beside
from .sources import PACKAGE, contents

#: Works under file://, and the worker inherits it. Blocks of data are not run and need no hash.
_POLICY = (
    "default-src 'none'; script-src {scripts} blob: 'wasm-unsafe-eval'; worker-src blob:; "
    "style-src {styles}; img-src data: blob:; connect-src 'none'; form-action 'none'; base-uri 'none'"
)
_SLOT = re.compile(r"\{\{(\w[\w. -]*)\}\}")
_WEB = resources.files(PACKAGE).joinpath("web")
#: What would end or hide a block within HTML.
_UNSAFE = re.compile(r"</script|</style|<!--", re.IGNORECASE)


def page(parts: dict[str, bytes], licences: dict[str, str]) -> str:
    """The page. ``parts``: what the worker unpacks, by name; ``licences``: texts by what they are of."""
    styles, scripts = ([_web(name) for name in listed(kind)] for kind in ("styles", "scripts"))
    gate, worker = _web("gate.js"), _web("worker.js")
    assert not any(map(_UNSAFE.search, (gate, worker, *styles, *scripts)))
    blocks = [_block("words", "application/json", compact(_words()))]
    made_of = {
        name: {**said, "text": licences.get(name, "")} for name, said in contents()["licences"].items()
    }
    blocks.append(_block("licences", "application/json", compact(made_of)))
    blocks.append(_block("worker.js", "text/plain", worker))
    blocks += [
        _block(name, "text/plain", _packed(data), ' class="part"') for name, data in sorted(parts.items())
    ]
    slots = {
        "policy": _POLICY.format(
            scripts=" ".join(map(_hash, (gate, *scripts))), styles=" ".join(map(_hash, styles))
        ),
        "styles": "\n".join(f"<style>{style}</style>" for style in styles),
        "gate": f"<script>{gate}</script>",
        "data": "\n".join(blocks),
        "scripts": "\n".join(f"<script>{script}</script>" for script in scripts),
        "version": __version__,
    }
    return _filled(_web("page.html"), slots)


def listed(kind: str) -> list[str]:
    """Names of the files of one kind (``styles``, ``scripts``) in their order; each pattern's by name."""
    names = sorted(path.name for path in _WEB.iterdir())
    patterns = data_beside(PACKAGE, "web/parts.toml")[kind]
    return list(dict.fromkeys(name for pattern in patterns for name in names if fnmatchcase(name, pattern)))


def compact(data: object) -> str:
    """JSON that may stand within HTML."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def _web(name: str) -> str:
    return _WEB.joinpath(name).read_text("utf-8")


def _filled(text: str, slots: dict[str, str]) -> str:
    """``{{slot}}``, ``{{include file}}``, ``{{words.part.key}}`` replaced; what a slot brings is left."""

    def put(found: re.Match[str]) -> str:
        name = found[1]
        if name.startswith("include "):
            return _filled(_web(name.removeprefix("include ")), slots)
        if name.startswith("words."):
            said: Any = _words()
            for step in name.split(".")[1:]:
                said = said[step]
            return html.escape(str(said))
        return slots[name]

    return _SLOT.sub(put, text)


def _words() -> dict[str, Any]:
    """All that the page itself says; what its maker reads stays out."""
    return {part: said for part, said in data_beside(PACKAGE, "wording.toml").items() if part != "build"}


def _block(name: str, kind: str, text: str, more: str = "") -> str:
    return f'<script type="{kind}" id="{name}"{more}>{text}</script>'


def _hash(text: str) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"


def _packed(data: bytes) -> str:
    """gzip without a clock, in base64."""
    gzip = zlib.compressobj(9, zlib.DEFLATED, 31)
    return base64.b64encode(gzip.compress(data) + gzip.flush()).decode()
