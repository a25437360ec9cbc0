package org.rltune.envs.box2d;

import java.awt.image.BufferedImage;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rltune.check.Check;
import org.rltune.env.StepResult;
import org.rltune.space.ArrayBox;
import org.rltune.space.Space;

/**
 * What the two CarRacings share.
 *
 * @param <A> type of an action
 */
abstract class Race<A> extends SceneEnv<RaceScene, byte[], A> {
    private static final int SIDE = 96;
    // Gymnasium squeezes a window of 1000 x 800 by area; 4 x 4 samples look the same.
    private static final int SAMPLES = 4;
    private static final int FRAME_WIDTH = 600;
    private static final int FRAME_HEIGHT = 400;
    private static final int FRAME_SAMPLES = 3;
    private static final double STEP_COST = 0.1;
    private static final double LEFT_FIELD = -100;
    private static final String RANDOMIZE = "randomize";
    private static final ArrayBox<byte[]> OBSERVATIONS = ArrayBox.uint8(0, 255, SIDE, SIDE, 3);

    private final Settings settings;
    private final RacePicture view = new RacePicture(new Raster(SIDE, SIDE, SAMPLES), false);
    private @Nullable RacePicture frame; // made when first asked for
    private RaceColors colors = RaceColors.USUAL;
    private boolean newColors;

    /**
     * The settings of a race.
     *
     * @param lapCompletePercent share of the tiles, from 0 to 1, above which a lap is complete at the start
     * @param domainRandomize whether the colours are drawn anew
     */
    record Settings(double lapCompletePercent, boolean domainRandomize) {
        static final Settings USUAL = new Settings(0.95, false);

        Settings {
            Check.inClosed("lap_complete_percent", lapCompletePercent, 0, 1);
        }
    }

    Race(Space<A> actionSpace, Settings settings) {
        super(OBSERVATIONS, actionSpace);
        this.settings = settings;
    }

    @Override
    final void configure(Map<String, Object> options) {
        newColors = settings.domainRandomize();
        for (Map.Entry<String, Object> option : options.entrySet()) {
            if (!option.getKey().equals(RANDOMIZE)) {
                throw new IllegalArgumentException("Unknown reset option '" + option.getKey() + "'. Known: randomize");
            }
            if (!settings.domainRandomize() || !(option.getValue() instanceof Boolean randomize)) {
                throw new IllegalArgumentException("Reset option 'randomize' is " + option.getValue()
                        + ", but must be true or false, and the env config domain_randomize must be true (it is "
                        + settings.domainRandomize() + ")");
            }
            newColors = randomize;
        }
    }

    @Override
    final RaceScene build() {
        if (newColors) {
            colors = RaceColors.random(random());
        }
        return new RaceScene(colors, settings.lapCompletePercent(), random());
    }

    @Override
    final byte[] first(RaceScene scene) {
        scene.step();
        return view.draw(scene).toBytes();
    }

    /** One step with these controls, see {@link RaceCar#control}. */
    final StepResult<byte[]> drive(double steer, double gas, double brake) {
        RaceScene scene = scene();
        scene.car.control(steer, gas, brake);
        scene.step();
        byte[] observation = view.draw(scene).toBytes();
        scene.reward -= STEP_COST;
        double reward = scene.reward - scene.lastReward;
        scene.lastReward = scene.reward;
        if (scene.outside()) {
            return new StepResult<>(observation, LEFT_FIELD, true, false, Map.of("lap_finished", false));
        }
        return scene.finished()
                ? new StepResult<>(observation, reward, true, false, Map.of("lap_finished", true))
                : new StepResult<>(observation, reward, false, false);
    }

    @Override
    final BufferedImage draw(RaceScene scene) {
        RacePicture picture = frame;
        if (picture == null) {
            picture = new RacePicture(new Raster(FRAME_WIDTH, FRAME_HEIGHT, FRAME_SAMPLES), true);
            frame = picture;
        }
        return picture.draw(scene).toImage();
    }
}
