package org.rltune.ppo;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.rltune.check.Check;
import org.rltune.env.EnvSpec;
import org.rltune.env.Envs;
import org.rltune.env.SeededEnv;
import org.rltune.env.StepResult;
import org.rltune.space.Box;
import org.rltune.space.Discrete;

/**
 * A walk on a line that tells infos: the start with the reset; the place, the goal and whether it is reached with a step. The
 * goal is at 3; it is a task from 1 to 20.
 */
final class InfoWalk extends SeededEnv<float[], Integer> {
    static final String ID = "test/InfoWalk-v0";

    private final long failAt;
    private final Map<String, Object> told = new HashMap<>();
    private double nextGoal = 3;
    private double goal = 3;
    private double start;
    private double place;
    private long steps;

    /** @param failAt the step of its life at which it throws, counted from 1; 0 for never */
    private InfoWalk(long failAt) {
        super(Box.of(-30f, 30f, 1), Discrete.of(2));
        this.failAt = failAt;
    }

    static void register() {
        Envs.replace(EnvSpec.of(ID, context -> new InfoWalk(context.vectorIndex() == 0 ? context.get("fail_at", 0) : 0))
                .withMaxEpisodeSteps(12));
    }

    static void unregister() {
        Envs.unregister(ID);
    }

    @Override
    public Optional<Object> task() {
        return Optional.of(nextGoal);
    }

    @Override
    public void setTask(Object task) {
        nextGoal = Check.inClosed("the goal", ((Number) task).doubleValue(), 1, 20);
    }

    @Override
    protected float[] start(Map<String, Object> options) {
        start = random().uniform(-2, 2);
        goal = nextGoal;
        place = start;
        return new float[] {(float) place};
    }

    @Override
    protected Map<String, Object> startInfo() {
        return Map.of("start", start);
    }

    /** The map of infos is one and the same, as an environment may have it. */
    @Override
    public StepResult<float[]> step(Integer action) {
        if (++steps == failAt) {
            throw new IllegalStateException("the floor gave way");
        }
        place += action == 0 ? -1 : 1;
        boolean reached = place >= goal;
        told.put("place", place);
        told.put("success", reached);
        told.put("goal", goal);
        told.put("name", "walk");
        return new StepResult<>(new float[] {(float) place}, place - start, reached, false, told);
    }
}
