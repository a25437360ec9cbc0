package org.rltune.tune.schedule;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rltune.json.Json;
import org.rltune.random.Pcg64;
import org.rltune.tune.Mode;
import org.rltune.tune.Scheduler.TimedScore;
import org.rltune.tune.gp.TimeVaryingGp;
import org.rltune.tune.space.HyperParams;
import org.rltune.tune.space.UnitScale;

/**
 * What PB2 has learned of how scores grow.
 *
 * <p>One observation is a stretch of a trial between two scores: its hyperparameters in units, when it began (in intervals)
 * and with which score, and by how much the score grew in an interval. A copy begins with the donor's score. The next point
 * maximises {@code mean + kappa * deviation} with {@code kappa = sqrt(0.2 + max(0, ln(0.4 n)))} for n observations, where
 * the time and the score are those of the copy. (Constants as in Ray Tune's {@code pb2_utils.py}, which multiplies kappa by
 * the variance, while the bound of the paper has the deviation.) The deviation is that of a process which also knows where
 * the other trials stand.
 */
final class Pb2Model {
    /** Before there are so many observations, points are drawn at random: all are as good. */
    private static final int LEAST = 4;

    /** Only the newest observations are used: older ones are nearly forgotten, and the work grows with the third power. */
    private static final int MOST = 200;

    private final Map<String, UnitScale> scales;
    private final Mode mode;
    private final double interval;
    private final Map<String, Stretch> open = new LinkedHashMap<>();
    private final List<Row> rows = new ArrayList<>();
    private @Nullable Fitted fitted;

    Pb2Model(Map<String, UnitScale> scales, Mode mode, double interval) {
        this.scales = scales;
        this.mode = mode;
        this.interval = interval;
    }

    /** A trial since its last score: where it stands in the cube, since when, and from which score on (larger is better). */
    private record Stretch(double[] units, double begin, double score) {}

    /** An observation; the growth is that in one interval. */
    private record Row(double[] units, double begin, double score, double growth) {}

    /** A process, fitted when there were so many rows. */
    private record Fitted(TimeVaryingGp process, Range scores, int rows) {}

    /** The range of the scores at which observations began. */
    private record Range(double lowest, double highest) {
        /** Returns a point of the process: units, and the score's place in the range. */
        double[] point(double[] units, double score) {
            double[] point = Arrays.copyOf(units, units.length + 1);
            double share = highest > lowest ? (score - lowest) / (highest - lowest) : 0.5;
            point[units.length] = Math.max(0, Math.min(1, share));
            return point;
        }
    }

    /** Values by name, and how they were found. */
    record Proposal(Map<String, Object> values, String how) {}

    /** Takes in how the trial's score has grown since it was last seen. */
    void observe(Member member) {
        if (member.score.isEmpty()) {
            return;
        }
        String id = member.view.id();
        double score = mode.signed(member.score.getAsDouble());
        Stretch known = open.get(id);
        Stretch before = known == null ? first(member) : known;
        if (before != null && member.time > before.begin()) {
            double growth = (score - before.score()) * interval / (member.time - before.begin());
            if (Double.isFinite(growth)) {
                rows.add(new Row(before.units(), before.begin() / interval, before.score(), growth));
            }
        }
        open.put(id, new Stretch(units(member.view.config()), member.time, score));
    }

    /** A trial's first stretch begins with its first score. */
    private @Nullable Stretch first(Member member) {
        for (TimedScore scored : member.view.scores()) {
            if (!Double.isNaN(scored.score())) {
                return new Stretch(units(member.view.config()), scored.time(), mode.signed(scored.score()));
            }
        }
        return null;
    }

    /** The target goes on with the donor's weights, and so from the donor's score. */
    void copied(Member target, Member donor, HyperParams config) {
        double score = mode.signed(donor.score.orElseThrow());
        open.put(target.view.id(), new Stretch(units(config), target.time, score));
    }

    /** An ended trial is not under way any more. */
    void gone(Member member) {
        open.remove(member.view.id());
    }

