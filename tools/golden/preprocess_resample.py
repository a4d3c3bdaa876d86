"""Expected values of packages/preprocess/test/resampleOnto.test.ts and clipPercentiles.test.ts: SciPy's affine_transform, NumPy's percentile.

    python tools/golden/preprocess_resample.py

The source is float32 of sin(0.37 i), 7 x 8 x 9. A matrix maps new (slice, row, column) to old ones; places beyond the old centers are left out (null).
"""

import json
from pathlib import Path

import numpy as np
import scipy
from scipy import ndimage

SHAPE = (7, 8, 9)
source = np.sin(0.37 * np.arange(np.prod(SHAPE))).reshape(SHAPE).astype(np.float32)


def turn(axis, angle):
    c, s = np.cos(angle), np.sin(angle)
    m = np.eye(3)
    u, v = (axis + 1) % 3, (axis + 2) % 3
    m[u, u], m[u, v], m[v, u], m[v, v] = c, -s, s, c
    return m


def case(name, matrix, offset, shape):
    linear = ndimage.affine_transform(source.astype(np.float64), matrix, offset, shape, order=1, mode="constant", cval=np.nan)
    values = [None if np.isnan(x) else round(x, 9) for x in linear.ravel().tolist()]
    return {"name": name, "matrix": np.asarray(matrix).tolist(), "offset": list(offset), "shape": shape, "linear": values}


tilted = turn(0, 0.2) @ turn(1, -0.3) @ turn(2, 0.1)
pixels = (np.arange(60) * 37 % 61).astype(np.float64)
golden = {
    "origin": f"SciPy {scipy.__version__}, NumPy {np.__version__}: python tools/golden/preprocess_resample.py",
    "resampled": [
        case("shift by fractions", np.eye(3), (0.25, -1.5, 2.125), (6, 7, 8)),
        case("turned and scaled", tilted @ np.diag([0.8, 1.3, 0.7]), (0.5, 1.2, 1.1), (8, 6, 9)),
        case("axes exchanged", np.array([[0, 1, 0], [0, 0, -1], [1, 0, 0]]), (0, 7, 0.5), (8, 7, 8)),
    ],
    "percentiles": [{"percent": p, "value": float(np.percentile(pixels, p))} for p in (0, 0.5, 3, 50, 97.7, 100)],
}
path = Path(__file__).parents[2] / "packages/preprocess/test/golden/resample.json"
path.write_text(json.dumps(golden) + "\n")
