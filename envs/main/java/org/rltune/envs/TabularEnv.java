package org.rltune.envs;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.rltune.env.RenderMode;
import org.rltune.env.StateFields;
import org.rltune.env.StepResult;
import org.rltune.random.Pcg64;
import org.rltune.space.Discrete;

/**
 * An environment with few states whose rules are a table: the observation is the number of the state.
 *
 * <p>As in Gymnasium, reset and step tell the probability of what happened as {@code prob} in their info. The whole table
 * can be asked for ({@link #outcomes}), as Gymnasium's {@code P}: with it, value iteration finds the best policy.
 */
public abstract class TabularEnv extends DrawnEnv<Integer, Integer> {
    private static final int FRAMES_PER_SECOND = 4;

    private final String[] actionNames;
    private final List<List<Outcome>> table; // [state * actions + action]
    private final double[] starts; // running sum of the probability of each first state

    int state;
    int lastAction = -1; // none yet in this episode

    /**
     * An environment with this table.
     *
     * @param actionNames what each action does, in a word
     * @param table outcomes at the index {@code state * actions + action}
     * @param startProbabilities of each state to be the first one
     */
    TabularEnv(List<String> actionNames, List<List<Outcome>> table, double[] startProbabilities) {
        super(Discrete.of(startProbabilities.length), Discrete.of(actionNames.size()), FRAMES_PER_SECOND);
        this.actionNames = actionNames.toArray(new String[0]);
        this.table = List.copyOf(table);
        this.starts = new double[startProbabilities.length];
        double sum = 0;
        for (int s = 0; s < starts.length; s++) {
            sum += startProbabilities[s];
            starts[s] = sum;
        }
    }

    /** In which ways an action in a state may turn out; the probabilities sum to 1. */
    public final List<Outcome> outcomes(int state, int action) {
        Actions.index(getClass().getSimpleName(), action, actionNames);
        if (state < 0 || state >= starts.length) {
            throw new IllegalArgumentException(getClass().getSimpleName() + ": state " + state
                    + " must be a number from 0 to " + (starts.length - 1));
        }
        return table.get(state * actionNames.length + action);
    }

    @Override
    Integer begin(Map<String, Object> options) {
        Options.allowOnly(options);
        double u = random().nextDouble();
        state = 0;
        while (state < starts.length - 1 && !(starts[state] > u)) {
            state++;
        }
        lastAction = -1;
        return state;
    }

    @Override
    protected Map<String, Object> startInfo() {
        return info(1);
    }

    @Override
    public final StepResult<Integer> step(Integer action) {
        List<Outcome> outcomes = outcomes(state, action);
        Outcome outcome = outcomes.get(sample(outcomes, random()));
        lastAction = action;
        state = arrive(outcome);
        return new StepResult<>(state, outcome.reward(), outcome.terminated(), false, info(outcome.probability()));
    }

    /** The state after a step; another one than the outcome's where there is more to it than the table says. */
    int arrive(Outcome outcome) {
        return outcome.state();
    }

    /** The info of a reset or step that had this probability. */
    Map<String, Object> info(double probability) {
        return Map.of("prob", probability);
    }

    /** As Gymnasium's: the first whose running sum exceeds a number from [0, 1), the first of all if none does. */
    private static int sample(List<Outcome> outcomes, Pcg64 random) {
        double u = random.nextDouble();
        double sum = 0;
        for (int i = 0; i < outcomes.size(); i++) {
            sum += outcomes.get(i).probability();
            if (sum > u) {
                return i;
            }
        }
        return 0;
    }

    /** The name of the last action, empty where there is none. */
    final String lastActionName() {
        return lastAction < 0 ? "" : actionNames[lastAction];
    }

    @Override
    void keep(StateFields fields) {
        state = fields.keep(state);
        lastAction = fields.keep(lastAction);
    }

    @Override
    public final Set<RenderMode> renderModes() {
        return Set.of(RenderMode.RGB_ARRAY, RenderMode.ANSI);
    }

    @Override
    public final String renderText() {
        requireBegun();
        return text();
    }

    /** The lines of {@link #renderText}. */
    abstract String text();
}
