"""Expected values of packages/nn/test/augment: MONAI's affine maps, Gibbs noise, Gaussian smoothing and intensities, PyTorch's resized crops.

    python tools/golden/nn_augment.py      (monai==0.8.1 --no-deps, torch, torchvision, numpy)

Images are sin(0.37 i) over [..., channels] unless their name says arange; results have their channels last too.
"""

import json
import warnings
from pathlib import Path

import numpy as np
import torch

warnings.filterwarnings("ignore")
import monai
import monai.transforms as T
import torchvision
from monai.networks.layers.convutils import gaussian_1d
from torchvision.transforms.functional import adjust_contrast


def image(shape, kind="sine"):
    i = np.arange(np.prod(shape), dtype=np.float64).reshape(shape)
    return (np.sin(0.37 * i) if kind == "sine" else i).astype(np.float32)


def run(transform, shape, kind="sine"):
    x = np.ascontiguousarray(np.moveaxis(image(shape, kind), -1, 0))
    return np.moveaxis(np.asarray(transform(x)), 0, -1)


def flat(y):
    return [round(float(v), 6) for v in np.asarray(y, dtype=np.float64).ravel()]


def affine(name, shape, padding, kind="sine", **parts):
    given = {f"{part}_params": tuple(values) for part, values in parts.items()}
    if "rotate_params" in given and len(shape) == 3:
        given["rotate_params"] = given["rotate_params"][0]
    y = run(T.Affine(**given, padding_mode=padding, image_only=True), shape, kind)
    names = {"rotate": "rotation", "translate": "translation"}
    return {
        "name": f"{name}, {padding}", "kind": kind, "shape": shape, "padding": padding,
        "parts": {names.get(part, part): values for part, values in parts.items()}, "sum": float(y.astype(np.float64).sum()), "result": flat(y),
    }


PADDINGS = ["reflection", "zeros", "border"]
plane = dict(rotate=[0.3], shear=[0.1, 0.0], translate=[1.0, -0.5], scale=[1.1, 0.9])
everything = dict(rotate=[0.3, -0.2, 0.15], shear=[0.1, -0.05, 0.02, 0.08, -0.1, 0.04], translate=[0.7, -1.2, 0.4], scale=[0.9, 1.2, 1.1])
affines = [
    *[affine("5x6 arange", [5, 6, 1], p, "arange", **plane) for p in PADDINGS],
    *[affine("far outside", [7, 4, 2], p, rotate=[2.5], translate=[9.0, -7.5], scale=[3.0, 2.5]) for p in PADDINGS],
    *[affine("sheared", [6, 5, 3], p, shear=[0.3, -0.4]) for p in PADDINGS[:1]],
    *[affine("volume", [5, 6, 7, 1], p, **everything) for p in PADDINGS],
    *[affine("volume far outside", [3, 4, 5, 2], p, rotate=[1.2, 0.5, -2.0], translate=[8.0, -9.0, 7.0], scale=[2.0, 3.0, 2.5]) for p in PADDINGS],
    *[affine("volume turned within its slices", [3, 5, 4, 1], p, rotate=[0.5]) for p in PADDINGS[:1]],
]

gibbs = [
    {"kind": kind, "shape": shape, "alpha": alpha, "result": flat(run(T.GibbsNoise(alpha), shape, kind))}
    for kind, shape, alpha in [
        ("arange", [8, 8, 1], 0.5), ("arange", [8, 8, 1], 0.8), ("sine", [7, 9, 2], 0.4), ("sine", [6, 5, 1], 0.6), ("sine", [8, 8, 1], 1.0),
        ("sine", [5, 5, 1], 1.0), ("sine", [4, 6, 5, 2], 0.3), ("sine", [6, 6, 6, 1], 0.0), ("sine", [3, 8, 8, 1], 0.55),
    ]
]

taps = [{"sigma": s, "taps": [float(v) for v in gaussian_1d(torch.tensor(s))]} for s in [0.05, 0.25, 0.3, 0.6, 1.0, 1.5, 3.2]]
gaussian = [
    {"shape": shape, "sigma": sigma, "result": flat(run(T.GaussianSmooth(sigma), shape))}
    for shape, sigma in [([6, 7, 1], [1.0, 1.0]), ([9, 5, 2], [0.25, 1.5]), ([4, 5, 6, 2], [0.6, 1.2, 0.9]), ([3, 3, 1], [4.0, 2.0])]
]

contrast = torch.from_numpy(image([5, 6]) * 0.2 + 0.5)[None]  # in [0, 1] before and after
intensity = [
    *[{"change": {"gamma": g}, "shape": [5, 6, 2], "result": flat(run(T.AdjustContrast(g), [5, 6, 2]))} for g in [0.5, 2.2]],
    {"change": {"scale": -0.3}, "shape": [5, 6, 2], "result": flat(run(T.ScaleIntensity(minv=None, maxv=None, factor=-0.3), [5, 6, 2]))},
    {"change": {"shift": 0.7}, "shape": [5, 6, 2], "result": flat(run(T.ShiftIntensity(0.7), [5, 6, 2]))},
]
contrasts = [{"contrast": c, "image": flat(contrast), "result": flat(adjust_contrast(contrast, 1 + c))} for c in [-0.6, 0.5]]


def crop(shape, start, size):
    x = torch.from_numpy(image(shape)).movedim(-1, 0)[None]
    box = x[(..., *[slice(s, s + n) for s, n in zip(start, size)])]
    mode = "bilinear" if len(size) == 2 else "trilinear"
    y = torch.nn.functional.interpolate(box, size=shape[:-1], mode=mode, align_corners=False)
    return {"shape": shape, "box": {"start": start, "size": size}, "result": flat(y[0].movedim(0, -1))}


crops = [
    crop([8, 6, 1], [1, 2], [5, 3]), crop([5, 7, 2], [0, 0], [5, 7]), crop([6, 6, 1], [5, 0], [1, 6]), crop([4, 6, 5, 2], [1, 0, 2], [2, 5, 3]),
]

golden = {
    "origin": f"MONAI {monai.__version__}, PyTorch {torch.__version__}, torchvision {torchvision.__version__}, NumPy {np.__version__}: python tools/golden/nn_augment.py",
    "affine": affines, "gibbs": gibbs, "taps": taps, "gaussian": gaussian, "intensity": intensity, "contrast": contrasts, "crop": crops,
}
path = Path(__file__).parents[2] / "packages/nn/test/golden/augment.json"
path.write_text(json.dumps(golden, separators=(",", ":")) + "\n")
