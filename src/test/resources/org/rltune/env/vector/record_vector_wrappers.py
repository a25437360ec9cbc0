"""Writes gymnasium_vector_wrappers.json: what the vector wrappers of Gymnasium 1.3.0 answer around environments of formulas.

Needs numpy, opencv-python-headless, pygame and moviepy. Run: python record_vector_wrappers.py gymnasium_vector_wrappers.json
"""
import json
import os
import sys
import tempfile
from types import SimpleNamespace

os.environ["SDL_VIDEODRIVER"] = os.environ["SDL_AUDIODRIVER"] = "dummy"

import cv2
import gymnasium as gym
import numpy as np
from gymnasium import spaces, wrappers as W
from gymnasium.vector import AutoresetMode, SyncVectorEnv
from gymnasium.vector.utils import iterate
from gymnasium.wrappers import vector as V

f32 = np.float32
BOX = spaces.Box(np.array([-1, -5, -1500], f32), np.array([2, 20, 1500], f32))
ACTIONS = spaces.Box(-2, 3, (2,), f32)


class Probe(gym.Env):
    """Observations and rewards are formulas of the episode, counted from a first one, and the step; no draws."""

    def __init__(self, space, formula, length, first, height=6, width=5):
        self.observation_space, self.formula, self.length = space, formula, length
        self.action_space, self.e, self.actions = ACTIONS, first - 1, []
        self.height, self.width = height, width
        self.render_mode, self.metadata = "rgb_array", {"render_modes": ["rgb_array"], "render_fps": 30}

    def reset(self, *, seed=None, options=None):
        super().reset(seed=seed)
        self.e += 1
        self.t = 0
        return self.formula(self.e, self.t), {}

    def step(self, action):
        self.actions.append(np.array(action))
        self.t += 1
        end = self.t >= self.length + self.e % 3
        reward = float(self.e * 0.25 - self.t * 0.5 + 0.1 * (self.t % 3))
        return self.formula(self.e, self.t), reward, bool(end and self.e % 2 == 0), bool(end and self.e % 2 == 1), {}

    def render(self):
        return np.zeros((self.height, self.width, 3), np.uint8)


def vector(e, t):
    return np.array([(t * 37 + e * 11) % 19 / 7 - 1, (t * t - 5 * e) / 16, ((t * 53) % 31 - 15) * 100.0], dtype=f32)


def number(e, t):
    return vector(e, t)[:1] * f32(0.37)


def image(e, t, h=6, w=5):
    return np.array(
        [[[(x * 50 + t * 3 + e) % 256, (y * 40 + 7 * t) % 256, (x * y * 11 + t * t) % 256] for x in range(w)] for y in range(h)],
        dtype=np.uint8,
    )


KINDS = {
    "vectors": (BOX, vector),
    "numbers": (spaces.Box(-1, 1, (1,), f32), number),
    "images": (spaces.Box(0, 255, (6, 5, 3), np.uint8), image),
    "maps": (
        spaces.Dict({"alpha": spaces.Discrete(3), "beta": spaces.Box(0, 255, (6, 5, 3), np.uint8), "zeta": BOX}),
        lambda e, t: {"alpha": t % 3, "beta": image(e, t), "zeta": vector(e, t)},
    ),
    "lists": (spaces.Tuple((BOX, spaces.Discrete(3, start=1))), lambda e, t: (vector(e, t), 1 + t % 3)),
}


def envs(kind="vectors", n=3, mode=AutoresetMode.NEXT_STEP, length=4):
    """Environment i begins with episode i and has episodes of other lengths than its neighbour."""
    return SyncVectorEnv([lambda i=i: Probe(*KINDS[kind], length + i % 4, i) for i in range(n)], autoreset_mode=mode)


def flat(env, observations):
    rows = [spaces.flatten(env.single_observation_space, row) for row in iterate(env.observation_space, observations)]
    return [float(x) for x in np.concatenate([np.asarray(row).ravel() for row in rows])]


def line(env, observations, rewards=None, terminations=None, truncations=None):
    if rewards is None:
        return [flat(env, observations)]
    return [
        flat(env, observations),
        [float(r) for r in rewards],
        [bool(x) for x in terminations],
        [bool(x) for x in truncations],
    ]


