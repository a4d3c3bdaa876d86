"""Expected values of packages/preprocess/test/windowLevel.test.ts: pydicom's linear VOI window.

    python tools/golden/preprocess_window_level.py
"""

import json
from pathlib import Path

import numpy as np
import pydicom
from pydicom.dataset import Dataset
from pydicom.pixels import apply_windowing

pixels = np.array([-300, -1, 0, 1, 39, 40, 41, 99, 100, 101, 250, 4095], dtype=np.int16)


def window(center, width):
    ds = Dataset()
    ds.PhotometricInterpretation, ds.BitsStored, ds.PixelRepresentation = "MONOCHROME2", 16, 1
    ds.WindowCenter, ds.WindowWidth = center, width
    scaled = (apply_windowing(pixels, ds) + 2**15) / (2**16 - 1)  # from int16's range to 0..1
    return {"center": center, "width": width, "expected": scaled.tolist()}


golden = {
    "origin": f"pydicom {pydicom.__version__}, NumPy {np.__version__}: python tools/golden/preprocess_window_level.py",
    "pixels": pixels.tolist(),
    "windows": [window(40, 80), window(100.5, 301), window(0, 2), window(40, 1)],
}
path = Path(__file__).parents[2] / "packages/preprocess/test/golden/windowLevel.json"
path.parent.mkdir(parents=True, exist_ok=True)
path.write_text(json.dumps(golden) + "\n")
