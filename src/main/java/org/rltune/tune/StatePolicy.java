package org.rltune.tune;

/**
 * When the state of a trial is written to disk so that a resumed run need not train again what it has trained: each in
 * seconds of training since the last state. What takes less is trained again sooner than it is written.
 *
 * @param atOnce at a pause, after the copy of another trial, and when the run is interrupted
 * @param every after any iteration
 */
record StatePolicy(double atOnce, double every) {
    static final StatePolicy DEFAULT = new StatePolicy(1, 30);
}
