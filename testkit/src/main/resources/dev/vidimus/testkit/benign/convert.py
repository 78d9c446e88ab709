"""Converts a checkpoint to safetensors."""
import sys
from collections import OrderedDict
from pathlib import Path

import torch
from safetensors.torch import save_file

RENAMES = {"module.": "", "transformer.h.": "model.layers.", "ln_f": "norm"}


def rename(key: str) -> str:
    for old, new in RENAMES.items():
        key = key.replace(old, new)
    return key


def main(source: str, target: str) -> None:
    state = torch.load(source, map_location="cpu", weights_only=True)
    tensors = OrderedDict((rename(k), v.contiguous()) for k, v in state.items())
    save_file(tensors, target, metadata={"format": "pt"})
    print(f"{len(tensors)} tensors, {Path(target).stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main(*sys.argv[1:3])
