"""Writes more_spaces.json: what Gymnasium 1.3.0 answers for spaces of every kind. Run: python more_spaces.py > more_spaces.json"""
import json
import warnings

import gymnasium as gym
import numpy as np
from gymnasium.spaces import Box, Dict, Discrete, Graph, MultiBinary, MultiDiscrete, OneOf, Sequence, Text, Tuple
from gymnasium.spaces.utils import flatdim, flatten, flatten_space

warnings.simplefilter("ignore")
INF = float("inf")


def number(x):
    x = x.item() if hasattr(x, "item") else x
    return ("Infinity" if x > 0 else "-Infinity") if isinstance(x, float) and np.isinf(x) else x


def spec(s):
    """The space in the form of the library's own JSON."""
    if isinstance(s, Box):
        low, high = s.low.astype(object), s.high.astype(object)
        if s.dtype.kind == "i":
            low = np.where(s.bounded_below, low, -INF)
            high = np.where(s.bounded_above, high, INF)
        out = {"type": "Box", "low": [number(x) for x in low.ravel()], "high": [number(x) for x in high.ravel()], "shape": list(s.shape)}
        return out if s.dtype == np.float32 else {**out, "dtype": str(s.dtype)}
    if isinstance(s, Discrete):
        return {"type": "Discrete", "n": int(s.n), "start": int(s.start)}
    if isinstance(s, MultiDiscrete):
        return {"type": "MultiDiscrete", "nvec": s.nvec.ravel().tolist(), "start": s.start.ravel().tolist(), "shape": list(s.shape)}
    if isinstance(s, MultiBinary):
        return {"type": "MultiBinary", "shape": list(s.shape)}
    if isinstance(s, Text):
        return {"type": "Text", "min_length": s.min_length, "max_length": s.max_length, "charset": "".join(s.character_list)}
    if isinstance(s, Tuple):
        return {"type": "Tuple", "spaces": [spec(x) for x in s.spaces]}
    if isinstance(s, OneOf):
        return {"type": "OneOf", "spaces": [spec(x) for x in s.spaces]}
    if isinstance(s, Dict):
        return {"type": "Dict", "keys": list(s.spaces), "spaces": [spec(x) for x in s.spaces.values()]}
    if isinstance(s, Sequence):
        return {"type": "Sequence", "space": spec(s.feature_space), "stack": s.stack}
    edge = {} if s.edge_space is None else {"edge_space": spec(s.edge_space)}
    return {"type": "Graph", "node_space": spec(s.node_space), **edge}


def f32(x):
    return [f"{v:08x}" for v in np.asarray(x, dtype=np.float32).view(np.uint32).ravel().tolist()]


def enc(s, x):
    """A value with the bits of its numbers."""
    if isinstance(s, (Tuple, OneOf)):
        if isinstance(s, OneOf):
            return [int(x[0]), enc(s.spaces[x[0]], x[1])]
        return [enc(a, b) for a, b in zip(s.spaces, x)]
    if isinstance(s, Dict):
        return {k: enc(a, x[k]) for k, a in s.spaces.items()}
    if isinstance(s, Sequence):
        return [enc(s.feature_space, v) for v in x]
    if isinstance(s, Graph):
        out = {"nodes": [enc(s.node_space, v) for v in x.nodes]}
        if x.edges is not None:
            out |= {"edges": [enc(s.edge_space, v) for v in x.edges], "edge_links": x.edge_links.ravel().tolist()}
        return out
    if isinstance(x, str):
        return x
    if isinstance(s, Discrete):
        return int(x)
    x = np.asarray(x)
    if x.dtype in (np.float32, np.float16):
        return {str(x.dtype): f32(x)}
    if x.dtype == np.float64:
        return {"float64": [f"{v:016x}" for v in x.view(np.uint64).ravel().tolist()]}
    return {str(x.dtype): [int(v) for v in x.ravel()]}


def mask_of(m, kind):
    """A mask, from the shorthand of CASES, for Gymnasium."""
    if isinstance(m, dict) and "text" in m:
        return (m["text"][0], mask_of(m["text"][1], kind))
    if isinstance(m, dict) and "sequence" in m:
        lengths = m["sequence"][0]
        return (None if lengths is None else np.array(lengths) if len(lengths) > 1 else lengths[0], mask_of(m["sequence"][1], kind))
    if isinstance(m, dict) and "named" in m:
        return {k: mask_of(v, kind) for k, v in m["named"].items()}
    if isinstance(m, dict) and "each" in m:
        return tuple(mask_of(v, kind) for v in m["each"])
    return None if m is None else np.array(m, dtype=np.int8 if kind == "mask" else np.float64)


def seeds_of(s):
    return {k: seeds_of(v) for k, v in s.items()} if isinstance(s, dict) else [seeds_of(v) for v in s] if isinstance(s, (tuple, list)) else int(s)


