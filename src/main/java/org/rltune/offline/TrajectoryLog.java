package org.rltune.offline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.rltune.json.Json;
import org.rltune.rollout.RolloutBatch;
import org.rltune.rollout.RolloutRecord;
import org.rltune.tune.AtomicFiles;

/**
 * Writes what each iteration collected into files that are named by the iteration, so that an iteration which is trained
 * again after a resume replaces its own files by the same bytes: no row is lost, and none is there twice.
 *
 * <p>Files are {@code iteration-IIIIIIII-PPP.json} or {@code iteration-IIIIIIII-PPP.COLUMN.npy}, with parts {@code PPP} from
 * 000 where one would be larger than the limit. The first column of part 000 is written last: where it is, the iteration is
 * complete.
 */
public final class TrajectoryLog {
    private final Path folder;
    private final TrajectoryInfo info;
    private final EpisodeSeeds seeds;
    private final long[] episode;
    private final int[] steps;
    private final @Nullable Object[] task;
    private boolean begun;

    /** Tells what an episode is reset with. */
    @FunctionalInterface
    public interface EpisodeSeeds {
        /** Returns the seed of episode {@code number} of an environment, counted over all workers. */
        long of(int env, long number);
    }

    /**
     * A log that has written nothing as yet; nothing happens on disk before {@link #write}.
     *
     * @param folder made if it is not there
     */
    public TrajectoryLog(Path folder, TrajectoryInfo info, EpisodeSeeds seeds) {
        this.folder = folder;
        this.info = info;
        this.seeds = seeds;
        this.episode = new long[info.envs()];
        this.steps = new int[info.envs()];
        this.task = new Object[info.envs()];
        Arrays.fill(episode, -1);
    }

    /** An environment stands in an episode after so many steps: the next rows go on with it. */
    public void resume(int env, long number, int itsSteps, @Nullable Object itsTask) {
        episode[env] = number;
        steps[env] = itsSteps;
        task[env] = itsTask;
    }

    /**
     * Writes an iteration.
     *
     * @param iteration counted from 1
     * @param nextTask the task that episodes of this iteration begin with, or null
     * @throws UncheckedIOException naming the file, the cause and the remedy
     * @throws IllegalArgumentException if the folder holds something else
     */
    public void write(long iteration, RolloutBatch batch, RolloutRecord record, @Nullable Object nextTask) {
        List<Fragment> fragments = fragments(iteration, batch, record, nextTask);
        try {
            begin();
            if (info.format() == OutputFormat.JSON) {
                writeJson(iteration, fragments);
            } else {
                writeArrays(iteration, fragments);
            }
        } catch (UncheckedIOException e) {
            throw new UncheckedIOException(
                    e.getMessage() + " Trajectories are written because output is set: leave it out, or name another"
                            + " folder.",
                    e.getCause());
        }
    }

    /** Makes the folder, or sees that it is this trial's. */
    private void begin() {
        if (begun) {
            return;
        }
        Path file = folder.resolve(TrajectoryInfo.FILE);
        try {
            Files.createDirectories(folder);
            if (Files.exists(file)) {
                requireOwn(file);
            } else {
                requireEmpty();
                AtomicFiles.replace(file, info.toBytes(), true);
            }
        } catch (IOException e) {
            throw AtomicFiles.failure("write", folder, e);
        }
        begun = true;
    }

    private void requireOwn(Path file) throws IOException {
        if (!Arrays.equals(Files.readAllBytes(file), info.toBytes())) {
            throw new IllegalArgumentException("output names the folder " + folder + ", but " + file.getFileName()
                    + " there says that it holds trajectories of another trial, environment or form. Name another folder,"
                    + " or move this one away.");
        }
    }

    private void requireEmpty() throws IOException {
        try (Stream<Path> list = Files.list(folder)) {
            list.filter(path -> !path.getFileName().toString().startsWith("."))
                    .sorted()
                    .findFirst()
                    .ifPresent(path -> {
                        throw new IllegalArgumentException("output names the folder " + folder
                                + ", which holds something else: " + path.getFileName()
                                + ". Name a folder that is empty, or not there yet.");
                    });
        }
    }

    /** Cuts the rows into stretches of one episode each, one environment after the other. */
    private List<Fragment> fragments(
            long iteration, RolloutBatch batch, RolloutRecord record, @Nullable Object nextTask) {
        List<Fragment> fragments = new ArrayList<>();
        int envs = batch.envs();
        for (int e = 0; e < envs; e++) {
            int from = 0;
            while (from < batch.steps()) {
                long number = record.episode[from * envs + e];
                int to = from + 1;
                while (to < batch.steps() && record.episode[to * envs + e] == number) {
                    to++;
                }
                if (number != episode[e]) {
                    resume(e, number, 0, nextTask);
                }
                Fragment fragment = new Fragment(
                        iteration,
                        e,
                        info.episodeId(e, number),
                        seeds.of(e, number),
                        task[e],
                        steps[e],
                        to - from,
                        info);
                fill(fragment, from, batch, record);
                fragments.add(fragment);
                steps[e] += to - from;
                from = to;
            }
        }
        return fragments;
    }

