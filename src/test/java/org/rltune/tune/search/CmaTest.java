package org.rltune.tune.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.hipparchus.optim.InitialGuess;
import org.hipparchus.optim.MaxEval;
import org.hipparchus.optim.SimpleBounds;
import org.hipparchus.optim.nonlinear.scalar.GoalType;
import org.hipparchus.optim.nonlinear.scalar.ObjectiveFunction;
import org.hipparchus.optim.nonlinear.scalar.noderiv.CMAESOptimizer;
import org.hipparchus.random.MersenneTwister;
import org.junit.jupiter.api.Test;
import org.rltune.json.Json;
import org.rltune.random.Pcg64;
import org.rltune.random.Seeds;

class CmaTest {
    private static final double TARGET = 1e-10;

    /** An ellipsoid with axes 1 to 100, turned by 45 degrees in each plane of neighbours, its minimum inside the cube. */
    private static double ellipsoid(double[] x) {
        double[] y = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            y[i] = x[i] - 0.3 - 0.1 * i;
        }
        for (int i = 0; i + 1 < y.length; i++) {
            double a = (y[i] + y[i + 1]) / Math.sqrt(2);
            y[i + 1] = (y[i + 1] - y[i]) / Math.sqrt(2);
            y[i] = a;
        }
        double sum = 0;
        for (int i = 0; i < y.length; i++) {
            sum += Math.pow(100, 2.0 * i / (y.length - 1)) * y[i] * y[i];
        }
        return sum;
    }

    private static Cma middle(int n) {
        double[] mean = new double[n];
        Arrays.fill(mean, 0.5);
        return new Cma(mean, 0.3, 0);
    }

    private static int evaluations(Cma cma, ToDoubleFunction<double[]> function, Pcg64 random, int most) {
        for (int evaluations = 0; evaluations < most; ) {
            List<double[]> points = new ArrayList<>();
            for (int i = 0; i < cma.lambda(); i++) {
                points.add(cma.ask(random));
            }
            evaluations += points.size();
            points.sort(Comparator.comparingDouble(function));
            if (function.applyAsDouble(points.get(0)) < TARGET) {
                return evaluations;
            }
            cma.tell(points);
        }
        return most;
    }

    @Test
    void convergesOnAnEllipsoidAsFastAsTheOptimizerOfHipparchus() {
        int n = 5;
        int[] ours = new int[11];
        int[] theirs = new int[11];
        for (int seed = 0; seed < ours.length; seed++) {
            ours[seed] = evaluations(middle(n), CmaTest::ellipsoid, Seeds.of(seed).stream("test"), 20_000);
            theirs[seed] = hipparchus(n, seed);
        }
        Arrays.sort(ours);
        Arrays.sort(theirs);
        assertThat(ours[10]).as("worst of 11").isLessThan(20_000);
        assertThat(ours[5])
                .as("median evaluations, Hipparchus needs %d", theirs[5])
                .isLessThan(theirs[5] * 5 / 4);
    }

    private static int hipparchus(int n, int seed) {
        CMAESOptimizer optimizer =
                new CMAESOptimizer(100_000, TARGET, false, 0, 1, new MersenneTwister(seed), false, null);
        double[] low = new double[n];
        double[] high = new double[n];
        double[] middle = new double[n];
        double[] sigma = new double[n];
        Arrays.fill(high, 1);
        Arrays.fill(middle, 0.5);
        Arrays.fill(sigma, 0.3);
        optimizer.optimize(
                new MaxEval(100_000),
                new ObjectiveFunction(CmaTest::ellipsoid),
                GoalType.MINIMIZE,
                new SimpleBounds(low, high),
                new InitialGuess(middle),
                new CMAESOptimizer.Sigma(sigma),
                new CMAESOptimizer.PopulationSize(4 + (int) (3 * Math.log(n))));
        return optimizer.getEvaluations();
    }

    @Test
    void hasTheConstantsOfTheTutorial() {
        assertThat(middle(1).lambda()).isEqualTo(4);
        assertThat(middle(2).lambda()).isEqualTo(6);
        assertThat(middle(10).lambda()).isEqualTo(10);
        assertThat(middle(40).lambda()).isEqualTo(15);
    }

    /** One axis, one generation, by hand: the mean becomes the weighted mean of the better half. */
    @Test
    void movesItsMeanToTheBetterHalf() {
        Cma cma = new Cma(new double[] {0.5}, 0.1, 4);
        cma.tell(List.of(new double[] {0.6}, new double[] {0.7}, new double[] {0.2}, new double[] {0.1}));
        double w1 = Math.log(2.5);
        double w2 = Math.log(2.5) - Math.log(2);
        double mean = (w1 * 0.6 + w2 * 0.7) / (w1 + w2);
        double[] told = Json.asList(cma.toJson().get("mean"), "mean").stream()
                .mapToDouble(value -> Json.asDouble(value, "mean"))
                .toArray();
        assertThat(told[0]).isCloseTo(mean, within(1e-15));
        assertThat(cma.generation()).isEqualTo(1);
    }

    @Test
    void staysInTheCube() {
        Cma cma = new Cma(new double[] {0, 1}, 1, 0);
        Pcg64 random = Seeds.of(1).stream("test");
        for (int i = 0; i < 1000; i++) {
            for (double x : cma.ask(random)) {
                assertThat(x).isBetween(0.0, 1.0);
            }
        }
    }

    @Test
    void refusesAGenerationOfAnotherSize() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> middle(2).tell(List.of(new double[2])))
                .withMessage("A generation has 6 points, but 1 came. Tell that many.");
    }
}
