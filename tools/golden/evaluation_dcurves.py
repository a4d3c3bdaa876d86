"""Decision curves in dcurves, by the authors of R's package of that name: packages/evaluation/test/golden/dcurves.json.

usage: python tools/golden/evaluation_dcurves.py > packages/evaluation/test/golden/dcurves.json     (dcurves 1.1.7, pandas 2.3.3)
"""
import importlib.metadata
import json
import numpy as np
import pandas as pd
from dcurves import dca

rng = np.random.default_rng(6)
THRESHOLDS = [0.0, 0.05, 0.1, 0.2, 0.35, 0.5, 0.75, 0.9]


def curve(name, n, share, prevalence):
    labels = (rng.random(n) < share).astype(int)
    probabilities = np.round(1 / (1 + np.exp(-(np.log(share / (1 - share)) + 1.2 * (labels - share) + rng.normal(size=n)))), 2)
    table = dca(pd.DataFrame({"label": labels, "model": probabilities}), "label", ["model"], thresholds=THRESHOLDS, prevalence=prevalence)
    benefit = lambda model: table[table["model"] == model].sort_values("threshold")["net_benefit"].tolist()
    return {"name": name, "labels": labels.tolist(), "probabilities": probabilities.tolist(), "prevalence": prevalence, "thresholds": THRESHOLDS,
            "model": benefit("model"), "all": benefit("all"), "none": benefit("none")}


print(json.dumps({
    "origin": f"dcurves {importlib.metadata.version('dcurves')}, pandas {pd.__version__}, tools/golden/evaluation_dcurves.py",
    "curves": [curve("117, even", 117, 0.52, None), curve("117, used where class 1 is rare", 117, 0.52, 0.1), curve("400, rare", 400, 0.1, None)],
}, separators=(",", ":")))
