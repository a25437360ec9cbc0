package org.rltune.envs;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.rltune.env.RenderMode;
import org.rltune.env.StateFields;
import org.rltune.env.StepResult;
import org.rltune.env.render.Canvas;
import org.rltune.space.Discrete;
import org.rltune.space.Tuple;

/**
 * Blackjack-v1: come closer to 21 than the dealer without going over, by drawing cards (action 1) or not (0).
 *
 * <p>Example 5.1 of Sutton and Barto, "Reinforcement Learning: An Introduction", with cards drawn from a deck without
 * end. The observation is a list of the player's sum, the dealer's open card (1 is an ace), and 1 if the player has an
 * ace that counts 11, else 0. Episodes are those of Gymnasium 1.3. Spaces, rewards, start, end and arguments:
 * {@code docs/envs/blackjack.md}.
 */
public final class Blackjack extends DrawnEnv<List<Object>, Integer> {
    private static final int GOAL = 21;
    private static final int DEALER_STAYS = 17;
    private static final int ACE_BONUS = 10; // of an ace that counts 11
    private static final int RANKS = 13; // ace, 2 to 10, jack, queen, king
    private static final int SUITS = 4;
    private static final int PICTURE_RANKS = 3;
    private static final Tuple OBSERVATIONS = Tuple.of(Discrete.of(32), Discrete.of(11), Discrete.of(2));

    private final boolean natural;
    private final boolean sab;
    private int[] player = {};
    private int[] dealer = {};
    // Of the dealer's open card, for the picture; drawn from the generator as in Gymnasium.
    private int suit;
    private int pictureRank;
    private boolean open; // whether the dealer's hand is shown

    /** A game without extras: a natural counts as any 21. */
    public Blackjack() {
        this(false, false);
    }

    /**
     * A game.
     *
     * @param natural whether a natural (an ace and a ten at once) that wins earns 1.5; ignored with {@code sab}
     * @param sab whether the rules of Sutton and Barto hold: a natural wins against any hand that is none
     */
    public Blackjack(boolean natural, boolean sab) {
        super(OBSERVATIONS, Discrete.of(2), 4);
        this.natural = natural;
        this.sab = sab;
    }

    @Override
    List<Object> begin(Map<String, Object> options) {
        Options.allowOnly(options);
        dealer = new int[] {card(), card()};
        player = new int[] {card(), card()};
        suit = random().choice(SUITS);
        pictureRank = dealer[0] == 10 ? random().choice(PICTURE_RANKS) : 0;
        open = false;
        return observation();
    }

    @Override
    public StepResult<List<Object>> step(Integer action) {
        if (Actions.index("Blackjack", action, "stick", "hit") == 1) {
            player = with(player, card());
            boolean bust = sum(player) > GOAL;
            return new StepResult<>(observation(), bust ? -1 : 0, bust, false);
        }
        open = true;
        while (sum(dealer) < DEALER_STAYS) {
            dealer = with(dealer, card());
        }
        return new StepResult<>(observation(), stickReward(), true, false);
    }

    private double stickReward() {
        int difference = Integer.signum(score(player) - score(dealer));
        if (sab) {
            return isNatural(player) && !isNatural(dealer) ? 1 : difference;
        }
        return natural && difference == 1 && isNatural(player) ? 1.5 : difference;
    }

    private int card() {
        return Math.min(random().choice(RANKS) + 1, 10);
    }

    private static int[] with(int[] hand, int card) {
        int[] more = Arrays.copyOf(hand, hand.length + 1);
        more[hand.length] = card;
        return more;
    }

    private static boolean usableAce(int[] hand) {
        int sum = Arrays.stream(hand).sum();
        return Arrays.stream(hand).anyMatch(card -> card == 1) && sum + ACE_BONUS <= GOAL;
    }

    private static int sum(int[] hand) {
        return Arrays.stream(hand).sum() + (usableAce(hand) ? ACE_BONUS : 0);
    }

    private static int score(int[] hand) {
        return sum(hand) > GOAL ? 0 : sum(hand);
    }

    private static boolean isNatural(int[] hand) {
        return hand.length == 2 && hand[0] + hand[1] == 11 && (hand[0] == 1 || hand[1] == 1);
    }

    private List<Object> observation() {
        return List.of(sum(player), dealer[0], usableAce(player) ? 1 : 0);
    }

    @Override
    void keep(StateFields fields) {
        player = fields.keep(player);
        dealer = fields.keep(dealer);
        suit = fields.keep(suit);
        pictureRank = fields.keep(pictureRank);
        open = fields.keep(open);
    }

    @Override
    public Set<RenderMode> renderModes() {
        return Set.of(RenderMode.RGB_ARRAY, RenderMode.ANSI);
    }

    /** The cards in words; the dealer's other cards are hidden until the player sticks. */
    @Override
    public String renderText() {
        requireBegun();
        String shown =
                open ? cards(dealer) + " = " + sum(dealer) : BlackjackPicture.rank(dealer[0], pictureRank) + " ?";
        return "Dealer: " + shown + "\nPlayer: " + cards(player) + " = " + sum(player)
                + (usableAce(player) ? " (usable ace)" : "") + "\n";
    }

    private static String cards(int[] hand) {
        StringBuilder text = new StringBuilder();
        for (int card : hand) {
            text.append(text.isEmpty() ? "" : " ").append(card == 1 ? "A" : Integer.toString(card));
        }
        return text.toString();
    }

    @Override
    Canvas draw() {
        return BlackjackPicture.draw(
                dealer[0], BlackjackPicture.rank(dealer[0], pictureRank), suit, sum(player), usableAce(player));
    }
}
