package org.rltune.envs;

import org.rltune.env.render.Canvas;

/** The picture of a game of blackjack: the dealer's two cards, one of them hidden, and the player's sum. */
final class BlackjackPicture {
    private static final int WIDTH = 600;
    private static final int HEIGHT = 500;
    private static final int CARD_WIDTH = 120;
    private static final int CARD_HEIGHT = 166;
    private static final int CARD_BOTTOM = 252;
    private static final int FELT = 0x076324;
    private static final int DARK_FELT = 0x055019;
    private static final int RED = 0xc62828;
    private static final String[] PICTURE_RANKS = {"J", "Q", "K"};
    private static final double MARGIN = 25;

    private BlackjackPicture() {}

    /** What is written on a card of this value: a ten shows as one of the three picture cards. */
    static String rank(int value, int pictureRank) {
        return value == 1 ? "A" : value == 10 ? PICTURE_RANKS[pictureRank] : Integer.toString(value);
    }

    /** The table; suits are clubs, diamonds, hearts and spades. */
    static Canvas draw(int dealerValue, String rank, int suit, int playerSum, boolean usableAce) {
        Canvas canvas = new Canvas(WIDTH, HEIGHT, FELT);
        canvas.color(DARK_FELT).circle(3, WIDTH / 2.0, HEIGHT + 60, 380).circle(3, WIDTH / 2.0, HEIGHT + 60, 392);
        canvas.color(Canvas.WHITE).text("Dealer: " + dealerValue, 3, 24, MARGIN, HEIGHT - MARGIN - 24);
        double middle = WIDTH / 2.0;
        canvas.at(middle - CARD_WIDTH - 13, CARD_BOTTOM, 0, card -> drawFace(card, rank, suit));
        canvas.at(middle + 13, CARD_BOTTOM, 0, BlackjackPicture::drawBack);
        canvas.color(Canvas.WHITE).text("Player", 3, 24, MARGIN, 190);
        centred(canvas, Integer.toString(playerSum), 8, 80, 90);
        if (usableAce) {
            centred(canvas, "usable ace", 3, 24, 40);
        }
        return canvas;
    }

    private static void centred(Canvas canvas, String text, double lineWidth, double height, double y) {
        canvas.text(text, lineWidth, height, (WIDTH - width(text, height)) / 2, y);
    }

    /** Letters stand on a grid of 6, of which the last 2 columns are the gap to the next. */
    private static double width(String text, double height) {
        return (text.length() - 1 + 4.0 / 6) * height;
    }

    private static void drawPaper(Canvas canvas, int color, double inset) {
        double r = 9;
        double left = inset;
        double right = CARD_WIDTH - inset;
        double top = CARD_HEIGHT - inset;
        canvas.color(color)
                .fillRect(left + r, inset, right - r, top)
                .fillRect(left, inset + r, right, top - r)
                .fillCircle(left + r, inset + r, r)
                .fillCircle(right - r, inset + r, r)
                .fillCircle(left + r, top - r, r)
                .fillCircle(right - r, top - r, r);
    }

    private static void drawFace(Canvas canvas, String rank, int suit) {
        int ink = suit == 1 || suit == 2 ? RED : 0x202020;
        drawPaper(canvas, 0x0b3d1a, -1.5);
        drawPaper(canvas, 0xfbfbf6, 0);
        drawCorner(canvas, rank, suit, ink);
        canvas.at(CARD_WIDTH, CARD_HEIGHT, Math.PI, turned -> drawCorner(turned, rank, suit, ink));
        canvas.color(ink).at(CARD_WIDTH / 2.0, CARD_HEIGHT / 2.0, 0, place -> drawSuit(place, suit, 30));
    }

    private static void drawCorner(Canvas canvas, String rank, int suit, int ink) {
        canvas.color(ink)
                .text(rank, 3, 20, 12, CARD_HEIGHT - 32)
                .at(19, CARD_HEIGHT - 50, 0, place -> drawSuit(place, suit, 9));
    }

    /** The sign of a suit around (0, 0). */
    private static void drawSuit(Canvas canvas, int suit, double size) {
        double s = size;
        switch (suit) {
            case 0 ->
                canvas.fillCircle(0, 0.5 * s, 0.42 * s)
                        .fillCircle(-0.48 * s, -0.15 * s, 0.42 * s)
                        .fillCircle(0.48 * s, -0.15 * s, 0.42 * s)
                        .fillPolygon(-0.1 * s, 0.3 * s, 0.1 * s, 0.3 * s, 0.3 * s, -s, -0.3 * s, -s);
            case 1 -> canvas.fillPolygon(0, s, 0.7 * s, 0, 0, -s, -0.7 * s, 0);
            case 2 -> drawHeart(canvas, s, 1);
            default -> {
                drawHeart(canvas, s, -1);
                canvas.fillPolygon(-0.08 * s, 0, 0.08 * s, 0, 0.32 * s, -s, -0.32 * s, -s);
            }
        }
    }

    /** A heart, or upside down the leaf of a spade. */
    private static void drawHeart(Canvas canvas, double s, double up) {
        canvas.fillCircle(-0.42 * s, 0.3 * up * s, 0.46 * s)
                .fillCircle(0.42 * s, 0.3 * up * s, 0.46 * s)
                .fillPolygon(-0.81 * s, 0.06 * up * s, 0, -0.95 * up * s, 0.81 * s, 0.06 * up * s, 0, 0.4 * up * s);
    }

    private static void drawBack(Canvas canvas) {
        drawPaper(canvas, 0x0b3d1a, -1.5);
        drawPaper(canvas, 0xfbfbf6, 0);
        drawPaper(canvas, 0x8f1d1d, 6);
        canvas.color(0xd98880);
        for (int row = 0; row < 9; row++) {
            for (int column = 0; column < 6; column++) {
                canvas.at(18.5 + 16.6 * column, 18 + 16.25 * row, 0, place -> drawSuit(place, 1, 6));
            }
        }
    }
}