    private static void fill(Fragment into, int from, RolloutBatch batch, RolloutRecord record) {
        for (int i = 0; i < into.rows; i++) {
            int row = (from + i) * batch.envs() + into.env;
            copy(record.observation, row, into.observation, i, record.observationSize());
            copy(record.nextObservation, row, into.nextObservation, i, record.observationSize());
            copy(record.action, row, into.action, i, record.actionSize());
            copy(batch.action, row, into.rawAction, i, batch.actionSize());
            into.reward[i] = record.reward[row];
            into.terminated[i] = batch.terminated[row];
            into.truncated[i] = record.truncated[row];
            into.logProb[i] = batch.logProb[row];
            into.value[i] = batch.value[row];
        }
    }

    private static void copy(float[] from, int fromRow, float[] to, int toRow, int size) {
        System.arraycopy(from, fromRow * size, to, toRow * size, size);
    }

    private void writeJson(long iteration, List<Fragment> fragments) {
        List<Column> columns = Columns.of(info);
        List<List<byte[]>> parts = new ArrayList<>();
        long size = Long.MAX_VALUE;
        for (Fragment fragment : fragments) {
            byte[] line = line(fragment, columns);
            if (size > info.maxFileSize() - line.length) {
                parts.add(new ArrayList<>());
                size = 0;
            }
            parts.get(parts.size() - 1).add(line);
            size += line.length;
        }
        for (int part = parts.size() - 1; part >= 0; part--) {
            AtomicFiles.replace(folder.resolve(name(iteration, part) + ".json"), joined(parts.get(part)), true);
        }
    }

    private static byte[] joined(List<byte[]> lines) {
        byte[] all = new byte[lines.stream().mapToInt(line -> line.length).reduce(0, Math::addExact)];
        int at = 0;
        for (byte[] line : lines) {
            System.arraycopy(line, 0, all, at, line.length);
            at += line.length;
        }
        return all;
    }

    private static byte[] line(Fragment fragment, List<Column> columns) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("type", "SampleBatch");
        for (Column column : columns) {
            json.put(column.name(), rows(column, fragment));
        }
        if (fragment.task != null) {
            Object[] tasks = new Object[fragment.rows];
            Arrays.fill(tasks, fragment.task);
            json.put(TrajectoryReader.ENV_TASK, Arrays.asList(tasks));
        }
        return Json.writeLine(json);
    }

    /** One element a row: a number or flag, or a list of them where rows have a shape. */
    private static Object rows(Column column, Fragment fragment) {
        Object all = column.of().apply(fragment);
        if (all instanceof boolean[] flags) {
            List<Object> list = new ArrayList<>(flags.length);
            for (boolean flag : flags) {
                list.add(flag);
            }
            return list;
        }
        if (column.shape().length == 0) {
            return all;
        }
        List<Object> list = new ArrayList<>(fragment.rows);
        int width = column.width();
        for (int row = 0; row < fragment.rows; row++) {
            Object one = column.type().array(width);
            System.arraycopy(all, row * width, one, 0, width);
            list.add(one);
        }
        return list;
    }

    private void writeArrays(long iteration, List<Fragment> fragments) {
        List<Column> columns = Columns.of(info);
        long rowBytes = columns.stream()
                .mapToLong(column -> (long) column.width() * column.type().bytes())
                .max()
                .orElseThrow();
        List<List<Fragment>> parts = new ArrayList<>();
        long size = Long.MAX_VALUE;
        for (Fragment fragment : fragments) {
            long bytes = rowBytes * fragment.rows;
            if (size > info.maxFileSize() - bytes) {
                parts.add(new ArrayList<>());
                size = 0;
            }
            parts.get(parts.size() - 1).add(fragment);
            size += bytes;
        }
        for (int part = parts.size() - 1; part >= 0; part--) {
            for (int c = columns.size() - 1; c >= 0; c--) {
                Column column = columns.get(c);
                AtomicFiles.replace(
                        folder.resolve(name(iteration, part) + "." + column.name() + ".npy"),
                        array(column, parts.get(part)),
                        true);
            }
        }
    }

    private static byte[] array(Column column, List<Fragment> fragments) {
        int[] shape = new int[column.shape().length + 1];
        shape[0] = fragments.stream().mapToInt(fragment -> fragment.rows).sum();
        System.arraycopy(column.shape(), 0, shape, 1, column.shape().length);
        return NpyFile.write(
                column.type(), shape, fragments.stream().map(column.of()).toList());
    }

    static String name(long iteration, int part) {
        return String.format(Locale.ROOT, "iteration-%08d-%03d", iteration, part);
    }
}