MIX_LOW, MIX_HIGH = [-INF, 0, -INF, -1, 3, -INF], [INF, INF, 5, 1, 3, INF]
D, B = Discrete, Box
digits = Text(6, charset="0123456789")
deep = Dict({"z": Tuple((D(3), Dict({"b": B(-1, 1, (2,)), "a": MultiBinary(3)}))), "a": MultiDiscrete([2, 5]), "m": Text(3, charset="xyz")})
third = [0.1, 0.2, 0.0, 0.25, 0.05, 0.1, 0.06, 0.04, 0.2]
SEEDS = [0, 7, 123456789012]
CASES = [
    (B(0, 255, (2, 2, 3), np.uint8), SEEDS, None),
    (B(np.array([3, 250]), np.array([200, 255]), dtype=np.uint8), SEEDS, None),
    (B(-128, 127, (40,), np.int8), SEEDS, None),
    (B(-INF, INF, (3,), np.int8), SEEDS, None),
    (B(np.array(MIX_LOW), np.array(MIX_HIGH), dtype=np.int16), SEEDS, None),
    (B(np.array(MIX_LOW), np.array(MIX_HIGH), dtype=np.int32), SEEDS, None),
    (B(-INF, INF, (3,), np.int64), SEEDS, None),
    (B(-7, INF, (3,), np.int64), SEEDS, None),
    (B(-INF, 2**40, (3,), np.int64), SEEDS, None),
    (B(np.array(MIX_LOW), np.array(MIX_HIGH), dtype=np.float16), SEEDS, None),
    (B(np.array(MIX_LOW), np.array(MIX_HIGH), dtype=np.float64), SEEDS, None),
    (B(-65504, 65504, (6,), np.float16), SEEDS, None),
    (B(-1e-7, 1e-7, (6,), np.float16), SEEDS, None),
    (B(0, 65535, (4,), np.uint16), SEEDS, None),
    (B(-32768, 32767, (4,), np.int16), SEEDS, None),
    (B(10, 2**32 - 1, (4,), np.uint32), SEEDS, None),
    (B(-(2**31), 2**31 - 1, (4,), np.int32), SEEDS, None),
    (B(-(2**63), 2**63 - 2, (4,), np.int64), SEEDS, None),
    (B(2**60 + 1, 2**60 + 3, (4,), np.int64), SEEDS, None),
    (B(0, 2**62, (4,), np.uint64), SEEDS, None),
    (B(0, 1, (2, 5), np.bool_), SEEDS, None),
    (B(-2, 3, ()), SEEDS, None),
    (B(-2, 3, (), np.int32), SEEDS, None),
    (B(-1e300, 1e300, (2,), np.float64), SEEDS, None),
    (MultiDiscrete([[1, 2], [3, 4]]), SEEDS, None),
    (MultiDiscrete([3, 1, 40], start=[-4, 0, 1000]), SEEDS, None),
    (MultiBinary([2, 3, 4]), SEEDS, None),
    (MultiBinary(33), SEEDS, None),
    (digits, SEEDS, None),
    (Text(4, min_length=4, charset="ab\u00e9\U0001f600"), SEEDS, None),
    (Text(2, min_length=0, charset="q"), SEEDS, None),
    (Tuple((D(5), digits, MultiBinary(2), B(-1, 1, (2,), np.float64))), SEEDS, None),
    (Tuple((D(5, start=3), D(4))), [[11, 12]], None),
    (deep, SEEDS, None),
    (deep, [{"a": 1, "m": 2, "z": [3, {"a": 4, "b": 5}]}, {"a": 1, "m": 2, "z": 3}], None),
    (Dict([("b", D(3)), ("a", B(0, INF, (2,)))]), SEEDS, None),
    (Sequence(B(-1, 1, (2,))), SEEDS, None),
    (Sequence(Tuple((D(4), MultiBinary(2)))), SEEDS + [[5, 6], [5, [6, 7]]], None),
    (Graph(B(-1, 1, (2,)), D(4)), SEEDS, None),
    (Graph(D(3), B(0, 10, (2,), np.int32)), SEEDS + [[1, 2, 3]], None),
    (Graph(D(5), None), SEEDS + [[1, 2]], None),
    (OneOf((D(3), B(-1, 1, (2,)), Tuple((D(2), MultiBinary(3))))), SEEDS + [[4, 5, 6, 7]], None),
    (OneOf((B(-1, 1, (3,)), Discrete(4))), SEEDS, None),
    (D(6, start=2), SEEDS, ("mask", [0, 1, 1, 0, 1, 0])),
    (D(6, start=2), SEEDS, ("mask", [0, 0, 0, 0, 0, 0])),
    (D(6, start=2), SEEDS, ("mask", [0, 0, 0, 0, 0, 1])),
    (D(6, start=-2), SEEDS, ("probability", [0.1, 0.2, 0, 0.3, 0.15, 0.25])),
    (MultiDiscrete([[3, 2], [9, 4]], start=[[0, 5], [-3, 1]]), SEEDS, ("mask", {"each": [{"each": [[0, 1, 1], [0, 0]]}, {"each": [[1, 0, 1, 1, 0, 0, 1, 0, 1], [1, 1, 1, 1]]}]})),
    (MultiDiscrete([3, 9], start=[5, 0]), SEEDS, ("probability", {"each": [[0.3, 0, 0.700001], third]})),
    (MultiBinary([2, 3]), SEEDS, ("mask", [[2, 0, 1], [2, 2, 0]])),
    (MultiBinary([2, 3]), SEEDS, ("probability", [[0, 1, 0.5], [0.25, 0.75, 0.9]])),
    (digits, SEEDS, ("mask", {"text": [4, [1, 0, 1, 0, 1, 0, 1, 0, 1, 1]]})),
    (digits, SEEDS, ("mask", {"text": [None, [0, 0, 0, 0, 0, 0, 0, 1, 0, 1]]})),
    (digits, SEEDS, ("mask", {"text": [3, None]})),
    (Text(3, min_length=0, charset="ab"), SEEDS, ("mask", {"text": [None, [0, 0]]})),
    (digits, SEEDS, ("probability", {"text": [None, [0.5, 0.1, 0.1, 0.1, 0.2, 0, 0, 0, 0, 0]]})),
    (Tuple((D(5), digits, B(0, 1))), SEEDS, ("mask", {"each": [[0, 1, 0, 1, 1], {"text": [2, None]}, None]})),
    (Dict({"a": D(3), "b": MultiBinary(2)}), SEEDS, ("probability", {"named": {"a": [0.5, 0, 0.5], "b": [0.2, 0.9]}})),
    (Sequence(D(4)), SEEDS, ("mask", {"sequence": [None, [1, 0, 1, 1]]})),
    (Sequence(D(4)), SEEDS, ("mask", {"sequence": [[3], None]})),
    (Sequence(D(4)), SEEDS, ("probability", {"sequence": [[0, 2, 5], [0.5, 0.25, 0.25, 0]]})),
    (OneOf((D(4), B(0, 1), MultiBinary(2))), SEEDS, ("mask", {"each": [[0, 0, 1, 1], None, [2, 1]]})),
    (Graph(D(3), D(2)), SEEDS, ("mask", {"graph": [4, None, {"each": [[0, 1, 1], [1, 1, 1], [1, 0, 0], [1, 1, 0]]}, [1, 1]]})),
    (Graph(D(3), D(2)), SEEDS, ("probability", {"graph": [2, 3, {"each": [[0.5, 0.5, 0], [0.2, 0.2, 0.6]]}, {"each": [[1, 0], [0.5, 0.5], [0.1, 0.9]]}]})),
    (Graph(B(0, 1, (2,)), D(2)), SEEDS, ("mask", {"graph": [1, None, None, None]})),
    (Graph(B(0, 1, (2,)), B(0, 9, (1,), np.uint8)), SEEDS, ("mask", {"graph": [3, 4, None, None]})),
]

