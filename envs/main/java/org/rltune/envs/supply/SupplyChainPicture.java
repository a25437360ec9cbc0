package org.rltune.envs.supply;

import java.awt.image.BufferedImage;
import java.util.Locale;
import org.rltune.env.render.Canvas;

/** Shows a supply chain: the supplier's side on the right, the store and its customers on the left. */
final class SupplyChainPicture {
    private static final int HEIGHT = 300;
    private static final int STAGE_WIDTH = 90;
    private static final int DAY_WIDTH = 34;
    private static final int CUSTOMERS_WIDTH = 110;
    /** Stock that fills a bar, in days of mean demand. */
    private static final double FULL = 5;

    private static final double FLOOR = 70;
    private static final double BAR = 180;
    private static final int PAPER = 0xf7f5f0;
    private static final int INK = 0x333a44;
    private static final int STOCK = 0x3b7dd8;
    private static final int MOVING = 0xe0a030;
    private static final int SOLD = 0x4a9d5b;
    private static final int LOST = 0xc8453b;
    private static final String[] DAYS = {"MO", "TU", "WE", "TH", "FR", "SA", "SU"};

    private SupplyChainPicture() {}

    static BufferedImage draw(SupplyChain chain) {
        int stages = chain.stock.length;
        int width = CUSTOMERS_WIDTH + stages * STAGE_WIDTH + chain.pipeline.length * DAY_WIDTH + 20;
        Canvas canvas = new Canvas(width, HEIGHT, PAPER);
        double unit = chain.config.meanDemand();
        canvas.color(INK).line(2, 0, FLOOR, width, FLOOR);
        week(canvas, chain.day);

        double x = 20;
        bar(canvas, x, 30, chain.sold / unit, SOLD);
        bar(canvas, x + 36, 30, chain.lost / unit, LOST);
        canvas.color(INK).text("SOLD", 1.2, 8, x - 2, FLOOR - 16).text("LOST", 1.2, 8, x + 35, FLOOR - 16);
        x = CUSTOMERS_WIDTH;
        int next = 0;
        for (int stage = 0; stage < stages; stage++) {
            canvas.color(INK).rect(1.5, x + 10, FLOOR, x + STAGE_WIDTH - 10, FLOOR + BAR);
            bar(canvas, x + 16, STAGE_WIDTH - 32, chain.stock[stage] / unit, STOCK);
            canvas.color(INK).text(stage == 0 ? "STORE" : "STOCK " + stage, 1.2, 8, x + 22, FLOOR - 16);
            x += STAGE_WIDTH;
            for (int day = 0; day < chain.config.leadTimes()[stage]; day++) {
                bar(canvas, x + 4, DAY_WIDTH - 8, chain.pipeline[next++] / unit, MOVING);
                x += DAY_WIDTH;
            }
        }
        return canvas.toImage();
    }

    private static void bar(Canvas canvas, double x, double width, double days, int color) {
        double height = Math.min(1, days / FULL) * BAR;
        if (height > 0) {
            canvas.color(color).fillRect(x, FLOOR, x + width, FLOOR + height);
        }
    }

    private static void week(Canvas canvas, int today) {
        for (int day = 0; day < DAYS.length; day++) {
            double x = 20 + day * 34;
            if (day == today) {
                canvas.color(INK).fillRect(x - 5, 14, x + 23, 38);
            }
            canvas.color(day == today ? PAPER : INK).text(DAYS[day], 1.5, 10, x, 21);
        }
    }

    static String text(SupplyChain chain) {
        StringBuilder text = new StringBuilder(DAYS[chain.day]);
        text.append(String.format(Locale.ROOT, "  sold %3d lost %3d", chain.sold, chain.lost));
        int next = 0;
        for (int stage = 0; stage < chain.stock.length; stage++) {
            text.append(String.format(
                    Locale.ROOT, "  | %s %4d <-", stage == 0 ? "store" : "stock " + stage, chain.stock[stage]));
            for (int day = 0; day < chain.config.leadTimes()[stage]; day++) {
                text.append(String.format(Locale.ROOT, " %3d", chain.pipeline[next++]));
            }
        }
        return text.append('\n').toString();
    }
}
