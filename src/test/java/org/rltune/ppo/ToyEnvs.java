package org.rltune.ppo;

import java.util.Map;
import org.rltune.env.Env;
import org.rltune.env.EnvSpec;
import org.rltune.env.Envs;
import org.rltune.env.SeededEnv;
import org.rltune.env.StepResult;
import org.rltune.space.ArrayBox;
import org.rltune.space.Box;
import org.rltune.space.Discrete;
import org.rltune.space.Space;

/** Tasks that are learned in a second: walking to a goal with discrete steps, steering to it, and telling where a spot is. */
final class ToyEnvs {
    static final String WALK = "Walk-v0";
    static final String STEER = "Steer-v0";
    static final String SPOT = "Spot-v0";

    private ToyEnvs() {}

    static void register() {
        Envs.replace(
                EnvSpec.of(WALK, context -> new Walk(context.get("goal", 0.0))).withMaxEpisodeSteps(20));
        Envs.replace(EnvSpec.of(STEER, context -> new Steer()).withMaxEpisodeSteps(20));
        Envs.replace(EnvSpec.of(SPOT, context -> new Spot()).withMaxEpisodeSteps(20));
    }

    static Env<float[], Integer> walk(double goal) {
        return new Walk(goal);
    }

    static void unregister() {
        Envs.unregister(WALK);
        Envs.unregister(STEER);
        Envs.unregister(SPOT);
    }

    /** A place on a line; each step left or right earns more the nearer the goal is. */
    private static final class Walk extends SeededEnv<float[], Integer> {
        private final double goal;
        private double place;

        Walk(double goal) {
            this.goal = goal;
        }

        @Override
        public Space<float[]> observationSpace() {
            return Box.of(-30f, 30f, 1);
        }

        @Override
        public Space<Integer> actionSpace() {
            return Discrete.of(2);
        }

        @Override
        protected float[] start(Map<String, Object> options) {
            place = random().uniform(-5, 5);
            return new float[] {(float) place};
        }

        @Override
        public StepResult<float[]> step(Integer action) {
            place += action == 0 ? -1 : 1;
            boolean lost = Math.abs(place) > 8;
            return new StepResult<>(new float[] {(float) place}, 8 - Math.abs(place - goal), lost, false, Map.of());
        }
    }

    /** As {@link Walk}, with a bounded continuous step. */
    private static final class Steer extends SeededEnv<float[], float[]> {
        private double place;

        @Override
        public Space<float[]> observationSpace() {
            return Box.of(-60f, 60f, 1);
        }

        @Override
        public Space<float[]> actionSpace() {
            return Box.of(-2f, 2f, 1);
        }

        @Override
        protected float[] start(Map<String, Object> options) {
            place = random().uniform(-5, 5);
            return new float[] {(float) place};
        }

        @Override
        public StepResult<float[]> step(float[] action) {
            place += action[0];
            return new StepResult<>(new float[] {(float) place}, -Math.abs(place), false, false, Map.of());
        }
    }

    /** A spot of light on an image, at another place in each step; saying in which third of its width it is earns 1. */
    private static final class Spot extends SeededEnv<byte[], Integer> {
        private static final int HEIGHT = 5;
        private static final int WIDTH = 6;
        private int column;

        @Override
        public Space<byte[]> observationSpace() {
            return ArrayBox.uint8(0, 255, HEIGHT, WIDTH, 1);
        }

        @Override
        public Space<Integer> actionSpace() {
            return Discrete.of(3);
        }

        @Override
        protected byte[] start(Map<String, Object> options) {
            return image();
        }

        private byte[] image() {
            byte[] image = new byte[HEIGHT * WIDTH];
            column = random().nextInt(WIDTH);
            image[random().nextInt(HEIGHT) * WIDTH + column] = (byte) 255;
            return image;
        }

        @Override
        public StepResult<byte[]> step(Integer action) {
            double reward = action == column / 2 ? 1 : 0;
            return new StepResult<>(image(), reward, false, false, Map.of());
        }
    }
}
