package org.rltune.space;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.rltune.json.Json;

/**
 * What Gymnasium 1.3.0 answers for spaces of every kind, as {@code more_spaces.py} recorded it: samples with and without
 * masks, the seeds of parts, flat forms and their boxes.
 */
final class MoreGymnasiumTest {
    @TestFactory
    List<DynamicTest> answersAsGymnasiumDoes() {
        List<Map<String, Object>> cases = Recorded.cases("more_spaces.json");
        assertThat(cases).hasSizeGreaterThan(60);
        return cases.stream()
                .map(golden -> DynamicTest.dynamicTest(
                        golden.get("repr") + " " + golden.getOrDefault("mask", ""), () -> compare(golden)))
                .toList();
    }

    private static void compare(Map<String, Object> golden) {
        Space<?> space = Space.fromJson(Json.asObject(golden.get("space"), "space"));
        assertThat(space.isFlattenable()).isEqualTo(golden.get("flattenable"));
        if (space.isFlattenable()) {
            assertThat((long) space.flatSize()).isEqualTo(golden.get("flatdim"));
            assertThat(Recorded.hex(space.flattened().low())).isEqualTo(golden.get("flat_low"));
            assertThat(Recorded.hex(space.flattened().high())).isEqualTo(golden.get("flat_high"));
        }
        Mask mask = Recorded.mask(golden.get("mask"), golden.getOrDefault("kind", ""));
        for (Object run : Json.asList(golden.get("runs"), "runs")) {
            compare(space, mask, Json.asObject(run, "run"));
        }
    }

    private static <T> void compare(Space<T> space, Mask mask, Map<String, Object> run) {
        SpaceSampler<T> sampler = SpaceSampler.of(space, Recorded.seeds(run.get("seed")));
        assertThat(sampler.seeds()).isEqualTo(Recorded.seeds(run.get("returned")));
        SpaceSampler<T> again = SpaceSampler.of(space, sampler.seeds());
        List<Object> samples = Json.asList(run.get("samples"), "samples");
        for (int i = 0; i < samples.size(); i++) {
            T sample = sampler.sample(mask);
            assertThat(Json.write(Recorded.encode(space, sample)))
                    .as("sample %s of seed %s", i, run.get("seed"))
                    .isEqualTo(Json.write(samples.get(i)));
            assertThat(Values.equal(again.sample(mask), sample)).isTrue();
            assertThat(space.violation(sample)).isNull();
            if (i == 0 && run.containsKey("flat")) {
                assertThat(Recorded.hex(space.flatten(sample))).isEqualTo(run.get("flat"));
            }
        }
    }
}
