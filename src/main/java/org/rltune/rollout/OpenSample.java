package org.rltune.rollout;

/**
 * A sample whose agent has not seen anything since it acted.
 *
 * @param policy number of the policy that acted
 * @param slot number of the trajectory: environment over all workers times agents, plus agent
 * @param reward sum of the agent's rewards since
 * @param numbers observation, action, inputs of the distribution, log-probability, value
 */
public record OpenSample(int policy, int slot, double reward, float[] numbers) {}
