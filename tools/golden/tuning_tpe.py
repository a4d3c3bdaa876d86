"""Splits, search spaces, Parzen estimators and their log densities in Optuna: packages/tuning/test/golden/tpe*.json.

usage: python tools/golden/tuning_tpe.py > packages/tuning/test/golden/tpeAlone.json        (Optuna 4.5.0: one parameter at a time, the kernels of 2021)
       python tools/golden/tuning_tpe.py > packages/tuning/test/golden/tpeTogether.json     (Optuna 5.0.0: several parameters together)
"""
import functools
import inspect
import json
import math
import sys
import warnings

import numpy as np
import optuna
from optuna.distributions import CategoricalDistribution, FloatDistribution, IntDistribution
from optuna.samplers import TPESampler
from optuna.samplers._tpe import sampler as tpe
from optuna.search_space import IntersectionSearchSpace
from optuna.search_space.group_decomposed import _GroupDecomposedSearchSpace
from optuna.trial import TrialState, create_trial

warnings.filterwarnings("ignore")
optuna.logging.set_verbosity(optuna.logging.ERROR)
np.argsort = functools.partial(np.argsort, kind="stable")  # else the widths of equal observations come in any order
TOGETHER = optuna.__version__ >= "5"
rng = np.random.default_rng(3)

SPACE = {
    "float": FloatDistribution(-5, 10),
    "log": FloatDistribution(1e-5, 0.1, log=True),
    "step": FloatDistribution(0.05, 1.05, step=0.1),
    "int": IntDistribution(2, 9),
    "every third": IntDistribution(-4, 20, step=3),
    "int log": IntDistribution(1, 300, log=True),
    "choice": CategoricalDistribution(["FLAIR", None, 3, True]),
}
STATES = {TrialState.COMPLETE: "complete", TrialState.PRUNED: "pruned", TrialState.FAIL: "failed", TrialState.RUNNING: "running"}


def draw(distribution):
    d = distribution
    if isinstance(d, CategoricalDistribution):
        return d.choices[rng.integers(len(d.choices))]
    if d.log:
        value = float(np.exp(rng.uniform(np.log(d.low), np.log(d.high))))
    elif d.step:
        value = d.low + d.step * int(rng.integers(round((d.high - d.low) / d.step) + 1))
    else:
        value = float(rng.uniform(d.low, d.high))
    return int(round(value)) if isinstance(d, IntDistribution) else float(f"{value:.4g}")


def trial(state, space, reports=(), notes=None):
    return create_trial(state=state, params={name: draw(d) for name, d in space.items()}, distributions=space,
                        value=round(float(rng.normal()), 1) if state == TrialState.COMPLETE else None, intermediate_values=dict(reports), system_attrs=notes)


def plain(d):
    if isinstance(d, CategoricalDistribution):
        return {"kind": "categorical", "choices": d.choices}
    kind = "int" if isinstance(d, IntDistribution) else "float"
    return {"kind": kind, "low": d.low, "high": d.high, **({"log": True} if d.log else {}), **({"step": d.step} if d.step and not d.log else {})}


def number(value):
    return value if math.isfinite(value) else "NaN" if math.isnan(value) else "Infinity"


def record(t):
    return {"number": t.number, "state": STATES[t.state], "params": t.params, **({"value": t.value} if t.value is not None else {}),
            "distributions": {name: plain(d) for name, d in t.distributions.items()} if t.distributions != SPACE else None,
            "systemAttributes": t.system_attrs, "intermediate": [{"step": step, "value": number(value)} for step, value in t.intermediate_values.items()]}


def estimator(mpe, space):
    kernels = {}
    for name, d in zip(space, mpe._mixture_distribution.distributions):
        kernels[name] = {"probabilities": d.weights.tolist()} if hasattr(d, "weights") else {"mus": d.mu.tolist(), "sigmas": d.sigma.tolist()}
    return {"weights": mpe._mixture_distribution.weights.tolist(), "kernels": kernels}


def estimate(study, sampler, below, above, space):
    points = [{name: draw(d) for name, d in space.items()} for _ in range(5)]
    numbers = {name: np.array([d.to_internal_repr(point[name]) for point in points]) for name, d in space.items()}
    out = {"space": {name: plain(d) for name, d in space.items()}, "points": points}
    for side, trials in [("below", below), ("above", above)]:
        mpe = sampler._build_parzen_estimator(study, space, trials, handle_below=side == "below")
        out[side] = {**estimator(mpe, space), "logDensities": mpe.log_pdf(numbers).tolist()}
    return out


