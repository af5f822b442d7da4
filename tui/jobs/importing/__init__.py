"""Imports that survive a crash: a file of any size arrives once, and what does not arrive is named."""

from .dialect import Dialect
from .engine import LAST, ImportEngine
from .journal import Finding
from .mapping import Column, ColumnMapping
from .mapping_store import MappingStore
from .options import ImportOptions
from .planning import ImportPlan
from .previewing import Preview, preview
from .progress import ImportProgress, ImportResult
from .proposing import propose
from .rows import ImportRefused, UnreadableFile
from .runs import RunSummary
from .service import ImportClient, ImportInterrupted
from .specimen import Specimen, take_specimen

__all__ = [
    "LAST",
    "Column",
    "ColumnMapping",
    "Dialect",
    "Finding",
    "ImportClient",
    "ImportEngine",
    "ImportInterrupted",
    "ImportOptions",
    "ImportPlan",
    "ImportProgress",
    "ImportRefused",
    "ImportResult",
    "MappingStore",
    "Preview",
    "RunSummary",
    "Specimen",
    "UnreadableFile",
    "preview",
    "propose",
    "take_specimen",
]
