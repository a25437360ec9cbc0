package org.rltune.tune.file;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rltune.tune.Scheduler;
import org.rltune.tune.schedule.AshaBuilder;
import org.rltune.tune.schedule.AshaScheduler;
import org.rltune.tune.schedule.FifoScheduler;
import org.rltune.tune.schedule.HyperBandBuilder;
import org.rltune.tune.schedule.HyperBandScheduler;
import org.rltune.tune.schedule.MedianStoppingBuilder;
import org.rltune.tune.schedule.MedianStoppingRule;
import org.rltune.tune.schedule.Pb2;
import org.rltune.tune.schedule.Pb2Builder;
import org.rltune.tune.schedule.PbtBuilder;
import org.rltune.tune.schedule.PopulationBasedTraining;
import org.rltune.tune.schedule.PopulationBasedTrainingReplay;
import org.rltune.tune.schedule.PopulationBuilder;
import org.rltune.tune.schedule.SchedulerBuilder;
import org.rltune.tune.space.Domain;
import org.rltune.tune.space.SearchSpace;

/** The schedulers that a file can name. A setting that is left out has the default of the builder. */
final class Schedulers {
    /** The forms of ASHA: a trial that is not promoted ends, or waits. */
    private static final String PROMOTION = "promotion";

    private static final List<String> FORMS = List.of("stopping", PROMOTION);

    static final List<Kind<Scheduler>> TABLE = List.of(
            Kind.of("AshaScheduler", asha(), Schedulers::ashaForm, AshaBuilder::build),
            Kind.of("HyperBandScheduler", hyperBand(), node -> HyperBandScheduler.builder(), HyperBandBuilder::build),
            Kind.of("HyperBandForBOHB", hyperBand(), node -> HyperBandScheduler.forBohb(), HyperBandBuilder::build),
            Kind.of("MedianStoppingRule", median(), node -> MedianStoppingRule.builder(), MedianStoppingBuilder::build),
            Kind.of("PopulationBasedTraining", pbt(), node -> PopulationBasedTraining.builder(), PbtBuilder::build),
            Kind.of("Pb2", pb2(), node -> Pb2.builder(), Pb2Builder::build),
            Kind.of(
                    "PopulationBasedTrainingReplay",
                    new Settings<Replay>().text("policy_file", (replay, file) -> replay.policyFile = file),
                    node -> new Replay(),
                    Replay::build),
            Kind.of("FifoScheduler", new Settings<FifoScheduler>(), node -> new FifoScheduler(), fifo -> fifo));

    private Schedulers() {}

    /** The one setting of a replay. */
    private static final class Replay {
        private @Nullable String policyFile;

        private PopulationBasedTrainingReplay build() {
            if (policyFile == null) {
                throw new IllegalArgumentException(
                        "A replay needs a policy_file. Give the pbt_policy_<trial>.txt of a run.");
            }
            return PopulationBasedTrainingReplay.fromPolicyFile(Path.of(policyFile));
        }
    }

    private static <B extends SchedulerBuilder<B>> Settings<B> shared() {
        return new Settings<B>()
                .text("time_attr", (b, value) -> b.timeAttr(value))
                .text("metric", (b, value) -> b.metric(value))
                .add("mode", "max or min", (b, node) -> b.mode(node.mode()));
    }

    private static AshaBuilder ashaForm(Node node) {
        Node form = node.isObject() ? node.parts().get("form") : null;
        if (form == null) {
            return AshaScheduler.stopping();
        }
        if (!FORMS.contains(form.text())) {
            throw form.error("is '" + form.text() + "', but it must be one of " + String.join(", ", FORMS) + ".");
        }
        return form.text().equals(PROMOTION) ? AshaScheduler.promotion() : AshaScheduler.stopping();
    }

    private static Settings<AshaBuilder> asha() {
        return Schedulers.<AshaBuilder>shared()
                .add("form", "stopping or promotion", (b, node) -> {}) // read before, by ashaForm
                .large("grace_period", AshaBuilder::gracePeriod)
                .large("max_t", AshaBuilder::maxT)
                .whole("reduction_factor", AshaBuilder::reductionFactor)
                .whole("brackets", AshaBuilder::brackets)
                .flag("stop_last_trials", AshaBuilder::stopLastTrials);
    }

    private static Settings<HyperBandBuilder> hyperBand() {
        return Schedulers.<HyperBandBuilder>shared()
                .large("grace_period", HyperBandBuilder::gracePeriod)
                .large("max_t", HyperBandBuilder::maxT)
                .whole("reduction_factor", HyperBandBuilder::reductionFactor)
                .flag("stop_last_trials", HyperBandBuilder::stopLastTrials)
                .flag("smallest_first", HyperBandBuilder::smallestFirst);
    }

    private static Settings<MedianStoppingBuilder> median() {
        return Schedulers.<MedianStoppingBuilder>shared()
                .real("grace_period", MedianStoppingBuilder::gracePeriod)
                .whole("min_samples_required", MedianStoppingBuilder::minSamplesRequired)
                .real("interval_steps", MedianStoppingBuilder::intervalSteps)
                .flag("hard_stop", MedianStoppingBuilder::hardStop);
    }

    private static <B extends PopulationBuilder<B>> Settings<B> population() {
        return Schedulers.<B>shared()
                .real("perturbation_interval", (b, value) -> b.perturbationInterval(value))
                .real("burn_in_period", (b, value) -> b.burnInPeriod(value))
                .real("quantile_fraction", (b, value) -> b.quantileFraction(value))
                .flag("synch", (b, value) -> b.synch(value))
                .whole("score_window", (b, value) -> b.scoreWindow(value))
                .add("exploit", ExploitRules.TYPE, (b, node) -> b.exploit(ExploitRules.read(node)))
                .real("resample_probability", Schedulers::resample);
    }

    private static void resample(PopulationBuilder<?> builder, double probability) {
        if (builder instanceof PbtBuilder pbt) {
            pbt.resampleProbability(probability);
        } else if (builder instanceof Pb2Builder pb2) {
            pb2.resampleProbability(probability);
        }
    }

    private static Settings<PbtBuilder> pbt() {
        return Schedulers.<PbtBuilder>population()
                .add(
                        "hyperparam_mutations",
                        "name: domain or list of options",
                        (b, node) -> b.hyperparamMutations(domains(node)))
                .add(
                        "perturbation_factors",
                        "list of numbers",
                        (b, node) -> b.perturbationFactors(
                                node.elements().stream().mapToDouble(Node::real).toArray()))
                .real("mutation_probability", PbtBuilder::mutationProbability);
    }

    private static Settings<Pb2Builder> pb2() {
        return Schedulers.<Pb2Builder>population()
                .add(
                        "hyperparam_bounds",
                        "name: domain or [lower, upper]",
                        (b, node) -> b.hyperparamBounds(domains(node)));
    }

    /** Returns domains, and whatever else stands there as it is: the builders judge it. */
    private static Map<String, Object> domains(Node node) {
        Map<String, Object> domains = new LinkedHashMap<>();
        node.parts().forEach((name, part) -> {
            Map<String, Domain> declared = part.at(() -> SearchSpace.ofConfig(Map.of(name, part.value())))
                    .domains();
            Domain domain = declared.get(name);
            domains.put(name, domain == null ? part.value() : domain);
        });
        return domains;
    }
}
