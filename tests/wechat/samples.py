"""WeChat's published samples, and the credentials of accounts that exist in tests only."""

import json
from pathlib import Path
from typing import Any

SAMPLES = Path(__file__).parent.parent / "data" / "wechat"
AES_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
SECRET = "0123456789abcdef0123456789abcdef"


def text(path: str) -> str:
    return (SAMPLES / path).read_text("utf-8")


def sample(path: str) -> Any:
    return json.loads(text(path))
