"""Differences and agreement between seeds: packages/evaluation/test/golden/seeds.json. Analysis of variance in statsmodels, ranks and the F distribution in SciPy,
Greenhouse and Geisser's correction from its formula.

usage: python tools/golden/evaluation_seeds.py > packages/evaluation/test/golden/seeds.json     (statsmodels 0.15.0, SciPy 1.17.1)
"""
import json
import numpy as np
import pandas as pd
import scipy
import statsmodels
import statsmodels.api as sm
from scipy.stats import f as f_distribution, spearmanr
from statsmodels.formula.api import ols
from statsmodels.stats.anova import AnovaRM

rng = np.random.default_rng(4)


def table(name, seeds, cases, shared, levels, digits):
    """Seeds see the same cases: one part of a prediction is the case's, one the seed's own, and each seed has its level and width."""
    of_cases = rng.normal(size=cases)
    widths = rng.uniform(0.5, 2, seeds)
    scores = 0.5 + 0.05 * (widths[:, None] * (np.sqrt(shared) * of_cases + np.sqrt(1 - shared) * rng.normal(size=(seeds, cases)))) + levels * rng.normal(size=(seeds, 1))
    return name, np.round(scores, digits)


def judged(name, scores):
    k, n = scores.shape
    long = pd.DataFrame({"score": scores.ravel(), "seed": np.repeat(np.arange(k), n), "case": np.tile(np.arange(n), k)})
    f = float(AnovaRM(long, "score", "case", within=["seed"]).fit().anova_table["F Value"].iloc[0])
    squares = sm.stats.anova_lm(ols("score ~ C(seed) + C(case)", data=long).fit())["mean_sq"]
    seed, case, rest = squares["C(seed)"], squares["C(case)"], squares["Residual"]
    center = np.eye(k) - 1 / k
    covariance = center @ np.cov(scores) @ center
    epsilon = np.trace(covariance) ** 2 / ((k - 1) * np.sum(covariance**2))
    ranks = np.array([[spearmanr(a, b).statistic for b in scores] for a in scores])
    return {"name": name, "scores": scores.tolist(), "f": f, "epsilon": float(epsilon), "p": float(f_distribution.sf(f, (k - 1) * epsilon, (k - 1) * (n - 1) * epsilon)),
            "rankCorrelations": ranks.tolist(), "rankCorrelation": float(ranks[np.triu_indices(k, 1)].mean()),
            "consistency": float((case - rest) / (case + (k - 1) * rest)), "agreement": float((case - rest) / (case + (k - 1) * rest + k * (seed - rest) / n))}


SHROUT_FLEISS = np.array([[9, 6, 8, 7, 10, 6], [2, 1, 4, 1, 5, 2], [5, 3, 6, 2, 6, 4], [8, 2, 8, 6, 9, 7]], dtype=float)  # their Table 2: ICC(2,1) 0.29, ICC(3,1) 0.71
print(json.dumps({
    "origin": f"statsmodels {statsmodels.__version__}, SciPy {scipy.__version__}, NumPy {np.__version__}, tools/golden/evaluation_seeds.py",
    "tables": [judged(*each) for each in [
        ("Shrout and Fleiss 1979", SHROUT_FLEISS),
        table("ten seeds of 117, levels apart", 10, 117, 0.3, 0.02, 3),
        table("three seeds of 87, levels alike", 3, 87, 0.5, 0, 3),
        table("two seeds, ties", 2, 30, 0.8, 0.01, 2),
    ]],
}, separators=(",", ":")))
