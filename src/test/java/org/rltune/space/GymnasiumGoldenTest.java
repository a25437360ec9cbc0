package org.rltune.space;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.rltune.json.Json;
import org.rltune.random.Pcg64;

/** The samples that Gymnasium 1.3.0 gave after {@code space.seed(seed)}, bit for bit. */
final class GymnasiumGoldenTest {
    private static final float INF = Float.POSITIVE_INFINITY;
    private static final Map<String, Space<?>> SPACES = Map.of(
            "Discrete(5)", Discrete.of(5),
            "Discrete(5,start=-2)", Discrete.of(5, -2),
            "Box(-1,1,(3,))", Box.of(-1, 1, 3),
            "Box(low=[0,-5],high=[2,7])", Box.of(new float[] {0, -5}, new float[] {2, 7}),
            "Box(-inf,inf,(4,))", Box.of(-INF, INF, 4),
            "Box(0,inf,(4,))", Box.of(0, INF, 4),
            "Box(-inf,0,(4,))", Box.of(-INF, 0, 4));

    /** Recorded too, but of types that the library does not have yet. */
    private static final List<String> NOT_YET = List.of(
            "Box(0,255,(2,3),uint8)",
            "Box(-3,9,(4,),int64)",
            "Box(-1,1,(2,),float64)",
            "MultiDiscrete",
            "MultiBinary",
            "Text",
            "Tuple",
            "Dict",
            "Sequence",
            "OneOf");

    @Test
    void samplesAsGymnasiumDoes() throws IOException {
        int compared = 0;
        for (Map<String, Object> golden : cases("space_samples.json")) {
            String name = (String) Objects.requireNonNull(golden.get("space"));
            if (golden.containsKey("mask") || NOT_YET.stream().anyMatch(name::startsWith)) {
                continue;
            }
            Space<?> space = SPACES.get(name);
            assertThat(space)
                    .as("%s must be compared or named as missing", name)
                    .isNotNull();
            Pcg64 random = new Pcg64(Json.asLong(golden.get("seed"), "seed"));
            for (Object expected : Json.asList(golden.get("samples"), "samples")) {
                Object bits = expected instanceof Map<?, ?> map ? map.get("f32") : expected;
                assertThat(text(space.sample(random))).as("%s", golden).isEqualTo(Json.write(bits));
                compared++;
            }
        }
        assertThat(compared).isEqualTo(7 * 3 * 8);
    }

    @Test
    void drawsMixedBoundsInTheOrderOfGymnasium() throws IOException {
        List<Map<String, Object>> cases = cases("mixed_boxes.json");
        assertThat(cases).hasSize(9);
        for (Map<String, Object> golden : cases) {
            int[] shape = Json.asList(golden.get("shape"), "shape").stream()
                    .mapToInt(dim -> Json.asInt(dim, "dim"))
                    .toArray();
            Box box = Box.of(floats(golden.get("low")), floats(golden.get("high")), shape);
            Pcg64 random = new Pcg64(Json.asLong(golden.get("seed"), "seed"));
            for (Object expected : Json.asList(golden.get("samples"), "samples")) {
                assertThat(text(box.sample(random))).as("%s", golden).isEqualTo(Json.write(expected));
            }
        }
    }

    private static String text(Object sample) {
        if (!(sample instanceof float[] floats)) {
            return Json.write(sample);
        }
        List<String> bits = new ArrayList<>();
        for (float value : floats) {
            bits.add(String.format(Locale.ROOT, "%08x", Float.floatToRawIntBits(value)));
        }
        return Json.write(bits);
    }

    private static float[] floats(@Nullable Object list) {
        List<Object> values = Json.asList(list, "bounds");
        float[] floats = new float[values.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) Json.asDouble(values.get(i), "bound");
        }
        return floats;
    }

    private static List<Map<String, Object>> cases(String resource) throws IOException {
        try (InputStream in = GymnasiumGoldenTest.class.getResourceAsStream(resource)) {
            String text = new String(Objects.requireNonNull(in, resource).readAllBytes(), StandardCharsets.UTF_8);
            Map<String, Object> file = Json.asObject(Json.parse(text, resource), resource);
            return Json.asList(file.get("cases"), "cases").stream()
                    .map(entry -> Json.asObject(entry, "case"))
                    .toList();
        }
    }
}
