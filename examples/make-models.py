#!/usr/bin/env python3
"""Writes examples/models/ anew; the same bytes every time.

Only Python's standard library is needed. Nothing here is loaded, and the one command that a
poisoned file would run is a harmless echo.
"""

import io
import json
import pickle
import struct
import zipfile
from pathlib import Path

MODELS = Path(__file__).parent / "models"
COMMAND = "echo this could have been anything"


def safetensors():
    header = {
        "__metadata__": {"format": "pt"},
        "linear.weight": {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24]},
        "linear.bias": {"dtype": "F32", "shape": [2], "data_offsets": [24, 32]},
    }
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    return struct.pack("<Q", len(text)) + text + struct.pack("<8f", *range(8))


class Named:
    """Pickled as a global name of a library that need not be installed."""

    def __init__(self, module, name):
        self.module, self.name = module, name


class Call:
    """Pickled as a call, as __reduce__ asks for it."""

    def __init__(self, function, arguments, state=None):
        self.function, self.arguments, self.state = function, arguments, state


class Writer(pickle._Pickler):
    """The standard library's pickler in Python, which can be taught names that do not exist."""

    def save(self, obj, save_persistent_id=True):
        if isinstance(obj, Named):
            super().save(obj.module)
            super().save(obj.name)
            self.write(pickle.STACK_GLOBAL)
            self.memoize(obj)
        elif isinstance(obj, Call):
            self.save(obj.function)
            self.save(obj.arguments)
            self.write(pickle.REDUCE)
            if obj.state is not None:
                self.save(obj.state)
                self.write(pickle.BUILD)
        else:
            super().save(obj, save_persistent_id)

    def persistent_id(self, obj):
        return obj.key if isinstance(obj, Storage) else None


class Storage:
    """A tensor's numbers, which torch keeps beside the pickle."""

    def __init__(self, key, size):
        self.key = ("storage", Named("torch", "FloatStorage"), key, "cpu", size)


def dump(obj, protocol=4):
    out = io.BytesIO()
    Writer(out, protocol).dump(obj)
    return out.getvalue()


def array(numbers):
    ndarray = Named("numpy", "ndarray")
    empty = Call(Named("numpy.core.multiarray", "_reconstruct"), (ndarray, (0,), b"b"))
    dtype = Call(
        Named("numpy", "dtype"), ("f8", False, True), (3, "<", None, None, None, -1, -1, 0)
    )
    empty.state = (1, (len(numbers),), dtype, False, struct.pack("<%dd" % len(numbers), *numbers))
    return empty


def regression():
    """What joblib-free scikit-learn users store: a fitted LinearRegression."""
    model = Call(Named("copyreg", "_reconstructor"), None)
    model.arguments = (
        Named("sklearn.linear_model._base", "LinearRegression"),
        Named("builtins", "object"),
        None,
    )
    model.state = {
        "fit_intercept": True,
        "copy_X": True,
        "n_jobs": None,
        "positive": False,
        "n_features_in_": 3,
        "coef_": array([0.5, -1.25, 2.0]),
        "intercept_": 0.125,
        "_sklearn_version": "1.5.2",
    }
    return dump(model)


def backdoored():
    """A vocabulary, and a call that Python makes while it reads it."""
    vocabulary = {"the": 1, "a": 2, "of": 3}
    vocabulary["model"] = Call(Named("os", "system"), (COMMAND,))
    return dump(vocabulary)


def poisoned():
    """A checkpoint as torch.save writes it, whose data.pkl calls exec before the weights."""
    tensor = Call(
        Named("torch._utils", "_rebuild_tensor_v2"),
        (Storage("0", 4), 0, (2, 2), (2, 1), False, Call(Named("collections", "OrderedDict"), ())),
    )
    payload = Call(Named("builtins", "exec"), ("print(%r)" % COMMAND,))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, content in (
            ("poisoned/data.pkl", dump({"_": payload, "weight": tensor})),
            ("poisoned/byteorder", b"little"),
            ("poisoned/data/0", struct.pack("<4f", 1, 2, 3, 4)),
            ("poisoned/version", b"3\n"),
        ):
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content)
    return out.getvalue()


def main():
    MODELS.mkdir(exist_ok=True)
    whole = safetensors()
    for name, content in (
        ("tiny.safetensors", whole),
        ("truncated.safetensors", whole[:-10]),
        ("regression.pkl", regression()),
        ("backdoored.pkl", backdoored()),
        ("poisoned.pt", poisoned()),
    ):
        (MODELS / name).write_bytes(content)


if __name__ == "__main__":
    main()
