package org.rltune.env.render;

import java.awt.geom.Path2D;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Letters made of lines on a grid of 4 by 6, so that pictures are the same on machines with other fonts or none.
 *
 * <p>Digits, the letters A to Z (small letters look like capitals), space and {@code . , : ; ! ? ' - + = / * ( ) [ ] <
 * > % # _}; any other sign is a box.
 */
final class LineText {
    /** Width of a letter and the gap after it, where a capital letter has the height 6. */
    private static final int ADVANCE = 6;

    private static final int HEIGHT = 6;
    private static final String BOX = "0040460600";

    /** Each line is a chain of points, x and y one digit each, counted from the lower left corner. */
    private static final Map<Character, String> LINES = new HashMap<>();

    static {
        put("0", "1030414536160501 0145");
        put("1", "052620 0040");
        put("2", "0516364544020040");
        put("3", "051636454433 13334241301001");
        put("4", "3036020242 0242");
        put("5", "460603334241301001");
        put("6", "453616050110304142331303");
        put("7", "06461410");
        put("8", "1333444536160504130201103041423313");
        put("9", "011030414536160504134344");
        put("A", "000416364440 0343");
        put("B", "00063645443303 3342413000");
        put("C", "4536160501103041");
        put("D", "0006364541300000");
        put("E", "46060040 0333");
        put("F", "460600 0333");
        put("G", "453616050110304143 2343");
        put("H", "0006 4046 0343");
        put("I", "1030 2026 1636");
        put("J", "01103041 4146");
        put("K", "0006 460340");
        put("L", "060040");
        put("M", "0006244640");
        put("N", "00064046");
        put("O", "103041453616050110");
        put("P", "00063645443303");
        put("Q", "103041453616050110 2240");
        put("R", "00063645443303 2340");
        put("S", "45361605041333424130 301001");
        put("T", "0646 2620");
        put("U", "060110304146");
        put("V", "062046");
        put("W", "0610233046");
        put("X", "0046 0640");
        put("Y", "0623 462320");
        put("Z", "06460040");
        put(" ", "");
        put(".", "2021");
        put(",", "2110");
        put(":", "2021 2324");
        put(";", "2110 2324");
        put("!", "2020 2226");
        put("?", "05163645442322 2020");
        put("'", "2426");
        put("-", "0343");
        put("+", "0343 2125");
        put("=", "0242 0444");
        put("/", "0046");
        put("*", "0244 0442 2125");
        put("(", "36242230");
        put(")", "16242210");
        put("[", "36161030");
        put("]", "16363010");
        put("<", "450341");
        put(">", "054301");
        put("%", "0046 0506 4041");
        put("#", "1016 3036 0242 0444");
        put("_", "0040");
    }

    private LineText() {}

    private static void put(String letter, String lines) {
        LINES.put(letter.charAt(0), lines);
    }

    /** The lines of a text whose capital letters have this height, from (x, y) to the right. */
    static Path2D path(String text, double height, double x, double y) {
        double unit = height / HEIGHT;
        Path2D path = new Path2D.Double();
        String capitals = text.toUpperCase(Locale.ROOT);
        for (int i = 0; i < capitals.length(); i++) {
            for (String chain : LINES.getOrDefault(capitals.charAt(i), BOX).split(" ", -1)) {
                add(path, chain, x + i * ADVANCE * unit, y, unit);
            }
        }
        return path;
    }

    private static void add(Path2D path, String chain, double x, double y, double unit) {
        for (int p = 0; p + 1 < chain.length(); p += 2) {
            double px = x + (chain.charAt(p) - '0') * unit;
            double py = y + (chain.charAt(p + 1) - '0') * unit;
            if (p == 0) {
                path.moveTo(px, py);
            } else {
                path.lineTo(px, py);
            }
        }
    }
}
