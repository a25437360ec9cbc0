package org.rltune.offline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.rltune.env.FlatActions;
import org.rltune.json.Json;

/**
 * Reads a folder of trajectories, in either format; gives back the numbers that were written, with the same bits.
 *
 * <pre>{@code
 * TrajectoryReader reader = TrajectoryReader.open(Path.of("results/cartpole/t00000/trajectories"));
 * reader.fragments().filter(Fragment::ended).forEach(fragment -> ...);
 * }</pre>
 */
public final class TrajectoryReader {
    static final String ENV_TASK = "env_task";
    private static final Pattern NAME =
            Pattern.compile("iteration-([0-9]{8,18})-([0-9]{3,9})\\.(?:json|" + Columns.EPS_ID + "\\.npy)");

    private final Path folder;
    private final TrajectoryInfo info;
    private final List<Column> columns;

    private TrajectoryReader(Path folder, TrajectoryInfo info) {
        this.folder = folder;
        this.info = info;
        this.columns = Columns.of(info);
    }

    /**
     * Opens a folder.
     *
     * @throws UncheckedIOException if its {@code output.json} cannot be read
     * @throws IllegalArgumentException if there is none, or it is damaged or of something else
     */
    public static TrajectoryReader open(Path folder) {
        Path file = folder.resolve(TrajectoryInfo.FILE);
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException(folder + " has no " + TrajectoryInfo.FILE
                    + ": it is no folder of trajectories. Name the one that output named.");
        }
        return new TrajectoryReader(folder, TrajectoryInfo.parse(bytes(file), file.toString()));
    }

    /** Returns what the folder holds. */
    public TrajectoryInfo info() {
        return info;
    }

    /** Returns the iterations that were written completely, in order. */
    public List<Long> iterations() {
        TreeSet<Long> iterations = new TreeSet<>();
        for (Path file : files()) {
            Matcher matcher = NAME.matcher(file.getFileName().toString());
            if (matcher.matches() && Integer.parseInt(matcher.group(2)) == 0) {
                iterations.add(Long.parseLong(matcher.group(1)));
            }
        }
        return List.copyOf(iterations);
    }

    private List<Path> files() {
        try (Stream<Path> list = Files.list(folder)) {
            return list.toList();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + folder + ". Check that it is there and readable.", e);
        }
    }

    /** Returns all fragments, by iteration, environment and step; the files of an iteration are read when it is its turn. */
    public Stream<Fragment> fragments() {
        return iterations().stream().flatMap(iteration -> fragments(iteration).stream());
    }

    /**
     * Returns the fragments of an iteration, by environment and step.
     *
     * @throws IllegalArgumentException if a file is damaged
     */
    public List<Fragment> fragments(long iteration) {
        List<Fragment> fragments = new ArrayList<>();
        for (int part = 0; ; part++) {
            String name = TrajectoryLog.name(iteration, part);
            boolean json = info.format() == OutputFormat.JSON;
            Path file = folder.resolve(name + (json ? ".json" : "." + Columns.EPS_ID + ".npy"));
            if (part > 0 && !Files.exists(file)) {
                return fragments;
            }
            if (json) {
                readLines(file, fragments);
            } else {
                readArrays(name, fragments);
            }
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file + ". Check that it is there and readable.", e);
        }
    }

    private void readLines(Path file, List<Fragment> fragments) {
        String text = new String(bytes(file), StandardCharsets.UTF_8);
        int number = 0;
        for (String line : text.split("\n", -1)) {
            number++;
            if (line.isEmpty() && number > 1) {
                break;
            }
            String source = file + ", line " + number;
            Map<String, @Nullable Object> json = Json.asObject(Json.parse(line, source), source);
            int rows = Json.asList(json.get(Columns.EPS_ID), source + ": " + Columns.EPS_ID)
                    .size();
            Map<String, Object> arrays = new LinkedHashMap<>();
            for (Column column : columns) {
                arrays.put(column.name(), array(column, json.get(column.name()), rows, source + ": " + column.name()));
            }
            Object tasks = json.get(ENV_TASK);
            Object task = tasks == null
                    ? null
                    : Json.asList(tasks, source + ": " + ENV_TASK).get(0);
            fragments.add(assemble(arrays, rows, task, source));
        }
    }

    private static Object array(Column column, @Nullable Object json, int rows, String source) {
        List<?> list = Json.asList(json, source);
        requireLength(list.size(), rows, source);
        int width = column.width();
        Object array = column.type().array(rows * width);
        for (int row = 0; row < rows; row++) {
            if (column.shape().length == 0) {
                set(array, row, list.get(row), source);
            } else {
                List<?> numbers = Json.asList(list.get(row), source);
                requireLength(numbers.size(), width, source);
                for (int j = 0; j < width; j++) {
                    set(array, row * width + j, numbers.get(j), source);
                }
            }
        }
        return array;
    }

    private static void requireLength(int length, int expected, String source) {
        if (length != expected) {
            throw damaged(source, "has " + length + " elements, but must have " + expected);
        }
    }

    private static void set(Object array, int at, @Nullable Object value, String source) {
        if (array instanceof float[] floats) {
            floats[at] = (float) Json.asDouble(value, source);
        } else if (array instanceof double[] doubles) {
            doubles[at] = Json.asDouble(value, source);
        } else if (array instanceof long[] longs) {
            longs[at] = Json.asLong(value, source);
        } else if (value instanceof Boolean flag) {
            ((boolean[]) array)[at] = flag;
        } else {
            throw damaged(source, "has " + Json.shown(value) + ", but must have true or false");
        }
    }

    private void readArrays(String name, List<Fragment> fragments) {
        Map<String, NpyFile> files = new LinkedHashMap<>();
        int rows = -1;
        for (Column column : columns) {
            Path file = folder.resolve(name + "." + column.name() + ".npy");
            NpyFile array = NpyFile.read(bytes(file), file.toString());
            int[] shape = array.shape();
            if (array.type() != column.type()
                    || shape.length == 0
                    || !Arrays.equals(Arrays.copyOfRange(shape, 1, shape.length), column.shape())
                    || (rows >= 0 && shape[0] != rows)) {
                throw damaged(
                        file.toString(),
                        "has the shape " + Arrays.toString(shape) + " of "
                                + array.type().descr() + ", but must have "
                                + (rows < 0 ? "rows" : rows + " rows") + " of the shape "
                                + Arrays.toString(column.shape()) + " of "
                                + column.type().descr());
            }
            rows = shape[0];
            files.put(column.name(), array);
        }
        long[] ids = (long[]) column(files, Columns.EPS_ID).values();
        for (int from = 0; from < rows; ) {
            int to = from + 1;
            while (to < rows && ids[to] == ids[from]) {
                to++;
            }
            Map<String, Object> arrays = new LinkedHashMap<>();
            int begin = from;
            int end = to;
            files.forEach((column, array) -> arrays.put(column, array.rows(begin, end)));
            fragments.add(assemble(arrays, to - from, null, folder.resolve(name) + ", row " + from));
            from = to;
        }
    }

    private static <T> T column(Map<String, T> columns, String name) {
        T column = columns.get(name);
        if (column == null) {
            throw new IllegalStateException("no column " + name);
        }
        return column;
    }

    /** Makes a fragment of its columns, which must say of every row what belongs to all of them. */
    private Fragment assemble(Map<String, Object> arrays, int rows, @Nullable Object task, String source) {
        if (rows < 1) {
            throw damaged(source, "has no row");
        }
        long env = same(arrays, Columns.ENV_ID, source);
        if (env < 0 || env >= info.envs()) {
            throw damaged(source, "env_id is " + env + ", but there are " + info.envs() + " environments");
        }
        long[] steps = (long[]) column(arrays, Columns.T);
        for (int row = 0; row < rows; row++) {
            if (steps[row] != steps[0] + row || steps[0] < 0 || steps[row] > Integer.MAX_VALUE) {
                throw damaged(source, "t is " + Arrays.toString(steps) + ", but must count on by 1");
            }
        }
        Fragment fragment = new Fragment(
                same(arrays, Columns.ITERATION, source),
                (int) env,
                same(arrays, Columns.EPS_ID, source),
                same(arrays, Columns.EPISODE_SEED, source),
                task,
                (int) steps[0],
                rows,
                info);
        fill(fragment, arrays);
        requireActions(fragment, source);
        return fragment;
    }

    private static long same(Map<String, Object> arrays, String name, String source) {
        long[] values = (long[]) column(arrays, name);
        for (long value : values) {
            if (value != values[0]) {
                throw damaged(source, name + " is not the same in all rows of an episode");
            }
        }
        return values[0];
    }

    private void fill(Fragment into, Map<String, Object> arrays) {
        move(arrays, Columns.OBS, into.observation);
        move(arrays, Columns.NEW_OBS, into.nextObservation);
        move(arrays, Columns.RAW_ACTIONS, into.rawAction);
        move(arrays, Columns.REWARDS, into.reward);
        move(arrays, Columns.TERMINATEDS, into.terminated);
        move(arrays, Columns.TRUNCATEDS, into.truncated);
        move(arrays, Columns.ACTION_LOGP, into.logProb);
        move(arrays, Columns.VF_PREDS, into.value);
        if (column(arrays, Columns.ACTIONS) instanceof long[] values) {
            long[] starts = Columns.starts(info.actionSpace());
            for (int i = 0; i < values.length; i++) {
                into.action[i] = values[i] - starts[i % starts.length];
            }
        } else {
            move(arrays, Columns.ACTIONS, into.action);
        }
    }

    private static void move(Map<String, Object> arrays, String name, Object into) {
        System.arraycopy(column(arrays, name), 0, into, 0, NpyType.length(into));
    }

    private void requireActions(Fragment fragment, String source) {
        FlatActions actions = FlatActions.of(info.actionSpace());
        for (int row = 0; row < fragment.rows; row++) {
            String wrong = actions.wrong(fragment.action, row * actions.size());
            if (wrong != null) {
                throw damaged(source, "row " + row + ": " + wrong);
            }
        }
    }

    private static IllegalArgumentException damaged(String source, String what) {
        return new IllegalArgumentException(source + ": " + what + "; the file is damaged. Take another.");
    }

    @Override
    public String toString() {
        return "TrajectoryReader[" + folder + "]";
    }
}
