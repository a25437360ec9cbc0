package org.rltune.envs;

/**
 * One way in which an action in a state may turn out.
 *
 * @param probability of this outcome, given state and action
 * @param state the state it leads to
 * @param reward what it earns
 * @param terminated whether the episode ends with it
 */
public record Outcome(double probability, int state, double reward, boolean terminated) {}
