package org.rltune.envs.supply;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.rltune.env.RenderMode;
import org.rltune.env.ResetNeededException;
import org.rltune.env.SeededEnv;
import org.rltune.env.StateFields;
import org.rltune.env.StepResult;
import org.rltune.space.Box;

/**
 * SupplyChain-v0: keep a store filled through a chain of warehouses, at the least cost.
 *
 * <p>Stage 0 is the store, the others are warehouses behind it; behind the last one stands a supplier who always
 * delivers. One step is one day: what is due arrives, every stage orders from the one behind it, which ships what it has,
 * customers buy, and the night's costs are paid. Customers who find the store empty are lost, and so are orders that the
 * stage behind cannot fill. The model is that of multi-echelon inventory control with lost sales; for such chains
 * order-up-to levels are the usual policy, see {@link BaseStock}. The page {@code docs/envs/supply_chain.md} has spaces,
 * units, rewards and arguments, and shows how an environment like this one is made.
 */
public final class SupplyChain extends SeededEnv<float[], float[]> {
    /** The most that a stage can order in a day, in days of mean demand. */
    static final float MAX_ORDER = 4;
    /** Money in one unit of reward. */
    static final double MONEY = 100;

    private static final int DAYS = 7;

    final SupplyChainConfig config;
    private final double unit; // mean demand of a day: observations and actions are counted in it
    int[] stock;
    /** Units on the way to each stage, one after the other: what arrives next morning first. */
    int[] pipeline;

    int day;
    int sold;
    int lost;
    private boolean begun;

    /** A chain with these properties. */
    SupplyChain(SupplyChainConfig config) {
        super(
                Box.of(0, Float.POSITIVE_INFINITY, config.stages() + config.pipelineSize() + DAYS),
                Box.of(0, MAX_ORDER, config.stages()));
        this.config = config;
        this.unit = config.meanDemand();
        this.stock = new int[config.stages()];
        this.pipeline = new int[config.pipelineSize()];
    }

    @Override
    protected float[] start(Map<String, Object> options) {
        if (!options.isEmpty()) {
            throw new IllegalArgumentException(
                    "SupplyChain has no reset options, but was given " + options.keySet() + ". Leave them out");
        }
        // A chain in use: every stage has the goods of two days, and those of one day come in every day.
        Arrays.fill(stock, (int) (2 * unit));
        Arrays.fill(pipeline, (int) unit);
        day = (int) random().integers(0, DAYS);
        sold = 0;
        lost = 0;
        begun = true;
        return observation();
    }

    @Override
    public StepResult<float[]> step(float[] action) {
        int bought = 0;
        int at = 0;
        int[] arriving = new int[stock.length];
        for (int stage = 0; stage < stock.length; stage++) {
            arriving[stage] = pipeline[at];
            at += config.leadTimes()[stage];
        }
        for (int stage = 0; stage < stock.length; stage++) {
            stock[stage] += arriving[stage];
        }
        at = 0;
        for (int stage = 0; stage < stock.length; stage++) {
            int days = config.leadTimes()[stage];
            System.arraycopy(pipeline, at + 1, pipeline, at, days - 1);
            int shipped = units(action[stage], stage);
            if (stage + 1 < stock.length) {
                shipped = Math.min(shipped, stock[stage + 1]);
                stock[stage + 1] -= shipped;
            } else {
                bought = shipped;
            }
            pipeline[at + days - 1] = shipped;
            at += days;
        }
        int customers = customers(config.demand()[day]);
        sold = Math.min(customers, stock[0]);
        lost = customers - sold;
        stock[0] -= sold;
        day = (day + 1) % DAYS;
        double profit = config.price() * sold - config.unitCost() * bought - config.lostSaleCost() * lost;
        for (int stage = 0; stage < stock.length; stage++) {
            profit -= config.holdingCosts()[stage] * stock[stage];
        }
        return new StepResult<>(observation(), profit / MONEY, false, false, info(customers, bought, profit));
    }

    private int units(float order, int stage) {
        if (!(order >= 0 && order <= MAX_ORDER)) {
            throw new IllegalArgumentException("SupplyChain: the order of stage " + stage + " is " + order
                    + ", but must lie in [0, " + MAX_ORDER + "] days of mean demand");
        }
        return (int) (order * unit + 0.5);
    }

    /** A Poisson number by inversion: the least k whose cumulative probability exceeds a uniform number. */
    private int customers(double mean) {
        double target = random().nextDouble();
        double probability = StrictMath.exp(-mean);
        double cumulative = probability;
        int k = 0;
        // The sum may stay below 1 by rounding; no number as large as this occurs.
        int largest = (int) (mean + 20 * Math.sqrt(mean) + 20);
        while (cumulative <= target && k < largest) {
            k++;
            probability *= mean / k;
            cumulative += probability;
        }
        return k;
    }

    private float[] observation() {
        float[] values = new float[stock.length + pipeline.length + DAYS];
        int at = 0;
        for (int units : stock) {
            values[at++] = (float) (units / unit);
        }
        for (int units : pipeline) {
            values[at++] = (float) (units / unit);
        }
        values[at + day] = 1;
        return values;
    }

    private static Map<String, Object> info(int customers, int bought, double profit) {
        Map<String, Object> info = new LinkedHashMap<>();
        info.put("customers", customers);
        info.put("bought", bought);
        info.put("profit", profit);
        return info;
    }

    @Override
    protected void state(StateFields fields) {
        stock = fields.keep(stock);
        pipeline = fields.keep(pipeline);
        day = fields.keep(day);
        sold = fields.keep(sold);
        lost = fields.keep(lost);
        begun = fields.keep(begun);
    }

    @Override
    public Set<RenderMode> renderModes() {
        return Set.of(RenderMode.RGB_ARRAY, RenderMode.ANSI);
    }

    @Override
    public int renderFps() {
        return 4;
    }

    @Override
    public BufferedImage renderFrame() {
        requireBegun();
        return SupplyChainPicture.draw(this);
    }

    @Override
    public String renderText() {
        requireBegun();
        return SupplyChainPicture.text(this);
    }

    private void requireBegun() {
        if (!begun) {
            throw new ResetNeededException("SupplyChain: nothing to show before the first reset. Call reset(seed)");
        }
    }
}
