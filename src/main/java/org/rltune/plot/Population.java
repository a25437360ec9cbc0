package org.rltune.plot;

import java.util.List;

/**
 * What a picture of reward curves shows.
 *
 * @param title the experiment's name
 * @param metric the name on the y axis
 * @param curves one for each trial, over its own training iterations
 * @param best the name of the curve that is emphasised, or an empty string
 * @param exploits where trials copied others
 */
record Population(String title, String metric, List<Curve> curves, String best, List<Exploit> exploits) {

    /** A trial copied another after this one of its own iterations. */
    record Exploit(String trial, int iteration) {}
}
