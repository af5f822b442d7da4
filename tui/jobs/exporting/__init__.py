"""Exports that come down whole: a job followed, a file that is complete or not there."""

from .engine import ExportClient, ExportEngine
from .fields import FIELDS, ORDERS, ExportRefused, ExportRequest, Form, Format
from .progress import ExportProgress, ExportResult
from .sheets import sheet_name
from .writing import write_orders

__all__ = [
    "FIELDS",
    "ORDERS",
    "ExportClient",
    "ExportEngine",
    "ExportProgress",
    "ExportRefused",
    "ExportRequest",
    "ExportResult",
    "Form",
    "Format",
    "sheet_name",
    "write_orders",
]
