"""Expected values of packages/preprocess/test/clahe.test.ts: scikit-image's equalize_adapthist in three dimensions.

    python tools/golden/preprocess_clahe.py

Voxels are ((7919 i + 13 i^2) mod 9973) / 9972 to the given power, those under the given floor 0. Of each result the sum and every seventh voxel.
"""

import json
from pathlib import Path

import numpy as np
import skimage
from skimage import exposure


def voxels(shape, dtype, power, floor):
    i = np.arange(np.prod(shape), dtype=np.int64)
    v = ((7919 * i + 13 * i * i) % 9973 / 9972) ** power
    return np.where(v < floor, 0, v).reshape(shape).astype(dtype)


def case(name, shape, kernel=None, clip=0.01, bins=256, dtype="float32", power=1, floor=0):
    v = voxels(shape, dtype, power, floor)
    result = exposure.equalize_adapthist(v, kernel_size=kernel or [max(1, n // 8) for n in shape], clip_limit=clip, nbins=bins)
    flat = result.astype(np.float64).ravel()
    return {
        "name": name, "shape": shape, "kernel": kernel, "clipLimit": clip, "bins": bins, "dtype": dtype, "power": power, "floor": floor,
        "sum": flat.sum(), "seventh": [round(x, 9) for x in flat[::7].tolist()],
    }


golden = {
    "origin": f"scikit-image {skimage.__version__}, NumPy {np.__version__}: python tools/golden/preprocess_clahe.py",
    "volumes": [
        case("odd shape, default kernel", (9, 7, 11)),
        case("odd shape, several voxels a tile", (17, 26, 35)),
        case("kernel that divides nothing, float64", (11, 13, 12), (5, 3, 7), 0.05, dtype="float64"),
        case("kernel larger than the volume", (5, 6, 7), (9, 20, 4)),
        case("one column", (3, 20, 1), (2, 6, 1), 0.3),
        case("no limit", (12, 15, 10), (6, 7, 9), 0),
        case("dark background, bright few", (16, 24, 24), (8, 8, 8), power=3, floor=0.3),
        case("few bins", (10, 12, 14), (4, 4, 4), 0.02, 32),
        case("narrow range", (8, 16, 16), (4, 8, 8), dtype="float64", power=0.1),
    ],
}
path = Path(__file__).parents[2] / "packages/preprocess/test/golden/clahe.json"
path.write_text(json.dumps(golden) + "\n")
