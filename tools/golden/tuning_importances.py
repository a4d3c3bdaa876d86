"""Importances of parameters by Optuna's PED-ANOVA: packages/tuning/test/golden/importances.json.

usage: python tools/golden/tuning_importances.py > packages/tuning/test/golden/importances.json     (Optuna 5.0.0)

A trial is [value or state, index of its space, values of that space's parameters in their order]. Of studies that are not `told`, all raw importances are 0.
"""
import json
import math
import sys
import warnings

import numpy as np
import optuna
from optuna.distributions import CategoricalDistribution, FloatDistribution, IntDistribution
from optuna.importance import PedAnovaImportanceEvaluator, get_param_importances
from optuna.trial import TrialState, create_trial

warnings.filterwarnings("ignore")
optuna.logging.set_verbosity(optuna.logging.ERROR)
rng = np.random.default_rng(7)

SPACE = {
    "float": FloatDistribution(-5, 10),
    "log": FloatDistribution(1e-5, 0.1, log=True),
    "step": FloatDistribution(0.05, 1.05, step=0.1),
    "99 steps": FloatDistribution(0, 98, step=1),
    "300 steps": FloatDistribution(-1, 2, step=0.01),
    "int": IntDistribution(2, 9),
    "every third": IntDistribution(-4, 20, step=3),
    "large int": IntDistribution(0, 1000),
    "int log": IntDistribution(1, 300, log=True),
    "int log of 128": IntDistribution(1, 128, log=True),
    "choice": CategoricalDistribution(["FLAIR", None, 3, True]),
    "one": IntDistribution(4, 4),
    "one choice": CategoricalDistribution(["only"]),
}
STATES = {TrialState.PRUNED: "pruned", TrialState.FAIL: "failed"}


def draw(d):
    if isinstance(d, CategoricalDistribution):
        return d.choices[rng.integers(len(d.choices))]
    if d.log:
        value = float(np.exp(rng.uniform(np.log(d.low), np.log(d.high))))
    elif d.step:
        value = min(d.low + d.step * int(rng.integers(round((d.high - d.low) / d.step) + 1)), d.high)
    else:
        value = float(rng.uniform(d.low, d.high))
    return int(round(value)) if isinstance(d, IntDistribution) else float(f"{value:.4g}")


def objective(p):
    return (p.get("float", 0) / 5) ** 2 + abs(math.log10(p.get("log", 1e-3)) + 3) + p.get("step", 0) + p.get("int", 0) / 10 \
        + (p.get("choice") == "FLAIR") + math.log(p.get("int log", 1)) / 6 + p.get("99 steps", 0) / 200 + p.get("momentum", 0) + p.get("x", 0) ** 2 / 100


def trial(space, state=TrialState.COMPLETE, value=None):
    params = {name: draw(d) for name, d in space.items()}
    value = round(objective(params) + 0.1 * float(rng.normal()), 3) if value is None else value
    return create_trial(state=state, params=params, distributions=space, value=None if state == TrialState.FAIL else value)


def plain(d):
    if isinstance(d, CategoricalDistribution):
        return {"kind": "categorical", "choices": d.choices}
    kind = "int" if isinstance(d, IntDistribution) else "float"
    return {"kind": kind, "low": d.low, "high": d.high, **({"log": True} if d.log else {}), **({"step": d.step} if d.step and not d.log else {})}


def record(t, spaces):
    outcome = STATES.get(t.state) or (t.value if math.isfinite(t.value) else "Infinity")
    return [outcome, spaces.index(t.distributions), list(t.params.values())]


def study(name, trials, direction="minimize", **options):
    of = optuna.create_study(direction=direction)
    of.add_trials(trials)
    spaces = []
    for t in of.trials:
        if t.distributions not in spaces:
            spaces.append(t.distributions)
    evaluator = PedAnovaImportanceEvaluator(**options)
    raw = get_param_importances(of, evaluator=evaluator, normalize=False)
    return {"name": name, "direction": direction, "options": options, "spaces": [{k: plain(d) for k, d in s.items()} for s in spaces],
            "trials": [record(t, spaces) for t in of.trials], "told": sum(raw.values()) > 0,
            "importances": dict(sorted(get_param_importances(of, evaluator=evaluator).items()))}


def tuned():
    """A search by TPE: many values are close to each other."""
    of = optuna.create_study(sampler=optuna.samplers.TPESampler(seed=1))
    of.optimize(lambda t: objective({"float": t.suggest_float("float", -5, 10), "log": t.suggest_float("log", 1e-5, 0.1, log=True),
                                     "int": t.suggest_int("int", 2, 9), "choice": t.suggest_categorical("choice", SPACE["choice"].choices)}), n_trials=60)
    return of.trials


every = [trial(SPACE) for _ in range(80)]
P, F = TrialState.PRUNED, TrialState.FAIL
mixed = [trial(SPACE) for _ in range(30)] + [trial(SPACE, P, 9.0) for _ in range(5)] + [trial(SPACE, F) for _ in range(3)] + [trial(SPACE, value=math.inf)]
sgd = {"optimizer": CategoricalDistribution(["adam", "sgd"]), "x": FloatDistribution(-10, 10), "momentum": FloatDistribution(0, 0.99)}
adam = {name: sgd[name] for name in ["optimizer", "x"]}
moved = {**sgd, "x": FloatDistribution(-1, 1)}
alone = {**adam, "x": FloatDistribution(-2, 2), "rare": IntDistribution(1, 8)}
conditional = [trial([sgd, adam, moved][i % 3]) for i in range(40)] + [trial(alone)]
small = {name: SPACE[name] for name in ["float", "int", "choice"]}

json.dump({
    "origin": f"Optuna {optuna.__version__}, NumPy {np.__version__}, tools/golden/tuning_importances.py",
    "studies": [
        study("80 trials with parameters of every kind", every),
        study("maximized", every[:50], "maximize"),
        study("against the whole range", every[:50], evaluate_on_local=False),
        study("the best fifth of the better half", every[:50], target_quantile=0.2, region_quantile=0.5),
        study("pruned, failed and infinite trials among others", mixed, "maximize"),
        study("many equal results", [trial(small, value=float(i % 4)) for i in range(30)]),
        study("a search by TPE", tuned()),
        study("conditional parameters and ranges that changed", conditional),
        study("conditional parameters against the whole range", conditional, target_quantile=0.3, evaluate_on_local=False),
        study("two trials", [trial(small), trial(small)]),
        study("one trial", [trial(small), trial(small, F)]),
        study("all results equal", [trial(small, value=1.0) for _ in range(10)]),
    ],
}, sys.stdout, separators=(",", ":"))
print()
