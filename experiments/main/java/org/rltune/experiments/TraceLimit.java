package org.rltune.experiments;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How exactly an environment must repeat a trace; flags and discrete values always must exactly.
 *
 * @param exactShare least share of the rows in scope whose observation agrees bit for bit
 * @param tolerance largest absolute difference of an observation in the other rows in scope
 * @param scope which rows of an episode count
 */
record TraceLimit(double exactShare, double tolerance, Scope scope) {
    /** Largest relative difference of a reward, as long as the observations of its episode agreed bit for bit. */
    static final double REWARD_TOLERANCE = 1e-9;

    /** The limit for every environment that the table does not name: 99.9 % bit for bit, the rest within 1e-6. */
    static final TraceLimit USUAL = new TraceLimit(0.999, 1e-6, (step, observation) -> true);

    /** In contact with the ground from the start, whose solver amplifies a last bit. */
    private static final TraceLimit WALKER = new TraceLimit(0, 1e-3, (step, observation) -> step <= 20);

    /** In contact with the ground Box2D's solver amplifies a last bit; values 6 and 7 say which leg touches it. */
    private static final TraceLimit LANDER = new TraceLimit(
            1, 0, (step, observation) -> ((float[]) observation)[6] == 0 && ((float[]) observation)[7] == 0);

    // Environments whose dynamics amplify a last bit, by name without version: a row for each comes with its port.
    private static final Map<String, TraceLimit> BY_NAME = new LinkedHashMap<>();

    static {
        BY_NAME.put("LunarLander", LANDER);
        BY_NAME.put("LunarLanderContinuous", LANDER);
        BY_NAME.put("BipedalWalker", WALKER);
        BY_NAME.put("BipedalWalkerHardcore", WALKER);
    }

    /** Which rows count: from the first row of an episode for which this is false, the rest is reported only. */
    @FunctionalInterface
    interface Scope {
        boolean holds(int step, Object recordedObservation);
    }

    /** The limit of the environment with this name, without namespace and version. */
    static TraceLimit of(String name) {
        return BY_NAME.getOrDefault(name, USUAL);
    }

    /** The same scope, but every row in it bit for bit. */
    TraceLimit exact() {
        return new TraceLimit(1, 0, scope);
    }
}
