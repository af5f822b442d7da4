"""Exports that come down whole: a job followed, a file that is complete or not there."""

from .export_engine import ExportClient, ExportEngine
from .export_request import FIELDS, ORDERS, ExportRefused, ExportRequest, Form, Format
from .order_csv import sheet_name
from .order_writer import write_orders
from .progress import ExportProgress, ExportResult

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