    Proposal propose(Member target, Member donor, Pcg64 random) {
        if (rows.size() < LEAST) {
            return new Proposal(values(uniform(random)), "resample, too few observations for a model");
        }
        Fitted model = fit();
        double now = target.time / interval;
        double score = mode.signed(donor.score.orElseThrow());
        TimeVaryingGp spread = model.process().withPending(pending(model, target), now);
        double kappa =
                Math.sqrt(0.2 + Math.max(0, StrictMath.log(0.4 * model.process().size())));
        double[] best = CubeSearch.maximise(scales.size(), random, units -> {
            double[] point = model.scores().point(units, score);
            return model.process().at(point, now).mean()
                    + kappa * spread.at(point, now).deviation();
        });
        return new Proposal(values(best), "GP-UCB");
    }

    private double[][] pending(Fitted model, Member target) {
        List<double[]> points = new ArrayList<>();
        open.forEach((id, stretch) -> {
            if (!id.equals(target.view.id())) {
                points.add(model.scores().point(stretch.units(), stretch.score()));
            }
        });
        return points.toArray(double[][]::new);
    }

    private Fitted fit() {
        Fitted last = fitted;
        if (last != null && last.rows() == rows.size()) {
            return last;
        }
        List<Row> newest = rows.subList(Math.max(0, rows.size() - MOST), rows.size());
        Range scores = new Range(
                newest.stream().mapToDouble(Row::score).min().orElseThrow(),
                newest.stream().mapToDouble(Row::score).max().orElseThrow());
        TimeVaryingGp process = TimeVaryingGp.fit(
                newest.stream()
                        .map(row -> scores.point(row.units(), row.score()))
                        .toArray(double[][]::new),
                newest.stream().mapToDouble(Row::begin).toArray(),
                newest.stream().mapToDouble(Row::growth).toArray());
        Fitted now = new Fitted(process, scores, rows.size());
        fitted = now;
        return now;
    }

    private double[] units(HyperParams config) {
        return scales.entrySet().stream()
                .mapToDouble(entry -> unit(config, entry.getKey(), entry.getValue()))
                .toArray();
    }

    /** A name that another value has switched off lies in the middle, where it is nearest to all values on average. */
    private static double unit(HyperParams config, String name, UnitScale scale) {
        return config.contains(name) ? scale.toUnit(config.get(name)) : 0.5;
    }

    private double[] uniform(Pcg64 random) {
        return scales.values().stream()
                .mapToDouble(scale -> random.nextDouble())
                .toArray();
    }

    private Map<String, Object> values(double[] units) {
        Map<String, Object> values = new LinkedHashMap<>();
        int axis = 0;
        for (Map.Entry<String, UnitScale> entry : scales.entrySet()) {
            values.put(entry.getKey(), entry.getValue().fromUnit(units[axis++]));
        }
        return values;
    }

    Map<String, Object> save() {
        Map<String, Object> stretches = new LinkedHashMap<>();
        open.forEach((id, s) -> stretches.put(id, List.of(list(s.units()), s.begin(), s.score())));
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("open", stretches);
        state.put(
                "rows",
                rows.stream()
                        .map(row -> List.of(list(row.units()), row.begin(), row.score(), row.growth()))
                        .toList());
        return state;
    }

    void restore(@Nullable Object state) {
        Map<String, ?> saved = Json.asObject(state, "model");
        open.clear();
        rows.clear();
        fitted = null;
        Json.asObject(saved.get("open"), "open").forEach((id, item) -> {
            List<?> cells = Json.asList(item, id);
            open.put(id, new Stretch(doubles(cells.get(0)), number(cells, 1), number(cells, 2)));
        });
        for (Object item : Json.asList(saved.get("rows"), "rows")) {
            List<?> cells = Json.asList(item, "row");
            rows.add(new Row(doubles(cells.get(0)), number(cells, 1), number(cells, 2), number(cells, 3)));
        }
    }

    private static List<Double> list(double[] values) {
        return Arrays.stream(values).boxed().toList();
    }

    private static double[] doubles(@Nullable Object list) {
        Collection<?> cells = Json.asList(list, "units");
        return cells.stream().mapToDouble(cell -> Json.asDouble(cell, "unit")).toArray();
    }

    private static double number(List<?> cells, int index) {
        return Json.asDouble(cells.get(index), "cell " + index);
    }
}
