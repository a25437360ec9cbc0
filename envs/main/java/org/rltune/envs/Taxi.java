package org.rltune.envs;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rltune.env.StateFields;
import org.rltune.env.render.Canvas;

/**
 * Taxi-v4: fetch a passenger at one of four stands and bring him to another.
 *
 * <p>The task of Dietterich, "Hierarchical reinforcement learning with the MAXQ value function decomposition" (2000).
 * Actions: 0 south, 1 north, 2 east, 3 west, 4 pick up, 5 drop off. The observation is {@code ((row * 5 + column) * 5 +
 * passenger) * 4 + destination}. Beside {@code prob}, the info holds {@code action_mask}: a {@code int[6]} with 1 for
 * each action that changes the state, as {@link org.rltune.space.Mask#of} takes it. Episodes are those of Gymnasium 1.3. Spaces, rewards, start, end and arguments:
 * {@code docs/envs/taxi.md}.
 */
public final class Taxi extends TabularEnv {
    private static final List<String> ACTIONS = List.of("South", "North", "East", "West", "Pickup", "Dropoff");
    private static final int RIDING = TaxiTown.RIDING;

    private final TaxiRules rules;
    private int heading; // the last direction taken; shown only
    private boolean willChange; // the passenger's mind, with the first move after the first pick-up

    /** A taxi on dry roads with a steady passenger. */
    public Taxi() {
        this(TaxiRules.USUAL);
    }

    /** A taxi. */
    public Taxi(TaxiRules rules) {
        super(ACTIONS, TaxiTown.table(rules), TaxiTown.starts());
        this.rules = rules;
    }

    @Override
    Integer begin(Map<String, Object> options) {
        Integer first = super.begin(options);
        willChange = rules.ficklePassenger() && random().nextDouble() < rules.fickleProbability();
        heading = 0;
        return first;
    }

    @Override
    int arrive(Outcome outcome) {
        heading = lastAction < TaxiTown.DIRECTIONS ? lastAction : heading;
        int before = state;
        int after = outcome.state();
        boolean moved = TaxiTown.place(after) != TaxiTown.place(before);
        if (!willChange || TaxiTown.passenger(before) != RIDING || !moved) {
            return after;
        }
        willChange = false;
        int chosen = random().choice(TaxiTown.STANDS - 1);
        int destination = chosen < TaxiTown.destination(before) ? chosen : chosen + 1;
        return TaxiTown.state(TaxiTown.row(after), TaxiTown.column(after), TaxiTown.passenger(after), destination);
    }

    @Override
    Map<String, Object> info(double probability) {
        Map<String, Object> info = new LinkedHashMap<>();
        info.put("prob", probability);
        info.put("action_mask", TaxiTown.actionMask(state));
        return info;
    }

    @Override
    void keep(StateFields fields) {
        super.keep(fields);
        willChange = fields.keep(willChange);
        heading = fields.keep(heading);
    }

    @Override
    String text() {
        return TaxiTown.text(state) + (lastAction < 0 ? "\n" : "  (" + lastActionName() + ")\n");
    }

    @Override
    Canvas draw() {
        return TaxiPicture.draw(state, heading);
    }
}
