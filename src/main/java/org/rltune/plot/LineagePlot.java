package org.rltune.plot;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.plot.Plot;
import org.jfree.chart.plot.PlotRenderingInfo;
import org.jfree.chart.plot.PlotState;
import org.jspecify.annotations.Nullable;
import org.rltune.tune.Decision;
import org.rltune.tune.DecisionRecord;
import org.rltune.tune.ExperimentAnalysis;
import org.rltune.tune.Trial;

/** Draws a lane for each trial, a line for each copy, and the way of the best trial's weights. */
final class LineagePlot extends Plot {
    private static final Color LANE = new Color(0xD4, 0xD4, 0xD4);
    private static final Color GRID = new Color(0xEC, 0xEC, 0xEC);
    private static final double MARGIN = 12;
    private static final double AXIS = 58;
    private static final int MOST_STEPS_NAMED = 9;
    private static final double MOST_BULGE = 0.12;

    /** A trial with its last own iteration. */
    record Lane(String trial, int iterations) {}

    /** A copy, in own iterations of both. */
    record Copy(String donor, int donorIteration, String target, int targetIteration) {}

    private final Map<String, Integer> places = new LinkedHashMap<>();
    private final List<Lane> lanes;
    private final List<Copy> copies;
    private final List<Lineage.Stretch> way;
    private final int last;

    /** The share of the width between two moments at which something was copied. */
    private final double room;

    LineagePlot(List<Lane> lanes, List<Copy> copies, List<Lineage.Stretch> way) {
        this.lanes = List.copyOf(lanes);
        this.copies = List.copyOf(copies);
        this.way = List.copyOf(way);
        lanes.forEach(lane -> places.put(lane.trial(), places.size()));
        this.last = Math.max(1, lanes.stream().mapToInt(Lane::iterations).max().orElse(1));
        long moments = copies.stream().map(Copy::targetIteration).distinct().count();
        this.room = 1.0 / (moments + 1);
    }

    static LineagePlot of(ExperimentAnalysis analysis) {
        List<Lane> lanes = analysis.trials().stream()
                .map(trial -> new Lane(trial.id(), trial.trainingIteration()))
                .toList();
        List<Copy> copies = new ArrayList<>();
        for (DecisionRecord record : analysis.decisions()) {
            if (record.decision() instanceof Decision.Exploit exploit) {
                copies.add(new Copy(
                        exploit.donor().trialId(),
                        record.donorIteration(),
                        exploit.trialId(),
                        record.targetIteration()));
            }
        }
        Trial best = RunPictures.best(analysis);
        List<Lineage.Stretch> way = best == null
                ? List.of()
                : Lineage.of(analysis.decisions(), best.id(), RunPictures.scoredIteration(analysis, best));
        return new LineagePlot(lanes, copies, way);
    }

    /** Returns how high the picture should be, in pixels: a lane needs room for its name. */
    int height() {
        return Math.min(1300, Math.max(500, 230 + 16 * lanes.size()));
    }

    JFreeChart chart(String title) {
        JFreeChart chart = ChartStyle.framed(title + ": lineage", subtitle(), this);
        setBackgroundPaint(Color.WHITE);
        setOutlineVisible(false);
        return ChartStyle.withLegend(chart, this);
    }

    private String subtitle() {
        String all = copies.size() + (copies.size() == 1 ? " copy" : " copies") + " among " + lanes.size()
                + (lanes.size() == 1 ? " trial" : " trials");
        if (way.isEmpty()) {
            return all + "; no trial is best yet";
        }
        List<String> steps = way.stream().map(Lineage.Stretch::trial).collect(Collectors.toCollection(ArrayList::new));
        if (steps.size() > MOST_STEPS_NAMED) {
            int cut = steps.size() - MOST_STEPS_NAMED + 1;
            steps.subList(1, 1 + cut).clear();
            steps.add(1, cut + " more");
        }
        return all + "; the best trial's weights: " + String.join(" → ", steps);
    }

    @Override
    public String getPlotType() {
        return "lineage";
    }

    @Override
    public LegendItemCollection getLegendItems() {
        LegendItemCollection legend = new LegendItemCollection();
        legend.add(ChartStyle.sample("trial", LANE, 3));
        if (!copies.isEmpty()) {
            legend.add(ChartStyle.sample("copy, ends with an arrow at who copies", ChartStyle.GREY, 1.5f));
        }
        if (!way.isEmpty()) {
            legend.add(ChartStyle.sample("way of the best trial's weights", ChartStyle.VERMILION, 3.5f));
        }
        return legend;
    }

