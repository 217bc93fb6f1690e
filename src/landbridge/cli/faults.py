"""Errors as the user sees them: one clear message on stderr, or JSON on stdout when asked."""

from __future__ import annotations

import json
import sys

from landbridge.errors import LandbridgeError


def tell(error: LandbridgeError, *, as_json: bool) -> int:
    """Print the error and return its exit code; with ``--json`` stdout stays clean JSON."""
    if as_json:
        body = {"code": error.code, "message": str(error), "details": error.details}
        sys.stdout.write(json.dumps({"error": body}, ensure_ascii=False) + "\n")
    else:
        sys.stderr.write(f"{error}\n")
    return error.exit_code
