package org.rltune.tune;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.rltune.tune.space.Constraint;
import org.rltune.tune.space.Domain;
import org.rltune.tune.space.SearchSpace;

/**
 * Settings that fit together: what a {@link RunConfig}, a trainable, a scheduler and a searcher come to.
 *
 * @param totalTrials how many trials the searcher makes of {@code numSamples} at most
 * @param space what trials are sampled from
 * @param mutated the space with the domains within which the scheduler may change values while a trial runs
 * @param states when trials are saved so that a resumed run need not train again
 * @param resumed whether an earlier session of the run has made the folder
 * @param metric empty if none was given, which only schedulers that compare nothing accept
 */
record RunSettings(
        String name,
        Path folder,
        TrainableSpec spec,
        Scheduler scheduler,
        Searcher searcher,
        int numSamples,
        int totalTrials,
        String metric,
        Mode mode,
        CheckpointPolicy checkpoints,
        List<StopRule> stopRules,
        SearchSpace space,
        SearchSpace mutated,
        long seed,
        int threads,
        int maxConcurrentTrials,
        Resources resources,
        FailurePolicy failures,
        StatePolicy states,
        boolean resumed) {
    static final String MIN_PREFIX = "min-";

    static String withoutPrefix(String scoreAttr) {
        return scoreAttr.startsWith(MIN_PREFIX) ? scoreAttr.substring(MIN_PREFIX.length()) : scoreAttr;
    }

    /** Checks all that can be checked before anything starts; touches no file. */
    static RunSettings of(TrainableSpec spec, RunConfig config, Scheduler scheduler, Searcher searcher) {
        if (config.stopRules().isEmpty() && !spec.endsItself()) {
            throw new IllegalArgumentException(
                    "There is no stop rule, so the run would go on for ever. Maybe stop(\"training_iteration\", 50)?");
        }
        config.resources().check(config.threads());
        config.failures();
        searcher.checkScheduler(scheduler);
        String metric = agreed("metric", config.metric(), scheduler.metric(), searcher.metric(), "");
        Mode mode = agreed("mode", config.mode(), scheduler.mode(), searcher.mode(), Mode.MAX);
        if (metric.isEmpty() && (scheduler.needsMetric() || searcher.needsMetric())) {
            String who = scheduler.needsMetric()
                    ? "scheduler " + scheduler.getClass().getSimpleName()
                    : "searcher " + searcher.getClass().getSimpleName();
            throw new IllegalArgumentException(
                    "The " + who + " compares trials, but no metric is set. Maybe metric(\"episode_reward_mean\")?");
        }
        SearchSpace space = spec.complete(config.space());
        for (Constraint constraint : spec.constraints()) {
            space = space.constraint(constraint);
        }
        space = searcher.extend(scheduler.extend(space));
        SearchSpace mutated = space;
        for (Map.Entry<String, Domain> mutation : scheduler.mutations(space).entrySet()) {
            refuseFixed(spec, mutation.getKey());
            mutated = mutated.with(mutation.getKey(), mutation.getValue());
        }
        spec.check(space);
        if (mutated != space) {
            spec.check(mutated);
        }
        String givenName = config.name();
        String name = givenName == null ? RunNames.timed(spec.name()) : givenName;
        ResumedRun resumed = config.resumedRun();
        Path folder = resumed == null ? config.storagePath().resolve(name) : resumed.folder();
        if (resumed == null) {
            refuseExisting(folder, name);
        }
        Integer given = config.maxConcurrentTrials();
        return new RunSettings(
                name,
                folder,
                spec,
                scheduler,
                searcher,
                config.numSamples(),
                searcher.totalTrials(space, config.numSamples()),
                metric,
                mode,
                config.checkpoints(),
                config.stopRules().stream().map(rule -> rule.bind(metric, mode)).toList(),
                space,
                mutated,
                config.seed(),
                config.threads(),
                given != null
                        ? given
                        : Math.min(searcher.defaultConcurrentTrials(), scheduler.defaultConcurrentTrials()),
                config.resources(),
                config.failures(),
                config.states(),
                resumed != null);
    }

    private static void refuseFixed(TrainableSpec spec, String name) {
        String whole = name.indexOf('/') < 0 ? name : name.substring(0, name.indexOf('/'));
        if (spec.fixed().contains(name) || spec.fixed().contains(whole)) {
            throw new IllegalArgumentException("The scheduler would mutate " + name + ", but " + spec.name()
                    + " cannot change it between two iterations. Make it a constant, name the mutated ones by"
                    + " hyperparamMutations(...), or use a scheduler that does not mutate.");
        }
    }

    private static <T> T agreed(
            String what, @Nullable T run, Optional<T> scheduler, Optional<T> searcher, T otherwise) {
        Map<String, T> said = new LinkedHashMap<>();
        if (run != null) {
            said.put("for the run", run);
        }
        scheduler.ifPresent(value -> said.put("for its scheduler", value));
        searcher.ifPresent(value -> said.put("for its searcher", value));
        if (Set.copyOf(said.values()).size() > 1) {
            String words = said.entrySet().stream()
                    .map(entry -> entry.getValue() + " " + entry.getKey())
                    .collect(Collectors.joining(", but "));
            throw new IllegalArgumentException("The " + what + " is " + words + ". Set it in one place only.");
        }
        return said.isEmpty() ? otherwise : said.values().iterator().next();
    }

    static void refuseExisting(Path folder, String name) {
        if (Files.exists(folder)) {
            throw new IllegalArgumentException("Results named '" + name + "' exist already in "
                    + folder.toAbsolutePath()
                    + ", and they are never overwritten. Choose another name(...), move that"
                    + " folder away, or go on with that run by Tune.resume.");
        }
    }

    /** Returns the column by which the best checkpoint is chosen, with its mode: the metric where none was set. */
    CheckpointPolicy ranking() {
        return checkpoints.scoreAttr().isEmpty()
                ? new CheckpointPolicy(checkpoints.freq(), checkpoints.atEnd(), checkpoints.keep(), metric, mode)
                : checkpoints;
    }

    /** Returns why results of this run could differ between two runs; empty as it should be. */
    List<String> exceptions() {
        List<String> exceptions = new ArrayList<>();
        stopRules.forEach(rule -> exceptions.addAll(rule.exceptions()));
        if (isClock(metric)) {
            exceptions.add("the metric " + metric + " depends on the clock");
        }
        exceptions.addAll(spec.exceptionsToReproducibility(space));
        exceptions.addAll(scheduler.exceptionsToReproducibility());
        exceptions.addAll(searcher.exceptionsToReproducibility());
        return List.copyOf(exceptions);
    }

    /** Returns what of the settings is allowed and yet probably not meant. */
    List<String> warnings() {
        return stopRules.stream()
                .filter(rule -> mode == Mode.MIN
                        && rule instanceof StopByKey byKey
                        && byKey.atLeast()
                        && byKey.key().equals(metric))
                .map(rule ->
                        "The stop rule " + rule + " ends trials whose " + metric + " is large, but smaller is better."
                                + " To stop at a good value, use StopRule.target(\"" + metric + "\", ...).")
                .toList();
    }

    private static boolean isClock(String column) {
        return ResultColumns.isVolatile(column);
    }
}