def play(env, steps, actions=lambda k, n: np.zeros((n, 2), f32), told=None):
    """Steps; in mode DISABLED what has ended is reset by a mask. told(infos) is put beside each step."""
    mode = env.metadata["autoreset_mode"]
    out = [line(env, env.reset(seed=3)[0])]
    for k in range(steps):
        o, r, te, tr, infos = env.step(actions(k, env.num_envs))
        out.append(line(env, o, r, te, tr))
        if told is not None:
            out[-1].append(told(infos))
        ended = te | tr
        if mode == AutoresetMode.DISABLED and ended.any():
            out.append(line(env, env.reset(options={"reset_mask": ended})[0]))
    return out


def seen(wrap, actions):
    """What reaches the environments of actions (k, environments, ...)."""
    inside = envs(length=1000)
    env = wrap(inside)
    env.reset(seed=3)
    for action in actions:
        env.step(action)
    return [[float(x) for env in inside.envs for x in env.unwrapped.actions[k]] for k in range(len(actions))]


R = {}
R["NormalizeObservation"] = play(V.NormalizeObservation(envs()), 30)
R["NormalizeObservation epsilon 0.5"] = play(V.NormalizeObservation(envs(n=5), 0.5), 12)
R["NormalizeObservation of one"] = play(V.NormalizeObservation(envs(n=1)), 12)
R["NormalizeObservation numbers 5"] = play(V.NormalizeObservation(envs("numbers", 5)), 12)
R["NormalizeObservation numbers 20"] = play(V.NormalizeObservation(envs("numbers", 20)), 12)
R["NormalizeObservation numbers 300"] = play(V.NormalizeObservation(envs("numbers", 300)), 2)
R["NormalizeObservation images"] = play(V.NormalizeObservation(envs("images", 2)), 5)
env = V.NormalizeObservation(envs())
frozen = play(env, 9)
env.update_running_mean = False
R["NormalizeObservation frozen"] = frozen + play(env, 5)
R["NormalizeReward"] = play(V.NormalizeReward(envs()), 40)
R["NormalizeReward gamma 0.5 epsilon 0.1"] = play(V.NormalizeReward(envs(n=9), 0.5, 0.1), 25)
R["NormalizeReward of 150"] = play(V.NormalizeReward(envs("numbers", 150)), 8)
env = V.NormalizeReward(envs())
R["NormalizeReward reset"] = play(env, 12) + play(env, 12)
env = V.NormalizeReward(envs())
frozen = play(env, 9)
env.update_running_mean = False
R["NormalizeReward frozen"] = frozen + play(env, 9)


def statistics(infos):
    if "episode" not in infos:
        return []
    episode = infos["episode"]
    return [[bool(x) for x in infos["_episode"]], [float(x) for x in episode["r"]], [int(x) for x in episode["l"]]]


env = V.RecordEpisodeStatistics(envs(), buffer_length=5)
R["RecordEpisodeStatistics"] = play(env, 25, told=statistics)
R["RecordEpisodeStatistics queues"] = [
    [float(x) for x in env.return_queue],
    [int(x) for x in env.length_queue],
    int(env.episode_count),
]
for mode in (AutoresetMode.NEXT_STEP, AutoresetMode.DISABLED):
    R["ClipReward " + mode.name] = play(V.ClipReward(envs(mode=mode), -1.0, 0.25), 14)
    R["ClipReward above 0.5 " + mode.name] = play(V.ClipReward(envs(mode=mode), 0.5), 14)
    R["TransformReward " + mode.name] = play(V.TransformReward(envs(mode=mode), lambda r: 2 * r + 1), 14)
    R["RescaleObservation " + mode.name] = play(V.RescaleObservation(envs(mode=mode), -1.0, 1.0), 14)
    R["TransformObservation " + mode.name] = play(
        V.TransformObservation(envs(mode=mode), lambda o: o[:, 1:] + 100, single_observation_space=spaces.Box(-9999, 9999, (2,), f32)), 14
    )
    R["FilterObservation " + mode.name] = play(V.FilterObservation(envs("maps", mode=mode), ["zeta", "alpha"]), 9)
    R["VectorizeTransformObservation " + mode.name] = play(
        V.VectorizeTransformObservation(
            envs(mode=mode),
            W.TransformObservation,
            func=lambda o: {"rest": o[1:], "head": o[:1]},
            observation_space=spaces.Dict({"rest": spaces.Box(-9999, 9999, (2,), f32), "head": spaces.Box(-9, 9, (1,), f32)}),
        ),
        9,
    )
    R["VectorizeTransformReward " + mode.name] = play(
        V.VectorizeTransformReward(envs(mode=mode), W.TransformReward, func=lambda r: (r > 0) * r), 9
    )
