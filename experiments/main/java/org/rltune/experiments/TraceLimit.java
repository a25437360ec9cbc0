package org.rltune.experiments;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How exactly an environment must repeat a trace; flags and discrete values always must exactly.
 *
 * @param exactShare least share of the rows in scope whose observation agrees bit for bit
 * @param tolerance largest absolute difference of an observation in the other rows in scope
 * @param rewardTolerance largest relative difference of a reward, as long as the observations of its episode agreed bit
 *     for bit
 * @param scope which rows of an episode count
 */
record TraceLimit(double exactShare, double tolerance, double rewardTolerance, Scope scope) {
    private static final double REWARD_TOLERANCE = 1e-9;

    /** The limit for every environment that the table does not name: 99.9 % bit for bit, the rest within 1e-6. */
    static final TraceLimit USUAL = new TraceLimit(0.999, 1e-6, row -> true);

    /**
     * In contact with the ground from the start. Gymnasium's walker keeps its Box2D world over resets, and the order in
     * which that world then solves contacts depends on all episodes before; ours begins anew. What that does to an episode
     * that merely goes on is reported, not judged.
     */
    private static final TraceLimit WALKER = new TraceLimit(0, 1e-3, row -> row.seeded() && row.step() <= 20);

    /**
     * Bit for bit in flight. The last row of an episode that ends inside the picture is a crash, with or without a leg: a
     * contact as well, and of contacts the bits are not those of Gymnasium's Box2D: a fast body is stopped at a time of
     * impact whose last bits differ ({@code OrderedWorld}).
     */
    private static final TraceLimit LANDER = new TraceLimit(1, 0, row -> {
        float[] values = (float[]) row.observation();
        boolean touches = values[6] == 1 || values[7] == 1;
        return !touches && !(row.ended() && Math.abs(values[0]) < 1);
    });

    // Environments whose dynamics amplify a last bit, by name without version: a row for each comes with its port.
    private static final Map<String, TraceLimit> BY_NAME = new LinkedHashMap<>();

    static {
        BY_NAME.put("LunarLander", LANDER);
        BY_NAME.put("LunarLanderContinuous", LANDER);
        BY_NAME.put("BipedalWalker", WALKER);
        BY_NAME.put("BipedalWalkerHardcore", WALKER);
    }

    /** A limit with the usual tolerance of rewards. */
    private TraceLimit(double exactShare, double tolerance, Scope scope) {
        this(exactShare, tolerance, REWARD_TOLERANCE, scope);
    }

    /** Which rows count: from the first row of an episode for which this is false, the rest is reported only. */
    @FunctionalInterface
    interface Scope {
        boolean holds(Place row);
    }

    /**
     * A row of an episode.
     *
     * @param step 0 for the reset
     * @param seeded whether the episode began with a seed
     * @param ended whether the recorded episode ends here
     * @param observation the recorded one
     */
    record Place(int step, boolean seeded, boolean ended, Object observation) {}

    /** The limit of the environment with this name, without namespace and version. */
    static TraceLimit of(String name) {
        return BY_NAME.getOrDefault(name, USUAL);
    }

    /** The same scope, but every observation and reward in it bit for bit. */
    TraceLimit exact() {
        return new TraceLimit(1, 0, 0, scope);
    }
}
