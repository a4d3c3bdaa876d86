"""Expected values of packages/preprocess/test/resize.test.ts and otsuThreshold.test.ts.

    python tools/golden/preprocess_resize.py

Bilinear and nearest slices by OpenCV, trilinear volumes by SciPy, Otsu's threshold by OpenCV. Inputs are float32 of sin(0.37 i).
"""

import json
from pathlib import Path

import cv2
import numpy as np
import scipy
from scipy import ndimage


def wave(*shape):
    return np.sin(0.37 * np.arange(np.prod(shape))).reshape(shape).astype(np.float32)


def slices(source, target):
    image = wave(*source)
    size = target[::-1]  # OpenCV's order: columns, rows
    return {
        "from": source,
        "to": target,
        "linear": cv2.resize(image, size, interpolation=cv2.INTER_LINEAR).ravel().tolist(),
        "nearest": cv2.resize(image, size, interpolation=cv2.INTER_NEAREST_EXACT).ravel().tolist(),
    }


def volume(source, target):
    zoom = [t / s for s, t in zip(source, target)]
    result = ndimage.zoom(wave(*source).astype(np.float64), zoom, order=1, mode="nearest", grid_mode=True)
    assert result.shape == target
    return {"from": source, "to": target, "linear": result.ravel().tolist()}


def otsu(name, pixels):
    threshold, _ = cv2.threshold(pixels.astype(np.uint8), 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    assert pixels.min() == 0 and pixels.max() == 255
    return {"name": name, "pixels": pixels.astype(int).tolist(), "threshold": threshold}


i = np.arange(400)
golden = {
    "origin": f"OpenCV {cv2.__version__}, SciPy {scipy.__version__}, NumPy {np.__version__}: python tools/golden/preprocess_resize.py",
    "slices": [slices(*s) for s in [((8, 8), (4, 4)), ((5, 7), (9, 4)), ((7, 5), (7, 5)), ((1, 6), (3, 2)), ((6, 9), (13, 20)), ((12, 10), (5, 3))]],
    "volumes": [volume(*s) for s in [((4, 5, 6), (7, 3, 9)), ((6, 6, 6), (3, 3, 3)), ((3, 8, 4), (3, 5, 11))]],
    "otsu": [
        otsu("two humps", np.concatenate([[0, 255], np.clip(40 + 18 * np.sin(0.9 * i), 0, 255).round(), np.clip(170 + 60 * np.sin(1.7 * i), 0, 255).round()])),
        otsu("noise under a bright object", np.concatenate([[0, 255], (7 * i % 23), 120 + (13 * i[:120] % 91)])),
        otsu("only the ends", np.array([0, 0, 0, 255])),
    ],
}
path = Path(__file__).parents[2] / "packages/preprocess/test/golden/resize.json"
path.parent.mkdir(parents=True, exist_ok=True)
path.write_text(json.dumps(golden) + "\n")
