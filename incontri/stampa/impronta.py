"""The fingerprint a document prints at its foot: SHA-256 of the canonical JSON of its data."""

import hashlib
import json
from typing import Any


def canonico(dati: dict[str, Any]) -> str:
    """The data as canonical JSON: keys sorted, no spaces, UTF-8."""
    return json.dumps(dati, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def impronta(dati: dict[str, Any]) -> str:
    """The SHA-256 of `canonico(dati)`, in hexadecimal."""
    return hashlib.sha256(canonico(dati).encode()).hexdigest()