out = []
for space, seeds, mask in CASES:
    case = {"space": spec(space), "repr": str(space), "runs": []}
    if mask:
        case |= {"mask": mask[1], "kind": mask[0]}
    flat = space.is_np_flattenable
    case["flattenable"] = flat
    if flat:
        box = flatten_space(space)
        case |= {"flatdim": flatdim(space), "flat_low": f32(box.low), "flat_high": f32(box.high)}
    for seed in seeds:
        returned = space.seed(seed)
        run = {"seed": seed, "returned": seeds_of(returned), "samples": []}
        for _ in range(4 if mask is None else 6):
            args = {}
            if mask and isinstance(mask[1], dict) and "graph" in mask[1]:
                n, e, nm, em = mask[1]["graph"]
                args = {"num_nodes": n, "num_edges": e}
                if nm or em:
                    args[mask[0]] = (mask_of(nm, mask[0]), mask_of(em, mask[0]))
            elif mask:
                args = {mask[0]: mask_of(mask[1], mask[0])}
            x = space.sample(**args)
            run["samples"].append(enc(space, x))
            if flat and not mask and len(run["samples"]) == 1:
                run["flat"] = f32(flatten(space, x))
        case["runs"].append(run)
    out.append(case)
print("{\"gymnasium\": \"%s\", \"cases\": [\n%s\n]}" % (gym.__version__, ",\n".join(json.dumps(c, separators=(",", ":")) for c in out)))
