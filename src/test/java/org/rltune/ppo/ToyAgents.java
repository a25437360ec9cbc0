package org.rltune.ppo;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rltune.env.Env;
import org.rltune.env.MultiAgentEnv;
import org.rltune.env.MultiAgentEnvSpec;
import org.rltune.env.MultiAgentEnvs;
import org.rltune.env.MultiAgentReset;
import org.rltune.env.MultiAgentStep;
import org.rltune.env.SeededMultiAgentEnv;
import org.rltune.env.StepResult;
import org.rltune.space.Box;
import org.rltune.space.Discrete;
import org.rltune.space.Space;

/** Small tasks for several agents: a lone walker, a race to a number in turns, and two kinds of agents at once. */
public final class ToyAgents {
    static final String LONE = "Lone-v0";
    public static final String RACE = "Race-v0";
    public static final String MIXED = "Mixed-v0";

    private ToyAgents() {}

    public static void register() {
        MultiAgentEnvs.replace(MultiAgentEnvSpec.of(LONE, context -> new Lone(ToyEnvs.walk(context.get("goal", 0.0))))
                .withMaxEpisodeSteps(20));
        MultiAgentEnvs.replace(MultiAgentEnvSpec.of(RACE, context -> new Race()).withMaxEpisodeSteps(9));
        MultiAgentEnvs.replace(
                MultiAgentEnvSpec.of(MIXED, context -> new Mixed()).withMaxEpisodeSteps(12));
    }

    public static void unregister() {
        List.of(LONE, RACE, MIXED).forEach(MultiAgentEnvs::unregister);
    }

    /** An environment with one agent, as one with several of which there is one. */
    static final class Lone implements MultiAgentEnv {
        private static final String WALKER = "walker";
        private final Env<float[], Integer> env;

        Lone(Env<float[], Integer> env) {
            this.env = env;
        }

        @Override
        public List<String> possibleAgents() {
            return List.of(WALKER);
        }

        @Override
        public Space<?> observationSpace(String agent) {
            return env.observationSpace();
        }

        @Override
        public Space<?> actionSpace(String agent) {
            return env.actionSpace();
        }

        @Override
        public MultiAgentReset reset(@Nullable Long seed, Map<String, Object> options) {
            return new MultiAgentReset(Map.of(WALKER, env.reset(seed, options).observation()));
        }

        @Override
        public MultiAgentStep step(Map<String, Object> actions) {
            StepResult<float[]> result = env.step((Integer) actions.get(WALKER));
            return new MultiAgentStep(
                    Map.of(WALKER, result.observation()),
                    Map.of(WALKER, result.reward()),
                    result.terminated() ? Set.of(WALKER) : Set.of(),
                    result.truncated() ? Set.of(WALKER) : Set.of());
        }
    }

    /**
     * Two players in turns add 1 or 2; who comes to 10 wins. Each move costs its player 0.1 and gives the other 0.01. The
     * second player begins every other episode, as the seed says, and the number begins between 0 and 4.
     */
    static final class Race extends SeededMultiAgentEnv {
        private static final List<String> PLAYERS = List.of("first", "second");
        private int sum;
        private int turn;

        @Override
        public List<String> possibleAgents() {
            return PLAYERS;
        }

        @Override
        public Space<?> observationSpace(String agent) {
            return Box.of(0f, 20f, 1);
        }

        @Override
        public Space<?> actionSpace(String agent) {
            return Discrete.of(2);
        }

        @Override
        protected MultiAgentReset start(Map<String, Object> options) {
            sum = random().nextInt(5);
            turn = random().nextInt(2);
            return new MultiAgentReset(seen());
        }

        private Map<String, Object> seen() {
            return Map.of(PLAYERS.get(turn), new float[] {sum});
        }

        @Override
        public Optional<Object> observe(String agent) {
            return Optional.of(new float[] {sum});
        }

        @Override
        public MultiAgentStep step(Map<String, Object> actions) {
            if (!actions.keySet().equals(Set.of(PLAYERS.get(turn)))) {
                throw new IllegalArgumentException("it is the turn of " + PLAYERS.get(turn) + ", not of " + actions);
            }
            sum += 1 + (Integer) actions.get(PLAYERS.get(turn));
            boolean won = sum >= 10;
            Map<String, Double> rewards = new LinkedHashMap<>();
            rewards.put(PLAYERS.get(turn), won ? 0.9 : -0.1);
            rewards.put(PLAYERS.get(1 - turn), won ? -0.99 : 0.01);
            turn = 1 - turn;
            return won
                    ? new MultiAgentStep(Map.of(), rewards, Set.of(ALL), Set.of())
                    : new MultiAgentStep(seen(), rewards);
        }
    }

    /** A runner with a direction to choose, and a drifter that steers; the runner ends after 3 to 6 steps, the drifter never. */
    static final class Mixed extends SeededMultiAgentEnv {
        private int left;
        private float place;

        @Override
        public List<String> possibleAgents() {
            return List.of("runner", "drifter");
        }

        @Override
        public Space<?> observationSpace(String agent) {
            return agent.equals("runner") ? Box.of(-50f, 50f, 2) : Box.of(-50f, 50f, 1);
        }

        @Override
        public Space<?> actionSpace(String agent) {
            return agent.equals("runner") ? Discrete.of(3) : Box.of(-1f, 1f, 1);
        }

        @Override
        protected MultiAgentReset start(Map<String, Object> options) {
            left = 3 + random().nextInt(4);
            place = (float) random().uniform(-2, 2);
            return new MultiAgentReset(Map.of("runner", new float[] {place, left}, "drifter", new float[] {place}));
        }

        @Override
        public MultiAgentStep step(Map<String, Object> actions) {
            Map<String, Object> seen = new LinkedHashMap<>();
            Map<String, Double> rewards = new LinkedHashMap<>();
            Set<String> ended = new LinkedHashSet<>();
            if (left > 0) {
                left--;
                rewards.put("runner", ((Integer) actions.get("runner")) - Math.abs((double) place));
                if (left == 0) {
                    ended.add("runner");
                } else {
                    seen.put("runner", new float[] {place, left});
                }
            }
            place += ((float[]) actions.get("drifter"))[0];
            rewards.put("drifter", -Math.abs((double) place));
            seen.put("drifter", new float[] {place});
            return new MultiAgentStep(seen, rewards, ended, Set.of());
        }
    }
}
