"""The process id of the parent, recorded at start: imported first, while the parent is alive."""

import os

PARENT_PID = os.getppid() if hasattr(os, "getppid") else 0
