package org.rltune.envs.supply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rltune.env.EnvContext;
import org.rltune.env.RenderMode;
import org.rltune.env.StepResult;

final class SupplyChainTest {
    private static SupplyChain chain(Map<String, Object> changes) {
        return new SupplyChain(
                SupplyChainConfig.of(EnvContext.of(SupplyChainConfig.SCHEMA.complete(new LinkedHashMap<>(changes)))));
    }

    private static int units(SupplyChain chain) {
        int sum = 0;
        for (int units : chain.stock) {
            sum += units;
        }
        for (int units : chain.pipeline) {
            sum += units;
        }
        return sum;
    }

    @Test
    void noUnitIsMadeOrLost() {
        SupplyChain chain = chain(Map.of());
        chain.reset(5);
        for (int i = 0; i < 300; i++) {
            int before = units(chain);
            float[] orders = {(float) (i % 5) / 2, (float) (i % 3), (float) (i % 4) / 2};
            StepResult<float[]> result = chain.step(orders);
            int bought = (int) result.info().get("bought");
            assertThat(units(chain)).isEqualTo(before + bought - chain.sold);
            assertThat((int) result.info().get("customers")).isEqualTo(chain.sold + chain.lost);
            assertThat(chain.lost > 0)
                    .as("customers are lost only where the store is empty")
                    .isIn(false, chain.stock[0] == 0);
        }
    }

    @Test
    void theProfitIsThatOfThePriceList() {
        SupplyChain chain = chain(Map.of("price", 7.0, "unit_cost", 2.0, "lost_sale_cost", 3.0));
        chain.reset(1);
        for (int i = 0; i < 50; i++) {
            StepResult<float[]> result = chain.step(new float[] {1, 1, 1});
            double expected = 7.0 * chain.sold - 2.0 * (int) result.info().get("bought") - 3.0 * chain.lost;
            expected -= 0.5 * chain.stock[0] + 0.2 * chain.stock[1] + 0.1 * chain.stock[2];
            assertThat(result.reward()).isCloseTo(expected / 100, within(1e-9));
        }
    }

    /** With one stage and two days, what is ordered today can be sold on the day after tomorrow. */
    @Test
    void goodsArriveAfterTheirLeadTime() {
        SupplyChain chain = chain(Map.of(
                "lead_times", List.of(2.0),
                "holding_costs", List.of(1.0),
                "demand", List.of(10.0, 10.0, 10.0, 10.0, 10.0, 10.0, 10.0)));
        chain.reset(0);
        chain.step(new float[] {3});
        assertThat(chain.pipeline).containsExactly(10, 30);
        chain.step(new float[] {0});
        assertThat(chain.pipeline).containsExactly(30, 0);
        int before = chain.stock[0];
        chain.step(new float[] {0});
        assertThat(chain.stock[0]).isEqualTo(before + 30 - chain.sold);
    }

    @Test
    void customersFollowThePoissonDistributionOfTheirDay() {
        SupplyChain chain = chain(Map.of("demand", List.of(3.0, 3.0, 3.0, 3.0, 3.0, 3.0, 3.0)));
        chain.reset(11);
        int days = 20_000;
        double sum = 0;
        double squares = 0;
        int none = 0;
        for (int i = 0; i < days; i++) {
            int customers = (int) chain.step(new float[] {0, 0, 0}).info().get("customers");
            sum += customers;
            squares += customers * customers;
            none += customers == 0 ? 1 : 0;
        }
        double mean = sum / days;
        // Four standard errors of each.
        assertThat(mean).isCloseTo(3, within(4 * Math.sqrt(3.0 / days)));
        assertThat(squares / days - mean * mean).isCloseTo(3, within(4 * Math.sqrt(21.0 / days)));
        double p = Math.exp(-3);
        assertThat((double) none / days).isCloseTo(p, within(4 * Math.sqrt(p * (1 - p) / days)));
    }

    @Test
    void orderingUpToALevelIsAGoodPolicy() {
        SupplyChain chain = chain(Map.of());
        assertThat(weeks(chain, new double[] {4.25, 3, 4})).isGreaterThan(110);
        assertThat(weeks(chain, new double[] {1, 1, 1})).isLessThan(60);
        assertThat(weeks(chain, new double[] {9, 9, 9})).isLessThan(100);
    }

    private static double weeks(SupplyChain chain, double[] levels) {
        BaseStock policy = new BaseStock(levels, new int[] {1, 2, 3});
        double sum = 0;
        for (int episode = 0; episode < 40; episode++) {
            float[] observation = chain.reset(episode).observation();
            for (int day = 0; day < 112; day++) {
                StepResult<float[]> result = chain.step(policy.act(observation));
                sum += result.reward();
                observation = result.observation();
            }
        }
        return sum / 40;
    }

    @Test
    void showsItselfInBothWays() {
        SupplyChain chain = chain(Map.of());
        assertThatThrownBy(chain::renderText).hasMessageContaining("before the first reset");
        chain.reset(3);
        chain.step(new float[] {1, 1, 1});
        assertThat(chain.renderModes()).containsExactlyInAnyOrder(RenderMode.RGB_ARRAY, RenderMode.ANSI);
        assertThat(chain.renderFrame().getWidth()).isEqualTo(110 + 3 * 90 + 6 * 34 + 20);
        assertThat(chain.renderText()).contains("store").contains("stock 2").contains("sold");
    }

    @Test
    void badInputIsRefusedWithNameValueRuleAndRemedy() {
        assertThatThrownBy(() -> chain(Map.of("lead_times", List.of(1.5, 2.0, 3.0))))
                .hasMessageContaining("whole days");
        assertThatThrownBy(() -> chain(Map.of("lead_times", List.of(1.0)))).hasMessageContaining("holding_costs 3");
        assertThatThrownBy(() -> chain(Map.of("demand", List.of(1.0)))).hasMessageContaining("7");
        assertThatThrownBy(() -> chain(Map.of("demand", List.of(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0))))
                .hasMessageContaining("sum of demand");
        assertThatThrownBy(() -> chain(Map.of("prize", 1.0))).hasMessageContaining("Maybe 'price'");
        SupplyChain chain = chain(Map.of());
        assertThatThrownBy(() -> chain.reset(1L, Map.of("low", 1))).hasMessageContaining("no reset options");
        chain.reset(1);
        assertThatThrownBy(() -> chain.step(new float[] {0, -1, 0})).hasMessageContaining("order of stage 1 is -1.0");
        assertThatThrownBy(() -> chain.step(new float[] {0, Float.NaN, 0})).hasMessageContaining("NaN");
        assertThatThrownBy(() -> new BaseStock(new double[] {1}, new int[] {1, 2}))
                .hasMessageContaining("levels");
    }
}
