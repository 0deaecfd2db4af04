"""ZIP archives in, the one checked way: what would unpack to too much is refused before anything is unpacked.

XLSX workbooks and Word documents come through here, and nothing else that duizhao reads is a ZIP archive.
"""

import io
import lzma
import struct
import zipfile
import zlib

from .errors import InputError, LimitError

LIMIT_UNPACKED = 512 * 2**20  # bytes of all parts together
LIMIT_RATIO = 200  # unpacked to packed; honest sheets stay under 50
SMALL = 16 * 2**20  # bytes; under this a high ratio does no harm
# What zipfile and its unpackers raise for archives that are damaged, or packed in a way that this Python lacks.
BROKEN = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError),
    *(KeyError, NotImplementedError, OverflowError, RuntimeError, ValueError),
)


def open_zip(data: bytes, source: str, wanted: str, do: str) -> zipfile.ZipFile:
    """The archive, to be closed by the caller; no part of it is unpacked yet.

    The sizes are those that the archive says, each part counted, and zipfile never unpacks more of a part than that.
    Raises LimitError over 512 MiB, or over 16 MiB and 200 times the file; InputError, with what was `wanted` and what
    to `do`, for a password; and one of `BROKEN` where it is no whole archive.

    >>> open_zip(b"tea", "a.xlsx", "a workbook", "")
    Traceback (most recent call last):
    zipfile.BadZipFile: File is not a zip file
    """
    archive = zipfile.ZipFile(io.BytesIO(data))
    parts = archive.infolist()
    unpacked = sum(part.file_size for part in parts)
    if unpacked > LIMIT_UNPACKED or (unpacked > SMALL and unpacked > LIMIT_RATIO * len(data)):
        raise LimitError(
            source,
            f"{unpacked:,} bytes packed in {len(data):,}",
            f"at most {LIMIT_UNPACKED // 2**20} MiB, and {LIMIT_RATIO} times the file",
            "Save the texts alone.",
        )
    if any(part.flag_bits & 1 for part in parts):
        raise InputError(source, "a ZIP archive with a password", wanted, do)
    return archive