R["FilterObservation lists"] = play(V.FilterObservation(envs("lists"), [1, 0]), 9)
R["FlattenObservation"] = play(V.FlattenObservation(envs("maps")), 5)
R["FlattenObservation lists"] = play(V.FlattenObservation(envs("lists")), 9)
R["GrayscaleObservation"] = play(V.GrayscaleObservation(envs("images")), 9)
R["ResizeObservation smaller"] = play(V.ResizeObservation(envs("images"), (4, 3)), 6)
R["ResizeObservation larger"] = play(V.ResizeObservation(envs("images"), (7, 9)), 6)
R["ReshapeObservation"] = play(V.ReshapeObservation(envs("images"), (10, 9)), 5)
R["DtypeObservation"] = play(V.DtypeObservation(envs(), np.int32), 9)
G = [[(0, 0), (1, -1), (-1, 1)], [(0.3, 0.7), (-0.123, 0.9999), (5, -7)], [(1 / 3, -1 / 3), (2, 2), (-2, 3)]]
G = [np.array(actions, f32) for actions in G]
R["ClipAction"] = seen(V.ClipAction, G)
R["RescaleAction"] = seen(lambda e: V.RescaleAction(e, -1.0, 1.0), G)
R["TransformAction"] = seen(lambda e: V.TransformAction(e, lambda a: a * f32(0.3)), G)
R["VectorizeTransformAction"] = seen(
    lambda e: V.VectorizeTransformAction(
        e,
        W.TransformAction,
        func=lambda a: np.array([a["left"][0], -a["right"][0]], f32),
        action_space=spaces.Dict({"left": spaces.Box(0, 1, (1,), f32), "right": spaces.Box(0, 1, (1,), f32)}),
    ),
    [{"left": np.array([[k], [1], [0.5]], f32), "right": np.array([[0.25], [1], [k]], f32)} for k in range(2)],
)

# How pictures are put together.
R["RecordVideo tiles"] = []
for n in (1, 2, 3, 5, 6, 12, 16, 24):
    for w, h in ((600, 400), (96, 96), (30, 80)):
        for ratio in ((1, 1), (16, 9), (1, 4)):
            own = SimpleNamespace(video_aspect_ratio=ratio)
            V.RecordVideo._get_concat_frame_shape(own, n, h, w)
            R["RecordVideo tiles"].append([n, w, h, list(ratio), own.frame_cols, own.frame_rows])
R["HumanRendering tiles"] = []
for n in (1, 2, 3, 5, 9, 12):
    for w, h in ((60, 40), (48, 48), (30, 80)):
        for screen in (None, (400, 300), (300, 600)):
            inside = SyncVectorEnv([lambda i=i: Probe(*KINDS["vectors"], 4, i, h, w) for i in range(n)])
            env = V.HumanRendering(inside, screen)
            env.reset()
            R["HumanRendering tiles"].append(
                [n, w, h, list(screen or (w, h)), env.num_cols, env.num_rows, list(env.scaled_subenv_size)]
            )
            env.close()


def videos(mode, **arguments):
    """The names of the files, and how many pictures each was made of."""
    counts = {}

    class Counting(V.RecordVideo):
        def stop_recording(self):
            counts[self._video_name] = len(self.recorded_frames)
            self.recorded_frames = []
            self.recording = False

    with tempfile.TemporaryDirectory() as folder:
        env = Counting(envs(mode=mode), os.path.join(folder, "new"), **arguments)
        play(env, 40)
        env.close()
    return counts


for mode in AutoresetMode:
    R["RecordVideo " + mode.name] = videos(mode, episode_trigger=lambda e: e % 2 == 0)
    R["RecordVideo cubes " + mode.name] = videos(mode)
    R["RecordVideo steps " + mode.name] = videos(mode, step_trigger=lambda k: k % 15 == 3, video_length=6)
    R["RecordVideo both " + mode.name] = videos(mode, episode_trigger=lambda e: e == 1, step_trigger=lambda k: k == 20)
R["origin"] = "gymnasium %s, numpy %s, opencv %s, by record_vector_wrappers.py" % (gym.__version__, np.__version__, cv2.__version__)
with open(sys.argv[1], "w") as file:
    json.dump(R, file, separators=(",", ":"))
