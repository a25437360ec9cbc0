package org.rltune.tune;

import org.rltune.tune.space.HyperParams;

/**
 * From when on a trial used which hyperparameters. A trial's schedule begins with its initial ones and gains an entry
 * with every exploit and every other change.
 *
 * @param iteration the first of the trial's own iterations that ran (or will run) with them, from 1
 * @param lineageIteration the same iteration counted along the lineage of the weights
 * @param config all hyperparameters, constants included
 */
public record ScheduleEntry(int iteration, int lineageIteration, HyperParams config) {}
