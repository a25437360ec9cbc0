package org.rltune.tune;

import org.rltune.tune.space.HyperParams;

/** What a searcher answers when it is asked for the next trial. */
public sealed interface Suggestion {
    /**
     * A trial to make.
     *
     * @param config all hyperparameters, constants included; inside the space, its constraints obeyed
     * @param reason where it comes from, such as {@code "random"} or {@code "TPE: best of 24 candidates"}
     */
    record Next(HyperParams config, String reason) implements Suggestion {}

    /** Nothing now: the searcher wants to see how a trial that is under way ends, and is asked again then. */
    record Wait(String reason) implements Suggestion {}

    /** Nothing more: the searcher has no further trial. */
    record Exhausted(String reason) implements Suggestion {}
}
