package org.rltune.envs;

/** Text in colours for a terminal: the escape sequences of ECMA-48 ("Select Graphic Rendition"). */
final class AnsiText {
    private static final int TO_BACKGROUND = 10;
    static final int RED = 31;
    static final int GREEN = 32;
    static final int YELLOW = 33;
    static final int BLUE = 34;
    static final int MAGENTA = 35;

    private AnsiText() {}

    /** Text in this colour. */
    static String colored(String text, int color) {
        return sequence(text, Integer.toString(color));
    }

    /** Bold text in this colour. */
    static String bold(String text, int color) {
        return sequence(text, color + ";1");
    }

    /** Text on a ground of this colour. */
    static String highlighted(String text, int color) {
        return sequence(text, Integer.toString(color + TO_BACKGROUND));
    }

    private static String sequence(String text, String code) {
        return "\u001b[" + code + "m" + text + "\u001b[0m";
    }
}
