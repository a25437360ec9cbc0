package org.rltune.experiments.bench;

import java.util.Arrays;
import org.rltune.env.Env;
import org.rltune.env.FlatActions;
import org.rltune.env.StepResult;
import org.rltune.env.VectorEnv;
import org.rltune.env.VectorReset;
import org.rltune.env.VectorStep;
import org.rltune.random.Pcg64;

/** Steps environments with random actions that were drawn before, again and again. */
interface RandomSteps extends AutoCloseable {
    /** Number of environment steps between two looks at the clock, at least. */
    int BETWEEN_LOOKS = 8192;

    /** Takes about {@link #BETWEEN_LOOKS} environment steps and returns how many. */
    int run();

    /** Environment steps per second over that time. */
    default double perSecond(double seconds) {
        long start = System.nanoTime();
        long steps = 0;
        double elapsed;
        do {
            steps += run();
            elapsed = (System.nanoTime() - start) / 1e9;
        } while (elapsed < seconds);
        return steps / elapsed;
    }

    @Override
    void close();

    /** One environment, reset when its episode ends. */
    final class Single implements RandomSteps {
        private static final int ACTIONS = 1024;

        private final Env<Object, Object> env;
        private final Object[] actions = new Object[ACTIONS];

        @SuppressWarnings("unchecked") // the actions come from its own space
        Single(Env<?, ?> env) {
            this.env = (Env<Object, Object>) env;
            Pcg64 random = new Pcg64(1);
            Arrays.setAll(actions, i -> this.env.actionSpace().sample(random));
            env.reset(1);
        }

        @Override
        public int run() {
            for (int i = 0; i < BETWEEN_LOOKS; i++) {
                StepResult<Object> result = env.step(actions[i & (ACTIONS - 1)]);
                if (result.terminated() || result.truncated()) {
                    env.reset();
                }
            }
            return BETWEEN_LOOKS;
        }

        @Override
        public void close() {
            env.close();
        }
    }

    /** Many environments. */
    final class Vector implements RandomSteps {
        private static final int ROWS = 61; // an odd number: no environment repeats a short series of actions

        private final VectorEnv env;
        private final VectorStep out;
        private final float[][] actions;
        private int row;

        Vector(VectorEnv env) {
            this.env = env;
            out = env.newStep();
            FlatActions code = FlatActions.of(env.actionSpace());
            Pcg64 random = new Pcg64(1);
            actions = new float[ROWS][env.numEnvs() * code.size()];
            for (float[] step : actions) {
                for (int e = 0; e < env.numEnvs(); e++) {
                    code.encode(env.actionSpace().sample(random), step, e * code.size());
                }
            }
            env.reset(VectorReset.seed(1), out);
        }

        @Override
        public int run() {
            int steps = 0;
            while (steps < BETWEEN_LOOKS) {
                env.step(actions[row], out);
                row = row + 1 < ROWS ? row + 1 : 0;
                steps += env.numEnvs();
            }
            return steps;
        }

        @Override
        public void close() {
            env.close();
        }
    }
}
