package org.rltune.ppo;

import java.util.Map;

/** Chooses what environments are set to next, after each iteration: a curriculum. RLlib's {@code env_task_fn}. */
@FunctionalInterface
public interface EnvTaskFunction {
    /**
     * Returns the task that episodes begin with from now on; the present one to leave it.
     *
     * <p>It must depend on its arguments alone, so that a resumed run takes the same way.
     *
     * @param result the row of the iteration without times, unmodifiable; before the first episode has ended it has no
     *     {@code episode_reward_mean}
     * @param task the present task: what {@code Env.task()} says at first, later what this returned; numbers are Long or
     *     Double
     */
    Object next(Map<String, Object> result, Object task);
}
