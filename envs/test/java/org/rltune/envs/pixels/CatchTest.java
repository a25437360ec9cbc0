package org.rltune.envs.pixels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.rltune.env.ResetNeededException;
import org.rltune.env.StepResult;
import org.rltune.random.Pcg64;

final class CatchTest {
    /** Where the ball will come down, by reflecting the straight line at the walls instead of stepping. */
    private static int landing(Catch game) {
        int left = game.size - 1 - game.row;
        int last = game.size - 1;
        if (game.drift == 0) {
            return game.column;
        }
        int far = Math.floorMod(game.column + game.drift * left, 2 * last);
        return far <= last ? far : 2 * last - far;
    }

    @Test
    void everyBallCanBeCaughtFromEverywhere() {
        for (int size : new int[] {8, 20, 33}) {
            Catch game = new Catch(size, 50);
            game.reset(3);
            double sum = 0;
            StepResult<byte[]> result;
            do {
                int goal = Math.min(size - 1 - Catch.REACH, Math.max(Catch.REACH, landing(game)));
                result = game.step(1 + Integer.signum(goal - game.paddle));
                sum += result.reward();
            } while (!result.ended());
            assertThat(sum).isEqualTo(50);
            assertThat(result.info()).containsEntry("caught", 50);
            assertThat(result.terminated()).isTrue();
        }
    }

    @Test
    void anEpisodeHasAsManyBallsAsItShouldAndAsManyStepsAsTheseNeed() {
        Catch game = new Catch(10, 3);
        game.reset(1);
        for (int step = 1; step <= 27; step++) {
            StepResult<byte[]> result = game.step(1);
            assertThat(result.terminated()).isEqualTo(step == 27);
            assertThat(result.reward() != 0).isEqualTo(step % 9 == 0);
        }
        assertThatThrownBy(() -> game.step(1)).isInstanceOf(ResetNeededException.class);
    }

    @Test
    void theImageShowsBallTrailAndPaddleAndNothingElse() {
        Catch game = new Catch(20, 5);
        Pcg64 random = new Pcg64(4);
        game.reset(2);
        for (int step = 0; step < 90; step++) {
            byte[] image = game.step(random.nextInt(3)).observation();
            for (int i = 0; i < image.length; i++) {
                int y = i / 20;
                int x = i % 20;
                int expected = 0;
                if (y == 19 && Math.abs(x - game.paddle) <= 1) {
                    expected = 192;
                }
                if (game.trail == x && y == game.row - 1) {
                    expected = 96;
                }
                if (y == game.row && x == game.column) {
                    expected = 255;
                }
                assertThat(image[i] & 0xff).isEqualTo(expected);
            }
        }
    }

    @Test
    void thePaddleStaysInTheImage() {
        Catch game = new Catch(8, 20);
        game.reset(1);
        for (int step = 0; step < 12; step++) {
            game.step(0);
        }
        assertThat(game.paddle).isEqualTo(1);
        for (int step = 0; step < 12; step++) {
            game.step(2);
        }
        assertThat(game.paddle).isEqualTo(6);
        assertThatThrownBy(() -> game.step(3)).hasMessageContaining("the action is 3");
    }
}
