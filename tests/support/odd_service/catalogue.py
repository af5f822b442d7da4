"""All ways, by family."""

from __future__ import annotations

from .document_ways import DOCUMENT_WAYS
from .error_ways import ERROR_WAYS
from .field_ways import FIELD_WAYS
from .file_ways import FILE_WAYS
from .header_ways import HEADER_WAYS
from .job_ways import JOB_WAYS
from .list_ways import LIST_WAYS
from .ways import Way
from .wire_ways import WIRE_WAYS

FAMILIES: dict[str, tuple[Way, ...]] = {
    "list": LIST_WAYS,
    "documents": DOCUMENT_WAYS,
    "file": FILE_WAYS,
    "wire": WIRE_WAYS,
    "headers": HEADER_WAYS,
    "errors": ERROR_WAYS,
    "jobs": JOB_WAYS,
    "fields": FIELD_WAYS,
}
