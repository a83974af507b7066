"""The independent side of InteropTests: python3-msgpack.

"encode": writes each of the values below, as one hexadecimal line of name, a blank, and bytes.
"decode": reads such lines and prints name, a blank, and a canonical form of the value.
"""
import sys

import msgpack

VALUES = {
    "nil": None, "true": True, "false": False,
    "int 0": 0, "int 127": 127, "int 128": 128, "int 65535": 65535, "int 65536": 65536, "int 2^32": 2**32, "int max": 2**64 - 1,
    "int -1": -1, "int -32": -32, "int -33": -33, "int -129": -129, "int -32769": -32769, "int min": -2**63,
    "float 1.5": 1.5, "float -0": -0.0, "float inf": float("inf"),
    "str empty": "", "str ascii": "hello", "str mixed": "caf\u00e9 \u65e5\u672c \U0001f600", "str 31": "x" * 31, "str 32": "x" * 32,
    "str 300": "y" * 300, "str 70000": "z" * 70000,
    "bin empty": b"", "bin 300": bytes(range(256)) + b"x" * 44,
    "array": [1, [2, [3, []]], "four"], "array 16": list(range(16)), "array 70000": [7] * 70000,
    "map": {"a": 1, "b": {"c": [None, True]}}, "map 16": {str(i): i for i in range(16)},
    "ext": msgpack.ExtType(5, b"abc"), "ext 16": msgpack.ExtType(127, b"q" * 16), "ext 300": msgpack.ExtType(0, b"w" * 300),
    "timestamp 32": msgpack.Timestamp(1773480413, 0), "timestamp 64": msgpack.Timestamp(1773480413, 123456700),
    "timestamp 96": msgpack.Timestamp(-62135596800, 0),
}


class Extension:
    """Any extension: the module's own class takes no negative types."""

    def __init__(self, code, data):
        self.code, self.data = code, data


class Pairs(list):
    """A map with its entries as they came, equal keys included."""


def canonical(value):
    if value is None:
        return "nil"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return value.hex()
    if isinstance(value, str):
        return "s" + value.encode("utf-8").hex()
    if isinstance(value, bytes):
        return "b" + value.hex()
    if isinstance(value, msgpack.Timestamp):
        return f"t{value.seconds}.{value.nanoseconds}"
    if isinstance(value, (Extension, msgpack.ExtType)):
        return f"e{value.code}:{value.data.hex()}"
    if isinstance(value, Pairs):
        return "{" + ",".join(canonical(k) + "=" + canonical(v) for k, v in value) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    if isinstance(value, dict):
        return canonical(Pairs(value.items()))
    raise TypeError(type(value))


def encode():
    for name, value in VALUES.items():
        print(f"{name}\t{msgpack.packb(value, use_bin_type=True).hex()}\t{canonical(value)}")


def decode():
    for line in sys.stdin:
        name, data = line.rstrip("\n").split("\t")
        unpacker = msgpack.Unpacker(raw=False, strict_map_key=False, timestamp=0, ext_hook=Extension, object_pairs_hook=Pairs)
        unpacker.feed(bytes.fromhex(data))
        print(name + "\t" + " ".join(map(canonical, unpacker)))


{"encode": encode, "decode": decode}[sys.argv[1]]()
