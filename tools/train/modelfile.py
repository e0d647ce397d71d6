# SPDX-License-Identifier: GPL-3.0-or-later
"""Reading and writing the model file (docs/FORMATS.md): named, typed, sized records."""
import struct

import numpy as np

TYPES = {np.dtype(np.uint8): 1, np.dtype(np.int8): 2, np.dtype(np.int32): 3, np.dtype(np.float32): 4}
HEADER, RECORD = struct.Struct("<8sIIQQ"), struct.Struct("<32sII4IQQ")
MASK = (1 << 64) - 1


def checksum(data):
    """Of all bytes but those of the sum itself."""
    data = data[:24] + data[32:]
    words = np.frombuffer(data + bytes(-len(data) % 8), "<u8").tolist()
    total = 0x6E61736872616E6E
    for word in words:
        total = (total ^ word) * 0x9E3779B97F4A7C15 & MASK
        total ^= total >> 29
    return total


def write(path, records):
    """records: {name: array}"""
    offset = HEADER.size + RECORD.size * len(records)
    table, body = b"", b""
    for name, array in records.items():
        array = np.ascontiguousarray(array)
        gap = -(offset + len(body)) % 64
        body += bytes(gap)
        dims = list(array.shape) + [1] * (4 - array.ndim)
        table += RECORD.pack(name.encode(), TYPES[array.dtype], array.ndim, *dims, offset + len(body), array.nbytes)
        body += array.tobytes()
    rest = table + body
    with open(path, "wb") as f:
        head = (b"NashraNN", 1, len(records), HEADER.size + len(rest))
        f.write(HEADER.pack(*head, checksum(HEADER.pack(*head, 0) + rest)) + rest)


def read(path):
    data = open(path, "rb").read()
    magic, version, count, size, total = HEADER.unpack_from(data)
    if magic != b"NashraNN" or version != 1 or size != len(data) or total != checksum(data):
        raise ValueError(f"{path}: not a sound model file")
    kinds = {v: k for k, v in TYPES.items()}
    records = {}
    for i in range(count):
        name, kind, rank, a, b, c, d, offset, size = RECORD.unpack_from(data, HEADER.size + i * RECORD.size)
        array = np.frombuffer(data, kinds[kind], size // kinds[kind].itemsize, offset)
        records[name.rstrip(b"\0").decode()] = array.reshape((a, b, c, d)[:rank])
    return records
