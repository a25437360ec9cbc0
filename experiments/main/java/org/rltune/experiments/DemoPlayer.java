package org.rltune.experiments;

import java.util.List;
import org.rltune.env.Env;
import org.rltune.env.Envs;
import org.rltune.env.TransformingWrapper;
import org.rltune.envs.Outcome;
import org.rltune.envs.TabularEnv;
import org.rltune.envs.box2d.LanderPilot;
import org.rltune.envs.box2d.WalkerGait;
import org.rltune.random.Pcg64;
import org.rltune.space.Discrete;

/** Chooses actions for pictures: at random, or by a simple rule that shows what a task is about. */
interface DemoPlayer {
    /** The action after this observation. */
    Object act(Object observation);

    /** Draws every action from the space. */
    static DemoPlayer random(Env<Object, Object> env, long seed) {
        Pcg64 random = new Pcg64(seed);
        return observation -> env.actionSpace().sample(random);
    }

    /** A rule for this environment. */
    static DemoPlayer skilled(String id, Env<Object, Object> env) {
        return switch (Envs.spec(id).name()) {
            case "CartPole" -> seen -> at(seen, 0) + at(seen, 1) + 12 * at(seen, 2) + 4 * at(seen, 3) > 0 ? 1 : 0;
            case "MountainCar" -> seen -> at(seen, 1) < 0 ? 0 : 2;
            case "MountainCarContinuous" -> seen -> new float[] {at(seen, 1) < 0 ? -1 : 1};
            case "Pendulum" -> seen -> new float[] {swingUp(at(seen, 0), at(seen, 1), at(seen, 2))};
            case "Acrobot" -> seen -> at(seen, 5) < 0 ? 0 : 2;
            case "Catch" -> DemoPlayer::underTheBall;
            case "Blackjack" -> seen -> (Integer) ((List<?>) seen).get(0) < 17 ? 1 : 0;
            case "LunarLander", "LunarLanderContinuous" -> lander(env);
            case "BipedalWalker" -> walker(new WalkerGait());
            case "TMaze" -> turnWhereTheSignSaid();
            default -> tabular(id, env);
        };
    }

    private static DemoPlayer lander(Env<Object, Object> env) {
        boolean discrete = (Object) env.actionSpace() instanceof Discrete;
        return seen -> discrete ? (Object) LanderPilot.engine((float[]) seen) : LanderPilot.throttle((float[]) seen);
    }

    private static DemoPlayer walker(WalkerGait gait) {
        return seen -> gait.torques((float[]) seen);
    }

    /** Keeps the paddle, whose middle it finds in the last row of the image, below the ball, the brightest pixel. */
    private static Object underTheBall(Object observation) {
        byte[] image = (byte[]) observation;
        int size = (int) Math.round(Math.sqrt(image.length));
        int ball = 0;
        int left = -1;
        for (int i = 0; i < image.length; i++) {
            boolean bottom = i >= image.length - size;
            ball = image[i] == (byte) 255 ? i % size : ball;
            left = bottom && left < 0 && image[i] != 0 && image[i] != (byte) 255 ? i % size : left;
        }
        return 1 + Integer.signum(ball - (left + 1));
    }

    /** The only one that needs memory: the middle bit is missing in the corridor, and the two others at the junction. */
    private static DemoPlayer turnWhereTheSignSaid() {
        boolean[] up = {false};
        return seen -> {
            if (at(seen, 1) == 0) {
                return 1;
            }
            boolean junction = at(seen, 0) + at(seen, 2) == 0;
            up[0] = junction ? up[0] : at(seen, 2) == 1;
            return !junction ? 1 : up[0] ? 0 : 2;
        };
    }

    private static double at(Object observation, int index) {
        return ((float[]) observation)[index];
    }

    /** Adds energy while it hangs, and holds it near the top; within the limits of the motor. */
    private static float swingUp(double cos, double sin, double velocity) {
        double torque = cos > 0.85 ? -20 * sin - 4 * velocity : 2 * Math.signum(velocity);
        return (float) Math.min(Math.max(torque, -2), 2);
    }

    private static DemoPlayer tabular(String id, Env<Object, Object> env) {
        Env<?, ?> innermost = env instanceof TransformingWrapper<?, ?, ?, ?> wrapper ? wrapper.unwrapped() : env;
        if (!(innermost instanceof TabularEnv table)) {
            throw new IllegalArgumentException(
                    "There is no skilled player for " + id + ". Choose --player random, or train a policy.");
        }
        int[] best = bestActions(table);
        return state -> best[(Integer) state];
    }

    /** The best action of each state, by value iteration (Bellman, 1957) with a discount of 0.999. */
    private static int[] bestActions(TabularEnv env) {
        int states = ((Discrete) env.observationSpace()).n();
        int actions = ((Discrete) env.actionSpace()).n();
        double[] value = new double[states];
        int[] best = new int[states];
        double change = 1;
        while (change > 1e-9) {
            change = 0;
            for (int s = 0; s < states; s++) {
                double most = Double.NEGATIVE_INFINITY;
                for (int a = 0; a < actions; a++) {
                    double worth = 0;
                    for (Outcome outcome : env.outcomes(s, a)) {
                        double rest = outcome.terminated() ? 0 : 0.999 * value[outcome.state()];
                        worth += outcome.probability() * (outcome.reward() + rest);
                    }
                    if (worth > most) {
                        most = worth;
                        best[s] = a;
                    }
                }
                change = Math.max(change, Math.abs(most - value[s]));
                value[s] = most;
            }
        }
        return best;
    }
}
