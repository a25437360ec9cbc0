package org.rltune.envs.supply;

import java.util.List;
import org.rltune.check.Check;
import org.rltune.env.EnvConfigSchema;
import org.rltune.env.EnvContext;

/**
 * What a supply chain is like.
 *
 * @param leadTimes days that goods are on their way to each stage, the store first; at least one stage, each at least 1
 * @param demand mean number of customers on each day of the week, Monday first, at least 0
 * @param price paid by a customer for a unit
 * @param unitCost paid to the supplier for a unit
 * @param lostSaleCost lost with a customer who finds the store empty, beside the price
 * @param holdingCosts paid for a unit that lies at each stage overnight, the store first
 */
record SupplyChainConfig(
        int[] leadTimes, double[] demand, double price, double unitCost, double lostSaleCost, double[] holdingCosts) {
    private static final int LONGEST = 30;
    private static final int DAYS = 7;
    private static final double BUSIEST = 500;

    static final EnvConfigSchema SCHEMA = EnvConfigSchema.builder()
            .numbers(
                    "lead_times",
                    List.of(1.0, 2.0, 3.0),
                    "days on the way to each stage, the store first; as many stages as numbers",
                    1,
                    LONGEST)
            .numbers(
                    "demand",
                    List.of(14.0, 14.0, 16.0, 18.0, 30.0, 44.0, 4.0),
                    "mean customers on each day of the week, Monday first",
                    0,
                    BUSIEST)
            .number("price", 10.0, "what a customer pays for a unit", 0, Double.POSITIVE_INFINITY)
            .number("unit_cost", 4.0, "what the supplier is paid for a unit", 0, Double.POSITIVE_INFINITY)
            .number("lost_sale_cost", 6.0, "what an empty-handed customer costs, beside the price", 0, 1e9)
            .numbers(
                    "holding_costs",
                    List.of(0.5, 0.2, 0.1),
                    "what a unit costs for a night at each stage, the store first",
                    0,
                    1e9)
            .build();

    SupplyChainConfig {
        if (leadTimes.length == 0 || leadTimes.length != holdingCosts.length) {
            throw new IllegalArgumentException("lead_times has " + leadTimes.length + " numbers and holding_costs "
                    + holdingCosts.length + ", but there must be one of each for every stage, and at least one stage");
        }
        if (demand.length != DAYS) {
            throw new IllegalArgumentException(
                    "demand has " + demand.length + " numbers, but must have 7, one for each day of the week");
        }
        double sum = 0;
        for (double mean : demand) {
            sum += Check.inClosed("demand", mean, 0, BUSIEST);
        }
        Check.positive("The sum of demand", sum);
    }

    static SupplyChainConfig of(EnvContext context) {
        double[] days = context.get("lead_times", new double[0]);
        int[] leadTimes = new int[days.length];
        for (int i = 0; i < days.length; i++) {
            leadTimes[i] = (int) days[i];
            if (leadTimes[i] != days[i]) {
                throw new IllegalArgumentException("lead_times has " + days[i] + ", but must have whole days");
            }
        }
        return new SupplyChainConfig(
                leadTimes,
                context.get("demand", new double[0]),
                context.get("price", 0.0),
                context.get("unit_cost", 0.0),
                context.get("lost_sale_cost", 0.0),
                context.get("holding_costs", new double[0]));
    }

    int stages() {
        return leadTimes.length;
    }

    /** Mean customers a day over the week. */
    double meanDemand() {
        double sum = 0;
        for (double mean : demand) {
            sum += mean;
        }
        return sum / DAYS;
    }

    /** Numbers in the pipelines of all stages together. */
    int pipelineSize() {
        int size = 0;
        for (int days : leadTimes) {
            size += days;
        }
        return size;
    }
}