    @Override
    public void draw(
            Graphics2D graphics,
            Rectangle2D area,
            @Nullable Point2D anchor,
            @Nullable PlotState parent,
            @Nullable PlotRenderingInfo info) {
        Pen pen = new Pen(graphics);
        double laneHeight = (area.getHeight() - AXIS - 2 * MARGIN) / Math.max(1, lanes.size());
        Font names = ChartStyle.font(Font.PLAIN, (int) Math.max(10, Math.min(16, laneHeight * 0.8)));
        double left = area.getX() + 2 * MARGIN;
        for (Lane lane : lanes) {
            left = Math.max(left, area.getX() + 2 * MARGIN + pen.width(lane.trial(), names));
        }
        double right = area.getMaxX() - 2 * MARGIN;
        Rectangle2D inner =
                new Rectangle2D.Double(left, area.getY() + MARGIN, right - left, area.getHeight() - AXIS - 2 * MARGIN);
        axis(pen, inner);
        Set<String> onTheWay = new HashSet<>();
        way.forEach(stretch -> onTheWay.add(stretch.trial()));
        for (Lane lane : lanes) {
            double y = y(inner, lane.trial());
            pen.line(x(inner, 0), y, x(inner, lane.iterations()), y, LANE, (float) Math.min(5, laneHeight / 3));
            boolean strong = onTheWay.contains(lane.trial());
            if (strong || laneHeight >= 11) {
                pen.text(
                        lane.trial(),
                        left - 8,
                        y,
                        Pen.Align.RIGHT,
                        strong ? names.deriveFont(Font.BOLD) : names,
                        strong ? ChartStyle.VERMILION : ChartStyle.INK);
            }
        }
        Color faint = ChartStyle.faint(new Color(0x50, 0x50, 0x50), copies.size() > 100 ? 0x48 : 0x80);
        for (Copy copy : copies) {
            if (places.containsKey(copy.donor()) && places.containsKey(copy.target())) {
                Lineage.Stretch donor = new Lineage.Stretch(copy.donor(), 0, copy.donorIteration());
                Lineage.Stretch target = new Lineage.Stretch(copy.target(), copy.targetIteration(), last);
                arc(pen, inner, donor, target, faint, 1.1f, 6);
                pen.dot(x(inner, copy.donorIteration()), y(inner, copy.donor()), 2.5, faint);
            }
        }
        way(pen, inner);
    }

    private void way(Pen pen, Rectangle2D inner) {
        Lineage.Stretch before = null;
        for (Lineage.Stretch stretch : way) {
            if (!places.containsKey(stretch.trial())) {
                continue;
            }
            double y = y(inner, stretch.trial());
            if (before != null) {
                arc(pen, inner, before, stretch, ChartStyle.VERMILION, 2.4f, 12);
            }
            pen.line(x(inner, stretch.from()), y, x(inner, stretch.to()), y, ChartStyle.VERMILION, 4f);
            before = stretch;
        }
        if (before != null) {
            pen.dot(x(inner, before.to()), y(inner, before.trial()), 6, ChartStyle.VERMILION);
        }
    }

    /** The farther apart the lanes, the farther out goes the arc: copies at the same moment can be told apart. */
    private void arc(
            Pen pen,
            Rectangle2D inner,
            Lineage.Stretch donor,
            Lineage.Stretch target,
            Color color,
            float width,
            double head) {
        double y1 = y(inner, donor.trial());
        double y2 = y(inner, target.trial());
        double bulge = 14
                + Math.min(inner.getWidth() * MOST_BULGE, room * inner.getWidth() * 0.9)
                        * Math.abs(y2 - y1)
                        / inner.getHeight();
        pen.arc(x(inner, donor.to()), y1, x(inner, target.from()), y2, bulge, color, width, head);
    }

    private void axis(Pen pen, Rectangle2D inner) {
        Font font = ChartStyle.font(Font.PLAIN, 17);
        Scale scale = Scale.of(Map.of(), List.of(0L, (long) last));
        for (Scale.Tick tick : scale.ticks(10)) {
            double x = inner.getX() + tick.at() * inner.getWidth();
            pen.line(x, inner.getY(), x, inner.getMaxY() + 4, GRID, 1);
            pen.text(tick.label(), x, inner.getMaxY() + 18, Pen.Align.CENTER, font, ChartStyle.INK);
        }
        pen.text(
                "training iteration of the trial",
                inner.getCenterX(),
                inner.getMaxY() + 44,
                Pen.Align.CENTER,
                ChartStyle.font(Font.PLAIN, 20),
                ChartStyle.INK);
    }

    private double x(Rectangle2D inner, int iteration) {
        return inner.getX() + inner.getWidth() * iteration / last;
    }

    private double y(Rectangle2D inner, String trial) {
        Integer place = places.get(trial);
        return inner.getY() + inner.getHeight() * ((place == null ? 0 : place) + 0.5) / Math.max(1, lanes.size());
    }
}
