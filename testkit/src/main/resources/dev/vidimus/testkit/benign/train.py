#!/usr/bin/env python
"""Fine-tunes the model; see the README."""
import argparse
import json
import logging
import os
import sys

import torch
from datasets import load_dataset
from torch.utils.data import DataLoader
from transformers import AutoModelForCausalLM, AutoTokenizer, Trainer, TrainingArguments

logger = logging.getLogger(__name__)
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")


def parse():
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", default="acme/base")
    parser.add_argument("--lr", type=float, default=2e-5)
    return parser.parse_args()


class Collator:
    def __init__(self, tokenizer):
        self.tokenizer = tokenizer

    def __call__(self, rows):
        batch = self.tokenizer([row["text"] for row in rows], padding=True, return_tensors="pt")
        batch["labels"] = batch["input_ids"].clone()
        return batch


@torch.no_grad()
def evaluate(model, loader):
    model.eval()
    losses = [model(**batch).loss for batch in loader]
    return torch.stack(losses).mean().item()


def main():
    args = parse()
    tokenizer = AutoTokenizer.from_pretrained(args.model)
    model = AutoModelForCausalLM.from_pretrained(args.model, torch_dtype=torch.bfloat16)
    data = load_dataset("acme/corpus", split="train")
    trainer = Trainer(model, TrainingArguments("out", learning_rate=args.lr), Collator(tokenizer), data)
    trainer.train()
    print(evaluate(model, DataLoader(data, collate_fn=Collator(tokenizer))), file=sys.stderr)
    with open("result.json", "w") as out:
        json.dump({"lr": args.lr}, out)


if __name__ == "__main__":
    main()
