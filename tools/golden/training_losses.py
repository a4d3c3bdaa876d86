"""Binary cross-entropy with logits and its gradient in PyTorch, float64: packages/training/test/golden/binaryCrossEntropy.json.

usage: python tools/golden/training_losses.py > packages/training/test/golden/binaryCrossEntropy.json     (needs PyTorch, any version from 1.13)
"""
import json
import torch

LOGITS = [-90.0, -12.5, -1.0, -1e-3, 0.0, 0.0, 1e-3, 0.7, 3.0, 20.0, 90.0]
LABELS = [0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 1.0]

logits = torch.tensor(LOGITS, dtype=torch.float64, requires_grad=True)
loss = torch.nn.functional.binary_cross_entropy_with_logits(logits, torch.tensor(LABELS, dtype=torch.float64))
loss.backward()
print(json.dumps({
    "origin": f"PyTorch {torch.__version__}, float64, tools/golden/training_losses.py",
    "logits": LOGITS, "labels": LABELS, "loss": loss.item(), "gradient": logits.grad.tolist(),
}, indent=1))
