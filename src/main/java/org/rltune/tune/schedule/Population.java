package org.rltune.tune.schedule;

import org.rltune.random.Seeds;
import org.rltune.tune.Mode;

/**
 * A population at a perturbation point.
 *
 * @param ranking its living members, ordered
 * @param mode whether larger or smaller is better
 * @param metric the metric's name
 * @param seeds the experiment's random streams
 * @param point how many perturbation points there were before
 * @param age up to which own time scores count; infinity for all that were seen
 */
record Population(Ranking ranking, Mode mode, String metric, Seeds seeds, int point, double age) {
    /** Returns by how much the donor's score is better than the target's; both must have one. */
    double lead(Member donor, Member target) {
        return mode.signed(donor.score.orElseThrow()) - mode.signed(target.score.orElseThrow());
    }
}
