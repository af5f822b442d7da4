"""Which process started this one. Imported before all else, so that it is noted while that one lives."""

import os

PARENT_PID = os.getppid() if hasattr(os, "getppid") else 0
