"""Summary tables."""

import time
from typing import Final

LOADED_AT: Final = time.time()
"""When this process began to load the library; its children inherit it."""
