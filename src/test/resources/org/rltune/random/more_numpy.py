"""Writes numpy_more.json: what numpy 2.4.6 answers beyond numpy_random.json. Run: python more_numpy.py > numpy_more.json"""
import hashlib
import json

import numpy as np

FNV_BASIS, FNV_PRIME = 0x6C62272E07BB014262B821756295C58D, (1 << 88) + 0x13B
PATHS = [[["rollout"]], [["rollout", 0]], [["rollout", 1]], [["trial", 3], ["rollout", 5, -1]], [["größe", 1 << 40]]]


def hexes(values):
    return [np.float64(v).view(np.uint64).item().__format__("016x") for v in values]


def digest(values):
    return hashlib.sha256(np.asarray(values, dtype="<f8").tobytes()).hexdigest()


def state(rng):
    s = rng.bit_generator.state
    return [str(s["state"]["state"]), str(s["state"]["inc"]), s["has_uint32"], s["uinteger"]]


def key(path):
    words = []
    for name, *index in path:
        h = FNV_BASIS
        for byte in name.encode():
            h = (h ^ byte) * FNV_PRIME % (1 << 128)
        words += [h >> s & 0xFFFFFFFF for s in (0, 32, 64, 96)] + [len(index)]
        for i in index:
            words += [i & 0xFFFFFFFF, i >> 32 & 0xFFFFFFFF]
    return words


def case(seed):
    def rng():
        return np.random.Generator(np.random.PCG64(np.random.SeedSequence(seed)))

    c = {"seed": str(seed)}
    for lo, hi in [(0, 1 << 32), (0, (1 << 31) + 1), (-1 << 63, 1), (-1 << 63, (1 << 63) - 1), (7, 8), (0, (1 << 32) - 1)]:
        c[f"integers({lo},{hi})"] = [str(v) for v in rng().integers(lo, hi, 16)]
    for lo, hi in [(-100, 100), (-128, 128), (0, 2), (5, 6), (-1, 2)]:
        c[f"int8({lo},{hi})"] = rng().integers(lo, hi, 21, dtype=np.int8).tolist()
    for lo, hi in [(-30000, 30000), (-32768, 32768), (0, 40), (5, 6)]:
        c[f"int16({lo},{hi})"] = rng().integers(lo, hi, 21, dtype=np.int16).tolist()
    c["bool"] = [int(v) for v in rng().integers(0, 2, 70, dtype=bool)]
    for n, size in [(10, 4), (5, 5), (7, 0), (12000, 12), (12000, 240), (12000, 241), (12000, 12000)]:
        g = rng()
        chosen = g.choice(n, size, replace=False)
        c[f"distinct({n},{size})"] = [chosen[:20].tolist(), int(np.dot(chosen, np.arange(size))), state(g)]
    p = [0.1, 0.0, 0.4, 0.2, 0.3]
    c["distinct(p,4)"] = [rng().choice(5, 4, replace=False, p=p).tolist(), rng().choice(5, 2, replace=False, p=p).tolist()]
    c["repeated(p,12)"] = rng().choice(5, 12, p=p).tolist()
    c["repeated(9,12)"] = rng().choice(9, 12).tolist()
    letters = list("abcdefgh")
    rng().shuffle(letters)
    c["shuffled letters"] = "".join(letters)
    c["bytes(11)"] = rng().bytes(11).hex()
    c["normal(3,0.5)"] = hexes(rng().normal(3, 0.5, 8))
    c["exponential"] = hexes(rng().standard_exponential(8))
    for p in [0.05, 1e-9, 0.9, 1.0, 0.4]:
        c[f"geometric({p})"] = [str(v) for v in rng().geometric(p, 12)]
    c["200000 standard_normal"] = digest(rng().standard_normal(200000))
    c["200000 standard_exponential"] = digest(rng().standard_exponential(200000))
    g = rng()
    g.random(dtype=np.float32), g.standard_normal(), g.integers(0, 6)
    c["state after a float, a normal and a die"] = state(g)
    g.random(dtype=np.float32)
    c["state after one more float"] = state(g)
    root = np.random.SeedSequence(seed)
    children = root.spawn(2) + root.spawn(2)
    grandchild = children[3].spawn(2)[1]
    c["generate_state(9)"] = root.generate_state(9).tolist()
    c["generate_state(5,uint64)"] = [str(v) for v in root.generate_state(5, np.uint64)]
    c["spawned"] = [s.generate_state(4).tolist() for s in children + [grandchild]]
    if seed < 1 << 63:
        named = [np.random.SeedSequence(seed, spawn_key=key(path)) for path in PATHS]
        c["named streams"] = [
            {"path": path, "random": hexes(np.random.default_rng(s).random(3)),
             "seed": str(s.generate_state(1, np.uint64)[0] >> np.uint64(1))}
            for path, s in zip(PATHS, named)
        ]
    return c


cases = [case(seed) for seed in (0, 1, 42, 1 << 32, (1 << 63) - 1, (1 << 128) - 1, int("1234567890" * 6))]
print(json.dumps({"numpy": np.__version__, "cases": cases}, ensure_ascii=False).replace(', "', ',\n"'))
