package org.rltune.tune.schedule;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.rltune.random.Pcg64;
import org.rltune.random.Seeds;
import org.rltune.tune.space.Choice;
import org.rltune.tune.space.Domain;
import org.rltune.tune.space.Grid;
import org.rltune.tune.space.HyperParams;

/**
 * The explore step: makes a trial's new hyperparameters from its donor's.
 *
 * <p>Each mutated value is drawn anew with {@code resampleProbability} or else moved by one of the factors, in the scale
 * of its domain; with less than {@code mutationProbability} it stays. {@link ExploreSpace} does the rest. Each name draws
 * from a stream of its own.
 */
final class Explorer {
    private final ExploreSpace space;
    private final double resampleProbability;
    private final double[] factors;
    private final double mutationProbability;

    Explorer(ExploreSpace space, double resampleProbability, double[] factors, double mutationProbability) {
        this.space = space;
        this.resampleProbability = resampleProbability;
        this.factors = factors.clone();
        this.mutationProbability = mutationProbability;
    }

    ExploreSpace.Explored explore(HyperParams donor, Seeds seeds, long trial, long generation) {
        Function<String, Pcg64> streams = name -> seeds.stream("pbt.explore/" + name, trial, generation);
        Map<String, String> how = new LinkedHashMap<>();
        HyperParams moved = donor;
        for (Map.Entry<String, Domain> mutation : space.mutations().entrySet()) {
            String name = mutation.getKey();
            if ((space.isConditional(name) && !donor.contains(name)) || stays(seeds, name, trial, generation)) {
                continue;
            }
            Domain.Move move = move(mutation.getValue(), donor.get(name), donor, streams.apply(name));
            moved = moved.with(name, move.value());
            how.put(name, move.how());
        }
        return space.finish(donor, moved, how, streams);
    }

    private boolean stays(Seeds seeds, String name, long trial, long generation) {
        return mutationProbability < 1
                && seeds.stream("pbt.mutate/" + name, trial, generation).nextDouble() >= mutationProbability;
    }

    private Domain.Move move(Domain domain, Object old, HyperParams donor, Pcg64 random) {
        if (domain instanceof Domain.SampleFrom) {
            return new Domain.Move(old, "resample"); // computed when the others are known
        }
        boolean resample = random.nextDouble() < resampleProbability;
        double factor = factors[(int) random.integers(0, factors.length)];
        // An option that is not in the list has no neighbours.
        boolean isList = domain instanceof Choice || domain instanceof Grid;
        if (resample || (isList && !domain.contains(old))) {
            return new Domain.Move(domain.sample(random, donor), "resample");
        }
        return domain.perturb(old, factor, random);
    }
}