def search(name, direction, liar, trials, spaces):
    study = optuna.create_study(direction=direction)
    for t in trials:
        study.add_trial(t)
    sampler = TPESampler(multivariate=TOGETHER, constant_liar=liar)
    states = [TrialState.COMPLETE, TrialState.PRUNED] + ([TrialState.RUNNING] if liar else [])
    known = study.get_trials(deepcopy=False, states=states)
    n_below = tpe.default_gamma(sum(t.state != TrialState.RUNNING for t in known))
    constraints = [False] if "constraints_enabled" in inspect.signature(tpe._split_trials).parameters else []
    below, above = tpe._split_trials(study, known, n_below, *constraints)
    groups = _GroupDecomposedSearchSpace(include_pruned=True).calculate(study).search_spaces
    return {
        "name": name, "direction": direction, "constantLiar": liar, "trials": [record(t) for t in study.trials],
        "below": [t.number for t in below], "above": [t.number for t in above],
        "shared": sorted(IntersectionSearchSpace(include_pruned=True).calculate(study)),
        "groups": sorted(sorted(group) for group in groups),
        "estimates": [estimate(study, sampler, below, above, space) for space in spaces],
    }


C, P, F, R = TrialState.COMPLETE, TrialState.PRUNED, TrialState.FAIL, TrialState.RUNNING
ALONE = [{name: d} for name, d in SPACE.items()]
PAIRS = [{"float": SPACE["float"], "choice": SPACE["choice"]}, {"int log": SPACE["int log"], "log": SPACE["log"], "step": SPACE["step"]}, SPACE]
spaces = PAIRS if TOGETHER else ALONE

text = json.dumps({name: draw(d) for name, d in SPACE.items()})
NOTES = {"tpe:relative_params:0": text[:50], "tpe:relative_params:1": text[50:]} if TOGETHER else {}
every = [trial(C, SPACE) for _ in range(36)]
few = [trial(C, SPACE) for _ in range(3)] + [trial(F, SPACE)]
mixed = [trial(P, SPACE, [(1, 0.5), (3, -0.2)]), trial(P, SPACE, [(3, math.nan)]), trial(P, SPACE), trial(R, {}, notes=NOTES), trial(P, SPACE, [(3, 0.7)]),
         trial(C, SPACE), trial(F, SPACE), trial(R, SPACE), trial(P, SPACE, [(7, math.inf)]), trial(C, SPACE), *[trial(P, SPACE) for _ in range(24)]]

wide = {"x": FloatDistribution(-100, 100), "n": IntDistribution(1, 50)}
narrow = {"x": FloatDistribution(-1, 1), "n": IntDistribution(1, 6)}
moved = [trial(C, space) for space in [wide, narrow] for _ in range(6)]

branch = {"kind": CategoricalDistribution(["a", "b"]), "rate": FloatDistribution(0, 1)}
a, b = {"depth": IntDistribution(1, 8), "width": FloatDistribution(1, 2)}, {"slope": FloatDistribution(0, 1)}
odd = {"rate": FloatDistribution(0, 2), "kind": branch["kind"]}
conditional = [trial(P if i % 5 == 4 else C, {**branch, **(a if i % 3 else b)}) for i in range(14)] + [trial(C, odd)]

json.dump({
    "origin": f"Optuna {optuna.__version__}, NumPy {np.__version__}, tools/golden/tuning_tpe.py",
    "space": {name: plain(d) for name, d in SPACE.items()},
    "studies": [
        search("36 complete trials", "minimize", False, every, spaces),
        search("three complete trials and a failed one, maximized", "maximize", False, few, spaces),
        search("few complete trials, pruned ones, running ones taken for bad", "minimize", True, mixed, spaces),
        search("pruned trials, maximized", "maximize", False, mixed, spaces[:1]),
        search("ranges that became narrower", "minimize", False, moved, [narrow] if TOGETHER else [{k: d} for k, d in narrow.items()]),
        search("a conditional search", "minimize", False, conditional, [a, b] if TOGETHER else [{k: d} for k, d in {**a, **b, "kind": branch["kind"]}.items()]),
    ],
}, sys.stdout, separators=(",", ":"))
print()
