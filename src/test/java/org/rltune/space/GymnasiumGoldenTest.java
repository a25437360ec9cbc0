package org.rltune.space;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rltune.json.Json;
import org.rltune.random.Pcg64;

/** The samples that Gymnasium 1.3.0 gave after {@code space.seed(seed)}, bit for bit. */
final class GymnasiumGoldenTest {
    private static final float INF = Float.POSITIVE_INFINITY;
    private static final Box UNIT = Box.of(-1, 1, 2);
    private static final Map<String, Space<?>> SPACES = spaces();

    private static Map<String, Space<?>> spaces() {
        Map<String, Space<?>> spaces = new LinkedHashMap<>();
        spaces.put("Discrete(5)", Discrete.of(5));
        spaces.put("Discrete(5,start=-2)", Discrete.of(5, -2));
        spaces.put("Box(-1,1,(3,))", Box.of(-1, 1, 3));
        spaces.put("Box(low=[0,-5],high=[2,7])", Box.of(new float[] {0, -5}, new float[] {2, 7}));
        spaces.put("Box(-inf,inf,(4,))", Box.of(-INF, INF, 4));
        spaces.put("Box(0,inf,(4,))", Box.of(0, INF, 4));
        spaces.put("Box(-inf,0,(4,))", Box.of(-INF, 0, 4));
        spaces.put("Box(0,255,(2,3),uint8)", ArrayBox.uint8(0, 255, 2, 3));
        spaces.put("Box(-3,9,(4,),int64)", ArrayBox.int64(-3, 9, 4));
        spaces.put("Box(-1,1,(2,),float64)", ArrayBox.float64(-1, 1, 2));
        spaces.put("MultiDiscrete([3,4,5])", MultiDiscrete.of(3, 4, 5));
        spaces.put("MultiBinary(6)", MultiBinary.of(6));
        spaces.put("MultiBinary((2,3))", MultiBinary.of(2, 3));
        spaces.put("Tuple(Discrete(3),Box(-1,1,(2,)))", Tuple.of(Discrete.of(3), UNIT));
        spaces.put("Dict(a=Discrete(3),b=Box(-1,1,(2,)))", Dict.of("a", Discrete.of(3), "b", UNIT));
        spaces.put("Sequence(Discrete(3))", Sequence.of(Discrete.of(3)));
        spaces.put("OneOf(Discrete(3),Box(-1,1,(2,)))", OneOf.of(Discrete.of(3), UNIT));
        return spaces;
    }

    @Test
    void samplesAsGymnasiumDoes() {
        int compared = 0;
        for (Map<String, Object> golden : Recorded.cases("space_samples.json")) {
            Space<?> space = SPACES.get((String) golden.get("space"));
            if ("Text(8)".equals(golden.get("space"))) {
                continue;
            }
            assertThat(space).as("%s", golden.get("space")).isNotNull();
            SpaceSampler<?> sampler = space.sampler(Json.asLong(golden.get("seed"), "seed"));
            Mask mask = Recorded.mask(golden.get("mask"), "mask");
            for (Object expected : Json.asList(golden.get("samples"), "samples")) {
                Object sample = sampler.sample(mask);
                assertThat(Json.write(Recorded.encode(space, sample)))
                        .as("%s", golden)
                        .isEqualTo(Json.write(renamed(expected)));
                compared++;
            }
        }
        assertThat(compared).isEqualTo((17 + 1) * 3 * 8);
    }

    /** The file gives an array's shape beside its numbers, and names its type in short. */
    private static Object renamed(Object expected) {
        if (expected instanceof List<?> list) {
            return list.stream().map(GymnasiumGoldenTest::renamed).toList();
        }
        if (!(expected instanceof Map<?, ?> map)) {
            return expected;
        }
        Map<String, Object> renamed = new LinkedHashMap<>();
        map.forEach((key, value) -> {
            if (!"shape".equals(key)) {
                renamed.put(((String) key).replaceFirst("^f(?=\\d)", "float"), renamed(value));
            }
        });
        return renamed;
    }

    /**
     * Gymnasium's default characters are a set, whose order changes from run to run. So one order must explain all samples
     * of the recording: where we draw the same character, so does Gymnasium, and where not, not.
     */
    @Test
    void drawsTheSameTextsUpToTheOrderOfTheSet() {
        Text space = Text.of(8);
        Map<Integer, Integer> theirs = new HashMap<>();
        Map<Integer, Integer> ours = new HashMap<>();
        int characters = 0;
        for (Map<String, Object> golden : Recorded.cases("space_samples.json")) {
            if (!"Text(8)".equals(golden.get("space"))) {
                continue;
            }
            SpaceSampler<String> sampler = space.sampler(Json.asLong(golden.get("seed"), "seed"));
            for (Object expected : Json.asList(golden.get("samples"), "samples")) {
                String text = sampler.sample();
                assertThat(text).hasSameSizeAs((String) expected);
                for (int i = 0; i < text.length(); i++) {
                    int mine = text.charAt(i);
                    int other = ((String) expected).charAt(i);
                    assertThat(theirs.merge(mine, other, (old, now) -> old)).isEqualTo(other);
                    assertThat(ours.merge(other, mine, (old, now) -> old)).isEqualTo(mine);
                    characters++;
                }
            }
        }
        assertThat(characters).isGreaterThan(100);
    }

    @Test
    void drawsMixedBoundsInTheOrderOfGymnasium() {
        List<Map<String, Object>> cases = Recorded.cases("mixed_boxes.json");
        assertThat(cases).hasSize(9);
        for (Map<String, Object> golden : cases) {
            int[] shape = Shapes.fromJson(golden.get("shape"), "shape");
            Box box = Box.of(floats(golden.get("low")), floats(golden.get("high")), shape);
            Pcg64 random = new Pcg64(Json.asLong(golden.get("seed"), "seed"));
            for (Object expected : Json.asList(golden.get("samples"), "samples")) {
                assertThat(Recorded.hex(box.sample(random))).as("%s", golden).isEqualTo(expected);
            }
        }
    }

    private static float[] floats(Object list) {
        List<Object> values = Json.asList(list, "bounds");
        float[] floats = new float[values.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) Json.asDouble(values.get(i), "bound");
        }
        return floats;
    }
}
