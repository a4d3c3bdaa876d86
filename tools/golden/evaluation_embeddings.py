"""Expected values of embeddings and their measures, by scikit-learn.

usage: python tools/golden/evaluation_embeddings.py > packages/evaluation/test/golden/embeddings.json

Coordinates are rounded to three or four digits, so that they are short to write and the same numbers on both sides. scikit-learn computes t-SNE in
float32 and stops its perplexity search at 1e-5 nats.
"""
import json
import warnings

import numpy as np
import sklearn
from scipy.spatial.distance import pdist, squareform
from sklearn.decomposition import PCA
from sklearn.linear_model import LogisticRegression
from sklearn.manifold import TSNE, trustworthiness
from sklearn.manifold import _barnes_hut_tsne, _t_sne, _utils
from sklearn.metrics import silhouette_score
from sklearn.neighbors import NearestNeighbors

warnings.filterwarnings("ignore")
rng = np.random.default_rng(0)


def clusters(n, d, groups, apart):
    group = np.arange(n) % groups
    centers = rng.normal(size=(groups, d)) * apart
    return np.round(rng.normal(size=(n, d)) + centers[group], 3), group


def neighbor_affinities(name, key, perplexity):
    """P of each point over its nearest neighbors, as TSNE's Barnes-Hut method has it, in order of distance."""
    points = SETS[key]
    k = min(len(points) - 1, int(3 * perplexity + 1))
    distances, indices = NearestNeighbors(n_neighbors=k).fit(points).kneighbors()
    squared = (distances ** 2).astype(np.float32)
    conditional = np.asarray(_utils._binary_search_perplexity(squared, perplexity, 0))
    return {"name": name, "points": key, "perplexity": perplexity, "neighbors": indices.tolist(),
            "conditional": np.round(conditional, 8).tolist()}


def objective(name, key, perplexity, embedding):
    """Joint P over all pairs; divergence and gradient at a given embedding, summed over all pairs, and by Barnes and Hut at theta 0."""
    points = SETS[key]
    joint = _t_sne._joint_probabilities(squareform(pdist(points, "sqeuclidean")), perplexity, 0)
    divergence, gradient = _t_sne._kl_divergence(embedding.ravel(), joint, 1, len(points), 2)
    full = squareform(joint).astype(np.float32)
    n = len(points)
    neighbors = np.array([[j for j in range(n) if j != i] for i in range(n)], dtype=np.int64)
    values = np.take_along_axis(full, neighbors, axis=1)
    forces = np.zeros((n, 2), dtype=np.float32)
    error = _barnes_hut_tsne.gradient(values.ravel(), embedding.astype(np.float32), neighbors.ravel(),
                                      np.arange(0, n * (n - 1) + 1, n - 1, dtype=np.int64), forces, 0.0, 2, 0)
    return {"name": name, "points": key, "perplexity": perplexity, "embedding": embedding.tolist(),
            "joint": np.round(joint, 9).tolist(), "divergence": float(divergence), "gradient": np.round(gradient.reshape(-1, 2), 9).tolist(),
            "barnesHut": {"divergence": float(error), "gradient": np.round(4 * forces.astype(np.float64), 8).tolist()}}


def components(name, key, count):
    points = SETS[key]
    model = PCA(n_components=count, svd_solver="full")
    scores = model.fit_transform(points)
    return {"name": name, "points": key, "count": count, "scores": scores.tolist(), "components": model.components_.tolist(),
            "explainedVariance": model.explained_variance_.tolist(), "explainedVarianceRatio": model.explained_variance_ratio_.tolist(),
            "mean": model.mean_.tolist()}


def picture(name, key, labels, embedding):
    points = SETS[key]
    return {"name": name, "points": key, "labels": labels.tolist(), "embedding": embedding.tolist(),
            "trustworthiness": {k: float(trustworthiness(points, embedding, n_neighbors=k)) for k in (1, 5, 12)},
            "continuity": {k: float(trustworthiness(embedding, points, n_neighbors=k)) for k in (1, 5, 12)},
            "silhouette": float(silhouette_score(embedding, labels)), "silhouetteBefore": float(silhouette_score(points, labels))}


def run(name, key, perplexity):
    points = SETS[key]
    model = TSNE(perplexity=perplexity, random_state=0).fit(points)
    return {"name": name, "points": key, "perplexity": perplexity, "divergence": float(model.kl_divergence_),
            "trustworthiness": float(trustworthiness(points, model.embedding_))}


def logistic(name, key, labels, ridge):
    points = SETS[key]
    model = LogisticRegression(C=1 / ridge, solver="newton-cholesky", tol=1e-12).fit(points, labels)
    return {"name": name, "points": key, "labels": labels.tolist(), "ridge": ridge, "logOdds": model.decision_function(points).tolist()}


four, group = clusters(48, 5, 4, 2)
wide, wide_group = clusters(30, 60, 3, 1)
ten, _ = clusters(150, 12, 5, 3)
SETS = {"48x5": four, "30x60": wide, "150x12": ten}
print(json.dumps({
    "origin": f"scikit-learn {sklearn.__version__}, NumPy {np.__version__}, tools/golden/evaluation_embeddings.py",
    "points": {key: points.tolist() for key, points in SETS.items()},
    "conditional": [neighbor_affinities("16 neighbors of 48 points", "48x5", 5.0), neighbor_affinities("all others of 30 points", "30x60", 10.0)],
    "objective": [objective("48 points, spread over the page", "48x5", 15.0, np.round(rng.normal(size=(48, 2)) * 5, 3)),
                  objective("30 points, near the start", "30x60", 9.0, np.round(rng.normal(size=(30, 2)) * 1e-2, 4))],
    "pca": [components("more points than dimensions", "48x5", 4), components("fewer points than dimensions", "30x60", 3)],
    "pictures": [picture("four groups, first two components", "48x5", group, np.round(PCA(2).fit_transform(four), 3)),
                 picture("three groups, at random", "30x60", wide_group, np.round(rng.normal(size=(30, 2)), 3))],
    "runs": [run("five groups", "150x12", 15.0)],
    "logistic": [logistic("more points than dimensions", "48x5", (rng.random(48) < 1 / (1 + np.exp(-four[:, 0]))).astype(int), 1.0),
                 logistic("fewer points than dimensions", "30x60", np.arange(30) % 2, 0.5)],
}, separators=(",", ":")))
