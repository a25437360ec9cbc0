package org.rltune.envs.box2d;

import com.badlogic.gdx.math.Vector2;
import com.badlogic.gdx.physics.box2d.Body;
import java.awt.image.BufferedImage;
import org.rltune.check.Check;
import org.rltune.env.StepResult;
import org.rltune.envs.Trig;
import org.rltune.space.Box;
import org.rltune.space.Space;

/**
 * The flight of the two LunarLanders. Arithmetic is Gymnasium's: float64 around the float32 values of Box2D.
 *
 * @param <A> type of an action
 */
abstract class Lander<A> extends SceneEnv<LanderScene, float[], A> {
    static final double SCALE = LanderScene.SCALE;

    private static final double FRAMES_PER_SECOND = 50;
    private static final double MAIN_POWER = 13;
    private static final double SIDE_POWER = 0.6;
    private static final double MAIN_Y = 4;
    private static final double SIDE_AWAY = 12;
    private static final double SIDE_HEIGHT = 14;
    private static final double SIDE_ARM =
            17; // another than the height, so that the engines' place depends on the angle
    private static final double MAIN_SPARK = 3.5;
    private static final double SIDE_SPARK = 0.7;
    /** Gravity in m/s2 must be above this. */
    static final double LEAST_GRAVITY = -12;

    private static final float INFINITY = Float.POSITIVE_INFINITY;
    private static final double HALF_WIDTH = LanderScene.WIDTH / 2;
    private static final double HALF_HEIGHT = LanderScene.HEIGHT / 2;

    /**
     * The bounds of Gymnasium where its lander keeps them. It declares 2.5 for the height, 10 for velocities and two turns
     * for the angle too, but a lander that always fires climbs above, and one that spins turns further.
     */
    private static final float[] HIGH = {2.5f, INFINITY, INFINITY, INFINITY, INFINITY, INFINITY, 1, 1};

    private static final float[] LOW = {-2.5f, -INFINITY, -INFINITY, -INFINITY, -INFINITY, -INFINITY, 0, 0};
    private static final Box OBSERVATIONS = Box.of(LOW, HIGH);

    /**
     * The settings of a lander.
     *
     * @param gravity acceleration along y in m/s2, between -12 and 0, both excluded
     * @param wind whether there is wind
     * @param windPower the strongest wind, in N; 0 to 20 is recommended
     * @param turbulencePower the strongest torque of the wind, in Nm; 0 to 2 is recommended
     */
    record Settings(double gravity, boolean wind, double windPower, double turbulencePower) {
        static final Settings USUAL = new Settings(-10, false, 15, 1.5);

        Settings {
            if (!(gravity > LEAST_GRAVITY && gravity < 0)) {
                throw new IllegalArgumentException("LunarLander: gravity is " + gravity
                        + " m/s2, but must lie between -12 and 0, both excluded. Gymnasium's is -10");
            }
            Check.finite("wind_power", windPower);
            Check.finite("turbulence_power", turbulencePower);
            recommend("wind_power", windPower, 20);
            recommend("turbulence_power", turbulencePower, 2);
        }

        private static void recommend(String name, double value, double most) {
            if (value < 0 || value > most) {
                System.getLogger(Lander.class.getPackageName())
                        .log(
                                System.Logger.Level.WARNING,
                                "LunarLander: " + name + " is " + value + ", outside the recommended range 0 to "
                                        + most);
            }
        }
    }

    private final Settings settings;
    private double lastPotential;

    Lander(Space<A> actionSpace, Settings settings) {
        super(OBSERVATIONS, actionSpace);
        this.settings = settings;
    }

    @Override
    final LanderScene build() {
        return new LanderScene(settings.gravity(), settings.wind(), random());
    }

    @Override
    final float[] first(LanderScene scene) {
        lastPotential = Double.NaN;
        return fly(0, 0, 0).observation();
    }

