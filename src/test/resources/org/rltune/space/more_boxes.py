"""Writes mixed_boxes.json: samples of Gymnasium 1.3.0 from boxes of mixed bounds. Run: python more_boxes.py > mixed_boxes.json"""
import json

import gymnasium
import numpy as np

INF = float("inf")
BOXES = [
    ([-INF, 0, -INF, -1, -INF, 3, 2], [INF, INF, 0, 1, INF, 4, 2], None),
    ([[-3.4e38, 0.1], [-INF, 5]], [[3.4e38, 0.7], [-5, INF]], None),
    (-2.5, 2.5, (2, 1, 3)),
]


def text(bound):
    return [str(float(v)) if np.isinf(v) else float(v) for v in np.ravel(bound)]


cases = []
for low, high, shape in BOXES:
    low, high = (np.asarray(v, dtype=np.float32) if isinstance(v, list) else v for v in (low, high))
    for seed in (0, 1, 42):
        box = gymnasium.spaces.Box(low, high, shape)
        box.seed(seed)
        samples = [[f"{v:08x}" for v in box.sample().view(np.uint32).ravel().tolist()] for _ in range(8)]
        cases.append({"low": text(box.low), "high": text(box.high), "shape": list(box.shape), "seed": seed, "samples": samples})
print(json.dumps({"gymnasium": gymnasium.__version__, "cases": cases}).replace('"inf"', '"Infinity"').replace('"-inf"', '"-Infinity"').replace("], [", "],\n["))
