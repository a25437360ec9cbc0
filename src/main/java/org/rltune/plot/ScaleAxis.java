package org.rltune.plot;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.jfree.chart.axis.AxisState;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTick;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.TextAnchor;

/** A vertical axis from 0 to 1 that is marked by the values of a {@link Scale}. */
final class ScaleAxis extends NumberAxis {
    private static final double MARGIN = 0.08;
    private static final double PIXELS_PER_TICK = 30;

    private final Scale scale;

    ScaleAxis(Scale scale) {
        this.scale = scale;
        setRange(-MARGIN, 1 + MARGIN);
    }

    @Override
    public List<NumberTick> refreshTicks(Graphics2D g2, AxisState state, Rectangle2D dataArea, RectangleEdge edge) {
        int most = Math.max(2, (int) (dataArea.getHeight() / PIXELS_PER_TICK));
        return scale.ticks(most).stream()
                .map(tick -> new NumberTick(
                        tick.at(), shortened(tick.label()), TextAnchor.CENTER_RIGHT, TextAnchor.CENTER_RIGHT, 0))
                .toList();
    }

    private static String shortened(String label) {
        return label.length() > 14 ? label.substring(0, 13) + "…" : label;
    }
}
