package org.rltune.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.rltune.random.Seeds;
import org.rltune.tune.space.HyperParams;

/** What every trainable keeps: it is a function of its context, its hyperparameters and what was restored into it. */
@Timeout(60)
public abstract class TrainableContract {

    /** Returns the kind to test. */
    protected abstract TrainableSpec spec();

    /** Returns hyperparameters to begin with. */
    protected abstract HyperParams config();

    /** Returns others, that the trainable can change to while it runs. */
    protected abstract HyperParams otherConfig();

    private Trainable make(String trialId, long seed, HyperParams config) {
        return spec().create(new TrialContext(trialId, config, Seeds.of(seed)));
    }

    private Trainable make() {
        return make("t00001", 7, config());
    }

    /** Metrics without what the clock says, and the values in force. */
    private static List<Object> next(Trainable trainable) {
        Iteration iteration = trainable.train();
        return List.of(
                new TreeMap<>(ResultColumns.withoutVolatile(iteration.metrics())),
                iteration.inForce().asMap(),
                iteration.last());
    }

    private static List<Object> next(Trainable trainable, int iterations) {
        List<Object> results = new ArrayList<>();
        for (int i = 0; i < iterations; i++) {
            results.add(next(trainable));
        }
        return results;
    }

    private static Map<String, String> hex(Map<String, byte[]> files) {
        Map<String, String> texts = new TreeMap<>();
        files.forEach((name, bytes) -> texts.put(name, java.util.HexFormat.of().formatHex(bytes)));
        return texts;
    }

    @Test
    void givesTheSameResultsForTheSameContext() {
        try (Trainable one = make();
                Trainable two = make();
                Trainable otherSeed = make("t00001", 8, config())) {
            List<Object> first = next(one, 3);
            assertThat(next(two, 3)).isEqualTo(first);
            assertThat(hex(two.save())).isEqualTo(hex(one.save()));
            assertThat(next(otherSeed, 3)).isNotEqualTo(first);
        }
    }

    @Test
    void reportsWhatIsInForce() {
        try (Trainable trainable = make()) {
            config().asMap()
                    .forEach((name, value) ->
                            assertThat(trainable.train().inForce().get(name)).isEqualTo(value));
        }
    }

    @Test
    void goesOnAfterRestoreAsIfNothingHadHappened() {
        for (int before = 0; before <= 2; before++) {
            try (Trainable one = make();
                    Trainable two = make()) {
                next(one, before);
                Map<String, byte[]> files = one.save();
                two.restore(files);
                assertThat(hex(two.save())).as("saved again after %s", before).isEqualTo(hex(files));
                assertThat(next(two, 2)).as("after %s", before).isEqualTo(next(one, 2));
            }
        }
    }

    @Test
    void savingChangesNothing() {
        try (Trainable one = make();
                Trainable two = make()) {
            next(one, 1);
            next(two, 1);
            one.save();
            assertThat(hex(one.save())).isEqualTo(hex(two.save()));
            assertThat(next(one, 1)).isEqualTo(next(two, 1));
        }
    }

    @Test
    void worksOnOneThreadAfterTheOther() throws Exception {
        try (Trainable one = make();
                Trainable two = make()) {
            List<Object> here = next(one, 3);
            List<Object> there = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                there.add(CompletableFuture.supplyAsync(() -> next(two)).get());
            }
            assertThat(there).isEqualTo(here);
        }
    }

    @Test
    void adoptsWhatAnotherHasLearnedAndTheOrderedConfig() {
        try (Trainable donor = make("t00000", 7, otherConfig());
                Trainable target = make();
                Trainable again = make()) {
            next(donor, 3);
            next(target, 1);
            next(again, 1);
            Map<String, byte[]> files = donor.save();
            for (Trainable each : List.of(target, again)) {
                each.adopt(files);
                each.configure(otherConfig());
            }
            List<Object> results = next(target, 2);
            assertThat(results).isEqualTo(next(again, 2));
            assertThat(target.train().inForce()).isEqualTo(donor.train().inForce());
        }
    }

    @Test
    void configuringTheSameValuesChangesNothing() {
        try (Trainable one = make();
                Trainable two = make()) {
            next(one, 1);
            next(two, 1);
            one.configure(config());
            assertThat(next(one, 2)).isEqualTo(next(two, 2));
        }
    }

    @Test
    void putsOtherValuesInForceFromTheNextIterationOn() {
        try (Trainable one = make();
                Trainable two = make()) {
            next(one, 1);
            next(two, 1);
            one.configure(otherConfig());
            Iteration changed = one.train();
            otherConfig()
                    .asMap()
                    .forEach((name, value) ->
                            assertThat(changed.inForce().get(name)).as(name).isEqualTo(value));
            assertThat(new TreeMap<>(ResultColumns.withoutVolatile(changed.metrics())))
                    .isNotEqualTo(new TreeMap<>(
                            ResultColumns.withoutVolatile(two.train().metrics())));
        }
    }

    @Test
    void closesAtAnyTimeAndTwice() {
        Trainable fresh = make();
        Trainable used = make();
        next(used, 1);
        assertThatCode(() -> {
                    fresh.close();
                    used.close();
                    used.close();
                })
                .doesNotThrowAnyException();
    }
}
