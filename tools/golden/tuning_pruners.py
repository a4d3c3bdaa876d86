"""What Optuna's pruners say to every report of trials that run beside each other: packages/tuning/test/golden/pruners.json.

usage: python tools/golden/tuning_pruners.py > packages/tuning/test/golden/pruners.json     (Optuna 5.0.0)

Time goes in ticks. At each, trials that have begun and not ended make their next report, in the order of their numbers; one that is told to end is pruned
at once, one that has no more to report ends at once as its `end` says. A verdict is 1 for pruned; a trial has one character a report that it lived to make.
"""
import json
import math
import sys
import warnings

import numpy as np
import optuna
from optuna.pruners import HyperbandPruner, MedianPruner, NopPruner, PatientPruner, PercentilePruner, SuccessiveHalvingPruner, ThresholdPruner
from optuna.trial import TrialState

warnings.filterwarnings("ignore")
optuna.logging.set_verbosity(optuna.logging.ERROR)
rng = np.random.default_rng(5)

STEPS = 12


def curve(i):
    """Falling, noisy; some trials leave out steps, report NaN or infinities, or fail."""
    level, speed = rng.uniform(0, 1), rng.uniform(0.05, 0.5)
    reports = [[step, round(float(level + math.exp(-speed * step) + rng.normal(0, 0.08)), 3)] for step in range(1, STEPS + 1)]
    if i % 5 == 2:
        reports = [r for r in reports if r[0] % 2 == 0]
    if i % 7 == 3:
        reports[2][1] = math.nan
    if i == 8:
        reports = [[step, math.nan] for step, _ in reports]
    if i == 9:
        reports[4][1] = -math.inf
    if i == 11:
        reports[1][1] = math.inf
    return {"start": 2 * i if i < 20 else 40, "reports": reports[:5] if i == 6 else reports, "end": "failed" if i == 6 else "complete"}


CURVES = [curve(i) for i in range(26)]


def play(pruner, direction, scale, name):
    study = optuna.create_study(direction=direction, pruner=pruner, study_name=name)
    trials, verdicts, active = [], [""] * len(CURVES), {}
    for tick in range(100):
        for i, c in enumerate(CURVES):
            if c["start"] == tick:
                trials.append(study.ask())
                active[i] = 0
        for i in sorted(active):
            reports = CURVES[i]["reports"]
            step, value = reports[active[i]]
            trials[i].report(value, step * scale)
            prune = trials[i].should_prune()
            verdicts[i] += str(int(prune))
            active[i] += 1
            if prune:
                study.tell(trials[i], state=TrialState.PRUNED)
            elif active[i] == len(reports):
                study.tell(trials[i], *([None, TrialState.FAIL] if CURVES[i]["end"] == "failed" else [0.5]))
            else:
                continue
            del active[i]
    return verdicts, study


def table(title, pruner, config, build, direction="minimize", scale=1, name="study"):
    verdicts, study = play(build(), direction, scale, name)
    brackets = [study.pruner._get_bracket_id(study, t) for t in study.trials] if isinstance(study.pruner, HyperbandPruner) else None
    return {"title": title, "pruner": pruner, "config": config, "direction": direction, "scale": scale, "studyName": name, "verdicts": verdicts,
            **({"brackets": brackets} if brackets else {})}


TABLES = [
    table("nothing", "nop", {}, NopPruner),
    table("defaults", "median", {}, MedianPruner),
    table("defaults, maximized", "median", {}, MedianPruner, "maximize"),
    table("late and seldom", "median", {"startupTrials": 2, "warmupSteps": 3, "intervalSteps": 3}, lambda: MedianPruner(2, 3, 3)),
    table("needs four at a step", "median", {"startupTrials": 0, "minTrials": 4}, lambda: MedianPruner(0, n_min_trials=4)),
    table("the best quarter", "percentile", {"percentile": 25}, lambda: PercentilePruner(25)),
    table("most of them, maximized", "percentile", {"percentile": 80, "startupTrials": 1}, lambda: PercentilePruner(80, 1), "maximize"),
    table("defaults", "halving", {}, SuccessiveHalvingPruner),
    table("defaults, maximized", "halving", {}, SuccessiveHalvingPruner, "maximize"),
    table("first rung found at 500", "halving", {"reductionFactor": 2}, lambda: SuccessiveHalvingPruner(reduction_factor=2), scale=100),
    table("halves, two rungs left out", "halving", {"minResource": 1, "reductionFactor": 2, "minEarlyStoppingRate": 1},
          lambda: SuccessiveHalvingPruner(1, 2, 1)),
    table("waits for three", "halving", {"minResource": 2, "reductionFactor": 2, "bootstrapCount": 3}, lambda: SuccessiveHalvingPruner(2, 2, 0, 3)),
    table("defaults", "hyperband", {}, HyperbandPruner),
    table("three brackets", "hyperband", {"minResource": 1, "maxResource": 12, "reductionFactor": 3}, lambda: HyperbandPruner(1, 12, 3)),
    table("halves, maximized", "hyperband", {"minResource": 2, "maxResource": 12, "reductionFactor": 2}, lambda: HyperbandPruner(2, 12, 2), "maximize"),
    table("another name, waits", "hyperband", {"minResource": 1, "maxResource": 12, "reductionFactor": 2, "bootstrapCount": 1},
          lambda: HyperbandPruner(1, 12, 2, 1), name="Gehirn größer"),
    table("steps in hundreds", "hyperband", {"minResource": 100}, lambda: HyperbandPruner(100), scale=100),
    table("alone", "patient", {"patience": 2}, lambda: PatientPruner(None, 2)),
    table("alone, maximized, with a margin", "patient", {"patience": 0, "minDelta": 0.1}, lambda: PatientPruner(None, 0, 0.1), "maximize"),
    table("before the median", "patientMedian", {"patience": 1, "minDelta": 0.02}, lambda: PatientPruner(MedianPruner(), 1, 0.02)),
    table("both bounds", "threshold", {"lower": 0.3, "upper": 1.9}, lambda: ThresholdPruner(0.3, 1.9)),
    table("an upper bound, seldom", "threshold", {"upper": 1, "warmupSteps": 2, "intervalSteps": 4}, lambda: ThresholdPruner(upper=1, n_warmup_steps=2, interval_steps=4)),
]


def text(value):
    return value if math.isfinite(value) else "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"


json.dump({
    "origin": f"Optuna {optuna.__version__}, tools/golden/tuning_pruners.py",
    "trials": [{**c, "reports": [[step, text(value)] for step, value in c["reports"]]} for c in CURVES],
    "tables": TABLES,
}, sys.stdout, separators=(",", ":"))
print()
