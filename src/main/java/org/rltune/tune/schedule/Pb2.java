package org.rltune.tune.schedule;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.rltune.random.Pcg64;
import org.rltune.tune.gp.Nd4jCheck;
import org.rltune.tune.space.Domain;
import org.rltune.tune.space.HyperParams;
import org.rltune.tune.space.SearchSpace;
import org.rltune.tune.space.UnitScale;

/**
 * Population based bandits, PB2 (Parker-Holder et al. 2020, arXiv:2002.02518), with the names of Ray Tune.
 *
 * <p>Who copies whom is as in {@link PopulationBasedTraining}. What the copy goes on with is chosen by a Gaussian process
 * that has seen under which hyperparameters, when and from which score on, scores have grown how fast, in all trials: the
 * point with the largest upper bound of the growth that is believed, where trials under way count as looked at already.
 * ({@link Pb2Model} has the formulas.) It works in the domains' own scales: logarithms, whole numbers, steps. Values that
 * have no scale, such as those of a {@code choice}, and those that exist only beside certain values of others are kept from
 * the donor or drawn anew.
 *
 * <p>Needs ND4J on the class path, an optional dependency. Results repeat their bits on one machine only.
 */
public final class Pb2 extends PopulationScheduler {
    private final Pb2Builder settings;
    private @Nullable Pb2Model model;
    private @Nullable ExploreSpace space;

    Pb2(Pb2Builder settings) {
        super(settings);
        this.settings = settings;
    }

    /** Returns a builder with the defaults. */
    public static Pb2Builder builder() {
        return new Pb2Builder();
    }

    /** Returns {@code hyperparamBounds}, or all domains of the space where none were given. */
    @Override
    public Map<String, Domain> mutations(SearchSpace space) {
        return settings.bounds == null ? space.domains() : settings.bounds;
    }

    @Override
    public List<String> exceptionsToReproducibility() {
        return List.of(
                "Pb2 chooses hyperparameters by a Gaussian process on ND4J, which repeats its bits on one machine"
                        + " only");
    }

    @Override
    void start(SearchSpace space, Setup begun) {
        Map<String, Domain> explored = mutations(space);
        Map<String, UnitScale> scales = new LinkedHashMap<>();
        explored.forEach((name, domain) -> {
            if (domain instanceof UnitScale scale && !space.conditions().containsKey(name)) {
                scales.put(name, scale);
            }
        });
        if (scales.isEmpty()) {
            throw new IllegalArgumentException("Pb2 has nothing to model: none of " + explored.keySet()
                    + " is a number that every trial has. Declare one, such as .put(\"lr\", loguniform(1e-5, 1e-3)), or"
                    + " use PopulationBasedTraining.");
        }
        Nd4jCheck.require("Pb2");
        this.space = new ExploreSpace(space, explored, settings.custom);
        this.model = new Pb2Model(scales, begun.mode(), settings.interval);
    }

    @Override
    void observe(Member member) {
        begun(model).observe(member);
    }

    @Override
    void gone(Member member) {
        begun(model).gone(member);
    }

    @Override
    ExploreSpace.Explored explore(Member target, Member donor, int point) {
        ExploreSpace around = begun(space);
        HyperParams donorConfig = donor.view.config();
        Map<String, String> how = new LinkedHashMap<>();
        HyperParams proposed = donorConfig;
        Pcg64 random = seeds().stream("pb2.candidates", target.view.number(), point);
        Function<String, Pcg64> streams = name -> seeds().stream("pb2.resample/" + name, target.view.number(), point);
        Pb2Model.Proposal proposal = begun(model).propose(target, donor, random);
        for (Map.Entry<String, Domain> entry : around.mutations().entrySet()) {
            String name = entry.getKey();
            Domain domain = entry.getValue();
            Object value = proposal.values().get(name);
            if (around.isConditional(name) && !donorConfig.contains(name)) {
                continue; // drawn below, if an option brings it
            }
            if (value != null) {
                proposed = proposed.with(name, value);
                how.put(name, proposal.how());
            } else if (domain instanceof Domain.SampleFrom) {
                how.put(name, "resample");
            } else {
                Pcg64 own = streams.apply(name);
                boolean resample =
                        own.nextDouble() < settings.resampleProbability || !domain.contains(donorConfig.get(name));
                proposed = resample ? proposed.with(name, domain.sample(own, donorConfig)) : proposed;
                how.put(name, resample ? "resample" : "kept");
            }
        }
        ExploreSpace.Explored explored = around.finish(donorConfig, proposed, how, streams);
        begun(model).copied(target, donor, explored.values());
        return explored;
    }

    @Override
    public Map<String, Object> save() {
        Map<String, Object> state = super.save();
        state.put("model", begun(model).save());
        return state;
    }

    @Override
    public void restore(Map<String, Object> state) {
        super.restore(state);
        begun(model).restore(state.get("model"));
    }
}
