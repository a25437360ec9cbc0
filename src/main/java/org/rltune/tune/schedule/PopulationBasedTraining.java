package org.rltune.tune.schedule;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rltune.tune.space.Domain;
import org.rltune.tune.space.SearchSpace;

/**
 * Population based training (Jaderberg et al. 2017, arXiv:1711.09846), with the names of Ray Tune.
 *
 * <p>At each perturbation point all living trials wait for each other and are ranked by their last score. A trial of the
 * bottom quantile copies the checkpoint and the hyperparameters of a random one of the top quantile, if that one is
 * strictly better, and explores: each hyperparameter is drawn anew or moved by a factor. The others go on unchanged.
 * (In the words of evolutionary algorithms, exploit is truncation selection and explore is mutation.) Other rules of who
 * copies whom: {@link ExploitRule}. The tuner's {@code Slice} puts the explored values in force.
 *
 * <p>The first point is at {@code max(perturbationInterval, burnInPeriod)} of the trials' own time, each further one an
 * interval later, or where the furthest trial stands if that is more. Time is always the trial's own: it does not jump
 * when another trial is copied.
 *
 * <p>In the asynchronous form ({@code synch(false)}) no trial waits. One that comes to its own next point is ranked among
 * the others by what each of them had scored at the same own time, or last before it: a young trial is never compared
 * with the later scores of an old one. It copies a donor's newest checkpoint. Decisions still come in a computed order, so
 * they repeat for the same {@code max_concurrent_trials}.
 */
public final class PopulationBasedTraining extends PopulationScheduler {
    private final PbtBuilder settings;
    private @Nullable Explorer explorer;

    PopulationBasedTraining(PbtBuilder settings) {
        super(settings);
        this.settings = settings;
    }

    /** Returns a builder with the defaults. */
    public static PbtBuilder builder() {
        return new PbtBuilder();
    }

    /** Returns {@code hyperparamMutations}, or all domains of the space where none were given. */
    @Override
    public Map<String, Domain> mutations(SearchSpace space) {
        return settings.mutations == null ? space.domains() : settings.mutations;
    }

    @Override
    void start(SearchSpace space, Setup begun) {
        Map<String, Domain> mutations = mutations(space);
        if (mutations.isEmpty() && settings.custom == null) {
            throw new IllegalArgumentException(
                    "PopulationBasedTraining has nothing to explore: there is no domain in the"
                            + " search space, no hyperparamMutations and no customExploreFn. Maybe"
                            + " .put(\"lr\", loguniform(1e-5, 1e-3)) in the config?");
        }
        explorer = new Explorer(
                new ExploreSpace(space, mutations, settings.custom),
                settings.resampleProbability,
                settings.factors,
                settings.mutationProbability);
    }

    @Override
    ExploreSpace.Explored explore(Member target, Member donor, int point) {
        return begun(explorer).explore(donor.view.config(), seeds(), target.view.number(), point);
    }
}