    /**
     * One step.
     *
     * @param main power of the main engine: 0 for off, or 0.5 to 1
     * @param side power of a side engine: 0 for off, or 0.5 to 1
     * @param direction which one: -1 pushes to the right and turns clockwise, 1 the other way
     */
    final StepResult<float[]> fly(double main, double side, double direction) {
        LanderScene scene = scene();
        if (settings.wind() && !scene.leftTouches && !scene.rightTouches) {
            blow(scene);
        }
        Body lander = scene.lander;
        double angle = lander.getAngle();
        double sin = Trig.sin(angle);
        double cos = Trig.cos(angle);
        double spreadA = random().uniform(-1, 1) / SCALE;
        double spreadB = random().uniform(-1, 1) / SCALE;
        scene.exhaust.move(settings.gravity());
        if (main > 0) {
            double x = sin * (MAIN_Y / SCALE + 2 * spreadA) + -cos * spreadB;
            double y = -cos * (MAIN_Y / SCALE + 2 * spreadA) - sin * spreadB;
            Vector2 position = lander.getPosition();
            double atX = position.x + x;
            double atY = position.y + y;
            push(scene, x * MAIN_POWER * main, y * MAIN_POWER * main, atX, atY, MAIN_SPARK, main);
        }
        if (side > 0) {
            double away = 3 * spreadB + direction * SIDE_AWAY / SCALE;
            double x = sin * spreadA + -cos * away;
            double y = -cos * spreadA - sin * away;
            Vector2 position = lander.getPosition();
            double atX = position.x + x - sin * SIDE_ARM / SCALE;
            double atY = position.y + y + cos * SIDE_HEIGHT / SCALE;
            push(scene, x * SIDE_POWER * side, y * SIDE_POWER * side, atX, atY, SIDE_SPARK, side);
        }
        scene.world().step();
        return outcome(scene, main, side);
    }

    private static void push(
            LanderScene scene, double impulseX, double impulseY, double x, double y, double density, double power) {
        scene.exhaust.add(x, y, impulseX, impulseY, density, power);
        scene.lander.applyLinearImpulse((float) -impulseX, (float) -impulseY, (float) x, (float) y, true);
    }

    private void blow(LanderScene scene) {
        double wind = gust(scene.windStep++) * settings.windPower();
        scene.lander.applyForceToCenter((float) wind, 0, true);
        double torque = gust(scene.torqueStep++) * settings.turbulencePower();
        scene.lander.applyTorque((float) torque, true);
    }

    /** Between -1 and 1 and never periodic: tanh(sin(2 k t) + sin(pi k t)) with k = 0.01. */
    private static double gust(long t) {
        return StrictMath.tanh(Trig.sin(0.02 * t) + Trig.sin(Math.PI * 0.01 * t));
    }

    private StepResult<float[]> outcome(LanderScene scene, double main, double side) {
        Body lander = scene.lander;
        Vector2 position = lander.getPosition();
        Vector2 velocity = lander.getLinearVelocity();
        double x = (position.x - HALF_WIDTH) / HALF_WIDTH;
        double y = (position.y - (scene.padY + LanderScene.LEG_DOWN / SCALE)) / HALF_HEIGHT;
        double velocityX = velocity.x * HALF_WIDTH / FRAMES_PER_SECOND;
        double velocityY = velocity.y * HALF_HEIGHT / FRAMES_PER_SECOND;
        double angle = lander.getAngle();
        double spin = 20.0 * lander.getAngularVelocity() / FRAMES_PER_SECOND;
        double right = scene.rightTouches ? 1 : 0;
        double left = scene.leftTouches ? 1 : 0;

        double potential = -100 * Math.sqrt(x * x + y * y)
                - 100 * Math.sqrt(velocityX * velocityX + velocityY * velocityY)
                - 100 * Math.abs(angle)
                + 10 * right
                + 10 * left;
        double reward = Double.isNaN(lastPotential) ? 0 : potential - lastPotential;
        lastPotential = potential;
        reward -= main * 0.30;
        reward -= side * 0.03;
        boolean terminated = false;
        if (scene.crashed || Math.abs(x) >= 1) {
            terminated = true;
            reward = -100;
        }
        if (!lander.isAwake()) {
            terminated = true;
            reward = 100;
        }
        float[] observation = {
            (float) x,
            (float) y,
            (float) velocityX,
            (float) velocityY,
            (float) angle,
            (float) spin,
            (float) right,
            (float) left
        };
        return new StepResult<>(observation, reward, terminated, false);
    }

    @Override
    final BufferedImage draw(LanderScene scene) {
        return LanderPicture.draw(scene).toImage();
    }
}
