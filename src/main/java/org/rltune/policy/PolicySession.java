package org.rltune.policy;

import java.util.Arrays;
import org.rltune.random.Pcg64;

/**
 * A policy in the course of one episode: it remembers what a policy with memory (an LSTM) has seen so far. Policies without
 * memory act in a session as they do outside of it, so code that plays episodes need not know the difference.
 *
 * <pre>{@code
 * PolicySession session = policy.session();
 * while (!ended) {
 *     StepResult<Object> result = env.step(session.act(observation));   // once for each step
 *     ...
 * }
 * session.reset();                                                      // before the next episode
 * }</pre>
 *
 * <p>One thread at a time; any number of sessions may go on with one policy.
 */
public final class PolicySession {
    private final Policy policy;
    private final float[] state;

    PolicySession(Policy policy) {
        this.policy = policy;
        this.state = new float[policy.network().stateSize()];
    }

    /** Returns the policy that acts. */
    public Policy policy() {
        return policy;
    }

    /** Forgets the episode; the next observation is the first of another. */
    public void reset() {
        Arrays.fill(state, 0f);
    }

    /**
     * Returns the most probable action, as {@link Policy#act} does, and remembers the observation.
     *
     * @throws IllegalArgumentException as {@link Policy#act}; nothing is remembered then
     */
    public Object act(Object observation) {
        return policy.act(observation, state);
    }

    /** As {@link #act}, from JSON to JSON, see {@link Policy#actJson}. */
    public String actJson(String observation) {
        return policy.actJson(observation, state);
    }

    /** Draws an action from the policy's distribution, as in training; otherwise as {@link #act}. */
    public Object sample(Object observation, Pcg64 random) {
        return policy.sample(observation, random, state);
    }

    /** Returns the value that the critic gives to an observation after those before; it is not remembered. */
    public float value(Object observation) {
        return policy.value(observation, state);
    }

    /** Returns a copy of what is remembered: RLlib's {@code state_out} of the latest action; empty without memory. */
    public float[] state() {
        return state.clone();
    }

    /**
     * Goes on from a state that {@link #state} returned, of this session or another of the same policy.
     *
     * @throws IllegalArgumentException if it has another number of elements
     */
    public void state(float[] remembered) {
        if (remembered.length != state.length) {
            throw new IllegalArgumentException("The state has " + remembered.length + " numbers, but this policy's has "
                    + state.length + ". Give what state() of a session of the same policy returned.");
        }
        System.arraycopy(remembered, 0, state, 0, state.length);
    }
}
