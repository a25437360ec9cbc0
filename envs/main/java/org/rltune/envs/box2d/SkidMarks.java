package org.rltune.envs.box2d;

import java.util.Arrays;

/** The newest lines that sliding wheels left behind. */
final class SkidMarks {
    private static final int MARKS = 30;
    private static final int MOST_POINTS = 30;

    private final float[][] points = new float[MARKS][2 * MOST_POINTS];
    private final int[] sizes = new int[MARKS];
    private final boolean[] onGrass = new boolean[MARKS];
    private int next;

    private final int[] current; // the mark that each wheel draws, or -1
    private final boolean[] begun; // whether a wheel has set the first point of the next mark
    private final float[] beginX;
    private final float[] beginY;

    SkidMarks(int wheels) {
        current = new int[wheels];
        begun = new boolean[wheels];
        beginX = new float[wheels];
        beginY = new float[wheels];
        Arrays.fill(current, -1);
    }

    /** What a wheel does in a step. */
    void record(int wheel, boolean slides, boolean grass, float x, float y) {
        int mark = current[wheel];
        if (!slides) {
            current[wheel] = -1;
            begun[wheel] = false;
        } else if (mark >= 0 && onGrass[mark] == grass && sizes[mark] < MOST_POINTS) {
            append(mark, x, y);
        } else if (!begun[wheel]) {
            begun[wheel] = true;
            beginX[wheel] = x;
            beginY[wheel] = y;
        } else {
            begin(wheel, grass, x, y);
        }
    }

    private void begin(int wheel, boolean grass, float x, float y) {
        int mark = next;
        next = (next + 1) % MARKS;
        for (int w = 0; w < current.length; w++) {
            if (current[w] == mark) {
                current[w] = -1; // the oldest mark goes, though its wheel still slides
            }
        }
        current[wheel] = mark;
        begun[wheel] = false;
        onGrass[mark] = grass;
        sizes[mark] = 0;
        append(mark, beginX[wheel], beginY[wheel]);
        append(mark, x, y);
    }

    private void append(int mark, float x, float y) {
        points[mark][2 * sizes[mark]] = x;
        points[mark][2 * sizes[mark] + 1] = y;
        sizes[mark]++;
    }

    /** Who draws the marks. */
    interface Drawing {
        /** A piece of a mark. */
        void line(double x0, double y0, double x1, double y1, boolean grass);
    }

    void draw(Drawing drawing) {
        for (int mark = 0; mark < MARKS; mark++) {
            float[] xy = points[mark];
            for (int i = 0; i + 1 < sizes[mark]; i++) {
                drawing.line(xy[2 * i], xy[2 * i + 1], xy[2 * i + 2], xy[2 * i + 3], onGrass[mark]);
            }
        }
    }
}
